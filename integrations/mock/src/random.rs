//! Random identifiers.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Returns 128 random bits as 22 characters of base64url.
///
/// # Panics
///
/// Panics if the operating system gives no randomness: the demo cannot work without it.
pub(crate) fn random() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("randomness from the operating system");
    URL_SAFE_NO_PAD.encode(bytes)
}
