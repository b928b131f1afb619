//! A chart of an account's balance over time, as SVG.

use auth_link::data::{Date, Decimal};
use maud::{Markup, html};

use super::money::{day, money, short_day, whole_money};
use super::scale::Scale;

/// Returns the balance at the end of each day, from `first` to `last`. `changes` are the amounts of transactions.
///
/// It begins later if an earlier balance is too large for a [`Decimal`].
fn daily(
    changes: impl Iterator<Item = (Date, Decimal)>,
    balance: Decimal,
    first: Date,
    last: Date,
) -> Vec<(Date, Decimal)> {
    // The ages of days are counted from `last`.
    let age = |date: Date| usize::try_from(last.to_julian_day() - date.to_julian_day()).unwrap_or(0);
    let mut totals = vec![Some(Decimal::ZERO); age(first)];
    for (date, amount) in changes {
        if let Some(total) = totals.get_mut(age(date)) {
            *total = total.and_then(|total| total.checked_add(amount));
        }
    }
    let mut days = vec![(last, balance)];
    let (mut day, mut balance) = (last, balance);
    for total in totals {
        let before = total.and_then(|total| balance.checked_sub(total));
        let (Some(previous_day), Some(before)) = (day.previous_day(), before) else { break };
        (day, balance) = (previous_day, before);
        days.push((day, balance));
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
    changes: impl Iterator<Item = (Date, Decimal)>,
    balance: Decimal,
    first: Date,
    last: Date,
) -> Markup {
    let days = daily(changes, balance, first, last);
    let first = days.first().map_or(last, |day| day.0);
    let lowest = days.iter().min_by_key(|day| day.1).copied().unwrap_or((last, balance));
    let highest = days.iter().max_by_key(|day| day.1).copied().unwrap_or((last, balance));
    let scale = Scale::new(lowest.1, highest.1);
    #[expect(clippy::cast_precision_loss, reason = "an index of a day is small")]
    let x = |index: usize| LEFT + (WIDTH - LEFT - 8.0) * index as f64 / (days.len().max(2) - 1) as f64;
    let y = |place: f64| TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - place);
    let points = days.iter().enumerate().map(|(index, day)| format!("{:.1},{:.1}", x(index), y(scale.place(day.1))));
    let line = points.collect::<Vec<_>>().join(" ");
    let area = format!("{LEFT},{0:.1} {line} {1:.1},{0:.1}", y(scale.place(Decimal::ZERO)), x(days.len() - 1));
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
    let lines = scale.amounts().map(|amount| (y(scale.place_of_whole(amount)), whole_money(amount, currency)));
    html! {
        svg.chart role="img" aria-label=(label) viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) {
            @for (y, amount) in lines {
                line.grid x1=(LEFT) x2=(WIDTH - 8.0) y1=(format!("{y:.1}")) y2=(format!("{y:.1}")) {}
                text x=(LEFT - 8.0) y=(format!("{:.1}", y + 4.0)) text-anchor="end" { (amount) }
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

#[cfg(test)]
mod tests {
    use super::*;

    const DAYS: i32 = 90;

    fn date(day: i32) -> Date {
        Date::from_julian_day(2_461_000 + day).expect("a date")
    }

    fn draw(changes: &[(i32, Decimal)], balance: Decimal, days: i32) -> String {
        let changes = changes.iter().map(|(day, amount)| (date(*day), *amount));
        chart("Current account", "GBP", changes, balance, date(0), date(days - 1)).into_string()
    }

    /// Returns every number in the attribute `name`.
    fn numbers(svg: &str, name: &str) -> Vec<f64> {
        let start = format!(" {name}=\"");
        let values = svg.split(&start).skip(1).filter_map(|rest| rest.split('"').next());
        values.flat_map(|value| value.split([' ', ','])).map(|number| number.parse().expect("a number")).collect()
    }

    fn count(svg: &str, part: &str) -> usize {
        svg.matches(part).count()
    }

    #[test]
    fn any_amounts_make_a_chart_of_few_grid_lines_within_its_frame() {
        let (max, min) = (Decimal::MAX, Decimal::MIN);
        let [tiny, cent, one] = [Decimal::new(1, 28), Decimal::new(1, 2), Decimal::ONE];
        let half = max / Decimal::TWO;
        let amounts = [Decimal::ZERO, tiny, -tiny, cent, -cent, one, -one, half, -half, max - one, max, min + one, min];
        for balance in amounts {
            for first in amounts {
                for second in amounts {
                    for days in [1, 2, 9] {
                        let case = format!("{balance}, {first}, {second}, {days}");
                        let svg = draw(&[(days - 1, first), (days / 2, second)], balance, days);
                        assert!((2..=5).contains(&count(&svg, "class=\"grid\"")), "{case}: {svg}");
                        assert!((1..=9).contains(&count(&svg, "class=\"day\"")), "{case}");
                        for (name, limit) in [("points", WIDTH), ("y", HEIGHT), ("y1", HEIGHT), ("x", WIDTH)] {
                            let numbers = numbers(&svg, name);
                            assert!(
                                numbers.iter().all(|number| (0.0..=limit).contains(number)),
                                "{case}: {name} {numbers:?}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_huge_balance_has_the_labels_and_the_line_of_its_changes() {
        let huge: Decimal = "70000000000000000000000000000".parse().expect("a number");
        let svg = draw(&[(2, Decimal::from(300)), (1, Decimal::from(-100))], huge, 3);
        for label in ["£70,000,000,000,000,000,000,000,000,000<", "£69,999,999,999,999,999,999,999,999,700<"] {
            assert!(svg.contains(label), "{label} in {svg}");
        }
        let small = draw(&[(2, Decimal::from(300)), (1, Decimal::from(-100))], Decimal::from(1000), 3);
        assert_eq!(numbers(&svg, "y1"), numbers(&small, "y1"));
        let line =
            |svg: &str| svg.split("<polyline").nth(1).map(|rest| rest.split("</polyline").next().map(str::to_owned));
        assert_eq!(line(&svg), line(&small));
    }

    #[test]
    fn days_before_a_balance_that_is_too_large_are_left_out() {
        let svg = draw(&[(7, Decimal::from(-1)), (3, Decimal::from(5))], Decimal::MAX, 10);
        assert_eq!(count(&svg, "class=\"day\""), 3);
        assert!(svg.contains("balance from 27 November 2025 to 29 November 2025"), "{svg}");
    }

    #[test]
    fn the_size_of_a_chart_does_not_depend_on_the_number_of_transactions() {
        let changes: Vec<_> = (0..100_000).map(|index| (index % 200 - 50, Decimal::NEGATIVE_ONE)).collect();
        let (few, many) = (draw(&changes[..200], Decimal::ONE, DAYS), draw(&changes, Decimal::ONE, DAYS));
        for part in ["class=\"grid\"", "class=\"day\"", "<text", "title"] {
            let (few, many) = (count(&few, part), count(&many, part));
            assert!(few.abs_diff(many) <= 3, "{part}: {few} {many}");
        }
    }

    #[test]
    fn transactions_outside_the_days_do_not_change_the_line() {
        let within = [(4, Decimal::from(10)), (6, Decimal::from(-20))];
        let outside = [(-1, Decimal::from(1000)), (-40_000, Decimal::MAX)];
        let both: Vec<_> = within.iter().chain(&outside).copied().collect();
        assert_eq!(draw(&both, Decimal::from(500), 10), draw(&within, Decimal::from(500), 10));
    }
}
