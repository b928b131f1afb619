//! Reads amounts and times as banks write them: what is beside the point of an answer, and is not of its form, is left out.

use rust_decimal::Decimal;
use serde_json::Value;
use time::format_description::well_known::Iso8601;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

use crate::client::{Json, Unexpected};

impl Json {
    /// Reads every one of `results`.
    pub(super) fn results<T>(mut self, read: fn(Self) -> Result<T, Unexpected>) -> Result<Vec<T>, Unexpected> {
        self.read_list("results", read)
    }

    /// Reads the one that `results` hold.
    pub(super) fn result<T>(self, read: fn(Self) -> Result<T, Unexpected>) -> Result<T, Unexpected> {
        self.results(read)?.into_iter().next().ok_or_else(|| Unexpected("missing an item in `results`".to_owned()))
    }

    /// A text that stands for what `read` knows, if there is one.
    pub(super) fn optional_as<T>(&mut self, name: &str, read: impl FnOnce(&str) -> T) -> Option<T> {
        self.optional(name).map(|text| read(&text))
    }

    /// An amount, as a number or a text, if there is one.
    pub(super) fn amount(&mut self, name: &str) -> Option<Decimal> {
        let value = self.take(name).ok().flatten()?;
        match &value.0 {
            // The shortest text of a number is that of the decimal it was written as, up to 15 digits.
            Value::Number(number) => decimal(&number.to_string()),
            Value::String(text) => decimal(text.trim()),
            _ => None,
        }
    }

    /// An amount that must be there.
    pub(super) fn required_amount(&mut self, name: &str) -> Result<Decimal, Unexpected> {
        self.amount(name).ok_or_else(|| Unexpected(format!("expected an amount for `{name}`")))
    }

    /// A time, if there is one: without an offset it is taken as UTC.
    pub(super) fn time(&mut self, name: &str) -> Option<OffsetDateTime> {
        let text = self.optional(name)?;
        OffsetDateTime::parse(&text, &Iso8601::DEFAULT)
            .or_else(|_| PrimitiveDateTime::parse(&text, &Iso8601::DEFAULT).map(PrimitiveDateTime::assume_utc))
            .or_else(|_| Date::parse(&text, &Iso8601::DEFAULT).map(|date| date.midnight().assume_utc()))
            .ok()
    }

    /// A day, if there is one; of a time its day, as the bank writes it.
    pub(super) fn day(&mut self, name: &str) -> Option<Date> {
        let text = self.optional(name)?;
        Date::parse(text.get(..10)?, &Iso8601::DEFAULT).ok()
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}
