//! The parts that SQLite and PostgreSQL share.

use std::time::Duration;

use sqlx::error::{DatabaseError, Error};

use crate::error::StoreError;
use crate::store::{Row, Version};

/// The version of the tables that this release creates, and the newest that it knows.
pub(crate) const SCHEMA: i64 = 1;

/// The limit of the wait for a connection to the database.
pub(crate) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

pub(crate) fn check_schema(found: i64) -> Result<(), StoreError> {
    if found > SCHEMA { Err(StoreError::NewerSchema { found, known: SCHEMA }) } else { Ok(()) }
}

/// Converts the error of a database whose own errors are transient in the given cases.
pub(crate) fn store_error(error: Error, is_transient: fn(&dyn DatabaseError) -> bool) -> StoreError {
    let is_transient = match &error {
        Error::Database(error) => is_transient(&**error),
        Error::Io(_) | Error::Protocol(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => true,
        _ => false,
    };
    if is_transient { StoreError::Unavailable(error.into()) } else { StoreError::Failed(error.into()) }
}

/// The columns of a row: data, version, and the milliseconds until its lock ends.
pub(crate) type Columns = (Vec<u8>, i64, i64);

pub(crate) fn to_row((data, version, locked_for): Columns) -> Row {
    let locked_for = Duration::from_millis(locked_for.try_into().unwrap_or_default());
    Row { data, version: Version(version), locked_for }
}

pub(crate) fn millis(duration: Duration) -> i64 {
    duration.as_millis().try_into().unwrap_or(i64::MAX / 4)
}

/// Returns a text that no id with the prefix is greater than, in the order of bytes.
pub(crate) fn last_id(prefix: &str) -> String {
    prefix.to_owned() + &char::MAX.to_string().repeat(crate::id::MAX_LEN / char::MAX.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_connection_to_a_database_is_transient() {
        for error in [Error::PoolTimedOut, Error::WorkerCrashed, Error::Io(std::io::ErrorKind::BrokenPipe.into())] {
            assert!(store_error(error, |_| false).is_transient());
        }
        assert!(!store_error(Error::RowNotFound, |_| true).is_transient());
    }

    #[test]
    fn a_duration_of_any_length_can_be_added_to_the_time() {
        assert_eq!(millis(Duration::from_secs(90)), 90_000);
        let longest = millis(Duration::MAX);
        assert!(longest > 1 << 60 && longest.checked_mul(2).is_some(), "{longest}");
    }

    #[test]
    fn no_id_with_a_prefix_is_greater_than_the_last_one() {
        assert_eq!(last_id("a/"), format!("a/{}", "\u{10ffff}".repeat(50)));
    }
}
