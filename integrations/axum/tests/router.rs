//! Authorizations through a router: callbacks by each method, and the responses to each error.

use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use auth_link::client::{TransportError, TransportErrorKind};
use auth_link::cookies::{CookieKey, PendingCookies};
use auth_link::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use auth_link::http::{HeaderMap, Method, Request, Response, StatusCode};
use auth_link::{AuthLink, AuthorizationCode, PendingAuthorization, auth_link};
use auth_link_axum::{Begin, Error, ErrorPages, Finished, Redirect, Result, SetCookies};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::FromRef;
use axum::response::Html;
use axum::routing::{get, post};
use axum::{Json, Router};
use tower::ServiceExt;

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]);

static BY_FORM: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    response_mode = form_post,
);

#[derive(Clone, FromRef)]
struct App {
    cookies: PendingCookies,
    link: &'static AuthLink,
}

async fn connect(axum::extract::State(app): axum::extract::State<App>, begin: Begin) -> Result<Redirect> {
    begin.redirect(app.link, "user-1")
}

async fn connect_by_script(begin: Begin) -> Result<(SetCookies, Json<String>)> {
    let (cookies, url) = begin.url(&CONNECT, "user-1")?;
    Ok((cookies, Json(url)))
}

/// Begins an authorization with another value than a text.
async fn connect_number(begin: Begin) -> Result<Redirect> {
    begin.redirect(&CONNECT, &7)
}

/// Exchanges the code at a server that is down for the code `down`.
async fn exchange(user: String, code: AuthorizationCode) -> Result<(), auth_link::Error> {
    assert_eq!(user, "user-1");
    let refused = || TransportError::new(TransportErrorKind::Connect, "connection refused");
    if code.expose() == "down" { Err(refused().into()) } else { Ok(()) }
}

async fn callback(finished: Finished<String>) -> Result<Redirect> {
    assert_eq!(finished.data(), "user-1");
    let cookies = finished.exchange(exchange).await?;
    Ok(cookies.redirect("/accounts"))
}

fn router(link: &'static AuthLink) -> (Router, PendingCookies) {
    let cookies = PendingCookies::new(link, CookieKey::generate().unwrap());
    let router = Router::new()
        .route("/connect", post(connect))
        .route("/connect-by-get", get(connect))
        .route("/connect-by-script", post(connect_by_script))
        .route("/connect-number", post(connect_number))
        .route("/callback", get(callback).post(callback))
        .with_state(App { cookies: cookies.clone(), link });
    (router, cookies)
}

/// A browser: the cookies of one site, and the last authorization that began.
struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
    state: String,
}

/// A response whose body was received.
struct Received {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Browser {
    fn new(router: &Router) -> Self {
        Self { router: router.clone(), cookies: Vec::new(), state: String::new() }
    }

    /// Begins an authorization at a path.
    async fn begin(router: &Router, path: &str) -> Self {
        let mut browser = Self::new(router);
        browser.begin_another(path).await;
        browser
    }

    async fn begin_another(&mut self, path: &str) -> Received {
        let response = self.send(Request::post(path).body(Body::empty()).unwrap()).await;
        let url = match response.headers.get(LOCATION) {
            Some(location) => location.to_str().unwrap(),
            None => response.text.trim_matches('"'),
        };
        let state = url.split(['?', '&']).find_map(|pair| pair.strip_prefix("state="));
        state.unwrap().clone_into(&mut self.state);
        response
    }

