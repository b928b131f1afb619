//! The interface of a store: rows of bytes with a version and a lock.

use std::time::Duration;

use crate::error::StoreError;

/// The version of a row: random, and another one after each write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Version(pub i64);

/// The holder of a lock: random, and another one for each lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Holder(pub i64);

/// One row of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The encrypted connection.
    pub data: Vec<u8>,
    /// The version of the data.
    pub version: Version,
    /// The time until the lock of the row ends; zero if it is not locked.
    pub locked_for: Duration,
}

/// The row that a write replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Any row, or none.
    Any,
    /// The row of this version.
    Version(Version),
}

/// Returns whether a lock that ends after `locked_for` holds: it has not ended, and no changed clock set its end.
pub(crate) fn is_locked(locked_for: Duration, lease: Duration) -> bool {
    !locked_for.is_zero() && locked_for <= lease.saturating_mul(2)
}

/// A place for connections: rows of bytes, each with an id, a version and a lock.
///
/// [`Connections`](crate::Connections) encrypts the data, so that a store sees no token. Each method is one atomic operation.
///
/// The lock of a row is a lease: it ends by itself after a time, so that a killed process blocks nobody for long. It only prevents
/// useless work. Whether a write replaces the row is decided by the version alone.
///
/// # Errors
///
/// Each method returns [`StoreError::Unavailable`] if the same operation may succeed after a moment: it is then tried again.
/// An operation that failed may have been carried out.
pub trait Store: Send + Sync + 'static {
    /// Returns the row of an id.
    fn read(&self, id: &str) -> impl Future<Output = Result<Option<Row>, StoreError>> + Send;

    /// Locks the row of an id for at most `lease`, and returns it.
    ///
    /// Returns `None` if there is no row, or if its lock ends later than now and at most two `lease` from now. A lock with a later
    /// end comes from a clock that was changed, and is replaced. The time is that at which the row is locked, not that of the call:
    /// a call that waits for another writer must not take its lock for one from the future.
    fn lock(
        &self,
        id: &str,
        holder: Holder,
        lease: Duration,
    ) -> impl Future<Output = Result<Option<Row>, StoreError>> + Send;

    /// Ends the lock of the holder. Does nothing if another holder has it.
    fn unlock(&self, id: &str, holder: Holder) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Writes the data of an id and its new version, if the expected row is there. The lock stays as it is.
    ///
    /// Returns whether it wrote.
    fn write(
        &self,
        id: &str,
        expected: Expected,
        version: Version,
        data: &[u8],
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Deletes the row of an id and its lock, if the expected row is there.
    ///
    /// Returns whether it deleted.
    fn delete(&self, id: &str, expected: Expected) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Returns the ids that begin with the prefix, in the order of their bytes.
    fn ids(&self, prefix: &str) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_holds_until_its_end_and_for_at_most_two_leases() {
        let (lease, tick) = (Duration::from_secs(90), Duration::from_nanos(1));
        for locked_for in [tick, lease, lease * 2] {
            assert!(is_locked(locked_for, lease), "{locked_for:?}");
        }
        for locked_for in [Duration::ZERO, lease * 2 + tick] {
            assert!(!is_locked(locked_for, lease), "{locked_for:?}");
        }
        assert!(is_locked(Duration::MAX, Duration::MAX));
    }
}
