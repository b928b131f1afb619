//! The pending authorization, which waits for its callback, and its text form.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use auth_link_rules::{Param, decode, encode, is_auth_server, pairs};

use crate::clock::{from_unix_time, unix_time};
use crate::link::{AuthLink, LinkText};
use crate::pending_key::PendingKey;
use crate::proof::Proof;
use crate::secret::{HASH, STATE, Secret, as_str, encoded_capacity, parse_base64url};

/// An authorization that waits for its callback: the values that check the callback and exchange its code.
///
/// Store it for the browser that began, under its [`key`]: in the browser's server-side session, or in a separate encrypted
/// cookie. Remove it from there for the callback. Never look it up by the callback's state alone: that compares the state with
/// itself, and accepts the callback of an attacker (RFC 9700 §4.7).
///
/// It knows when it began, and [`finish`] refuses a callback that arrives more than ten minutes later ([`with_max_age`]).
///
/// It is used once: [`finish`] consumes it. It is not `Clone`, its `Debug` shows no secret, and it is wiped on drop. Its text
/// form ([`expose`], or `Serialize` with the feature `serde`) is a secret.
///
/// The text form is not signed. If another party can alter it, such as in a cookie without encryption:
///
/// - Another state fits no callback, and a malformed text is refused.
/// - Another client id or auth server is refused by `Client::exchange`: no request leaves the
///   client's own server.
/// - Another redirect URI or code verifier is not noticed here. TrueLayer refuses the exchange (RFC 6749 §4.1.3, RFC 7636 §4.6).
/// - Other scopes, another issuer, another response mode and a later begin are not noticed at all: the first only change
///   `Tokens::missing_scopes`, the others weaken a check of the callback.
///
/// [`key`]: Self::key
/// [`finish`]: Self::finish
/// [`with_max_age`]: Self::with_max_age
/// [`expose`]: Self::expose
#[must_use]
pub struct PendingAuthorization {
    /// The link, or the part of it that the callback and the exchange need.
    pub(crate) link: LinkText,
    pub(crate) state: Secret<STATE>,
    pub(crate) proof: Proof,
    /// In seconds since 1970.
    began_at: u64,
    pub(crate) policy: CallbackPolicy,
}

/// The application's choices for the check of a callback. They are not part of the text form.
#[derive(Clone, Copy)]
pub(crate) struct CallbackPolicy {
    pub(crate) max_age: Duration,
    pub(crate) requires_iss: bool,
}

impl CallbackPolicy {
    const DEFAULT: Self = Self { max_age: MAX_AGE, requires_iss: false };
}

/// The default of [`PendingAuthorization::with_max_age`].
pub(crate) const MAX_AGE: Duration = Duration::from_secs(10 * 60);

impl PendingAuthorization {
    pub(crate) fn new(link: &AuthLink, state: [u8; STATE], proof: Proof) -> Self {
        Self {
            link: link.text.clone(),
            state: Secret::new(state),
            proof,
            began_at: unix_time(SystemTime::now()),
            policy: CallbackPolicy::DEFAULT,
        }
    }

    /// Returns the time at which the authorization began, in whole seconds.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::{Duration, SystemTime};
    ///
    /// use auth_link::PendingAuthorization;
    ///
    /// /// Returns the time at which a store can delete it.
    /// fn delete_at(pending: &PendingAuthorization) -> SystemTime {
    ///     pending.began_at() + Duration::from_secs(600)
    /// }
    /// ```
    #[must_use]
    pub fn began_at(&self) -> SystemTime {
        from_unix_time(self.began_at)
    }

    /// Returns the time at which it began, in seconds since 1970.
    #[cfg(feature = "cookies")]
    pub(crate) fn began_at_seconds(&self) -> u64 {
        self.began_at
    }

    /// Returns the time since the authorization began. It is zero if that is later than `now`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::{Duration, SystemTime};
    ///
    /// use auth_link::PendingAuthorization;
    ///
    /// fn is_old(pending: &PendingAuthorization) -> bool {
    ///     pending.age(SystemTime::now()) > Duration::from_secs(600)
    /// }
    /// ```
    #[must_use]
    pub fn age(&self, now: SystemTime) -> Duration {
        Duration::from_secs(unix_time(now).saturating_sub(self.began_at))
    }

    /// Sets the age beyond which [`finish`](Self::finish) refuses a callback. The default is ten minutes.
    ///
    /// The text form does not contain it: set it again before `finish`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::Duration;
    ///
    /// use auth_link::{AuthorizationCode, Callback, CallbackRejection, PendingAuthorization};
    ///
    /// fn finish(pending: PendingAuthorization, callback: Callback<'_>) -> Result<AuthorizationCode, CallbackRejection> {
    ///     pending.with_max_age(Duration::from_secs(30 * 60)).finish(callback)
    /// }
    /// ```
    pub fn with_max_age(mut self, max_age: Duration) -> Self {
        self.policy.max_age = max_age;
        self
    }

    /// Refuses a callback without `iss` (RFC 9207 §2.4). TrueLayer's callbacks have none unless your client is configured so.
    ///
    /// The text form does not contain it: set it again before [`finish`](Self::finish).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{AuthorizationCode, Callback, CallbackRejection, PendingAuthorization};
    ///
    /// fn finish(pending: PendingAuthorization, callback: Callback<'_>) -> Result<AuthorizationCode, CallbackRejection> {
    ///     pending.require_iss().finish(callback)
    /// }
    /// ```
    pub fn require_iss(mut self) -> Self {
        self.policy.requires_iss = true;
        self
    }

    pub(crate) fn state(&self) -> &[u8; STATE] {
        &self.state
    }

