//! The error that a server reports, in a callback or in a response.

use std::fmt;

use auth_link_rules::Untrusted;

/// An error that the server reports (RFC 6749 §4.1.2.1 and §5.2).
///
/// Its `Display` is one line for a log: characters that could end the line, begin an HTML tag or command a workflow are escaped,
/// and each text is cut at 500 bytes. The accessors return the text unchanged.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerError {
    pub(crate) error: String,
    pub(crate) description: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) details: Option<String>,
}

impl ServerError {
    /// Creates an error without any text but its code.
    #[cfg(feature = "client")]
    pub(crate) fn with_code(error: String) -> Self {
        Self { error, description: None, reason: None, uri: None, details: None }
    }

    /// Returns the error code, such as `access_denied`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{CallbackError, ServerError};
    ///
    /// fn code(error: &CallbackError) -> Option<&str> {
    ///     match error {
    ///         CallbackError::AccessDenied(server) | CallbackError::Server(server) => Some(server.error()),
    ///         _ => None,
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn error(&self) -> &str {
        &self.error
    }

    /// Returns the `error_description`. It is for the developer, not for the user.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::ServerError;
    ///
    /// /// For the developer. `Display` escapes the text for a log.
    /// fn description(error: &ServerError) -> &str {
    ///     error.description().or(error.reason()).unwrap_or("no description")
    /// }
    /// ```
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Returns the reason that TrueLayer sometimes adds: `error_reason` in a callback, `reason` in the `error_details` of a
    /// response.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Returns the `error_uri`, a page about the error. Do not redirect to it.
    #[must_use]
    pub fn uri(&self) -> Option<&str> {
        self.uri.as_deref()
    }

    /// Returns the `error_details` of a response, as JSON.
    #[must_use]
    pub fn details(&self) -> Option<&str> {
        self.details.as_deref()
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", Escaped(&self.error))?;
        for text in [&self.description, &self.reason].into_iter().flatten() {
            write!(f, ": {}", Escaped(text))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerError({self})")
    }
}

/// A text from outside, shown on one line of a bounded length, without characters that a terminal, a page or a workflow would
/// interpret.
pub(crate) struct Escaped<'t>(pub(crate) &'t str);

/// The limit of a shown text, in bytes.
const MAX_SHOWN_LEN: usize = 500;

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut escaped = String::new();
        for c in self.0.chars() {
            let start = escaped.len();
            match c {
                ' '..='~' if !"<>&\"'\\`".contains(c) => escaped.push(c),
                c => escaped.extend(c.escape_unicode()),
            }
            if escaped.len() > MAX_SHOWN_LEN {
                escaped.truncate(start);
                escaped.push('…');
                break;
            }
        }
        Untrusted::new(&escaped).at_most(2 * MAX_SHOWN_LEN).fmt(f)
    }
}
