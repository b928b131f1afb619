//! The users of Mock Bank and of a scenario, their accounts, and what a test sees of the server.

use crate::support::{self, REDIRECT_URI, builder, client, connect, link, send, start};
use auth_link::client::User as Person;
use auth_link_mock::{Account, BankUser, Endpoint, Failure, MockTrueLayer, Scenario, User};

#[test]
fn accounts_of_a_scenario_have_todays_balance_at_the_end_of_their_history() {
    let user = BankUser::new("mary", "secret")
        .account(Account::current("current").balance(-12_345).iban("FR7630006000011234567890189"))
        .account(Account::savings("savings").balance(i64::MAX))
        .account(Account::card("card").balance(100));
    let shown = format!("{user:?}");
    assert!(shown.starts_with("BankUser { name: \"mary\"") && !shown.contains("secret"), "{shown}");
    let mock = builder().scenario(Scenario::default().user(user)).start_blocking().unwrap();
    let tokens = connect(&mock, User::Named("mary".to_owned())).unwrap();
    let client = client(&mock);
    let data = client.data(&tokens.access_token);
    let accounts = send(data.accounts().unwrap()).unwrap();
    let ids: Vec<_> = accounts.iter().map(|account| account.account_id.as_str()).collect();
    assert_eq!(ids, ["current", "savings"]);
    assert_eq!(accounts[0].account_number.iban.as_deref(), Some("FR7630006000011234567890189"));
    assert_eq!(send(data.balance("current").unwrap()).unwrap().current.to_string(), "-123.45");
    let balance = |id: &str| {
        let transactions = send(data.transactions(id, ..).unwrap()).unwrap();
        assert!(!transactions.is_empty(), "{id}");
        transactions[0].running_balance.map(|balance| balance.to_string())
    };
    assert_eq!(balance("current").as_deref(), Some("-123.45"), "the newest is the first");
    assert!(balance("savings").is_some());
    assert_eq!(send(data.card_balance("card").unwrap()).unwrap().current.to_string(), "1.0");
    assert!(send(data.direct_debits("savings").unwrap()).unwrap().is_empty());
    assert!(send(data.standing_orders("savings").unwrap()).unwrap().is_empty());
    assert_eq!(send(data.standing_orders("current").unwrap()).unwrap().len(), 1);
    let unknown = send(data.balance("other").unwrap()).unwrap_err();
    assert_eq!(unknown.server().unwrap().error(), "account_not_found");
}

#[test]
fn the_logins_of_mock_bank_have_their_own_accounts_and_consents() {
    let mock = start();
    let client = client(&mock);
    let tokens = connect(&mock, User::Iban).unwrap();
    let accounts = send(client.data(&tokens.access_token).accounts().unwrap()).unwrap();
    assert_eq!(accounts.len(), 2);
    assert!(accounts.iter().all(|account| account.account_number.iban.is_some()));
    let tokens = connect(&mock, User::Numbered(7)).unwrap();
    assert_eq!(
        send(client.data(&tokens.access_token).info().unwrap()).unwrap().full_name.as_deref(),
        Some("John7 Doe")
    );
}

#[test]
fn a_test_sees_each_request_and_no_secret() {
    let mock = start();
    let request = link(&mock).begin().unwrap();
    let callback = mock.authorize(&request.url, User::John).unwrap();
    assert!(callback.url().starts_with(&format!("{REDIRECT_URI}?code=")) && callback.form().is_none());
    assert_eq!(format!("{callback:?}"), format!("CallbackRequest {{ url: {REDIRECT_URI:?}, is_form: false }}"));
    assert_eq!(format!("{mock:?}"), format!("MockTrueLayer {{ origin: {:?}, .. }}", mock.origin()));
    let used = mock.authorize(&request.url, User::John).unwrap_err().to_string();
    assert!(used.starts_with("the link was used before\nhelp: "), "{used}");
    let invalid = mock.authorize(&format!("{}/?client_id=x", mock.origin()), User::John).unwrap_err().to_string();
    assert_eq!(invalid, "the link does not work: The client_id is not registered.");
    let url = link(&mock).begin().unwrap().url;
    let unknown = mock.authorize(&url, User::Named("mary".to_owned())).unwrap_err().to_string();
    assert!(unknown.starts_with("no user has the name `mary`\nhelp: "), "{unknown}");
    let tokens = connect(&mock, User::John).unwrap();
    let address = std::net::IpAddr::from([127, 0, 0, 1]);
    send(client(&mock).data(&tokens.access_token).with_psu_ip(address).me()).unwrap();
    let requests = mock.requests();
    let me = requests.assert_one(Endpoint::Me);
    assert_eq!((me.endpoint(), me.header("x-psu-ip")), (Some(Endpoint::Me), Some("127.0.0.1")));
    me.assert_header("x-psu-ip", "127.0.0.1");
    assert!(!format!("{me:?}").contains(tokens.access_token.expose()));
}

