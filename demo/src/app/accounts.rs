//! `/accounts`: the accounts of each connection, and its actions.

use std::time::UNIX_EPOCH;

use auth_link::Error;
use auth_link::client::{List, Recovery};
use auth_link::data::{Account, AccountType, Balance, Date, Me, OffsetDateTime, Transaction};
use auth_link_axum::Result;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::PrivateCookieJar;
use maud::{Markup, html};
use serde::Deserialize;

use super::chart::chart;
use super::error::text;
use super::money::{day, money, short_day};
use super::page::page;
use super::session::{Session, parse_id};
use super::state::{Bank, Shared};
use crate::clock::unix_time;

/// The query of the accounts page.
#[derive(Deserialize)]
pub(super) struct AccountsQuery {
    notice: Option<String>,
}

/// The form of a connection's actions.
#[derive(Deserialize)]
pub(super) struct ConnectionForm {
    connection: String,
}

/// The data of a connection that the page shows.
struct ConnectionData {
    me: Me,
    holder: Option<String>,
    accounts: Vec<AccountData>,
    expires_at: u64,
}

/// The data of an account that the page shows.
struct AccountData {
    account: Account,
    balance: Balance,
    /// The transactions, the newest first, or the reason why the bank does not share them.
    transactions: Result<List<Transaction>, &'static str>,
}

/// The number of days that the page shows.
const DAYS: i32 = 90;

/// Handles `GET /accounts`.
pub(super) async fn show(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Query(query): Query<AccountsQuery>,
) -> Result<Response> {
    let ids = match Session::of(&app, &jar) {
        Some(session) => app.bank.ids(&session.prefix()).await?,
        None => Vec::new(),
    };
    if ids.is_empty() {
        return Ok(Redirect::to("/").into_response());
    }
    let mut connections = Vec::new();
    for id in &ids {
        let result = read(&app.bank, id).await;
        connections.push((parse_id(id).map_or("", |parsed| parsed.0), result));
    }
    let main = html! {
        @if query.notice.as_deref() == Some("refreshed") {
            p.notice role="status" { "Access refreshed. You did not need to sign in at your bank." }
        }
        @if connections.iter().any(|(_, result)| result.is_ok()) { h1 { "Your accounts" } } @else { h1 { "Your connection" } }
        @for (name, result) in &connections { (connection_section(name, result)) }
        form action="/connect" method="post" { button.plain { "Connect another bank" } }
    };
    Ok(page("Your accounts", &main))
}

/// Handles `POST /refresh`.
pub(super) async fn refresh(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Form(form): Form<ConnectionForm>,
) -> Result<Response> {
    let session = Session::of(&app, &jar).ok_or(Error::NotConnected)?;
    app.bank.refresh(&form.id(&session)?).await?;
    Ok(Redirect::to("/accounts?notice=refreshed").into_response())
}

/// Handles `POST /disconnect`. The connection is deleted at TrueLayer too.
pub(super) async fn disconnect(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Form(form): Form<ConnectionForm>,
) -> Result<Response> {
    let session = Session::of(&app, &jar).ok_or(Error::NotConnected)?;
    app.bank.delete(&form.id(&session)?).await?;
    let is_last = app.bank.ids(&session.prefix()).await?.is_empty();
    Ok(Redirect::to(if is_last { "/?notice=disconnected" } else { "/accounts" }).into_response())
}

impl ConnectionForm {
    /// Returns the id of the connection in the browser's session.
    fn id(&self, session: &Session) -> Result<String, Error> {
        let id = session.id(&self.connection);
        if parse_id(&id).is_some() { Ok(id) } else { Err(Error::NotConnected) }
    }
}

/// Reads the data of a connection.
#[expect(clippy::redundant_closure_for_method_calls, reason = "a method of `Data<'_>` is for one lifetime alone")]
async fn read(bank: &Bank, id: &str) -> Result<ConnectionData, Error> {
    let me = bank.data(id, |data| Ok(data.me())).await?;
    let holder = bank.data(id, |data| data.info()).await?.full_name;
    let mut accounts = Vec::new();
    for account in bank.data(id, |data| data.accounts()).await? {
        accounts.push(read_account(bank, id, account).await?);
    }
    let expires_at = bank.connection(id).await?.expires_at();
    let expires_at = expires_at.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    Ok(ConnectionData { me, holder, accounts, expires_at })
}

async fn read_account(bank: &Bank, id: &str, account: Account) -> Result<AccountData, Error> {
    let balance = bank.data(id, |data| data.balance(&account.account_id)).await?;
    let transactions = match bank.data(id, |data| data.transactions(&account.account_id, first_day()..)).await {
        Ok(mut transactions) => {
            transactions.sort_by_key(|entry| std::cmp::Reverse(entry.timestamp));
            Ok(transactions)
        }
        Err(error) => Err(missing_transactions(&error).ok_or(error)?),
    };
    Ok(AccountData { account, balance, transactions })
}

