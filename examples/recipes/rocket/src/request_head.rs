//! The head of a request in the types of `http`.

use std::convert::Infallible;

use auth_link::http;
use rocket::request::{FromRequest, Outcome, Request};

/// A copy of a request's head in the types of `http`.
pub(crate) struct RequestHead(pub(crate) http::Request<&'static str>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for RequestHead {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let mut copy = http::Request::builder().method(request.method().as_str()).uri(request.uri().to_string());
        for header in request.headers().iter() {
            copy = copy.header(header.name().as_str(), header.value());
        }
        match copy.body("") {
            Ok(copy) => Outcome::Success(Self(copy)),
            Err(_) => Outcome::Forward(rocket::http::Status::BadRequest),
        }
    }
}
