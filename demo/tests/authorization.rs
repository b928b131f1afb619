//! Sign-ins in both parts of the demo, by a browser without scripts.

#[expect(unreachable_pub, reason = "`tests/interop/demo` has it in a crate of its own")]
mod browser;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use auth_link_demo::{Demo, Options, start};

use crate::browser::Browser;

/// Starts a demo at free ports, and gives the application's origin. It is there as long as the test's process.
fn demo(options: Options) -> String {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let demo: Demo = start(Options { port: 0, stand_in_port: 0, ..options }).await.expect("a demo");
            sender.send(demo.origin.clone()).expect("somebody waits");
            demo.run().await;
        });
    });
    receiver.recv().expect("a demo")
}

fn by_query() -> String {
    demo(Options::default())
}

fn by_form() -> String {
    demo(Options { form_post: true, ..Options::default() })
}

#[test]
fn the_whole_way_from_the_home_page_to_the_accounts_and_out_again() {
    for application in [by_query(), by_form()] {
        let mut browser = Browser::new();
        let consent = browser.connect(&application, "john");
        assert_eq!(consent.heading(), "Allow access?");
        for told in ["your name", "your balances", "while you are away"] {
            assert!(consent.html.contains(told), "{told}");
        }
        let callback = browser.consent();
        let accounts = browser.return_with(&callback);
        assert_eq!((accounts.path().as_str(), accounts.status), ("/accounts", 200));
        for shown in ["Mock Bank", "John Doe", "Current account", "01-21-31", "<svg", "Acme Ltd, salary"] {
            assert!(accounts.html.contains(shown), "{shown}");
        }
        // Only the session is left.
        assert_eq!(browser.cookies(), ["session"]);

        let renewed = browser.press("Renew access now", &[]);
        assert!(renewed.html.contains("Access renewed."), "{}", renewed.html);
        assert!(renewed.html.contains("Current account"));

        let home = browser.press("Disconnect", &[]);
        assert_eq!(home.path(), "/");
        assert!(home.html.contains("Disconnected."));
        assert_eq!(browser.open(&format!("{application}/accounts")).path(), "/");
    }
}

#[test]
fn the_answers_of_connect_and_callback_leave_nothing_behind() {
    for application in [by_query(), by_form()] {
        let mut browser = Browser::new();
        browser.open(&application);
        let begun = browser.fetch(&format!("{application}/connect"), Some(""), Some(&application));
        assert_eq!(begun.status, 303);
        browser.open(&begun.location().expect("the dialog"));
        browser.press("Mock Bank", &[]);
        browser.press("Sign in", &[("user", "john"), ("password", "doe")]);
        let (address, body) = browser.consent();
        let answer = browser.fetch(&address, body.as_deref(), Some("http://127.0.0.1/"));
        assert_eq!((answer.status, answer.header("location")), (303, Some("/accounts")));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    }
}

#[test]
fn each_page_says_what_it_may_load_and_is_in_no_frame() {
    let application = by_query();
    let mut browser = Browser::new();
    let mut policies = Vec::new();
    for path in ["/", "/cancelled", "/connected", "/callback", "/no-such-page"] {
        let page = browser.open(&format!("{application}{path}"));
        policies.push(page.header("content-security-policy").unwrap_or_default().to_owned());
    }
    let dialog = browser.connect(&application, "john");
    policies.push(dialog.header("content-security-policy").unwrap_or_default().to_owned());
    for policy in policies {
        for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
    }
}

#[test]
fn the_user_may_cancel_on_every_page_of_the_dialog() {
    for application in [by_query(), by_form()] {
        for pages in 0..3 {
            let mut browser = Browser::new();
            browser.open(&application);
            browser.press("Connect your bank", &[]);
            if pages > 0 {
                browser.press("Mock Bank", &[]);
            }
            if pages > 1 {
                browser.press("Sign in", &[("user", "john"), ("password", "doe")]);
            }
            browser.press("Cancel", &[]);
            if application_posts(&browser) {
                browser.press("Continue", &[]);
            }
            assert_eq!((browser.page.path().as_str(), browser.page.heading()), ("/cancelled", "You cancelled"));
            assert!(browser.press("Try again", &[]).html.contains("Choose your bank"));
        }
    }
}

