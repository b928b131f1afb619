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
    let today = today().to_julian_day();
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
