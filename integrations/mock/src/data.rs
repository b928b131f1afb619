//! The Data API: who may call which endpoint when, and the results.

use std::time::Instant;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use time::{Date, Month};

use crate::clock::{is_ahead, unix_time};
use crate::connection::{Connection, MINUTE, connection_id};
use crate::endpoint::Endpoint;
use crate::failure::Failure;
use crate::history::today;
use crate::payload;
use crate::random::random;
use crate::scenario::{Account, AccountKind};
use crate::state::{MockServer, Shared};
use crate::url::{decode, parse_form};

const DAY: u64 = 24 * 60 * 60;

/// The days of transactions that stay readable.
const READABLE_DAYS: i32 = 90;

/// The longest period in days: an operator reports that 60 months work and 72 do not.
const MAX_DAYS: i32 = 72 * 30;

/// Handles each endpoint of the Data API.
pub(crate) async fn handle(State(mock_server): State<Shared>, request: Request) -> Response {
    let Some((endpoint, id)) = Endpoint::of(request.method().as_str(), request.uri().path()) else {
        return Failure::error("not_found").response();
    };
    let query = parse_form(request.uri().query().unwrap_or_default());
    match mock_server.read(endpoint, &decode(id), request.headers(), &query) {
        Ok((status, value)) => (status, [(header::CACHE_CONTROL, "no-store")], Json(value)).into_response(),
        Err(failure) => failure.response(),
    }
}

/// Returns the access token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl MockServer {
    fn read(
        &self,
        endpoint: Endpoint,
        id: &str,
        headers: &HeaderMap,
        query: &[(String, String)],
    ) -> Result<(StatusCode, Value), Failure> {
        let get = |name: &str| query.iter().find(|field| field.0 == name).map(|field| field.1.as_str());
        let mut state = self.state();
        let token = bearer(headers).ok_or_else(|| Failure::error("invalid_token"))?;
        let connection = connection_id(token).and_then(|id| state.connections.get(id));
        let connection = connection.filter(|connection| connection.access_token == token);
        let connection = connection.filter(|connection| is_ahead(connection.expires_at));
        let connection = connection.ok_or_else(|| Failure::error("invalid_token"))?;
        if !connection.has_consent() {
            return Err(Failure::error("access_denied").with_description("the consent ended"));
        }
        if endpoint == Endpoint::Results {
            let owner = connection.id.clone();
            let task = state.tasks.get(id).filter(|task| task.0 == owner);
            let results = task.ok_or_else(|| Failure::error("not_found"))?.1.clone();
            return Ok((StatusCode::OK, json!({ "results": results, "status": "Succeeded" })));
        }
        if let Some(code) = &connection.profile.error {
            return Err(Failure::error(code));
        }
        if connection.bank.unsupported.contains(&endpoint) {
            return Err(Failure::error("endpoint_not_supported"));
        }
        if let Some(missing) = scopes(endpoint).iter().find(|required| !has_scope(connection, required)) {
            return Err(Failure::error("access_denied").with_description(format!("missing scope `{missing}`")));
        }
        self.count(endpoint, headers, connection)?;
        let (from, to) = period(get("from"), get("to"))?;
        check_history(endpoint, connection, from)?;
        let results = results(self, endpoint, id, connection, from, to)?;
        if get("async") != Some("true") {
            return Ok((StatusCode::OK, json!({ "results": results, "status": "Succeeded" })));
        }
        let task = random();
        let owner = connection.id.clone();
        state.tasks.insert(task.clone(), (owner, results));
        let uri = format!("{}/data/v1/results/{task}", self.origin);
        Ok((StatusCode::ACCEPTED, json!({ "results_uri": uri, "status": "Queued", "task_id": task })))
    }

    /// Counts a call.
    ///
    /// # Errors
    ///
    /// Returns an error if the call exceeds the rate limit, or the bank's limit of calls without the user.
    fn count(&self, endpoint: Endpoint, headers: &HeaderMap, connection: &mut Connection) -> Result<(), Failure> {
        if let Some(limit) = self.settings.rate_limit {
            let (began, calls) = &mut connection.recent;
            if began.is_none_or(|began| began.elapsed() >= MINUTE) {
                (*began, *calls) = (Some(Instant::now()), 0);
            }
            *calls = calls.saturating_add(1);
            if *calls > limit {
                return Err(Failure::error("provider_too_many_requests").with_retry_after(MINUTE));
            }
        }
        if let Some(limit) = self.settings.unattended_limit
            && !headers.contains_key("x-psu-ip")
        {
            let calls = count_of_day(connection.unattended.entry(endpoint).or_default(), unix_time());
            if calls > limit {
                return Err(Failure::error("provider_request_limit_exceeded")
                    .with_description("send `X-PSU-IP` while the user is present"));
            }
        }
        Ok(())
    }
}

/// Counts a call, and returns the number of calls on its day. `counted` is a day and its calls.
fn count_of_day(counted: &mut (u64, u32), unix_time: u64) -> u32 {
    let today = unix_time / DAY;
    let (day, calls) = counted;
    if *day != today {
        (*day, *calls) = (today, 0);
    }
    *calls = calls.saturating_add(1);
    *calls
}

/// Returns the scopes that an endpoint needs.
fn scopes(endpoint: Endpoint) -> &'static [&'static str] {
    match endpoint {
        Endpoint::Info => &["info"],
        Endpoint::Accounts | Endpoint::Account => &["accounts"],
        Endpoint::Balance => &["accounts", "balance"],
        Endpoint::Transactions | Endpoint::PendingTransactions => &["accounts", "transactions"],
        Endpoint::DirectDebits => &["accounts", "direct_debits"],
        Endpoint::StandingOrders => &["accounts", "standing_orders"],
        Endpoint::Cards | Endpoint::Card => &["cards"],
        Endpoint::CardBalance => &["cards", "balance"],
        Endpoint::CardTransactions | Endpoint::CardPendingTransactions => &["cards", "transactions"],
        _ => &[],
    }
}

