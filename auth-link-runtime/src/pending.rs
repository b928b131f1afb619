//! The authorization that waits for its callback.

use std::fmt;
use std::str::FromStr;

use auth_link_rules::{Param, decode, encode, is_auth_server, pairs};

use crate::link::{AuthLink, LinkText};
use crate::pending_key::PendingKey;
use crate::proof::Proof;
use crate::secret::{HASH, STATE, Secret, as_str, base64url_of, encoded_capacity};

/// A sign-in whose browser has not come back yet: all that is needed to believe its callback and to exchange its code.
///
/// Keep it with the browser that began, in its server-side session or in an encrypted cookie of its own, under [`key`], and
/// take it out of there for the callback. Never look it up by the callback's state alone: that would compare the state with
/// itself, and anybody's callback would be believed (RFC 9700 §4.7).
///
/// It is used once: [`finish`] takes it. It is not `Clone`, its `Debug` shows no secret, and it is wiped on drop. Stored, as
/// text ([`expose`], or `Serialize` with the feature `serde`), it is a secret.
///
/// [`key`]: Self::key
/// [`finish`]: Self::finish
/// [`expose`]: Self::expose
#[must_use]
pub struct PendingAuthorization {
    /// The link, or as much of it as the callback and the exchange need.
    pub(crate) link: LinkText,
    pub(crate) state: Secret<STATE>,
    pub(crate) proof: Proof,
}

impl PendingAuthorization {
    pub(crate) fn new(link: &AuthLink, state: [u8; STATE], proof: Proof) -> Self {
        Self { link: link.text.clone(), state: Secret::new(state), proof }
    }

    pub(crate) fn state(&self) -> &[u8; STATE] {
        &self.state
    }

    /// The name to keep it under: base64url(SHA-256(state)). It tells nothing of the state, and the callback has the same
    /// ([`Callback::key`]).
    #[must_use]
    pub fn key(&self) -> PendingKey {
        PendingKey::of(&*self.state)
    }

    /// Its text form, to be kept where only the application can read it: it holds the state and the code verifier. Read it back
    /// with [`str::parse`].
    ///
    /// The form is versioned, and stays readable until a release says otherwise.
    #[must_use]
    pub fn expose(&self) -> String {
        let (kind, proof) = match &self.proof {
            Proof::Verifier(verifier) => ("v", as_str(&**verifier)),
            Proof::Challenge(challenge) => ("c", challenge.as_str()),
            Proof::None => ("n", ""),
        };
        let kept = KEPT.map(|param| Some((param.name(), self.link.get(param)?)));
        let issuer = self.link.issuer().map(|issuer| (ISSUER, issuer.into()));
        let values = || kept.iter().chain([&issuer]).flatten();
        let longest = values().map(|(name, value)| encoded_capacity(name, value)).sum::<usize>();
        let mut text = String::with_capacity(STATE + HASH + self.link.auth_server().len() + longest + 16);
        for part in [VERSION, ".", as_str(&*self.state), ".", kind, proof, ".", self.link.auth_server(), "/"] {
            text.push_str(part);
        }
        for (index, (name, value)) in values().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            encode(value, &mut text);
        }
        text
    }
}

/// The version of the text form.
const VERSION: &str = "1";

/// What the text form keeps of the link: to compare, to send, and to tell what was not granted.
const KEPT: [Param; 3] = [Param::ClientId, Param::RedirectUri, Param::Scope];

const ISSUER: &str = "iss";

impl FromStr for PendingAuthorization {
    type Err = ParsePendingError;

    /// Reads what [`expose`](Self::expose) wrote.
    ///
    /// # Errors
    ///
    /// A version that this release does not know, or a text that is not of the form.
    fn from_str(text: &str) -> Result<Self, ParsePendingError> {
        let (version, rest) = text.split_once('.').ok_or(ParsePendingError::Malformed)?;
        if version != VERSION {
            let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
            return Err(if is_version { ParsePendingError::UnknownVersion } else { ParsePendingError::Malformed });
        }
        Self::read(rest).ok_or(ParsePendingError::Malformed)
    }
}

impl PendingAuthorization {
    fn read(text: &str) -> Option<Self> {
        let (state, rest) = text.split_once('.')?;
        let (proof, link) = rest.split_once('.')?;
        let (origin, query) = link.split_once("/?")?;
        let (mut names, mut issuer) = (Vec::new(), None);
        for (name, value) in pairs(query.as_bytes()) {
            let value = decode(value).ok().filter(|value| !value.is_empty())?;
            if name == ISSUER.as_bytes() {
                issuer = Some(value.into_owned());
            }
            names.push(name);
        }
        let expected: Vec<_> = KEPT.map(Param::name).into_iter().chain(issuer.as_ref().map(|_| ISSUER)).collect();
        if !is_auth_server(origin) || names != expected.iter().map(|name| name.as_bytes()).collect::<Vec<_>>() {
            return None;
        }
        let proof = match proof.split_at_checked(1)? {
            ("v", verifier) => Proof::Verifier(Secret::new(base64url_of(verifier)?)),
            ("c", challenge) => Proof::Challenge(challenge.parse().ok()?),
            ("n", "") => Proof::None,
            _ => return None,
        };
        let state = Secret::new(base64url_of(state)?);
        Some(Self { link: LinkText::shared(link.to_owned(), issuer), state, proof })
    }
}

impl fmt::Debug for PendingAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingAuthorization").field("auth_server", &self.link.auth_server()).finish_non_exhaustive()
    }
}

/// Why a text is no [`PendingAuthorization`]. Either way the user has to begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParsePendingError {
    /// Another release wrote it.
    UnknownVersion,
    /// It is not of the form.
    Malformed,
}

impl fmt::Display for ParsePendingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownVersion => "pending sign-in of an unknown version: begin again",
            Self::Malformed => "malformed pending sign-in: begin again",
        })
    }
}

impl std::error::Error for ParsePendingError {}

#[cfg(feature = "serde")]
mod serde {
    use std::fmt;

    use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
    use serde_core::ser::{Serialize, Serializer};
    use zeroize::Zeroizing;

    use super::PendingAuthorization;

    impl Serialize for PendingAuthorization {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(&Zeroizing::new(self.expose()))
        }
    }

    impl<'de> Deserialize<'de> for PendingAuthorization {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(Text)
        }
    }

    struct Text;

    impl Visitor<'_> for Text {
        type Value = PendingAuthorization;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a pending sign-in as text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<PendingAuthorization, E> {
            text.parse().map_err(E::custom)
        }

        fn visit_string<E: Error>(self, text: String) -> Result<PendingAuthorization, E> {
            self.visit_str(&Zeroizing::new(text))
        }
    }
}
