//! Amounts and days as text for people.

use auth_link::data::{Date, Decimal};

/// Formats an amount: `£1,234.56`, `−£3.20`, `12.00 SEK`.
pub(super) fn money(amount: Decimal, currency: &str) -> String {
    let digits = format!("{:.2}", amount.abs());
    let is_zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    with_currency(amount.is_sign_negative() && !is_zero, &digits, currency)
}

/// Formats a whole amount: `£1,234`, `−£3`, `12 SEK`.
pub(super) fn whole_money(amount: i128, currency: &str) -> String {
    with_currency(amount < 0, &amount.unsigned_abs().to_string(), currency)
}

fn with_currency(is_negative: bool, digits: &str, currency: &str) -> String {
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut grouped = String::new();
    for (index, character) in digits.chars().enumerate() {
        if (1..whole).contains(&index) && (whole - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(character);
    }
    let minus = if is_negative { "\u{2212}" } else { "" };
    match currency {
        "GBP" => format!("{minus}£{grouped}"),
        "EUR" => format!("{minus}€{grouped}"),
        other => format!("{minus}{grouped} {other}"),
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
        assert_eq!(money(Decimal::MIN, "EUR"), "−€79,228,162,514,264,337,593,543,950,335.00");
        assert_eq!(money(Decimal::new(-1, 28), "GBP"), "£0.00");
    }

    #[test]
    fn a_whole_amount_has_no_pence() {
        for (amount, text) in [(0, "£0"), (-1_000, "−£1,000"), (i128::MAX / 10_i128.pow(33), "£170,141")] {
            assert_eq!(whole_money(amount, "GBP"), text);
        }
        assert_eq!(
            whole_money(100_000_000_000_000_000_000_000_000_000, "SEK"),
            "100,000,000,000,000,000,000,000,000,000 SEK"
        );
    }
}
