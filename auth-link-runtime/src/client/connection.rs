//! A connection to store: its tokens, and the times that decide what to do with them.

use std::fmt;
use std::time::{Duration, SystemTime};

use auth_link_rules::Untrusted;

use super::credential::{AccessToken, RefreshToken};
use super::tokens::Tokens;
use crate::clock::{from_unix_time, unix_time};
use crate::secret::are_equal;

/// A connection of one user to a bank, as an application stores it: its tokens, their times, and the time of the consent.
///
/// It does no input or output, and takes the time as an argument, so that it fits into any transaction. With the feature `serde`
/// it can be stored. It contains secrets: encrypt the store.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use std::time::SystemTime;
///
/// use auth_link::client::{AccessToken, Call, Client, Connection, Next, Tokens};
/// use auth_link::Error;
///
/// /// Returns a valid access token. `connection` is locked, so that nobody else refreshes it.
/// fn access_token(
///     client: &Client,
///     connection: &mut Connection,
///     send: impl FnOnce(Call<Tokens>) -> Result<Tokens, Error>,
/// ) -> Result<AccessToken, Error> {
///     match connection.next(SystemTime::now()) {
///         Next::Use(token) => Ok(token.clone()),
///         Next::Refresh(refresh_token) => {
///             let tokens = send(client.refresh(refresh_token))?;
///             *connection = connection.refreshed(tokens, SystemTime::now());
///             Ok(connection.access_token().clone())
///         }
///         _ => Err(Error::NotConnected),
///     }
/// }
/// ```
#[derive(Clone)]
#[must_use]
pub struct Connection {
    pub(super) access_token: AccessToken,
    pub(super) refresh_token: Option<RefreshToken>,
    pub(super) scope: Option<String>,
    /// All times are in seconds since 1970.
    pub(super) received_at: u64,
    pub(super) expires_at: u64,
    pub(super) consented_at: u64,
    pub(super) consent_expires_at: Option<u64>,
}

/// The lifetime of an access token whose response has none.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(300);

/// A token is refreshed this long before it expires, or after half of its lifetime if that is shorter.
const REFRESH_MARGIN: u64 = 60;

/// The lifetime of a consent at most banks.
const CONSENT_LIFETIME: Duration = Duration::from_secs(90 * 24 * 60 * 60);

impl Connection {
    /// Creates the connection of an exchange. `now` is the time of the response; the consent counts from it.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::SystemTime;
    ///
    /// use auth_link::client::{Connection, Tokens};
    ///
    /// /// The tokens of an exchange, ready to store.
    /// fn connection(tokens: Tokens) -> Connection {
    ///     Connection::new(tokens, SystemTime::now())
    /// }
    /// ```
    #[inline]
    pub fn new(tokens: Tokens, now: SystemTime) -> Self {
        let received_at = unix_time(now);
        let lifetime = tokens.expires_in.unwrap_or(DEFAULT_LIFETIME);
        Self {
            scope: tokens.scope().map(str::to_owned),
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            received_at,
            expires_at: received_at.saturating_add(lifetime.as_secs()),
            consented_at: received_at,
            consent_expires_at: None,
        }
    }