fn application_posts(browser: &Browser) -> bool {
    browser.page.heading() == "Back to the application"
}

#[test]
fn a_wrong_password_is_told_and_may_be_corrected() {
    let application = by_query();
    let mut browser = Browser::new();
    browser.open(&application);
    browser.press("Connect your bank", &[]);
    browser.press("Mock Bank", &[]);
    let refused = browser.press("Sign in", &[("user", "<john>"), ("password", "dough")]);
    assert!(refused.html.contains("is wrong") && refused.html.contains("value=\"&lt;john&gt;\""));
    let consent = browser.press("Sign in", &[("user", "john"), ("password", "doe")]);
    assert_eq!(consent.heading(), "Allow access?");
}

#[test]
fn a_callback_that_comes_twice_is_refused_and_the_connection_stays() {
    for application in [by_query(), by_form()] {
        let mut browser = Browser::new();
        browser.connect(&application, "john");
        let callback = browser.consent();
        let mut copy = browser.copy();
        assert_eq!(browser.return_with(&callback).path(), "/accounts");
        let again = browser.return_with(&callback);
        assert_eq!((again.status, again.heading()), (400, "This sign-in does not wait here"));
        assert!(again.html.contains("finished already"));
        assert!(browser.open(&format!("{application}/accounts")).html.contains("Current account"));
        // Even with the cookie of before, the code is used.
        let again = copy.return_with(&callback);
        assert_eq!((again.status, again.heading()), (502, "TrueLayer says no"));
    }
}

#[test]
fn a_callback_in_another_browser_is_refused_and_the_first_can_still_finish() {
    for application in [by_query(), by_form()] {
        let mut browser = Browser::new();
        browser.connect(&application, "john");
        let callback = browser.consent();
        let mut other = Browser::new();
        let refused = other.return_with(&callback);
        assert_eq!((refused.status, refused.heading()), (400, "This sign-in does not wait here"));
        assert!(refused.html.contains("It began in another browser"));
        assert_eq!(browser.return_with(&callback).path(), "/accounts");
    }
}

#[test]
fn two_tabs_at_once_both_finish_in_any_order() {
    for application in [by_query(), by_form()] {
        let mut browser = Browser::new();
        browser.connect(&application, "john1");
        let first = browser.consent();
        browser.connect(&application, "john2");
        let second = browser.consent();
        assert_eq!(browser.return_with(&second).path(), "/accounts");
        let both = browser.return_with(&first);
        assert!(both.html.contains("John1 Doe") && both.html.contains("John2 Doe"));
    }
}

#[test]
fn eight_sign_ins_wait_at_once() {
    let application = by_query();
    let mut browser = Browser::new();
    for _ in 0..12 {
        browser.open(&application);
        browser.press("Connect your bank", &[]);
    }
    let waiting = browser.cookies().iter().filter(|name| name.starts_with("sign-in-")).count();
    assert_eq!(waiting, 8);
}

#[test]
fn an_access_token_that_ends_is_renewed_by_itself() {
    let application = demo(Options { token_life: Duration::from_secs(1), ..Options::default() });
    let mut browser = Browser::new();
    browser.connect(&application, "john");
    let callback = browser.consent();
    assert!(browser.return_with(&callback).html.contains("Current account"));
    assert!(browser.open(&format!("{application}/accounts")).html.contains("Current account"));
}

#[test]
fn renewals_at_once_wait_for_each_other() {
    let application = by_query();
    let mut browser = Browser::new();
    browser.connect(&application, "john");
    let callback = browser.consent();
    let (action, body) = browser.return_with(&callback).sends("Renew access now");
    let threads = (0..8).map(|_| {
        let (mut browser, action, body) = (browser.copy(), action.clone(), body.clone());
        thread::spawn(move || browser.fetch(&action, Some(&body), Some(&action)).status)
    });
    let threads: Vec<_> = threads.collect();
    // A refresh token that came twice would have ended the connection.
    for thread in threads {
        assert_eq!(thread.join().expect("an answer"), 303);
    }
    assert!(browser.open(&format!("{application}/accounts")).html.contains("Current account"));
}

