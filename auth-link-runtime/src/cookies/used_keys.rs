//! The keys of callbacks that already arrived.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};

use crate::pending_key::PendingKey;

/// The keys that were used on this machine within the last minutes. At most as many as [`MAX_KEYS`].
#[derive(Default)]
pub(super) struct UsedKeys(Mutex<Used>);

#[derive(Default)]
struct Used {
    keys: HashSet<PendingKey>,
    /// The keys of each second, to remove the oldest.
    by_time: BTreeMap<u64, Vec<PendingKey>>,
}

/// The most keys that are remembered: 10 MB. Beyond them the oldest is forgotten.
const MAX_KEYS: usize = 100_000;

impl UsedKeys {
    /// Remembers a key for `lifetime` seconds. Returns whether it is new.
    pub(super) fn insert(&self, key: PendingKey, now: u64, lifetime: u64) -> bool {
        let mut guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let used = &mut *guard;
        while let Some(oldest) = used.by_time.first_entry()
            && (oldest.key().saturating_add(lifetime) < now || used.keys.len() >= MAX_KEYS)
        {
            for key in oldest.remove() {
                used.keys.remove(&key);
            }
        }
        let is_new = used.keys.insert(key);
        if is_new {
            used.by_time.entry(now).or_default().push(key);
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> PendingKey {
        PendingKey::from_state(number.to_string().as_bytes())
    }

    #[test]
    fn a_key_is_new_once_within_its_lifetime() {
        let used = UsedKeys::default();
        assert!(used.insert(key(1), 1000, 600));
        assert!(!used.insert(key(1), 1600, 600));
        assert!(used.insert(key(2), 1600, 600));
        assert!(used.insert(key(1), 1601, 600), "it is forgotten");
        assert!(!used.insert(key(2), 1601, 600));
    }

    #[test]
    fn the_number_of_keys_is_bounded() {
        let used = UsedKeys::default();
        for number in 0..MAX_KEYS + 10 {
            assert!(used.insert(key(number), number as u64, u64::MAX));
        }
        assert_eq!(used.0.lock().unwrap().keys.len(), MAX_KEYS);
        assert!(!used.insert(key(MAX_KEYS), 0, u64::MAX), "the newest are remembered");
    }
}
