//! The errors of a store and of its rows.

use std::fmt;

use auth_link::Error;

/// The error of another crate.
type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The error of a store, inside [`auth_link::Error::Store`] and [`auth_link::Error::StoreUnavailable`]. It shows no token, no key and no id.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The database cannot be reached, or is busy. The same operation may succeed later.
    Unavailable(BoxError),
    /// The database refuses an operation, such as without a permission or with a full disk.
    Failed(BoxError),
    /// Another task or machine has locked the connection for longer than the limit of one request.
    ///
    /// If it was killed, its lock ends by itself, half a minute after this error at the latest.
    Locked,
    /// The stored connection was altered, or belongs to another id.
    Altered,
    /// The stored connection is encrypted with another key. Add that key with [`Keys::with_old`](crate::Keys::with_old).
    UnknownKey,
    /// A newer release of this crate wrote the stored connection.
    NewerFormat,
    /// A newer release of this crate created the tables.
    NewerSchema {
        /// The version of the tables.
        found: i64,
        /// The newest version that this release knows.
        known: i64,
    },
    /// The text cannot be the id of a connection.
    InvalidId,
    /// The operating system has no random bytes.
    Random,
    /// The runtime ended before the task did. The task may have sent its request.
    Stopped,
}

impl StoreError {
    /// Returns the error of a store inside an error of a connection.
    ///
    /// ```
    /// use auth_link::Error;
    /// use auth_link_store::StoreError;
    ///
    /// fn is_key_missing(error: &Error) -> bool {
    ///     matches!(StoreError::of(error), Some(StoreError::UnknownKey))
    /// }
    /// ```
    #[must_use]
    pub fn of(error: &Error) -> Option<&Self> {
        match error {
            Error::Store(error) | Error::StoreUnavailable(error) | Error::Value(error) => error.downcast_ref(),
            _ => None,
        }
    }

    /// Creates the error of a database that cannot be reached.
    pub fn unavailable(error: impl Into<BoxError>) -> Self {
        Self::Unavailable(error.into())
    }

    /// Returns whether the same operation may succeed after a moment.
    pub(crate) fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unavailable(error) => return write!(f, "the database cannot be reached: {error}"),
            Self::Failed(error) => return write!(f, "the database refuses the operation: {error}"),
            Self::Locked => "the connection is locked by another request\nhelp: try again in half a minute",
            Self::Altered => {
                "the stored connection was altered, or belongs to another id\nhelp: delete it with `forget`, and connect the user again"
            }
            Self::UnknownKey => {
                "the stored connection is encrypted with an unknown key\nhelp: add the earlier key with `Keys::with_old`"
            }
            Self::NewerFormat => {
                "a newer release of auth-link-store wrote the stored connection\nhelp: update auth-link-store"
            }
            Self::NewerSchema { found, known } => {
                return write!(
                    f,
                    "expected tables of version {known} or older, found version {found}\nhelp: update auth-link-store"
                );
            }
            Self::InvalidId => {
                "invalid id of a connection\nhelp: use 1 to 200 bytes without control characters, such as the id of the user"
            }
            Self::Random => "the operating system has no random bytes",
            Self::Stopped => "the runtime ended before the task",
        })
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unavailable(error) | Self::Failed(error) => error.source(),
            _ => None,
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::InvalidId => Self::Value(Box::new(error)),
            StoreError::Unavailable(_) | StoreError::Locked | StoreError::Random | StoreError::Stopped => {
                Self::StoreUnavailable(Box::new(error))
            }
            _ => Self::Store(Box::new(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    /// An error with a source.
    #[derive(Debug)]
    struct Outer(io::Error);

    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("outer")
        }
    }

    impl std::error::Error for Outer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn each_error_says_what_is_wrong_and_whether_to_try_again() {
        for (error, text, is_unavailable) in [
            (StoreError::unavailable("busy"), "the database cannot be reached: busy", true),
            (StoreError::Failed("full".into()), "the database refuses the operation: full", false),
            (StoreError::Locked, "the connection is locked by another request\nhelp: ", true),
            (StoreError::Altered, "the stored connection was altered, or belongs to another id\nhelp: ", false),
            (StoreError::UnknownKey, "the stored connection is encrypted with an unknown key\nhelp: ", false),
            (StoreError::NewerFormat, "a newer release of auth-link-store wrote the stored connection\nhelp: ", false),
            (
                StoreError::NewerSchema { found: 3, known: 1 },
                "expected tables of version 1 or older, found version 3",
                false,
            ),
            (StoreError::Random, "the operating system has no random bytes", true),
            (StoreError::Stopped, "the runtime ended before the task", true),
        ] {
            assert!(error.to_string().starts_with(text), "{error}");
            let shown = error.to_string();
            let error = Error::from(error);
            assert_eq!(matches!(error, Error::StoreUnavailable(_)), is_unavailable, "{error:?}");
            assert_eq!(StoreError::of(&error).map(ToString::to_string), Some(shown));
        }
        let error = Error::from(StoreError::InvalidId);
        assert!(matches!(&error, Error::Value(_)), "{error:?}");
        assert!(error.to_string().starts_with("invalid id of a connection\nhelp: use 1 to 200 bytes"), "{error}");
        assert!(StoreError::of(&Error::NotConnected).is_none());
        let source = |error: StoreError| std::error::Error::source(&error).map(ToString::to_string);
        let cause = || Box::new(Outer(io::ErrorKind::ConnectionRefused.into()));
        let refused = cause().0.to_string();
        assert_eq!(source(StoreError::Unavailable(cause())), Some(refused.clone()));
        assert_eq!(source(StoreError::Failed(cause())), Some(refused));
        assert_eq!(source(StoreError::Locked), None);
        assert_eq!(StoreError::Unavailable(cause()).to_string(), "the database cannot be reached: outer");
        assert!(StoreError::unavailable("busy").is_transient() && !StoreError::Locked.is_transient());
    }
}
