//! The authorization request: a link with a new state and a new code challenge.

use std::fmt;

use crate::begin_error::BeginError;
use crate::link::AuthLink;
#[cfg(feature = "client")]
use crate::link::LinkText;
use crate::pending::PendingAuthorization;
use crate::pkce::CodeChallenge;
use crate::proof::Proof;
use crate::secret::{HASH, STATE, Secret, as_str, base64url};

/// An authorization request (RFC 6749 §4.1.1): the URL to redirect the browser to, and the value to keep until the callback.
///
/// Use each request once. For another attempt, begin again. TrueLayer's dialog does not work in an iframe.
#[non_exhaustive]
#[must_use]
pub struct AuthorizationRequest {
    /// The link with its state and code challenge.
    pub url: String,
    /// The pending authorization, which the callback is checked against.
    pub pending: PendingAuthorization,
}

impl fmt::Debug for AuthorizationRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationRequest").field("pending", &self.pending).finish_non_exhaustive()
    }
}

impl AuthLink {
    /// Begins an authorization with a new state and a new code verifier (RFC 6749 §10.12, RFC 7636 §4).
    ///
    /// Both come from the operating system's random number generator. A link with `pkce = false` gets no code verifier.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{AuthLink, BeginError, PendingAuthorization, PendingKey};
    ///
    /// /// Returns the URL for a redirect with status 303. `session` keeps the pending authorization of this browser.
    /// fn connect(
    ///     link: &AuthLink,
    ///     session: &mut Vec<(PendingKey, PendingAuthorization)>,
    /// ) -> Result<String, BeginError> {
    ///     let request = link.begin()?;
    ///     session.push((request.pending.key(), request.pending));
    ///     Ok(request.url)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system provides no random bytes.
    pub fn begin(&self) -> Result<AuthorizationRequest, BeginError> {
        Ok(self.generate_parameters()?.into_request())
    }

    /// Begins an authorization with the caller's random bytes: 32 for the code verifier, then 16 for the state.
    ///
    /// For tests, and for applications with their own random number generator. The bytes must be unpredictable, and must never
    /// be used twice.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    ///
    /// /// Returns the same URL in each run of a test.
    /// fn url(link: &AuthLink) -> String {
    ///     link.begin_with_entropy([7; 48]).url
    /// }
    /// ```
    pub fn begin_with_entropy(&self, entropy: [u8; 48]) -> AuthorizationRequest {
        self.parameters_from_entropy(&Secret::new(entropy)).into_request()
    }

    /// Begins an authorization with a code challenge whose verifier an app or a script keeps.
    ///
    /// Add the verifier to the code before the exchange
    /// ([`AuthorizationCode::add_verifier`](crate::AuthorizationCode::add_verifier)). The challenge is added even if the link
    /// says `pkce = false`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::pkce::CodeChallenge;
    /// use auth_link::{AuthLink, AuthorizationRequest, BeginError};
    ///
    /// /// `challenge` is base64url(SHA-256(verifier)), which the app sent.
    /// fn begin(link: &AuthLink, challenge: CodeChallenge) -> Result<AuthorizationRequest, BeginError> {
    ///     link.begin_with_challenge(challenge)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system provides no random bytes.
    pub fn begin_with_challenge(&self, challenge: CodeChallenge) -> Result<AuthorizationRequest, BeginError> {
        let mut entropy = Secret::new([0; 16]);
        getrandom::fill(&mut *entropy).map_err(BeginError)?;
        let proof = Proof::Challenge(challenge);
        Ok(AuthorizationParameters {
            pending: PendingAuthorization::new(self, base64url(&*entropy), proof),
            challenge: Some(challenge),
        }
        .into_request())
    }

    /// Generates the parameters of a new authorization with the operating system's random number generator.
    pub(crate) fn generate_parameters(&self) -> Result<AuthorizationParameters, BeginError> {
        let mut entropy = Secret::new([0; 48]);
        getrandom::fill(&mut *entropy).map_err(BeginError)?;
        Ok(self.parameters_from_entropy(&entropy))
    }

    #[inline]
    fn parameters_from_entropy(&self, entropy: &[u8; 48]) -> AuthorizationParameters {
        let (verifier, state) = entropy.split_at(32);
        let state = base64url(state);
        if !self.pkce {
            return AuthorizationParameters {
                pending: PendingAuthorization::new(self, state, Proof::None),
                challenge: None,
            };
        }
        let verifier = base64url(verifier);
        let challenge = CodeChallenge::from_verifier(verifier);
        let proof = Proof::Verifier(Secret::new(verifier));
        AuthorizationParameters { pending: PendingAuthorization::new(self, state, proof), challenge: Some(challenge) }
    }
}

/// The state and the code challenge of a new authorization, before it has a URL.
pub(crate) struct AuthorizationParameters {
    pending: PendingAuthorization,
    challenge: Option<CodeChallenge>,
}

impl AuthorizationParameters {
    /// Appends the parameters to the link.
    #[inline]
    fn into_request(self) -> AuthorizationRequest {
        // One template, filled in place: it is checked as UTF-8 and appended once.
        let mut query = *b"&state=----------------------\
            &code_challenge=-------------------------------------------&code_challenge_method=S256";
        let (state, challenge) = query.split_at_mut(STATE_NAME.len() + STATE);
        state[STATE_NAME.len()..].copy_from_slice(self.pending.state());
        let length = match &self.challenge {
            Some(value) => {
                challenge[CHALLENGE_NAME.len()..][..HASH].copy_from_slice(value.as_bytes());
                query.len()
            }
            None => state.len(),
        };
        let link = &self.pending.link;
        let mut url = String::with_capacity(link.len() + length);
        url.push_str(link);
        url.push_str(as_str(&query[..length]));
        AuthorizationRequest { url, pending: self.pending }
    }
}

const STATE_NAME: &str = "&state=";
const CHALLENGE_NAME: &str = "&code_challenge=";

#[cfg(feature = "client")]
impl AuthorizationParameters {
    pub(crate) fn state(&self) -> &str {
        as_str(self.pending.state())
    }

    pub(crate) fn challenge(&self) -> Option<CodeChallenge> {
        self.challenge
    }

    /// Returns the texts that no error may show.
    pub(crate) fn sensitive_texts(&self) -> impl Iterator<Item = &str> {
        [self.state()].into_iter().chain(self.challenge.as_ref().map(CodeChallenge::as_str))
    }

    pub(crate) fn link(&self) -> &LinkText {
        &self.pending.link
    }

    /// Creates the request at a URL that the auth server returned.
    pub(crate) fn into_request_at(self, url: String) -> AuthorizationRequest {
        AuthorizationRequest { url, pending: self.pending }
    }
}
