//! A store in PostgreSQL.

use std::time::Duration;

use sqlx::error::DatabaseError;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, query, query_as, query_scalar};

use crate::error::StoreError;
use crate::sql::{ACQUIRE_TIMEOUT, Columns, SCHEMA, check_schema, last_id, millis, store_error, to_row};
use crate::store::{Expected, Holder, Row, Store, Version};

/// A store in PostgreSQL 11 or newer, for several instances of an application. Its clones share their database connections.
///
/// No transaction and no database connection is held while a request is sent: a lock is two columns of its row, and the clock of
/// the database decides when it ends.
#[derive(Clone)]
pub struct PostgresStore {
    pool: PgPool,
}

/// Serializes the creation of the tables: "authlink" in ASCII.
const SCHEMA_LOCK: i64 = 0x6175_7468_6c69_6e6b;

/// The limits of the server for this crate's statements, none of which waits for a request.
const LIMITS: [(&str, &str); 3] =
    [("statement_timeout", "15s"), ("lock_timeout", "10s"), ("idle_in_transaction_session_timeout", "15s")];

/// The milliseconds since 1970, after the wait for another writer; `now()` would be the time of the call.
const NOW: &str = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

impl PostgresStore {
    /// Connects to a database with its URL, such as `postgres://user@localhost/app`, and creates the tables, if they are missing.
    ///
    /// The tables are `auth_link_meta` and `auth_link_connections`, in the first schema of the search path.
    ///
    /// # Errors
    ///
    /// Returns an error, which does not show the URL, if:
    ///
    /// - the URL is invalid;
    /// - the database cannot be reached for ten seconds, or refuses the user;
    /// - a newer release created the tables ([`StoreError::NewerSchema`]).
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let options: PgConnectOptions = url.parse().map_err(error)?;
        let options = options.options(LIMITS).disable_statement_logging();
        let pool = PgPoolOptions::new().acquire_timeout(ACQUIRE_TIMEOUT);
        let store = Self { pool: pool.connect_with(options).await.map_err(error)? };
        store.create_tables().await?;
        Ok(store)
    }

    async fn create_tables(&self) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await.map_err(error)?;
        query("SELECT pg_advisory_xact_lock($1)").bind(SCHEMA_LOCK).execute(&mut *transaction).await.map_err(error)?;
        // A user without the right to create tables can use those that are there.
        let has_tables = query_scalar("SELECT to_regclass('auth_link_meta') IS NOT NULL");
        if has_tables.fetch_one(&mut *transaction).await.map_err(error)? {
            let schema = query_scalar("SELECT value FROM auth_link_meta WHERE name = 'schema'");
            return check_schema(schema.fetch_one(&mut *transaction).await.map_err(error)?);
        }
        for sql in [
            "CREATE TABLE auth_link_meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
            r#"CREATE TABLE auth_link_connections (
                id TEXT COLLATE "C" PRIMARY KEY,
                data BYTEA NOT NULL,
                version BIGINT NOT NULL,
                holder BIGINT,
                locked_until BIGINT
            )"#,
        ] {
            query(sql).execute(&mut *transaction).await.map_err(error)?;
        }
        let schema = query("INSERT INTO auth_link_meta VALUES ('schema', $1)").bind(SCHEMA);
        schema.execute(&mut *transaction).await.map_err(error)?;
        transaction.commit().await.map_err(error)
    }
}

impl Store for PostgresStore {
    async fn read(&self, id: &str) -> Result<Option<Row>, StoreError> {
        let sql =
            format!("SELECT data, version, COALESCE(locked_until - {NOW}, 0) FROM auth_link_connections WHERE id = $1");
        let row = query_as::<_, Columns>(&sql).bind(id).fetch_optional(&self.pool).await.map_err(error)?;
        Ok(row.map(to_row))
    }

    async fn lock(&self, id: &str, holder: Holder, lease: Duration) -> Result<Option<Row>, StoreError> {
        let sql = format!(
            "UPDATE auth_link_connections SET holder = $2, locked_until = {NOW} + $3
            WHERE id = $1 AND (locked_until IS NULL OR locked_until NOT BETWEEN {NOW} + 1 AND {NOW} + 2 * $3)
            RETURNING data, version, $3"
        );
        let lock = query_as::<_, Columns>(&sql).bind(id).bind(holder.0).bind(millis(lease));
        Ok(lock.fetch_optional(&self.pool).await.map_err(error)?.map(to_row))
    }

    async fn unlock(&self, id: &str, holder: Holder) -> Result<(), StoreError> {
        let sql = "UPDATE auth_link_connections SET holder = NULL, locked_until = NULL WHERE id = $1 AND holder = $2";
        query(sql).bind(id).bind(holder.0).execute(&self.pool).await.map_err(error)?;
        Ok(())
    }

    async fn write(&self, id: &str, expected: Expected, version: Version, data: &[u8]) -> Result<bool, StoreError> {
        let write = match expected {
            Expected::Any => query(
                "INSERT INTO auth_link_connections (id, data, version) VALUES ($1, $2, $3)
                ON CONFLICT (id) DO UPDATE SET data = excluded.data, version = excluded.version",
            ),
            Expected::Version(_) => {
                query("UPDATE auth_link_connections SET data = $2, version = $3 WHERE id = $1 AND version = $4")
            }
        };
        let write = write.bind(id).bind(data).bind(version.0);
        let write = if let Expected::Version(Version(expected)) = expected { write.bind(expected) } else { write };
        Ok(write.execute(&self.pool).await.map_err(error)?.rows_affected() > 0)
    }

    async fn delete(&self, id: &str, expected: Expected) -> Result<bool, StoreError> {
        let delete = match expected {
            Expected::Any => query("DELETE FROM auth_link_connections WHERE id = $1").bind(id),
            Expected::Version(Version(version)) => {
                query("DELETE FROM auth_link_connections WHERE id = $1 AND version = $2").bind(id).bind(version)
            }
        };
        Ok(delete.execute(&self.pool).await.map_err(error)?.rows_affected() > 0)
    }

    async fn ids(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT id FROM auth_link_connections
            WHERE id >= $1 AND id <= $2 AND starts_with(id, $1) ORDER BY id";
        query_scalar(sql).bind(prefix).bind(last_id(prefix)).fetch_all(&self.pool).await.map_err(error)
    }
}

fn error(error: sqlx::Error) -> StoreError {
    store_error(error, is_transient)
}

/// Returns whether the server is overloaded, starts or stops, or chose another transaction (PostgreSQL, appendix A).
fn is_transient(error: &dyn DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    ["08", "40", "53", "57"].iter().any(|class| code.starts_with(class)) || code == "55P03"
}

impl std::fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresStore").finish_non_exhaustive()
    }
}