    /// Sends a request with the browser's cookies, and stores those of the response.
    async fn send(&mut self, mut request: Request<Body>) -> Received {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        // As HTTP/2 may send them.
        for pair in pairs {
            request.headers_mut().append(COOKIE, pair.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let response = received(response).await;
        for cookie in response.headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(other, _)| other != name);
            if !cookie.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        response
    }

    fn query(&self, code: &str) -> String {
        format!("code={code}&state={}", self.state)
    }

    async fn get(&mut self, query: &str) -> Received {
        self.send(Request::get(format!("/callback?{query}")).body(Body::empty()).unwrap()).await
    }

    async fn post(&mut self, content_type: &str, body: impl Into<Body>) -> Received {
        let request = Request::post("/callback").header(CONTENT_TYPE, content_type);
        self.send(request.body(body.into()).unwrap()).await
    }

    /// Checks that the authorization can still be finished.
    async fn finishes(mut self) {
        let response = self.get(&self.query("c1")).await;
        assert_eq!(response.status, StatusCode::SEE_OTHER, "{}", response.text);
    }
}

async fn received(response: Response<Body>) -> Received {
    let (parts, body) = response.into_parts();
    let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
    Received { status: parts.status, headers: parts.headers, text }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Checks a page of an error.
fn assert_page(response: &Received, status: StatusCode, text: &str) {
    assert_eq!(response.status, status, "{}", response.text);
    assert_eq!(response.headers[CONTENT_TYPE], "text/html; charset=utf-8");
    assert_eq!(response.headers[CACHE_CONTROL], "no-store");
    assert_eq!(response.headers["referrer-policy"], "no-referrer");
    assert!(response.text.contains(text), "{}", response.text);
    assert!(response.text.contains("<html lang=\"en\">") && response.text.contains("role=\"alert\""));
}

#[tokio::test]
async fn a_callback_by_get_is_finished_and_its_cookie_is_removed() {
    let (router, _) = router(&CONNECT);
    let mut browser = Browser::new(&router);
    // Another cookie of the site, in another encoding.
    let latin1 = auth_link::http::HeaderValue::from_bytes(b"theme=caf\xe9").unwrap();
    let begun = browser.begin_another("/connect").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    assert!(begun.headers[LOCATION].to_str().unwrap().starts_with("https://auth.truelayer.com/?"));
    assert_eq!(begun.headers[CACHE_CONTROL], "no-store");
    assert_eq!(browser.cookies.len(), 1);
    let request = Request::get(format!("/callback?{}", browser.query("c1"))).header(COOKIE, latin1);
    let response = browser.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status, StatusCode::SEE_OTHER, "{}", response.text);
    assert_eq!(response.headers[LOCATION], "/accounts");
    assert_eq!(response.headers[CACHE_CONTROL], "no-store");
    assert_eq!(response.headers["referrer-policy"], "no-referrer");
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn an_authorization_that_a_script_began_is_finished() {
    let (router, _) = router(&CONNECT);
    let mut browser = Browser::new(&router);
    let begun = browser.begin_another("/connect-by-script").await;
    assert_eq!((begun.status, &begun.headers[CACHE_CONTROL]), (StatusCode::OK, &"no-store".parse().unwrap()));
    browser.finishes().await;
}

#[tokio::test]
async fn a_callback_by_a_form_is_finished_and_one_by_query_is_refused_if_the_link_requests_a_form() {
    let (router, _) = router(&BY_FORM);
    let mut browser = Browser::begin(&router, "/connect").await;
    let response = browser.post(FORM, browser.query("c1")).await;
    assert_eq!(response.status, StatusCode::SEE_OTHER, "{}", response.text);
    assert!(browser.cookies.is_empty());
    let mut browser = Browser::begin(&router, "/connect").await;
    let response = browser.get(&browser.query("c1")).await;
    assert_page(&response, StatusCode::BAD_REQUEST, "Your bank was not connected");
}

#[tokio::test]
async fn a_head_request_and_a_prefetch_use_nothing() {
    let (router, _) = router(&CONNECT);
    let mut browser = Browser::begin(&router, "/connect").await;
    let uri = format!("/callback?{}", browser.query("c1"));
    let head = Request::head(&uri).body(Body::empty()).unwrap();
    let response = browser.send(head).await;
    assert_eq!(response.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers[ALLOW], "GET, POST");
    for (name, value) in [("sec-purpose", "prefetch;prerender"), ("purpose", "prefetch"), ("x-moz", "prefetch")] {
        let prefetch = Request::get(&uri).header(name, value).body(Body::empty()).unwrap();
        let response = browser.send(prefetch).await;
        assert_page(&response, StatusCode::SERVICE_UNAVAILABLE, "This page cannot be loaded in advance");
        assert!(!response.headers.contains_key(ALLOW));
    }
    browser.finishes().await;
}

#[tokio::test]
async fn a_callback_in_another_browser_is_refused_and_ends_nothing() {
    let (router, _) = router(&CONNECT);
    let browser = Browser::begin(&router, "/connect").await;
    for mut other in [Browser::new(&router), Browser::begin(&router, "/connect").await] {
        let response = other.get(&browser.query("c1")).await;
        assert_page(&response, StatusCode::BAD_REQUEST, "You started in another browser");
        assert!(!response.headers.contains_key(SET_COOKIE));
    }
    browser.finishes().await;
}

#[tokio::test]
async fn a_callback_after_eleven_minutes_is_refused_and_its_cookie_is_removed() {
    let (router, cookies) = router(&CONNECT);
    let mut browser = Browser::new(&router);
    let pending = CONNECT.begin().unwrap();
    let state = pending.url.split(['?', '&']).find_map(|pair| pair.strip_prefix("state=")).unwrap();
    state.clone_into(&mut browser.state);
    let pending = pending.pending;
    let seconds = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs().to_string();
    for (age, status) in [(660, StatusCode::BAD_REQUEST), (540, StatusCode::SEE_OTHER)] {
        let began_at = SystemTime::now() - Duration::from_secs(age);
        let text = pending.expose().replacen(&seconds(pending.began_at()), &seconds(began_at), 1);
        let old: PendingAuthorization = text.parse().unwrap();
        let sealed = cookies.seal(&old, "", "user-1").unwrap();
        browser.cookies = vec![(format!("__Host-auth-link-{}", old.key()), sealed)];
        let response = browser.get(&browser.query("c1")).await;
        assert_eq!(response.status, status, "{age}");
        if age == 660 {
            assert_page(&response, status, "This took too long");
        }
        assert!(browser.cookies.is_empty());
    }
}

#[tokio::test]
async fn forty_stale_cookies_are_removed_by_the_next_begin() {
    let (router, _) = router(&CONNECT);
    let mut browser = Browser::new(&router);
    let stale = |index: u64| (format!("__Host-auth-link-{index:0>43}"), format!("1.k.l.b.{}.x", 1_000_000 + index));
    browser.cookies = (0..40).map(stale).collect();
    browser.cookies.push(("session".to_owned(), "s1".to_owned()));
    browser.begin_another("/connect").await;
    assert_eq!(browser.cookies.len(), 2, "the session and the new authorization");
    browser.finishes().await;
}

#[tokio::test]
async fn a_callback_that_arrives_twice_at_once_is_accepted_once() {
    let (router, _) = router(&CONNECT);
    let browser = Browser::begin(&router, "/connect").await;
    let send = || {
        let mut twin =
            Browser { router: router.clone(), cookies: browser.cookies.clone(), state: browser.state.clone() };
        async move { twin.get(&twin.query("c1")).await }
    };
    let (first, second) = tokio::join!(send(), send());
    let (accepted, refused) = if first.status == StatusCode::SEE_OTHER { (first, second) } else { (second, first) };
    assert_eq!(accepted.status, StatusCode::SEE_OTHER);
    assert_page(&refused, StatusCode::BAD_REQUEST, "This page was already loaded");
}

#[tokio::test]
async fn a_user_who_cancels_with_or_without_a_state_reads_so() {
    let (router, _) = router(&CONNECT);
    let mut browser = Browser::begin(&router, "/connect").await;
    // Anyone can send it without a state, so that it ends nothing.
    let response = browser.get("error=access_denied").await;
    assert_page(&response, StatusCode::FORBIDDEN, "You cancelled");
    assert!(!response.headers.contains_key(SET_COOKIE));
    let response = browser.get(&format!("error=access_denied&state={}", browser.state)).await;
    assert_page(&response, StatusCode::FORBIDDEN, "You cancelled");
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn an_error_of_the_bank_is_a_page_without_text_of_the_callback() {
    let (router, _) = router(&CONNECT);
    let mut browser = Browser::begin(&router, "/connect").await;
    let query = format!("error=temporarily_unavailable&error_description=%3Cb%3Eevil&state={}", browser.state);
    let response = browser.get(&query).await;
    assert_page(&response, StatusCode::BAD_GATEWAY, "The bank reported an error");
    assert!(!response.text.contains("evil") && !response.text.contains("temporarily"), "{}", response.text);
}

#[tokio::test]
async fn a_callback_over_64_kib_is_refused_before_it_is_received() {
    let (router, _) = router(&BY_FORM);
    let mut browser = Browser::begin(&router, "/connect").await;
    let fill = |length: usize| {
        let query = browser.query("c1");
        format!("{query}&x={}", "x".repeat(length - query.len() - "&x=".len()))
    };
    let (longest, too_long) = (fill(64 * 1024), fill(64 * 1024 + 1));
    let response = browser.post(FORM, too_long).await;
    assert_page(&response, StatusCode::BAD_REQUEST, "Your bank was not connected");
    // A body without an end.
    let response = browser.post(FORM, Body::new(Endless(0))).await;
    assert_page(&response, StatusCode::BAD_REQUEST, "Your bank was not connected");
    let response = browser.post(FORM, longest).await;
    assert_eq!(response.status, StatusCode::SEE_OTHER, "{}", response.text);
}

/// A body of any number of frames of 1 KiB. It fails the test when more than the limit is received.
struct Endless(usize);

impl axum::body::HttpBody for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<std::result::Result<http_body::Frame<Bytes>, Self::Error>>> {
        self.0 += 1;
        assert!(self.0 <= 65, "received beyond the limit");
        std::task::Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(&[b'x'; 1024])))))
    }
}

