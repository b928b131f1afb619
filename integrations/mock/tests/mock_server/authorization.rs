//! Authorizations without a browser, and the requests after them, by auth-link.

use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use auth_link::client::{
    AccessToken, ApiError, Client, ConsentId, DirectBankAuthentication, ExtendOutcome, User as Person,
};
use auth_link::data::{Date, OffsetDateTime};
use auth_link::{AuthLink, Callback, auth_link};
use auth_link_mock::{
    Account, AuthorizeError, Bank, BankUser, Endpoint, Failure, MockTrueLayer, ResponseMode, Scenario, StartError, User,
};

use crate::support::{self, REDIRECT_URI, builder, client, connect, link, send, start};

/// The code and status of a server's error.
fn error<T>(result: Result<T, ApiError>) -> (String, u16) {
    let error = result.err().expect("an error");
    (error.server().map_or_else(String::new, |server| server.error().to_owned()), error.status().as_u16())
}

fn days_ago(days: i32) -> Date {
    let today = OffsetDateTime::now_utc().date().to_julian_day();
    Date::from_julian_day(today - days).expect("a date")
}

#[test]
fn a_user_authorizes_and_the_data_arrives() {
    let mock = start();
    let tokens = connect(&mock, User::John).expect("tokens");
    let client = client(&mock);
    let data = client.data(&tokens.access_token);
    assert_eq!(send(data.me()).expect("me").provider_id.as_deref(), Some("mock"));
    assert_eq!(send(data.info().unwrap()).expect("info").full_name.as_deref(), Some("John Doe"));
    let accounts = send(data.accounts().unwrap()).expect("accounts");
    assert_eq!(accounts.len(), 2);
    let id = &accounts[0].account_id;
    let balance = send(data.balance(id).unwrap()).expect("a balance");
    let transactions = send(data.transactions(id, days_ago(170)..).unwrap()).expect("transactions");
    assert_eq!(Some(balance.current), transactions[0].running_balance);
    assert!(transactions.last().unwrap().timestamp.unwrap().date() < days_ago(160));
    assert_eq!(send(data.pending_transactions(id).unwrap()).expect("transactions").len(), 1);
    assert_eq!(send(data.direct_debits(id).unwrap()).expect("direct debits").len(), 1);
    assert_eq!(send(data.standing_orders(id).unwrap()).expect("standing orders").len(), 1);
    let cards = send(data.cards().unwrap()).expect("cards");
    assert!(send(data.card_balance(&cards[0].account_id).unwrap()).is_ok());
    assert!(!send(data.card_transactions(&cards[0].account_id, ..).unwrap()).expect("transactions").is_empty());
    assert_eq!(error(send(data.balance("other").unwrap())), ("account_not_found".to_owned(), 404));

    let requests = mock.requests();
    let exchange = requests.assert_one(Endpoint::Token);
    exchange.assert_field("grant_type", "authorization_code").assert_field("redirect_uri", REDIRECT_URI);
    assert_eq!((exchange.method(), exchange.path(), exchange.status()), ("POST", "/connect/token", 200));
    assert!(!format!("{requests:?}").contains(mock.client_secret()));
    assert!(!format!("{requests:?}").contains(tokens.access_token.expose()));
}

#[tokio::test]
async fn an_async_test_with_a_blocking_client_does_not_wait_for_itself() {
    let mock = builder().start().await.expect("a free port");
    assert!(connect(&mock, User::Numbered(7)).is_ok());
}

#[test]
fn a_used_refresh_token_ends_the_connection() {
    let mock = start();
    let client = client(&mock);
    let first = connect(&mock, User::John).expect("tokens");
    let first_refresh = first.refresh_token.as_ref().expect("a refresh token");
    let second = send(client.refresh(first_refresh)).expect("tokens");
    assert_eq!(error(send(client.data(&first.access_token).me())), ("invalid_token".to_owned(), 401));
    assert!(send(client.data(&second.access_token).me()).is_ok());
    assert_eq!(error(send(client.refresh(first_refresh))), ("invalid_grant".to_owned(), 400));
    assert_eq!(error(send(client.data(&second.access_token).me())), ("invalid_token".to_owned(), 401));
    assert_eq!(error(send(client.refresh(second.refresh_token.as_ref().unwrap()))), ("invalid_grant".to_owned(), 400));
}

