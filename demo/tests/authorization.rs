//! Authorizations with the application and the mock server, by a browser without scripts.

#[expect(unreachable_pub, reason = "`tests/interop/demo` includes it in another crate")]
mod browser;
#[path = "../../auth-link-cli/tests/command_line/free_port.rs"]
mod free_port;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use auth_link_demo::{Database, Demo, Options, start};
use auth_link_mock::{CLIENT_ID, CLIENT_SECRET, Endpoint, Failure, MockTrueLayer};

use crate::browser::Browser;
use crate::free_port::free_port;

/// Starts a demo at free ports, and returns the application's origin. The demo runs as long as the test's process.
fn start_demo(options: Options) -> String {
    start_at_port(Options { port: 0, mock_server_port: 0, ..options })
}

fn start_at_port(options: Options) -> String {
    static STARTED: AtomicU32 = AtomicU32::new(0);
    // The temporary folder of a demo that is killed would stay.
    let file = format!("demo-{}.db", STARTED.fetch_add(1, Ordering::Relaxed));
    let database = Database::Sqlite(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(file));
    let options = Options { database: Some(database), ..options };
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let demo: Demo = start(options).await.expect("a demo");
            sender.send(demo.origin.clone()).expect("a receiver");
            demo.run().await;
        });
    });
    receiver.recv().expect("a demo")
}

/// Starts a demo with a mock server of the test.
fn start_with_mock() -> (String, MockTrueLayer) {
    // The redirect URI contains the port, so that it has to be known before either starts.
    let port = free_port();
    let origin = format!("http://localhost:{port}");
    let mock = MockTrueLayer::builder().client(CLIENT_ID, CLIENT_SECRET).redirect_uri(format!("{origin}/callback"));
    let mock = mock.start_blocking().expect("a mock server");
    let mock_server = Some(mock.origin().to_owned());
    (start_at_port(Options { port, mock_server, ..Options::default() }), mock)
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
        // A copy of the earlier cookie does not help.
        let again = copy.return_with(&callback);
        assert_eq!((again.status, again.heading()), (400, "No connection is in progress"));
    }
}

/// The headers of a request.
type Headers = &'static [(&'static str, &'static str)];

/// The requests of a callback's address that are no navigation of the user: a method, headers, and the response's status.
const SPECULATIVE: [(&str, Headers, u16); 9] = [
    ("HEAD", &[], 405),
    ("HEAD", &[("sec-purpose", "prefetch")], 503),
    ("GET", &[("sec-purpose", "prefetch")], 503),
    ("GET", &[("sec-purpose", "prefetch;prerender")], 503),
    ("GET", &[("sec-purpose", "prefetch; anonymous-client-ip")], 503),
    ("GET", &[("sec-purpose", "other, prefetch")], 503),
    ("GET", &[("purpose", "prefetch")], 503),
    ("GET", &[("x-moz", "Prefetch")], 503),
    ("GET", &[("x-purpose", "preview")], 503),
];

#[test]
fn after_a_head_request_or_a_prefetch_of_the_callback_the_user_can_finish() {
    for application in [by_query(), by_form()] {
        for (method, headers, status) in SPECULATIVE {
            let case = format!("{method} {headers:?}");
            let mut browser = Browser::new();
            browser.connect(&application, "john");
            let callback = browser.consent();
            let before = browser.cookies().join(" ");
            for _ in 0..2 {
                let body = callback.1.as_deref().filter(|_| method != "HEAD");
                let method = if body.is_some() { "POST" } else { method };
                let refused = browser.send(method, &callback.0, body, Some("http://127.0.0.1/"), headers);
                assert_eq!((refused.status, refused.header("set-cookie")), (status, None), "{case}");
                assert_eq!(refused.header("cache-control"), Some("no-store"), "{case}");
                assert_eq!(refused.header("referrer-policy"), Some("no-referrer"), "{case}");
                assert_eq!(refused.header("allow").is_some(), status == 405, "{case}");
            }
            assert_eq!(browser.cookies().join(" "), before, "{case}");
            assert_eq!(browser.return_with(&callback).path(), "/accounts", "{case}");
        }
    }
}

#[test]
fn a_purpose_that_is_no_prefetch_reaches_the_callback() {
    let application = by_query();
    for value in ["", "prefetched", "no;prefetch"] {
        let mut browser = Browser::new();
        browser.connect(&application, "john");
        let (address, _) = browser.consent();
        let response = browser.send("GET", &address, None, None, &[("sec-purpose", value)]);
        assert_eq!((response.status, response.header("location")), (303, Some("/accounts")), "{value}");
    }
}

#[test]
fn a_get_or_head_request_of_connect_begins_no_authorization() {
    let application = by_query();
    for method in ["GET", "HEAD"] {
        let mut browser = Browser::new();
        let refused = browser.send(method, &format!("{application}/connect"), None, Some(&application), &[]);
        assert_eq!((refused.status, refused.header("set-cookie")), (405, None), "{method}");
    }
}

