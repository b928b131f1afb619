//! Proof Key for Code Exchange (PKCE, RFC 7636), for an application that keeps its own code verifier.
//!
//! [`AuthLink::begin`](crate::AuthLink::begin) generates a code verifier, so most applications need nothing of this module. An
//! app or a script that keeps its own verifier sends only the challenge to the server:
//!
//! ```
//! # use auth_link_runtime as auth_link;
//! use auth_link::pkce::{CodeChallenge, CodeVerifier};
//! use auth_link::{AuthLink, AuthorizationCode};
//!
//! /// Begins with the challenge that the app sent. Returns the URL for the app.
//! fn begin(link: &AuthLink, challenge: &str) -> Result<String, Box<dyn std::error::Error>> {
//!     let challenge: CodeChallenge = challenge.parse()?;
//!     let request = link.begin_with_challenge(challenge)?;
//!     // Store `request.pending` for the callback.
//!     Ok(request.url)
//! }
//!
//! /// Adds the verifier that the app sent, before the exchange.
//! fn add_verifier(code: &mut AuthorizationCode, verifier: &str) -> Result<(), Box<dyn std::error::Error>> {
//!     let verifier: CodeVerifier = verifier.parse()?;
//!     Ok(code.add_verifier(verifier)?)
//! }
//! ```

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::begin_error::BeginError;
use crate::secret::{HASH, Secret, as_str, base64url, is_base64url};

/// A code challenge of the method S256 (RFC 7636 §4.2): base64url(SHA-256(verifier)).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CodeChallenge([u8; HASH]);

impl CodeChallenge {
    #[inline]
    pub(crate) fn from_verifier(verifier: impl AsRef<[u8]>) -> Self {
        Self(base64url(&Sha256::digest(verifier)))
    }

    /// Returns the challenge as text: 43 characters.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::pkce::{CodeChallenge, CodeVerifier};
    ///
    /// // The example of RFC 7636, appendix B.
    /// let verifier: CodeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".parse()?;
    /// assert_eq!(CodeChallenge::from(&verifier).as_str(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    /// # Ok::<(), auth_link::pkce::ParseCodeVerifierError>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        as_str(&self.0)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; HASH] {
        &self.0
    }
}

impl From<&CodeVerifier> for CodeChallenge {
    fn from(verifier: &CodeVerifier) -> Self {
        Self::from_verifier(verifier.expose())
    }
}

impl FromStr for CodeChallenge {
    type Err = ParseCodeChallengeError;

    /// Parses a challenge that an app or a script made.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not 43 characters of base64url without padding.
    fn from_str(text: &str) -> Result<Self, ParseCodeChallengeError> {
        match text.as_bytes().try_into() {
            Ok(bytes) if is_base64url(text.as_bytes()) => Ok(Self(bytes)),
            _ => Err(ParseCodeChallengeError),
        }
    }
}

impl fmt::Debug for CodeChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeChallenge([redacted])")
    }
}

/// The error of parsing a [`CodeChallenge`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseCodeChallengeError;

impl fmt::Display for ParseCodeChallengeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "expected a code challenge: 43 characters of base64url without padding, the SHA-256 of the verifier",
        )
    }
}

impl std::error::Error for ParseCodeChallengeError {}

/// A code verifier (RFC 7636 §4.1): 43 to 128 unreserved characters. Wiped on drop.
pub struct CodeVerifier(Zeroizing<String>);

impl CodeVerifier {
    /// Generates a verifier of 43 characters from 32 random bytes of the operating system (RFC 7636 §4.1).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::pkce::{CodeChallenge, CodeVerifier};
    ///
    /// # fn main() -> Result<(), auth_link::BeginError> {
    /// let verifier = CodeVerifier::generate()?;
    /// let challenge = CodeChallenge::from(&verifier);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system provides no random bytes.
    pub fn generate() -> Result<Self, BeginError> {
        let mut entropy = Secret::new([0; 32]);
        getrandom::fill(&mut *entropy).map_err(BeginError)?;
        let text = Secret::new(base64url::<HASH>(&*entropy));
        Ok(Self(Zeroizing::new(as_str(&*text).to_owned())))
    }

    /// Returns the verifier itself. Send it to the token endpoint and nowhere else.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::pkce::CodeVerifier;
    ///
    /// /// The app keeps the text until the callback, where only the app can read it.
    /// fn save(verifier: &CodeVerifier) -> String {
    ///     verifier.expose().to_owned()
    /// }
    /// ```
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for CodeVerifier {
    type Err = ParseCodeVerifierError;

    /// Parses a verifier that an app or a script made.
    ///
    /// # Errors
    ///
    /// Returns an error if the text:
    ///
    /// - is shorter than 43 or longer than 128 characters;
    /// - contains a character that is not one of `A-Z a-z 0-9 - . _ ~`.
    fn from_str(text: &str) -> Result<Self, ParseCodeVerifierError> {
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if (43..=128).contains(&text.len()) && text.bytes().all(is_unreserved) {
            Ok(Self(Zeroizing::new(text.to_owned())))
        } else {
            Err(ParseCodeVerifierError)
        }
    }
}

impl fmt::Debug for CodeVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeVerifier([redacted])")
    }
}

/// The error of parsing a [`CodeVerifier`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseCodeVerifierError;

impl fmt::Display for ParseCodeVerifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a code verifier: 43 to 128 characters of A-Z, a-z, 0-9, `-`, `.`, `_` and `~`")
    }
}

impl std::error::Error for ParseCodeVerifierError {}

/// The error of a code verifier that does not match the code challenge of the authorization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChallengeMismatch;

impl fmt::Display for ChallengeMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the code verifier does not match the code challenge of this authorization")
    }
}

impl std::error::Error for ChallengeMismatch {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verifier_of_rfc_7636_appendix_b_has_its_challenge() {
        let verifier: CodeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".parse().unwrap();
        assert_eq!(CodeChallenge::from(&verifier).as_str(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn a_verifier_has_43_to_128_unreserved_characters() {
        for (length, is_valid) in [(0, false), (42, false), (43, true), (128, true), (129, false)] {
            assert_eq!("~".repeat(length).parse::<CodeVerifier>().is_ok(), is_valid, "{length}");
        }
        for invalid in ["+", "/", "=", " ", "é", "\0", "%"] {
            assert!(("a".repeat(50) + invalid).parse::<CodeVerifier>().is_err(), "{invalid:?}");
        }
    }

    #[test]
    fn a_challenge_has_43_characters_of_base64url() {
        assert!("-_Az09".repeat(8)[..43].parse::<CodeChallenge>().is_ok());
        for (text, length) in [("a", 42), ("a", 44), ("+", 43), ("=", 43), ("~", 43), (".", 43)] {
            assert!(text.repeat(length).parse::<CodeChallenge>().is_err(), "{length} {text}");
        }
    }
}
