//! Connects a user's bank accounts, and shows them: axum, pending authorizations in cookies, and tokens in a database file.

mod user;

use std::env::var;
use std::sync::LazyLock;

use auth_link::{AuthLink, auth_link, cookies::PendingCookies};
use auth_link_axum::{Begin, ErrorPages, Finished, Redirect, Result};
use auth_link_reqwest::HttpClient;
use auth_link_store::{Connections, Keys, SqliteStore};
use axum::{Router, extract::FromRef, extract::State, routing::get, routing::post};
use maud::{Markup, html};
use user::User;

static CONNECT: LazyLock<AuthLink> = LazyLock::new(|| {
    auth_link!(
        client_id = { var("CLIENT_ID").unwrap_or_default() },
        redirect_uri = "http://localhost:3101/callback",
        scope = [info, accounts, balance, offline_access],
        providers = [uk_cs_mock],
        auth_server = { var("AUTH_SERVER").ok() }, // a mock server; TrueLayer's without it
    )
    .expect("CLIENT_ID and AUTH_SERVER should be valid")
});

#[derive(Clone, FromRef)]
struct App {
    cookies: PendingCookies,
    bank: Connections<SqliteStore, HttpClient>,
}

async fn connect(begin: Begin, user: User) -> Result<Redirect> {
    begin.redirect(&CONNECT, &user.id)
}

async fn callback(State(app): State<App>, finished: Finished<String>) -> Result<Redirect> {
    let cookies = finished.exchange(async |user, code| app.bank.connect(&user, code).await).await?;
    Ok(cookies.redirect("/accounts"))
}

async fn accounts(State(app): State<App>, user: User) -> Result<Markup> {
    let accounts = app.bank.data(&user.id, |data| data.accounts()).await?;
    Ok(html! { h1 { "Your accounts" } ul { @for account in &accounts { li { (account.display_name) } } } })
}

fn error_page(error: &auth_link::Error) -> Markup {
    eprintln!("{error}");
    let title = if error.is_cancelled() { "You cancelled" } else { "Your bank could not be reached" };
    html! { h1 { (title) } form method="post" action="/connect" { button { "Connect your bank" } } }
}

/// Returns a setting of the environment.
fn setting(name: &str) -> Result<String, String> {
    var(name).map_err(|_| format!("set {name}"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = CONNECT.client(setting("CLIENT_SECRET")?.parse()?);
    let (store, keys) = (SqliteStore::open("bank.db").await?, Keys::new(setting("BANK_KEY")?.parse()?));
    let bank = Connections::new(client, HttpClient::new()?, store, keys);
    let cookies = PendingCookies::new(&CONNECT, setting("COOKIE_KEY")?.parse()?);
    let router = Router::new()
        .route("/sign-in", post(user::sign_in))
        .route("/connect", post(connect))
        .route("/callback", get(callback).post(callback))
        .route("/accounts", get(accounts))
        .layer(ErrorPages::new(error_page))
        .with_state(App { cookies, bank });
    Ok(axum::serve(tokio::net::TcpListener::bind("127.0.0.1:3101").await?, router).await?)
}
