//! What a server says of an error, in a callback or in an answer.

use std::fmt::{self, Write as _};

/// What the server says of an error (RFC 6749 §4.1.2.1 and §5.2). Its `Display` is fit for a log line: whatever could end the line, or
/// begin a tag on a page, is escaped. The accessors give the text as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerError {
    pub(crate) error: String,
    pub(crate) description: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) details: Option<String>,
}

impl ServerError {
    /// The code, such as `access_denied`.
    #[must_use]
    pub fn error(&self) -> &str {
        &self.error
    }

    /// `error_description`: for the developer, not for the user.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// `error_reason` of a callback, and `reason` among the `error_details` of an answer, which TrueLayer sometimes adds.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// `error_uri`: a page about the error. Do not redirect to it.
    #[must_use]
    pub fn uri(&self) -> Option<&str> {
        self.uri.as_deref()
    }

    /// `error_details` of an answer, as JSON.
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

/// Another's text on one line, with nothing in it that a terminal or a page would obey.
pub(crate) struct Escaped<'t>(pub(crate) &'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            ' '..='~' if !"<>&\"'\\`".contains(c) => f.write_char(c),
            c => write!(f, "{}", c.escape_unicode()),
        })
    }
}
