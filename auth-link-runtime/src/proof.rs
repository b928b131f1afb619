//! The proof that the application that began an authorization also exchanges its code.

use crate::pkce::CodeChallenge;
use crate::secret::{HASH, Secret};

/// What will prove to the token endpoint that the exchange is of the application that began.
pub(crate) enum Proof {
    /// The code verifier, made here.
    Verifier(Secret<HASH>),
    /// The challenge of a verifier that the application keeps.
    Challenge(CodeChallenge),
    /// Nothing: the link says `pkce = false`.
    None,
}
