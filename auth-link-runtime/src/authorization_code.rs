//! What a sign-in ends with: the authorization code, and all that its exchange needs.

use std::borrow::Cow;
use std::fmt;

use auth_link_rules::Param;

use crate::callback::Code;
use crate::link::LinkText;
use crate::pending::PendingAuthorization;
use crate::pkce::{ChallengeMismatch, CodeChallenge, CodeVerifier};
use crate::proof::Proof;
use crate::secret::{are_equal, as_str};

/// An authorization code (RFC 6749 §1.3.1) that came back to the browser that began, for one exchange within minutes.
///
/// It brings what the exchange must repeat: the redirect URI and the code verifier of the very same sign-in. Its `Debug` shows
/// no secret, and it is wiped on drop.
#[must_use]
pub struct AuthorizationCode {
    code: Code,
    link: LinkText,
    proof: Proof,
    /// The application's own verifier, once it is there.
    verifier: Option<CodeVerifier>,
}

impl AuthorizationCode {
    pub(crate) fn new(code: Code, pending: PendingAuthorization) -> Self {
        Self { code, link: pending.link, proof: pending.proof, verifier: None }
    }

    /// The code itself. It goes to the token endpoint and nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.code.code()
    }

    /// The code verifier, to be sent with the code: that of this sign-in, or the one that was [added](Self::add_verifier).
    #[must_use]
    pub fn expose_verifier(&self) -> Option<&str> {
        match &self.proof {
            Proof::Verifier(verifier) => Some(as_str(&**verifier)),
            Proof::Challenge(_) | Proof::None => self.verifier.as_ref().map(CodeVerifier::expose),
        }
    }

    /// Adds the verifier that the application kept, after
    /// [`begin_with_challenge`](crate::AuthLink::begin_with_challenge).
    ///
    /// # Errors
    ///
    /// The verifier is not that of the challenge in the link, or the link had another challenge or none. The code stays as it
    /// was.
    pub fn add_verifier(&mut self, verifier: CodeVerifier) -> Result<(), ChallengeMismatch> {
        match &self.proof {
            Proof::Challenge(challenge)
                if are_equal(CodeChallenge::from(&verifier).as_bytes(), challenge.as_bytes()) =>
            {
                self.verifier = Some(verifier);
                Ok(())
            }
            _ => Err(ChallengeMismatch),
        }
    }

    /// The scopes that came with the code, separated by spaces: what the user granted, which may be less than was asked for.
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        self.code.scope()
    }

    /// The scopes that the link asked for, separated by spaces.
    #[cfg(feature = "client")]
    pub(crate) fn requested_scope(&self) -> Option<Cow<'_, str>> {
        self.link.get(Param::Scope)
    }

    /// Whether the link had a challenge, so that the exchange must have a verifier.
    #[cfg(feature = "client")]
    pub(crate) fn needs_verifier(&self) -> bool {
        !matches!(self.proof, Proof::None)
    }

    /// The redirect URI of the sign-in, which the exchange must repeat (RFC 6749 §4.1.3).
    #[must_use]
    pub fn redirect_uri(&self) -> Cow<'_, str> {
        self.link.value(Param::RedirectUri)
    }

    /// The client id of the sign-in. A code is for no other client.
    #[must_use]
    pub fn client_id(&self) -> Cow<'_, str> {
        self.link.value(Param::ClientId)
    }

    /// The origin of the server that the sign-in began at. A code is for no other server.
    #[must_use]
    pub fn auth_server(&self) -> &str {
        self.link.auth_server()
    }
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationCode")
            .field("auth_server", &self.auth_server())
            .field("scope", &self.scope())
            .finish_non_exhaustive()
    }
}