#[test]
fn expired_tokens_can_be_refreshed_and_a_revoked_consent_cannot() {
    let mock = start();
    let client = client(&mock);
    let tokens = connect(&mock, User::John).expect("tokens");
    mock.expire_tokens();
    assert_eq!(error(send(client.data(&tokens.access_token).me())), ("invalid_token".to_owned(), 401));
    let tokens = send(client.refresh(tokens.refresh_token.as_ref().unwrap())).expect("tokens");
    assert!(send(client.data(&tokens.access_token).me()).is_ok());
    mock.revoke_consent();
    assert_eq!(error(send(client.data(&tokens.access_token).me())), ("access_denied".to_owned(), 403));
    assert_eq!(error(send(client.refresh(tokens.refresh_token.as_ref().unwrap()))), ("invalid_grant".to_owned(), 400));
}

#[test]
fn a_failure_is_sent_once_and_in_order() {
    let mock = start();
    let client = client(&mock);
    let tokens = connect(&mock, User::John).expect("tokens");
    let refresh = tokens.refresh_token.as_ref().unwrap();
    mock.fail_next(Endpoint::Token, Failure::status(503).with_retry_after(Duration::from_secs(7)));
    mock.fail_next(Endpoint::Token, Failure::error("invalid_grant"));
    let first = send(client.refresh(refresh)).expect_err("an error");
    assert_eq!((first.status().as_u16(), first.retry_after()), (503, Some(Duration::from_secs(7))));
    assert_eq!(error(send(client.refresh(refresh))), ("invalid_grant".to_owned(), 400));
    assert!(send(client.refresh(refresh)).is_ok());
    mock.requests().assert_count(Endpoint::Token, 4);
    mock.clear_requests();
    mock.requests().assert_count(Endpoint::Token, 0);
}

#[test]
fn each_error_login_fails_with_its_code_and_status() {
    let mock = start();
    for (code, status) in [
        ("validation_error", 400),
        ("invalid_date_range", 400),
        ("deprecated_provider", 400),
        ("unauthorized", 401),
        ("unauthorized_client", 401),
        ("access_denied", 403),
        ("sca_exceeded", 403),
        ("account_not_found", 404),
        ("provider_too_many_requests", 429),
        ("provider_request_limit_exceeded", 429),
        ("internal_server_error", 500),
        ("endpoint_not_supported", 501),
        ("provider_error", 503),
        ("connector_overload", 503),
        ("temporarily_unavailable", 503),
        ("connector_timeout", 504),
        ("provider_timeout", 504),
    ] {
        let tokens = connect(&mock, User::Error(code.to_owned())).expect("tokens");
        let result = send(client(&mock).data(&tokens.access_token).accounts().unwrap());
        assert_eq!(error(result), (code.to_owned(), status));
    }
    for (code, status) in [("invalid_grant", 400), ("invalid_authorization_code", 400), ("invalid_client", 401)] {
        assert_eq!(error(connect(&mock, User::Error(code.to_owned()))), (code.to_owned(), status));
    }
}

#[test]
fn a_user_cancels_with_and_without_the_state() {
    let mock = start();
    for (user, has_state) in [(User::Cancels, true), (User::CancelsWithoutState, false)] {
        let request = link(&mock).begin().unwrap();
        let callback = mock.authorize(&request.url, user).unwrap();
        assert!(callback.query().starts_with("error=access_denied"), "{}", callback.query());
        assert_eq!(callback.query().contains("state="), has_state);
    }
    let request = link(&mock).begin().unwrap();
    let callback = mock.authorize(&request.url, User::Fails("server_error".to_owned())).unwrap();
    assert!(callback.query().starts_with("error=server_error&state="), "{}", callback.query());
}

