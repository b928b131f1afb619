//! What each web recipe does in an authorization.

use auth_link_mock::{Endpoint, Failure, User};
use ureq::http::Method;

use crate::application::Application;
use crate::tab::{Page, Tab};

/// Begins an authorization in a browser, and returns the path of the callback that the browser brings.
fn callback(application: &Application, tab: &mut Tab, user: User) -> String {
    let begun = tab.post("/connect");
    assert_eq!(begun.status, 303, "{begun:?}");
    let callback = application.mock.authorize(begun.location(), user).unwrap();
    callback.url().strip_prefix(&application.origin).unwrap().to_owned()
}

/// Opens a browser with a signed-in user.
fn signed_in(application: &Application) -> Tab {
    let mut tab = Tab::new(&application.origin);
    let response = tab.post("/sign-in");
    assert_eq!((response.status, response.location()), (303, "/accounts"), "{response:?}");
    tab
}

fn assert_error(page: &Page, status: u16) {
    assert_eq!(page.status, status, "{page:?}");
    assert_eq!(page.headers["cache-control"], "no-store", "{page:?}");
}

fn assert_accounts(page: &Page) {
    assert_eq!(page.status, 200, "{page:?}");
    assert!(page.text.contains("Your accounts") && page.text.contains("<li>"), "{page:?}");
}

/// Connects a user's accounts and shows them, and another user's request shows nothing.
pub fn check_whole_authorization(application: &Application) {
    let mut tab = signed_in(application);
    assert!(tab.get("/accounts").status >= 400, "nothing is connected yet");
    let path = callback(application, &mut tab, User::John);
    assert_eq!(tab.cookies("auth-link-"), 1);
    let finished = tab.get(&path);
    assert_eq!((finished.status, finished.location()), (303, "/accounts"), "{finished:?}");
    assert_eq!(tab.cookies("auth-link-"), 0, "the pending authorization is removed");
    assert_accounts(&tab.get("/accounts"));
    let again = tab.get(&path);
    assert_error(&again, 400);
    assert_accounts(&tab.get("/accounts"));
    assert!(signed_in(application).get("/accounts").status >= 400, "another user has no connection");
}

/// Expired tokens are refreshed once, though eight requests arrive at the same time.
pub fn check_refresh(application: &Application) {
    let mut tab = signed_in(application);
    let path = callback(application, &mut tab, User::John);
    assert_eq!(tab.get(&path).status, 303);
    application.mock.clear_requests();
    application.mock.expire_tokens();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let mut tab = tab.clone();
            scope.spawn(move || assert_accounts(&tab.get("/accounts")));
        }
    });
    application.mock.requests().assert_count(Endpoint::Token, 1);
}

/// A user who cancels, a request that must use nothing, another browser, and a token endpoint that is down.
pub fn check_errors(application: &Application) {
    let mut tab = signed_in(application);
    let cancelled = callback(application, &mut tab, User::Cancels);
    let page = tab.get(&cancelled);
    assert_error(&page, 403);
    assert!(page.text.contains("You cancelled"), "{page:?}");
    assert_eq!(tab.cookies("auth-link-"), 0);
    let without_state = callback(application, &mut tab, User::CancelsWithoutState);
    assert_error(&tab.get(&without_state), 403);
    assert_eq!(tab.cookies("auth-link-"), 1, "anyone can send it, so it ends nothing");

    let path = callback(application, &mut tab, User::John);
    let before = token_requests(application);
    assert_eq!(tab.send(&Method::HEAD, &path, &[]).status, 405);
    assert_error(&tab.send(&Method::GET, &path, &[("sec-purpose", "prefetch")]), 503);
    assert_error(&signed_in(application).get(&path), 400);
    assert_eq!(token_requests(application), before, "nothing is used");
    application.mock.fail_next(Endpoint::Token, Failure::status(503));
    let failed = tab.get(&path);
    assert_error(&failed, 503);
    assert_eq!(tab.cookies("auth-link-"), 1, "the other authorization is left");
    assert_error(&tab.get(&path), 400);
    assert_eq!(token_requests(application), before + 1, "the code is sent once");
}

fn token_requests(application: &Application) -> usize {
    application.mock.requests().of(Endpoint::Token).len()
}
