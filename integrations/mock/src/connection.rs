//! A connection: the application's access to a user's bank.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::clock::{is_ahead, unix_time};
use crate::endpoint::Endpoint;
use crate::profile::Profile;
use crate::random::random;
use crate::scenario::Bank;
use crate::settings::Settings;

/// The application's access to a user's bank. Only its newest tokens are valid.
pub(crate) struct Connection {
    pub(crate) id: String,
    pub(crate) profile: Profile,
    pub(crate) bank: Bank,
    pub(crate) scope: Vec<String>,
    /// When the user consented, in seconds since 1970.
    pub(crate) created_at: u64,
    started_at: Instant,
    /// The end of the minutes in which the long history is readable, unless they ended.
    pub(crate) history_until: Option<Instant>,
    /// The end of the consent, unless it has none.
    pub(crate) consent_until: Option<Instant>,
    pub(crate) access_token: String,
    pub(crate) expires_at: Instant,
    /// Present if the scope contains `offline_access`.
    pub(crate) refresh_token: Option<String>,
    /// The calls of the current minute.
    pub(crate) recent: (Option<Instant>, u32),
    /// The calls of each endpoint without the user, and their day.
    pub(crate) unattended: HashMap<Endpoint, (u64, u32)>,
}

impl Connection {
    pub(crate) fn new(profile: Profile, bank: Bank, scope: Vec<String>, settings: &Settings) -> Self {
        let now = Instant::now();
        let mut connection = Self {
            id: random(),
            consent_until: None,
            profile,
            bank,
            scope,
            created_at: unix_time(),
            started_at: now,
            history_until: now.checked_add(settings.history_window),
            access_token: String::new(),
            expires_at: now,
            refresh_token: None,
            recent: (None, 0),
            unattended: HashMap::new(),
        };
        connection.consent_again(settings);
        connection.replace_tokens(settings);
        connection
    }

    /// Begins the consent again.
    pub(crate) fn consent_again(&mut self, settings: &Settings) {
        self.created_at = unix_time();
        let end = Instant::now().checked_add(settings.consent_lifetime);
        self.consent_until = end.filter(|_| !self.profile.is_eternal);
    }

    /// Returns the time of the authorization, which is past for every check.
    pub(crate) fn started_at(&self) -> Instant {
        self.started_at
    }

    pub(crate) fn has_consent(&self) -> bool {
        self.consent_until.is_none_or(is_ahead)
    }

    /// Replaces the tokens by new ones.
    pub(crate) fn replace_tokens(&mut self, settings: &Settings) {
        let is_offline = self.scope.iter().any(|word| word == "offline_access");
        let now = Instant::now();
        self.expires_at = now.checked_add(settings.token_lifetime).unwrap_or(now);
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","kid":"mock","typ":"at+jwt"}"#);
        let claims = json!({
            "iss": "https://auth.truelayer-sandbox.com",
            "aud": "data_api",
            "client_id": settings.client_id,
            "sub": self.id,
            "connector_id": self.bank.id,
            "scope": self.scope,
            "exp": unix_time() + settings.token_lifetime.as_secs(),
            "amr": ["pwd"],
        });
        let claims = URL_SAFE_NO_PAD.encode(claims.to_string());
        self.access_token = format!("{header}.{claims}.{}{}", self.id, random());
        self.refresh_token = is_offline.then(|| format!("{}{}", self.id, random()));
    }

    /// Returns the response of the token endpoint.
    pub(crate) fn tokens(&self, settings: &Settings) -> Value {
        let mut tokens = json!({
            "access_token": self.access_token,
            "expires_in": settings.token_lifetime.as_secs(),
            "token_type": "Bearer",
            "scope": self.scope.join(" "),
        });
        if let Some(refresh_token) = &self.refresh_token {
            tokens["refresh_token"] = refresh_token.as_str().into();
        }
        tokens
    }
}

/// The length of the id of a connection, which its tokens begin or end with.
const ID_LEN: usize = 22;

/// Returns the id of the connection that a token belongs to, of an access token or a refresh token.
pub(crate) fn connection_id(token: &str) -> Option<&str> {
    let last = token.rsplit('.').next()?;
    last.get(..ID_LEN).filter(|_| last.len() == 2 * ID_LEN)
}

/// The time in which the rate limit counts calls.
pub(crate) const MINUTE: Duration = Duration::from_secs(60);
