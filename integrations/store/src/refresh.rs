//! One refresh of a connection, however many tasks and machines need it.
//!
//! Under the lock of the row, a mark is written before the refresh is sent. If the process is killed before the response is stored,
//! the next holder finds the mark. It sends the same refresh token again, and if that is refused, it knows why.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use auth_link::Error;
use auth_link::client::{
    AccessToken, ApiError, Client, Recovery, RefreshToken, Tokens, TransportError, TransportErrorKind,
};
use tokio::time::{Instant, sleep, timeout_at};

use crate::error::StoreError;
use crate::failure::Failure;
use crate::record::Record;
use crate::store::{Expected, Holder, Store, Version, is_locked};
use crate::timing::Timing;
use crate::transport::Transport;
use crate::turns::Turns;
use crate::vault::{Stored, Vault, random};

/// The parts of a set of connections.
pub(crate) struct Parts<S, H> {
    pub(crate) client: Client,
    pub(crate) http: Arc<H>,
    pub(crate) vault: Vault<S>,
    pub(crate) turns: Turns,
    pub(crate) timing: Timing,
}

/// The first wait for a lock that another process holds.
const MIN_PAUSE: Duration = Duration::from_millis(20);

const MAX_PAUSE: Duration = Duration::from_millis(500);

impl<S: Store, H: Transport> Parts<S, H> {
    pub(crate) fn with_timing(&self, timing: Timing) -> Self {
        let vault = self.vault.with_timing(timing);
        Self { client: self.client.clone(), http: self.http.clone(), vault, turns: self.turns.clone(), timing }
    }

    /// Returns a valid access token that is not the refused one.
    pub(crate) async fn access_token(
        self: &Arc<Self>,
        id: &str,
        refused: Option<AccessToken>,
    ) -> Result<AccessToken, Error> {
        let stored = self.vault.read(id).await?.ok_or(Error::NotConnected)?;
        if let Some(token) = stored.record.valid_token(refused.as_ref()) {
            return Ok(token);
        }
        if stored.record.connection.refresh_token().is_none() {
            return Err(Error::NotConnected);
        }
        // The refresh goes on if the caller is dropped.
        let (parts, id) = (self.clone(), id.to_owned());
        run(async move { parts.refresh(&id, refused).await }).await
    }

    /// Refreshes the tokens, unless another task or machine does.
    async fn refresh(&self, id: &str, refused: Option<AccessToken>) -> Result<AccessToken, Error> {
        let end = Instant::now() + self.timing.wait;
        let Ok(mut turn) = timeout_at(end, self.turns.wait(id)).await else {
            return self.token_of_other(id, refused.as_ref()).await;
        };
        let holder = Holder(random()?);
        let mut pause = MIN_PAUSE;
        if let Some(failure) = turn.failure() {
            return Err(failure.into());
        }
        loop {
            let stored = self.vault.read(id).await?.ok_or(Error::NotConnected)?;
            if let Some(token) = stored.record.valid_token(refused.as_ref()) {
                return Ok(token);
            }
            let sent_by = Instant::now() + self.timing.request;
            let locked = if is_locked(stored.locked_for, self.timing.lease) {
                Ok(None)
            } else {
                self.vault.lock(id, holder).await
            };
            match locked {
                Ok(Some(stored)) => {
                    let result = match stored.record.valid_token(refused.as_ref()) {
                        Some(token) => Ok(token),
                        None => self.refresh_locked(id, stored, sent_by, refused.as_ref()).await,
                    };
                    // If this fails, the lock ends by itself.
                    let _ = self.vault.unlock(id, holder).await;
                    if let Some(failure) = result.as_ref().err().and_then(Failure::of) {
                        turn.fail(failure);
                    }
                    return result;
                }
                Ok(None) => {}
                Err(error) if error.is_transient() => {}
                Err(error) => return Err(error.into()),
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                // The holder may have stored its tokens while the last attempt waited for the database.
                return self.token_of_other(id, refused.as_ref()).await;
            }
            sleep(pause.min(left)).await;
            pause = (pause * 2).min(MAX_PAUSE);
        }
    }

    /// Sends the refresh under the lock, and stores its tokens.
    async fn refresh_locked(
        &self,
        id: &str,
        stored: Stored,
        sent_by: Instant,
        refused: Option<&AccessToken>,
    ) -> Result<AccessToken, Error> {
        let Stored { record, version, .. } = stored;
        let refresh_token: &RefreshToken = record.connection.refresh_token().ok_or(Error::NotConnected)?;
        let marked = Record { refresh_sent: true, ..record.clone() };
        let Some(version) = self.vault.write(id, Expected::Version(version), &marked, self.timing.retry).await? else {
            return self.token_of_other(id, refused).await;
        };
        let sending = timeout_at(sent_by, self.http.send(self.client.refresh(refresh_token)));
        let too_late = || TransportError::new(TransportErrorKind::Timeout, "no response within the limit of a request");
        let result: Result<Tokens, Error> = sending.await.unwrap_or_else(|_| Err(too_late().into()));
        let error = match result {
            Ok(tokens) => {
                let connection = record.connection.refreshed(tokens, SystemTime::now());
                let refreshed = Record { connection, refresh_sent: false, ..record };
                return self.store_refreshed(id, &marked, refreshed, version).await;
            }
            Err(Error::Api(error)) => error,
            Err(error) => return Err(error),
        };
        if error.recovery() == Recovery::Reauthorize {
            // Another holder, whose lock had ended, may have stored newer tokens.
            let current = self.vault.read(id).await?.ok_or(Error::NotConnected)?.record;
            if !current.has_refresh_token_of(&marked) {
                return current.valid_token(None).ok_or(Error::Api(error));
            }
            if record.refresh_sent {
                return Err(Error::RefreshLost(error));
            }
        }
        if is_certain(&error) {
            // If this fails, the next refusal is taken for that of a lost response.
            let _ = self.vault.write(id, Expected::Version(version), &record, self.timing.retry).await;
        }
        Err(Error::Api(error))
    }

    /// Stores the tokens of a refresh: the server may have invalidated the ones before.
    async fn store_refreshed(
        &self,
        id: &str,
        marked: &Record,
        refreshed: Record,
        mut version: Version,
    ) -> Result<AccessToken, Error> {
        loop {
            let expected = Expected::Version(version);
            if self.vault.write(id, expected, &refreshed, self.timing.rescue).await?.is_some() {
                return Ok(refreshed.connection.access_token().clone());
            }
            // This lock had ended, and another holder wrote; or the user connected again, or was deleted.
            let current = self.vault.read(id).await?.ok_or(Error::NotConnected)?;
            if !current.record.has_refresh_token_of(marked) || !current.record.refresh_sent {
                return Ok(current.record.connection.access_token().clone());
            }
            version = current.version;
        }
    }

    /// Returns the token that another task or machine stored.
    async fn token_of_other(&self, id: &str, refused: Option<&AccessToken>) -> Result<AccessToken, Error> {
        let current = self.vault.read(id).await?.ok_or(Error::NotConnected)?;
        Ok(current.record.valid_token(refused).ok_or(StoreError::Locked)?)
    }
}

/// Returns whether the server certainly did not use the refresh token up. A gateway may send 5xx after the server did.
fn is_certain(error: &ApiError) -> bool {
    error.status().is_client_error()
}

/// Runs a future in a task of its own, which goes on if the caller is dropped.
pub(crate) async fn run<T: Send + 'static>(
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    tokio::spawn(future).await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
}
