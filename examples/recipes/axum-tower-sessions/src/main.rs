//! Connects a user's bank accounts, and shows them: axum, with the users in sessions of tower-sessions.
//!
//! The session holds the user. It does not hold pending authorizations: `auth-link-axum` seals each into a cookie, with the id of
//! its user. So an abandoned one ends by itself, and the callback needs no session.

use std::env::var;
use std::sync::LazyLock;

use auth_link::cookies::PendingCookies;
use auth_link::{AuthLink, auth_link};
use auth_link_axum::{Begin, ErrorPages, Finished, Redirect, Result};
use auth_link_reqwest::HttpClient;
use auth_link_store::{Connections, Keys, SqliteStore};
use axum::Router;
use axum::extract::{FromRef, FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response;
use axum::routing::{get, post};
use maud::{Markup, html};
use tower_sessions::cookie::SameSite;
use tower_sessions::{MemoryStore, Session, SessionManagerLayer};

static CONNECT: LazyLock<AuthLink> = LazyLock::new(|| {
    auth_link!(
        client_id = { var("CLIENT_ID").unwrap_or_default() },
        redirect_uri = "http://localhost:3102/callback",
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

/// The user of a session, whose id is the name of the connection too.
struct User {
    id: String,
}

impl<S: Send + Sync> FromRequestParts<S> for User {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let session = Session::from_request_parts(parts, state).await?;
        match session.get("user").await {
            Ok(Some(id)) => Ok(Self { id }),
            Ok(None) => Err((StatusCode::UNAUTHORIZED, "Sign in first.")),
            Err(_) => Err((StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment.")),
        }
    }
}

/// Signs a new user in. Put your own sign-in here.
async fn sign_in(session: Session) -> Result<response::Redirect, StatusCode> {
    let id = tower_sessions::session::Id::default().to_string();
    session.insert("user", id).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok(response::Redirect::to("/accounts"))
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
    // The default is `Strict`: browsers do not send such a cookie when they return from the bank, so that the user seems signed out.
    // Remove `with_secure` where the application has https.
    let sessions = SessionManagerLayer::new(MemoryStore::default()).with_same_site(SameSite::Lax).with_secure(false);
    let router = Router::new()
        .route("/sign-in", post(sign_in))
        .route("/connect", post(connect))
        .route("/callback", get(callback).post(callback))
        .route("/accounts", get(accounts))
        .layer(ErrorPages::new(error_page))
        .layer(sessions)
        .with_state(App { cookies, bank });
    Ok(axum::serve(tokio::net::TcpListener::bind("127.0.0.1:3102").await?, router).await?)
}