fn has_scope(connection: &Connection, scope: &str) -> bool {
    connection.scope.iter().any(|word| word == scope)
}

/// Returns the requested period: by default the last 90 days.
fn period(from: Option<&str>, to: Option<&str>) -> Result<(Date, Date), Failure> {
    let invalid = |description: &str| Failure::error("invalid_date_range").with_description(description);
    let date =
        |text: &str| date(text).ok_or_else(|| invalid("expected a date such as `2026-01-31` for `from` and `to`"));
    let from_text = from.filter(|text| !text.is_empty()).map(date).transpose()?;
    let to = to.filter(|text| !text.is_empty()).map(date).transpose()?.unwrap_or_else(today);
    let from = from_text.unwrap_or_else(|| days_before(today(), READABLE_DAYS).min(to));
    if from > to {
        return Err(invalid("`from` is after `to`"));
    }
    if today().to_julian_day() - from.to_julian_day() >= MAX_DAYS {
        return Err(invalid("`from` is more than 72 months ago"));
    }
    Ok((from, to))
}

/// Parses the date of a text such as `2026-01-31` or `2026-01-31T00:00:00Z`.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.get(..10)?.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
    let day = parts.next()?.parse().ok()?;
    let is_date = text.len() == 10 || text.as_bytes()[10] == b'T';
    Date::from_calendar_date(year, month, day).ok().filter(|_| is_date && parts.next().is_none())
}

fn days_before(date: Date, days: i32) -> Date {
    Date::from_julian_day(date.to_julian_day() - days).unwrap_or(Date::MIN)
}

/// Checks that a few minutes after the authorization only recent data is requested.
fn check_history(endpoint: Endpoint, connection: &Connection, from: Date) -> Result<(), Failure> {
    if connection.history_until.is_some_and(is_ahead) {
        return Ok(());
    }
    let is_long = from < days_before(today(), READABLE_DAYS);
    let is_restricted = match endpoint {
        Endpoint::Transactions | Endpoint::CardTransactions => is_long,
        Endpoint::DirectDebits | Endpoint::StandingOrders => true,
        _ => false,
    };
    if !is_restricted {
        return Ok(());
    }
    Err(Failure::error("sca_exceeded").with_description("the access to it ended five minutes after the user signed in"))
}

fn results(
    server: &MockServer,
    endpoint: Endpoint,
    id: &str,
    connection: &Connection,
    from: Date,
    to: Date,
) -> Result<Value, Failure> {
    let (profile, bank) = (&connection.profile, &connection.bank);
    let is_card = |account: &Account| account.kind == AccountKind::Card;
    let of_cards = endpoint.name().starts_with("card");
    let list = || profile.accounts.iter().filter(|account| is_card(account) == of_cards).enumerate();
    let found = || list().find(|entry| entry.1.id == id).ok_or_else(|| Failure::error("account_not_found"));
    let account = |index, account: &Account| {
        if of_cards { payload::card(account, bank, &profile.full_name) } else { payload::account(account, index, bank) }
    };
    let name = &profile.name;
    Ok(match endpoint {
        Endpoint::Me => payload::me(connection, &server.settings.client_id, server.settings.consent_lifetime.as_secs()),
        Endpoint::Info => payload::info(connection),
        Endpoint::Accounts | Endpoint::Cards => list().map(|(index, entry)| account(index, entry)).collect(),
        Endpoint::Account | Endpoint::Card => found().map(|(index, entry)| json!([account(index, entry)]))?,
        Endpoint::Balance | Endpoint::CardBalance => payload::balance(found()?.1, name),
        Endpoint::Transactions | Endpoint::CardTransactions => {
            payload::transactions(found()?.1, name, has_scope(connection, "balance"), from, to)
        }
        Endpoint::PendingTransactions | Endpoint::CardPendingTransactions => payload::pending(found()?.1),
        Endpoint::DirectDebits => payload::direct_debits(found()?.1),
        Endpoint::StandingOrders => payload::standing_orders(found()?.1),
        _ => return Err(Failure::error("not_found")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_no_date_is_refused() {
        for text in ["", "2026", "2026-02-30", "2026-13-01", "2026-01-31x", "2026-01-3é", "99999-01-01", "-026-01-01-"]
        {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(date("2026-01-31"), date("2026-01-31T00:00:00Z"));
        assert!(date("2026-01-31").is_some());
    }

    #[test]
    fn the_calls_of_a_day_are_counted_until_its_end() {
        let mut counted = (0, 0);
        let times = [20_000 * 86_400, 20_001 * 86_400 - 1, 20_001 * 86_400];
        assert_eq!(times.map(|time| count_of_day(&mut counted, time)), [1, 2, 1]);
    }

    #[test]
    fn a_period_begins_less_than_72_months_ago_and_may_be_one_day() {
        let day = |days| days_before(today(), days).to_string();
        assert!(period(Some(&day(2159)), None).is_ok());
        assert!(period(Some(&day(2160)), None).is_err());
        assert!(period(Some(&day(7)), Some(&day(7))).is_ok());
        assert!(period(Some(&day(7)), Some(&day(8))).is_err());
        assert!(period(Some(""), Some("")).is_ok());
    }
}
