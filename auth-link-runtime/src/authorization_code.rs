//! The authorization code, with the values that its exchange needs.

use std::borrow::Cow;
use std::fmt;

use auth_link_rules::{Param, Untrusted};

use crate::callback::Code;
use crate::link::LinkText;
use crate::pending::PendingAuthorization;
use crate::pkce::{ChallengeMismatch, CodeChallenge, CodeVerifier};
use crate::proof::Proof;
use crate::secret::{are_equal, as_str};

/// An authorization code (RFC 6749 §1.3.1), to be exchanged once and within minutes.
///
/// [`PendingAuthorization::finish`] returns it after the state matched. It also holds the values that the exchange must repeat:
/// the redirect URI and the code verifier of the same authorization. Its `Debug` shows no secret, and it is wiped on drop.
#[must_use]
pub struct AuthorizationCode {
    code: Code,
    link: LinkText,
    proof: Proof,
    /// The application's own verifier, after [`Self::add_verifier`].
    verifier: Option<CodeVerifier>,
}

impl AuthorizationCode {
    pub(crate) fn new(code: Code, pending: PendingAuthorization) -> Self {
        Self { code, link: pending.link, proof: pending.proof, verifier: None }
    }

    /// Returns the code itself. Send it to the token endpoint and nowhere else.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthorizationCode;
    ///
    /// /// Returns the parameters of an exchange that another service sends.
    /// fn parameters(code: &AuthorizationCode) -> [(&'static str, String); 2] {
    ///     [("code", code.expose().to_owned()), ("redirect_uri", code.redirect_uri().into_owned())]
    /// }
    /// ```
    #[must_use]
    pub fn expose(&self) -> &str {
        self.code.code()
    }

    /// Returns the code verifier to send with the code: the generated one, or the one that was [added](Self::add_verifier).
    ///
    /// Returns `None` if the link has no code challenge, and as long as the application's own verifier is missing.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthorizationCode;
    ///
    /// fn code_verifier(code: &AuthorizationCode) -> Option<(&'static str, &str)> {
    ///     Some(("code_verifier", code.expose_verifier()?))
    /// }
    /// ```
    #[must_use]
    pub fn expose_verifier(&self) -> Option<&str> {
        match &self.proof {
            Proof::Verifier(verifier) => Some(as_str(&**verifier)),
            Proof::Challenge(_) | Proof::None => self.verifier.as_ref().map(CodeVerifier::expose),
        }
    }

    /// Adds the verifier that the application kept after
    /// [`begin_with_challenge`](crate::AuthLink::begin_with_challenge).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthorizationCode;
    ///
    /// /// `verifier` is the text that the app kept, and sent after the callback.
    /// fn add_verifier(code: &mut AuthorizationCode, verifier: &str) -> Result<(), Box<dyn std::error::Error>> {
    ///     Ok(code.add_verifier(verifier.parse()?)?)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error, and leaves the code unchanged, if:
    ///
    /// - the authorization began without a challenge of the application;
    /// - the verifier does not match that challenge (RFC 7636 §4.6).
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

    /// Returns the scopes in the callback, separated by spaces. The user may grant fewer than the link requests.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthorizationCode;
    ///
    /// fn is_granted(code: &AuthorizationCode, scope: &str) -> bool {
    ///     code.scope().is_none_or(|granted| granted.split(' ').any(|word| word == scope))
    /// }
    /// ```
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        self.code.scope()
    }

    /// Returns the scopes that the link requests, separated by spaces.
    #[cfg(feature = "client")]
    pub(crate) fn requested_scope(&self) -> Option<Cow<'_, str>> {
        self.link.get(Param::Scope)
    }

    /// Returns whether the link had a code challenge, so that the exchange needs a verifier.
    #[cfg(feature = "client")]
    pub(crate) fn needs_verifier(&self) -> bool {
        !matches!(self.proof, Proof::None)
    }

    /// Returns the redirect URI of the authorization, which the exchange must repeat (RFC 6749 §4.1.3).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthorizationCode;
    ///
    /// fn is_of_app(code: &AuthorizationCode) -> bool {
    ///     code.redirect_uri() == "com.example.app:/callback"
    /// }
    /// ```
    #[must_use]
    pub fn redirect_uri(&self) -> Cow<'_, str> {
        self.link.value(Param::RedirectUri)
    }

    /// Returns the client id of the authorization. The code is valid for no other client.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthorizationCode;
    ///
    /// fn is_of_sandbox(code: &AuthorizationCode) -> bool {
    ///     code.client_id().starts_with("sandbox-")
    /// }
    /// ```
    #[must_use]
    pub fn client_id(&self) -> Cow<'_, str> {
        self.link.value(Param::ClientId)
    }

    /// Returns the origin of the auth server that the authorization began at. The code is valid at no other server.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthorizationCode;
    ///
    /// fn is_live(code: &AuthorizationCode) -> bool {
    ///     code.auth_server() == "https://auth.truelayer.com"
    /// }
    /// ```
    #[must_use]
    pub fn auth_server(&self) -> &str {
        self.link.auth_server()
    }
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationCode")
            .field("auth_server", &self.auth_server())
            .field("scope", &self.scope().map(|scope| Untrusted::new(scope).to_string()))
            .finish_non_exhaustive()
    }
}
