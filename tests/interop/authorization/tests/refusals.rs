//! Requests that the server refuses: the error for the client, and the cause in the server's own list.

use auth_link::client::{ApiError, ClientSecret, RefreshToken};
use auth_link::{AuthLink, AuthorizationCode, CallbackError, PendingAuthorization, auth_link};
use authorization::{AuthServer, LINK, Page, User, altered, begin, client, finish, send};

#[test]
fn a_verifier_of_another_authorization_is_refused() {
    let server = AuthServer::start();
    let (pending, page) = approved(&server);
    let text = pending.expose();
    let verifier = text.split('.').nth(3).expect("a verifier");
    let other = begin(&LINK, &server).pending.expose();
    let pending = altered(&pending, verifier, other.split('.').nth(3).expect("a verifier"));
    let error = exchange(&server, finish(pending, &page).expect("a code")).unwrap_err();
    assert_error(&error, 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: code_verifier does not match code_challenge"]);
}

#[test]
fn another_redirect_uri_of_the_same_client_is_refused() {
    let server = AuthServer::start();
    let (pending, page) = approved(&server);
    let pending = altered(&pending, "%2Fcallback", "%2Fother");
    let code = finish(pending, &page).expect("a code");
    assert_eq!(code.redirect_uri(), "http://127.0.0.1:8080/other");
    assert_error(&exchange(&server, code).unwrap_err(), 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: authorization code redirect_uri mismatch"]);
}

#[test]
fn a_code_that_is_used_again_is_refused_and_ends_the_connection() {
    let server = AuthServer::start();
    let (pending, page) = approved(&server);
    let stored = pending.expose();
    let codes = || finish(stored.parse().expect("a pending authorization"), &page).expect("a code");
    let refresh_token = exchange(&server, codes()).expect("tokens");
    assert_error(&exchange(&server, codes()).unwrap_err(), 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: authorization code already consumed"]);
    assert_error(&send(client(&LINK, &server).refresh(&refresh_token)).unwrap_err(), 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: refresh token not found"]);
}

#[test]
fn a_refresh_token_that_is_used_again_is_refused_and_ends_the_connection() {
    let server = AuthServer::start();
    let refresh_token = connected(&server);
    let client = client(&LINK, &server);
    let refreshed = send(client.refresh(&refresh_token)).expect("tokens").refresh_token.expect("offline access");
    assert_error(&send(client.refresh(&refresh_token)).unwrap_err(), 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: refresh token already used"]);
    assert_error(&send(client.refresh(&refreshed)).unwrap_err(), 400, "invalid_grant");
    assert_eq!(server.refusals(), ["InvalidGrant: refresh token not found"]);
}

#[test]
fn a_wrong_client_secret_is_refused() {
    let server = AuthServer::start();
    let refresh_token = connected(&server);
    let link = LINK.with_auth_server(server.origin()).expect("an origin");
    let client = link.client(ClientSecret::new("another").expect("a secret"));
    assert_error(&send(client.refresh(&refresh_token)).unwrap_err(), 401, "invalid_client");
    assert_eq!(server.refusals(), ["InvalidClientAuth: invalid secret provided"]);
}

/// A link with a client id that the server does not know.
static UNKNOWN: AuthLink = auth_link!(
    client_id = "sandbox-nobody-000000",
    redirect_uri = "http://127.0.0.1:8080/callback",
    scope = [accounts],
    providers = [uk_cs_mock],
);

#[test]
fn an_unknown_client_id_is_refused() {
    let server = AuthServer::start();
    let refresh_token = connected(&server);
    assert_error(&send(client(&UNKNOWN, &server).refresh(&refresh_token)).unwrap_err(), 401, "invalid_client");
    assert_eq!(server.refusals(), ["InvalidClientAuth: client not found"]);
}

#[test]
fn a_link_of_an_unknown_client_or_redirect_uri_does_not_redirect() {
    static UNREGISTERED: AuthLink = auth_link!(
        client_id = "sandbox-interop-000000",
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
fn a_link_without_a_code_challenge_redirects_with_an_error() {
    static WITHOUT_PKCE: AuthLink = auth_link!(
        client_id = "sandbox-interop-000000",
        redirect_uri = "http://127.0.0.1:8080/callback",
        scope = [accounts],
        providers = [uk_cs_mock],
        pkce = false,
    );
    let server = AuthServer::start();
    let request = begin(&WITHOUT_PKCE, &server);
    let page = User::new().open(&request.url);
    let Err(CallbackError::Server(error)) = finish(request.pending, &page) else { panic!("no error of the server") };
    assert_eq!(error.error(), "invalid_request");
    let cause = "Authorization Server policy requires PKCE to be used for this request";
    assert_eq!(error.description(), Some(cause));
    assert_eq!(server.refusals(), [format!("InvalidRequest: {cause}")]);
}

/// Returns a pending authorization, and the page with its callback.
fn approved(server: &AuthServer) -> (PendingAuthorization, Page) {
    let request = begin(&LINK, server);
    let page = User::new().approve(&request.url, "john");
    (request.pending, page)
}

/// Returns the refresh token of a new connection.
fn connected(server: &AuthServer) -> RefreshToken {
    let (pending, page) = approved(server);
    exchange(server, finish(pending, &page).expect("a code")).expect("tokens")
}

fn exchange(server: &AuthServer, code: AuthorizationCode) -> Result<RefreshToken, ApiError> {
    Ok(authorization::exchange(&LINK, server, code)?.refresh_token.expect("offline access"))
}

/// Asserts the status and the code of an error that is not retryable.
#[track_caller]
fn assert_error(error: &ApiError, status: u16, code: &str) {
    assert_eq!(error.status(), status);
    assert_eq!(error.server().map(auth_link::ServerError::error), Some(code), "{error}");
    assert!(!error.is_retryable(), "{error}");
}
