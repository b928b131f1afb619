//! The start of a sign-in: what is fresh is added to the link.

use std::fmt;

use crate::link::AuthLink;
#[cfg(feature = "client")]
use crate::link::LinkText;
use crate::pending::PendingAuthorization;
use crate::pkce::CodeChallenge;
use crate::proof::Proof;
use crate::secret::{HASH, STATE, Secret, as_str, base64url};

/// One sign-in that begins: the address to send the browser to, and what to keep until it comes back.
///
/// One link is for one use; another try begins anew. TrueLayer's dialog does not work in an iframe.
#[non_exhaustive]
#[must_use]
pub struct AuthorizationRequest {
    /// The link with its state and code challenge, to redirect the browser to.
    pub url: String,
    /// What the callback is checked against.
    pub pending: PendingAuthorization,
}

impl fmt::Debug for AuthorizationRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationRequest").field("pending", &self.pending).finish_non_exhaustive()
    }
}

impl AuthLink {
    /// Begins a sign-in with a fresh state and, unless the link says `pkce = false`, a fresh code verifier, from the operating
    /// system's randomness (RFC 6749 §10.12, RFC 7636 §4).
    ///
    /// # Errors
    ///
    /// The operating system gives no randomness.
    pub fn begin(&self) -> Result<AuthorizationRequest, BeginError> {
        Ok(self.new_authorization()?.into_request())
    }

    /// Begins a sign-in with the caller's randomness, for tests and for applications with a generator of their own: 32 bytes
    /// for the code verifier, then 16 for the state. They must be unpredictable and never be used twice.
    pub fn begin_with_entropy(&self, entropy: [u8; 48]) -> AuthorizationRequest {
        self.new_authorization_from(&Secret::new(entropy)).into_request()
    }

    /// Begins a sign-in with a code challenge whose verifier an app or a script keeps. The code is given it before the exchange
    /// ([`AuthorizationCode::add_verifier`](crate::AuthorizationCode::add_verifier)). The challenge is added whatever the link's
    /// field `pkce` says.
    ///
    /// # Errors
    ///
    /// The operating system gives no randomness.
    pub fn begin_with_challenge(&self, challenge: CodeChallenge) -> Result<AuthorizationRequest, BeginError> {
        let mut entropy = Secret::new([0; 16]);
        getrandom::fill(&mut *entropy).map_err(BeginError)?;
        let proof = Proof::Challenge(challenge);
        Ok(NewAuthorization {
            pending: PendingAuthorization::new(self, base64url(&*entropy), proof),
            challenge: Some(challenge),
        }
        .into_request())
    }

    /// What is fresh in a sign-in, from the operating system's randomness.
    pub(crate) fn new_authorization(&self) -> Result<NewAuthorization, BeginError> {
        let mut entropy = Secret::new([0; 48]);
        getrandom::fill(&mut *entropy).map_err(BeginError)?;
        Ok(self.new_authorization_from(&entropy))
    }

    #[inline]
    fn new_authorization_from(&self, entropy: &[u8; 48]) -> NewAuthorization {
        let (verifier, state) = entropy.split_at(32);
        let state = base64url(state);
        if !self.pkce {
            return NewAuthorization { pending: PendingAuthorization::new(self, state, Proof::None), challenge: None };
        }
        let verifier = base64url(verifier);
        let challenge = CodeChallenge::of_ascii(verifier);
        let proof = Proof::Verifier(Secret::new(verifier));
        NewAuthorization { pending: PendingAuthorization::new(self, state, proof), challenge: Some(challenge) }
    }
}

/// What is fresh in a sign-in, before it has an address.
pub(crate) struct NewAuthorization {
    pending: PendingAuthorization,
    challenge: Option<CodeChallenge>,
}

impl NewAuthorization {
    /// The sign-in at the link's own address.
    #[inline]
    fn into_request(self) -> AuthorizationRequest {
        // One piece, with the encoded_capacity filled: it is read as text and appended once.
        let mut added = *b"&state=----------------------\
            &code_challenge=-------------------------------------------&code_challenge_method=S256";
        let (state, challenge) = added.split_at_mut(STATE_ADDED.len() + STATE);
        state[STATE_ADDED.len()..].copy_from_slice(self.pending.state());
        let length = match &self.challenge {
            Some(value) => {
                challenge[CHALLENGE_ADDED.len()..][..HASH].copy_from_slice(value.as_bytes());
                added.len()
            }
            None => state.len(),
        };
        let link = &self.pending.link;
        let mut url = String::with_capacity(link.len() + length);
        url.push_str(link);
        url.push_str(as_str(&added[..length]));
        AuthorizationRequest { url, pending: self.pending }
    }
}

const STATE_ADDED: &str = "&state=";
const CHALLENGE_ADDED: &str = "&code_challenge=";

#[cfg(feature = "client")]
impl NewAuthorization {
    pub(crate) fn state(&self) -> &str {
        as_str(self.pending.state())
    }

    pub(crate) fn challenge(&self) -> Option<CodeChallenge> {
        self.challenge
    }

    /// What no error may show.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        [self.state()].into_iter().chain(self.challenge.as_ref().map(CodeChallenge::as_str))
    }

    pub(crate) fn link(&self) -> &LinkText {
        &self.pending.link
    }

    /// The sign-in at an address that the auth server gave.
    pub(crate) fn into_request_at(self, url: String) -> AuthorizationRequest {
        AuthorizationRequest { url, pending: self.pending }
    }
}

/// The operating system gave no randomness, so no sign-in can begin.
#[derive(Clone, Copy, Debug)]
pub struct BeginError(getrandom::Error);

impl fmt::Display for BeginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no randomness from the operating system: {}", self.0)
    }
}

impl std::error::Error for BeginError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_operating_system_is_told() {
        let error = BeginError(getrandom::Error::UNSUPPORTED).to_string();
        assert!(error.starts_with("no randomness from the operating system: ") && !error.ends_with(": "), "{error}");
    }
}
