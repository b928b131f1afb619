//! The secrets that a client sends: its own, and the tokens of a connection.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

macro_rules! credentials {
    ($($(#[$doc:meta])* $name:ident: $what:literal => $allowed:pat,)*) => {$(
        $(#[$doc])*
        ///
        /// It is wiped on drop, its `Debug` shows nothing of it, and it is neither shown nor compared otherwise.
        /// [`expose`](Self::expose) is the one way out.
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes the text over, to be wiped with this.
            ///
            /// # Errors
            ///
            /// An empty text, and one with a control character (such as the end of a line, which reading a file easily adds), with
            /// white space, or with a character that is not ASCII: no server gives those out. A refresh token may hold spaces (RFC
            /// 6749 appendix A).
            pub fn new(text: impl Into<String>) -> Result<Self, CredentialError> {
                let text = Zeroizing::new(text.into());
                match text.chars().find(|c| !matches!(c, $allowed)) {
                    _ if text.is_empty() => Err(CredentialError { what: $what, kind: CredentialErrorKind::Empty }),
                    Some(c) if c.is_whitespace() => Err(CredentialError { what: $what, kind: CredentialErrorKind::WhiteSpace }),
                    Some(_) => Err(CredentialError { what: $what, kind: CredentialErrorKind::Character }),
                    None => Ok(Self(text)),
                }
            }

            /// The text itself, to be sent to TrueLayer or stored encrypted, and for no log.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = CredentialError;

            /// Copies the text.
            ///
            /// # Errors
            ///
            /// As [`new`](Self::new).
            fn from_str(text: &str) -> Result<Self, CredentialError> {
                Self::new(text)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(String::deserialize(deserializer)?).map_err(serde_core::de::Error::custom)
            }
        }
    )*};
}

credentials! {
    /// The client's secret, as TrueLayer's Console shows it once (RFC 6749 §2.3.1).
    ClientSecret: "client secret" => '!'..='~',

    /// The token that opens the Data API for one connection, for an hour or less (RFC 6749 §1.4, RFC 6750 §2.1).
    AccessToken: "access token" => '!'..='~',

    /// The token that renews access to one connection (RFC 6749 §1.5). Only the newest one may be valid: store what each
    /// renewal brings.
    RefreshToken: "refresh token" => ' '..='~',
}

/// Tokens are stored; the client's secret is only read.
#[cfg(feature = "serde")]
macro_rules! stored {
    ($($name:ident),*) => {$(
        impl serde_core::Serialize for $name {
            /// Writes the text as it is: encrypt what holds it.
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.expose())
            }
        }
    )*};
}

#[cfg(feature = "serde")]
stored!(AccessToken, RefreshToken);

/// A text that is no secret of its kind. It shows nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialError {
    what: &'static str,
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
            CredentialErrorKind::Empty => write!(f, "empty {}", self.what),
            CredentialErrorKind::WhiteSpace => {
                write!(f, "unexpected white space in the {}: `trim` what a file or a variable adds", self.what)
            }
            CredentialErrorKind::Character => {
                write!(f, "unexpected character in the {}: it is printable ASCII", self.what)
            }
        }
    }
}

impl std::error::Error for CredentialError {}
