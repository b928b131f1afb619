//! A map with an expiry time and a size limit.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

/// A map whose entries expire after a fixed time. When it is full, it drops the oldest entry.
pub(crate) struct BoundedMap<V> {
    entries: HashMap<String, (Instant, V)>,
    /// Every insertion, the oldest first. An entry that was removed since stays here until it is dropped in its turn.
    order: VecDeque<(Instant, String)>,
    lifetime: Duration,
    capacity: usize,
}

impl<V> BoundedMap<V> {
    pub(crate) fn new(lifetime: Duration, capacity: usize) -> Self {
        Self { entries: HashMap::new(), order: VecDeque::new(), lifetime, capacity }
    }

    pub(crate) fn insert(&mut self, key: String, value: V) {
        let now = Instant::now();
        while let Some((inserted, _)) = self.order.front()
            && (self.order.len() >= self.capacity || now - *inserted >= self.lifetime)
            && let Some((inserted, key)) = self.order.pop_front()
        {
            // The same key may have been inserted again since.
            if self.entries.get(&key).is_some_and(|entry| entry.0 == inserted) {
                self.entries.remove(&key);
            }
        }
        self.order.push_back((now, key.clone()));
        self.entries.insert(key, (now, value));
    }

    pub(crate) fn get(&mut self, key: &str) -> Option<&mut V> {
        let lifetime = self.lifetime;
        self.entries.get_mut(key).filter(|(inserted, _)| inserted.elapsed() < lifetime).map(|(_, value)| value)
    }

    /// Returns all values, even expired ones.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.values_mut().map(|(_, value)| value)
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<V> {
        let lifetime = self.lifetime;
        self.entries.remove(key).filter(|(inserted, _)| inserted.elapsed() < lifetime).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_map_drops_its_oldest_entry() {
        let mut map = BoundedMap::new(Duration::MAX, 2);
        for key in ["a", "b", "c"] {
            map.insert(key.to_owned(), key);
        }
        assert_eq!((map.remove("a"), map.remove("b"), map.remove("b")), (None, Some("b"), None));
        assert_eq!(map.get("c"), Some(&mut "c"));
    }

    #[test]
    fn an_expired_entry_is_not_returned() {
        let mut map = BoundedMap::new(Duration::ZERO, 2);
        map.insert("a".to_owned(), 1);
        assert_eq!(map.get("a"), None);
        assert_eq!(map.remove("a"), None);
    }
}
