//! The Data API, and the list of providers.

use auth_link::data::OffsetDateTime;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::bank::{self, Account};
use super::link::SCOPES;
use super::state::{MockServer, Shared, lock};
use super::token::unauthorized;
use crate::clock::unix_time;

const DAYS_90: u64 = 90 * 24 * 60 * 60;

/// Handles `GET /api/providers`.
pub(super) async fn providers() -> Json<Value> {
    let scopes = SCOPES.map(|scope| scope.0);
    Json(json!([{ "provider_id": "mock", "display_name": "Mock Bank", "country": "uk", "scopes": scopes }]))
}

/// Handles `GET /data/v1/me`.
pub(super) async fn me(State(mock_server): State<Shared>, headers: HeaderMap) -> Response {
    mock_server.respond(&headers, &[], |caller| {
        Some(json!([{
            "client_id": mock_server.registration.client_id,
            "credentials_id": caller.id,
            "consent_status": "Authorised",
            "consent_created_at": timestamp(caller.created_at),
            "consent_expires_at": timestamp(caller.created_at + DAYS_90),
            "provider": { "provider_id": "mock", "display_name": "Mock Bank" },
            "scopes": caller.scope,
        }]))
    })
}

/// Handles `GET /data/v1/info`.
pub(super) async fn info(State(mock_server): State<Shared>, headers: HeaderMap) -> Response {
    mock_server.respond(&headers, &["info"], |caller| Some(json!([{ "full_name": bank::full_name(&caller.user) }])))
}

/// Handles `GET /data/v1/accounts`.
pub(super) async fn accounts(State(mock_server): State<Shared>, headers: HeaderMap) -> Response {
    mock_server.respond(&headers, &["accounts"], |_| {
        let accounts = Account::ALL.map(|account| {
            let (kind, name, number) = match account {
                Account::Current => ("TRANSACTION", "Current account", "10000371"),
                Account::Savings => ("SAVINGS", "Savings account", "10000372"),
            };
            json!({
                "account_id": account.id(),
                "account_type": kind,
                "display_name": name,
                "currency": "GBP",
                "account_number": { "number": number, "sort_code": "01-21-31" },
                "provider": { "provider_id": "mock" },
                "update_timestamp": timestamp(unix_time()),
            })
        });
        Some(accounts.into())
    })
}

/// Handles `GET /data/v1/accounts/{id}/balance`.
pub(super) async fn balance(
    State(mock_server): State<Shared>,
    Path(account): Path<String>,
    headers: HeaderMap,
) -> Response {
    mock_server.respond(&headers, &["accounts", "balance"], |caller| {
        let account = Account::ALL.into_iter().find(|known| known.id() == account)?;
        let current = bank::history(&caller.user, account).last().map_or(0, |entry| entry.balance);
        let overdraft = if account == Account::Current { 50_000 } else { 0 };
        Some(json!([{
            "currency": "GBP",
            "current": pounds(current),
            "available": pounds(current + overdraft),
            "overdraft": pounds(overdraft),
            "update_timestamp": timestamp(unix_time()),
        }]))
    })
}

/// The requested period, in days such as `2026-01-31`.
#[derive(Deserialize)]
pub(super) struct Period {
    from: Option<String>,
    to: Option<String>,
}

/// Handles `GET /data/v1/accounts/{id}/transactions`.
pub(super) async fn transactions(
    State(mock_server): State<Shared>,
    Path(account): Path<String>,
    Query(Period { from, to }): Query<Period>,
    headers: HeaderMap,
) -> Response {
    mock_server.respond(&headers, &["accounts", "transactions"], |caller| {
        let account = Account::ALL.into_iter().find(|known| known.id() == account)?;
        let mut entries = bank::history(&caller.user, account);
        entries.retain(|entry| {
            let day = entry.day.to_string();
            from.as_ref().is_none_or(|from| *from <= day) && to.as_ref().is_none_or(|to| day <= *to)
        });
        let transactions = entries.iter().enumerate().rev().map(|(index, entry)| {
            json!({
                "transaction_id": format!("{}-{index}", entry.day),
                "timestamp": format!("{}T00:00:00Z", entry.day),
                "description": entry.description,
                "amount": pounds(entry.pence),
                "currency": "GBP",
                "transaction_type": if entry.pence < 0 { "DEBIT" } else { "CREDIT" },
                "transaction_category": entry.category,
                "transaction_classification": [],
                "running_balance": { "amount": pounds(entry.balance), "currency": "GBP" },
            })
        });
        Some(transactions.collect())
    })
}

/// The connection that a request's access token belongs to.
struct Caller {
    id: String,
    user: String,
    scope: Vec<String>,
    created_at: u64,
}

impl MockServer {
    /// Responds with results if the request's access token has these scopes. No results make a response of 404.
    fn respond(
        &self,
        headers: &HeaderMap,
        scopes: &[&str],
        results: impl FnOnce(&Caller) -> Option<Value>,
    ) -> Response {
        let caller = self.connection_of(headers).and_then(|id| {
            let mut connections = lock(&self.connections);
            let connection = connections.get(&id)?;
            let (user, scope) = (connection.user.clone(), connection.scope.clone());
            Some(Caller { user, scope, created_at: connection.created_at, id })
        });
        let Some(caller) = caller else {
            return unauthorized();
        };
        if scopes.iter().any(|required| !caller.scope.iter().any(|word| word == required)) {
            return (StatusCode::FORBIDDEN, Json(json!({ "error": "access_denied" }))).into_response();
        }
        match results(&caller) {
            Some(results) => Json(json!({ "results": results, "status": "Succeeded" })).into_response(),
            None => (StatusCode::NOT_FOUND, Json(json!({ "error": "account_not_found" }))).into_response(),
        }
    }
}

/// Converts pence to pounds.
#[expect(clippy::cast_precision_loss, reason = "the amounts are small")]
fn pounds(pence: i64) -> f64 {
    pence as f64 / 100.0
}

/// Formats a time as in `2026-01-31T12:00:00Z`.
fn timestamp(unix_time: u64) -> String {
    let time = i64::try_from(unix_time).ok().and_then(|time| OffsetDateTime::from_unix_timestamp(time).ok());
    let time = time.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!("{}T{:02}:{:02}:{:02}Z", time.date(), time.hour(), time.minute(), time.second())
}