#[test]
fn a_form_body_beyond_its_limit_is_refused_by_both_servers() {
    let application = by_query();
    let mut browser = Browser::new();
    let dialog = browser.connect(&application, "john").address.clone();
    let mock_server = dialog.split("/consent").next().expect("an origin").to_owned();
    let form = |len: usize| format!("dialog=d&decision=cancel&connection={}", "a".repeat(len));
    for (origin, paths, limit) in [
        (&application, ["/connect", "/refresh", "/disconnect"], 64 * 1024),
        (&mock_server, ["/decision", "/bank", "/connect/token"], 1024 * 1024),
    ] {
        for path in paths {
            let mut status = |len| browser.fetch(&format!("{origin}{path}"), Some(&form(len)), Some(origin)).status;
            assert_eq!(status(limit), 413, "{path}");
            assert_ne!(status(limit - 100), 413, "{path}");
        }
    }
}

#[test]
fn a_callback_form_beyond_64_kib_is_refused_before_its_state_is_read() {
    let application = by_form();
    for (len, heading) in
        [(63 * 1024, "No connection is in progress"), (65 * 1024, "The connection cannot be completed")]
    {
        let body = format!("code=c1&state=s1&other={}", "a".repeat(len));
        let page = Browser::new().fetch(&format!("{application}/callback"), Some(&body), Some("http://127.0.0.1/"));
        assert_eq!((page.status, page.heading()), (400, heading), "{len}");
    }
}

