//! The keys that encrypt stored connections.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// The length of a key, in bytes.
const LEN: usize = 32;

/// A key of 32 random bytes. It is wiped on drop, and its `Debug` does not show it.
///
/// Whoever has the key and the database has the tokens: keep them apart.
///
/// ```
/// use auth_link_store::{Key, KeyError};
///
/// # fn main() -> Result<(), KeyError> {
/// let key: Key = "7f3c5e0a9b1d2c4e6f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6".parse()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; LEN]>);

impl Key {
    /// Creates a key from random bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; LEN]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Generates a key with the operating system's random number generator.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system has no random bytes.
    pub fn generate() -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; LEN]);
        getrandom::fill(&mut *bytes).map_err(|_| KeyError(KeyErrorKind::Random))?;
        Ok(Self(bytes))
    }

    /// Reads a key from a file: in hexadecimal or base64, or its 32 bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the file cannot be read;
    /// - it contains something else.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        let bytes =
            std::fs::read(path).map(Zeroizing::new).map_err(|error| KeyError(KeyErrorKind::File(error.kind())))?;
        if let Ok(bytes) = <[u8; LEN]>::try_from(bytes.as_slice()) {
            return Ok(Self::from_bytes(bytes));
        }
        std::str::from_utf8(&bytes).map_err(|_| KeyError(KeyErrorKind::Text))?.parse()
    }

    /// Returns the key in hexadecimal, to be kept as a secret of the application.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(2 * LEN));
        for byte in self.0.iter() {
            text.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or_default()));
        }
        text
    }

    pub(crate) fn bytes(&self) -> &[u8; LEN] {
        &self.0
    }

    /// Returns the id of the key, which is stored beside what it encrypts. It reveals nothing about the key.
    pub(crate) fn id(&self) -> KeyId {
        let hash = Sha256::new().chain_update(b"auth-link-store: id of a key\0").chain_update(*self.0).finalize();
        std::array::from_fn(|at| hash[at])
    }
}

/// The id of a key.
pub(crate) type KeyId = [u8; 8];

impl FromStr for Key {
    type Err = KeyError;

    /// Parses 64 digits in hexadecimal, or base64 with either alphabet. White space around it is ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is neither, or has another length.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        let mut bytes = Zeroizing::new([0; LEN]);
        let is_key = if text.len() == 2 * LEN { parse_hex(text, &mut bytes) } else { parse_base64(text, &mut bytes) };
        if is_key.is_some() { Ok(Self(bytes)) } else { Err(KeyError(KeyErrorKind::Text)) }
    }
}

fn parse_hex(text: &str, bytes: &mut [u8; LEN]) -> Option<()> {
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    for (byte, [high, low]) in bytes.iter_mut().zip(text.as_bytes().as_chunks().0) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(())
}

fn parse_base64(text: &str, bytes: &mut [u8; LEN]) -> Option<()> {
    let alphabet = if text.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let len = GeneralPurpose::new(alphabet, config).decode_slice(text, bytes).ok()?;
    (len == LEN).then_some(())
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key([redacted])")
    }
}

/// The keys of a store: the newest encrypts, and all of them decrypt.
///
/// To replace a key, add the old one with [`with_old`](Self::with_old). Each connection is encrypted with the new key at its next
/// refresh. Remove the old key when no connection needs it, such as after 90 days.
///
/// ```
/// use auth_link_store::{Key, KeyError, Keys};
///
/// # fn main() -> Result<(), KeyError> {
/// let (newest, old) = (Key::generate()?, Key::generate()?);
/// let keys = Keys::new(newest).with_old(old);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Keys {
    keys: Vec<Key>,
}

impl Keys {
    /// Creates the keys of a store with one key.
    #[must_use]
    pub fn new(newest: Key) -> Self {
        Self { keys: vec![newest] }
    }

    /// Adds an old key, which only decrypts.
    #[must_use]
    pub fn with_old(mut self, old: Key) -> Self {
        self.keys.push(old);
        self
    }

    pub(crate) fn newest(&self) -> &Key {
        &self.keys[0]
    }

    pub(crate) fn find(&self, id: KeyId) -> Option<&Key> {
        self.keys.iter().find(|key| key.id() == id)
    }
}

/// The error of a text or a file that contains no key. It does not show the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyError(KeyErrorKind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyErrorKind {
    Text,
    File(std::io::ErrorKind),
    Random,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            KeyErrorKind::Text => f.write_str(
                "expected a key of 32 bytes in hexadecimal or base64\nhelp: generate one with `openssl rand -hex 32`",
            ),
            KeyErrorKind::File(kind) => write!(f, "the file of the key cannot be read: {kind}"),
            KeyErrorKind::Random => f.write_str("the operating system has no random bytes"),
        }
    }
}

impl std::error::Error for KeyError {}

impl Zeroize for Key {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_in_hexadecimal_or_base64_is_read() {
        let key = Key::from_bytes(std::array::from_fn(|at| u8::try_from(at * 8).unwrap() | 3));
        let hex = key.expose().to_string();
        let base64 = "AwsTGyMrMztDS1NbY2tze4OLk5ujq7O7w8vT2+Pr8/s=";
        let texts = [
            &hex,
            &hex.to_uppercase(),
            &format!(" {hex}\n"),
            base64,
            &base64[..43],
            &base64.replace('+', "-").replace('/', "_"),
        ];
        for text in texts {
            assert_eq!(text.parse::<Key>().unwrap().bytes(), key.bytes(), "{text}");
        }
        for text in ["", &hex[1..], &hex.replace('0', "g"), "AwsT", &base64.replace('A', "é"), &base64.repeat(2)] {
            assert_eq!(text.parse::<Key>().unwrap_err(), KeyError(KeyErrorKind::Text), "{text}");
        }
    }

    #[test]
    fn generated_keys_differ_and_debug_shows_none() {
        let (one, other) = (Key::generate().unwrap(), Key::generate().unwrap());
        assert_ne!(one.bytes(), other.bytes());
        assert_ne!(one.id(), other.id());
        assert_eq!(format!("{:?}", Keys::new(one)), "Keys { keys: [Key([redacted])] }");
    }

    #[test]
    fn a_key_is_read_from_a_file() {
        let path = std::env::temp_dir().join(format!("auth-link-store-key-{}", std::process::id()));
        let key = Key::generate().unwrap();
        for contents in [key.bytes().to_vec(), key.expose().as_bytes().to_vec(), format!("{}\n", &*key.expose()).into()]
        {
            std::fs::write(&path, contents).unwrap();
            assert_eq!(Key::from_file(&path).unwrap().bytes(), key.bytes());
        }
        std::fs::write(&path, [255; 31]).unwrap();
        assert_eq!(Key::from_file(&path).unwrap_err(), KeyError(KeyErrorKind::Text));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(Key::from_file(&path).unwrap_err(), KeyError(KeyErrorKind::File(std::io::ErrorKind::NotFound)));
    }

    #[test]
    fn an_error_of_a_key_says_what_to_do_and_a_key_can_be_wiped() {
        let error = "no key".parse::<Key>().unwrap_err().to_string();
        assert!(error.ends_with("help: generate one with `openssl rand -hex 32`"), "{error}");
        let error = KeyError(KeyErrorKind::File(std::io::ErrorKind::NotFound)).to_string();
        assert_eq!(error, "the file of the key cannot be read: entity not found");
        assert_eq!(KeyError(KeyErrorKind::Random).to_string(), "the operating system has no random bytes");
        let mut key = Key::from_bytes([7; LEN]);
        key.zeroize();
        assert_eq!(*key.0, [0; LEN]);
    }
}
