//! The application's choices at the callback: the age, the issuer, the response mode, and the whole URL.

use std::time::{Duration, SystemTime};

use auth_link::{AuthLink, Callback, CallbackError, CallbackRejection, PendingAuthorization, auth_link};

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts],);

static BY_FORM: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    response_mode = form_post,
);

const QUERY: &str = "code=c1&state=BwcHBwcHBwcHBwcHBwcHBw";

fn pending() -> PendingAuthorization {
    CONNECT.begin_with_entropy([7; 48]).pending
}

fn callback(query: &str) -> Callback<'_> {
    Callback::from_query(query).unwrap()
}

/// Returns the error, and whether the authorization is still pending.
fn rejected(rejection: CallbackRejection) -> (CallbackError, bool) {
    (rejection.error, rejection.pending.is_some())
}

#[test]
fn an_authorization_older_than_its_maximum_age_is_refused() {
    let began_at = pending().began_at();
    let now = SystemTime::now();
    assert!(began_at <= now && now < began_at + Duration::from_secs(60), "it began now");
    let at = |seconds: u64| pending().finish_at(callback(QUERY), began_at + Duration::from_secs(seconds));
    assert!(at(0).is_ok() && at(600).is_ok());
    for seconds in [602, 1_000_000_000] {
        assert_eq!(rejected(at(seconds).unwrap_err()), (CallbackError::Expired, false));
    }
    let with_max_age = |seconds: u64| {
        let pending = pending().with_max_age(Duration::from_secs(5));
        pending.finish_at(callback(QUERY), began_at + Duration::from_secs(seconds)).is_ok()
    };
    assert_eq!([with_max_age(5), with_max_age(7)], [true, false]);
    assert!(pending().finish_at(callback(QUERY), began_at - Duration::from_secs(90)).is_ok(), "clocks differ");
}

#[test]
fn a_strangers_callback_does_not_end_an_old_authorization() {
    let later = SystemTime::now() + Duration::from_secs(3600);
    let rejection = pending().finish_at(callback("code=c1&state=other"), later).unwrap_err();
    assert_eq!(rejected(rejection), (CallbackError::StateMismatch, true));
}

#[test]
fn the_text_form_keeps_the_time_of_the_begin_and_the_response_mode() {
    let pending = pending();
    let began = pending.began_at().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs().to_string();
    let parsed: PendingAuthorization = pending.expose().replacen(&began, "1000", 1).parse().unwrap();
    assert_eq!(parsed.began_at(), SystemTime::UNIX_EPOCH + Duration::from_secs(1000));
    assert_eq!(parsed.age(SystemTime::UNIX_EPOCH + Duration::from_secs(1600)), Duration::from_secs(600));
    assert_eq!(rejected(parsed.finish(callback(QUERY)).unwrap_err()), (CallbackError::Expired, false));
    let parsed: PendingAuthorization = BY_FORM.begin_with_entropy([7; 48]).pending.expose().parse().unwrap();
    assert_eq!(rejected(parsed.finish(callback(QUERY)).unwrap_err()), (CallbackError::UnexpectedResponseMode, false));
}

#[test]
fn a_callback_without_an_issuer_is_refused_if_the_application_requires_one() {
    let finish = |query: &str| pending().require_iss().finish(callback(query));
    assert_eq!(rejected(finish(QUERY).unwrap_err()), (CallbackError::MissingIssuer, false));
    assert!(finish(&format!("{QUERY}&iss=https://auth.truelayer.com")).is_ok());
    let error = "error=access_denied&state=BwcHBwcHBwcHBwcHBwcHBw";
    assert_eq!(rejected(finish(error).unwrap_err()), (CallbackError::MissingIssuer, false));
}

#[test]
fn a_link_with_form_post_refuses_a_code_in_the_query() {
    let pending = || BY_FORM.begin_with_entropy([7; 48]).pending;
    let by_query = |query: &str| pending().finish(callback(query));
    assert_eq!(rejected(by_query(QUERY).unwrap_err()), (CallbackError::UnexpectedResponseMode, false));
    let url = format!("https://app.example.com/callback?{QUERY}");
    assert_eq!(rejected(pending().finish_url(&url).unwrap_err()), (CallbackError::UnexpectedResponseMode, false));
    let denied = by_query("error=access_denied&state=BwcHBwcHBwcHBwcHBwcHBw").unwrap_err();
    assert!(matches!(denied.error, CallbackError::AccessDenied(_)), "{denied:?}");
    assert!(pending().finish(Callback::from_form("", QUERY).unwrap()).is_ok());
    let by_form = self::pending().finish(Callback::from_form("", QUERY).unwrap());
    assert!(by_form.is_ok(), "a link without `response_mode` accepts a form");
}

