//! Amounts and days as text for people.

use auth_link::data::{Date, Decimal};

/// Formats an amount: `£1,234.56`, `−£3.20`, `12.00 SEK`.
pub(super) fn money(amount: Decimal, currency: &str) -> String {
    let digits = format!("{:.2}", amount.abs());
    let (whole, cents) = digits.split_once('.').unwrap_or((&digits, "00"));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let minus = if amount.is_sign_negative() && !amount.is_zero() { "\u{2212}" } else { "" };
    match currency {
        "GBP" => format!("{minus}£{grouped}.{cents}"),
        "EUR" => format!("{minus}€{grouped}.{cents}"),
        other => format!("{minus}{grouped}.{cents} {other}"),
    }
}

/// Formats a day: `22 November 2026`.
pub(super) fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), date.month(), date.year())
}

/// Formats a day without its year: `22 Nov`.
pub(super) fn short_day(date: Date) -> String {
    let month = date.month().to_string();
    format!("{} {}", date.day(), &month[..3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_separators_a_sign_and_its_currency() {
        let cases = [
            (123_456, "£1,234.56"),
            (-320, "−£3.20"),
            (0, "£0.00"),
            (99_999, "£999.99"),
            (-100_000_000, "−£1,000,000.00"),
        ];
        for (pence, text) in cases {
            assert_eq!(money(Decimal::new(pence, 2), "GBP"), text);
        }
        assert_eq!(money(Decimal::new(12, 0), "SEK"), "12.00 SEK");
    }
}
