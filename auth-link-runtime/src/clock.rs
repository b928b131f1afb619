//! Times as whole seconds since 1970.

use std::time::{Duration, SystemTime};

/// Returns the seconds since 1970; zero for an earlier time.
pub(crate) fn unix_time(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}

/// Returns the time of the given seconds since 1970. A time after the year 9999 becomes the end of that year.
pub(crate) fn from_unix_time(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.min(END_OF_9999))
}

/// The last second of the year 9999.
const END_OF_9999: u64 = 253_402_300_799;
