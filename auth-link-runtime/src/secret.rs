//! Secrets in memory: their encoding, their comparison in constant time, and their wiping.

use std::ops::{Deref, DerefMut};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, zeroize_bytes};

/// The length of a state: 16 random bytes in base64url.
pub(crate) const STATE: usize = 22;

/// The length of a SHA-256 hash in base64url, and of a verifier of 32 random bytes (RFC 7636 §4.1).
pub(crate) const HASH: usize = 43;

/// An array that is wiped on drop.
pub(crate) struct Secret<const N: usize>([u8; N]);

impl<const N: usize> Secret<N> {
    pub(crate) const fn new(bytes: [u8; N]) -> Self {
        Self(bytes)
    }
}

impl<const N: usize> Deref for Secret<N> {
    type Target = [u8; N];

    fn deref(&self) -> &[u8; N] {
        &self.0
    }
}

impl<const N: usize> DerefMut for Secret<N> {
    fn deref_mut(&mut self) -> &mut [u8; N] {
        &mut self.0
    }
}

impl<const N: usize> Zeroize for Secret<N> {
    fn zeroize(&mut self) {
        zeroize_bytes(&mut self.0);
    }
}

impl<const N: usize> Drop for Secret<N> {
    fn drop(&mut self) {
        self.zeroize();
    }
}

impl<const N: usize> ZeroizeOnDrop for Secret<N> {}

/// A text that is wiped on drop. It must not outgrow its capacity: a reallocation leaves a copy behind.
pub(crate) struct SecretText(String);

impl SecretText {
    pub(crate) fn with_capacity(length: usize) -> Self {
        Self(String::with_capacity(length))
    }
}

#[cfg(feature = "client")]
impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(feature = "client")]
impl Clone for SecretText {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl Deref for SecretText {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl DerefMut for SecretText {
    fn deref_mut(&mut self) -> &mut String {
        &mut self.0
    }
}

impl SecretText {
    /// Overwrites the whole buffer with zeros, and returns it.
    fn wiped(&mut self) -> Vec<u8> {
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        // Truncated bytes are still in the buffer.
        bytes.resize(bytes.capacity(), 0);
        zeroize_bytes(&mut bytes);
        bytes
    }
}

impl Drop for SecretText {
    fn drop(&mut self) {
        self.wiped();
    }
}

impl ZeroizeOnDrop for SecretText {}

/// Encodes the bytes in base64url without padding (RFC 4648 §5). The result must be `N` characters long.
#[inline]
pub(crate) fn base64url<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut text = [0; N];
    let written = URL_SAFE_NO_PAD.encode_slice(bytes, &mut text);
    assert_eq!(written.ok(), Some(N), "the length of the encoded bytes is `N`");
    text
}

pub(crate) fn is_base64url(text: &[u8]) -> bool {
    text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
}

/// Returns the text as an array; `None` if it is not `N` characters of base64url.
pub(crate) fn parse_base64url<const N: usize>(text: &str) -> Option<[u8; N]> {
    text.as_bytes().try_into().ok().filter(|bytes: &[u8; N]| is_base64url(bytes))
}

/// Returns the length of `name=value&` with every byte of the value percent-encoded.
///
/// A text of that capacity never grows, so it leaves no copies behind.
pub(crate) const fn encoded_capacity(name: &str, value: &str) -> usize {
    name.len() + 3 * value.len() + 2
}

/// Returns text that this crate wrote in ASCII.
pub(crate) fn as_str(text: &[u8]) -> &str {
    std::str::from_utf8(text).unwrap_or_default()
}

/// Compares in constant time, apart from the lengths, which are no secret.
pub(crate) fn are_equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    // Eight bytes at a time. All differences are collected before the one comparison.
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let words =
        a.iter().zip(b).fold(0, |difference, (a, b)| difference | (u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b)));
    let difference = a_rest.iter().zip(b_rest).fold(words, |difference, (a, b)| difference | u64::from(a ^ b));
    difference.ct_eq(&0).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wiped_secret_is_zero_in_its_whole_capacity() {
        let mut secret = Secret::new(*b"secret");
        secret.zeroize();
        assert_eq!(*secret, [0; 6]);
        let mut text = SecretText::with_capacity(32);
        text.push_str("secret, and a truncated rest");
        text.truncate(6);
        let (start, capacity) = (text.as_ptr(), text.capacity());
        let wiped = text.wiped();
        assert_eq!((wiped.as_ptr(), wiped.as_slice()), (start, vec![0; capacity].as_slice()));
    }

    #[test]
    fn texts_that_differ_in_one_bit_are_not_equal() {
        for length in 0..=43 {
            let text = vec![b'x'; length];
            assert!(are_equal(&text, &text.clone()));
            assert!(!are_equal(&text, &vec![b'x'; length + 1]));
            for at in 0..length {
                for bit in 0..8 {
                    let mut other = text.clone();
                    other[at] ^= 1 << bit;
                    assert!(!are_equal(&text, &other), "{length} {at} {bit}");
                }
            }
        }
    }

    #[test]
    fn the_encoded_capacity_fits_a_value_with_every_byte_encoded() {
        assert_eq!(encoded_capacity("name", "é€@"), "name=%C3%A9%E2%82%AC%40&".len());
    }

    #[test]
    fn texts_with_two_equal_differences_are_not_equal() {
        let text = [b'x'; 43];
        for at in 0..43 {
            for step in 1..43 - at {
                let mut other = text;
                other[at] ^= 1;
                other[at + step] ^= 1;
                assert!(!are_equal(&text, &other), "{at} {step}");
            }
        }
    }
}
