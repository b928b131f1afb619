//! Connects a user's bank accounts, and shows them: Rocket, with the users in private cookies.
//!
//! A private cookie holds the user. Pending authorizations are in the sealed cookies of `PendingCookies`: those have one name for
//! each authorization, end after ten minutes, and are bound to the link.

mod page;
mod request_head;

use std::env::var;
use std::sync::LazyLock;

use auth_link::cookies::{PendingCookies, cookie_text};
use auth_link::{AuthLink, auth_link};
use auth_link_reqwest::HttpClient;
use auth_link_store::{Connections, Keys, SqliteStore};
use maud::html;
use page::{PageError, Redirect};
use request_head::RequestHead;
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::response::content::RawHtml;
use rocket::{State, get, head, post, routes};

static CONNECT: LazyLock<AuthLink> = LazyLock::new(|| {
    auth_link!(
        client_id = { var("CLIENT_ID").unwrap_or_default() },
        redirect_uri = "http://localhost:3104/callback",
        scope = [info, accounts, balance, offline_access],
        providers = [uk_cs_mock],
        auth_server = { var("AUTH_SERVER").ok() }, // a mock server; TrueLayer's without it
    )
    .expect("CLIENT_ID and AUTH_SERVER should be valid")
});

struct App {
    cookies: PendingCookies,
    bank: Connections<SqliteStore, HttpClient>,
}

/// Returns the user, whose id is the name of the connection too.
fn user(jar: &CookieJar<'_>) -> Result<String, Status> {
    jar.get_private("user").map(|cookie| cookie.value().to_owned()).ok_or(Status::Unauthorized)
}

/// Signs a new user in. Put your own sign-in here.
#[post("/sign-in")]
fn sign_in(jar: &CookieJar<'_>) -> Result<Redirect, Status> {
    let key = auth_link_store::Key::generate().map_err(|_| Status::ServiceUnavailable)?;
    // The default is `Strict`: browsers do not send such a cookie when they return from the bank.
    jar.add_private(Cookie::build(("user", key.expose().to_string())).same_site(SameSite::Lax));
    Ok(Redirect { location: "/accounts".to_owned(), set_cookies: Vec::new() })
}

#[post("/connect")]
fn connect(app: &State<App>, jar: &CookieJar<'_>, request: RequestHead) -> Result<Redirect, PageError> {
    let begun = app.cookies.begin(&CONNECT, &cookie_text(request.0.headers()), &user(jar)?)?;
    Ok(Redirect { location: begun.url, set_cookies: begun.set_cookies })
}

#[get("/callback")]
async fn callback(app: &State<App>, request: RequestHead) -> Result<Redirect, PageError> {
    let finished = app.cookies.finish_request::<String, _>(&request.0)?;
    match app.bank.connect(&finished.data, finished.code).await {
        Ok(()) => Ok(Redirect { location: "/accounts".to_owned(), set_cookies: finished.set_cookies }),
        Err(error) => Err(PageError { set_cookies: finished.set_cookies, ..error.into() }),
    }
}

/// Refuses a `HEAD` request. Without this route, Rocket responds to it by the handler of `GET`, which uses the code.
#[head("/callback")]
fn head_of_callback() -> Status {
    Status::MethodNotAllowed
}

#[get("/accounts")]
async fn accounts(app: &State<App>, jar: &CookieJar<'_>) -> Result<RawHtml<String>, PageError> {
    let accounts = app.bank.data(&user(jar)?, |data| data.accounts()).await?;
    let page = html! { h1 { "Your accounts" } ul { @for account in &accounts { li { (account.display_name) } } } };
    Ok(RawHtml(page.into_string()))
}

/// Returns a setting of the environment.
fn setting(name: &str) -> Result<String, String> {
    var(name).map_err(|_| format!("set {name}"))
}

#[rocket::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = CONNECT.client(setting("CLIENT_SECRET")?.parse()?);
    let (store, keys) = (SqliteStore::open("bank.db").await?, Keys::new(setting("BANK_KEY")?.parse()?));
    let bank = Connections::new(client, HttpClient::new()?, store, keys);
    let cookies = PendingCookies::new(&CONNECT, setting("COOKIE_KEY")?.parse()?);
    let config = rocket::Config::figment().merge(("port", 3104)).merge(("secret_key", setting("SESSION_KEY")?));
    let routes = routes![sign_in, connect, callback, head_of_callback, accounts];
    rocket::custom(config).manage(App { cookies, bank }).mount("/", routes).launch().await?;
    Ok(())
}
