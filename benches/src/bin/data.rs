//! Reads one response of the Data API, for a tool that counts instructions and memory: `data <reader> <body> [<number>]`.
//!
//! Readers: `auth-link`, `derive` (the same fields with serde's derive macro), `none` (only makes the body). Bodies: `transactions`
//! with their number, `empty-members` (items of one unknown member, as long as a response may be), `short` (the shortest readable
//! transactions, of the same length).
//! Prints the length of the body, and the peak of the resident memory beyond it, in bytes.
#![forbid(unsafe_code)]

use std::fmt::Write as _;
use std::hint::black_box;

use auth_link::client::{AccessToken, Client, ClientSecret, Environment};
use auth_link::data::{Decimal, OffsetDateTime};
use serde::Deserialize;

/// The limit of a response body, in bytes.
const MAX_BODY_LEN: usize = 32 << 20;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let (reader, body) = match arguments.as_slice() {
        [reader, "transactions", number] => (*reader, transactions(number.parse().expect("a number"))),
        [reader, "empty-members"] => (*reader, repeated(r#"{"":0}"#)),
        [reader, "short"] => (*reader, repeated(r#"{"transaction_id":"x","amount":1,"currency":"GBP"}"#)),
        _ => panic!("expected a reader, a body and a number"),
    };
    let before = peak();
    let length = body.len();
    match reader {
        "auth-link" => with_auth_link(&body),
        "derive" => with_derive(&body),
        _ => drop(black_box(body)),
    }
    println!("{length} {}", peak().saturating_sub(before));
}

#[inline(never)]
fn with_auth_link(body: &str) {
    let secret = ClientSecret::new("s3cret").expect("a secret");
    let client = Client::new(Environment::Live, "acme-7d2f1a", secret).expect("a client");
    let data = client.data(&AccessToken::new("t0ken").expect("a token"));
    let call = data.transactions("a", ..).expect("a request");
    drop(black_box(call.parser.parse(http::Response::new(body))));
}

#[inline(never)]
fn with_derive(body: &str) {
    drop(black_box(serde_json::from_str::<Results>(body)));
}

/// The same fields as those of `auth_link::data::Transaction`, except `meta`.
#[derive(Deserialize)]
#[expect(dead_code, clippy::struct_field_names, reason = "only read, and named as in the response")]
struct Transaction {
    transaction_id: String,
    normalised_provider_transaction_id: Option<String>,
    provider_transaction_id: Option<String>,
    #[serde(with = "time::serde::iso8601::option", default)]
    timestamp: Option<OffsetDateTime>,
    description: String,
    amount: Decimal,
    currency: String,
    transaction_type: Option<TransactionType>,
    transaction_category: Option<TransactionCategory>,
    #[serde(default)]
    transaction_classification: Vec<String>,
    merchant_name: Option<String>,
    running_balance: Option<RunningBalance>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Results {
    results: Vec<Transaction>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only read")]
struct RunningBalance {
    amount: Decimal,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum TransactionType {
    Debit,
    Credit,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum TransactionCategory {
    Purchase,
    DirectDebit,
    #[serde(other)]
    Other,
}

/// Returns a response in the format of TrueLayer's documentation.
fn transactions(number: usize) -> String {
    let mut body = String::from(r#"{"results":["#);
    for index in 0..number {
        let separator = if index == 0 { "" } else { "," };
        let (pounds, pence, day) = (index % 977, index % 100, 1 + index % 28);
        write!(
            body,
            r#"{separator}{{"timestamp":"2026-03-{day:02}T00:00:00Z","description":"CARD PAYMENT TO SHOP {index}","transaction_type":"DEBIT","transaction_category":"PURCHASE","transaction_classification":["Shopping","Groceries"],"merchant_name":"Shop {index}","amount":-{pounds}.{pence:02},"currency":"GBP","transaction_id":"{index:032x}","provider_transaction_id":"{index:012}","normalised_provider_transaction_id":"txn-{index:016x}","running_balance":{{"amount":{pounds}.{pence:02},"currency":"GBP"}},"meta":{{"bank_transaction_id":"{index:012}","provider_transaction_category":"DEB"}}}}"#
        )
        .expect("written to memory");
    }
    body + r#"],"status":"Succeeded"}"#
}

/// Returns a response of the longest allowed length.
fn repeated(item: &str) -> String {
    let number = (MAX_BODY_LEN - 14) / (item.len() + 1);
    let mut body = String::with_capacity(MAX_BODY_LEN);
    body.push_str(r#"{"results":["#);
    for index in 0..number {
        body.push_str(if index == 0 { "" } else { "," });
        body.push_str(item);
    }
    body + "]}"
}

/// Returns the peak of the resident memory, in bytes.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kibibytes.unwrap_or_default() * 1024
}
