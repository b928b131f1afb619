//! `/accounts`: what a connection gives, and what may be done with it.

use auth_link::client::Recovery;
use auth_link::data::{Account, AccountType, Balance, Data, Date, Me, OffsetDateTime, Transaction};
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::PrivateCookieJar;
use maud::{Markup, html};
use serde::Deserialize;

use super::Shared;
use super::chart::chart;
use super::connections::{Connection, Renew};
use super::money::{day, money, short_day};
use super::page::{self, Trouble};
use crate::clock::unix_time;

#[derive(Deserialize)]
pub(super) struct Asked {
    notice: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Which {
    connection: String,
}

/// A connection as the page shows it.
struct Seen {
    me: Me,
    holder: Option<String>,
    accounts: Vec<(Account, Balance, Vec<Transaction>)>,
    expires_at: u64,
}

/// The days that are shown.
const DAYS: i32 = 90;

/// `GET /accounts`.
pub(super) async fn show(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let session = app.session(&jar).unwrap_or_default();
    let ids = app.store.ids(&session).await?;
    if ids.is_empty() {
        return Ok(Redirect::to("/").into_response());
    }
    let mut shown = Vec::new();
    for id in ids {
        let seen = see(&app, &session, &id).await;
        shown.push((id, seen));
    }
    let main = html! {
        @if asked.notice.as_deref() == Some("renewed") {
            p.notice role="status" { "Access renewed. The bank was not asked, and you did not have to sign in." }
        }
        @if shown.iter().any(|(_, seen)| seen.is_ok()) { h1 { "Your accounts" } } @else { h1 { "Your connection" } }
        @for (id, seen) in &shown { (connection(id, seen)) }
        form action="/connect" method="post" { button.plain { "Connect another bank" } }
    };
    Ok(page::page("Your accounts", &main))
}

/// `POST /renew`.
pub(super) async fn renew(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Form(Which { connection }): Form<Which>,
) -> Result<Response, Trouble> {
    let session = app.session(&jar).unwrap_or_default();
    app.connection(&session, &connection, Renew::Now).await?.ok_or(Trouble::NoConnection)?;
    Ok(Redirect::to("/accounts?notice=renewed").into_response())
}

/// `POST /disconnect`.
pub(super) async fn disconnect(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Form(Which { connection }): Form<Which>,
) -> Result<Response, Trouble> {
    let session = app.session(&jar).unwrap_or_default();
    let ended = match app.connection(&session, &connection, Renew::IfEnded).await {
        Ok(Some(Connection { access_token, .. })) => app.send(app.client.delete_connection(&access_token)).await,
        Ok(None) => return Err(Trouble::NoConnection),
        Err(trouble) => Err(trouble),
    };
    match ended {
        // Where it has ended already there is nothing to end.
        Err(trouble) if !matches!(trouble.recovery(), Some(Recovery::Reauthorize | Recovery::Refresh)) => {
            return Err(trouble);
        }
        _ => {}
    }
    app.store.remove(&session, &connection).await?;
    let is_last = app.store.ids(&session).await?.is_empty();
    Ok(Redirect::to(if is_last { "/?notice=disconnected" } else { "/accounts" }).into_response())
}

/// Asks TrueLayer for all that is shown. Where it does not know the token any more, it is asked once more with a new one.
async fn see(app: &Shared, session: &str, id: &str) -> Result<Seen, Trouble> {
    let connection = app.connection(session, id, Renew::IfEnded).await?.ok_or(Trouble::NoConnection)?;
    match see_with(app, &connection).await {
        Err(trouble) if trouble.recovery() == Some(Recovery::Refresh) => {
            let renew = Renew::IfStill(connection.access_token);
            let connection = app.connection(session, id, renew).await?.ok_or(Trouble::NoConnection)?;
            see_with(app, &connection).await
        }
        seen => seen,
    }
}

async fn see_with(app: &Shared, connection: &Connection) -> Result<Seen, Trouble> {
    let data = app.client.data(&connection.access_token);
    let me = app.send(data.me()).await?;
    let holder = app.send(data.info()?).await?.full_name;
    let mut accounts = Vec::new();
    for account in app.send(data.accounts()?).await? {
        accounts.push(see_account(app, &data, account).await?);
    }
    Ok(Seen { me, holder, accounts, expires_at: connection.expires_at })
}

async fn see_account(
    app: &Shared,
    data: &Data<'_>,
    account: Account,
) -> Result<(Account, Balance, Vec<Transaction>), Trouble> {
    let balance = app.send(data.balance(&account.account_id)?).await?;
    let mut transactions = app.send(data.transactions(&account.account_id, first_day()..)?).await?;
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

fn connection(id: &str, seen: &Result<Seen, Trouble>) -> Markup {
    html! {
        section.connection {
            @match seen {
                Ok(seen) => {
                    (about(seen))
                    (actions(id))
                    @for (account, balance, transactions) in &seen.accounts { (account_card(account, balance, transactions)) }
                }
                Err(trouble) => {
                    p.fault role="alert" { (trouble.text()) }
                    form action="/connect" method="post" { button { "Sign in again" } }
                    (actions(id))
                }
            }
        }
    }
}

fn about(seen: &Seen) -> Markup {
    let bank = seen.me.provider_name.as_deref().unwrap_or("Your bank");
    let minutes = seen.expires_at.saturating_sub(unix_time()).div_ceil(60);
    html! {
        p.about {
            b { (bank) }
            @if let Some(holder) = &seen.holder { " · " (holder) }
            @if let Some(end) = seen.me.consent_expires_at { " · you allowed this until " (day(end.date())) }
            " · access renews itself in " (minutes) " min"
        }
    }
}

fn actions(id: &str) -> Markup {
    html! {
        div.actions {
            form action="/renew" method="post" {
                input type="hidden" name="connection" value=(id);
                button.plain { "Renew access now" }
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
            (chart(&account.display_name, &account.currency, transactions, balance.current, first_day(), today()))
            details open[transactions.len() < 12] {
                summary { "Transactions of the last " (DAYS) " days (" (transactions.len()) ")" }
                div.scroll tabindex="0" role="region" aria-label=(format!("Transactions, {}", account.display_name)) {
                    table {
                        caption { (account.display_name) ", the newest first" }
                        thead { tr {
                            th scope="col" { "Day" } th scope="col" { "What" }
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
