//! Authorizations with the application and the mock server, by a browser without scripts.

#[expect(unreachable_pub, reason = "`tests/interop/demo` includes it in another crate")]
mod browser;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use auth_link_demo::{Demo, Options, start};

use crate::browser::Browser;

/// Starts a demo at free ports, and returns the application's origin. The demo runs as long as the test's process.
fn start_demo(options: Options) -> String {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let demo: Demo = start(Options { port: 0, mock_server_port: 0, ..options }).await.expect("a demo");
            sender.send(demo.origin.clone()).expect("a receiver");
            demo.run().await;
        });
    });
    receiver.recv().expect("a demo")
}

fn by_query() -> String {
    start_demo(Options::default())
}

fn by_form() -> String {
    start_demo(Options { form_post: true, ..Options::default() })
}

#[test]
fn a_user_connects_refreshes_and_disconnects_by_query_and_by_form() {
    for application in [by_query(), by_form()] {
        let mut browser = Browser::new();
        let consent = browser.connect(&application, "john");
        assert_eq!(consent.heading(), "Allow access?");
        for description in ["your name", "your balances", "while you are away"] {
            assert!(consent.html.contains(description), "{description}");
        }
        let callback = browser.consent();
        let accounts = browser.return_with(&callback);
        assert_eq!((accounts.path().as_str(), accounts.status), ("/accounts", 200));
        for shown in ["Mock Bank", "John Doe", "Current account", "01-21-31", "<svg", "Acme Ltd, salary"] {
            assert!(accounts.html.contains(shown), "{shown}");
        }
        // Only the session's cookie remains.
        assert_eq!(browser.cookies(), ["session"]);

        let refreshed = browser.press("Refresh access now", &[]);
        assert!(refreshed.html.contains("Access refreshed."), "{}", refreshed.html);
        assert!(refreshed.html.contains("Current account"));

        let home = browser.press("Disconnect", &[]);
        assert_eq!(home.path(), "/");
        assert!(home.html.contains("Disconnected."));
        assert_eq!(browser.open(&format!("{application}/accounts")).path(), "/");
    }
}

#[test]
fn responses_of_connect_and_callback_are_redirects_that_are_not_stored() {
    for application in [by_query(), by_form()] {
        let mut browser = Browser::new();
        browser.open(&application);
        let response = browser.fetch(&format!("{application}/connect"), Some(""), Some(&application));
        assert_eq!(response.status, 303);
        browser.open(&response.location().expect("the dialog"));
        browser.press("Mock Bank", &[]);
        browser.press("Sign in", &[("user", "john"), ("password", "doe")]);
        let (address, body) = browser.consent();
        let response = browser.fetch(&address, body.as_deref(), Some("http://127.0.0.1/"));
        assert_eq!((response.status, response.header("location")), (303, Some("/accounts")));
        assert_eq!(response.header("cache-control"), Some("no-store"));
        assert_eq!(response.header("referrer-policy"), Some("no-referrer"));
    }
}

#[test]
fn each_page_has_a_content_security_policy_that_forbids_frames() {
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
fn a_user_can_cancel_on_every_page_of_the_dialog() {
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
            if has_form_response(&browser) {
                browser.press("Continue", &[]);
            }
            assert_eq!((browser.page.path().as_str(), browser.page.heading()), ("/cancelled", "You cancelled"));
            assert!(browser.press("Try again", &[]).html.contains("Choose your bank"));
        }
    }
}

fn has_form_response(browser: &Browser) -> bool {
    browser.page.heading() == "Back to the application"
}

#[test]
fn a_wrong_password_is_reported_and_can_be_corrected() {
    let application = by_query();
    let mut browser = Browser::new();
    browser.open(&application);
    browser.press("Connect your bank", &[]);
    browser.press("Mock Bank", &[]);
    let rejected = browser.press("Sign in", &[("user", "<john>"), ("password", "dough")]);
    assert!(rejected.html.contains("is wrong") && rejected.html.contains("value=\"&lt;john&gt;\""));
    let consent = browser.press("Sign in", &[("user", "john"), ("password", "doe")]);
    assert_eq!(consent.heading(), "Allow access?");
}

#[test]
fn a_repeated_callback_is_refused_and_the_connection_remains() {
    for application in [by_query(), by_form()] {
        let mut browser = Browser::new();
        browser.connect(&application, "john");
        let callback = browser.consent();
        let mut copy = browser.copy();
        assert_eq!(browser.return_with(&callback).path(), "/accounts");
        let again = browser.return_with(&callback);
        assert_eq!((again.status, again.heading()), (400, "No connection is in progress"));
        assert!(again.html.contains("already complete"));
        assert!(browser.open(&format!("{application}/accounts")).html.contains("Current account"));
        // A copy of the earlier cookie does not help, because the code was used.
        let again = copy.return_with(&callback);
        assert_eq!((again.status, again.heading()), (502, "TrueLayer rejected the request"));
    }
}

