//! The error of a handler, which is a page.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, SET_COOKIE};
use actix_web::{HttpResponse, ResponseError};
use auth_link::Error;
use auth_link::cookies::CookieRejection;
use maud::html;

/// The error of a handler, and the cookies of its response.
#[derive(Debug)]
pub(crate) struct PageError {
    pub(crate) error: Error,
    pub(crate) set_cookies: Vec<String>,
}

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        Self { error, set_cookies: Vec::new() }
    }
}

impl From<CookieRejection> for PageError {
    fn from(rejection: CookieRejection) -> Self {
        Self { error: rejection.error, set_cookies: rejection.set_cookies }
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.error.status().as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        eprintln!("{self}");
        let title = if self.error.is_cancelled() { "You cancelled" } else { "Your bank could not be reached" };
        let page = html! { h1 { (title) } form method="post" action="/connect" { button { "Connect your bank" } } };
        let mut response = HttpResponse::build(self.status_code());
        response.content_type("text/html; charset=utf-8").insert_header((CACHE_CONTROL, "no-store"));
        if self.status_code() == StatusCode::METHOD_NOT_ALLOWED {
            response.insert_header((ALLOW, "GET, POST"));
        }
        for cookie in &self.set_cookies {
            response.append_header((SET_COOKIE, cookie.as_str()));
        }
        response.body(page.into_string())
    }
}
