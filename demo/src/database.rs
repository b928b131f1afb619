//! The database of connections: the value of `--database`, and the store in it.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use auth_link_store::{Expected, Holder, PostgresStore, Row, SqliteStore, Store, StoreError, Version};

/// A database. [`Debug`](fmt::Debug) does not show the URL, which can contain a password.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Database {
    /// A file of SQLite. It is created if it is missing.
    Sqlite(PathBuf),
    /// The URL of a database in PostgreSQL, which several instances share.
    Postgres(String),
}

impl Database {
    /// Parses `sqlite:PATH` or `postgres://…`. Returns `None` for another text.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Some(Self::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite:")?;
        // Other programs write two slashes before the path.
        let path = path.strip_prefix("//").unwrap_or(path);
        (!path.is_empty()).then(|| Self::Sqlite(path.into()))
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres(_) => f.write_str("Postgres([redacted])"),
        }
    }
}

/// The store in a database of either kind.
pub(crate) enum DatabaseStore {
    Sqlite(SqliteStore),
    Postgres(PostgresStore),
}

impl DatabaseStore {
    /// Opens a database, and creates its tables if they are missing.
    ///
    /// # Errors
    ///
    /// Returns the error of the store.
    pub(crate) async fn open(database: &Database) -> Result<Self, StoreError> {
        Ok(match database {
            Database::Sqlite(path) => Self::Sqlite(SqliteStore::open(path).await?),
            Database::Postgres(url) => Self::Postgres(PostgresStore::connect(url).await?),
        })
    }
}

/// Calls the same method of either store.
macro_rules! call {
    ($store:ident.$method:ident($($argument:expr),*)) => {
        match $store {
            Self::Sqlite(store) => store.$method($($argument),*).await,
            Self::Postgres(store) => store.$method($($argument),*).await,
        }
    };
}

impl Store for DatabaseStore {
    async fn read(&self, id: &str) -> Result<Option<Row>, StoreError> {
        call!(self.read(id))
    }

    async fn lock(&self, id: &str, holder: Holder, lease: Duration) -> Result<Option<Row>, StoreError> {
        call!(self.lock(id, holder, lease))
    }

    async fn unlock(&self, id: &str, holder: Holder) -> Result<(), StoreError> {
        call!(self.unlock(id, holder))
    }

    async fn write(&self, id: &str, expected: Expected, version: Version, data: &[u8]) -> Result<bool, StoreError> {
        call!(self.write(id, expected, version, data))
    }

    async fn delete(&self, id: &str, expected: Expected) -> Result<bool, StoreError> {
        call!(self.delete(id, expected))
    }

    async fn ids(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        call!(self.ids(prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_a_path_after_sqlite_or_a_url_of_postgres() {
        for (text, path) in [("sqlite:demo.db", "demo.db"), ("sqlite://demo.db", "demo.db"), ("sqlite:///a b", "/a b")]
        {
            assert_eq!(Database::parse(text), Some(Database::Sqlite(path.into())), "{text}");
        }
        for text in ["postgres://user:hush@localhost/app", "postgresql://localhost"] {
            let database = Database::parse(text);
            assert_eq!(database, Some(Database::Postgres(text.to_owned())));
            assert_eq!(format!("{database:?}"), "Some(Postgres([redacted]))");
        }
        for text in ["", "sqlite:", "sqlite://", "demo.db", "redis://localhost", "postgres:app", "mysql://h/a"] {
            assert_eq!(Database::parse(text), None, "{text}");
        }
    }
}
