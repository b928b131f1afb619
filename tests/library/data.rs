//! The Data API: the requests and their scopes, and the responses of TrueLayer's specification.
#![cfg(feature = "data")]

use auth_link::client::{AccessToken, ApiError, Call, Client, ClientSecret, Environment, Recovery, RequestError};
use auth_link::data::{
    AccountType, Data, Date, Decimal, OffsetDateTime, OrderStatus, Transaction, TransactionCategory, TransactionType,
};
use auth_link::{AuthLink, auth_link};
use http::{Method, Response};
use serde_json::{Value, json};
use std::ops::Bound;

static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [info, accounts, balance, transactions, cards, direct_debits, standing_orders],
);

fn client() -> Client {
    CONNECT.client(ClientSecret::new("s3cret").unwrap())
}

fn data(client: &Client) -> Data<'_> {
    client.data(&AccessToken::new("t0ken").unwrap())
}

fn date(text: &str) -> Date {
    let mut parts = text.split('-').map(|part| part.parse::<u16>().unwrap());
    let (year, month, day) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let month = u8::try_from(month).unwrap().try_into().unwrap();
    Date::from_calendar_date(year.into(), month, day.try_into().unwrap()).unwrap()
}

fn amount(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn read<T>(call: Call<T>, results: &Value) -> T {
    let body = json!({"results": results, "status": "Succeeded"}).to_string();
    call.parser.parse(Response::new(body)).unwrap_or_else(|error| panic!("{results}: {error}"))
}

fn refused<T>(call: Call<T>, body: &str) -> String {
    let error = call.parser.parse(Response::new(body)).err().unwrap_or_else(|| panic!("{body} is accepted"));
    error.to_string()
}

/// Returns the path of a request, which is a GET with the token only in its header.
fn path<T>(call: Result<Call<T>, RequestError>) -> String {
    let request = call.unwrap().request;
    assert_eq!(
        (request.method(), &request.headers()["authorization"]),
        (&Method::GET, &"Bearer t0ken".parse().unwrap())
    );
    let uri = request.uri().to_string();
    assert!(request.into_body().expose().is_empty() && !uri.contains("t0ken"));
    uri.strip_prefix("https://api.truelayer.com/data/v1").unwrap().to_owned()
}

#[test]
fn each_request_has_its_path() {
    let client = client();
    let data = data(&client);
    let (first, last) = (date("2026-01-31"), date("2026-02-28"));
    for (path, expected) in [
        (path(Ok(data.me())), "/me"),
        (path(data.info()), "/info"),
        (path(data.accounts()), "/accounts"),
        (path(data.balance("a1")), "/accounts/a1/balance"),
        (path(data.transactions("a/../1?", ..)), "/accounts/a%2F..%2F1%3F/transactions"),
        (path(data.transactions("a1", first..=last)), "/accounts/a1/transactions?from=2026-01-31&to=2026-02-28"),
        (path(data.transactions("a1", first..last)), "/accounts/a1/transactions?from=2026-01-31&to=2026-02-27"),
        (path(data.transactions("a1", first..)), "/accounts/a1/transactions?from=2026-01-31"),
        (path(data.transactions("a1", ..=last)), "/accounts/a1/transactions?to=2026-02-28"),
        (
            path(data.transactions("a1", (Bound::Excluded(first), Bound::Unbounded))),
            "/accounts/a1/transactions?from=2026-02-01",
        ),
        (path(data.pending_transactions("a1")), "/accounts/a1/transactions/pending"),
        (path(data.direct_debits("a1")), "/accounts/a1/direct_debits"),
        (path(data.standing_orders("a1")), "/accounts/a1/standing_orders"),
        (path(data.cards()), "/cards"),
        (path(data.card_balance("c1")), "/cards/c1/balance"),
        (path(data.card_transactions("c1", first..)), "/cards/c1/transactions?from=2026-01-31"),
        (path(data.pending_card_transactions("c1")), "/cards/c1/transactions/pending"),
    ] {
        assert_eq!(path, expected);
    }
    for invalid in ["", ".", ".."] {
        let error = data.balance(invalid).unwrap_err();
        assert!(matches!(error, RequestError::InvalidAccountId), "{invalid}");
        assert_eq!(error.to_string(), "expected the `account_id` of an account or a card");
    }
    let error = data.balance(&"x".repeat(9000)).unwrap_err();
    assert!(matches!(error, RequestError::TooLong));
    assert_eq!(error.to_string(), "request path longer than 8,000 bytes");
}

#[test]
fn data_without_a_requested_scope_is_refused_before_a_request() {
    let link = auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [balance],
        allow = [missing_required_scope],
    );
    let client = link.client(ClientSecret::new("s3cret").unwrap());
    let data = data(&client);
    let message = |error: RequestError| error.to_string();
    assert_eq!(
        message(data.accounts().unwrap_err()),
        "missing scope `accounts`\nhelp: add `accounts` to the `scope` of the link"
    );
    for (error, scope) in [
        (data.info().unwrap_err(), "info"),
        (data.balance("a").unwrap_err(), "accounts"),
        (data.transactions("a", ..).unwrap_err(), "accounts"),
        (data.pending_transactions("a").unwrap_err(), "accounts"),
        (data.direct_debits("a").unwrap_err(), "accounts"),
        (data.standing_orders("a").unwrap_err(), "accounts"),
        (data.cards().unwrap_err(), "cards"),
        (data.card_balance("a").unwrap_err(), "cards"),
        (data.card_transactions("a", ..).unwrap_err(), "cards"),
        (data.pending_card_transactions("a").unwrap_err(), "cards"),
    ] {
        assert!(matches!(error, RequestError::MissingScope { scope: missing } if missing == scope), "{error}");
    }
    let accounts =
        auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]);
    let cards =
        auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [cards]);
    for (link, scope) in [(accounts, "balance"), (cards, "transactions")] {
        let client = link.client(ClientSecret::new("s3cret").unwrap());
        let data = self::data(&client);
        let error = if scope == "balance" {
            data.balance("a").unwrap_err()
        } else {
            data.card_transactions("a", ..).unwrap_err()
        };
        assert!(error.to_string().starts_with(&format!("missing scope `{scope}`")), "{error}");
    }
    // A client without a link does not know the requested scopes.
    let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret").unwrap()).unwrap();
    assert_eq!(path(self::data(&client).cards()), "/cards");
}

