//! The payloads of the Data API, in the shape of recorded responses.
//!
//! Members are missing where recorded responses lack them, `meta` differs from item to item, and times have seven digits.

use serde_json::{Value, json};
use time::Date;

use crate::clock::{timestamp, unix_time};
use crate::connection::Connection;
use crate::history::{self, Transaction};
use crate::scenario::{Account, AccountKind, Bank};

pub(crate) fn me(connection: &Connection, client_id: &str, consent_seconds: u64) -> Value {
    let mut me = json!({
        "client_id": client_id,
        "credentials_id": connection.id,
        "consent_status": "Authorised",
        "consent_status_updated_at": timestamp(connection.created_at),
        "consent_created_at": timestamp(connection.created_at),
        "provider": provider(&connection.bank),
        "scopes": connection.scope,
    });
    if !connection.profile.is_eternal {
        me["consent_expires_at"] = timestamp(connection.created_at.saturating_add(consent_seconds)).into();
    }
    json!([me])
}

pub(crate) fn info(connection: &Connection) -> Value {
    let name = &connection.profile.full_name;
    json!([{ "full_name": name, "update_timestamp": timestamp(unix_time()), "emails": [], "phones": [], "addresses": [] }])
}

pub(crate) fn account(account: &Account, index: usize, bank: &Bank) -> Value {
    let number = format!("100{:05}", 371 + index);
    let mut numbers = json!({ "number": number, "sort_code": "01-21-31" });
    if let Some(iban) = &account.iban {
        numbers = json!({ "iban": iban, "swift_bic": "CPBKGB00" });
    }
    let mut value = json!({
        "account_id": account.id,
        "account_type": if account.kind == AccountKind::Savings { "SAVINGS" } else { "TRANSACTION" },
        "display_name": account.name,
        "currency": account.currency,
        "account_number": numbers,
        "provider": provider(bank),
        "update_timestamp": timestamp(unix_time()),
    });
    if account.kind == AccountKind::Savings {
        // As some banks respond: no logo, and an empty `meta`.
        value["provider"] = json!({ "provider_id": bank.id });
        value["meta"] = json!({});
    }
    value
}

pub(crate) fn card(account: &Account, bank: &Bank, name: &str) -> Value {
    json!({
        "account_id": account.id,
        "card_network": "VISA",
        "card_type": "CREDIT",
        "currency": account.currency,
        "display_name": account.name,
        "partial_card_number": "0044",
        "name_on_card": name,
        "valid_to": "2031-01",
        "provider": provider(bank),
        "update_timestamp": timestamp(unix_time()),
    })
}

pub(crate) fn balance(account: &Account, user: &str) -> Value {
    let current = history::balance(user, account);
    let mut value = json!({
        "currency": account.currency,
        "current": pounds(current),
        "update_timestamp": timestamp(unix_time()),
    });
    if account.kind == AccountKind::Card {
        value["credit_limit"] = json!(3300);
        value["available"] = json!(pounds(current.saturating_add(330_000)));
    } else {
        let overdraft = if account.kind == AccountKind::Current { 50_000 } else { 0 };
        value["available"] = json!(pounds(current.saturating_add(overdraft)));
        value["overdraft"] = json!(pounds(overdraft));
    }
    json!([value])
}

/// Returns the transactions in a period, the newest first.
pub(crate) fn transactions(account: &Account, user: &str, has_balance: bool, from: Date, to: Date) -> Value {
    let entries = history::history(user, account);
    let entries = entries.iter().enumerate().rev().filter(|(_, entry)| (from..=to).contains(&entry.day));
    entries.map(|(index, entry)| transaction(account, index, entry, has_balance)).collect()
}

fn transaction(account: &Account, index: usize, entry: &Transaction, has_balance: bool) -> Value {
    let id = format!("{}-{}-{index}", account.id, entry.day);
    let mut value = json!({
        "transaction_id": id,
        "timestamp": format!("{}T00:00:00Z", entry.day),
        "description": entry.description,
        "amount": pounds(entry.pence),
        "currency": account.currency,
        "transaction_type": if entry.pence < 0 { "DEBIT" } else { "CREDIT" },
        "transaction_category": entry.category,
        "transaction_classification": [],
    });
    if has_balance {
        value["running_balance"] = json!({ "amount": pounds(entry.balance), "currency": account.currency });
    }
    match index % 3 {
        0 => {
            value["normalised_provider_transaction_id"] = json!(format!("txn-{index:08x}"));
            value["provider_transaction_id"] = json!(format!("{index:012}"));
            value["meta"] =
                json!({ "provider_transaction_category": "DEB", "counter_party_preferred_name": entry.description });
        }
        1 => value["meta"] = json!({}),
        _ => {}
    }
    value
}

pub(crate) fn pending(account: &Account) -> Value {
    json!([{
        "transaction_id": format!("{}-pending", account.id),
        "timestamp": timestamp(unix_time()),
        "description": "Bean & Gone Coffee",
        "amount": -3.4,
        "currency": account.currency,
        "transaction_type": "DEBIT",
        "transaction_category": "PURCHASE",
        "transaction_classification": [],
        "meta": {},
    }])
}

pub(crate) fn direct_debits(account: &Account) -> Value {
    if account.kind != AccountKind::Current {
        return json!([]);
    }
    json!([{
        "direct_debit_id": format!("{}-dd-1", account.id),
        "name": "Kestrel Mobile",
        "status": "Active",
        "timestamp": timestamp(unix_time()),
        "previous_payment_timestamp": "2018-09-17T00:00:00+01:00",
        "previous_payment_amount": 18,
        "currency": account.currency,
        "meta": { "provider_mandate_identification": "6" },
    }])
}

pub(crate) fn standing_orders(account: &Account) -> Value {
    if account.kind != AccountKind::Current {
        return json!([]);
    }
    json!([{
        "frequency": "IntrvlMnthDay:01:01",
        "status": "Active",
        "timestamp": timestamp(unix_time()),
        "currency": account.currency,
        "next_payment_date": format!("{}T00:00:00+00:00", history::today()),
        "next_payment_amount": 925,
        "final_payment_date": "9999-12-31T00:00:00+00:00",
        "reference": "Rent",
        "payee": "Larch Street Lettings",
        "meta": {},
    }])
}

fn provider(bank: &Bank) -> Value {
    json!({
        "provider_id": bank.id,
        "display_name": bank.name,
        "logo_uri": format!("https://truelayer-client-logos.s3-eu-west-1.amazonaws.com/banks/banks-icons/{}-icon.svg", bank.id),
    })
}

/// Converts pence to pounds.
#[expect(clippy::cast_precision_loss, reason = "the amounts are small, or a scenario's own")]
fn pounds(pence: i64) -> f64 {
    pence as f64 / 100.0
}
