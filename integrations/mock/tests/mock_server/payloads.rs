//! The payloads of the Data API, as a program without auth-link reads them.

use std::time::{Duration, Instant};

use crate::support::{REDIRECT_URI, builder, connect, fetch, start};
use auth_link_mock::{Account, Bank, BankUser, Endpoint, Failure, MockTrueLayer, Scenario, User};
use serde_json::{Value, json};

/// Authorizes a user, and returns the header with the access token.
fn bearer(mock: &MockTrueLayer, user: User) -> String {
    format!("Bearer {}", connect(mock, user).expect("tokens").access_token.expose())
}

/// Returns the status and the body of a request for data.
fn get(mock: &MockTrueLayer, bearer: &str, path: &str) -> (u16, Value) {
    let (status, text) = fetch("GET", &format!("{}/data/v1/{path}", mock.origin()), &[("authorization", bearer)], "");
    (status, serde_json::from_str(&text).expect("JSON"))
}

fn results(mock: &MockTrueLayer, bearer: &str, path: &str) -> Value {
    let (status, mut body) = get(mock, bearer, path);
    assert_eq!(status, 200, "{path}: {body}");
    body["results"].take()
}

#[test]
fn accounts_differ_in_their_kind() {
    let mock = start();
    let bearer = bearer(&mock, User::John);
    let accounts = results(&mock, &bearer, "accounts");
    assert_eq!(
        (&accounts[0]["account_type"], &accounts[1]["account_type"]),
        (&json!("TRANSACTION"), &json!("SAVINGS"))
    );
    assert_eq!(accounts[0]["account_number"], json!({ "number": "10000371", "sort_code": "01-21-31" }));
    assert_eq!(accounts[1]["account_number"]["number"], "10000372");
    assert_eq!(accounts[0]["provider"]["display_name"], "Mock Bank");
    assert_eq!((&accounts[1]["provider"], &accounts[1]["meta"]), (&json!({ "provider_id": "mock" }), &json!({})));
    assert!(accounts[0].get("meta").is_none());
    let now = results(&mock, &bearer, "accounts")[0]["update_timestamp"].as_str().unwrap().to_owned();
    assert!(now.starts_with("20") && now.ends_with(".0370000Z"), "{now}");
    let card = &results(&mock, &bearer, "cards")[0];
    assert_eq!((&card["account_id"], &card["name_on_card"]), (&json!("mock-card"), &json!("John Doe")));
}

#[test]
fn what_is_available_includes_the_overdraft_or_the_credit_limit() {
    let user = BankUser::new("mary", "secret")
        .account(Account::current("current").balance(10_000))
        .account(Account::savings("savings").balance(20_000))
        .account(Account::card("card").balance(-30_050));
    let mock = builder().scenario(Scenario::default().user(user)).start_blocking().unwrap();
    let bearer = bearer(&mock, User::Named("mary".to_owned()));
    let balance = |path: &str| {
        let balance = &results(&mock, &bearer, path)[0];
        ["current", "available", "overdraft", "credit_limit"].map(|name| balance[name].as_f64())
    };
    assert_eq!(balance("accounts/current/balance"), [Some(100.0), Some(600.0), Some(500.0), None]);
    assert_eq!(balance("accounts/savings/balance"), [Some(200.0), Some(200.0), Some(0.0), None]);
    assert_eq!(balance("cards/card/balance"), [Some(-300.5), Some(2999.5), None, Some(3300.0)]);
}

