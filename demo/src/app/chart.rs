//! A chart of an account's balance over time, as SVG.

use auth_link::data::{Date, Decimal, Transaction};
use maud::{Markup, html};

use super::money::{day, money, short_day};

/// Returns the balance at the end of each day, from `first` to `last`.
fn daily(transactions: &[Transaction], balance: Decimal, first: Date, last: Date) -> Vec<(Date, Decimal)> {
    let mut by_day: Vec<_> =
        transactions.iter().filter_map(|entry| Some((entry.timestamp?.date(), entry.amount))).collect();
    by_day.sort_unstable_by_key(|entry| entry.0);
    // From today backwards, subtracting the transactions of each day.
    let (mut balance, mut day, mut days) = (balance, last, Vec::new());
    loop {
        days.push((day, balance));
        while let Some((date, amount)) = by_day.last()
            && *date >= day
        {
            balance -= *amount;
            by_day.pop();
        }
        match day.previous_day() {
            Some(previous) if previous >= first => day = previous,
            _ => break,
        }
    }
    days.reverse();
    days
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 64.0;
const BOTTOM: f64 = 24.0;
const TOP: f64 = 12.0;

/// Returns the chart. Its label says the same in one sentence, for screen readers.
pub(super) fn chart(
    name: &str,
    currency: &str,
    transactions: &[Transaction],
    balance: Decimal,
    first: Date,
    last: Date,
) -> Markup {
    let days = daily(transactions, balance, first, last);
    let number = |amount: Decimal| f64::try_from(amount).unwrap_or_default();
    let values: Vec<_> = days.iter().map(|day| number(day.1)).collect();
    let low = values.iter().copied().fold(f64::MAX, f64::min);
    let high = values.iter().copied().fold(f64::MIN, f64::max);
    let step = round_step((high - low).max(1.0) / 3.0);
    let (bottom, top) = ((low / step).floor() * step, ((high / step).floor() + 1.0) * step);
    #[expect(clippy::cast_precision_loss, reason = "an index of a day is small")]
    let x = |index: usize| LEFT + (WIDTH - LEFT - 8.0) * index as f64 / (days.len().max(2) - 1) as f64;
    let y = |value: f64| TOP + (HEIGHT - TOP - BOTTOM) * (top - value) / (top - bottom);
    let line: Vec<_> = values.iter().enumerate().map(|(index, v)| format!("{:.1},{:.1}", x(index), y(*v))).collect();
    let line = line.join(" ");
    let area = format!("{LEFT},{0:.1} {line} {1:.1},{0:.1}", y(0.0_f64.clamp(bottom, top)), x(days.len() - 1));
    let lowest = days.iter().min_by_key(|day| day.1).copied().unwrap_or((last, balance));
    let highest = days.iter().max_by_key(|day| day.1).copied().unwrap_or((last, balance));
    let label = format!(
        "{name}, balance from {} to {}: lowest {} on {}, highest {} on {}, now {}",
        day(first),
        day(last),
        money(lowest.1, currency),
        short_day(lowest.0),
        money(highest.1, currency),
        short_day(highest.0),
        money(balance, currency),
    );
    let lines =
        std::iter::successors(Some(bottom), |value| Some(value + step)).take_while(|value| *value <= top + 0.01);
    #[expect(clippy::cast_possible_truncation, reason = "the steps are whole numbers")]
    let lines: Vec<_> = lines.map(|value| (y(value), money(Decimal::from(value as i64), currency))).collect();
    html! {
        svg.chart role="img" aria-label=(label) viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) {
            @for (y, amount) in &lines {
                line.grid x1=(LEFT) x2=(WIDTH - 8.0) y1=(format!("{y:.1}")) y2=(format!("{y:.1}")) {}
                text x=(LEFT - 8.0) y=(format!("{:.1}", y + 4.0)) text-anchor="end" { (amount.trim_end_matches(".00")) }
            }
            @for (index, (date, _)) in days.iter().enumerate().filter(|(_, (date, _))| date.day() == 1) {
                text x=(format!("{:.1}", x(index))) y=(HEIGHT - 6.0) text-anchor="middle" { (short_day(*date)) }
            }
            polygon.area points=(area) {}
            polyline.line points=(line) {}
            // A tooltip for each day.
            @for (index, (date, balance)) in days.iter().enumerate() {
                rect.day x=(format!("{:.1}", x(index) - 3.5)) y=(TOP) width="7" height=(HEIGHT - TOP - BOTTOM) {
                    title { (short_day(*date)) ": " (money(*balance, currency)) }
                }
            }
        }
    }
}

/// Rounds a step up to 1, 2 or 5 times a power of ten.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor()).max(1.0);
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|rounded| *rounded >= step).unwrap_or(step)
}
