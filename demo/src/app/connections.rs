//! A user's bank as the application keeps it: its tokens, and when they end.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use auth_link::client::{AccessToken, RefreshToken, Tokens};
use serde::{Deserialize, Serialize};

use super::Shared;
use super::page::Trouble;
use super::store::Locked;
use crate::clock::unix_time;

/// The tokens of one connection.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Connection {
    pub(super) access_token: AccessToken,
    pub(super) refresh_token: Option<RefreshToken>,
    /// When the access token ends, in seconds since 1970.
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

    fn is_fresh(&self) -> bool {
        self.expires_at > unix_time() + 5
    }
}

/// When a connection is renewed.
pub(super) enum Renew {
    /// When its access token has ended.
    IfEnded,
    /// When it still has this access token, which TrueLayer refuses: another request may have renewed it meanwhile.
    IfStill(AccessToken),
    /// Now.
    Now,
}

impl Shared {
    /// The connection, renewed. `None`: there is none by that id.
    ///
    /// It goes on when the browser goes away meanwhile: else the new refresh token would be lost, and the old one is dead.
    pub(super) async fn connection(
        &self,
        session: &str,
        id: &str,
        renew: Renew,
    ) -> Result<Option<Connection>, Trouble> {
        let (app, session, id) = (self.clone(), session.to_owned(), id.to_owned());
        let task = tokio::spawn(async move {
            let Some(mut locked) = app.store.lock(&session, &id).await? else {
                return Ok(None);
            };
            let renewed = app.renew(&mut locked, renew).await;
            let connection = locked.connection().clone();
            locked.unlock().await;
            renewed.map(|()| Some(connection))
        });
        task.await.map_err(|error| Trouble::Unexpected(error.to_string()))?
    }

    /// Two requests that renew at once wait for each other here: the second finds fresh tokens.
    async fn renew(&self, locked: &mut Locked<'_>, renew: Renew) -> Result<(), Trouble> {
        let connection = locked.connection();
        let is_needed = match renew {
            Renew::IfEnded => !connection.is_fresh(),
            Renew::IfStill(refused) => connection.access_token.expose() == refused.expose(),
            Renew::Now => true,
        };
        if !is_needed {
            return Ok(());
        }
        let Some(refresh_token) = &connection.refresh_token else {
            return if connection.is_fresh() { Ok(()) } else { Err(Trouble::Expired) };
        };
        let tokens = self.send(self.client.refresh(refresh_token)).await?;
        locked.set(Connection::new(tokens)).await
    }
}
