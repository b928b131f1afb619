//! The rules for sending a read again: which requests, after which errors, and after which wait.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use super::api_error::{ApiError, Recovery};
use super::call::Call;
use super::request_builder::PSU_IP;
use crate::error::Error;

/// The further attempts that a read has left, for a crate that sends calls.
///
/// - A `GET` has two; one for the Data API without `X-PSU-IP`, since banks then accept four requests a day and count failed ones.
///   Any other request has none: an exchange or a refresh must not be sent twice.
/// - An attempt follows an error with [`Recovery::RetryLater`] or an interrupted connection. It follows a status 429 only with
///   `Retry-After`, since the limit may be one of a day, and it does not follow a timeout, which the caller has already waited for.
/// - It waits as `Retry-After` says, or else about a second, then two. All waits of one read have a limit.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use std::time::Duration;
///
/// use auth_link::client::{Call, RequestError, Retries};
/// use auth_link::Error;
///
/// /// Sends a read with `send`, which sends a call once.
/// fn read<T>(
///     call: impl Fn() -> Result<Call<T>, RequestError>,
///     send: impl Fn(Call<T>) -> Result<T, Error>,
/// ) -> Result<T, Error> {
///     let mut next = call()?;
///     let mut retries = Retries::of(&next, Duration::from_secs(30));
///     loop {
///         let error = match send(next) {
///             Ok(value) => return Ok(value),
///             Err(error) => error,
///         };
///         let Some(wait) = retries.next_wait(&error) else { return Err(error) };
///         std::thread::sleep(wait);
///         next = call()?;
///     }
/// }
/// ```
#[derive(Debug)]
#[must_use]
pub struct Retries {
    left: u32,
    wait_left: Duration,
    backoff: Duration,
}

/// The number of attempts after the first one.
const MAX_RETRIES: u32 = 2;

/// The same without the user's IP address.
const MAX_UNATTENDED_RETRIES: u32 = 1;

/// The shortest wait before the second attempt is half of this one. It doubles for each further attempt.
const BACKOFF: Duration = Duration::from_secs(1);

impl Retries {
    /// Returns the attempts of a call with waits of at most `max_wait` in all.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::Duration;
    ///
    /// use auth_link::client::{Client, RefreshToken, Retries};
    ///
    /// fn retries(client: &Client, token: &RefreshToken) -> Retries {
    ///     // A refresh is no read: `next_wait` returns `None`.
    ///     Retries::of(&client.refresh(token), Duration::from_secs(30))
    /// }
    /// ```
    #[inline]
    pub fn of<T>(call: &Call<T>, max_wait: Duration) -> Self {
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
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::Duration;
    ///
    /// use auth_link::Error;
    /// use auth_link::client::Retries;
    ///
    /// fn wait(retries: &mut Retries, error: Error) -> Result<Duration, Error> {
    ///     retries.next_wait(&error).ok_or(error)
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub fn next_wait(&mut self, error: &Error) -> Option<Duration> {
        let min_wait = match error {
            Error::Api(error) => min_wait(error)?,
            Error::Transport(error) => error.is_transient().then_some(Duration::ZERO)?,
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
#[inline]
fn min_wait(error: &ApiError) -> Option<Duration> {
    if error.recovery() != Recovery::RetryLater {
        return None;
    }
    // A limit of requests may be one of a day, and each further request counts.
    let default = if error.status().as_u16() == 429 { None } else { Some(Duration::ZERO) };
    error.retry_after().or(default)
}

/// Returns a random wait between half of `wait` and all of it, so that clients that failed together do not return together.
#[inline]
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
