//! Where connections are kept: in memory, or in Redis. Each is locked while it is renewed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum_extra::extract::cookie::Key;
use tokio::sync::OwnedMutexGuard;

use super::connections::Connection;
use super::cookie::SESSION_LIFE;
use super::page::Trouble;
use super::redis_store::{self, RedisStore};
use crate::bounded::Bounded;
use crate::clock::unix_time;
use crate::random::random;

/// What the application remembers of sessions.
pub(crate) enum Store {
    Memory(Mutex<Bounded<Session>>),
    Redis(RedisStore),
}

/// The connections of one browser, the oldest first.
type Session = BTreeMap<String, Arc<tokio::sync::Mutex<Connection>>>;

/// So many sessions are kept in memory.
const MOST: usize = 2000;

impl Store {
    pub(crate) fn new(redis: Option<&str>, key: &Key) -> Result<Self, redis::RedisError> {
        match redis {
            Some(url) => RedisStore::new(url, key.clone()).map(Self::Redis),
            None => Ok(Self::Memory(Mutex::new(Bounded::new(Duration::from_secs(SESSION_LIFE), MOST)))),
        }
    }

    pub(super) fn redis(&self) -> Option<&RedisStore> {
        match self {
            Self::Memory(_) => None,
            Self::Redis(redis) => Some(redis),
        }
    }

    /// Adds a connection to a session.
    pub(super) async fn add(&self, session: &str, connection: Connection) -> Result<(), Trouble> {
        // In the order of their beginning.
        let id = format!("{:010x}-{}", unix_time(), random());
        match self {
            Self::Memory(sessions) => {
                let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
                // Taken out and put back: the session lasts anew from now on.
                let mut connections = sessions.remove(session).unwrap_or_default();
                connections.insert(id, Arc::new(tokio::sync::Mutex::new(connection)));
                sessions.insert(session.to_owned(), connections);
                Ok(())
            }
            Self::Redis(redis) => redis.set(session, &id, &connection).await,
        }
    }

    /// The ids of a session's connections, the oldest first.
    pub(super) async fn ids(&self, session: &str) -> Result<Vec<String>, Trouble> {
        match self {
            Self::Memory(sessions) => {
                let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(sessions.get(session).map_or_else(Vec::new, |session| session.keys().cloned().collect()))
            }
            Self::Redis(redis) => redis.ids(session).await,
        }
    }

    /// Takes hold of a connection; whoever comes second waits.
    pub(super) async fn lock(&self, session: &str, id: &str) -> Result<Option<Locked<'_>>, Trouble> {
        match self {
            Self::Memory(sessions) => {
                let connection = {
                    let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
                    sessions.get(session).and_then(|session| session.get(id).cloned())
                };
                Ok(match connection {
                    Some(connection) => Some(Locked::Memory(connection.lock_owned().await)),
                    None => None,
                })
            }
            Self::Redis(redis) => Ok(redis.lock(session, id).await?.map(Locked::Redis)),
        }
    }

    pub(super) async fn remove(&self, session: &str, id: &str) -> Result<(), Trouble> {
        match self {
            Self::Memory(sessions) => {
                let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
                sessions.get(session).and_then(|session| session.remove(id));
                Ok(())
            }
            Self::Redis(redis) => redis.remove(session, id).await,
        }
    }
}

/// A connection that nobody else changes meanwhile.
pub(super) enum Locked<'s> {
    Memory(OwnedMutexGuard<Connection>),
    Redis(redis_store::Locked<'s>),
}

impl Locked<'_> {
    pub(super) fn connection(&self) -> &Connection {
        match self {
            Self::Memory(connection) => connection,
            Self::Redis(locked) => &locked.connection,
        }
    }

    pub(super) async fn set(&mut self, connection: Connection) -> Result<(), Trouble> {
        match self {
            Self::Memory(own) => {
                **own = connection;
                Ok(())
            }
            Self::Redis(locked) => locked.set(connection).await,
        }
    }

    pub(super) async fn unlock(self) {
        if let Self::Redis(locked) = self {
            locked.unlock().await;
        }
    }
}
