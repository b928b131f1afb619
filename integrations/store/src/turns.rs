//! Turns within one process: tasks that need the lock of the same row wait here, and not at the database.
//!
//! A failure is shared with the tasks that waited for it, so that they do not send the same request again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use crate::failure::Failure;

/// The queue of an id. It holds the last failure, and its time.
type Queue = tokio::sync::Mutex<Option<(Instant, Failure)>>;

/// The turns of each id. An id without tasks takes no memory.
#[derive(Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<HashMap<String, Weak<Queue>>>>);

impl Turns {
    /// Waits until no other task has the turn of the id. Dropping the result ends the turn.
    pub(crate) async fn wait(&self, id: &str) -> Turn {
        let since = Instant::now();
        let queue = {
            let mut queues = self.queues();
            let entry = queues.entry(id.to_owned()).or_default();
            let queue = entry.upgrade().unwrap_or_default();
            *entry = Arc::downgrade(&queue);
            queue
        };
        let mut turn = Turn { turns: self.clone(), id: id.to_owned(), queue: Some(queue.clone()), guard: None, since };
        turn.guard = Some(queue.lock_owned().await);
        turn
    }

    fn queues(&self) -> MutexGuard<'_, HashMap<String, Weak<Queue>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A turn, or a place in the queue for it.
pub(crate) struct Turn {
    turns: Turns,
    id: String,
    queue: Option<Arc<Queue>>,
    guard: Option<OwnedMutexGuard<Option<(Instant, Failure)>>>,
    since: Instant,
}

impl Turn {
    /// Returns the failure of another task while this one waited.
    pub(crate) fn failure(&self) -> Option<Failure> {
        let (time, failure) = self.guard.as_deref()?.as_ref()?;
        (*time > self.since).then(|| failure.clone())
    }

    /// Shares the failure with the tasks that wait.
    pub(crate) fn fail(&mut self, failure: Failure) {
        if let Some(guard) = &mut self.guard {
            **guard = Some((Instant::now(), failure));
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Under this lock no task can enter the queue.
        let mut queues = self.turns.queues();
        (self.guard, self.queue) = (None, None);
        if queues.get(&self.id).is_some_and(|queue| queue.strong_count() == 0) {
            queues.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn one_task_at_a_time_has_the_turn_of_an_id() {
        let turns = Turns::default();
        let first = turns.wait("a").await;
        let other = turns.wait("b").await;
        let second = tokio::spawn({
            let turns = turns.clone();
            async move { drop(turns.wait("a").await) }
        });
        let abandoned = tokio::time::timeout(Duration::from_millis(30), turns.wait("a")).await;
        assert!(abandoned.is_err() && !second.is_finished());
        drop(first);
        second.await.unwrap();
        drop(other);
        assert!(turns.queues().is_empty(), "no memory is left");
    }
}
