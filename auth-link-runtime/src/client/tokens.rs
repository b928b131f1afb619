//! What the token endpoint gives: access to one connection, and how long it lasts.

use std::fmt;
use std::time::{Duration, SystemTime};

use super::credential::{AccessToken, CredentialError, RefreshToken};
use super::json::{Json, Unexpected};

/// What the token endpoint gives (RFC 6749 §5.1).
#[derive(Clone)]
#[non_exhaustive]
#[must_use]
pub struct Tokens {
    /// The token for the Data API.
    pub access_token: AccessToken,
    /// The token to renew access with: only with the scope `offline_access`. After a renewal without a new one it is the one that
    /// was used. Store it in place of the one before.
    pub refresh_token: Option<RefreshToken>,
    /// For how long the access token is valid from now on, where the server says. TrueLayer's default is an hour, and a bank may set
    /// less.
    pub expires_in: Option<Duration>,
    scope: Option<String>,
    requested: Option<String>,
}

/// What is known of a token before it comes.
#[derive(Default)]
pub(super) struct Requested {
    /// The scopes of the link.
    pub(super) scope: Option<String>,
    /// The scopes that came with the code.
    pub(super) granted: Option<String>,
    /// What a renewal was requested with.
    pub(super) refresh_token: Option<RefreshToken>,
    /// The answer may leave out the kind of the token, which is `Bearer`.
    pub(super) is_bearer: bool,
}

impl Tokens {
    /// When the access token expires, counted from `now`, the time of the answer.
    #[must_use]
    pub fn expires_at(&self, now: SystemTime) -> Option<SystemTime> {
        now.checked_add(self.expires_in?)
    }

    /// The scopes that were granted, separated by spaces: as the answer says, else as the callback said, else as the link requested.
    /// What the callback said came through the user's browser.
    /// After a renewal whose answer is silent they are what they were.
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// The scopes that the link requested for and that were not granted. Where the link is not known, as in a renewal, there are none.
    pub fn missing_scopes(&self) -> impl Iterator<Item = &str> {
        let has =
            |word: &str| self.scope.as_deref().is_none_or(|scope| scope.split(' ').any(|granted| granted == word));
        let is_granted = move |word: &str| has(word) || (word == OFFLINE_ACCESS && self.refresh_token.is_some());
        let requested = self.requested.as_deref().unwrap_or_default();
        requested.split(' ').filter(move |word| !word.is_empty() && !is_granted(word))
    }

    pub(super) fn read(json: Result<Json, Unexpected>, requested: Requested) -> Result<Self, Unexpected> {
        let mut json = json?;
        let unusable = |error: CredentialError| Unexpected(error.to_string());
        let access_token = AccessToken::new(json.required("access_token")?).map_err(unusable)?;
        match json.text("token_type")? {
            Some(kind) if kind.eq_ignore_ascii_case("bearer") => {}
            None if requested.is_bearer => {}
            None => return Err(Unexpected("missing `token_type`".to_owned())),
            Some(_) => return Err(Unexpected("expected `Bearer` for `token_type`, found another".to_owned())),
        }
        let refresh_token = json.text("refresh_token")?.filter(|token| !token.is_empty());
        let refresh_token = refresh_token.map(RefreshToken::new).transpose().map_err(unusable)?;
        Ok(Self {
            access_token,
            refresh_token: refresh_token.or(requested.refresh_token),
            expires_in: json.seconds("expires_in")?.map(|seconds| Duration::from_secs(seconds.into())),
            scope: json.text("scope")?.or(requested.granted).or_else(|| requested.scope.clone()),
            requested: requested.scope,
        })
    }
}

const OFFLINE_ACCESS: &str = "offline_access";

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .field("is_renewable", &self.refresh_token.is_some())
            .finish_non_exhaustive()
    }
}
