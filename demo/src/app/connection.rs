//! The tokens of one connection to a bank.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use auth_link::client::{AccessToken, RefreshToken, Tokens};
use serde::{Deserialize, Serialize};

use crate::clock::unix_time;

/// A user's connection to a bank.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Connection {
    pub(super) access_token: AccessToken,
    pub(super) refresh_token: Option<RefreshToken>,
    /// When the access token expires, in seconds since 1970.
    pub(super) expires_at: u64,
}

impl Connection {
    pub(super) fn new(tokens: Tokens) -> Self {
        let now = SystemTime::now();
        let end = tokens.expires_at(now).unwrap_or(now + Duration::from_secs(300));
        Self {
            expires_at: end.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()),
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
        }
    }

    /// Returns whether the access token is valid for more than five seconds.
    pub(super) fn is_fresh(&self) -> bool {
        self.expires_at > unix_time() + 5
    }
}
