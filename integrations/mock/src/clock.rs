//! The current time, and times as texts.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;

/// Returns the seconds since 1970.
pub(crate) fn unix_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// Returns whether a time is yet to come.
pub(crate) fn is_ahead(end: Instant) -> bool {
    Instant::now() < end
}

/// Formats a time with seven digits, as in `2026-01-31T12:00:00.0370000Z`.
pub(crate) fn timestamp(unix_time: u64) -> String {
    let time = i64::try_from(unix_time).ok().and_then(|time| OffsetDateTime::from_unix_timestamp(time).ok());
    let time = time.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!("{}T{:02}:{:02}:{:02}.0370000Z", time.date(), time.hour(), time.minute(), time.second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_text_with_seven_digits() {
        assert_eq!(timestamp(0), "1970-01-01T00:00:00.0370000Z");
        assert_eq!(timestamp(1_769_861_109), "2026-01-31T12:05:09.0370000Z");
    }
}
