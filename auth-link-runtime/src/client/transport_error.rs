//! The error of a request without a complete response, from any HTTP client.

use std::fmt;

use auth_link_rules::Untrusted;

/// The error of a request without a complete response, which an HTTP client reports.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::client::{TransportError, TransportErrorKind};
/// use auth_link::Error;
///
/// let error = TransportError::new(TransportErrorKind::Connect, "request to `api.truelayer.com` failed: connection refused");
/// assert!(!error.may_have_been_sent());
/// let error = Error::from(error);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
}

/// The kind of a [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The settings of the HTTP client are invalid. Nothing was sent.
    Setup,
    /// The HTTP client was built without TLS, which https needs. Nothing was sent.
    MissingTls,
    /// There was no connection. Nothing was sent.
    Connect,
    /// There was no complete response in time. The request may have reached the server.
    Timeout,
    /// The connection ended before the response was complete. The request may have reached the server.
    Interrupted,
}

impl TransportError {
    /// Creates an error. The message must not contain the path and the query of the URL, which may hold personal data.
    ///
    /// Control characters in it are escaped, and it is cut at 1,000 bytes.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{TransportError, TransportErrorKind};
    ///
    /// let error = TransportError::new(TransportErrorKind::Timeout, "request to `api.truelayer.com` timed out");
    /// assert!(error.may_have_been_sent());
    /// ```
    #[must_use]
    #[inline]
    pub fn new(kind: TransportErrorKind, message: &str) -> Self {
        Self { kind, message: Untrusted::new(message).at_most(1000).to_string() }
    }

    /// Returns the kind of the error.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{TransportError, TransportErrorKind};
    ///
    /// let error = TransportError::new(TransportErrorKind::Connect, "connection refused");
    /// assert_eq!(error.kind(), TransportErrorKind::Connect);
    /// ```
    #[must_use]
    #[inline]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns whether the request may have reached the server.
    ///
    /// TrueLayer may then have used up the code of an exchange, or the refresh token of a refresh.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{TransportError, TransportErrorKind};
    ///
    /// let error = TransportError::new(TransportErrorKind::Connect, "connection to `auth.truelayer.com` refused");
    /// assert!(!error.may_have_been_sent()); // the code of an exchange is still unused
    /// ```
    #[must_use]
    #[inline]
    pub fn may_have_been_sent(&self) -> bool {
        matches!(self.kind, TransportErrorKind::Timeout | TransportErrorKind::Interrupted)
    }

    /// Returns whether the same read may succeed after a short wait.
    ///
    /// That is not so after a timeout, which the caller has already waited for.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{TransportError, TransportErrorKind};
    ///
    /// assert!(TransportError::new(TransportErrorKind::Interrupted, "connection closed").is_transient());
    /// assert!(!TransportError::new(TransportErrorKind::Timeout, "timed out").is_transient());
    /// ```
    #[must_use]
    #[inline]
    pub fn is_transient(&self) -> bool {
        matches!(self.kind, TransportErrorKind::Connect | TransportErrorKind::Interrupted)
    }
}

impl fmt::Display for TransportError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.kind == TransportErrorKind::MissingTls {
            f.write_str("\nhelp: enable TLS for https, such as with the feature `rustls`")?;
        }
        Ok(())
    }
}

impl std::error::Error for TransportError {}
