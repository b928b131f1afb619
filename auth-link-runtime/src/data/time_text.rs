//! Dates and times, in the formats that banks use.

use std::borrow::Cow;

use time::format_description::well_known::Iso8601;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use crate::client::FromText;

impl FromText for OffsetDateTime {
    /// Reads a time (RFC 3339, ISO 8601). Without an offset it is in UTC, and without a time of day it is midnight.
    fn from_text(text: Cow<'_, str>) -> Option<Self> {
        if let Some(time) = common_time(text.as_bytes()) {
            return Some(time);
        }
        // RFC 3339 §5.6 allows small letters, and a blank between date and time.
        let mut text = text.to_ascii_uppercase();
        if text.as_bytes().get(10) == Some(&b' ') {
            text.replace_range(10..11, "T");
        }
        Self::parse(&text, &Iso8601::DEFAULT)
            .or_else(|_| PrimitiveDateTime::parse(&text, &Iso8601::DEFAULT).map(PrimitiveDateTime::assume_utc))
            .ok()
            // A date ignores a time of day that is not valid, such as that of no leap second.
            .or_else(|| {
                let date = Date::parse(&text, &Iso8601::DEFAULT).ok().filter(|_| !text.contains('T'));
                date.map(|date| date.midnight().assume_utc())
            })
    }
}

impl FromText for Date {
    /// Reads a date. Of a time, it is the date before any conversion.
    fn from_text(text: Cow<'_, str>) -> Option<Self> {
        let text = text.get(..10)?;
        common_date(text.as_bytes()).or_else(|| Self::parse(text, &Iso8601::DEFAULT).ok())
    }
}

/// Reads a time such as `2018-03-06T00:00:00.123Z`, with any offset or none. Other formats are `None`.
fn common_time(text: &[u8]) -> Option<OffsetDateTime> {
    let (date, rest) = text.split_first_chunk::<10>()?;
    let ([b'T' | b't' | b' ', hour @ .., b':', m1, m2, b':', s1, s2], mut rest) = rest.split_first_chunk::<9>()? else {
        return None;
    };
    let mut nanosecond = 0;
    if let Some(fraction) = rest.strip_prefix(b".") {
        let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let missing = 9_u32.checked_sub(u32::try_from(length).ok()?).filter(|_| length > 0)?;
        nanosecond = number(&fraction[..length])? * 10_u32.pow(missing);
        rest = &fraction[length..];
    }
    let offset = match rest {
        [] | [b'Z' | b'z'] => UtcOffset::UTC,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let sign = if *sign == b'-' { -1 } else { 1 };
            UtcOffset::from_hms(sign * two(&[*h1, *h2])?.cast_signed(), sign * two(&[*m1, *m2])?.cast_signed(), 0)
                .ok()?
        }
        _ => return None,
    };
    let time = Time::from_hms_nano(two(hour)?, two(&[*m1, *m2])?, two(&[*s1, *s2])?, nanosecond).ok()?;
    Some(common_date(date)?.with_time(time).assume_offset(offset))
}

/// Reads a date such as `2018-03-06`.
fn common_date(text: &[u8]) -> Option<Date> {
    let [year @ .., b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let year = i32::try_from(number(year).filter(|_| year.len() == 4)?).ok()?;
    Date::from_calendar_date(year, Month::try_from(two(&[*m1, *m2])?).ok()?, two(&[*d1, *d2])?).ok()
}

fn two(digits: &[u8]) -> Option<u8> {
    number(digits).and_then(|number| u8::try_from(number).ok())
}

/// Returns the number of at most nine digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| 10 * number + u32::from(digit - b'0')))
}