    /// Returns the next step: use the access token, refresh the tokens, or reauthorize the user.
    ///
    /// The tokens are to be refreshed a minute before the access token expires, or after half of its lifetime if that is shorter.
    /// Without a refresh token (scope `offline_access`), the access token is used until it expires.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::SystemTime;
    ///
    /// use auth_link::client::{Connection, Next};
    ///
    /// fn needs_refresh(connection: &Connection) -> bool {
    ///     matches!(connection.next(SystemTime::now()), Next::Refresh(_))
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub fn next(&self, now: SystemTime) -> Next<'_> {
        let now = unix_time(now);
        let margin = (self.expires_at.saturating_sub(self.received_at) / 2).min(REFRESH_MARGIN);
        match &self.refresh_token {
            Some(refresh_token) if now >= self.expires_at - margin => Next::Refresh(refresh_token),
            None if now >= self.expires_at => Next::Reauthorize,
            _ => Next::Use(&self.access_token),
        }
    }

    /// Returns the connection with the tokens of a refresh. `now` is the time of the response.
    ///
    /// The consent stays as it is. The scopes stay too, unless the response has others.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::SystemTime;
    ///
    /// use auth_link::client::{Connection, Tokens};
    ///
    /// /// Store the connection before the new access token is used.
    /// fn refreshed(connection: &Connection, tokens: Tokens) -> Connection {
    ///     connection.refreshed(tokens, SystemTime::now())
    /// }
    /// ```
    #[inline]
    pub fn refreshed(&self, tokens: Tokens, now: SystemTime) -> Self {
        let new = Self::new(tokens, now);
        Self {
            scope: new.scope.or_else(|| self.scope.clone()),
            refresh_token: new.refresh_token.or_else(|| self.refresh_token.clone()),
            consented_at: self.consented_at,
            consent_expires_at: self.consent_expires_at,
            ..new
        }
    }

    /// Returns the connection with the tokens of an extension
    /// ([`Client::extend_connection`](super::Client::extend_connection)). The consent counts from `now`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::SystemTime;
    ///
    /// use auth_link::client::{Connection, ExtendOutcome};
    ///
    /// fn extended(connection: &Connection, outcome: ExtendOutcome) -> Option<Connection> {
    ///     match outcome {
    ///         ExtendOutcome::Extended(tokens) => Some(connection.extended(tokens, SystemTime::now())),
    ///         _ => None, // the user has to open the URL in the request
    ///     }
    /// }
    /// ```
    #[inline]
    pub fn extended(&self, tokens: Tokens, now: SystemTime) -> Self {
        Self { consented_at: unix_time(now), consent_expires_at: None, ..self.refreshed(tokens, now) }
    }

    /// Sets the end of the consent, which the Data API's `me` returns.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::SystemTime;
    ///
    /// use auth_link::client::Connection;
    ///
    /// /// `time` is `consent_expires_at` of the response to `data.me()`.
    /// fn with_end(connection: Connection, time: SystemTime) -> Connection {
    ///     connection.with_consent_expires_at(time)
    /// }
    /// ```
    #[inline]
    pub fn with_consent_expires_at(self, time: SystemTime) -> Self {
        Self { consent_expires_at: Some(unix_time(time)), ..self }
    }

    /// Returns whether this is still the access token of the connection. It compares in constant time.
    ///
    /// Several requests may receive a 401 for the same token. Under the lock of the connection, refresh only if the refused
    /// token is still the current one.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{AccessToken, Connection};
    ///
    /// /// After a 401: refreshes unless another request already did. `connection` is locked.
    /// fn needs_refresh(connection: &Connection, refused: &AccessToken) -> bool {
    ///     connection.is_current(refused)
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub fn is_current(&self, access_token: &AccessToken) -> bool {
        are_equal(self.access_token.expose().as_bytes(), access_token.expose().as_bytes())
    }

    /// Returns the consent. Extend it before it expires.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::SystemTime;
    ///
    /// use auth_link::client::Connection;
    ///
    /// /// Returns whether to ask the user for an extension: two weeks before the end.
    /// fn ends_soon(connection: &Connection) -> bool {
    ///     connection.consent(SystemTime::now()).remaining.as_secs() < 14 * 24 * 60 * 60
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub fn consent(&self, now: SystemTime) -> Consent {
        let given_at = from_unix_time(self.consented_at);
        let estimated = given_at.checked_add(CONSENT_LIFETIME).unwrap_or(given_at);
        let expires_at = self.consent_expires_at.map_or(estimated, from_unix_time);
        Consent {
            given_at,
            expires_at,
            is_estimated: self.consent_expires_at.is_none(),
            remaining: expires_at.duration_since(now).unwrap_or_default(),
        }
    }

    /// Returns the access token. [`next`](Self::next) says whether it is still valid.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{AccessToken, Connection};
    ///
    /// /// For a request that is sent right after `refreshed`.
    /// fn token(connection: &Connection) -> &AccessToken {
    ///     connection.access_token()
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// Returns the refresh token, if the scope `offline_access` was granted.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, Client, Connection, Tokens};
    ///
    /// fn refresh(client: &Client, connection: &Connection) -> Option<Call<Tokens>> {
    ///     Some(client.refresh(connection.refresh_token()?))
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    /// Returns the granted scopes, separated by spaces.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::Connection;
    ///
    /// fn has_transactions(connection: &Connection) -> bool {
    ///     connection.scope().is_some_and(|scope| scope.split(' ').any(|word| word == "transactions"))
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// Returns the time at which the access token expires.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::SystemTime;
    ///
    /// use auth_link::client::Connection;
    ///
    /// fn is_expired(connection: &Connection) -> bool {
    ///     connection.expires_at() <= SystemTime::now()
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub fn expires_at(&self) -> SystemTime {
        from_unix_time(self.expires_at)
    }
}

#[cfg(feature = "serde")]
crate::serde_fields::serde_fields!(Connection {
    access_token: required,
    refresh_token: optional,
    scope: optional,
    received_at: required,
    expires_at: required,
    consented_at: required,
    consent_expires_at: optional,
});

impl fmt::Debug for Connection {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("expires_at", &self.expires_at)
            .field("consented_at", &self.consented_at)
            .field("scope", &self.scope().map(|scope| Untrusted::new(scope).to_string()))
            .field("has_refresh_token", &self.refresh_token.is_some())
            .finish_non_exhaustive()
    }
}

/// The next step of a [`Connection`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Next<'c> {
    /// Use the access token.
    Use(&'c AccessToken),
    /// Refresh the tokens with [`Client::refresh`](super::Client::refresh), and store [`Connection::refreshed`].
    Refresh(&'c RefreshToken),
    /// Reauthorize the user: the access token has expired, and there is no refresh token.
    Reauthorize,
}

/// The consent of a [`Connection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Consent {
    /// The time at which the user gave the consent or extended it.
    pub given_at: SystemTime,
    /// The time at which the consent expires.
    pub expires_at: SystemTime,
    /// Whether `expires_at` is 90 days after `given_at`, as at most banks, since the bank's own time is unknown
    /// ([`Connection::with_consent_expires_at`]).
    pub is_estimated: bool,
    /// The time until the consent expires; zero if it has expired.
    pub remaining: Duration,
}

impl Consent {
    /// Returns whether the consent has expired.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::SystemTime;
    ///
    /// use auth_link::client::Connection;
    ///
    /// fn is_over(connection: &Connection) -> bool {
    ///     connection.consent(SystemTime::now()).is_expired()
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub fn is_expired(&self) -> bool {
        self.remaining.is_zero()
    }
}