#[test]
fn a_failure_may_have_the_body_of_a_proxy() {
    let mock = start();
    mock.fail_next(Endpoint::Token, Failure::status(200).with_body("<html>"));
    let error = connect(&mock, User::John).unwrap_err();
    assert_eq!(error.status().as_u16(), 500, "a failure has the status of one");
    assert!(error.server().is_none());
}

#[test]
fn the_history_window_is_set() {
    let mock = MockTrueLayer::builder().redirect_uri(REDIRECT_URI).history_window(std::time::Duration::ZERO);
    let mock = mock.start_blocking().unwrap();
    let tokens = connect(&mock, User::John).unwrap();
    let error = send(client(&mock).data(&tokens.access_token).standing_orders("mock-current").unwrap()).unwrap_err();
    assert_eq!(error.server().unwrap().error(), "sca_exceeded");
}

#[test]
fn the_admin_endpoint_sets_a_failure_with_its_description_and_ends_the_history_window() {
    let mock = start();
    let admin = |path: &str, body: &str| support::fetch("POST", &format!("{}/_mock/{path}", mock.origin()), &[], body);
    let body = r#"{"endpoint": "token", "error": "invalid_grant", "description": "over"}"#;
    assert_eq!(admin("fail-next", body).0, 200);
    let error = connect(&mock, User::John).unwrap_err();
    let server = error.server().unwrap();
    assert_eq!((server.error(), server.description()), ("invalid_grant", Some("over")));
    assert_eq!(admin("fail-next", r#"{"endpoint": "token", "error": "busy", "status": 503}"#).0, 200);
    assert_eq!(connect(&mock, User::John).unwrap_err().status().as_u16(), 503);
    let (status, text) = admin("fail-next", r#"{"endpoint": "token"}"#);
    assert!(status == 400 && text.contains("missing `status` or `error`"), "{text}");
    let tokens = connect(&mock, User::John).unwrap();
    let orders = || send(client(&mock).data(&tokens.access_token).standing_orders("mock-current").unwrap());
    assert!(orders().is_ok());
    assert_eq!(admin("end-history-window", "").0, 200);
    assert_eq!(orders().unwrap_err().server().unwrap().error(), "sca_exceeded");
}

#[test]
fn one_account_is_read_and_an_impossible_period_or_path_is_refused() {
    let mock = start();
    let tokens = connect(&mock, User::John).unwrap();
    let bearer = format!("Bearer {}", tokens.access_token.expose());
    let get = |path: &str| {
        let url = format!("{}/data/v1/{path}", mock.origin());
        support::fetch("GET", &url, &[("authorization", &bearer)], "")
    };
    let (status, text) = get("accounts/mock-current");
    assert!(status == 200 && text.contains("mock-current") && !text.contains("mock-savings"), "{text}");
    assert_eq!(get("cards/mock-card").0, 200);
    let (status, text) = get("accounts/mock-current/transactions?from=2026-02-02&to=2026-02-01");
    assert!(status == 400 && text.contains("`from` is after `to`"), "{text}");
    assert_eq!(get("nothing").0, 404);
}

#[test]
fn an_extension_needs_the_users_consent_again() {
    let mock = start();
    let refresh_token = connect(&mock, User::John).unwrap().refresh_token.unwrap();
    let person = Person::with_email("John Doe", "john@example.com").unwrap();
    let call = client(&mock).extend_connection(&link(&mock), &refresh_token, &person, false).unwrap();
    assert_eq!(send(call).unwrap_err().status().as_u16(), 422);
}
