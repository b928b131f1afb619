//! The key that seals pending authorizations.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cookie::Key;
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use super::cookie_error::ParseCookieKeyError;
use crate::begin_error::BeginError;
use crate::secret::{as_str, base64url};

/// A key that seals pending authorizations: 64 random bytes. Its `Debug` does not show it.
///
/// All instances of an application share one key. Create it once, such as with `openssl rand -base64 64`, and keep it with the
/// application's other secrets.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::cookies::CookieKey;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let key = CookieKey::generate()?; // for tests: authorizations end with the process
/// # let text = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMw==";
/// let key: CookieKey = text.parse()?; // base64
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct CookieKey {
    pub(super) key: Key,
    /// Names the key in a sealed text, so that an unknown key is told apart from an altered text.
    id: [u8; ID_LEN],
}

/// The length of a generated key, in bytes.
const LEN: usize = 64;

/// The number of different bytes in a key. Random bytes of this length have about 56.
const MIN_DIFFERENT: usize = 8;

/// The length of the name of a key, in characters.
const ID_LEN: usize = 8;

/// The longest key in base64, in characters.
const MAX_TEXT_LEN: usize = 1024;

impl CookieKey {
    /// Creates a key from at least 64 random bytes.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::cookies::CookieKey;
    ///
    /// fn key(bytes: &[u8; 64]) -> Option<CookieKey> {
    ///     CookieKey::new(bytes).ok()
    /// }
    /// # assert!(key(&[0; 64]).is_none());
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if there are fewer than 64 bytes, or if they are not random: fewer than eight of them differ.
    pub fn new(bytes: &[u8]) -> Result<Self, ParseCookieKeyError> {
        let mut is_used = [false; 256];
        for &byte in bytes {
            is_used[usize::from(byte)] = true;
        }
        if bytes.len() < LEN || is_used.iter().filter(|is_used| **is_used).count() < MIN_DIFFERENT {
            return Err(ParseCookieKeyError);
        }
        // A jar encrypts with some of the bytes alone. Each byte of the hash depends on all of them.
        let hash = Zeroizing::new(Sha512::new().chain_update("auth-link cookies").chain_update(bytes).finalize().0);
        let key = Key::try_from(hash.as_slice()).map_err(|_| ParseCookieKeyError)?;
        let hash = Sha256::new().chain_update("auth-link key").chain_update(bytes).finalize();
        let id = base64url(&hash[..ID_LEN / 4 * 3]);
        Ok(Self { key, id })
    }

    /// Returns the name of the key.
    pub(super) fn id(&self) -> &str {
        as_str(&self.id)
    }

    /// Generates a key with the operating system's random number generator.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::cookies::CookieKey;
    ///
    /// let key = CookieKey::generate()?;
    /// # Ok::<(), auth_link::BeginError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system provides no random bytes.
    pub fn generate() -> Result<Self, BeginError> {
        let mut bytes = Zeroizing::new([0; LEN]);
        getrandom::fill(&mut *bytes).map_err(BeginError)?;
        // Random bytes of this length are never all the same.
        Self::new(&*bytes).map_err(|_| BeginError(getrandom::Error::UNEXPECTED))
    }
}

impl FromStr for CookieKey {
    type Err = ParseCookieKeyError;

    /// Parses a key in base64. White space in the text is ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not base64, or in the cases of [`new`](Self::new).
    fn from_str(text: &str) -> Result<Self, ParseCookieKeyError> {
        let text = Zeroizing::new(text.split_ascii_whitespace().collect::<String>());
        let mut bytes = Zeroizing::new([0; MAX_TEXT_LEN]);
        let length = STANDARD.decode_slice(text.as_bytes(), &mut *bytes).map_err(|_| ParseCookieKeyError)?;
        Self::new(&bytes[..length])
    }
}

impl fmt::Debug for CookieKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CookieKey([redacted])")
    }
}
