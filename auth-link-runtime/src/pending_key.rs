//! The key of a pending authorization.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::secret::{HASH, as_str, base64url, parse_base64url};

/// The key of a pending authorization: 43 characters of base64url, the SHA-256 of its state.
///
/// It does not reveal the state, so it can be the name of a cookie or a key in a session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PendingKey([u8; HASH]);

impl PendingKey {
    pub(crate) fn from_state(state: &[u8]) -> Self {
        Self(base64url(&Sha256::digest(state)))
    }

    /// Returns the key as text.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{ParsePendingKeyError, PendingKey};
    ///
    /// /// Returns the key in the name of a cookie.
    /// fn key_of_cookie(name: &str) -> Result<PendingKey, ParsePendingKeyError> {
    ///     name.trim_start_matches("__Host-").parse()
    /// }
    /// # let key = auth_link::Callback::from_query("code=c1&state=s1").unwrap().key();
    /// # assert_eq!(key_of_cookie(&format!("__Host-{}", key.as_str())), Ok(key));
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        as_str(&self.0)
    }
}

impl FromStr for PendingKey {
    type Err = ParsePendingKeyError;

    /// Parses a key that was stored as text.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not 43 characters of base64url.
    fn from_str(text: &str) -> Result<Self, ParsePendingKeyError> {
        parse_base64url(text).map(Self).ok_or(ParsePendingKeyError)
    }
}

/// The error of parsing a [`PendingKey`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParsePendingKeyError;

impl fmt::Display for ParsePendingKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected the key of a pending authorization: 43 characters of base64url")
    }
}

impl std::error::Error for ParsePendingKeyError {}

impl AsRef<str> for PendingKey {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for PendingKey {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl Hash for PendingKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl From<PendingKey> for String {
    fn from(key: PendingKey) -> Self {
        key.as_str().to_owned()
    }
}

impl fmt::Display for PendingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for PendingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PendingKey({self})")
    }
}

#[cfg(feature = "serde")]
mod serde {
    use std::fmt;

    use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
    use serde_core::ser::{Serialize, Serializer};

    use super::PendingKey;

    impl Serialize for PendingKey {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    impl<'de> Deserialize<'de> for PendingKey {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(KeyText)
        }
    }

    struct KeyText;

    impl Visitor<'_> for KeyText {
        type Value = PendingKey;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the key of a pending authorization as text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<PendingKey, E> {
            text.parse().map_err(E::custom)
        }
    }
}
