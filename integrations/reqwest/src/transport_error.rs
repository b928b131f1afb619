//! The errors of reqwest.

use auth_link::client::{TransportError, TransportErrorKind};
use http::Uri;

/// The text of hyper's connector without TLS.
const WITHOUT_TLS: &str = "scheme is not http";

/// Returns the error of a request. It shows the host and the port, and no other part of the URL.
pub(crate) fn of_request(uri: &Uri, error: reqwest::Error) -> TransportError {
    let host = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
    transport_error(&format!("request to `{host}` failed"), error)
}

/// Returns the error of a client that cannot be built.
pub(crate) fn of_builder(error: reqwest::Error) -> TransportError {
    transport_error("the HTTP client cannot be built", error)
}

fn transport_error(context: &str, error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let reason = text_of_chain(&error);
    let kind = if reason.contains(WITHOUT_TLS) {
        TransportErrorKind::MissingTls
    } else if error.is_builder() {
        TransportErrorKind::Setup
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Interrupted
    };
    TransportError::new(kind, &format!("{context}: {reason}"))
}

/// Returns the texts of an error and its sources. Some sources repeat the text of the next one.
fn text_of_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let next = error.to_string();
        if !text.ends_with(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        source = error.source();
    }
    text
}
