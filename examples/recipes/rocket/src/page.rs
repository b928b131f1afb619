//! The responses with cookies: a redirect, and the page of an error.

use std::io::Cursor;

use auth_link::cookies::CookieRejection;
use maud::html;
use rocket::http::{ContentType, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};

/// A redirect that the browser follows by `GET`.
pub(crate) struct Redirect {
    pub(crate) location: String,
    pub(crate) set_cookies: Vec<String>,
}

/// The error of a handler, and the cookies of its response.
pub(crate) struct PageError {
    pub(crate) status: Status,
    pub(crate) title: &'static str,
    pub(crate) set_cookies: Vec<String>,
}

impl From<auth_link::Error> for PageError {
    fn from(error: auth_link::Error) -> Self {
        eprintln!("{error}");
        let title = if error.is_cancelled() { "You cancelled" } else { "Your bank could not be reached" };
        Self { status: Status::new(error.status().as_u16()), title, set_cookies: Vec::new() }
    }
}

impl From<CookieRejection> for PageError {
    fn from(rejection: CookieRejection) -> Self {
        Self { set_cookies: rejection.set_cookies, ..rejection.error.into() }
    }
}

impl From<Status> for PageError {
    fn from(status: Status) -> Self {
        Self { status, title: "Sign in first", set_cookies: Vec::new() }
    }
}

/// Returns a response with cookies, which no cache stores.
fn response<'r>(status: Status, set_cookies: Vec<String>) -> response::Builder<'r> {
    let mut response = Response::build();
    response.status(status).raw_header("Cache-Control", "no-store");
    for cookie in set_cookies {
        response.raw_header_adjoin("Set-Cookie", cookie);
    }
    response
}

impl<'r> Responder<'r, 'static> for Redirect {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        response(Status::SeeOther, self.set_cookies).raw_header("Location", self.location).ok()
    }
}

impl<'r> Responder<'r, 'static> for PageError {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let page =
            html! { h1 { (self.title) } form method="post" action="/connect" { button { "Connect your bank" } } };
        let page = page.into_string();
        let mut response = response(self.status, self.set_cookies);
        response.header(ContentType::HTML).sized_body(page.len(), Cursor::new(page)).ok()
    }
}
