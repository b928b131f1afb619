//! The current time, and times as texts.

use std::time::{SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;

/// Returns the seconds since 1970.
pub(crate) fn unix_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// Formats a time with seven digits, as in `2026-01-31T12:00:00.0370000Z`.
pub(crate) fn timestamp(unix_time: u64) -> String {
    let time = i64::try_from(unix_time).ok().and_then(|time| OffsetDateTime::from_unix_timestamp(time).ok());
    let time = time.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!("{}T{:02}:{:02}:{:02}.0370000Z", time.date(), time.hour(), time.minute(), time.second())
}
