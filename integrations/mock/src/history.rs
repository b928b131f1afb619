//! The transactions of an account, generated for the current day.

use time::{Date, OffsetDateTime};

use crate::clock::unix_time;
use crate::scenario::{Account, AccountKind};

/// A transaction, in pence.
pub(crate) struct Transaction {
    pub(crate) day: Date,
    pub(crate) description: &'static str,
    pub(crate) category: &'static str,
    pub(crate) pence: i64,
    /// The account's balance after the transaction.
    pub(crate) balance: i64,
}

/// Returns an account's transactions of the last 180 days, the oldest first.
pub(crate) fn history(user: &str, account: &Account) -> Vec<Transaction> {
    history_until(today(), user, account)
}

/// Returns an account's transactions of the 180 days before a day and of that day, the oldest first.
fn history_until(today: Date, user: &str, account: &Account) -> Vec<Transaction> {
    let today = today.to_julian_day();
    let seed = user.bytes().fold(7, |seed, byte| mix(seed ^ u64::from(byte)));
    let mut balance = match account.kind {
        AccountKind::Current => 238_420,
        AccountKind::Savings => 310_000,
        AccountKind::Card => 0,
    };
    let mut transactions = Vec::new();
    for day in today - 180..=today {
        let Ok(date) = Date::from_julian_day(day) else { continue };
        for (description, category, pence) in
            transactions_of(account.kind, date, mix(seed ^ u64::from(day.unsigned_abs())))
        {
            balance += pence;
            transactions.push(Transaction { day: date, description, category, pence, balance });
        }
    }
    // Today's balance of a scenario moves the whole history.
    if let Some(today) = account.balance {
        let difference = today.saturating_sub(balance);
        for entry in &mut transactions {
            entry.balance = entry.balance.saturating_add(difference);
        }
    }
    transactions
}

/// Returns today's balance of an account, in pence.
pub(crate) fn balance(user: &str, account: &Account) -> i64 {
    account.balance.unwrap_or_else(|| history(user, account).last().map_or(0, |entry| entry.balance))
}

/// A description, a category and an amount in pence.
type DayTransaction = (&'static str, &'static str, i64);

/// Returns an account's transactions of one day.
fn transactions_of(kind: AccountKind, date: Date, seed: u64) -> Vec<DayTransaction> {
    if kind == AccountKind::Savings {
        return match date.day() {
            1 => vec![("Interest", "INTEREST", 812)],
            26 => vec![("From current account", "TRANSFER", 25_000)],
            _ => Vec::new(),
        };
    }
    let mut transactions: Vec<DayTransaction> = match date.day() {
        _ if kind == AccountKind::Card => Vec::new(),
        1 => vec![("Larch Street Lettings", "STANDING_ORDER", -92_500)],
        3 => vec![("City Council", "DIRECT_DEBIT", -14_200)],
        12 => vec![("Kestrel Mobile", "DIRECT_DEBIT", -1_800)],
        25 => vec![("Acme Ltd, salary", "CREDIT", 248_000)],
        26 => vec![("To savings account", "TRANSFER", -25_000)],
        _ => Vec::new(),
    };
    // Adds an expense of `least` to `least + spread` pence with a probability of one in `times`.
    let mut sometimes = |salt: u64, times: u64, name, category, least: i64, spread: u64| {
        let chance = mix(seed ^ salt);
        if chance.is_multiple_of(times) {
            transactions.push((name, category, -least - i64::try_from((chance >> 8) % spread).unwrap_or(0)));
        }
    };
    let weekday = date.weekday().number_from_monday();
    if weekday <= 5 {
        sometimes(1, 2, "Bean & Gone Coffee", "PURCHASE", 280, 200);
        sometimes(2, 3, "Northern Rail", "PURCHASE", 310, 560);
    } else {
        sometimes(3, 2, "The Copper Kettle", "PURCHASE", 1_850, 3_400);
    }
    sometimes(4, 3, "Greenfield Grocers", "PURCHASE", 1_780, 4_600);
    sometimes(5, 12, "Harbour Books & Records", "PURCHASE", 1_200, 7_500);
    sometimes(6, 25, "Cash machine, High Street", "ATM", 4_000, 1);
    transactions
}

