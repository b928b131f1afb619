//! The keys that encrypt cookies and stored connections, all derived from one secret.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use auth_link::cookies::{CookieKey, ParseCookieKeyError};
use auth_link_store::{Key, Keys};
use axum_extra::extract::cookie;
use sha2::{Digest, Sha512};

/// The keys of a demo.
pub(crate) struct DemoKeys {
    /// Encrypts the cookie of a session.
    pub(crate) session: cookie::Key,
    /// Encrypts the cookie of a pending authorization.
    pub(crate) pending: CookieKey,
    /// Encrypts stored connections.
    pub(crate) store: Keys,
}

/// The fewest bytes of a secret.
const MIN_LEN: usize = 64;

impl DemoKeys {
    /// The most bytes of a secret.
    pub(crate) const MAX_LEN: usize = 4096;

    /// Generates keys that end with the demo.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system has no random bytes.
    pub(crate) fn generate() -> Result<Self, KeyError> {
        let mut secret = [0; MIN_LEN];
        getrandom::fill(&mut secret).map_err(|_| KeyError::Random)?;
        Self::derive(&secret)
    }

    /// Derives the keys from a file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, has fewer than 64 or more than 4,096 bytes, or all of them are the same.
    pub(crate) fn from_file(path: &Path) -> Result<Self, KeyError> {
        let mut secret = Vec::new();
        // A device such as `/dev/urandom` has no end.
        let file = File::open(path).and_then(|file| file.take(Self::MAX_LEN as u64 + 1).read_to_end(&mut secret));
        file.map_err(KeyError::File)?;
        Self::derive(&secret)
    }

    /// Derives a key for each purpose, so that none of them reveals another.
    fn derive(secret: &[u8]) -> Result<Self, KeyError> {
        if !(MIN_LEN..=Self::MAX_LEN).contains(&secret.len()) {
            return Err(KeyError::Length(secret.len()));
        }
        if secret.windows(2).all(|pair| pair[0] == pair[1]) {
            return Err(KeyError::NotRandom);
        }
        let key = |purpose: &str| {
            let hash = Sha512::new().chain_update("auth-link-demo: ").chain_update(purpose);
            hash.chain_update("\0").chain_update(secret).finalize()
        };
        let mut store = [0; 32];
        store.copy_from_slice(&key("stored connections")[..32]);
        Ok(Self {
            session: cookie::Key::from(&key("session")),
            pending: CookieKey::new(&key("pending authorizations"))?,
            store: Keys::new(Key::from_bytes(store)),
        })
    }
}

/// The reason why there are no keys.
#[derive(Debug)]
pub(crate) enum KeyError {
    /// The file cannot be read.
    File(io::Error),
    /// The file has this many bytes; at most one more than the limit is counted.
    Length(usize),
    /// All bytes are the same.
    NotRandom,
    /// The operating system has no random bytes.
    Random,
}

impl From<ParseCookieKeyError> for KeyError {
    fn from(_: ParseCookieKeyError) -> Self {
        Self::NotRandom
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(first: u8) -> Vec<u8> {
        (first..first + 64).collect()
    }

    #[test]
    fn each_purpose_and_each_secret_has_another_key() {
        let [one, other] = [1, 2].map(|first| DemoKeys::derive(&secret(first)).expect("keys").session);
        assert_ne!(one.master(), other.master());
        let again = DemoKeys::derive(&secret(1)).expect("keys").session;
        assert_eq!(one.master(), again.master());
        assert!(!one.master().windows(8).any(|part| secret(1).windows(8).any(|secret| secret == part)));
    }

    #[test]
    fn a_secret_of_another_length_or_of_one_byte_is_refused() {
        assert!(matches!(DemoKeys::derive(&secret(0)[1..]), Err(KeyError::Length(63))));
        assert!(matches!(DemoKeys::derive(&secret(0).repeat(65)), Err(KeyError::Length(4160))));
        assert!(DemoKeys::derive(&secret(0).repeat(64)).is_ok());
        assert!(matches!(DemoKeys::derive(&[7; 64]), Err(KeyError::NotRandom)));
        assert!(DemoKeys::generate().is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_key_file_without_an_end_is_refused() {
        assert!(matches!(DemoKeys::from_file(Path::new("/dev/urandom")), Err(KeyError::Length(4097))));
        assert!(matches!(DemoKeys::from_file(Path::new("/no such file")), Err(KeyError::File(_))));
    }
}
