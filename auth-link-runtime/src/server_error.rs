//! The error that a server reports, in a callback or in a response.

use std::fmt::{self, Write as _};

/// An error that the server reports (RFC 6749 §4.1.2.1 and §5.2).
///
/// Its `Display` is one line for a log: characters that could end the line or begin an HTML tag are escaped. The accessors
/// return the text unchanged.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerError {
    pub(crate) error: String,
    pub(crate) description: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) details: Option<String>,
}

impl ServerError {
    /// Returns the error code, such as `access_denied`.
    #[must_use]
    pub fn error(&self) -> &str {
        &self.error
    }

    /// Returns the `error_description`. It is for the developer, not for the user.
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

/// A text from outside, shown on one line, without characters that a terminal or a page would interpret.
pub(crate) struct Escaped<'t>(pub(crate) &'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            ' '..='~' if !"<>&\"'\\`".contains(c) => f.write_char(c),
            c => write!(f, "{}", c.escape_unicode()),
        })
    }
}
