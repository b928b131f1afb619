//! The rules for repeating a read: which requests, after which errors, and after which wait.
//!
//! The crates `auth-link-reqwest` and `auth-link-ureq` have the same file.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use auth_link::client::{ApiError, Call, Recovery};

use crate::error::Error;
use crate::transport_error::TransportError;

/// The default limit of the waits of one read.
pub(crate) const MAX_WAIT: Duration = Duration::from_secs(30);

/// The number of attempts after the first one.
const MAX_RETRIES: u32 = 2;

/// The same without the user's IP address: a bank accepts four such requests a day, and counts failed ones.
const MAX_UNATTENDED_RETRIES: u32 = 1;

/// The shortest wait before the second attempt is half of this one. It doubles for each further attempt.
const BACKOFF: Duration = Duration::from_secs(1);

/// The header with the IP address of a user who is present.
const PSU_IP: &str = "x-psu-ip";

/// The further attempts that one read has left.
pub(crate) struct Retries {
    left: u32,
    wait_left: Duration,
    backoff: Duration,
}

impl Retries {
    /// Returns the attempts of a call with waits of at most `max_wait` in all. A request that changes something has none.
    pub(crate) fn of<T>(call: &Call<T>, max_wait: Duration) -> Self {
        let request = &call.request;
        let is_unattended = request.uri().path().starts_with("/data/") && !request.headers().contains_key(PSU_IP);
        let left = match (request.method().as_str(), is_unattended) {
            ("GET", false) => MAX_RETRIES,
            ("GET", true) => MAX_UNATTENDED_RETRIES,
            _ => 0,
        };
        Self { left, wait_left: max_wait, backoff: BACKOFF }
    }

    /// Returns the wait before the next attempt, or `None` if the error is final.
    pub(crate) fn next_wait(&mut self, error: &Error) -> Option<Duration> {
        let min_wait = match error {
            Error::Api(error) => min_wait(error)?,
            Error::Transport(error) => {
                error.downcast_ref().is_some_and(TransportError::is_transient).then_some(Duration::ZERO)?
            }
            _ => return None,
        };
        self.left = self.left.checked_sub(1)?;
        let wait = min_wait.max(with_jitter(self.backoff));
        self.wait_left = self.wait_left.checked_sub(wait)?;
        self.backoff *= 2;
        Some(wait)
    }
}

/// Returns the shortest wait that the server accepts, or `None` if the error is final.
fn min_wait(error: &ApiError) -> Option<Duration> {
    if error.recovery() != Recovery::RetryLater {
        return None;
    }
    // A limit of requests may be one of a day, and each further request counts.
    let default = if error.status().as_u16() == 429 { None } else { Some(Duration::ZERO) };
    error.retry_after().or(default)
}

/// Returns a random wait between half of `wait` and all of it, so that clients that failed together do not return together.
fn with_jitter(wait: Duration) -> Duration {
    // The keys of the standard library's hasher are random.
    let random = RandomState::new().hash_one(0) % 1024;
    let random = u32::try_from(random).unwrap_or_default();
    wait / 2 + wait / 2 * random / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jittered_wait_is_between_half_and_all_and_varies() {
        let waits: Vec<_> = (0..1000).map(|_| with_jitter(BACKOFF)).collect();
        assert!(waits.iter().all(|wait| (BACKOFF / 2..BACKOFF).contains(wait)));
        let (least, most) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
        assert!(most.saturating_sub(*least) > BACKOFF / 4, "{least:?} to {most:?}");
    }
}