#[test]
fn a_user_grants_a_part_of_the_scopes() {
    let mock = start();
    let granted = vec!["accounts".to_owned(), "offline_access".to_owned()];
    let tokens = connect(&mock, User::Grants(granted)).expect("tokens");
    assert_eq!(tokens.scope(), Some("accounts offline_access"));
    let client = client(&mock);
    let data = client.data(&tokens.access_token);
    assert!(send(data.accounts().unwrap()).is_ok());
    assert_eq!(error(send(data.balance("mock-current").unwrap())), ("access_denied".to_owned(), 403));
}

#[test]
fn a_link_for_another_server_or_a_second_use_is_refused_with_the_correction() {
    let (mock, other) = (start(), start());
    let request = link(&mock).begin().unwrap();
    let refused = other.authorize(&request.url, User::John).unwrap_err();
    assert_eq!(refused, AuthorizeError::OtherServer { expected: other.origin().into(), found: mock.origin().into() });
    assert!(refused.to_string().ends_with(&format!("`auth_server = \"{}\"`", other.origin())));
    let unknown = mock.authorize(&request.url, User::Named("mary".to_owned())).unwrap_err();
    assert_eq!(unknown, AuthorizeError::UnknownUser("mary".to_owned()));
    assert!(mock.authorize(&request.url, User::John).is_ok());
    assert_eq!(mock.authorize(&request.url, User::John).unwrap_err(), AuthorizeError::UsedLink);
    let other_uri = link(&mock).begin().unwrap().url.replace("%2Fcallback", "%2Fcallback%2F");
    let invalid = mock.authorize(&other_uri, User::John).unwrap_err().to_string();
    assert!(invalid.contains("redirect_uri") && invalid.contains(REDIRECT_URI), "{invalid}");
}

#[test]
fn the_response_mode_of_the_server_overrides_that_of_the_link() {
    let mock = builder().response_mode(ResponseMode::FormPost).start_blocking().unwrap();
    let request = link(&mock).begin().unwrap();
    let callback = mock.authorize(&request.url, User::John).unwrap();
    assert_eq!((callback.url(), callback.query()), (REDIRECT_URI, ""));
    let callback = Callback::from_form("", callback.form().expect("a form")).unwrap();
    assert!(request.pending.finish(callback).is_ok());
}

#[test]
fn a_long_history_is_readable_for_a_few_minutes() {
    let mock = start();
    let client = client(&mock);
    let tokens = connect(&mock, User::John).expect("tokens");
    let data = client.data(&tokens.access_token);
    assert!(send(data.transactions("mock-current", days_ago(120)..).unwrap()).is_ok());
    mock.end_history_window();
    let long = send(data.transactions("mock-current", days_ago(120)..).unwrap());
    assert_eq!(error(long), ("sca_exceeded".to_owned(), 403));
    assert!(send(data.transactions("mock-current", days_ago(90)..).unwrap()).is_ok());
    assert!(send(data.balance("mock-current").unwrap()).is_ok());
    let too_long = send(data.transactions("mock-current", days_ago(72 * 31)..).unwrap());
    assert_eq!(error(too_long), ("invalid_date_range".to_owned(), 400));
}

#[test]
fn calls_beyond_a_limit_are_refused() {
    let mock = builder().unattended_limit(4).start_blocking().unwrap();
    let tokens = connect(&mock, User::John).expect("tokens");
    let client = client(&mock);
    let data = client.data(&tokens.access_token);
    for _ in 0..4 {
        assert!(send(data.accounts().unwrap()).is_ok());
    }
    assert_eq!(error(send(data.accounts().unwrap())), ("provider_request_limit_exceeded".to_owned(), 429));
    assert!(send(data.info().unwrap()).is_ok(), "each endpoint has its own limit");
    assert!(send(data.with_psu_ip([127, 0, 0, 1].into()).accounts().unwrap()).is_ok());

    let mock = builder().rate_limit(2).start_blocking().unwrap();
    let tokens = connect(&mock, User::John).expect("tokens");
    let client = support::client(&mock);
    let results: Vec<_> = (0..3).map(|_| send(client.data(&tokens.access_token).me())).collect();
    assert!(results[0].is_ok() && results[1].is_ok());
    assert_eq!(error(results.into_iter().nth(2).unwrap()), ("provider_too_many_requests".to_owned(), 429));
}

