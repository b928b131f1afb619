//! A store in a file of SQLite.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, query, query_as, query_scalar};
use tokio::time::{Instant, sleep};

use crate::error::StoreError;
use crate::sql::{ACQUIRE_TIMEOUT, Columns, SCHEMA, check_schema, last_id, millis, store_error, to_row};
use crate::store::{Expected, Holder, Row, Store, Version};

/// A store in a file of SQLite, for the processes of one machine. Its clones share their database connections.
///
/// A new file has the mode 0600. Beside it, SQLite keeps two files of the same name with `-wal` and `-shm`.
#[derive(Clone)]
pub struct SqliteStore {
    pool: SqlitePool,
}

/// The limit of the wait for another writer.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// SQLite has one writer at a time.
const MAX_CONNECTIONS: u32 = 4;

/// The milliseconds since 1970. SQLite reads the clock after its wait for another writer; a bound value would be the time of the call.
/// All processes that share the file have the same clock.
const NOW: &str = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

impl SqliteStore {
    /// Opens the file and creates it and its tables, if they are missing. Its folder must exist.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the file cannot be created or opened, or is not a database;
    /// - a newer release created the tables ([`StoreError::NewerSchema`]).
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = create(path.as_ref()).map_err(|error| StoreError::Failed(error.into()))?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            // A refresh token that is lost with the power costs a user's consent.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new().max_connections(MAX_CONNECTIONS).acquire_timeout(ACQUIRE_TIMEOUT);
        let store = Self { pool: pool.connect_lazy_with(options) };
        // SQLite does not wait if two processes switch a new file to write-ahead logging.
        let end = Instant::now() + BUSY_TIMEOUT;
        loop {
            match store.create_tables().await {
                Err(error) if error.is_transient() && Instant::now() < end => sleep(Duration::from_millis(20)).await,
                result => return result.map(|()| store),
            }
        }
    }

    async fn create_tables(&self) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(error)?;
        query(
            "CREATE TABLE IF NOT EXISTS auth_link_meta (name TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL) STRICT",
        )
        .execute(&mut *transaction)
        .await
        .map_err(error)?;
        query("INSERT INTO auth_link_meta VALUES ('schema', ?1) ON CONFLICT DO NOTHING")
            .bind(SCHEMA)
            .execute(&mut *transaction)
            .await
            .map_err(error)?;
        let schema = query_scalar("SELECT value FROM auth_link_meta WHERE name = 'schema'");
        check_schema(schema.fetch_one(&mut *transaction).await.map_err(error)?)?;
        let table = "CREATE TABLE IF NOT EXISTS auth_link_connections (
            id TEXT PRIMARY KEY NOT NULL,
            data BLOB NOT NULL,
            version INTEGER NOT NULL,
            holder INTEGER,
            locked_until INTEGER
        ) STRICT";
        query(table).execute(&mut *transaction).await.map_err(error)?;
        transaction.commit().await.map_err(error)
    }
}

/// Creates the file, which its owner alone can read, and returns its absolute path.
fn create(path: &Path) -> std::io::Result<PathBuf> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    path.canonicalize()
}

impl Store for SqliteStore {
    async fn read(&self, id: &str) -> Result<Option<Row>, StoreError> {
        let sql =
            format!("SELECT data, version, COALESCE(locked_until - {NOW}, 0) FROM auth_link_connections WHERE id = ?1");
        let row = query_as::<_, Columns>(&sql).bind(id).fetch_optional(&self.pool).await.map_err(error)?;
        Ok(row.map(to_row))
    }

    async fn lock(&self, id: &str, holder: Holder, lease: Duration) -> Result<Option<Row>, StoreError> {
        let sql = format!(
            "UPDATE auth_link_connections SET holder = ?2, locked_until = {NOW} + ?3
            WHERE id = ?1 AND (locked_until IS NULL OR locked_until NOT BETWEEN {NOW} + 1 AND {NOW} + 2 * ?3)
            RETURNING data, version, ?3"
        );
        let lock = query_as::<_, Columns>(&sql).bind(id).bind(holder.0).bind(millis(lease));
        // All rows are fetched, so that the statement ends.
        let rows = lock.fetch_all(&self.pool).await.map_err(error)?;
        Ok(rows.into_iter().next().map(to_row))
    }

    async fn unlock(&self, id: &str, holder: Holder) -> Result<(), StoreError> {
        let sql = "UPDATE auth_link_connections SET holder = NULL, locked_until = NULL WHERE id = ?1 AND holder = ?2";
        query(sql).bind(id).bind(holder.0).execute(&self.pool).await.map_err(error)?;
        Ok(())
    }

    async fn write(&self, id: &str, expected: Expected, version: Version, data: &[u8]) -> Result<bool, StoreError> {
        let write = match expected {
            Expected::Any => query(
                "INSERT INTO auth_link_connections (id, data, version) VALUES (?1, ?2, ?3)
                ON CONFLICT (id) DO UPDATE SET data = excluded.data, version = excluded.version",
            ),
            Expected::Version(_) => {
                query("UPDATE auth_link_connections SET data = ?2, version = ?3 WHERE id = ?1 AND version = ?4")
            }
        };
        let write = write.bind(id).bind(data).bind(version.0);
        let write = if let Expected::Version(Version(expected)) = expected { write.bind(expected) } else { write };
        Ok(write.execute(&self.pool).await.map_err(error)?.rows_affected() > 0)
    }

    async fn delete(&self, id: &str, expected: Expected) -> Result<bool, StoreError> {
        let delete = match expected {
            Expected::Any => query("DELETE FROM auth_link_connections WHERE id = ?1").bind(id),
            Expected::Version(Version(version)) => {
                query("DELETE FROM auth_link_connections WHERE id = ?1 AND version = ?2").bind(id).bind(version)
            }
        };
        Ok(delete.execute(&self.pool).await.map_err(error)?.rows_affected() > 0)
    }

    async fn ids(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT id FROM auth_link_connections
            WHERE id >= ?1 AND id <= ?2 AND substr(id, 1, length(?1)) = ?1 ORDER BY id";
        query_scalar(sql).bind(prefix).bind(last_id(prefix)).fetch_all(&self.pool).await.map_err(error)
    }
}

fn error(error: sqlx::Error) -> StoreError {
    store_error(error, |error| is_transient(error.code().as_deref()))
}

/// Returns whether another process used the file: `SQLITE_BUSY`, `SQLITE_LOCKED` or `SQLITE_PROTOCOL`.
fn is_transient(code: Option<&str>) -> bool {
    // The low byte of an extended code is the code.
    let code = code.and_then(|code| code.parse::<u32>().ok()).map(|code| code & 0xff);
    matches!(code, Some(5 | 6 | 15))
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_a_file_in_use_is_transient() {
        // `SQLITE_BUSY_SNAPSHOT` is 517, and `SQLITE_LOCKED_SHAREDCACHE` is 262.
        for code in ["5", "6", "15", "517", "262"] {
            assert!(is_transient(Some(code)), "{code}");
        }
        // Such as `SQLITE_FULL`, `SQLITE_NOTADB` and `SQLITE_IOERR_READ`.
        for code in [Some("13"), Some("26"), Some("266"), Some("0"), Some("255"), Some("x"), None] {
            assert!(!is_transient(code), "{code:?}");
        }
    }
}
