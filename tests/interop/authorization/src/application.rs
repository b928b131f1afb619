//! The application: its links, and what it does with them at the server.

use auth_link::{AuthLink, AuthorizationCode, Callback, CallbackError};
use auth_link::client::{ApiError, Call, Client, ClientSecret, RequestBody};
use auth_link::{AuthorizationRequest, PendingAuthorization, auth_link};
use auth_link::client::Tokens;

use crate::{AuthServer, Page, agent};

/// The link. Nothing listens at its redirect URI: the browser is a test, and looks where it is sent.
pub static LINK: AuthLink = auth_link!(
    client_id = "sandbox-peers-000000",
    redirect_uri = "http://127.0.0.1:8080/callback",
    scope = [info, accounts, balance, offline_access],
    providers = [uk_cs_mock],
);

/// The link whose callbacks come by form.
pub static BY_FORM: AuthLink = auth_link!(
    client_id = "sandbox-peers-000000",
    redirect_uri = "http://127.0.0.1:8080/callback",
    scope = [info, accounts, balance, offline_access],
    providers = [uk_cs_mock],
    response_mode = form_post,
);

/// The client's secret at the server.
pub const SECRET: &str = "a+secret&100%=/";

/// Begins with a link at this server.
pub fn begin(link: &AuthLink, server: &AuthServer) -> AuthorizationRequest {
    at(link, server).begin().expect("randomness")
}

/// The client of a link at this server.
pub fn client(link: &AuthLink, server: &AuthServer) -> Client {
    at(link, server).client(ClientSecret::new(SECRET).expect("a secret"))
}

/// Receives what the browser came back with: by query, or by a form that it would submit.
///
/// # Errors
///
/// What the callback says or lacks.
pub fn receive(pending: PendingAuthorization, page: &Page) -> Result<AuthorizationCode, CallbackError> {
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
/// What the server refuses.
pub fn exchange(link: &AuthLink, server: &AuthServer, code: AuthorizationCode) -> Result<Tokens, ApiError> {
    send(client(link, server).exchange(code).expect("this client's code"))
}

/// Sends a call, and reads its answer.
///
/// # Errors
///
/// What the server refuses.
pub fn send<T>(call: Call<T>) -> Result<T, ApiError> {
    let response = agent().run(call.request.map(RequestBody::expose)).expect("an answer");
    let (parts, mut body) = response.into_parts();
    let body = body.read_to_vec().expect("all of it");
    call.parser.parse(ureq::http::Response::from_parts(parts, body))
}

/// The pending sign-in with a part of its text form replaced.
pub fn altered(pending: &PendingAuthorization, part: &str, by: &str) -> PendingAuthorization {
    let text = pending.expose();
    assert_eq!(text.matches(part).count(), 1, "one `{part}` in {text}");
    text.replace(part, by).parse().expect("a pending sign-in")
}

fn at(link: &AuthLink, server: &AuthServer) -> AuthLink {
    link.with_auth_server(server.origin()).expect("an origin")
}