#[test]
fn a_callback_in_another_browser_is_refused_and_the_first_browser_can_finish() {
    for application in [by_query(), by_form()] {
        let mut browser = Browser::new();
        browser.connect(&application, "john");
        let callback = browser.consent();
        let mut other = Browser::new();
        let refused = other.return_with(&callback);
        assert_eq!((refused.status, refused.heading()), (400, "No connection is in progress"));
        assert!(refused.html.contains("started in another browser"));
        assert_eq!(browser.return_with(&callback).path(), "/accounts");
    }
}

#[test]
fn two_tabs_can_finish_in_any_order() {
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
fn at_most_eight_authorizations_of_a_browser_are_pending() {
    let application = by_query();
    let mut browser = Browser::new();
    for _ in 0..12 {
        browser.open(&application);
        browser.press("Connect your bank", &[]);
    }
    let pending = browser.cookies().iter().filter(|name| name.starts_with("authorization-")).count();
    assert_eq!(pending, 8);
}

#[test]
fn an_expired_access_token_is_refreshed_automatically() {
    let application = start_demo(Options { token_lifetime: Duration::from_secs(1), ..Options::default() });
    let mut browser = Browser::new();
    browser.connect(&application, "john");
    let callback = browser.consent();
    assert!(browser.return_with(&callback).html.contains("Current account"));
    assert!(browser.open(&format!("{application}/accounts")).html.contains("Current account"));
}

#[test]
fn concurrent_refreshes_use_each_refresh_token_once() {
    let application = by_query();
    let mut browser = Browser::new();
    browser.connect(&application, "john");
    let callback = browser.consent();
    let (action, body) = browser.return_with(&callback).submission("Refresh access now");
    let threads = (0..8).map(|_| {
        let (mut browser, action, body) = (browser.copy(), action.clone(), body.clone());
        thread::spawn(move || browser.fetch(&action, Some(&body), Some(&action)).status)
    });
    let threads: Vec<_> = threads.collect();
    // The mock server ends a connection whose refresh token is used twice.
    for thread in threads {
        assert_eq!(thread.join().expect("a response"), 303);
    }
    assert!(browser.open(&format!("{application}/accounts")).html.contains("Current account"));
}

#[test]
fn a_form_from_another_site_is_refused() {
    let application = by_query();
    let mut browser = Browser::new();
    for path in ["/connect", "/refresh", "/disconnect"] {
        let refused =
            browser.fetch(&format!("{application}{path}"), Some("connection=1"), Some("http://evil.example/"));
        assert_eq!((refused.status, refused.heading()), (403, "This request came from another site"));
        assert_eq!(refused.header("set-cookie"), None);
    }
}

#[test]
fn an_invalid_callback_shows_an_error_page_with_a_next_step() {
    let application = by_query();
    for (query, status, heading) in [
        ("", 400, "The connection cannot be completed"),
        ("code=c1", 400, "The connection cannot be completed"),
        ("error=server_error", 400, "The connection cannot be completed"),
        ("code=c1&state=", 400, "The connection cannot be completed"),
        ("code=c1&code=c1&state=s1", 400, "The connection cannot be completed"),
        ("code=%ff&state=s1", 400, "The connection cannot be completed"),
        ("code=c1&state=s1", 400, "No connection is in progress"),
        ("error=access_denied", 200, "You cancelled"),
    ] {
        let mut browser = Browser::new();
        let page = browser.open(&format!("{application}/callback?{query}"));
        assert_eq!((page.status, page.heading()), (status, heading), "{query}");
        assert!(page.html.contains("action=\"/connect\""), "{query}");
    }
}

#[test]
fn an_error_of_the_auth_server_is_shown_escaped() {
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
fn the_mock_server_refuses_an_invalid_link() {
    let application = by_query();
    let mut browser = Browser::new();
    browser.open(&application);
    let response = browser.fetch(&format!("{application}/connect"), Some(""), Some(&application));
    let link = response.location().expect("the dialog");
    for (part, replacement, message) in [
        ("sandbox-demo-5fe1a2", "sandbox-other-5fe1a2", "client_id is not registered"),
        ("%2Fcallback", "%2Fcallback%2F", "redirect_uri"),
        ("localhost", "LOCALHOST", "redirect_uri"),
        ("response_type=code", "response_type=token", "response_type"),
        ("scope=info", "scope=payments", "scope is unknown"),
        ("code_challenge_method=S256", "code_challenge_method=plain", "S256"),
        ("&code_challenge=", "&no=", "code_challenge"),
        ("uk-cs-mock", "uk-ob-all", "Mock Bank"),
        ("&scope=", "&scope=info&scope=", "duplicate parameter"),
    ] {
        assert!(link.contains(part), "{part} in {link}");
        let refused = browser.open(&link.replace(part, replacement));
        assert_eq!((refused.status, refused.heading()), (400, "This link does not work"), "{part}");
        assert!(refused.html.contains(message), "{message}: {}", refused.html);
    }
    assert_eq!(browser.open(&link).status, 200);
}

#[test]
fn a_used_link_is_refused() {
    let application = by_query();
    let mut browser = Browser::new();
    browser.open(&application);
    let response = browser.fetch(&format!("{application}/connect"), Some(""), Some(&application));
    let link = response.location().expect("the dialog");
    browser.open(&link);
    browser.press("Cancel", &[]);
    let used = browser.open(&link);
    assert_eq!((used.status, used.heading()), (410, "This link does not work"));
}
