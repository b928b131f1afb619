//! The header `Retry-After`: seconds, or a date (RFC 9110 §10.2.3).

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// Returns the duration to wait before another request, if the response gives it. A date in the past is no wait.
///
/// A date is compared with the `Date` of the response, or else with `now`: the clocks of two machines may differ.
pub(super) fn retry_after(headers: &HeaderMap, now: impl FnOnce() -> SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let wait = text(RETRY_AFTER)?;
    let seconds = if !wait.is_empty() && wait.bytes().all(|byte| byte.is_ascii_digit()) {
        wait.parse().unwrap_or(u64::MAX)
    } else {
        let now = match text(DATE).and_then(|date| seconds_of_date(date, u64::MAX)) {
            Some(now) => now,
            None => now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        };
        seconds_of_date(wait, now)?.saturating_sub(now)
    };
    // The limit lets a caller add it to a time without overflow.
    Some(Duration::from_secs(seconds.min(u32::MAX.into())))
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const SECONDS_OF_DAY: u64 = 24 * 60 * 60;

/// Returns the seconds from 1970 to a date in one of the three forms of HTTP (RFC 9110 §5.6.7). The name of the day is not read.
fn seconds_of_date(text: &str, now: u64) -> Option<u64> {
    let words: Vec<&str> = text.split([' ', '-']).filter(|word| !word.is_empty()).take(7).collect();
    let (day, month, year, time) = match *words {
        // Sun, 06 Nov 1994 08:49:37 GMT, and the obsolete Sunday, 06-Nov-94 08:49:37 GMT
        [weekday, day, month, year, time, "GMT"] if weekday.ends_with(',') => (day, month, year, time),
        // Sun Nov  6 08:49:37 1994
        [_, month, day, time, year] => (day, month, year, time),
        _ => return None,
    };
    let day = number(day, 1..=31)?;
    let month = u64::try_from(MONTHS.iter().position(|name| *name == month)?).ok()? + 1;
    let year = match year.len() {
        2 => full_year(number(year, 0..=99)?, now),
        4 => number(year, 1970..=9999)?,
        _ => return None,
    };
    let mut parts = time.split(':');
    let (hour, minute) = (number(parts.next()?, 0..=23)?, number(parts.next()?, 0..=59)?);
    // A minute may have a leap second.
    let second = number(parts.next()?, 0..=60)?;
    let is_complete = parts.next().is_none();
    is_complete.then(|| days_since_1970(year, month, day) * SECONDS_OF_DAY + (hour * 60 + minute) * 60 + second)
}

fn number(text: &str, range: std::ops::RangeInclusive<u64>) -> Option<u64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_number && range.contains(number))
}

/// Returns the year with these last two digits that is at most 50 years in the future.
fn full_year(year: u64, now: u64) -> u64 {
    const SECONDS_OF_YEAR: u64 = 31_556_952;
    let latest = 1970 + now.min(200 * SECONDS_OF_YEAR) / SECONDS_OF_YEAR + 50;
    let full = latest - latest % 100 + year;
    let full = if full > latest { full - 100 } else { full };
    if full < 1970 { full + 100 } else { full }
}

/// Returns the days from 1970-01-01 to a date of the Gregorian calendar.
fn days_since_1970(year: u64, month: u64, day: u64) -> u64 {
    // Years begin in March, so that a leap day is the last day of a year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days_to_year = year * 365 + year / 4 - year / 100 + year / 400;
    let days_to_month = (153 * month + 2) / 5;
    days_to_year + days_to_month + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1994-11-06T08:49:37Z, the example of RFC 9110.
    const EXAMPLE: u64 = 784_111_777;

    #[test]
    fn each_form_of_a_date_is_read() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(seconds_of_date(text, EXAMPLE), Some(EXAMPLE), "{text}");
        }
        for (text, expected) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 29 Feb 2000 23:59:60 GMT", 951_868_800),
            ("Thu, 31 Dec 2026 00:00:00 GMT", 1_798_675_200),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ] {
            assert_eq!(seconds_of_date(text, 0), Some(expected), "{text}");
        }
        // Two digits of a year: the one that is at most 50 years away.
        let now = 1_798_675_200;
        for (year, expected) in [("76", 2076), ("77", 1977), ("26", 2026), ("00", 2000)] {
            let text = format!("Sunday, 01-Mar-{year} 00:00:00 GMT");
            assert_eq!(seconds_of_date(&text, now), Some(days_since_1970(expected, 3, 1) * SECONDS_OF_DAY), "{text}");
        }
    }

    #[test]
    fn another_text_is_no_date() {
        for text in [
            "",
            "soon",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 194 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:49:37:1 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT",
            "1994-11-06T08:49:37Z",
        ] {
            assert_eq!(seconds_of_date(text, 0), None, "{text}");
        }
    }

    #[test]
    fn a_wait_is_read_as_seconds_or_as_a_date() {
        let wait = |wait: &'static str, date: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, http::HeaderValue::from_static(wait));
            if let Some(date) = date {
                headers.insert(DATE, http::HeaderValue::from_static(date));
            }
            let now = || SystemTime::UNIX_EPOCH + Duration::from_secs(EXAMPLE);
            retry_after(&headers, now).map(|wait| wait.as_secs())
        };
        assert_eq!(wait("120", None), Some(120));
        assert_eq!(wait("99999999999999999999999", None), Some(u32::MAX.into()));
        for invalid in ["", "-1", "+1", "1.5", "soon"] {
            assert_eq!(wait(invalid, None), None, "{invalid}");
        }
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:37 GMT", None), Some(60), "the clock of this machine");
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:37 GMT", Some("Sun, 06 Nov 1994 08:50:30 GMT")), Some(7));
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:37 GMT", Some("yesterday")), Some(60));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:36 GMT", None), Some(0), "a date in the past");
        assert_eq!(retry_after(&HeaderMap::new(), SystemTime::now), None);
    }
}