#[test]
fn no_query_stops_a_handler_of_either_server() {
    let application = by_query();
    let mut browser = Browser::new();
    let dialog = browser.connect(&application, "john").address.clone();
    let mock_server = dialog.split("/consent").next().expect("an origin").to_owned();
    let long = "a=&".repeat(15_000);
    let queries =
        ["", "%", "%ff", "%00", "=", "&&", "notice=%F0%9F", "dialog=%0D%0Aa", "dialog=a&dialog=b", "from=%", &long];
    let application_paths = ["/", "/callback", "/cancelled", "/connected", "/accounts", "/connect", "/none"];
    let mock_server_paths =
        ["/", "/bank", "/consent", "/decision", "/api/providers", "/data/v1/me", "/data/v1/accounts/%ff/transactions"];
    for (origin, paths) in [(&application, application_paths), (&mock_server, mock_server_paths)] {
        for path in paths {
            for query in queries {
                // A handler that panics closes the connection without a response.
                let response = browser.fetch(&format!("{origin}{path}?{query}"), None, Some(origin));
                assert!(response.status < 500, "{} {path}?{query:.20}", response.status);
            }
        }
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
    let pending = browser.cookies().iter().filter(|name| name.starts_with("auth-link-")).count();
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
        ("error=server_error", 403, "The connection cannot be completed"),
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

#[test]
fn an_account_whose_transactions_the_bank_does_not_share_is_shown_without_them_and_with_the_reason() {
    let (application, mock) = start_with_mock();
    for (error, reason) in [
        ("sca_exceeded", "only for a few minutes after you sign in"),
        ("endpoint_not_supported", "does not share the transactions of this account"),
    ] {
        let mut browser = Browser::new();
        browser.connect(&application, "john");
        let callback = browser.consent();
        mock.fail_next(Endpoint::Transactions, Failure::error(error));
        let accounts = browser.return_with(&callback).html.clone();
        assert_eq!(accounts.matches(reason).count(), 1, "{error}: {accounts}");
        // The other account has its transactions, and both have their balances.
        let (without, with) = accounts.split_once("Savings").expect("two accounts");
        assert!(without.contains(reason) && without.contains("available") && !without.contains("<svg"), "{without}");
        assert!(with.contains("<svg") && with.contains("<table"), "{with}");
        let again = browser.open(&format!("{application}/accounts"));
        assert!(!again.html.contains(reason), "{}", again.html);
    }
}

#[test]
fn disconnecting_deletes_the_connection_at_truelayer() {
    let (application, mock) = start_with_mock();
    let mut browser = Browser::new();
    browser.connect(&application, "john");
    let callback = browser.consent();
    browser.return_with(&callback);
    // While TrueLayer does not confirm, the connection stays.
    mock.fail_next(Endpoint::Delete, Failure::status(503));
    let failed = browser.press("Disconnect", &[]);
    assert_eq!((failed.status, failed.heading()), (503, "TrueLayer rejected the request"));
    assert!(browser.open(&format!("{application}/accounts")).html.contains("Current account"));
    assert!(browser.press("Disconnect", &[]).html.contains("Disconnected."));
    let requests = mock.requests();
    let deletions: Vec<_> = requests.of(Endpoint::Delete).iter().map(|request| request.status()).collect();
    assert_eq!(deletions.len(), 2);
    assert!(deletions[1] < 300, "{deletions:?}");
}

#[test]
fn after_a_failed_exchange_the_page_is_clear_and_the_user_can_connect_again() {
    let (application, mock) = start_with_mock();
    for (failure, status) in [(Failure::status(503), 503), (Failure::error("invalid_grant"), 502)] {
        let mut browser = Browser::new();
        browser.connect(&application, "john");
        let callback = browser.consent();
        mock.clear_requests();
        mock.fail_next(Endpoint::Token, failure);
        let page = browser.return_with(&callback);
        assert_eq!((page.status, page.heading()), (status, "TrueLayer rejected the request"));
        // The code is used, so that its cookie is removed, and it is not sent again.
        assert_eq!(browser.cookies(), ["session"]);
        assert_eq!(browser.return_with(&callback).status, 400);
        mock.requests().assert_count(Endpoint::Token, 1);
        browser.press("Connect your bank", &[]);
        browser.press("Mock Bank", &[]);
        browser.press("Sign in", &[("user", "john"), ("password", "doe")]);
        let callback = browser.consent();
        assert!(browser.return_with(&callback).html.contains("Current account"));
    }
}

#[test]
fn a_connection_of_another_session_cannot_be_refreshed_or_disconnected() {
    let (application, mock) = start_with_mock();
    let [mut owner, mut other] = [(); 2].map(|()| {
        let mut browser = Browser::new();
        browser.connect(&application, "john");
        let callback = browser.consent();
        browser.return_with(&callback);
        browser
    });
    let (_, body) = owner.page.submission("Disconnect");
    mock.clear_requests();
    let invalid = ["connection=", "connection=..%2Fa", "connection=%00", "connection=0000000000-"];
    for path in ["/refresh", "/disconnect"] {
        let address = format!("{application}{path}");
        for body in [&[body.as_str()][..], &invalid].concat() {
            let refused = other.fetch(&address, Some(body), Some(&application));
            assert_eq!((refused.status, refused.heading()), (404, "This connection no longer exists"), "{path} {body}");
        }
        let refused = Browser::new().fetch(&address, Some(&body), Some(&application));
        assert_eq!(refused.status, 404, "{path}");
    }
    mock.requests().assert_count(Endpoint::Token, 0);
    mock.requests().assert_count(Endpoint::Delete, 0);
    assert!(owner.press("Refresh access now", &[]).html.contains("Access refreshed."));
}

#[test]
fn a_connection_whose_consent_was_revoked_shows_the_next_step() {
    let (application, mock) = start_with_mock();
    let mut browser = Browser::new();
    browser.connect(&application, "john");
    let callback = browser.consent();
    browser.return_with(&callback);
    mock.revoke_consent();
    let page = browser.open(&format!("{application}/accounts"));
    assert_eq!((page.status, page.heading()), (200, "Your connection"));
    assert!(page.html.contains("Connect your bank again"), "{}", page.html);
    assert!(browser.press("Disconnect", &[]).html.contains("Disconnected."));
}

#[tokio::test]
async fn a_demo_without_its_key_or_database_names_the_option_and_the_next_step() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let short_key = folder.join("short.key");
    std::fs::write(&short_key, [1, 2]).expect("a file");
    let no_folder = Some(Database::Sqlite(folder.join("no-such-folder/demo.db")));
    let postgres = |url: &str| Some(Database::Postgres(url.to_owned()));
    for (database, key, texts) in [
        (None, Some(folder.join("no-such.key")), ["`--key` cannot be read", "No such file"]),
        (None, Some(short_key), ["2 bytes, expected at least 64", "help: create a key file"]),
        (no_folder, None, ["`--database` cannot be used", "existing folder"]),
        (postgres("postgres://user:hush@localhost:port/app"), None, ["`--database` cannot be used", "USER@HOST"]),
    ] {
        assert_does_not_start(Options { database, key, ..Options::default() }, &texts).await;
    }
}

// The clock is paused, and passes over the time that the demo waits for a database.
#[tokio::test(start_paused = true)]
async fn a_demo_whose_database_cannot_be_reached_names_the_option_and_the_next_step() {
    let database = Some(Database::Postgres("postgres://user:hush@127.0.0.1:1/app".to_owned()));
    let texts = ["`--database` cannot be reached", "check that it runs"];
    assert_does_not_start(Options { database, ..Options::default() }, &texts).await;
}

async fn assert_does_not_start(options: Options, texts: &[&str]) {
    let error = start(Options { port: 0, mock_server_port: 0, ..options }).await.expect_err("an error").to_string();
    assert!(texts.iter().all(|text| error.contains(text)), "{error}");
    assert!(!error.contains("hush"), "{error}");
}
