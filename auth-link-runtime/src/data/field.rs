//! Readers of amounts and times, in the formats that banks use. An optional field in another format is left out.

use rust_decimal::Decimal;
use serde_json::Value;
use time::format_description::well_known::Iso8601;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

use crate::client::{Json, Unexpected};

impl Json {
    /// Reads all items of `results`.
    pub(super) fn results<T>(mut self, read: fn(Self) -> Result<T, Unexpected>) -> Result<Vec<T>, Unexpected> {
        self.read_list("results", read)
    }

    /// Reads the first item of `results`.
    pub(super) fn result<T>(self, read: fn(Self) -> Result<T, Unexpected>) -> Result<T, Unexpected> {
        self.results(read)?.into_iter().next().ok_or_else(|| Unexpected("missing an item in `results`".to_owned()))
    }

    /// Removes an optional text of an object, and converts it with `read`.
    pub(super) fn optional_as<T>(&mut self, name: &str, read: impl FnOnce(&str) -> T) -> Option<T> {
        self.optional(name).map(|text| read(&text))
    }

    /// Removes and returns an optional amount of an object, which may be a number or a text.
    pub(super) fn amount(&mut self, name: &str) -> Option<Decimal> {
        let value = self.take(name).ok().flatten()?;
        match &value.0 {
            // Up to 15 digits, the shortest text of a number is the decimal in the response.
            Value::Number(number) => decimal(&number.to_string()),
            Value::String(text) => decimal(text.trim()),
            _ => None,
        }
    }

    /// Removes and returns a required amount of an object.
    pub(super) fn required_amount(&mut self, name: &str) -> Result<Decimal, Unexpected> {
        self.amount(name).ok_or_else(|| Unexpected(format!("expected an amount for `{name}`")))
    }

    /// Removes and returns an optional time of an object. A time without an offset is UTC.
    pub(super) fn time(&mut self, name: &str) -> Option<OffsetDateTime> {
        let text = self.optional(name)?;
        OffsetDateTime::parse(&text, &Iso8601::DEFAULT)
            .or_else(|_| PrimitiveDateTime::parse(&text, &Iso8601::DEFAULT).map(PrimitiveDateTime::assume_utc))
            .or_else(|_| Date::parse(&text, &Iso8601::DEFAULT).map(|date| date.midnight().assume_utc()))
            .ok()
    }

    /// Removes and returns an optional date of an object. Of a time, it is the date before any conversion.
    pub(super) fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.optional(name)?;
        Date::parse(text.get(..10)?, &Iso8601::DEFAULT).ok()
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}
