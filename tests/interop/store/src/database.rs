//! A database of either kind, by its URL.

use auth_link_store::{Expected, Holder, PostgresStore, Row, SqliteStore, Store, StoreError, Version};
use std::time::Duration;

/// A database of either kind.
#[derive(Clone)]
pub enum Database {
    /// A file.
    Sqlite(SqliteStore),
    /// A server.
    Postgres(PostgresStore),
}

impl Database {
    /// Opens a database: a URL of PostgreSQL, or a path.
    ///
    /// # Errors
    ///
    /// Returns the error of the store.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Ok(if url.starts_with("postgres:") {
            Self::Postgres(PostgresStore::connect(url).await?)
        } else {
            Self::Sqlite(SqliteStore::open(url).await?)
        })
    }
}

/// Calls the same method of either store.
macro_rules! call {
    ($database:ident, $method:ident($($argument:expr),*)) => {
        match $database {
            Database::Sqlite(store) => store.$method($($argument),*).await,
            Database::Postgres(store) => store.$method($($argument),*).await,
        }
    };
}

impl Store for Database {
    async fn read(&self, id: &str) -> Result<Option<Row>, StoreError> {
        call!(self, read(id))
    }

    async fn lock(&self, id: &str, holder: Holder, lease: Duration) -> Result<Option<Row>, StoreError> {
        call!(self, lock(id, holder, lease))
    }

    async fn unlock(&self, id: &str, holder: Holder) -> Result<(), StoreError> {
        call!(self, unlock(id, holder))
    }

    async fn write(&self, id: &str, expected: Expected, version: Version, data: &[u8]) -> Result<bool, StoreError> {
        call!(self, write(id, expected, version, data))
    }

    async fn delete(&self, id: &str, expected: Expected) -> Result<bool, StoreError> {
        call!(self, delete(id, expected))
    }

    async fn ids(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        call!(self, ids(prefix))
    }
}