/// Returns the reason for an account without transactions, if everything else of the connection works.
fn missing_transactions(error: &Error) -> Option<&'static str> {
    match error.recovery() {
        Recovery::NarrowRequest => Some(
            "Your bank shares the transactions of this account only for a few minutes after you sign in. \
             To see them, connect your bank again.",
        ),
        Recovery::Unsupported => Some("Your bank does not share the transactions of this account."),
        _ => None,
    }
}

fn today() -> Date {
    let now = i64::try_from(unix_time()).unwrap_or_default();
    OffsetDateTime::from_unix_timestamp(now).map_or(Date::MIN, OffsetDateTime::date)
}

fn first_day() -> Date {
    Date::from_julian_day(today().to_julian_day() - DAYS).unwrap_or(Date::MIN)
}

fn connection_section(name: &str, result: &Result<ConnectionData, Error>) -> Markup {
    html! {
        section.connection {
            @match result {
                Ok(data) => {
                    (about(data))
                    (actions(name))
                    @for account in &data.accounts { (account_card(account)) }
                }
                Err(error) => {
                    p.error role="alert" { (connection_text(error)) }
                    form action="/connect" method="post" { button { "Connect your bank again" } }
                    (actions(name))
                }
            }
        }
    }
}

/// Returns the explanation of a connection that cannot be read. It is there, so that its access has ended.
fn connection_text(error: &Error) -> String {
    match error {
        Error::NotConnected => "Access has expired and cannot be extended. Please connect your bank again.".to_owned(),
        error => text(error),
    }
}

fn about(data: &ConnectionData) -> Markup {
    let bank = data.me.provider_name.as_deref().unwrap_or("Your bank");
    let minutes = data.expires_at.saturating_sub(unix_time()).div_ceil(60);
    html! {
        p.about {
            b { (bank) }
            @if let Some(holder) = &data.holder { " · " (holder) }
            @if let Some(end) = data.me.consent_expires_at { " · you allowed access until " (day(end.date())) }
            " · access is refreshed in " (minutes) " min"
        }
    }
}

fn actions(name: &str) -> Markup {
    html! {
        div.actions {
            form action="/refresh" method="post" {
                input type="hidden" name="connection" value=(name);
                button.plain { "Refresh access now" }
            }
            form action="/disconnect" method="post" {
                input type="hidden" name="connection" value=(name);
                button.plain { "Disconnect" }
            }
        }
    }
}

fn account_card(AccountData { account, balance, transactions }: &AccountData) -> Markup {
    let number = &account.account_number;
    let amount = |amount| money(amount, &account.currency);
    html! {
        article.card {
            header {
                div {
                    h2 { (account.display_name) }
                    p {
                        @match &account.account_type {
                            Some(AccountType::Savings | AccountType::BusinessSavings) => "Savings",
                            _ => "Current",
                        }
                        @if let (Some(sort_code), Some(number)) = (&number.sort_code, &number.number) {
                            " · " (sort_code) " " (number)
                        } @else if let Some(iban) = &number.iban { " · " (iban) }
                    }
                }
                p.balance {
                    b { (amount(balance.current)) }
                    @if let Some(available) = balance.available { span { (amount(available)) " available" } }
                }
            }
            @match transactions {
                Ok(transactions) => (history(account, balance, transactions)),
                Err(reason) => p.notice { (reason) },
            }
        }
    }
}

fn history(account: &Account, balance: &Balance, transactions: &[Transaction]) -> Markup {
    let changes = transactions.iter().filter_map(|entry| Some((entry.timestamp?.date(), entry.amount)));
    html! {
        (chart(&account.display_name, &account.currency, changes, balance.current, first_day(), today()))
        details open[transactions.len() < 12] {
            summary { "Transactions of the last " (DAYS) " days (" (transactions.len()) ")" }
            div.scroll tabindex="0" role="region" aria-label=(format!("Transactions, {}", account.display_name)) {
                table {
                    caption { (account.display_name) ", the newest first" }
                    thead { tr {
                        th scope="col" { "Day" } th scope="col" { "Description" }
                        th.number scope="col" { "Amount" } th.number scope="col" { "Balance" }
                    } }
                    tbody { @for entry in transactions { (row(entry)) } }
                }
            }
        }
    }
}

fn row(entry: &Transaction) -> Markup {
    html! {
        tr {
            td { @if let Some(time) = entry.timestamp { (short_day(time.date())) } }
            th scope="row" { (entry.merchant_name.as_ref().unwrap_or(&entry.description)) }
            td.number.in[entry.amount.is_sign_positive()] { (money(entry.amount, &entry.currency)) }
            td.number { @if let Some(balance) = entry.running_balance { (money(balance, &entry.currency)) } }
        }
    }
}
