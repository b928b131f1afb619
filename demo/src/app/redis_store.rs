//! What instances share in Redis: sign-ins that wait, and connections. All of it is encrypted, and ends by itself.

use std::collections::BTreeMap;
use std::time::Duration;

use axum_extra::extract::cookie::Key;
use cookie::CookieJar;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, FromRedisValue, RedisError, cmd};

use super::connections::Connection;
use super::cookie::SESSION_LIFE;
use super::page::Trouble;
use crate::random::random;

pub(crate) struct RedisStore {
    manager: ConnectionManager,
    key: Key,
}

/// A renewal may take a minute; whoever dies over it holds the lock for no longer.
const LOCK_LIFE: u64 = 70;

/// Deletes a lock if it is still one's own.
const UNLOCK: &str = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

impl RedisStore {
    /// Connects when it is first needed, and again after a failure.
    pub(super) fn new(url: &str, key: Key) -> Result<Self, RedisError> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(Duration::from_secs(1)))
            .set_response_timeout(Some(Duration::from_secs(2)))
            .set_number_of_retries(1)
            .set_max_delay(Duration::from_millis(200));
        Ok(Self { manager: ConnectionManager::new_lazy_with_config(Client::open(url)?, config)?, key })
    }

    async fn run<T: FromRedisValue>(&self, words: &[&str]) -> Result<T, Trouble> {
        let (name, arguments) = words.split_first().unwrap_or((&"PING", &[]));
        let mut command = cmd(name);
        for argument in arguments {
            command.arg(*argument);
        }
        command.query_async(&mut self.manager.clone()).await.map_err(Trouble::Store)
    }

    /// Keeps a sign-in, with the hash of what its browser alone has.
    pub(super) async fn keep(
        &self,
        key: &auth_link::PendingKey,
        browser: &str,
        text: &str,
        seconds: u64,
    ) -> Result<(), Trouble> {
        let name = sign_in(key);
        let value = format!("{browser}.{}", self.seal(&name, text));
        self.run(&["SET", &name, &value, "EX", &seconds.to_string()]).await
    }

    /// Takes a sign-in out, if it is of this browser. Of all that ask at once, one gets it.
    pub(super) async fn take(&self, key: &auth_link::PendingKey, browser: &str) -> Result<Option<String>, Trouble> {
        let name = sign_in(key);
        let is_of_browser = |value: &String| value.split_once('.').is_some_and(|(hash, _)| hash == browser);
        // Before it is taken: another's browser must not end this one's sign-in.
        let waiting: Option<String> = self.run(&["GET", &name]).await?;
        if !waiting.as_ref().is_some_and(is_of_browser) {
            return Ok(None);
        }
        let taken: Option<String> = self.run(&["GETDEL", &name]).await?;
        let taken = taken.filter(is_of_browser);
        Ok(taken.and_then(|value| self.open(&name, value.split_once('.')?.1)))
    }

    pub(super) async fn set(&self, session: &str, id: &str, connection: &Connection) -> Result<(), Trouble> {
        let name = connections(session);
        let text = serde_json::to_string(connection).map_err(|error| Trouble::Unexpected(error.to_string()))?;
        let () = self.run(&["HSET", &name, id, &self.seal(&format!("{name}/{id}"), &text)]).await?;
        self.run(&["EXPIRE", &name, &SESSION_LIFE.to_string()]).await
    }

    pub(super) async fn ids(&self, session: &str) -> Result<Vec<String>, Trouble> {
        let all: BTreeMap<String, String> = self.run(&["HGETALL", &connections(session)]).await?;
        Ok(all.into_keys().collect())
    }

    pub(super) async fn remove(&self, session: &str, id: &str) -> Result<(), Trouble> {
        self.run(&["HDEL", &connections(session), id]).await
    }

    /// Waits until nobody else holds the connection.
    pub(super) async fn lock(&self, session: &str, id: &str) -> Result<Option<Locked<'_>>, Trouble> {
        let (session, id) = (session.to_owned(), id.to_owned());
        let (lock, token, life) = (format!("{}/{id}/lock", connections(&session)), random(), LOCK_LIFE.to_string());
        loop {
            let is_set: Option<String> = self.run(&["SET", &lock, &token, "NX", "EX", &life]).await?;
            if is_set.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // Read under the lock: what was waited for may have changed it.
        let name = connections(&session);
        let sealed: Result<Option<String>, Trouble> = self.run(&["HGET", &name, &id]).await;
        let read = |sealed: String| serde_json::from_str(&self.open(&format!("{name}/{id}"), &sealed)?).ok();
        match sealed.map(|sealed| sealed.and_then(read)) {
            Ok(Some(connection)) => Ok(Some(Locked { redis: self, session, id, lock, token, connection })),
            other => {
                let () = self.run(&["EVAL", UNLOCK, "1", &lock, &token]).await?;
                other.map(|_| None)
            }
        }
    }

    /// Encrypts, and ties the text to its name.
    fn seal(&self, name: &str, text: &str) -> String {
        let mut jar = CookieJar::new();
        jar.private_mut(&self.key).add((name.to_owned(), text.to_owned()));
        jar.get(name).map(|sealed| sealed.value().to_owned()).unwrap_or_default()
    }

    fn open(&self, name: &str, sealed: &str) -> Option<String> {
        let mut jar = CookieJar::new();
        jar.add_original((name.to_owned(), sealed.to_owned()));
        jar.private(&self.key).get(name).map(|open| open.value().to_owned())
    }
}

fn sign_in(key: &auth_link::PendingKey) -> String {
    format!("auth-link-demo/sign-in/{key}")
}

fn connections(session: &str) -> String {
    format!("auth-link-demo/session/{session}")
}

/// A connection that no other instance changes meanwhile.
pub(super) struct Locked<'s> {
    redis: &'s RedisStore,
    session: String,
    id: String,
    lock: String,
    token: String,
    pub(super) connection: Connection,
}

impl Locked<'_> {
    pub(super) async fn set(&mut self, connection: Connection) -> Result<(), Trouble> {
        self.redis.set(&self.session, &self.id, &connection).await?;
        self.connection = connection;
        Ok(())
    }

    pub(super) async fn unlock(self) {
        // Failing that it ends by itself.
        let _ = self.redis.run::<()>(&["EVAL", UNLOCK, "1", &self.lock, &self.token]).await;
    }
}