#[tokio::test]
async fn a_body_that_is_no_form_or_incomplete_is_refused_and_ends_nothing() {
    let (router, _) = router(&CONNECT);
    let mut browser = Browser::begin(&router, "/connect").await;
    let response = browser.post("application/json", format!("{{\"state\":\"{}\"}}", browser.state)).await;
    assert_page(&response, StatusCode::UNSUPPORTED_MEDIA_TYPE, "Your bank was not connected");
    let broken = futures_body(Err("reset by secret-peer"));
    let response = browser.post(FORM, broken).await;
    assert_page(&response, StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment");
    browser.finishes().await;
}

/// Returns a body of one frame or error.
fn futures_body(item: std::result::Result<Bytes, &'static str>) -> Body {
    struct Once(Option<std::result::Result<Bytes, &'static str>>);
    impl axum::body::HttpBody for Once {
        type Data = Bytes;
        type Error = &'static str;

        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<std::result::Result<http_body::Frame<Bytes>, Self::Error>>> {
            std::task::Poll::Ready(self.0.take().map(|item| item.map(http_body::Frame::data)))
        }
    }
    Body::new(Once(Some(item)))
}

#[tokio::test]
async fn a_failed_exchange_removes_the_cookie_and_a_reload_does_not_use_the_code_again() {
    let (router, _) = router(&CONNECT);
    let mut browser = Browser::begin(&router, "/connect").await;
    let query = browser.query("down");
    let cookies = browser.cookies.clone();
    let response = browser.get(&query).await;
    assert_page(&response, StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment");
    assert!(browser.cookies.is_empty(), "the cookie is removed");
    let response = browser.get(&query).await;
    assert_page(&response, StatusCode::BAD_REQUEST, "No connection is in progress");
    // A browser that lost the response still has the cookie.
    browser.cookies = cookies;
    let response = browser.get(&query).await;
    assert_page(&response, StatusCode::BAD_REQUEST, "This page was already loaded");
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn a_value_of_another_type_is_refused() {
    let (router, _) = router(&CONNECT);
    let mut browser = Browser::begin(&router, "/connect-number").await;
    let response = browser.get(&browser.query("c1")).await;
    assert_page(&response, StatusCode::BAD_REQUEST, "");
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn the_page_of_an_error_is_replaced_and_its_headers_stay() {
    let (router, _) = router(&CONNECT);
    let page = |error: &auth_link::Error| Html(format!("<p>{}</p>", error.is_cancelled()));
    let router = router.route("/fine", get(|| async { "fine" })).layer(ErrorPages::new(page));
    let mut browser = Browser::begin(&router, "/connect").await;
    let response = browser.get(&format!("error=access_denied&state={}", browser.state)).await;
    assert_eq!((response.status, response.text.as_str()), (StatusCode::FORBIDDEN, "<p>true</p>"));
    assert_eq!(response.headers[CACHE_CONTROL], "no-store");
    assert_eq!(response.headers.get_all(CONTENT_TYPE).iter().count(), 1);
    assert!(!response.headers.contains_key("content-security-policy"));
    assert!(browser.cookies.is_empty(), "the cookie is removed");
    let uri = format!("/callback?{}", browser.query("c1"));
    let head = browser.send(Request::builder().method(Method::HEAD).uri(uri).body(Body::empty()).unwrap()).await;
    assert_eq!((head.status, &head.headers[ALLOW]), (StatusCode::METHOD_NOT_ALLOWED, &"GET, POST".parse().unwrap()));
    let response = browser.send(Request::get("/fine").body(Body::empty()).unwrap()).await;
    assert_eq!((response.status, response.text.as_str()), (StatusCode::OK, "fine"));
}

#[tokio::test]
async fn a_replaced_page_may_have_its_own_status() {
    let (router, _) = router(&CONNECT);
    let page = |_: &auth_link::Error| (StatusCode::IM_A_TEAPOT, "tea");
    let response = Browser::new(&router.layer(ErrorPages::new(page))).get("error=access_denied").await;
    assert_eq!((response.status, response.text.as_str()), (StatusCode::IM_A_TEAPOT, "tea"));
    assert_eq!(response.headers[CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn the_layer_is_ready_when_its_service_is() {
    struct Closed;

    impl tower_service::Service<Request<Body>> for Closed {
        type Response = Response<Body>;
        type Error = &'static str;
        type Future = std::future::Ready<std::result::Result<Response<Body>, &'static str>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<std::result::Result<(), &'static str>> {
            Poll::Ready(Err("closed"))
        }

        fn call(&mut self, _: Request<Body>) -> Self::Future {
            std::future::ready(Ok(Response::default()))
        }
    }

    let service = tower_layer::Layer::layer(&ErrorPages::new(|_: &auth_link::Error| ()), Closed);
    let result = service.oneshot(Request::get("/").body(Body::empty()).unwrap()).await;
    assert_eq!(result.err(), Some("closed"));
}

#[tokio::test]
async fn a_user_without_a_bank_and_one_whom_nothing_helps_read_so() {
    async fn not_connected() -> Result<()> {
        Err(auth_link::Error::NotConnected.into())
    }
    async fn broken() -> Result<()> {
        Err(auth_link::Error::Store("altered".into()).into())
    }
    async fn ended() -> Result<()> {
        let call = CONNECT.client("the-secret".parse()?).refresh(&"r1".parse()?);
        let response = Response::builder().status(400).body("{\"error\":\"invalid_grant\"}").unwrap();
        let _ = call.parser.parse(response)?;
        Ok(())
    }
    let router: Router = Router::new().route("/a", get(not_connected)).route("/b", get(broken)).route("/c", get(ended));
    let page = async |path| Browser::new(&router).send(Request::get(path).body(Body::empty()).unwrap()).await;
    assert_page(&page("/a").await, StatusCode::BAD_REQUEST, "No bank is connected");
    assert_page(&page("/b").await, StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong");
    assert_page(&page("/c").await, StatusCode::BAD_GATEWAY, "Please connect your bank again");
}

#[tokio::test]
async fn debug_forms_name_their_type_and_show_no_secret() {
    async fn begin(begin: Begin) -> Result<(SetCookies, String)> {
        let shown = format!("{begin:?}");
        let (cookies, url) = begin.url(&CONNECT, "user-1")?;
        let state = url.split(['?', '&']).find_map(|pair| pair.strip_prefix("state=")).unwrap_or_default().to_owned();
        let shown = format!("{shown} {cookies:?} state={state}");
        Ok((cookies, shown))
    }
    async fn callback(finished: Finished<String>) -> Result<String> {
        let shown = format!("{finished:?}");
        let cookies = finished.exchange(exchange).await?;
        Ok(format!("{shown} {:?}", cookies.redirect("/accounts")))
    }
    let cookies = PendingCookies::new(&CONNECT, CookieKey::generate().unwrap());
    let router = Router::new()
        .route("/begin", post(begin))
        .route("/callback", get(callback))
        .with_state(App { cookies, link: &CONNECT });
    let mut browser = Browser::new(&router);
    let response = browser.send(Request::post("/begin").body(Body::empty()).unwrap()).await;
    let (shown, state) = response.text.split_once(" state=").unwrap();
    assert_eq!(shown, "Begin { .. } SetCookies { cookies: 1, .. }");
    let response = browser.get(&format!("code=c0de&state={state}")).await;
    let end = " Redirect { cookies: SetCookies { cookies: 1, .. }, .. }";
    assert!(response.text.starts_with("Finished { code: AuthorizationCode {") && response.text.ends_with(end));
    assert!(!response.text.contains("c0de") && !response.text.contains("user-1"), "{}", response.text);
    let error = Error::from(auth_link::Error::NotConnected);
    assert_eq!(error.to_string(), auth_link::Error::NotConnected.to_string());
    assert_eq!(format!("{error:?}"), format!("{:?}", auth_link::Error::NotConnected));
    assert!(matches!(error.get_ref(), auth_link::Error::NotConnected));
    let pages = ErrorPages::new(|_: &auth_link::Error| ());
    assert_eq!(format!("{pages:?}"), "ErrorPages { .. }");
    let mut service = tower_layer::Layer::layer(&pages, router);
    assert_eq!(format!("{service:?}"), "ErrorPagesService { .. }");
    let future = tower_service::Service::call(&mut service, Request::get("/").body(Body::empty()).unwrap());
    assert_eq!(format!("{future:?}"), "ErrorPagesFuture { .. }");
}

#[tokio::test]
async fn a_head_request_and_a_prefetch_begin_nothing() {
    let (router, _) = router(&CONNECT);
    let mut browser = Browser::new(&router);
    let request = |method: Method, purpose: &str| {
        let request = Request::builder().method(method).uri("/connect-by-get").header("sec-purpose", purpose);
        request.body(Body::empty()).unwrap()
    };
    let head = browser.send(request(Method::HEAD, "")).await;
    assert_eq!(head.status, StatusCode::METHOD_NOT_ALLOWED);
    let prefetch = browser.send(request(Method::GET, "prefetch;prerender")).await;
    assert_eq!(prefetch.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(browser.cookies.is_empty());
    assert_eq!(browser.send(request(Method::GET, "")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.cookies.len(), 1);
}

#[tokio::test]
async fn the_wait_that_truelayer_asks_for_is_passed_on() {
    async fn refresh() -> Result<()> {
        let client = CONNECT.client("the-secret".parse()?);
        let call = client.refresh(&"r1".parse()?);
        let response = Response::builder().status(429).header("retry-after", "7").body("{\"error\":\"busy\"}").unwrap();
        let _ = call.parser.parse(response)?;
        Ok(())
    }
    let router: Router = Router::new().route("/refresh", get(refresh));
    let response = Browser::new(&router).send(Request::get("/refresh").body(Body::empty()).unwrap()).await;
    assert_page(&response, StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment");
    assert_eq!(response.headers["retry-after"], "7");
}
