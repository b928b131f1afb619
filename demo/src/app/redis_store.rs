//! Pending authorizations and connections in Redis, shared by several instances. Values are encrypted, and keys expire.

use std::collections::BTreeMap;
use std::time::Duration;

use auth_link::PendingKey;
use axum_extra::extract::cookie::Key;
use cookie::CookieJar;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, FromRedisValue, RedisError, cmd};

use super::connection::Connection;
use super::cookies::SESSION_LIFETIME;
use super::error::AppError;
use crate::random::random;

/// A store in Redis.
pub(crate) struct RedisStore {
    manager: ConnectionManager,
    key: Key,
}

/// The lifetime of a lock, in seconds. A refresh may take a minute; the lock of a dead instance expires soon after that.
const LOCK_LIFETIME: u64 = 70;

/// Deletes a lock if it still holds this token: after its lifetime another instance may have taken it.
const UNLOCK: &str = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

impl RedisStore {
    /// Creates a store that connects at its first use, and again after a failure.
    ///
    /// # Errors
    ///
    /// Returns an error if the address is invalid.
    pub(super) fn new(url: &str, key: Key) -> Result<Self, RedisError> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(Duration::from_secs(1)))
            .set_response_timeout(Some(Duration::from_secs(2)))
            .set_number_of_retries(1)
            .set_max_delay(Duration::from_millis(200));
        Ok(Self { manager: ConnectionManager::new_lazy_with_config(Client::open(url)?, config)?, key })
    }

    /// Runs a command of these words.
    async fn run<T: FromRedisValue>(&self, words: &[&str]) -> Result<T, AppError> {
        let (name, arguments) = words.split_first().unwrap_or((&"PING", &[]));
        let mut command = cmd(name);
        for argument in arguments {
            command.arg(*argument);
        }
        command.query_async(&mut self.manager.clone()).await.map_err(AppError::Store)
    }

    /// Stores a pending authorization, with the hash of its browser's cookie.
    pub(super) async fn store_pending(
        &self,
        key: &PendingKey,
        browser: &str,
        text: &str,
        seconds: u64,
    ) -> Result<(), AppError> {
        let name = pending_name(key);
        let value = format!("{browser}.{}", self.seal(&name, text));
        self.run(&["SET", &name, &value, "EX", &seconds.to_string()]).await
    }

    /// Removes and returns a pending authorization of this browser. Of several concurrent calls, one receives it.
    pub(super) async fn take_pending(&self, key: &PendingKey, browser: &str) -> Result<Option<String>, AppError> {
        let name = pending_name(key);
        let is_of_browser = |value: &String| value.split_once('.').is_some_and(|(hash, _)| hash == browser);
        // Checked before it is removed: another browser must not end this authorization.
        let stored: Option<String> = self.run(&["GET", &name]).await?;
        if !stored.as_ref().is_some_and(is_of_browser) {
            return Ok(None);
        }
        let taken: Option<String> = self.run(&["GETDEL", &name]).await?;
        let taken = taken.filter(is_of_browser);
        Ok(taken.and_then(|value| self.open(&name, value.split_once('.')?.1)))
    }

    pub(super) async fn set(&self, session: &str, id: &str, connection: &Connection) -> Result<(), AppError> {
        let name = session_name(session);
        let text = serde_json::to_string(connection).map_err(|error| AppError::Unexpected(error.to_string()))?;
        let () = self.run(&["HSET", &name, id, &self.seal(&format!("{name}/{id}"), &text)]).await?;
        self.run(&["EXPIRE", &name, &SESSION_LIFETIME.to_string()]).await
    }

    pub(super) async fn ids(&self, session: &str) -> Result<Vec<String>, AppError> {
        let all: BTreeMap<String, String> = self.run(&["HGETALL", &session_name(session)]).await?;
        Ok(all.into_keys().collect())
    }

    pub(super) async fn remove(&self, session: &str, id: &str) -> Result<(), AppError> {
        self.run(&["HDEL", &session_name(session), id]).await
    }

    /// Locks a connection. Waits as long as another request or instance holds the lock.
    pub(super) async fn lock(&self, session: &str, id: &str) -> Result<Option<LockedConnection<'_>>, AppError> {
        let (session, id) = (session.to_owned(), id.to_owned());
        let (lock, token, lifetime) =
            (format!("{}/{id}/lock", session_name(&session)), random(), LOCK_LIFETIME.to_string());
        loop {
            let is_set: Option<String> = self.run(&["SET", &lock, &token, "NX", "EX", &lifetime]).await?;
            if is_set.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // Read under the lock, because the previous holder may have changed it.
        let name = session_name(&session);
        let sealed: Result<Option<String>, AppError> = self.run(&["HGET", &name, &id]).await;
        let parse = |sealed: String| serde_json::from_str(&self.open(&format!("{name}/{id}"), &sealed)?).ok();
        match sealed.map(|sealed| sealed.and_then(parse)) {
            Ok(Some(connection)) => Ok(Some(LockedConnection { redis: self, session, id, lock, token, connection })),
            other => {
                let () = self.run(&["EVAL", UNLOCK, "1", &lock, &token]).await?;
                other.map(|_| None)
            }
        }
    }

    /// Encrypts a text and binds it to its name.
    fn seal(&self, name: &str, text: &str) -> String {
        let mut jar = CookieJar::new();
        jar.private_mut(&self.key).add((name.to_owned(), text.to_owned()));
        jar.get(name).map(|sealed| sealed.value().to_owned()).unwrap_or_default()
    }

    /// Decrypts a text of this name.
    fn open(&self, name: &str, sealed: &str) -> Option<String> {
        let mut jar = CookieJar::new();
        jar.add_original((name.to_owned(), sealed.to_owned()));
        jar.private(&self.key).get(name).map(|open| open.value().to_owned())
    }
}

fn pending_name(key: &PendingKey) -> String {
    format!("auth-link-demo/authorization/{key}")
}

fn session_name(session: &str) -> String {
    format!("auth-link-demo/session/{session}")
}

/// A connection that no other request or instance can change.
pub(super) struct LockedConnection<'s> {
    redis: &'s RedisStore,
    session: String,
    id: String,
    lock: String,
    token: String,
    pub(super) connection: Connection,
}

impl LockedConnection<'_> {
    pub(super) async fn set(&mut self, connection: Connection) -> Result<(), AppError> {
        self.redis.set(&self.session, &self.id, &connection).await?;
        self.connection = connection;
        Ok(())
    }

    pub(super) async fn unlock(self) {
        // If this fails, the lock expires.
        let _ = self.redis.run::<()>(&["EVAL", UNLOCK, "1", &self.lock, &self.token]).await;
    }
}
