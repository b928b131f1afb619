//! Connects a user's bank accounts, and shows them: actix-web, with the users in sessions of actix-session.
//!
//! The session holds the user. It does not hold pending authorizations: each has a sealed cookie of its own, with the id of its
//! user. A session in one cookie is full after a few abandoned authorizations, and drops the new ones.

mod page_error;

use std::env::var;
use std::sync::LazyLock;

use actix_session::config::CookieContentSecurity;
use actix_session::storage::CookieSessionStore;
use actix_session::{Session, SessionMiddleware};
use actix_web::cookie::{Key, SameSite};
use actix_web::error::{ErrorBadRequest, ErrorServiceUnavailable, ErrorUnauthorized};
use actix_web::http::header::{CACHE_CONTROL, COOKIE, LOCATION, SET_COOKIE};
use actix_web::web::{Bytes, Data, Html, get, post, resource};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use auth_link::cookies::PendingCookies;
use auth_link::http::Request;
use auth_link::{AuthLink, auth_link};
use auth_link_reqwest::HttpClient;
use auth_link_store::{Connections, Keys, SqliteStore};
use maud::html;
use page_error::PageError;

static CONNECT: LazyLock<AuthLink> = LazyLock::new(|| {
    auth_link!(
        client_id = { var("CLIENT_ID").unwrap_or_default() },
        redirect_uri = "http://localhost:3103/callback",
        scope = [info, accounts, balance, offline_access],
        providers = [uk_cs_mock],
        auth_server = { var("AUTH_SERVER").ok() }, // a mock server; TrueLayer's without it
    )
    .expect("CLIENT_ID and AUTH_SERVER should be valid")
});

type Bank = Connections<SqliteStore, HttpClient>;

/// Returns the user of a session, whose id is the name of the connection too.
fn user(session: &Session) -> actix_web::Result<String> {
    session.get("user")?.ok_or_else(|| ErrorUnauthorized("Sign in first."))
}

/// Signs a new user in. Put your own sign-in here.
async fn sign_in(session: Session) -> actix_web::Result<HttpResponse> {
    let id = auth_link_store::Key::generate().map_err(ErrorServiceUnavailable)?;
    session.insert("user", id.expose().as_str())?;
    Ok(redirect("/accounts", Vec::new()))
}

async fn connect(
    cookies: Data<PendingCookies>,
    request: HttpRequest,
    session: Session,
) -> actix_web::Result<HttpResponse> {
    let values = request.headers().get_all(COOKIE).filter_map(|value| value.to_str().ok());
    let header = values.collect::<Vec<_>>().join("; ");
    let begun = cookies.begin(&CONNECT, &header, &user(&session)?).map_err(PageError::from)?;
    Ok(redirect(&begun.url, begun.set_cookies))
}

/// Receives each method, so that a `HEAD` request is refused like another.
async fn callback(
    cookies: Data<PendingCookies>,
    bank: Data<Bank>,
    request: HttpRequest,
    body: Bytes,
) -> actix_web::Result<HttpResponse> {
    let request = copy(&request, body)?;
    let finished = cookies.finish_request::<String, _>(&request).map_err(PageError::from)?;
    match bank.connect(&finished.data, finished.code).await {
        Ok(()) => Ok(redirect("/accounts", finished.set_cookies)),
        Err(error) => Err(PageError { error, set_cookies: finished.set_cookies }.into()),
    }
}

async fn accounts(bank: Data<Bank>, session: Session) -> actix_web::Result<Html> {
    let user = user(&session)?;
    let accounts = bank.data(&user, |data| data.accounts()).await.map_err(PageError::from)?;
    let page = html! { h1 { "Your accounts" } ul { @for account in &accounts { li { (account.display_name) } } } };
    Ok(Html::new(page.into_string()))
}

fn redirect(location: &str, set_cookies: Vec<String>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, location)).insert_header((CACHE_CONTROL, "no-store"));
    for cookie in set_cookies {
        response.append_header((SET_COOKIE, cookie));
    }
    response.finish()
}

/// Copies a request to the types of `http` 1. actix-web has those of `http` 0.2.
fn copy(request: &HttpRequest, body: Bytes) -> actix_web::Result<Request<Bytes>> {
    let mut copy = Request::builder().method(request.method().as_str()).uri(request.uri().to_string());
    for (name, value) in request.headers() {
        copy = copy.header(name.as_str(), value.as_bytes());
    }
    copy.body(body).map_err(ErrorBadRequest)
}

/// Returns a setting of the environment.
fn setting(name: &str) -> Result<String, String> {
    var(name).map_err(|_| format!("set {name}"))
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = CONNECT.client(setting("CLIENT_SECRET")?.parse()?);
    let (store, keys) = (SqliteStore::open("bank.db").await?, Keys::new(setting("BANK_KEY")?.parse()?));
    let bank = Data::new(Connections::new(client, HttpClient::new()?, store, keys));
    let cookies = Data::new(PendingCookies::new(&CONNECT, setting("COOKIE_KEY")?.parse()?));
    let session_key = Key::try_from(setting("SESSION_KEY")?.as_bytes())?;
    let app = move || {
        let sessions = SessionMiddleware::builder(CookieSessionStore::default(), session_key.clone())
            .cookie_same_site(SameSite::Lax)
            .cookie_content_security(CookieContentSecurity::Private)
            .cookie_secure(false) // Remove it where the application has https.
            .build();
        App::new()
            .app_data(cookies.clone())
            .app_data(bank.clone())
            .wrap(sessions)
            .route("/sign-in", post().to(sign_in))
            .route("/connect", post().to(connect))
            .service(resource("/callback").to(callback))
            .route("/accounts", get().to(accounts))
    };
    Ok(HttpServer::new(app).workers(2).bind("127.0.0.1:3103")?.run().await?)
}