#[test]
fn requests_have_the_psu_ip_and_the_correlation_id() {
    let client = client();
    let data = data(&client).with_psu_ip("2001:db8::1".parse().unwrap()).with_correlation_id("req 1").unwrap();
    assert!(!format!("{data:?}").contains("t0ken"));
    let request = data.accounts().unwrap().request;
    assert_eq!(request.headers()["x-psu-ip"], "2001:db8::1");
    assert_eq!(request.headers()["x-client-correlation-id"], "req 1");
    for invalid in ["", "a\r\nb", "é", "\u{7f}"] {
        let error = data.clone().with_correlation_id(invalid).unwrap_err();
        assert!(matches!(error, RequestError::InvalidCorrelationId), "{invalid:?}");
        assert_eq!(error.to_string(), "expected a correlation id of printable ASCII");
    }
}

#[test]
fn accounts_and_balances_are_parsed() {
    let client = client();
    let data = data(&client);
    let accounts = read(
        data.accounts().unwrap(),
        &json!([
            {"update_timestamp": "2017-02-07T17:29:24.740802Z", "account_id": "f1", "account_type": "TRANSACTION",
             "display_name": "Club Lloyds", "currency": "GBP", "provider": {"provider_id": "lloyds"}, "new": [1],
             "account_number": {"iban": "GB35LOYD12345678901234", "number": "12345678", "sort_code": "12-34-56"}},
            {"account_id": "f2", "account_type": "ISA", "currency": "EUR", "update_timestamp": "2017-02-247T17:29:24Z"},
        ]),
    );
    assert_eq!(accounts[0].account_type, Some(AccountType::Transaction));
    assert_eq!(accounts[0].account_number.sort_code.as_deref(), Some("12-34-56"));
    assert_eq!(accounts[0].update_timestamp.unwrap().unix_timestamp(), 1_486_488_564);
    assert_eq!(accounts[1].account_type.as_ref().map(AccountType::as_str), Some("ISA"));
    assert_eq!(accounts[1].update_timestamp, None, "TrueLayer's own examples have such a time");
    let balance = read(
        data.balance("f1").unwrap(),
        &json!([{"currency": "GBP", "available": 2150.8, "current": 1161.2, "overdraft": 1000}]),
    );
    assert_eq!(
        (Some(balance.current), balance.available, balance.overdraft),
        (Some(amount("1161.2")), Some(amount("2150.8")), Some(amount("1000")))
    );
    for (body, expected) in [
        (r#"{"results":[]}"#, "missing an item in `results`"),
        (r#"{"results":[{"currency":"GBP"}]}"#, "expected an amount for `current`"),
        (r#"{"results":[{"currency":"GBP","current":1e300}]}"#, "expected an amount for `current`"),
        (r#"{"results":[{"currency":"GBP","current":true}]}"#, "expected an amount for `current`"),
        (r#"{"results":[{"current":1}]}"#, "missing `currency`"),
        (r#"{"results":{}}"#, "expected a list for `results`, found an object"),
        (r#"{"results":[1]}"#, "expected an object, found a number"),
        ("[]", "expected an object, found a list"),
    ] {
        let message = refused(data.balance("f1").unwrap(), body);
        assert_eq!(message, format!("unexpected response: {expected} (status 200)"));
    }
}

#[test]
fn an_amount_is_the_decimal_of_the_response() {
    let client = client();
    for text in [
        "0.1",
        "-2.99",
        "1238.6",
        "0",
        "-0.01",
        "99999999999.99",
        "12345678901234.5",
        "9007199254740993",
        "1161.1999999999998",
        "0.10",
        "-7922816251426433759354.3950335",
        "123456789012345678",
        "1234567890123456789",
        "9223372036854775808",
        "-9999999999999999999",
    ] {
        let body = format!(r#"{{"results":[{{"currency":"GBP","current":{text}}}]}}"#);
        let balance = data(&client).balance("a").unwrap().parser.parse(Response::new(body)).unwrap();
        assert_eq!(balance.current.to_string(), text);
    }
    let in_text = read(data(&client).balance("a").unwrap(), &json!([{"currency": "GBP", "current": " 1.50"}]));
    assert_eq!(in_text.current.to_string(), "1.50");
    for (json, expected) in [
        ("1e2", Some("100")),
        ("-1.5E-2", Some("-0.015")),
        ("\"2.5e3\"", Some("2500")),
        ("\"+1.5\"", Some("1.5")),
        (r#""\u0031.5""#, Some("1.5")),
        ("\"-0.50\"", Some("-0.50")),
        ("\"\"", None),
        ("\"-\"", None),
        ("\".\"", None),
        ("\"1.2.3\"", None),
        ("\"1,5\"", None),
        ("\"GBP 1\"", None),
        ("1e300", None),
        ("1e999", None),
        ("1e99999999999", None),
        (&"9".repeat(40), None),
        (&format!("\"{}\"", "0".repeat(1 << 20)), None),
        ("false", None),
        ("[1]", None),
    ] {
        let body = format!(r#"{{"results":[{{"currency":"GBP","current":1,"available":{json}}}]}}"#);
        let balance = data(&client).balance("a").unwrap().parser.parse(Response::new(body)).unwrap();
        let shown = balance.available.map(|amount| amount.to_string());
        assert_eq!(shown.as_deref(), expected, "{}", &json[..json.len().min(40)]);
    }
}

#[test]
fn transactions_are_parsed() {
    let client = client();
    let transactions = read(
        data(&client).transactions("f1", ..).unwrap(),
        &json!([
            {"transaction_id": "03", "normalised_provider_transaction_id": "txn-1", "timestamp": "2018-03-06T00:00:00",
             "description": "GOOGLE PLAY STORE", "amount": -2.99, "currency": "GBP", "transaction_type": "DEBIT",
             "transaction_category": "PURCHASE", "transaction_classification": ["Entertainment", "Games"],
             "merchant_name": "Google play", "running_balance": {"amount": 1238.6, "currency": "GBP"}, "meta": {}},
            {"transaction_id": "04", "timestamp": "2018-01-16T00:00:00+01:00", "amount": 5, "currency": "GBP",
             "transaction_category": "NEW", "transaction_classification": [1, "x"], "running_balance": 1},
        ]),
    );
    let first = &transactions[0];
    assert_eq!((Some(first.amount), first.running_balance), (Some(amount("-2.99")), Some(amount("1238.6"))));
    assert_eq!(first.timestamp, Some(OffsetDateTime::from_unix_timestamp(1_520_294_400).unwrap()), "UTC, by default");
    assert_eq!(first.transaction_type, Some(TransactionType::Debit));
    assert_eq!(first.transaction_category, Some(TransactionCategory::Purchase));
    assert_eq!(first.transaction_classification, ["Entertainment", "Games"]);
    let second = &transactions[1];
    assert_eq!(second.timestamp.unwrap().unix_timestamp(), 1_516_057_200);
    assert_eq!(second.transaction_category, Some(TransactionCategory::Other("NEW".to_owned())));
    assert_eq!((second.transaction_classification.as_slice(), second.running_balance), (&["x".to_owned()][..], None));
}

#[test]
fn cards_are_parsed() {
    let client = client();
    let data = data(&client);
    let cards = read(
        data.cards().unwrap(),
        &json!([{"account_id": "f7", "card_network": "VISA", "valid_to": "2018-01",
        "display_name": "Club Credit Card", "partial_card_number": "0044", "provider": {"provider_id": "lloyds"}}]),
    );
    assert_eq!((cards[0].valid_to.as_deref(), cards[0].provider_id.as_deref()), (Some("2018-01"), Some("lloyds")));
    let balance = read(
        data.card_balance("f7").unwrap(),
        &json!([{"available": "3279", "currency": "GBP", "current": 20,
        "credit_limit": 3300, "last_statement_balance": 420, "last_statement_date": "2017-01-28", "payment_due": 5,
        "payment_due_date": "2017-02-24T00:00:00", "update_timestamp": "2017-02-247T17:29:24.740802Z"}]),
    );
    assert_eq!((Some(balance.current), balance.available), (Some(amount("20")), Some(amount("3279"))));
    assert_eq!(balance.last_statement_date, Some(date("2017-01-28")));
    assert_eq!((balance.payment_due_date, balance.update_timestamp), (Some(date("2017-02-24")), None));
}

#[test]
fn direct_debits_and_standing_orders_are_parsed() {
    let client = client();
    let data = data(&client);
    let debits = read(
        data.direct_debits("f1").unwrap(),
        &json!([{"direct_debit_id": "00", "name": "EE", "status": "Active",
        "timestamp": "2019-07-19T17:28:37.798+01:00", "previous_payment_timestamp": "2018-09-17T00:00:00+01:00",
        "previous_payment_amount": 4.99, "currency": "GBP", "meta": {"provider_mandate_identification": "6"}}]),
    );
    assert_eq!(
        (debits[0].status.clone(), debits[0].previous_payment_amount),
        (Some(OrderStatus::Active), Some(amount("4.99")))
    );
    assert_eq!(debits[0].provider_mandate_identification.as_deref(), Some("6"));
    let orders = read(
        data.standing_orders("f1").unwrap(),
        &json!([{"frequency": "IntrvlMnthDay:01:26", "status": "Paused",
        "next_payment_date": "2019-07-26T00:00:00+00:00", "next_payment_amount": "500", "first_payment_amount": 0,
        "final_payment_date": "9999-12-31T00:00:00+00:00", "final_payment_amount": 0, "reference": "Savings"}]),
    );
    assert_eq!((orders[0].next.date, orders[0].next.amount), (Some(date("2019-07-26")), Some(amount("500"))));
    assert_eq!((orders[0].last.date, orders[0].first.date), (Some(date("9999-12-31")), None));
    assert_eq!(orders[0].status, Some(OrderStatus::Other("Paused".to_owned())));
}

#[test]
fn the_connection_and_the_user_are_parsed() {
    let client = client();
    let me = read(
        data(&client).me(),
        &json!([{"client_id": "test", "consent_status": "Authorised", "scopes": ["info"],
        "consent_expires_at": "2020-08-24T14:44:40.077Z", "provider": {"display_name": "Lloyds Bank", "provider_id": "lloyds"}}]),
    );
    assert_eq!(me.consent_expires_at.unwrap().unix_timestamp(), 1_598_280_280);
    assert_eq!((me.provider_name.as_deref(), me.scopes.as_slice()), (Some("Lloyds Bank"), &["info".to_owned()][..]));
    let info =
        read(data(&client).info().unwrap(), &json!([{"full_name": "John Doe", "emails": null, "phones": ["+44"]}]));
    assert_eq!((info.full_name.as_deref(), info.emails.len(), info.phones.len()), (Some("John Doe"), 0, 1));
    assert!(refused(data(&client).me(), r#"{"results":[null]}"#).contains("expected an object, found null"));
}

#[test]
fn a_response_without_results_is_an_error_and_no_empty_list() {
    let client = client();
    let parse = |body: &str| data(&client).accounts().unwrap().parser.parse(Response::new(body.to_owned()));
    let uri = "https://api.truelayer.com/data/v1/results/0af1-2b";
    let queued = |uri: &str| format!(r#"{{"status":"Queued","task_id":"x","results_uri":"{uri}"}}"#);
    for (body, expected) in [
        ("{}", "missing `results`"),
        (r#"{"results":null}"#, "missing `results`"),
        (r#"{"Results":[{"account_id":"a","currency":"GBP"}]}"#, "missing `results`"),
        (r#"{"status":"Failed"}"#, "missing `results`, since the `status` is `Failed`"),
        (r#"{"status":"Failed","task_id":"x"}"#, "missing `results`, since the `status` is `Failed`"),
        (r#"{"status":"a\nb"}"#, "missing `results`"),
        (
            &queued(uri),
            "missing `results`, since the call is asynchronous: they will be at \
             `https://api.truelayer.com/data/v1/results/0af1-2b`",
        ),
        (r#"{"status":"Running","task_id":"x"}"#, "missing `results`, since the call is asynchronous"),
        (
            &queued("https://api.truelayer.com.evil.example/data/v1/x"),
            "missing `results`, since the call is asynchronous",
        ),
        (&queued(&format!("{uri}?token=x")), "missing `results`, since the call is asynchronous"),
        (
            &queued(&format!("{uri}/t0ken")),
            &format!("missing `results`, since the call is asynchronous: they will be at `{uri}/[redacted]`"),
        ),
        (r#"{"results":{}}"#, "expected a list for `results`, found an object"),
        (r#"{"results":"x"}"#, "expected a list for `results`, found text"),
        (r#"{"results":[]}x"#, "expected JSON"),
        (r#"{"results":[]"#, "expected JSON"),
    ] {
        assert_eq!(parse(body).unwrap_err().to_string(), format!("unexpected response: {expected} (status 200)"));
        assert_eq!(
            refused(data(&client).me(), body),
            format!("unexpected response: {expected} (status 200)"),
            "a single result"
        );
    }
    let accepted = Response::builder().status(202).body(queued(uri)).unwrap();
    let error = data(&client).accounts().unwrap().parser.parse(accepted).unwrap_err();
    assert!(error.to_string().contains("asynchronous") && error.to_string().ends_with("(status 202)"), "{error}");
    for body in [r#"{"results":[]}"#, "\u{feff}{\"results\": [ ], \"error\": null}", r#"{"error":false,"results":[]}"#]
    {
        let accounts = parse(body).unwrap();
        assert_eq!((accounts.len(), accounts.unreadable_len()), (0, 0), "{body}");
    }
}

#[test]
fn an_error_beside_results_is_an_error() {
    let client = client();
    let one = r#"{"account_id":"a","currency":"GBP"}"#;
    for body in [
        format!(r#"{{"results":[{one}],"error":"provider_error","error_description":"no t0ken"}}"#),
        format!(r#"{{"error":"provider_error","error_description":"no t0ken","results":[{{"":0}},{one}]}}"#),
    ] {
        let error = data(&client).accounts().unwrap().parser.parse(Response::new(body)).unwrap_err();
        let server = error.server().unwrap();
        assert_eq!((server.error(), server.description()), ("provider_error", Some("no [redacted]")));
    }
    for empty in ["null", "false", "0", "0.0", "\"\"", "[ ]", "{ }"] {
        let body = format!(r#"{{"results":[{one}],"error":{empty}}}"#);
        let accounts = data(&client).accounts().unwrap().parser.parse(Response::new(body));
        assert_eq!(accounts.map(|accounts| accounts.len()), Ok(1), "{empty}");
    }
    for unreadable in ["1e999", r#""\ud800""#] {
        let body =
            format!(r#"{{"results":[{one},{{}}],"status":{unreadable},"task_id":{unreadable},"x":{unreadable}}}"#);
        let accounts = data(&client).accounts().unwrap().parser.parse(Response::new(body)).unwrap();
        assert_eq!((accounts.len(), accounts.unreadable_len()), (1, 1), "{unreadable}");
    }
    for value in ["[0]", "{\"\":0}", "true", "1e999"] {
        refused(data(&client).accounts().unwrap(), &format!(r#"{{"results":[{one}],"error":{value}}}"#));
    }
    let error = refused(data(&client).accounts().unwrap(), r#"{"error":5,"results":[]}"#);
    assert!(error.contains("expected text for `error`, found a number"), "{error}");
    // Members of an error are bounded, whatever the length of the response.
    let long = format!(r#"{{"error":"invalid_request","error_details":[{}0]}}"#, "0,".repeat(1 << 20));
    let response = Response::builder().status(400).body(long).unwrap();
    let error = data(&client).accounts().unwrap().parser.parse(response).unwrap_err();
    assert_eq!(error.server().unwrap().details(), Some("\"[2097155 bytes]\""));
}

#[test]
fn an_unreadable_item_does_not_lose_the_others() {
    let client = client();
    let parse = |items: &str| {
        let body = format!(r#"{{"results":[{items}],"status":"Succeeded"}}"#);
        data(&client).transactions("a", ..).unwrap().parser.parse(Response::new(body))
    };
    let good = r#"{"transaction_id":"x","amount":1,"currency":"GBP"}"#;
    for (item, reason) in [
        (r#"{"transaction_id":"s3nsitive","amount":-2,"currency":null}"#, "missing `currency`"),
        (r#"{"transaction_id":"s3nsitive","amount":-2,"currency":""}"#, "empty `currency`"),
        (r#"{"transaction_id":{"s3nsitive":1},"amount":-2}"#, "expected text for `transaction_id`, found an object"),
        (r#"{"transaction_id":"s3nsitive","amount":"2,00","currency":"GBP"}"#, "expected an amount for `amount`"),
        (r#""s3nsitive""#, "expected an object, found text"),
        ("[{}]", "expected an object, found a list"),
        (r#"{"transaction_id":"s3nsitive","description":1e999}"#, "expected an amount for `amount`"),
        (r#"{"transaction_id":"s3nsitive\ud800"}"#, "invalid text"),
    ] {
        let list = parse(&format!("{good}, {item} ,{good}")).unwrap();
        assert_eq!((list.len(), list.unreadable_len(), list.iter().count()), (2, 1, 2), "{item}");
        let unreadable = &list.unreadable()[0];
        assert_eq!((unreadable.index(), unreadable.reason(), unreadable.expose()), (1, reason, item));
        assert!(!format!("{list:?}").contains("s3nsitive"), "{list:?}");
        assert!(format!("{list:?}").contains("UnreadableItem { index: 1, reason: "), "{list:?}");
        // No readable item is no empty list.
        assert_eq!(parse(item).unwrap_err().to_string(), format!("unexpected response: {reason} (status 200)"));
    }
    let many = parse(&format!("{}{good}", "{},".repeat(1000))).unwrap();
    assert_eq!((many.len(), many.unreadable_len(), many.unreadable().len()), (1, 1000, 20));
    assert_eq!(many.unreadable()[19].index(), 19);
    let mut list = parse(&[good; 3].join(",")).unwrap();
    list.reverse();
    for transaction in &mut list {
        transaction.description.push('!');
    }
    assert!((&list).into_iter().all(|transaction| transaction.description == "!"));
    let copy: Vec<_> = list.clone().into();
    assert_eq!((copy, list.clone().into_iter().count()), (list.into_vec(), 3));
}

#[test]
fn an_optional_member_of_another_type_is_left_out() {
    let client = client();
    for odd in ["null", "true", "1", "-1", "1.5", "\"\"", "[1,[2]]", r#"{"a":{"b":[]}}"#] {
        let members = [
            "normalised_provider_transaction_id",
            "timestamp",
            "description",
            "transaction_type",
            "transaction_category",
            "transaction_classification",
            "merchant_name",
            "running_balance",
            "meta",
            "unknown",
        ]
        .map(|name| format!(r#""{name}":{odd}"#))
        .join(",");
        let body = format!(r#"{{"results":[{{{members},"transaction_id":"x","amount":1,"currency":"GBP"}}]}}"#);
        let list = data(&client).transactions("a", ..).unwrap().parser.parse(Response::new(body)).unwrap();
        let one = &list[0];
        assert_eq!((one.transaction_id.as_str(), one.timestamp, one.running_balance), ("x", None, None), "{odd}");
        assert!(one.transaction_classification.is_empty() && one.description.is_empty(), "{odd}");
        assert_eq!(one.meta.is_some(), odd.starts_with('{'));
    }
}

#[test]
fn members_are_read_in_any_order_and_however_their_names_are_written() {
    let client = client();
    let read = |members: &[(&str, &str)], spelling: fn(&str) -> String| {
        // Of a duplicate, the last counts. No name is found in a longer or a shorter one.
        let member = |&(name, value): &(&str, &str)| {
            let (shorter, spelled) = (&name[..name.len() - 1], spelling(name));
            format!(r#""{name}":null,"{name}_":1,"{shorter}":2,{spelled}{value}"#)
        };
        let body = members.iter().map(member).collect::<Vec<_>>().join(",");
        let body = format!(r#"{{"results":[{{{body}}}]}}"#);
        data(&client).transactions("a", ..).unwrap().parser.parse(Response::new(body)).unwrap().into_vec()
    };
    let mut members = [
        ("timestamp", r#""2018-03-06T00:00:00Z""#),
        ("description", r#""GOOGLE PLAY STORE""#),
        ("transaction_type", r#""DEBIT""#),
        ("transaction_category", r#""PURCHASE""#),
        ("transaction_classification", r#"["Entertainment"]"#),
        ("merchant_name", r#""Google play""#),
        ("amount", "-2.99"),
        ("currency", r#""GBP""#),
        ("transaction_id", r#""03""#),
        ("provider_transaction_id", r#""9""#),
        ("normalised_provider_transaction_id", r#""txn-1""#),
        ("running_balance", r#"{"amount":1.5}"#),
        ("meta", "{}"),
    ];
    let expected = read(&members, |name| format!("\"{name}\":"));
    let one = &expected[0];
    assert_eq!((one.transaction_id.as_str(), one.description.as_str()), ("03", "GOOGLE PLAY STORE"));
    assert_eq!((one.running_balance, one.meta.is_some()), (Some(amount("1.5")), true));
    let spellings: [fn(&str) -> String; 5] = [
        |name| format!("\"{name}\":"),
        |name| format!("\n  \"{name}\": "),
        |name| format!("\"{name}\"\t:\r\n"),
        |name| format!("\"\\u{:04x}{}\":", name.as_bytes()[0], &name[1..]),
        |name| format!(" \"{}\" : ", name.replace('_', "\\u005f")),
    ];
    for spelling in spellings {
        for _ in 0..members.len() {
            members.rotate_left(1);
            assert_eq!(read(&members, spelling), expected, "{}", spelling(members[0].0));
        }
        members.reverse();
        assert_eq!(read(&members, spelling), expected, "{}", spelling("reversed"));
    }
}

#[test]
fn a_time_is_read_in_every_format_of_rfc_3339() {
    let client = client();
    let time = |text: &str| {
        let item = json!([{"transaction_id": "x", "amount": 1, "currency": "GBP", "timestamp": text}]);
        read(data(&client).transactions("a", ..).unwrap(), &item)[0].timestamp.map(OffsetDateTime::unix_timestamp_nanos)
    };
    let midnight = 1_577_836_800_000_000_000;
    for (text, expected) in [
        ("2020-01-01T00:00:00Z", midnight),
        ("2020-01-01t00:00:00z", midnight),
        ("2020-01-01 00:00:00Z", midnight),
        ("2020-01-01 00:00:00", midnight),
        ("2020-01-01t01:30:00+01:30", midnight),
        ("2019-12-31T22:30:00-01:30", midnight),
        ("2020-01-01T00:00:00-00:00", midnight),
        ("2020-01-01", midnight),
        ("20200101T000000Z", midnight),
        ("20200101t000000z", midnight),
        ("2020-01-01T00:00Z", midnight),
        ("2020-01-01 00:00z", midnight),
        ("2020-01-01T00:00:00.1234567", midnight + 123_456_700),
        ("2020-01-01T00:00:00.123456789Z", midnight + 123_456_789),
        ("2020-01-01T00:00:00.5+00:00", midnight + 500_000_000),
        ("2020-01-01T00:00:00,5Z", midnight + 500_000_000),
    ] {
        assert_eq!(time(text), Some(expected), "{text}");
    }
    for text in [
        "",
        "x",
        "2020-13-01T00:00:00Z",
        "2020-02-30T00:00:00Z",
        "2020-01-01T25:00:00Z",
        "2020-01-01T00:00:00.Z",
        "2020-01-01T00:00:00+99:00",
        "2020-01-01T23:59:60Z",
        "2020-01-01 10:00:60",
        "2020-01-01T00:00:00Z ",
        "2020-01-01é00:00:00Z",
        "/020-01-01T00:00:00Z",
    ] {
        assert_eq!(time(text), None, "{text}");
    }
}

#[test]
fn meta_is_the_json_of_the_response() {
    let client = client();
    let meta = r#"{ "b" : 1.10, "a":[ "\u00e9", {}], "counter_party_preferred_name":"s3nsitive" }"#;
    let body = |members: &str| format!(r#"{{"results":[{{{members},"meta": {meta} }}]}}"#);
    let data = data(&client);
    let account = r#""account_id":"x","currency":"GBP""#;
    let transaction = r#""transaction_id":"x","amount":1,"currency":"GBP""#;
    let metas = [
        data.accounts().unwrap().parser.parse(Response::new(body(account))).unwrap()[0].meta.clone(),
        data.cards().unwrap().parser.parse(Response::new(body(account))).unwrap()[0].meta.clone(),
        data.transactions("a", ..).unwrap().parser.parse(Response::new(body(transaction))).unwrap()[0].meta.clone(),
        data.direct_debits("a").unwrap().parser.parse(Response::new(body(r#""direct_debit_id":"x""#))).unwrap()[0]
            .meta
            .clone(),
        data.standing_orders("a").unwrap().parser.parse(Response::new(body(r#""frequency":"x""#))).unwrap()[0]
            .meta
            .clone(),
    ];
    for found in metas {
        let found = found.unwrap();
        assert_eq!((found.as_str(), format!("{found:?}").as_str()), (meta, "Meta([redacted])"));
    }
}

#[test]
fn debug_shows_no_personal_data() {
    let client = client();
    let data = data(&client);
    // Each text is a secret of its own, and each amount and time is a number that nothing else has.
    let texts = |names: &[&str]| -> Vec<(String, Value)> {
        names.iter().map(|name| ((*name).to_owned(), format!("s3cret {name}").into())).collect()
    };
    let item = |names: &[&str], others: Value| -> Value {
        let mut object: serde_json::Map<String, Value> = texts(names).into_iter().collect();
        object.extend(others.as_object().unwrap().clone());
        json!([object])
    };
    let amounts = json!({"current": 7777.71, "available": 7777.72, "overdraft": 7777.73, "credit_limit": 7777.74,
        "last_statement_balance": 7777.75, "payment_due": 7777.76, "last_statement_date": "2077-07-01",
        "payment_due_date": "2077-07-02", "currency": "GBP"});
    let account = json!({"currency": "GBP", "account_type": "SAVINGS", "meta": {"a": "s3cret meta"},
        "provider": {"provider_id": "s3cret provider"},
        "account_number": {"number": "s3cret number", "sort_code": "s3cret code", "iban": "s3cret iban",
            "swift_bic": "s3cret bic"}});
    let transaction = json!({"amount": 7777.71, "currency": "GBP", "timestamp": "2077-07-03T00:00:00Z",
        "running_balance": {"amount": 7777.72}, "transaction_classification": ["s3cret class"],
        "transaction_type": "DEBIT", "meta": {"a": "s3cret meta"}});
    let debit = json!({"previous_payment_amount": 7777.71, "previous_payment_timestamp": "2077-07-04T00:00:00Z",
        "currency": "GBP", "meta": {"provider_mandate_identification": "s3cret mandate"}});
    let order = json!({"first_payment_date": "2077-07-05", "first_payment_amount": 7777.71, "next_payment_amount": 7777.72,
        "next_payment_date": "2077-07-06", "final_payment_amount": 7777.73, "final_payment_date": "2077-07-07",
        "currency": "GBP", "meta": {"a": "s3cret meta"}});
    let transaction_names = [
        "transaction_id",
        "normalised_provider_transaction_id",
        "provider_transaction_id",
        "description",
        "merchant_name",
    ];
    let card_names = ["account_id", "display_name", "partial_card_number", "name_on_card", "valid_from", "valid_to"];
    let accounts = read(data.accounts().unwrap(), &item(&["account_id", "display_name"], account.clone()));
    let transactions = read(data.transactions("a", ..).unwrap(), &item(&transaction_names, transaction));
    let orders = read(data.standing_orders("a").unwrap(), &item(&["frequency", "payee", "reference"], order));
    assert!(orders[0].last.amount.is_some() && transactions[0].running_balance.is_some());
    assert!(accounts[0].account_number.iban.is_some());
    for (shown, harmless) in [
        (format!("{accounts:?}"), "account_type: Some(Savings), currency: \"GBP\""),
        (format!("{:?}", accounts[0].account_number), "AccountNumber { .. }"),
        (format!("{:?}", read(data.cards().unwrap(), &item(&card_names, account))), "currency: Some(\"GBP\")"),
        (format!("{:?}", read(data.balance("a").unwrap(), &json!([amounts]))), "currency: \"GBP\""),
        (format!("{:?}", read(data.card_balance("a").unwrap(), &json!([amounts]))), "currency: Some(\"GBP\")"),
        (format!("{transactions:?}"), "currency: \"GBP\", transaction_type: Some(Debit)"),
        (
            format!("{:?}", read(data.direct_debits("a").unwrap(), &item(&["direct_debit_id", "name"], debit))),
            "DirectDebit {",
        ),
        (format!("{orders:?}"), "StandingOrder {"),
        (format!("{:?}", orders[0].first), "Payment { .. }"),
        (
            format!(
                "{:?}",
                read(
                    data.info().unwrap(),
                    &item(&["full_name"], json!({"emails": ["s3cret email"], "phones": ["s3cret phone"]}))
                )
            ),
            "Info {",
        ),
        (
            format!("{:?}", read(data.me(), &item(&["client_id", "credentials_id"], json!({"scopes": ["info"]})))),
            "scopes: [\"info\"]",
        ),
    ] {
        assert!(shown.contains(harmless), "{shown}");
        for secret in ["s3cret", "7777", "2077"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
}

#[test]
fn an_error_has_its_recovery() {
    let recovery = |status: u16, body: &str| -> (Recovery, ApiError) {
        let client = client();
        let response = Response::builder().status(status).body(body.to_owned()).unwrap();
        let error = data(&client).accounts().unwrap().parser.parse(response).unwrap_err();
        (error.recovery(), error)
    };
    for (status, code, expected) in [
        (401, "invalid_token", Recovery::Refresh),
        (401, "unauthorized", Recovery::Refresh),
        (401, "unauthorized_client", Recovery::Fail),
        (403, "access_denied", Recovery::Reauthorize),
        (403, "sca_exceeded", Recovery::NarrowRequest),
        (400, "invalid_grant", Recovery::Reauthorize),
        (429, "provider_too_many_requests", Recovery::RetryLater),
        (429, "provider_request_limit_exceeded", Recovery::RetryLater),
        (500, "internal_server_error", Recovery::RetryLater),
        (503, "provider_error", Recovery::RetryLater),
        (503, "connector_overload", Recovery::RetryLater),
        (503, "temporarily_unavailable", Recovery::RetryLater),
        (504, "connector_timeout", Recovery::RetryLater),
        (504, "provider_timeout", Recovery::RetryLater),
        (501, "endpoint_not_supported", Recovery::Unsupported),
        (404, "account_not_found", Recovery::Fail),
        (400, "validation_error", Recovery::Fail),
        (400, "invalid_date_range", Recovery::Fail),
        (400, "deprecated_provider", Recovery::Fail),
    ] {
        let (actual, error) = recovery(status, &format!(r#"{{"error":"{code}","error_details":{{}}}}"#));
        assert_eq!((actual, error.is_retryable()), (expected, expected == Recovery::RetryLater), "{status} {code}");
    }
    assert_eq!(recovery(401, "").0, Recovery::Refresh);
    assert_eq!(recovery(302, "").0, Recovery::Fail);
    assert_eq!(recovery(502, "<html>").0, Recovery::RetryLater);
}

/// Returns a response of about the given length, which repeats an item.
fn body_of(item: &str, length: usize) -> String {
    format!(r#"{{"results":[{}]}}"#, vec![item; length / (item.len() + 1)].join(","))
}

/// The shortest transaction that a bank returns.
const SHORT_TRANSACTION: &str = r#"{"timestamp":"2026-03-01T00:00:00Z","description":"SHOP","transaction_type":"DEBIT","transaction_category":"PURCHASE","transaction_classification":[],"amount":-1.00,"currency":"GBP","transaction_id":"0123456789abcdef0123456789abcdef"}"#;

#[test]
fn a_response_has_room_for_years_of_transactions() {
    let client = client();
    let call = || data(&client).transactions("a", ..).unwrap();
    assert_eq!(call().parser.max_body_len(), 32 << 20);
    let usual = SHORT_TRANSACTION.replace(
        '}',
        r#","merchant_name":"Shop","normalised_provider_transaction_id":"txn-0123456789abcdef","meta":{"provider_transaction_category":"DEB"}}"#,
    );
    let usual = usual.replace("[]", r#"["Shopping","Groceries"]"#);
    for item in [SHORT_TRANSACTION, &usual] {
        let list = call().parser.parse(Response::new(body_of(item, 8 << 20))).unwrap();
        assert_eq!((list.len(), list.unreadable_len()), ((8 << 20) / (item.len() + 1), 0));
    }
    assert!(refused(call(), &body_of(SHORT_TRANSACTION, 33 << 20)).starts_with("response body longer than the limit"));
}

/// Returns the memory of the transactions, in bytes.
fn memory(transactions: &[Transaction]) -> usize {
    let of_texts = |texts: &[&Option<String>]| -> usize { texts.iter().copied().flatten().map(String::capacity).sum() };
    let of_one = |transaction: &Transaction| {
        let Transaction { transaction_id, description, currency, transaction_classification, meta, .. } = transaction;
        let classification = transaction_classification.capacity() * size_of::<String>()
            + transaction_classification.iter().map(String::capacity).sum::<usize>();
        let optional = [
            &transaction.normalised_provider_transaction_id,
            &transaction.provider_transaction_id,
            &transaction.merchant_name,
        ];
        size_of::<Transaction>()
            + transaction_id.capacity()
            + description.capacity()
            + currency.capacity()
            + classification
            + of_texts(&optional)
            + meta.as_ref().map_or(0, |meta| meta.as_str().len())
    };
    transactions.iter().map(of_one).sum()
}

#[test]
fn a_response_is_read_with_twice_its_length() {
    let client = client();
    let short = r#"{"transaction_id":"x","amount":1,"currency":"GBP"}"#;
    let with = |member: &str| short.replace('}', &format!(",{member}}}"));
    let letters = ["\"a\""; 100].join(",");
    let too_much = "unexpected response: more items and texts than a response of this length can hold (status 200)";
    let length = 2 << 20;
    for (body, is_readable) in [
        (body_of(short, length), false),
        (body_of(&with(&format!(r#""transaction_classification":[{letters}]"#)), length), false),
        (body_of(&with(&format!(r#""meta":{{"a":{}{}}}"#, "[".repeat(500), "]".repeat(500))), length), true),
        (body_of(&with(&format!(r#""description":"{}""#, "text".repeat(1000))), length), true),
        (body_of(&with(&format!(r#""description":"{}""#, "\\n".repeat(1000))), length), true),
        (body_of(&with(&format!(r#""description":"{}""#, "\\n".repeat(length / 2))), length * 2), true),
        (body_of(&with(&format!(r#""merchant_name":"{}\ud800""#, "text".repeat(length / 4))), length * 2), true),
        (format!(r#"{{"results":[{short},{}]}}"#, vec!["{}"; length / 3].join(",")), true),
    ] {
        let beginning: String = body.chars().take(120).collect();
        match data(&client).transactions("a", ..).unwrap().parser.parse(Response::new(&body)) {
            Ok(list) => {
                let unreadable: usize = list.unreadable().iter().map(|item| item.expose().len()).sum();
                assert!(is_readable && memory(&list) + unreadable <= 2 * body.len() + (1 << 20), "{beginning}");
            }
            Err(error) if is_readable => assert!(error.to_string().contains("invalid text"), "{beginning}: {error}"),
            Err(error) => assert_eq!(error.to_string(), too_much, "{beginning}"),
        }
    }
}

#[test]
fn an_item_with_more_than_a_hundred_texts_is_unreadable() {
    let client = client();
    let item = |number: usize| json!({"transaction_id": "x", "amount": 1, "currency": "GBP", "transaction_classification": vec!["a"; number]});
    let list = read(data(&client).transactions("a", ..).unwrap(), &json!([item(100), item(101)]));
    assert_eq!((list.len(), list[0].transaction_classification.len()), (1, 100));
    let reason = "expected at most 100 texts for `transaction_classification`, found more";
    assert_eq!((list.unreadable_len(), list.unreadable()[0].reason()), (1, reason));
}
