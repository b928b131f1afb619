//! The errors of ureq.

use std::io;

use auth_link::client::{TransportError, TransportErrorKind};
use ureq::Timeout;
use ureq::http::Uri;

/// Returns the error of a request. It shows the host and the port, and no other part of the URL.
pub(crate) fn of_request(uri: &Uri, error: &ureq::Error) -> TransportError {
    use ureq::Error as E;
    let host = uri.authority().map(ureq::http::uri::Authority::as_str).unwrap_or_default();
    let reason = match error {
        // Their texts contain the URL.
        E::BadUri(_) => "invalid URL".to_owned(),
        E::RequireHttpsOnly(_) => "the agent accepts https alone".to_owned(),
        error => error.to_string(),
    };
    let kind = match error {
        E::TlsRequired => TransportErrorKind::MissingTls,
        E::BadUri(_) | E::RequireHttpsOnly(_) | E::Http(_) | E::InvalidProxyUrl => TransportErrorKind::Setup,
        error if is_connect(error) => TransportErrorKind::Connect,
        E::Timeout(_) => TransportErrorKind::Timeout,
        _ => TransportErrorKind::Interrupted,
    };
    TransportError::new(kind, &format!("request to `{host}` failed: {reason}"))
}

/// Returns whether the error certainly precedes the first byte of the request.
fn is_connect(error: &ureq::Error) -> bool {
    use ureq::Error as E;
    match error {
        E::Io(error) => error.kind() == io::ErrorKind::ConnectionRefused,
        E::HostNotFound
        | E::ConnectionFailed
        | E::ConnectProxyFailed(_)
        | E::Timeout(Timeout::Resolve | Timeout::Connect) => true,
        _ => false,
    }
}

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
            let error = of_request(&uri, &error);
            let shown = format!("{error} {error:?}");
            assert!(shown.contains("`api.truelayer.com:444`") && !shown.contains("acc-1") && !shown.contains("to="));
            assert!(!error.may_have_been_sent(), "{error}");
        }
    }

    #[test]
    fn an_error_without_tls_names_the_features() {
        let error = of_request(&Uri::from_static("https://a.test"), &ureq::Error::TlsRequired);
        assert_eq!(
            error.to_string(),
            "request to `a.test` failed: TLS required, but transport is unsecured\n\
             help: enable TLS for https, such as with the feature `rustls`"
        );
        assert!(!error.is_transient());
    }

    #[test]
    fn the_kind_of_an_error_tells_whether_a_request_may_have_been_sent() {
        let of = |error: ureq::Error| of_request(&Uri::from_static("https://a.test"), &error);
        let refused = || io::Error::from(io::ErrorKind::ConnectionRefused);
        for error in [ureq::Error::Io(refused()), ureq::Error::ConnectionFailed, ureq::Error::Timeout(Timeout::Connect)]
        {
            let error = of(error);
            assert!(error.is_transient() && !error.may_have_been_sent(), "{error}");
        }
        let reset = io::Error::from(io::ErrorKind::ConnectionReset);
        for error in [ureq::Error::Io(reset), ureq::Error::Timeout(Timeout::Global)] {
            assert!(of(error).may_have_been_sent());
        }
    }
}