#[test]
fn a_form_of_another_site_begins_and_ends_nothing() {
    let application = by_query();
    let mut browser = Browser::new();
    for path in ["/connect", "/renew", "/disconnect"] {
        let refused =
            browser.fetch(&format!("{application}{path}"), Some("connection=1"), Some("http://evil.example/"));
        assert_eq!((refused.status, refused.heading()), (403, "This came from another site"));
        assert_eq!(refused.header("set-cookie"), None);
    }
}

#[test]
fn each_faulty_callback_has_a_page_and_a_next_step() {
    let application = by_query();
    for (query, status, heading) in [
        ("", 400, "This sign-in cannot be finished"),
        ("code=c1", 400, "This sign-in cannot be finished"),
        ("error=server_error", 400, "This sign-in cannot be finished"),
        ("code=c1&state=", 400, "This sign-in cannot be finished"),
        ("code=c1&code=c1&state=s1", 400, "This sign-in cannot be finished"),
        ("code=%ff&state=s1", 400, "This sign-in cannot be finished"),
        ("code=c1&state=s1", 400, "This sign-in does not wait here"),
        ("error=access_denied", 200, "You cancelled"),
    ] {
        let mut browser = Browser::new();
        let page = browser.open(&format!("{application}/callback?{query}"));
        assert_eq!((page.status, page.heading()), (status, heading), "{query}");
        assert!(page.html.contains("action=\"/connect\""), "{query}");
    }
}

#[test]
fn an_error_of_the_server_is_shown_escaped() {
    let application = by_query();
    let mut browser = Browser::new();
    browser.connect(&application, "john");
    let (address, _) = browser.consent();
    let state = address.split_once("state=").expect("a state").1;
    let forged = format!("{application}/callback?error=%3Cscript%3E&error_description=%0Aa%3Cb&state={state}");
    let page = browser.open(&forged);
    assert_eq!((page.status, page.heading()), (502, "Your bank was not connected"));
    assert!(!page.html.contains("<script>") && page.html.contains("u{3c}"), "{}", page.html);
}

#[test]
fn the_stand_in_holds_a_link_to_the_rules() {
    let application = by_query();
    let mut browser = Browser::new();
    browser.open(&application);
    let begun = browser.fetch(&format!("{application}/connect"), Some(""), Some(&application));
    let link = begun.location().expect("the dialog");
    for (part, by, told) in [
        ("sandbox-demo-5fe1a2", "sandbox-other-5fe1a2", "No client"),
        ("%2Fcallback", "%2Fcallback%2F", "redirect_uri"),
        ("localhost", "LOCALHOST", "redirect_uri"),
        ("response_type=code", "response_type=token", "response_type"),
        ("scope=info", "scope=payments", "no scope"),
        ("code_challenge_method=S256", "code_challenge_method=plain", "S256"),
        ("&code_challenge=", "&no=", "code_challenge"),
        ("uk-cs-mock", "uk-ob-all", "Mock Bank"),
        ("&scope=", "&scope=info&scope=", "twice"),
    ] {
        assert!(link.contains(part), "{part} in {link}");
        let refused = browser.open(&link.replace(part, by));
        assert_eq!((refused.status, refused.heading()), (400, "This link does not work"), "{part}");
        assert!(refused.html.contains(told), "{told}: {}", refused.html);
    }
    assert_eq!(browser.open(&link).status, 200);
}

#[test]
fn a_link_is_for_one_use() {
    let application = by_query();
    let mut browser = Browser::new();
    browser.open(&application);
    let begun = browser.fetch(&format!("{application}/connect"), Some(""), Some(&application));
    let link = begun.location().expect("the dialog");
    browser.open(&link);
    browser.press("Cancel", &[]);
    let used = browser.open(&link);
    assert_eq!((used.status, used.heading()), (410, "This link does not work"));
}