#[test]
fn a_whole_url_is_finished_and_a_rejection_keeps_the_authorization() {
    let url = format!("  https://app.example.com/callback?{QUERY}#_=_\n");
    assert_eq!(pending().finish_url(&url).unwrap().expose(), "c1");
    for (url, error) in [
        (QUERY, CallbackError::UnexpectedQuery),
        ("https://app.example.com/callback", CallbackError::MissingState),
        ("https://app.example.com/callback?code=c1&state=other", CallbackError::StateMismatch),
    ] {
        assert_eq!(rejected(pending().finish_url(url).unwrap_err()), (error, true), "{url}");
    }
}

#[test]
fn an_owned_callback_has_the_parameters_of_its_query() {
    let owned = {
        let query = format!("{QUERY}&scope=info%20accounts&iss=https://auth.truelayer.com&unknown=x");
        Callback::from_query(&query).unwrap().into_owned()
    };
    assert_eq!(format!("{owned:?}"), format!("{:?}", callback(&format!("{QUERY}&scope=a&iss=b"))));
    assert_eq!(owned.key(), pending().key());
    let code = pending().finish(owned.into_owned()).unwrap();
    assert_eq!((code.expose(), code.scope()), ("c1", Some("info accounts")));
    let form = Callback::from_form("", QUERY).unwrap().into_owned();
    assert!(BY_FORM.begin_with_entropy([7; 48]).pending.finish(form).is_ok(), "it is still a form");
}

#[cfg(feature = "client")]
mod requests {
    use auth_link::http::{Method, Request, StatusCode};

    use super::*;

    const URI: &str = "/callback?code=c1&state=BwcHBwcHBwcHBwcHBwcHBw";

    #[test]
    fn the_query_of_get_and_the_form_of_post_are_parsed() {
        let request = Request::get(URI).body("").unwrap();
        assert!(pending().finish(Callback::from_request(&request).unwrap()).is_ok());
        for content_type in
            [None, Some("application/x-www-form-urlencoded"), Some("Application/X-WWW-Form-Urlencoded; charset=UTF-8")]
        {
            let mut request = Request::post("/callback");
            if let Some(content_type) = content_type {
                request = request.header("content-type", content_type);
            }
            let request = request.body(QUERY.as_bytes().to_vec()).unwrap();
            let callback = Callback::from_request(&request).unwrap();
            assert!(BY_FORM.begin_with_entropy([7; 48]).pending.finish(callback).is_ok(), "{content_type:?}");
        }
        let (parts, body) = Request::post(URI).body(QUERY).unwrap().into_parts();
        let both = Callback::from_request_parts(&parts, body.as_bytes());
        assert_eq!(both.unwrap_err(), CallbackError::QueryAndForm);
    }

    #[test]
    fn a_request_that_is_not_the_users_own_is_refused_with_a_status() {
        let with = |method: Method, name: &str, value: &str| {
            let request = Request::builder().method(method).uri(URI).header(name, value).body("").unwrap();
            Callback::from_request(&request).map(|_| ()).map_err(|error| (error.status(), error))
        };
        for method in [Method::HEAD, Method::PUT, Method::OPTIONS, Method::DELETE] {
            let error = (StatusCode::METHOD_NOT_ALLOWED, CallbackError::UnexpectedMethod);
            assert_eq!(with(method, "accept", "*/*").unwrap_err(), error);
        }
        for (name, value) in [
            ("sec-purpose", "prefetch"),
            ("sec-purpose", "prefetch;prerender"),
            ("sec-purpose", "x, Prefetch ; y"),
            ("purpose", "prefetch"),
            ("x-purpose", "preview"),
            ("x-moz", "prefetch"),
        ] {
            let error = (StatusCode::SERVICE_UNAVAILABLE, CallbackError::Prefetch);
            assert_eq!(with(Method::GET, name, value).unwrap_err(), error, "{name}: {value}");
        }
        assert!(with(Method::GET, "purpose", "prefetching").is_ok());
        let error = (StatusCode::UNSUPPORTED_MEDIA_TYPE, CallbackError::UnexpectedContentType);
        assert_eq!(with(Method::POST, "content-type", "application/json").unwrap_err(), error);
        let status = |query: &str| pending().finish(callback(query)).unwrap_err().error.status();
        assert_eq!(status("error=server_error&state=BwcHBwcHBwcHBwcHBwcHBw"), StatusCode::BAD_GATEWAY);
        assert_eq!(status("error=access_denied&state=BwcHBwcHBwcHBwcHBwcHBw"), StatusCode::FORBIDDEN);
        assert_eq!(status("code=c1&state=other"), StatusCode::BAD_REQUEST);
    }
}