/// Returns the current day in UTC.
pub(crate) fn today() -> Date {
    let now = i64::try_from(unix_time()).unwrap_or_default();
    OffsetDateTime::from_unix_timestamp(now).map_or(Date::MIN, OffsetDateTime::date)
}

/// Returns one step of the random number generator `SplitMix64`.
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the number of transactions of each kind and their sum until a fixed day.
    fn sums(history: &[Transaction]) -> Vec<(&str, &str, usize, i64)> {
        let mut sums: Vec<(&str, &str, usize, i64)> = Vec::new();
        for entry in history {
            let position = sums.iter().position(|sum| sum.0 == entry.description).unwrap_or_else(|| {
                sums.push((entry.description, entry.category, 0, 0));
                sums.len() - 1
            });
            sums[position].2 += 1;
            sums[position].3 += entry.pence;
        }
        sums.sort_unstable();
        sums
    }

    fn until_fixed_day(user: &str, account: &Account) -> Vec<Transaction> {
        history_until(Date::from_calendar_date(2026, time::Month::January, 31).unwrap(), user, account)
    }

    #[test]
    fn the_generator_is_split_mix_64() {
        // The first two numbers of the reference implementation with the seed 0.
        assert_eq!([mix(0), mix(0x9e37_79b9_7f4a_7c15)], [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
    }

    #[test]
    fn the_transactions_of_half_a_year_are_the_same_in_each_run() {
        let often = [
            ("Bean & Gone Coffee", "PURCHASE", 76, -29_326),
            ("Cash machine, High Street", "ATM", 9, -36_000),
            ("Greenfield Grocers", "PURCHASE", 52, -218_022),
            ("Harbour Books & Records", "PURCHASE", 20, -86_345),
            ("Northern Rail", "PURCHASE", 54, -31_647),
            ("The Copper Kettle", "PURCHASE", 24, -78_734),
        ];
        let monthly = [
            ("Acme Ltd, salary", "CREDIT", 6, 1_488_000),
            ("City Council", "DIRECT_DEBIT", 5, -71_000),
            ("Kestrel Mobile", "DIRECT_DEBIT", 6, -10_800),
            ("Larch Street Lettings", "STANDING_ORDER", 5, -462_500),
            ("To savings account", "TRANSFER", 6, -150_000),
        ];
        assert_eq!(sums(&until_fixed_day("john", &Account::card("a"))), often);
        let mut both = [&often[..], &monthly].concat();
        both.sort_unstable();
        assert_eq!(sums(&until_fixed_day("john", &Account::current("a"))), both);
        let savings = [("From current account", "TRANSFER", 6, 150_000), ("Interest", "INTEREST", 5, 4_060)];
        assert_eq!(sums(&until_fixed_day("john", &Account::savings("a"))), savings);
    }

    #[test]
    fn each_balance_is_the_one_before_and_the_amount() {
        for (account, first) in
            [(Account::current("a"), 238_420), (Account::savings("a"), 310_000), (Account::card("a"), 0)]
        {
            let mut balance = first;
            for entry in until_fixed_day("john", &account) {
                balance += entry.pence;
                assert_eq!(entry.balance, balance, "{account:?} on {}", entry.day);
            }
        }
    }

    #[test]
    fn users_have_different_transactions_within_180_days() {
        let days = |user| -> Vec<_> {
            let history = until_fixed_day(user, &Account::card("a"));
            history.iter().map(|entry| (entry.day.to_string(), entry.pence)).collect()
        };
        assert_ne!(days("john"), days("john1"));
        assert_ne!(days("john1"), days("john2"));
        let (john, user) = (days("john"), "jo");
        assert!(john.iter().chain(&days(user)).all(|(day, _)| ("2025-08-04"..="2026-01-31").contains(&day.as_str())));
    }
}
