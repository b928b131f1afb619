//! A client, and one response of the token endpoint.

use auth_link::client::{Client, ClientSecret, Environment, RefreshToken, ResponseParser, Tokens};

use crate::meter::Meter;

/// The name of this table.
pub(crate) const TABLE: &str = "client";

/// Measures this library.
pub(crate) fn measure_all(meter: &mut impl Meter) {
    let secret = || ClientSecret::new("5b6f8a2c-1111-4222-8333-0123456789ab").expect("a secret");
    meter.measure(TABLE, "Client::new", secret, client);
    meter.measure(TABLE, "a token response", move || parser(secret()), |parser| tokens(parser));
}

/// A response of the token endpoint, with tokens of the usual lengths.
pub(crate) fn body() -> String {
    let (access_token, refresh_token) = ("eyJhbGciOiJSUzI1NiIs".repeat(50), "7C5D2F1A".repeat(8));
    format!(
        r#"{{"access_token":"{access_token}","expires_in":3600,"token_type":"Bearer","refresh_token":"{refresh_token}","scope":"info accounts balance transactions offline_access"}}"#
    )
}

#[inline(never)]
fn client(secret: ClientSecret) -> Client {
    Client::new(Environment::Live, "acme-7d2f1a", secret).expect("a client")
}

fn parser(secret: ClientSecret) -> (ResponseParser<Tokens>, String) {
    (client(secret).refresh(&RefreshToken::new("7C5D2F1A").expect("a token")).parser, body())
}

#[inline(never)]
fn tokens((parser, body): (ResponseParser<Tokens>, String)) -> (Tokens, String) {
    (parser.parse(http::Response::new(&body)).expect("tokens"), body)
}
