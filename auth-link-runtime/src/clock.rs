//! Times as whole seconds since 1970.

use std::time::{Duration, SystemTime};

/// Returns the seconds since 1970; zero for an earlier time.
pub(crate) fn unix_time(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}

/// Returns the time of the given seconds since 1970. One that the system cannot represent becomes 1970.
pub(crate) fn from_unix_time(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap_or(SystemTime::UNIX_EPOCH)
}
