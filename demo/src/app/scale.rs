//! The vertical scale of a chart: a few whole amounts at equal distances.

use auth_link::data::Decimal;

/// A scale from one whole amount to another, in whole numbers, so that it is exact for every [`Decimal`].
pub(super) struct Scale {
    bottom: i128,
    step: i128,
    /// The number of steps from the bottom to the top.
    steps: i128,
}

impl Scale {
    /// Creates a scale of at most four steps that covers the amounts from `low` to `high`.
    pub(super) fn new(low: Decimal, high: Decimal) -> Self {
        let (low, high) = (whole(low.floor()), whole(high.floor()));
        let step = round_step(high - low);
        let (first, last) = (low.div_euclid(step), high.div_euclid(step) + 1);
        Self { bottom: first * step, step, steps: last - first }
    }

    /// Returns the amounts of the grid lines, from the bottom to the top.
    pub(super) fn amounts(&self) -> impl Iterator<Item = i128> {
        (0..=self.steps).map(|index| self.bottom + index * self.step)
    }

    /// Returns the place of an amount: 0 at the bottom, 1 at the top.
    pub(super) fn place(&self, amount: Decimal) -> f64 {
        // The difference of the whole parts is exact, also between two huge amounts.
        let above = float(whole(amount.trunc()) - self.bottom) + f64::try_from(amount.fract()).unwrap_or_default();
        (above / float(self.steps * self.step)).clamp(0.0, 1.0)
    }

    /// Returns the place of a whole amount.
    pub(super) fn place_of_whole(&self, amount: i128) -> f64 {
        float(amount - self.bottom) / float(self.steps * self.step)
    }
}

/// Converts a whole amount. A [`Decimal`] has 96 bits, so that none is too large.
fn whole(amount: Decimal) -> i128 {
    i128::try_from(amount).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "a picture needs few digits")]
fn float(number: i128) -> f64 {
    number as f64
}

/// Returns the least of 1, 2, 5, 10, 20, 50 and so on that is at least a third of a range.
fn round_step(range: i128) -> i128 {
    let powers = std::iter::successors(Some(1_i128), |power| power.checked_mul(10));
    powers.flat_map(|power| [power, 2 * power, 5 * power]).find(|step| 3 * step >= range).unwrap_or(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_round_steps_around_its_amounts() {
        for (low, high, amounts) in [
            (0, 0, vec![0, 1]),
            (-1, 1, vec![-1, 0, 1, 2]),
            (0, 3, vec![0, 1, 2, 3, 4]),
            (120, 950, vec![0, 500, 1000]),
            (-2_500, 2_500, vec![-4_000, -2_000, 0, 2_000, 4_000]),
            (1_000_001, 1_000_002, vec![1_000_001, 1_000_002, 1_000_003]),
        ] {
            let scale = Scale::new(Decimal::from(low), Decimal::from(high));
            assert_eq!(scale.amounts().collect::<Vec<_>>(), amounts, "{low} {high}");
        }
    }

    #[test]
    fn the_largest_range_has_few_steps() {
        let scale = Scale::new(Decimal::MIN, Decimal::MAX);
        let e28 = 10_i128.pow(28);
        assert_eq!(scale.amounts().map(|amount| amount / e28).collect::<Vec<_>>(), [-10, 0, 10]);
        for (amount, place) in [(Decimal::MIN, 0.103_859), (Decimal::ZERO, 0.5), (Decimal::MAX, 0.896_141)] {
            assert!((scale.place(amount) - place).abs() < 1e-6, "{amount}: {}", scale.place(amount));
        }
    }
}
