//! Responses of every endpoint: parsing does not panic, and no error shows a secret of the request.
#![no_main]

use auth_link::client::{AccessToken, Call, ClientSecret, RefreshToken, User};
use auth_link::{AuthLink, auth_link};
use http::Response;
use libfuzzer_sys::fuzz_target;

static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [info, accounts, balance, transactions, cards, direct_debits, standing_orders],
);

const SECRET: &str = "S3cret-of/this+client";

/// Parses the response to a call, and checks the text of an error.
fn parse<T>(call: Call<T>, status: u16, body: &[u8]) {
    let response = Response::builder().status(status).body(body).unwrap();
    if let Err(error) = call.parser.parse(response) {
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
}

fuzz_target!(|input: (u16, &[u8])| {
    let (status, body) = (100 + input.0 % 500, input.1);
    let client = CONNECT.client(ClientSecret::new(SECRET).unwrap());
    let (token, refresh_token) = (AccessToken::new(SECRET).unwrap(), RefreshToken::new(SECRET).unwrap());
    let user = User::with_phone("Alan Turing", "+447700900000");
    parse(client.refresh(&refresh_token), status, body);
    parse(client.delete_connection(&token), status, body);
    parse(client.debug_id(&token), status, body);
    parse(client.reauthenticate(&CONNECT, &refresh_token).unwrap(), status, body);
    parse(client.extend_connection(&CONNECT, &refresh_token, &user, true).unwrap(), status, body);
    parse(client.tracked_events(&token, "t").unwrap(), status, body);
    let response = Response::builder().status(status).body(body).unwrap();
    let _ = client.providers(&[], &[]).unwrap().parser.parse(response);
    let data = client.data(&token);
    parse(data.me(), status, body);
    parse(data.info().unwrap(), status, body);
    parse(data.accounts().unwrap(), status, body);
    parse(data.balance("a").unwrap(), status, body);
    parse(data.transactions("a", ..).unwrap(), status, body);
    parse(data.direct_debits("a").unwrap(), status, body);
    parse(data.standing_orders("a").unwrap(), status, body);
    parse(data.cards().unwrap(), status, body);
    parse(data.card_balance("a").unwrap(), status, body);
});