#[test]
fn a_scenario_has_its_own_bank_user_account_and_failure() {
    let user =
        BankUser::new("mary", "secret").full_name("Mary Major").account(Account::current("acc-1").balance(12_345));
    let bank = Bank::new("ob-acme", "Acme Bank").without(Endpoint::StandingOrders);
    let scenario = Scenario::default().bank(bank).user(user).failure(Endpoint::Info, Failure::error("provider_error"));
    let mock = builder().scenario(scenario).start_blocking().unwrap();
    let link: AuthLink = auth_link!(
        client_id = { mock.client_id() },
        redirect_uri = "http://localhost:3000/callback",
        scope = [info, accounts, balance, standing_orders],
        providers = ["uk-ob-all"],
        environment = sandbox,
        auth_server = { mock.origin() },
        allow = [sandbox_without_mock_bank],
    )
    .expect("a link");
    let request = link.begin().unwrap();
    let callback = mock.authorize(&request.url, User::Named("mary".to_owned())).unwrap();
    let code = request.pending.finish(Callback::from_query(callback.query()).unwrap()).unwrap();
    let client: Client = client(&mock);
    let tokens = send(client.exchange(code).unwrap()).expect("tokens");
    assert!(tokens.refresh_token.is_none(), "no `offline_access`");
    let data = client.data(&tokens.access_token);
    assert_eq!(send(data.me()).unwrap().provider_name.as_deref(), Some("Acme Bank"));
    assert_eq!(send(data.balance("acc-1").unwrap()).unwrap().current.to_string(), "123.45");
    assert_eq!(error(send(data.standing_orders("acc-1").unwrap())), ("endpoint_not_supported".to_owned(), 501));
    for _ in 0..2 {
        assert_eq!(error(send(data.info().unwrap())), ("provider_error".to_owned(), 503));
    }
}

#[test]
fn a_connection_is_debugged_extended_reauthenticated_and_deleted() {
    let mock = start();
    let (link, client) = (link(&mock), client(&mock));
    let tokens = connect(&mock, User::John).expect("tokens");
    assert_eq!(send(client.debug_id(&tokens.access_token)).unwrap().provider_id.as_deref(), Some("mock"));
    let refresh = tokens.refresh_token.unwrap();
    let again = send(client.reauthenticate(&link, &refresh).unwrap()).expect("a request");
    assert!(again.url.starts_with(&format!("{}/bank?dialog=", mock.origin())));
    let person = Person::with_email("John Doe", "john@example.com").unwrap();
    let extended = send(client.extend_connection(&link, &refresh, &person, true).unwrap()).expect("an outcome");
    let ExtendOutcome::Extended(tokens) = extended else { panic!("{extended:?}") };
    mock.revoke_consent();
    let refresh = tokens.refresh_token.unwrap();
    let outcome = send(client.extend_connection(&link, &refresh, &person, true).unwrap()).expect("an outcome");
    assert!(matches!(outcome, ExtendOutcome::Authenticate(_)), "{outcome:?}");
    assert!(send(client.delete_connection(&tokens.access_token)).is_ok());
    assert_eq!(error(send(client.data(&tokens.access_token).me())), ("invalid_token".to_owned(), 401));
    let unknown = AccessToken::new("a").unwrap();
    assert_eq!(error(send(client.delete_connection(&unknown))), ("invalid_token".to_owned(), 401));
}

