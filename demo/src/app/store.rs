//! Where connections are stored: in memory or in Redis. A connection is locked while it is refreshed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum_extra::extract::cookie::Key;
use tokio::sync::OwnedMutexGuard;

use super::connection::Connection;
use super::cookies::SESSION_LIFETIME;
use super::error::AppError;
use super::redis_store::{self, RedisStore};
use crate::bounded_map::BoundedMap;
use crate::clock::unix_time;
use crate::random::random;

/// The connections of all sessions.
pub(crate) enum Store {
    Memory(Mutex<BoundedMap<Session>>),
    Redis(RedisStore),
}

/// The connections of one browser, the oldest first.
type Session = BTreeMap<String, Arc<tokio::sync::Mutex<Connection>>>;

/// The most sessions that are kept in memory.
const MAX_SESSIONS: usize = 2000;

impl Store {
    /// Creates a store in Redis if there is an address, and in memory otherwise.
    ///
    /// # Errors
    ///
    /// Returns an error if the address is invalid.
    pub(crate) fn new(redis: Option<&str>, key: &Key) -> Result<Self, redis::RedisError> {
        match redis {
            Some(url) => RedisStore::new(url, key.clone()).map(Self::Redis),
            None => Ok(Self::Memory(Mutex::new(BoundedMap::new(Duration::from_secs(SESSION_LIFETIME), MAX_SESSIONS)))),
        }
    }

    /// Returns the store in Redis, if it is one.
    pub(super) fn redis(&self) -> Option<&RedisStore> {
        match self {
            Self::Memory(_) => None,
            Self::Redis(redis) => Some(redis),
        }
    }

    /// Adds a connection to a session.
    pub(super) async fn add(&self, session: &str, connection: Connection) -> Result<(), AppError> {
        // The time comes first, so that ids sort by age.
        let id = format!("{:010x}-{}", unix_time(), random());
        match self {
            Self::Memory(sessions) => {
                let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
                // Inserting the session again restarts its lifetime.
                let mut connections = sessions.remove(session).unwrap_or_default();
                connections.insert(id, Arc::new(tokio::sync::Mutex::new(connection)));
                sessions.insert(session.to_owned(), connections);
                Ok(())
            }
            Self::Redis(redis) => redis.set(session, &id, &connection).await,
        }
    }

    /// Returns the ids of a session's connections, the oldest first.
    pub(super) async fn ids(&self, session: &str) -> Result<Vec<String>, AppError> {
        match self {
            Self::Memory(sessions) => {
                let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(sessions.get(session).map_or_else(Vec::new, |session| session.keys().cloned().collect()))
            }
            Self::Redis(redis) => redis.ids(session).await,
        }
    }

    /// Locks a connection. Waits as long as another request holds the lock.
    pub(super) async fn lock(&self, session: &str, id: &str) -> Result<Option<LockedConnection<'_>>, AppError> {
        match self {
            Self::Memory(sessions) => {
                let connection = {
                    let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
                    sessions.get(session).and_then(|session| session.get(id).cloned())
                };
                Ok(match connection {
                    Some(connection) => Some(LockedConnection::Memory(connection.lock_owned().await)),
                    None => None,
                })
            }
            Self::Redis(redis) => Ok(redis.lock(session, id).await?.map(LockedConnection::Redis)),
        }
    }

    /// Removes a connection from a session.
    pub(super) async fn remove(&self, session: &str, id: &str) -> Result<(), AppError> {
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

/// A connection that no other request can change.
pub(super) enum LockedConnection<'s> {
    Memory(OwnedMutexGuard<Connection>),
    Redis(redis_store::LockedConnection<'s>),
}

impl LockedConnection<'_> {
    pub(super) fn connection(&self) -> &Connection {
        match self {
            Self::Memory(connection) => connection,
            Self::Redis(locked) => &locked.connection,
        }
    }

    pub(super) async fn set(&mut self, connection: Connection) -> Result<(), AppError> {
        match self {
            Self::Memory(guard) => {
                **guard = connection;
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
