//! The limits of requests, locks and waits.

use std::time::Duration;

/// The limits of a set of connections. All of them follow from that of one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timing {
    /// The limit of one request, from the lock on.
    pub(crate) request: Duration,
    /// The limit of the wait for a lock: longer than a request.
    pub(crate) wait: Duration,
    /// The time after which a lock ends by itself: later than any request under it.
    pub(crate) lease: Duration,
    /// The limit of one attempt of a database operation.
    pub(crate) operation: Duration,
    /// The limit of all attempts of a database operation.
    pub(crate) retry: Duration,
    /// The limit of all attempts of a write whose failure loses tokens.
    pub(crate) rescue: Duration,
}

/// The longest limit of a request.
const MAX_REQUEST: Duration = Duration::from_secs(24 * 60 * 60);

impl Timing {
    pub(crate) fn new(request: Duration) -> Self {
        // A longer one would overflow the clock.
        let request = request.min(MAX_REQUEST);
        Self {
            // The HTTP client's own limit comes first.
            request: request * 7 / 6,
            wait: request * 4 / 3,
            lease: request * 3 / 2,
            operation: Duration::from_secs(20),
            retry: Duration::from_secs(15),
            rescue: Duration::from_secs(5 * 60),
        }
    }
}

impl Default for Timing {
    /// The HTTP clients of auth-link stop a request after 60 seconds.
    fn default() -> Self {
        Self::new(Duration::from_secs(60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_limit_is_accepted() {
        for limit in [Duration::ZERO, Duration::from_secs(60), Duration::MAX] {
            let timing = Timing::new(limit);
            assert!(timing.request <= timing.wait && timing.wait <= timing.lease && timing.lease <= MAX_REQUEST * 2);
        }
    }

    #[test]
    fn a_request_has_at_most_a_day() {
        let seconds = |timing: Timing| [timing.request, timing.wait, timing.lease].map(|limit| limit.as_secs());
        assert_eq!(seconds(Timing::new(Duration::MAX)), [100_800, 115_200, 129_600]);
        assert_eq!(seconds(Timing::default()), [70, 80, 90]);
    }
}