#[test]
fn the_members_of_transactions_differ_from_one_to_the_next() {
    let mock = start();
    let transactions = results(&mock, &bearer(&mock, User::John), "accounts/mock-current/transactions");
    let transactions = transactions.as_array().unwrap();
    assert!(transactions.len() > 30, "{}", transactions.len());
    for transaction in transactions {
        let id = transaction["transaction_id"].as_str().unwrap();
        let index: usize = id.rsplit('-').next().unwrap().parse().unwrap();
        let meta = transaction.get("meta");
        match index % 3 {
            0 => {
                assert_eq!(transaction["normalised_provider_transaction_id"], format!("txn-{index:08x}"));
                assert_eq!(transaction["provider_transaction_id"], format!("{index:012}"));
                assert_eq!(meta.unwrap()["counter_party_preferred_name"], transaction["description"]);
            }
            1 => assert_eq!(meta, Some(&json!({})), "{transaction}"),
            _ => assert_eq!(meta, None, "{transaction}"),
        }
        let kind = if transaction["amount"].as_f64().unwrap() < 0.0 { "DEBIT" } else { "CREDIT" };
        assert_eq!(transaction["transaction_type"], kind);
        assert_eq!(transaction.get("provider_transaction_id").is_some(), index.is_multiple_of(3), "{transaction}");
    }
    let granted = ["accounts", "transactions"].map(str::to_owned).to_vec();
    let transactions = results(&mock, &bearer(&mock, User::Grants(granted)), "accounts/mock-current/transactions");
    assert!(transactions[0].get("running_balance").is_none(), "it needs the scope `balance`");
}

#[test]
fn a_consent_ends_after_its_lifetime_unless_it_has_no_end() {
    let mock = builder().consent_lifetime(Duration::from_secs(30 * 86_400)).start_blocking().unwrap();
    let me = &results(&mock, &bearer(&mock, User::John), "me")[0];
    let day = |name: &str| {
        let parts: Vec<i32> = me[name].as_str().unwrap()[..10].split('-').map(|part| part.parse().unwrap()).collect();
        let month = time::Month::try_from(u8::try_from(parts[1]).unwrap()).unwrap();
        time::Date::from_calendar_date(parts[0], month, parts[2].try_into().unwrap()).unwrap()
    };
    assert_eq!((day("consent_expires_at") - day("consent_created_at")).whole_days(), 30);
    let me = &results(&mock, &bearer(&mock, User::Eternal), "me")[0];
    assert!(me.get("consent_expires_at").is_none(), "{me}");

    let mock = builder().consent_lifetime(Duration::ZERO).start_blocking().unwrap();
    assert_eq!(get(&mock, &bearer(&mock, User::John), "me").0, 403);
    assert_eq!(get(&mock, &bearer(&mock, User::Eternal), "me").0, 200);
}

#[test]
fn each_endpoint_needs_its_scopes_and_no_other() {
    let mock = start();
    for (path, scopes) in [
        ("me", &[][..]),
        ("info", &["info"]),
        ("accounts", &["accounts"]),
        ("accounts/mock-current", &["accounts"]),
        ("accounts/mock-current/balance", &["accounts", "balance"]),
        ("accounts/mock-current/transactions", &["accounts", "transactions"]),
        ("accounts/mock-current/transactions/pending", &["accounts", "transactions"]),
        ("accounts/mock-current/direct_debits", &["accounts", "direct_debits"]),
        ("accounts/mock-current/standing_orders", &["accounts", "standing_orders"]),
        ("cards", &["cards"]),
        ("cards/mock-card", &["cards"]),
        ("cards/mock-card/balance", &["cards", "balance"]),
        ("cards/mock-card/transactions", &["cards", "transactions"]),
        ("cards/mock-card/transactions/pending", &["cards", "transactions"]),
    ] {
        let grants =
            |scopes: &mut dyn Iterator<Item = &&str>| User::Grants(scopes.map(|scope| (*scope).to_owned()).collect());
        assert_eq!(get(&mock, &bearer(&mock, grants(&mut scopes.iter())), path).0, 200, "{path}");
        for missing in scopes {
            let others = grants(&mut scopes.iter().filter(|scope| *scope != missing));
            let (status, body) = get(&mock, &bearer(&mock, others), path);
            assert_eq!((status, &body["error"]), (403, &json!("access_denied")), "{path} without {missing}");
            assert_eq!(body["error_description"], format!("missing scope `{missing}`"), "{path}");
        }
    }
}

#[test]
fn a_failure_has_its_whole_body() {
    let mock = start();
    mock.fail_next(Endpoint::Providers, Failure::status(502).with_body("<html>"));
    let url = format!("{}/api/providers", mock.origin());
    assert_eq!(fetch("GET", &url, &[], ""), (502, "<html>".to_owned()));
}

