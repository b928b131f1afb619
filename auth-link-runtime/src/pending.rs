//! What is kept between the redirect and the callback.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use auth_link_rules::{Param, decode, encode, is_auth_server, pairs};
use sha2::{Digest, Sha256};

use crate::link::LinkText;
use crate::secret::{HASH, STATE, Secret, as_str, base64url, is_base64url, room};
use crate::{AuthLink, AuthorizationCode, Callback, CallbackError, CodeChallenge};

/// A sign-in whose browser has not come back yet: all that is needed to believe its callback and to exchange its code.
///
/// Keep it with the browser that began, in its server-side session or in an encrypted cookie of its own, under [`key`], and
/// take it out of there for the callback. Never look it up by the callback's state alone: that would compare the state with
/// itself, and anybody's callback would be believed (RFC 9700 §4.7).
///
/// It is used once: [`receive`] takes it. It is not `Clone`, its `Debug` shows no secret, and it is wiped on drop. Stored, as
/// text ([`expose`], or `Serialize` with the feature `serde`), it is a secret.
///
/// [`key`]: Self::key
/// [`receive`]: Self::receive
/// [`expose`]: Self::expose
#[must_use]
pub struct Pending {
    /// The link, or as much of it as the callback and the exchange need.
    pub(crate) link: LinkText,
    state: Secret<STATE>,
    pub(crate) proof: Proof,
}

/// What will prove to the token endpoint that the exchange is of the application that began.
pub(crate) enum Proof {
    /// The code verifier, made here.
    Verifier(Secret<HASH>),
    /// The challenge of a verifier that the application keeps.
    Challenge(CodeChallenge),
    /// Nothing: the link says `pkce = false`.
    None,
}

impl Pending {
    pub(crate) fn new(link: &AuthLink, state: [u8; STATE], proof: Proof) -> Self {
        Self { link: link.text.clone(), state: Secret::new(state), proof }
    }

    pub(crate) fn state(&self) -> &[u8; STATE] {
        &self.state
    }

    /// The name to keep it under: base64url(SHA-256(state)). It tells nothing of the state, and the callback has the same
    /// ([`Callback::key`]).
    #[must_use]
    pub fn key(&self) -> Key {
        Key::of(&*self.state)
    }

    /// Takes the callback that the browser came back with, and gives the authorization code in it.
    ///
    /// The state is compared first, in constant time. What else the callback says is believed only if it matches, in this order:
    /// an `iss` must name the auth server; an `error` is the verdict even beside a code; what belongs to another flow is
    /// refused; the code must be there.
    ///
    /// # Errors
    ///
    /// What the callback says or lacks ([`CallbackError`]). If its state is that of another sign-in the error hands this one
    /// back: a stranger's request must not end it.
    pub fn receive(self, callback: Callback<'_>) -> Result<AuthorizationCode, Refused> {
        if !callback.state_is(&*self.state) {
            return Err(Refused { error: CallbackError::StateMismatch, pending: Some(self) });
        }
        let issuer = || self.link.issuer().unwrap_or_else(|| self.link.auth_server());
        match callback.into_code(issuer) {
            Ok(code) => Ok(AuthorizationCode::new(code, self)),
            Err(error) => Err(Refused { error, pending: None }),
        }
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
        let longest = values().map(|(name, value)| room(name, value)).sum::<usize>();
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

impl FromStr for Pending {
    type Err = PendingError;

    /// Reads what [`expose`](Self::expose) wrote.
    ///
    /// # Errors
    ///
    /// A version that this release does not know, or a text that is not of the form.
    fn from_str(text: &str) -> Result<Self, PendingError> {
        let (version, rest) = text.split_once('.').ok_or(PendingError::Malformed)?;
        if version != VERSION {
            let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
            return Err(if is_version { PendingError::UnknownVersion } else { PendingError::Malformed });
        }
        Self::read(rest).ok_or(PendingError::Malformed)
    }
}

impl Pending {
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

fn base64url_of<const N: usize>(text: &str) -> Option<[u8; N]> {
    text.as_bytes().try_into().ok().filter(|bytes: &[u8; N]| is_base64url(bytes))
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").field("auth_server", &self.link.auth_server()).finish_non_exhaustive()
    }
}

/// Why a text is no [`Pending`]. Either way the user has to begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PendingError {
    /// Another release wrote it.
    UnknownVersion,
    /// It is not of the form.
    Malformed,
}

impl fmt::Display for PendingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownVersion => "pending sign-in of an unknown version: begin again",
            Self::Malformed => "malformed pending sign-in: begin again",
        })
    }
}

impl std::error::Error for PendingError {}

/// Why a callback brought no authorization code.
#[derive(Debug)]
#[non_exhaustive]
pub struct Refused {
    /// The verdict.
    pub error: CallbackError,
    /// The sign-in, which goes on: the callback was not its own. Keep it where it was.
    pub pending: Option<Pending>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl From<Refused> for CallbackError {
    fn from(refused: Refused) -> Self {
        refused.error
    }
}

/// The name of a pending sign-in: 43 characters of base64url, which tell nothing of its state.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; HASH]);

impl Key {
    pub(crate) fn of(state: &[u8]) -> Self {
        Self(base64url(&Sha256::digest(state)))
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        as_str(&self.0)
    }
}

impl FromStr for Key {
    type Err = InvalidKey;

    /// Reads a key that was kept as text.
    ///
    /// # Errors
    ///
    /// A text that is not 43 characters of base64url.
    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        base64url_of(text).map(Self).ok_or(InvalidKey)
    }
}

/// A text that is no key of a pending sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidKey;

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected the key of a pending sign-in: 43 characters of base64url")
    }
}

impl std::error::Error for InvalidKey {}

impl AsRef<str> for Key {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.as_str().to_owned()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}

#[cfg(feature = "serde")]
mod serde {
    use std::fmt;

    use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
    use serde_core::ser::{Serialize, Serializer};
    use zeroize::Zeroizing;

    use super::{Key, Pending};

    impl Serialize for Pending {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(&Zeroizing::new(self.expose()))
        }
    }

    impl<'de> Deserialize<'de> for Pending {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(Text)
        }
    }

    impl Serialize for Key {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    impl<'de> Deserialize<'de> for Key {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(KeyText)
        }
    }

    struct KeyText;

    impl Visitor<'_> for KeyText {
        type Value = Key;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the key of a pending sign-in as text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Key, E> {
            text.parse().map_err(E::custom)
        }
    }

    struct Text;

    impl Visitor<'_> for Text {
        type Value = Pending;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a pending sign-in as text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Pending, E> {
            text.parse().map_err(E::custom)
        }

        fn visit_string<E: Error>(self, text: String) -> Result<Pending, E> {
            self.visit_str(&Zeroizing::new(text))
        }
    }
}
