//! The error of a request without a complete response.

use std::error::Error;
use std::fmt;

use http::Uri;

use crate::printable::printable;

/// The error of a request without a complete response.
///
/// Its text shows the host, the port and the reason, and no other part of the URL.
#[derive(Debug)]
pub struct TransportError {
    message: String,
    is_timeout: bool,
    is_connect: bool,
    /// The same request fails again.
    is_permanent: bool,
}

/// The text of hyper's connector without TLS.
const WITHOUT_TLS: &str = "scheme is not http";

/// The help for it.
const TLS_HELP: &str = "\nhelp: for https, enable the feature `rustls` or `native-tls` of `auth-link-reqwest`";

impl TransportError {
    /// Returns whether the response took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }

    /// Returns whether there was no connection, so that certainly no part of the request was sent.
    ///
    /// After another error of an exchange or a refresh, TrueLayer may have used up the code or the refresh token.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.is_connect
    }

    /// Returns whether the same request may succeed after a short wait.
    ///
    /// The timeout of a whole attempt is final. That of a connection alone, which `reqwest::ClientBuilder` may set, is not.
    pub(crate) fn is_transient(&self) -> bool {
        !self.is_permanent && (self.is_connect || !self.is_timeout)
    }

    pub(crate) fn of_request(uri: &Uri, error: reqwest::Error) -> Self {
        let host = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
        Self::new(&format!("request to `{host}` failed"), error)
    }

    pub(crate) fn of_builder(error: reqwest::Error) -> Self {
        Self::new("the HTTP client cannot be built", error)
    }

    fn new(context: &str, error: reqwest::Error) -> Self {
        let error = error.without_url();
        let reason = text_of_chain(&error);
        let is_without_tls = reason.contains(WITHOUT_TLS);
        let help = if is_without_tls { TLS_HELP } else { "" };
        Self {
            message: format!("{context}: {}{help}", printable(&reason)),
            is_timeout: error.is_timeout(),
            is_connect: error.is_connect(),
            is_permanent: is_without_tls || error.is_builder(),
        }
    }
}

/// Returns the texts of an error and its sources. Some sources repeat the text of the next one.
fn text_of_chain(error: &dyn Error) -> String {
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

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for TransportError {}
