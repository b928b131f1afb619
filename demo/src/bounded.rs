//! A map that forgets: each entry after a time, and the oldest one when there are too many.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

pub(crate) struct Bounded<V> {
    entries: HashMap<String, (Instant, V)>,
    /// What was put in, the oldest first. What was taken out meanwhile stands here until its turn comes.
    order: VecDeque<(Instant, String)>,
    life: Duration,
    most: usize,
}

impl<V> Bounded<V> {
    pub(crate) fn new(life: Duration, most: usize) -> Self {
        Self { entries: HashMap::new(), order: VecDeque::new(), life, most }
    }

    pub(crate) fn insert(&mut self, key: String, value: V) {
        let now = Instant::now();
        while let Some((since, _)) = self.order.front()
            && (self.order.len() >= self.most || now - *since >= self.life)
            && let Some((since, key)) = self.order.pop_front()
        {
            // Under the same key there may be a newer one.
            if self.entries.get(&key).is_some_and(|entry| entry.0 == since) {
                self.entries.remove(&key);
            }
        }
        self.order.push_back((now, key.clone()));
        self.entries.insert(key, (now, value));
    }

    pub(crate) fn get(&mut self, key: &str) -> Option<&mut V> {
        let life = self.life;
        self.entries.get_mut(key).filter(|(since, _)| since.elapsed() < life).map(|(_, value)| value)
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<V> {
        let life = self.life;
        self.entries.remove(key).filter(|(since, _)| since.elapsed() < life).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_falls_out_when_there_are_too_many() {
        let mut map = Bounded::new(Duration::MAX, 2);
        for key in ["a", "b", "c"] {
            map.insert(key.to_owned(), key);
        }
        assert_eq!((map.remove("a"), map.remove("b"), map.remove("b")), (None, Some("b"), None));
        assert_eq!(map.get("c"), Some(&mut "c"));
    }

    #[test]
    fn an_entry_is_forgotten_when_its_time_is_over() {
        let mut map = Bounded::new(Duration::ZERO, 2);
        map.insert("a".to_owned(), 1);
        assert_eq!(map.get("a"), None);
        assert_eq!(map.remove("a"), None);
    }
}
