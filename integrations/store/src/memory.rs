//! A store in the memory of one process.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::StoreError;
use crate::store::{Expected, Holder, Row, Store, Version, is_locked};

/// A store in the memory of one process, for tests and for programs that end with their user. Its clones share their rows.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    rows: Arc<Mutex<BTreeMap<String, MemoryRow>>>,
}

#[derive(Debug)]
struct MemoryRow {
    data: Vec<u8>,
    version: Version,
    lock: Option<(Holder, Instant)>,
}

impl MemoryStore {
    /// Creates an empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn with_rows<T>(&self, run: impl FnOnce(&mut BTreeMap<String, MemoryRow>) -> T) -> T {
        // No operation panics between two changes, so that the rows are complete after a panic elsewhere.
        run(&mut self.rows.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl MemoryRow {
    fn locked_for(&self) -> Duration {
        self.lock.map_or(Duration::ZERO, |(_, end)| end.saturating_duration_since(Instant::now()))
    }

    fn to_row(&self) -> Row {
        Row { data: self.data.clone(), version: self.version, locked_for: self.locked_for() }
    }

    fn is(&self, expected: Expected) -> bool {
        match expected {
            Expected::Any => true,
            Expected::Version(version) => version == self.version,
        }
    }
}

impl Store for MemoryStore {
    async fn read(&self, id: &str) -> Result<Option<Row>, StoreError> {
        Ok(self.with_rows(|rows| rows.get(id).map(MemoryRow::to_row)))
    }

    async fn lock(&self, id: &str, holder: Holder, lease: Duration) -> Result<Option<Row>, StoreError> {
        Ok(self.with_rows(|rows| {
            let row = rows.get_mut(id).filter(|row| !is_locked(row.locked_for(), lease))?;
            row.lock = Instant::now().checked_add(lease).map(|end| (holder, end));
            Some(row.to_row())
        }))
    }

    async fn unlock(&self, id: &str, holder: Holder) -> Result<(), StoreError> {
        self.with_rows(|rows| {
            if let Some(row) = rows.get_mut(id)
                && row.lock.is_some_and(|(locked_by, _)| locked_by == holder)
            {
                row.lock = None;
            }
        });
        Ok(())
    }

    async fn write(&self, id: &str, expected: Expected, version: Version, data: &[u8]) -> Result<bool, StoreError> {
        Ok(self.with_rows(|rows| match (rows.get_mut(id), expected) {
            (Some(row), _) if row.is(expected) => {
                (row.data, row.version) = (data.to_vec(), version);
                true
            }
            (None, Expected::Any) => {
                rows.insert(id.to_owned(), MemoryRow { data: data.to_vec(), version, lock: None });
                true
            }
            _ => false,
        }))
    }

    async fn delete(&self, id: &str, expected: Expected) -> Result<bool, StoreError> {
        Ok(self.with_rows(|rows| {
            let is_expected = rows.get(id).is_some_and(|row| row.is(expected));
            if is_expected {
                rows.remove(id);
            }
            is_expected
        }))
    }

    async fn ids(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.with_rows(|rows| {
            let from_prefix = rows.range::<str, _>((std::ops::Bound::Included(prefix), std::ops::Bound::Unbounded));
            from_prefix.map(|(id, _)| id.clone()).take_while(|id| id.starts_with(prefix)).collect()
        }))
    }
}
