//! How secrets are spelled, compared and kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

/// The length of a state: 16 random bytes in base64url.
pub(crate) const STATE: usize = 22;

/// The length of a SHA-256 in base64url, and of a verifier of 32 random bytes (RFC 7636 §4.1).
pub(crate) const HASH: usize = 43;

/// `bytes` in base64url without padding (RFC 4648 §5), which is `N` characters long.
pub(crate) fn base64url<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut text = [0; N];
    let written = URL_SAFE_NO_PAD.encode_slice(bytes, &mut text);
    assert_eq!(written.ok(), Some(N), "the caller names the length");
    text
}

pub(crate) fn is_base64url(text: &[u8]) -> bool {
    text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
}

/// Text that this crate made of ASCII.
pub(crate) fn as_str(text: &[u8]) -> &str {
    std::str::from_utf8(text).unwrap_or_default()
}

/// Compares without telling, by the time it takes, where the two differ. Their lengths are no secret.
pub(crate) fn are_equal(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