#[test]
fn a_response_is_delayed_by_the_latency() {
    let mock = builder().latency(Duration::from_millis(200)).start_blocking().unwrap();
    let start = Instant::now();
    assert_eq!(fetch("GET", &format!("{}/api/providers", mock.origin()), &[], "").0, 200);
    assert!(start.elapsed() >= Duration::from_millis(200), "{:?}", start.elapsed());
}

#[test]
fn requests_of_the_admin_endpoint_and_of_assets_are_not_recorded() {
    let mock = start();
    for path in ["/_mock/requests", "/style.css", "/send.js"] {
        assert_eq!(fetch("GET", &format!("{}{path}", mock.origin()), &[], "").0, 200, "{path}");
    }
    let (status, text) = fetch("POST", &format!("{}/_mock/expire-tokens", mock.origin()), &[], "");
    assert_eq!((status, text.as_str()), (200, r#"{"done":true}"#));
    assert!(mock.requests().is_empty(), "{:?}", mock.requests());
}

#[test]
fn the_body_of_an_admin_request_has_at_most_64_kibibytes() {
    let mock = start();
    let send = |length: usize| fetch("POST", &format!("{}/_mock/fail-next", mock.origin()), &[], &" ".repeat(length));
    assert_eq!(send(65_536).0, 400);
    let (status, text) = send(65_537);
    assert!(status == 413 && text.contains("expected a body of at most 64 KiB"), "{status}: {text}");
}

#[test]
fn events_need_a_tracking_id() {
    let mock = start();
    let client = format!("client_id={}&client_secret={}", mock.client_id(), mock.client_secret());
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = format!("{client}&grant_type=client_credentials&scope=tracking");
    let (_, text) = fetch("POST", &format!("{}/connect/token", mock.origin()), &form, &body);
    let token: Value = serde_json::from_str(&text).unwrap();
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    for (query, status) in [("tracking_id=a", 200), ("tracking_id=", 400), ("other=a", 400)] {
        let url = format!("{}/v1/tracked-events?{query}", mock.origin());
        assert_eq!(fetch("GET", &url, &[("authorization", &bearer)], "").0, status, "{query}");
    }
}

#[test]
fn a_client_id_in_the_body_is_that_of_the_header() {
    let mock = start();
    let url = format!("{}/connect/token", mock.origin());
    let form = ("content-type", "application/x-www-form-urlencoded");
    // sandbox-demo-5fe1a2:mock-server-client-secret
    let credentials = "c2FuZGJveC1kZW1vLTVmZTFhMjptb2NrLXNlcnZlci1jbGllbnQtc2VjcmV0";
    for (scheme, client_id, status) in
        [("Basic", mock.client_id(), 200), ("basic", "", 200), ("Basic", "other", 401), ("Other", "", 401)]
    {
        let header = format!("{scheme} {credentials}");
        let body = format!("grant_type=client_credentials&scope=tracking&client_id={client_id}");
        assert_eq!(fetch("POST", &url, &[form, ("authorization", &header)], &body).0, status, "{scheme} {client_id}");
    }
}

#[test]
fn direct_bank_authentication_takes_any_bank_with_and_without_pkce() {
    let scenario = Scenario::default().bank(Bank::new("ob-acme", "Acme Bank"));
    let mock = builder().scenario(scenario).start_blocking().unwrap();
    let challenge = "a".repeat(43);
    for (rest, status) in [
        ("provider_id=mock".to_owned(), 200),
        ("provider_id=mock&providers=uk-ob-all&response_mode=".to_owned(), 200),
        ("provider_id=ob-acme".to_owned(), 200),
        ("provider_id=ob-other".to_owned(), 400),
        (format!("provider_id=mock&code_challenge={challenge}"), 200),
        (format!("provider_id=mock&code_challenge={challenge}&code_challenge_method=S256"), 200),
        (format!("provider_id=mock&code_challenge={challenge}&code_challenge_method=plain"), 400),
    ] {
        let body = format!(
            "response_type=code&client_id={}&redirect_uri={REDIRECT_URI}&scope=accounts&consent_id=1&{rest}",
            mock.client_id()
        );
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let (found, text) = fetch("POST", &format!("{}/v1/authuri", mock.origin()), &form, &body);
        assert_eq!(found, status, "{rest}: {text}");
    }
}
