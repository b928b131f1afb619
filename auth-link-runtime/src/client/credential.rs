//! The credentials that a client sends: its secret, and the tokens of a connection.

use std::fmt;
use std::str::FromStr;

use crate::secret::SecretText;

macro_rules! credentials {
    ($($(#[$doc:meta])* $type:ident: $name:literal => $allowed:pat,)*) => {$(
        $(#[$doc])*
        ///
        /// It is wiped on drop. It has no `Display` and no `PartialEq`, and its `Debug` does not show it. Only
        /// [`expose`](Self::expose) returns the text.
        #[derive(Clone)]
        pub struct $type(SecretText);

        impl $type {
            /// Creates the credential. It takes ownership of the text and wipes it on drop.
            ///
            /// ```
            /// # use auth_link_runtime as auth_link;
            #[doc = concat!("use auth_link::client::", stringify!($type), ";")]
            ///
            #[doc = concat!("let credential = ", stringify!($type), "::new(\"s3cret\")?;")]
            #[doc = concat!("assert_eq!(format!(\"{credential:?}\"), \"", stringify!($type), "([redacted])\");")]
            #[doc = concat!("assert!(", stringify!($type), "::new(\"s3cret\\n\").is_err());")]
            /// # Ok::<(), auth_link::client::CredentialError>(())
            /// ```
            ///
            /// # Errors
            ///
            /// Returns an error if the text:
            ///
            /// - is empty;
            /// - contains white space, such as the line end of a file. A refresh token may contain spaces (RFC 6749 appendix A);
            /// - contains another character that is not printable ASCII.
            pub fn new(text: impl Into<String>) -> Result<Self, CredentialError> {
                let text = SecretText::from(text.into());
                // Every byte of a valid text is looked at without a branch, many at a time.
                if !text.is_empty() && text.bytes().fold(true, |is_valid, byte| is_valid & matches!(char::from(byte), $allowed)) {
                    return Ok(Self(text));
                }
                match text.chars().find(|c| !matches!(c, $allowed)) {
                    _ if text.is_empty() => Err(CredentialError { name: $name, kind: CredentialErrorKind::Empty }),
                    Some(c) if c.is_whitespace() => Err(CredentialError { name: $name, kind: CredentialErrorKind::WhiteSpace }),
                    _ => Err(CredentialError { name: $name, kind: CredentialErrorKind::Character }),
                }
            }

            /// Returns the text itself. Send it to TrueLayer or store it encrypted, and never log it.
            ///
            /// ```
            /// # use auth_link_runtime as auth_link;
            #[doc = concat!("use auth_link::client::", stringify!($type), ";")]
            ///
            #[doc = concat!("assert_eq!(", stringify!($type), "::new(\"s3cret\")?.expose(), \"s3cret\");")]
            /// # Ok::<(), auth_link::client::CredentialError>(())
            /// ```
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $type {
            type Err = CredentialError;

            /// Copies the text.
            ///
            /// # Errors
            ///
            /// Returns an error in the cases of [`new`](Self::new).
            fn from_str(text: &str) -> Result<Self, CredentialError> {
                Self::new(text)
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), "([redacted])"))
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde_core::Deserialize<'de> for $type {
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(String::deserialize(deserializer)?).map_err(serde_core::de::Error::custom)
            }
        }
    )*};
}

credentials! {
    /// The secret of a client (RFC 6749 §2.3.1), which TrueLayer's Console shows once.
    ClientSecret: "client secret" => '!'..='~',

    /// The access token of one connection for the Data API, valid for an hour or less (RFC 6749 §1.4, RFC 6750 §2.1).
    AccessToken: "access token" => '!'..='~',

    /// The refresh token of one connection (RFC 6749 §1.5).
    ///
    /// Each refresh may return a new one, and invalidate the old one: store the newest.
    RefreshToken: "refresh token" => ' '..='~',
}

/// Implements `Serialize` for tokens. The client's secret is never stored.
#[cfg(feature = "serde")]
macro_rules! serialize {
    ($($name:ident),*) => {$(
        impl serde_core::Serialize for $name {
            /// Writes the text unencrypted. Encrypt the store.
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.expose())
            }
        }
    )*};
}

#[cfg(feature = "serde")]
serialize!(AccessToken, RefreshToken);

/// The error of a text that cannot be a credential. It does not show the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialError {
    name: &'static str,
    kind: CredentialErrorKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CredentialErrorKind {
    Empty,
    WhiteSpace,
    Character,
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            CredentialErrorKind::Empty => write!(f, "empty {}", self.name),
            CredentialErrorKind::WhiteSpace => {
                write!(f, "unexpected white space in the {}: `trim` the text of a file or a variable", self.name)
            }
            CredentialErrorKind::Character => {
                write!(f, "unexpected character in the {}: expected printable ASCII", self.name)
            }
        }
    }
}

impl std::error::Error for CredentialError {}
