//! The proof that the application that began an authorization also exchanges its code.

use crate::pkce::CodeChallenge;
use crate::secret::{HASH, Secret};

/// The proof of one authorization for the token endpoint (RFC 7636 §4.5).
pub(crate) enum Proof {
    /// A generated code verifier.
    Verifier(Secret<HASH>),
    /// The challenge of a verifier that the application keeps.
    Challenge(CodeChallenge),
    /// No proof: the link says `pkce = false`.
    None,
}
