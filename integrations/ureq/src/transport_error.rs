//! The error of a request without a complete response.

use std::error::Error;
use std::{fmt, io};

use ureq::Timeout;
use ureq::http::Uri;

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

/// The help for a request that needs TLS.
const TLS_HELP: &str = "\nhelp: for https, enable the feature `rustls` or `native-tls` of `auth-link-ureq`";

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
    /// The timeout of a whole attempt is final. That of a connection alone, which an agent may set, is not.
    pub(crate) fn is_transient(&self) -> bool {
        !self.is_permanent && (self.is_connect || !self.is_timeout)
    }

    pub(crate) fn of_request(uri: &Uri, error: &ureq::Error) -> Self {
        use ureq::Error as E;
        let host = uri.authority().map(ureq::http::uri::Authority::as_str).unwrap_or_default();
        let reason = match error {
            // Their texts contain the URL.
            E::BadUri(_) => "invalid URL".to_owned(),
            E::RequireHttpsOnly(_) => "the agent accepts https alone".to_owned(),
            error => error.to_string(),
        };
        let help = if matches!(error, E::TlsRequired) { TLS_HELP } else { "" };
        Self {
            message: format!("request to `{host}` failed: {}{help}", printable(&reason)),
            is_timeout: matches!(error, E::Timeout(_)),
            is_connect: is_connect(error),
            is_permanent: matches!(
                error,
                E::BadUri(_) | E::RequireHttpsOnly(_) | E::TlsRequired | E::Http(_) | E::InvalidProxyUrl
            ),
        }
    }
}

/// Returns whether the error certainly precedes the first byte of the request.
fn is_connect(error: &ureq::Error) -> bool {
    use ureq::Error as E;
    match error {
        E::Io(error) => error.kind() == io::ErrorKind::ConnectionRefused,
        E::BadUri(_)
        | E::RequireHttpsOnly(_)
        | E::TlsRequired
        | E::HostNotFound
        | E::ConnectionFailed
        | E::ConnectProxyFailed(_)
        | E::InvalidProxyUrl
        | E::Timeout(Timeout::Resolve | Timeout::Connect) => true,
        _ => false,
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for TransportError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_shows_the_host_and_no_other_part_of_the_url() {
        let uri: Uri = "https://api.truelayer.com:444/data/v1/accounts/acc-1?to=x".parse().unwrap();
        let text = uri.to_string();
        for error in [
            ureq::Error::BadUri(text.clone()),
            ureq::Error::RequireHttpsOnly(text.clone()),
            ureq::Error::TlsRequired,
            ureq::Error::HostNotFound,
        ] {
            let error = TransportError::of_request(&uri, &error);
            let shown = format!("{error} {error:?}");
            assert!(shown.contains("`api.truelayer.com:444`") && !shown.contains("acc-1") && !shown.contains("to="));
            assert!(error.is_connect(), "{error}");
        }
    }

    #[test]
    fn an_error_without_tls_names_the_features() {
        let error = TransportError::of_request(&Uri::from_static("https://a.test"), &ureq::Error::TlsRequired);
        assert_eq!(
            error.to_string(),
            "request to `a.test` failed: TLS required, but transport is unsecured\nhelp: for https, enable the feature \
             `rustls` or `native-tls` of `auth-link-ureq`"
        );
        assert!(!error.is_transient());
    }
}
