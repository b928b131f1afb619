//! A store of encrypted connections, whose operations are tried again.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use crate::error::StoreError;
use crate::key::Keys;
use crate::record::Record;
use crate::seal::{open, seal};
use crate::store::{Expected, Holder, Row, Store, Version};
use crate::timing::Timing;

pub(crate) struct Vault<S> {
    store: Arc<S>,
    keys: Keys,
    timing: Timing,
}

/// A connection in the store.
pub(crate) struct Stored {
    pub(crate) record: Record,
    pub(crate) version: Version,
    pub(crate) locked_for: Duration,
}

/// The first wait before another attempt.
const MIN_PAUSE: Duration = Duration::from_millis(50);

const MAX_PAUSE: Duration = Duration::from_secs(1);

impl<S: Store> Vault<S> {
    pub(crate) fn new(store: S, keys: Keys, timing: Timing) -> Self {
        Self { store: Arc::new(store), keys, timing }
    }

    pub(crate) fn with_timing(&self, timing: Timing) -> Self {
        Self { store: self.store.clone(), keys: self.keys.clone(), timing }
    }

    pub(crate) async fn read(&self, id: &str) -> Result<Option<Stored>, StoreError> {
        let row = self.retry(self.timing.retry, || self.store.read(id)).await?;
        row.map(|row| self.open(id, &row)).transpose()
    }

    /// Locks the connection; `None` if there is none or another holder has locked it.
    pub(crate) async fn lock(&self, id: &str, holder: Holder) -> Result<Option<Stored>, StoreError> {
        // It is tried once: if an attempt succeeds unnoticed, a second one finds the lock of the first.
        let row = self.attempt(self.store.lock(id, holder, self.timing.lease)).await?;
        row.map(|row| self.open(id, &row)).transpose()
    }

    pub(crate) async fn unlock(&self, id: &str, holder: Holder) -> Result<(), StoreError> {
        self.attempt(self.store.unlock(id, holder)).await
    }

    /// Writes a connection, and returns its new version; `None` if another version than the expected one is there.
    pub(crate) async fn write(
        &self,
        id: &str,
        expected: Expected,
        record: &Record,
        limit: Duration,
    ) -> Result<Option<Version>, StoreError> {
        let data = seal(&self.keys, id, &record.to_bytes()?)?;
        let version = Version(random()?);
        let is_written = self.retry(limit, || self.store.write(id, expected, version, &data)).await?;
        if is_written {
            return Ok(Some(version));
        }
        // An attempt that failed may have written.
        let row = self.retry(limit, || self.store.read(id)).await?;
        Ok(row.filter(|row| row.version == version).map(|row| row.version))
    }

    pub(crate) async fn delete(&self, id: &str, expected: Expected, limit: Duration) -> Result<bool, StoreError> {
        self.retry(limit, || self.store.delete(id, expected)).await
    }

    pub(crate) async fn ids(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.retry(self.timing.retry, || self.store.ids(prefix)).await
    }

    fn open(&self, id: &str, row: &Row) -> Result<Stored, StoreError> {
        let record = Record::from_bytes(&open(&self.keys, id, &row.data)?)?;
        Ok(Stored { record, version: row.version, locked_for: row.locked_for })
    }

    /// Repeats an operation until it succeeds, fails for good, or the limit is over.
    async fn retry<T, F: Future<Output = Result<T, StoreError>> + Send>(
        &self,
        limit: Duration,
        operation: impl Fn() -> F + Send,
    ) -> Result<T, StoreError> {
        let end = Instant::now() + limit;
        let mut pause = MIN_PAUSE;
        loop {
            match self.attempt(operation()).await {
                Err(error) if error.is_transient() && end.saturating_duration_since(Instant::now()) > pause => {}
                result => return result,
            }
            sleep(pause).await;
            pause = (pause * 2).min(MAX_PAUSE);
        }
    }

    async fn attempt<T>(&self, operation: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        timeout(self.timing.operation, operation).await.unwrap_or_else(|elapsed| Err(StoreError::unavailable(elapsed)))
    }
}

/// Returns a random number.
pub(crate) fn random() -> Result<i64, StoreError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Random)?;
    Ok(i64::from_le_bytes(bytes))
}
