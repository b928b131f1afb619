//! An application's client, with a blocking HTTP client.

use auth_link::client::{ApiError, Call, Client, ClientSecret, RequestBody, Tokens};
use auth_link::{AuthLink, Callback, auth_link};
use auth_link_mock::{Builder, MockTrueLayer, User};

pub(crate) const REDIRECT_URI: &str = "http://localhost:3000/callback";

pub(crate) fn builder() -> Builder {
    MockTrueLayer::builder().redirect_uri(REDIRECT_URI)
}

pub(crate) fn start() -> MockTrueLayer {
    builder().start_blocking().expect("a free port")
}

/// A link of all scopes.
pub(crate) fn link(mock: &MockTrueLayer) -> AuthLink {
    auth_link!(
        client_id = { mock.client_id() },
        redirect_uri = "http://localhost:3000/callback",
        scope = [info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access],
        providers = [uk_cs_mock],
        environment = sandbox,
        auth_server = { mock.origin() },
    )
    .expect("a link")
}

pub(crate) fn client(mock: &MockTrueLayer) -> Client {
    link(mock).client(ClientSecret::new(mock.client_secret()).expect("a secret"))
}

/// Authorizes, and exchanges the code.
pub(crate) fn connect(mock: &MockTrueLayer, user: User) -> Result<Tokens, ApiError> {
    let request = link(mock).begin().expect("randomness");
    let callback = mock.authorize(&request.url, user).expect("a callback");
    let code = request.pending.finish(Callback::from_query(callback.query()).expect("a callback")).expect("a code");
    send(client(mock).exchange(code).expect("a call"))
}

pub(crate) fn send<T>(call: Call<T>) -> Result<T, ApiError> {
    let response = agent().run(call.request.map(RequestBody::expose)).expect("a response");
    let (parts, mut body) = response.into_parts();
    let body = body.read_to_vec().expect("a body");
    call.parser.parse(ureq::http::Response::from_parts(parts, body))
}

pub(crate) fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into()
}

/// Sends a request, and returns the status and the body.
pub(crate) fn fetch(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
    let mut request = ureq::http::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = agent().run(request.body(body.to_owned()).expect("a request")).expect("a response");
    (response.status().as_u16(), response.body_mut().read_to_string().expect("a text"))
}