#[test]
fn the_events_of_a_journey_with_a_tracking_id_are_listed_in_order() {
    let mock = start();
    let client = client(&mock);
    let link = link(&mock).with_tracking_id("journey 1&2").unwrap();
    let request = link.begin().unwrap();
    let callback = mock.authorize(&request.url, User::John).unwrap();
    let code = request.pending.finish(Callback::from_query(callback.query()).unwrap()).unwrap();
    let tokens = send(client.exchange(code).unwrap()).expect("tokens");
    let cancelled = link.begin().unwrap();
    mock.authorize(&cancelled.url, User::Cancels).unwrap();

    let tracking = send(client.tracking_token()).expect("a token").access_token;
    let events = send(client.tracked_events(&tracking, "journey 1&2").unwrap()).expect("events");
    let names: Vec<_> = events.iter().map(|event| event.name.as_str()).collect();
    let expected = [
        "dialog_started",
        "provider_selected",
        "consent_granted",
        "provider_auth_started",
        "provider_authorized",
        "code_exchanged",
        "dialog_started",
    ];
    assert_eq!(names, expected);
    assert_eq!(events[5].provider_id.as_deref(), Some("mock"));
    let id = send(client.debug_id(&tokens.access_token)).expect("ids").credentials_id;
    assert_eq!(events[5].credentials_id, id);
    assert!(id.is_some() && events[0].flow_id.is_some() && events[0].flow_id != events[6].flow_id);
    assert!(send(client.tracked_events(&tracking, "other").unwrap()).expect("events").is_empty());
    let of_user = send(client.tracked_events(&tokens.access_token, "journey 1&2").unwrap());
    assert_eq!(error(of_user), ("invalid_token".to_owned(), 401));
    mock.expire_tokens();
    assert_eq!(error(send(client.tracked_events(&tracking, "other").unwrap())), ("invalid_token".to_owned(), 401));
}

#[test]
fn direct_bank_authentication_begins_at_the_bank() {
    let mock = start();
    let link = link(&mock).with_provider_id("mock").unwrap();
    let auth = DirectBankAuthentication::new("consent1".parse::<ConsentId>().unwrap());
    let request = send(client(&mock).direct_bank_authentication(&link, &auth).unwrap()).expect("a request");
    let (status, page) = support::fetch("GET", &request.url, &[], "");
    assert_eq!((status, page.contains("Sign in at Mock Bank")), (200, true));
}

#[test]
fn an_asynchronous_call_is_accepted_and_its_results_follow() {
    let mock = start();
    let tokens = connect(&mock, User::John).expect("tokens");
    let bearer = format!("Bearer {}", tokens.access_token.expose());
    let headers = [("authorization", bearer.as_str())];
    let (status, body) = support::fetch("GET", &format!("{}/data/v1/accounts?async=true", mock.origin()), &headers, "");
    assert_eq!(status, 202);
    let uri = body.split('"').find(|text| text.starts_with("http")).expect("a URI").to_owned();
    let (status, body) = support::fetch("GET", &uri, &headers, "");
    assert_eq!((status, body.contains("mock-current")), (200, true));
    let other = connect(&mock, User::John).expect("tokens");
    let other = format!("Bearer {}", other.access_token.expose());
    assert_eq!(support::fetch("GET", &uri, &[("authorization", &other)], "").0, 404);
}

#[test]
fn servers_run_side_by_side_and_a_dropped_one_frees_its_port() {
    let threads: Vec<_> = (0..8).map(|_| thread::spawn(|| connect(&start(), User::John).is_ok())).collect();
    for thread in threads {
        assert!(thread.join().expect("no panic"));
    }
    let mock = start();
    let port: u16 = mock.origin().rsplit(':').next().unwrap().parse().unwrap();
    let taken = MockTrueLayer::builder().port(port).start_blocking().unwrap_err();
    assert!(matches!(taken, StartError::Port(found, _) if found == port), "{taken}");
    assert!(connect(&mock, User::John).is_ok());
    drop(mock);
    assert!(TcpListener::bind(("127.0.0.1", port)).is_ok());
}

#[test]
fn an_invalid_setting_is_named_when_the_server_starts() {
    let error = |builder: auth_link_mock::Builder| builder.start_blocking().unwrap_err().to_string();
    for uri in ["localhost", "http://localhost/#a", "http://local host/", ""] {
        assert!(error(builder().redirect_uri(uri)).starts_with(&format!("invalid redirect URI `{uri}`")), "{uri}");
    }
    assert_eq!(error(builder().client("", "a")), "empty client id or client secret");
}
