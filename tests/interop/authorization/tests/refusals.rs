//! What the server refuses, with its own account of the cause beside what the client is told.

use auth_link::{AuthLink, AuthorizationCode, CallbackError, PendingAuthorization, auth_link};
use auth_link::client::{ApiError, ClientSecret, RefreshToken};
use authorization::{AuthServer, LINK, Page, User, altered, begin, client, receive, send};

#[test]
fn a_verifier_of_another_sign_in_is_refused() {
    let server = AuthServer::start();
    let (pending, page) = approved(&server);
    let text = pending.expose();
    let verifier = text.split('.').nth(2).expect("a verifier");
    let other = begin(&LINK, &server).pending.expose();
    let pending = altered(&pending, verifier, other.split('.').nth(2).expect("a verifier"));
    let error = exchange(&server, receive(pending, &page).expect("a code")).unwrap_err();
    assert_is(&error, 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: code_verifier does not match code_challenge"]);
}

#[test]
fn another_redirect_uri_of_the_same_client_is_refused() {
    let server = AuthServer::start();
    let (pending, page) = approved(&server);
    let pending = altered(&pending, "%2Fcallback", "%2Fother");
    let code = receive(pending, &page).expect("a code");
    assert_eq!(code.redirect_uri(), "http://127.0.0.1:8080/other");
    assert_is(&exchange(&server, code).unwrap_err(), 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: authorization code redirect_uri mismatch"]);
}

#[test]
fn a_code_that_is_used_again_is_refused_and_ends_the_connection() {
    let server = AuthServer::start();
    let (pending, page) = approved(&server);
    let stored = pending.expose();
    let codes = || receive(stored.parse().expect("a pending sign-in"), &page).expect("a code");
    let refresh_token = exchange(&server, codes()).expect("tokens");
    assert_is(&exchange(&server, codes()).unwrap_err(), 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: authorization code already consumed"]);
    assert_is(&send(client(&LINK, &server).refresh(&refresh_token)).unwrap_err(), 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: refresh token not found"]);
}

#[test]
fn a_refresh_token_that_is_used_again_is_refused_and_ends_the_connection() {
    let server = AuthServer::start();
    let refresh_token = connected(&server);
    let client = client(&LINK, &server);
    let renewed = send(client.refresh(&refresh_token)).expect("tokens").refresh_token.expect("offline access");
    assert_is(&send(client.refresh(&refresh_token)).unwrap_err(), 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: refresh token already used"]);
    assert_is(&send(client.refresh(&renewed)).unwrap_err(), 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: refresh token not found"]);
}

#[test]
fn another_secret_is_refused() {
    let server = AuthServer::start();
    let refresh_token = connected(&server);
    let link = LINK.with_auth_server(server.origin()).expect("an origin");
    let client = link.client(ClientSecret::new("another").expect("a secret"));
    assert_is(&send(client.refresh(&refresh_token)).unwrap_err(), 401, "invalid_client");
    assert_eq!(server.refusals(), ["InvalidClientAuth: invalid secret provided"]);
}

/// Another client id than the server's.
static UNKNOWN: AuthLink = auth_link!(
    client_id = "sandbox-nobody-000000",
    redirect_uri = "http://127.0.0.1:8080/callback",
    scope = [accounts],
    providers = [uk_cs_mock],
);

#[test]
fn a_client_that_the_server_does_not_know_is_refused() {
    let server = AuthServer::start();
    let refresh_token = connected(&server);
    assert_is(&send(client(&UNKNOWN, &server).refresh(&refresh_token)).unwrap_err(), 401, "invalid_client");
    assert_eq!(server.refusals(), ["InvalidClientAuth: client not found"]);
}

#[test]
fn the_link_of_an_unknown_client_or_redirect_uri_never_comes_back() {
    static UNREGISTERED: AuthLink = auth_link!(
        client_id = "sandbox-peers-000000",
        redirect_uri = "http://127.0.0.1:8080/callback/",
        scope = [accounts],
        providers = [uk_cs_mock],
    );
    let causes = [
        (&UNKNOWN, "InvalidClient: client not found"),
        (&UNREGISTERED, "InvalidRedirectUri: redirect_uri did not match any of the client's registered redirect_uris"),
    ];
    let server = AuthServer::start();
    for (link, cause) in causes {
        let page = User::new().open(&begin(link, &server).url);
        assert!(page.address.starts_with(server.origin()), "{}", page.address);
        assert_eq!(server.refusals(), [cause]);
    }
}

#[test]
fn a_link_without_a_code_challenge_comes_back_with_an_error() {
    static WITHOUT: AuthLink = auth_link!(
        client_id = "sandbox-peers-000000",
        redirect_uri = "http://127.0.0.1:8080/callback",
        scope = [accounts],
        providers = [uk_cs_mock],
        pkce = false,
    );
    let server = AuthServer::start();
    let sign_in = begin(&WITHOUT, &server);
    let page = User::new().open(&sign_in.url);
    let Err(CallbackError::Server(said)) = receive(sign_in.pending, &page) else { panic!("no error of the server's") };
    assert_eq!(said.error(), "invalid_request");
    let cause = "Authorization Server policy requires PKCE to be used for this request";
    assert_eq!(said.description(), Some(cause));
    assert_eq!(server.refusals(), [format!("InvalidRequest: {cause}")]);
}

/// A sign-in up to its callback.
fn approved(server: &AuthServer) -> (PendingAuthorization, Page) {
    let sign_in = begin(&LINK, server);
    let page = User::new().approve(&sign_in.url, "john");
    (sign_in.pending, page)
}

/// A sign-in up to its tokens.
fn connected(server: &AuthServer) -> RefreshToken {
    let (pending, page) = approved(server);
    exchange(server, receive(pending, &page).expect("a code")).expect("tokens")
}

fn exchange(server: &AuthServer, code: AuthorizationCode) -> Result<RefreshToken, ApiError> {
    Ok(authorization::exchange(&LINK, server, code)?.refresh_token.expect("offline access"))
}

/// What the client is told: no more than the code, and that trying again is no use.
#[track_caller]
fn assert_is(error: &ApiError, status: u16, code: &str) {
    assert_eq!(error.status(), status);
    assert_eq!(error.server().map(auth_link::ServerError::error), Some(code), "{error}");
    assert!(!error.is_retryable(), "{error}");
}
