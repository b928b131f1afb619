//! The application: its links, and its requests to the server.

use auth_link::client::{ApiError, Call, Client, ClientSecret, RequestBody, Tokens};
use auth_link::{
    AuthLink, AuthorizationCode, AuthorizationRequest, Callback, CallbackError, PendingAuthorization, auth_link,
};

use crate::auth_server::AuthServer;
use crate::http::agent;
use crate::user::Page;

/// The link. No server listens at its redirect URI: the test reads the callback from the redirect.
pub static LINK: AuthLink = auth_link!(
    client_id = "sandbox-interop-000000",
    redirect_uri = "http://127.0.0.1:8080/callback",
    scope = [info, accounts, balance, offline_access],
    providers = [uk_cs_mock],
);

/// The link whose callbacks arrive by form.
pub static BY_FORM: AuthLink = auth_link!(
    client_id = "sandbox-interop-000000",
    redirect_uri = "http://127.0.0.1:8080/callback",
    scope = [info, accounts, balance, offline_access],
    providers = [uk_cs_mock],
    response_mode = form_post,
);

/// The client secret.
pub const SECRET: &str = "a+secret&100%=/";

/// Begins an authorization with a link at this server.
pub fn begin(link: &AuthLink, server: &AuthServer) -> AuthorizationRequest {
    with_server(link, server).begin().expect("randomness")
}

/// Returns the client of a link at this server.
pub fn client(link: &AuthLink, server: &AuthServer) -> Client {
    with_server(link, server).client(ClientSecret::new(SECRET).expect("a secret"))
}

/// Finishes an authorization with the browser's last page: a callback by query, or the form that submits one.
///
/// # Errors
///
/// Returns an error if the callback is invalid or reports an error.
pub fn finish(pending: PendingAuthorization, page: &Page) -> Result<AuthorizationCode, CallbackError> {
    if page.html.is_empty() {
        return Ok(pending.finish(Callback::from_url(&page.address)?)?);
    }
    let form = page.form();
    assert_eq!(form.action, "http://127.0.0.1:8080/callback");
    Ok(pending.finish(Callback::from_form("", &form.body())?)?)
}

/// Exchanges a code of a link for tokens.
///
/// # Errors
///
/// Returns an error if the server rejects the code.
pub fn exchange(link: &AuthLink, server: &AuthServer, code: AuthorizationCode) -> Result<Tokens, ApiError> {
    send(client(link, server).exchange(code).expect("this client's code"))
}

/// Sends a call and parses its response.
///
/// # Errors
///
/// Returns an error if the server rejects the request.
pub fn send<T>(call: Call<T>) -> Result<T, ApiError> {
    let response = agent().run(call.request.map(RequestBody::expose)).expect("a response");
    let (parts, mut body) = response.into_parts();
    let body = body.read_to_vec().expect("a body");
    call.parser.parse(ureq::http::Response::from_parts(parts, body))
}

/// Returns the pending authorization with a part of its text form replaced.
pub fn altered(pending: &PendingAuthorization, part: &str, replacement: &str) -> PendingAuthorization {
    let text = pending.expose();
    assert_eq!(text.matches(part).count(), 1, "one `{part}` in {text}");
    text.replace(part, replacement).parse().expect("a pending authorization")
}

fn with_server(link: &AuthLink, server: &AuthServer) -> AuthLink {
    link.with_auth_server(server.origin()).expect("an origin")
}