    /// Returns the key to store it under: base64url(SHA-256(state)). Its callback has the same key
    /// ([`Callback::key`](crate::Callback::key)).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::PendingAuthorization;
    ///
    /// /// Returns the name of a cookie, one for each authorization.
    /// fn cookie_name(pending: &PendingAuthorization) -> String {
    ///     format!("__Host-{}", pending.key())
    /// }
    /// ```
    #[must_use]
    pub fn key(&self) -> PendingKey {
        PendingKey::from_state(&*self.state)
    }

    /// Returns its text form, which [`str::parse`] reads.
    ///
    /// The text contains the state and the code verifier, so store it where only the application can read it. It is versioned;
    /// the changelog announces a release that no longer reads an older version.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{ParsePendingError, PendingAuthorization};
    ///
    /// /// Encrypt the text before it leaves the server.
    /// fn save(pending: &PendingAuthorization) -> String {
    ///     pending.expose()
    /// }
    ///
    /// fn load(text: &str) -> Result<PendingAuthorization, ParsePendingError> {
    ///     text.parse()
    /// }
    /// ```
    #[must_use]
    pub fn expose(&self) -> String {
        let (kind, proof) = match &self.proof {
            Proof::Verifier(verifier) => ("v", as_str(&**verifier)),
            Proof::Challenge(challenge) => ("c", challenge.as_str()),
            Proof::None => ("n", ""),
        };
        let stored = STORED_PARAMETERS.map(|param| Some((param.name(), self.link.get(param)?)));
        let began_at = self.began_at.to_string();
        let issuer = self.link.issuer().map(|issuer| (ISSUER, issuer.into()));
        let values = || stored.iter().chain([&issuer]).flatten();
        let capacity = values().map(|(name, value)| encoded_capacity(name, value)).sum::<usize>();
        let mut text = String::with_capacity(STATE + HASH + self.link.auth_server().len() + capacity + 40);
        let head =
            [VERSION, ".", as_str(&*self.state), ".", &began_at, ".", kind, proof, ".", self.link.auth_server(), "/"];
        for part in head {
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

/// The limit of the text form, in bytes. The longest link, with every byte percent-encoded, fits.
const MAX_LEN: usize = 64 * 1024;

/// The version of the text form.
const VERSION: &str = "1";

/// The parameters of the link in the text form: to compare, to send, and to compute the missing scopes. The last is optional.
const STORED_PARAMETERS: [Param; 4] = [Param::ClientId, Param::RedirectUri, Param::Scope, Param::ResponseMode];

const FORM_POST: &str = "form_post";

const ISSUER: &str = "iss";

impl FromStr for PendingAuthorization {
    type Err = ParsePendingError;

    /// Parses the text form that [`expose`](Self::expose) returns.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - this release does not know the version;
    /// - the text is malformed, or longer than 64 KiB.
    fn from_str(text: &str) -> Result<Self, ParsePendingError> {
        if text.len() > MAX_LEN {
            return Err(ParsePendingError::Malformed);
        }
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
        let (began_at, rest) = rest.split_once('.')?;
        let (proof, link) = rest.split_once('.')?;
        let (origin, query) = link.split_once("/?")?;
        let (mut names, mut issuer, mut is_form_post) = (Vec::new(), None, false);
        for (name, value) in pairs(query.as_bytes()) {
            let value = decode(value).ok().filter(|value| !value.is_empty())?;
            if name == ISSUER.as_bytes() {
                issuer = Some(value.into_owned());
            } else if name == Param::ResponseMode.name().as_bytes() {
                is_form_post = true;
                if value != FORM_POST {
                    return None;
                }
            }
            names.push(name);
        }
        let is_stored = |param: &Param| *param != Param::ResponseMode || is_form_post;
        let stored = STORED_PARAMETERS.into_iter().filter(is_stored).map(Param::name);
        let expected: Vec<_> = stored.chain(issuer.as_ref().map(|_| ISSUER)).collect();
        if !is_auth_server(origin) || names != expected.iter().map(|name| name.as_bytes()).collect::<Vec<_>>() {
            return None;
        }
        let proof = match proof.split_at_checked(1)? {
            ("v", verifier) => Proof::Verifier(Secret::new(parse_base64url(verifier)?)),
            ("c", challenge) => Proof::Challenge(challenge.parse().ok()?),
            ("n", "") => Proof::None,
            _ => return None,
        };
        let state = Secret::new(parse_base64url(state)?);
        let began_at = began_at.bytes().all(|byte| byte.is_ascii_digit()).then(|| began_at.parse().ok())??;
        let link = LinkText::shared(link, issuer.as_deref());
        Some(Self { link, state, proof, began_at, policy: CallbackPolicy::DEFAULT })
    }
}

impl fmt::Debug for PendingAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingAuthorization").field("auth_server", &self.link.auth_server()).finish_non_exhaustive()
    }
}

/// The error of parsing a [`PendingAuthorization`]. The user has to begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParsePendingError {
    /// The version of the text is unknown: another release wrote it.
    UnknownVersion,
    /// The text is malformed, or longer than 64 KiB.
    Malformed,
}

impl fmt::Display for ParsePendingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownVersion => "unknown version of the pending authorization: begin again",
            Self::Malformed => "malformed pending authorization: begin again",
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
            f.write_str("a pending authorization as text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<PendingAuthorization, E> {
            text.parse().map_err(E::custom)
        }

        fn visit_string<E: Error>(self, text: String) -> Result<PendingAuthorization, E> {
            self.visit_str(&Zeroizing::new(text))
        }
    }
}
