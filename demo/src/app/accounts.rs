//! `/accounts`: the accounts of each connection, and its actions.

use auth_link::client::Recovery;
use auth_link::data::{Account, AccountType, Balance, Data, Date, List, Me, OffsetDateTime, Transaction};
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::PrivateCookieJar;
use maud::{Markup, html};
use serde::Deserialize;

use super::chart::chart;
use super::connection::Connection;
use super::error::AppError;
use super::money::{day, money, short_day};
use super::page::page;
use super::refresh::{self, RefreshIf};
use super::state::Shared;
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
    accounts: Vec<(Account, Balance, List<Transaction>)>,
    expires_at: u64,
}

/// The number of days that the page shows.
const DAYS: i32 = 90;

/// Handles `GET /accounts`.
pub(super) async fn show(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Query(query): Query<AccountsQuery>,
) -> Result<Response, AppError> {
    let session = app.cookies.session(&jar).unwrap_or_default();
    let ids = app.store.ids(&session).await?;
    if ids.is_empty() {
        return Ok(Redirect::to("/").into_response());
    }
    let mut connections = Vec::new();
    for id in ids {
        let result = read(&app, &session, &id).await;
        connections.push((id, result));
    }
    let main = html! {
        @if query.notice.as_deref() == Some("refreshed") {
            p.notice role="status" { "Access refreshed. You did not need to sign in at your bank." }
        }
        @if connections.iter().any(|(_, result)| result.is_ok()) { h1 { "Your accounts" } } @else { h1 { "Your connection" } }
        @for (id, result) in &connections { (connection_section(id, result)) }
        form action="/connect" method="post" { button.plain { "Connect another bank" } }
    };
    Ok(page("Your accounts", &main))
}

/// Handles `POST /refresh`.
pub(super) async fn refresh(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Form(ConnectionForm { connection }): Form<ConnectionForm>,
) -> Result<Response, AppError> {
    let session = app.cookies.session(&jar).unwrap_or_default();
    let connection = refresh::connection(&app, &session, &connection, RefreshIf::Always).await?;
    connection.ok_or(AppError::NoConnection)?;
    Ok(Redirect::to("/accounts?notice=refreshed").into_response())
}

/// Handles `POST /disconnect`.
pub(super) async fn disconnect(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Form(ConnectionForm { connection }): Form<ConnectionForm>,
) -> Result<Response, AppError> {
    let session = app.cookies.session(&jar).unwrap_or_default();
    let result = match refresh::connection(&app, &session, &connection, RefreshIf::Expired).await {
        Ok(Some(Connection { access_token, .. })) => app.http.send(app.client.delete_connection(&access_token)).await,
        Ok(None) => return Err(AppError::NoConnection),
        Err(error) => Err(error),
    };
    match result {
        // TrueLayer may have deleted the connection already.
        Err(error) if !matches!(error.recovery(), Some(Recovery::Reauthorize | Recovery::Refresh)) => {
            return Err(error);
        }
        _ => {}
    }
    app.store.remove(&session, &connection).await?;
    let is_last = app.store.ids(&session).await?.is_empty();
    Ok(Redirect::to(if is_last { "/?notice=disconnected" } else { "/accounts" }).into_response())
}

/// Reads the data of a connection. If TrueLayer rejects the access token, the token is refreshed once.
async fn read(app: &Shared, session: &str, id: &str) -> Result<ConnectionData, AppError> {
    let connection = refresh::connection(app, session, id, RefreshIf::Expired).await?.ok_or(AppError::NoConnection)?;
    match read_with(app, &connection).await {
        Err(error) if error.recovery() == Some(Recovery::Refresh) => {
            let condition = RefreshIf::Rejected(connection.access_token);
            let connection = refresh::connection(app, session, id, condition).await?.ok_or(AppError::NoConnection)?;
            read_with(app, &connection).await
        }
        result => result,
    }
}

/// Reads the data of a connection with its current access token.
async fn read_with(app: &Shared, connection: &Connection) -> Result<ConnectionData, AppError> {
    let data = app.client.data(&connection.access_token);
    let me = app.http.send(data.me()).await?;
    let holder = app.http.send(data.info()?).await?.full_name;
    let mut accounts = Vec::new();
    for account in app.http.send(data.accounts()?).await? {
        accounts.push(read_account(app, &data, account).await?);
    }
    Ok(ConnectionData { me, holder, accounts, expires_at: connection.expires_at })
}

async fn read_account(
    app: &Shared,
    data: &Data<'_>,
    account: Account,
) -> Result<(Account, Balance, List<Transaction>), AppError> {
    let balance = app.http.send(data.balance(&account.account_id)?).await?;
    let mut transactions = app.http.send(data.transactions(&account.account_id, first_day()..)?).await?;
    transactions.sort_by_key(|entry| std::cmp::Reverse(entry.timestamp));
    Ok((account, balance, transactions))
}

fn today() -> Date {
    let now = i64::try_from(unix_time()).unwrap_or_default();
    OffsetDateTime::from_unix_timestamp(now).map_or(Date::MIN, OffsetDateTime::date)
}

fn first_day() -> Date {
    Date::from_julian_day(today().to_julian_day() - DAYS).unwrap_or(Date::MIN)
}

fn connection_section(id: &str, result: &Result<ConnectionData, AppError>) -> Markup {
    html! {
        section.connection {
            @match result {
                Ok(data) => {
                    (about(data))
                    (actions(id))
                    @for (account, balance, transactions) in &data.accounts { (account_card(account, balance, transactions)) }
                }
                Err(error) => {
                    p.error role="alert" { (error.text()) }
                    form action="/connect" method="post" { button { "Connect your bank again" } }
                    (actions(id))
                }
            }
        }
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

fn actions(id: &str) -> Markup {
    html! {
        div.actions {
            form action="/refresh" method="post" {
                input type="hidden" name="connection" value=(id);
                button.plain { "Refresh access now" }
            }
            form action="/disconnect" method="post" {
                input type="hidden" name="connection" value=(id);
                button.plain { "Disconnect" }
            }
        }
    }
}

fn account_card(account: &Account, balance: &Balance, transactions: &[Transaction]) -> Markup {
    let number = &account.account_number;
    let amount = |amount| money(amount, &account.currency);
    let changes = transactions.iter().filter_map(|entry| Some((entry.timestamp?.date(), entry.amount)));
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
