//! A scenario of the mock server: no panic, an error names a line of the text, and each response about the scenario's user is one that
//! the client reads.
#![no_main]

use auth_link::client::{Call, Client, ClientSecret, RequestError, Tokens};
use auth_link::{AuthLink, Callback, Error, auth_link};
use auth_link_mock::{MockTrueLayer, Scenario, User};
use auth_link_ureq::HttpClient;
use libfuzzer_sys::fuzz_target;

fn link(mock: &MockTrueLayer) -> AuthLink {
    auth_link!(
        client_id = { mock.client_id() },
        redirect_uri = "http://localhost:3000/callback",
        scope = [info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access],
        providers = [uk_ob_all, uk_cs_mock],
        environment = sandbox,
        auth_server = { mock.origin() },
    )
    .unwrap()
}

/// Sends a call. Only the errors that TrueLayer has are errors.
fn send<T>(http: &HttpClient, call: Call<T>) -> Option<T> {
    match http.send(call) {
        Ok(value) => Some(value),
        Err(Error::Api(error)) if !error.status().is_success() => None,
        Err(error) => panic!("{error:?}"),
    }
}

/// Signs in as `mary`, who may be a user of the scenario, or else as `john`.
fn connect(mock: &MockTrueLayer, http: &HttpClient, client: &Client) -> Option<Tokens> {
    let link = link(mock);
    let (mary, john) = (link.begin().unwrap(), link.begin().unwrap());
    let (pending, callback) = match mock.authorize(&mary.url, User::Named("mary".to_owned())) {
        Ok(callback) => (mary.pending, callback),
        Err(_) => (john.pending, mock.authorize(&john.url, User::John).ok()?),
    };
    let code = pending.finish(Callback::from_query(callback.query()).unwrap()).ok()?;
    send(http, client.exchange(code).unwrap())
}

/// Reads all data of a user.
fn read(http: &HttpClient, client: &Client, tokens: &Tokens) -> Result<(), RequestError> {
    let data = client.data(&tokens.access_token);
    let _ = (send(http, data.me()), send(http, data.info()?));
    for account in send(http, data.accounts()?).into_iter().flatten().take(4) {
        let id = account.account_id.as_str();
        if let Ok(balance) = data.balance(id) {
            let _ = send(http, balance);
            let transactions = send(http, data.transactions(id, ..)?);
            assert_eq!(transactions.map_or(0, |list| list.unreadable_len()), 0);
            let _ = (send(http, data.pending_transactions(id)?), send(http, data.direct_debits(id)?));
            let _ = send(http, data.standing_orders(id)?);
        }
    }
    for card in send(http, data.cards()?).into_iter().flatten().take(2) {
        if let Ok(balance) = data.card_balance(card.account_id.as_str()) {
            let _ = send(http, balance);
        }
    }
    Ok(())
}

fuzz_target!(|text: &str| {
    let scenario = match text.parse::<Scenario>() {
        Ok(scenario) => scenario,
        Err(error) => {
            assert!((1..=1 + text.matches('\n').count()).contains(&error.line()), "{error}");
            return assert!(!error.message().is_empty());
        }
    };
    let mock = MockTrueLayer::builder().scenario(scenario).start_blocking().unwrap();
    let client = link(&mock).client(ClientSecret::new(mock.client_secret()).unwrap());
    let http = HttpClient::new();
    if let Some(tokens) = connect(&mock, &http, &client) {
        // The scopes of the link allow every request.
        read(&http, &client, &tokens).unwrap();
    }
});
