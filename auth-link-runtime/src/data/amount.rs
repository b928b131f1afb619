//! Amounts of money, in the formats that banks use.

use rust_decimal::Decimal;

use crate::client::{Member, ReadError, Reader, Text, Unexpected};

/// A longer text is no amount.
const MAX_LEN: usize = 256;

/// An amount, from a number or a text; `None` if it is neither, or is out of range.
///
/// It is read from the digits of the response, since a float would change them.
#[derive(Default)]
pub(super) struct Amount(pub(super) Option<Decimal>);

impl Amount {
    /// Returns the amount of the member `name`.
    pub(super) fn take(self, name: &str) -> Result<Decimal, Unexpected> {
        self.0.ok_or_else(|| Unexpected(format!("expected an amount for `{name}`")))
    }
}

impl Member for Amount {
    #[inline]
    fn text(text: Text<'_>, _: &mut Reader<'_>) -> Result<Self, ReadError> {
        Ok(Self(decimal(text.decode()?.trim())))
    }

    #[inline]
    fn number(number: &str) -> Self {
        Self(decimal(number))
    }

    fn other(_: &'static str) -> Self {
        Self(None)
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    if let Some(decimal) = short_decimal(text) {
        return Some(decimal);
    }
    if text.len() > MAX_LEN {
        return None;
    }
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}

/// Returns the decimal of a text such as `-12.50`, if it has at most 18 digits.
fn short_decimal(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() > 19 {
        return None;
    }
    // Nineteen digits fit.
    let (mut units, mut point) = (0_u64, None);
    for (at, byte) in digits.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => units = 10 * units + u64::from(byte - b'0'),
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
    }
    let scale = point.map_or(0, |point| digits.len() - point - 1);
    let is_complete = !digits.is_empty() && (point.is_none() || scale > 0) && digits.len() - scale <= 18;
    let units = i64::try_from(units).ok().filter(|_| is_complete)?;
    let units = if digits.len() == text.len() { units } else { -units };
    Some(Decimal::new(units, u32::try_from(scale).unwrap_or_default()))
}
