//! Mock Bank: its users, their accounts, and transactions that are generated for the current day.

use auth_link::data::{Date, OffsetDateTime};

use crate::clock::unix_time;

/// Returns whether the bank accepts a user's password: `john`, `john1`, `john2` and so on, with `doe`.
pub(super) fn accepts(user: &str, password: &str) -> bool {
    let number = user.strip_prefix("john");
    number.is_some_and(|number| number.len() < 10 && number.bytes().all(|byte| byte.is_ascii_digit()))
        && password == "doe"
}

/// Returns a user's full name, such as `John Doe`.
pub(super) fn full_name(user: &str) -> String {
    format!("John{} Doe", &user[4..])
}

/// An account at the bank.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Account {
    Current,
    Savings,
}

impl Account {
    pub(super) const ALL: [Self; 2] = [Self::Current, Self::Savings];

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Current => "mock-current",
            Self::Savings => "mock-savings",
        }
    }
}

/// A transaction, in pence.
pub(super) struct Transaction {
    pub(super) day: Date,
    pub(super) description: &'static str,
    pub(super) category: &'static str,
    pub(super) pence: i64,
    /// The account's balance after the transaction.
    pub(super) balance: i64,
}

/// Returns an account's transactions of the last 180 days, the oldest first.
pub(super) fn history(user: &str, account: Account) -> Vec<Transaction> {
    let today = today().to_julian_day();
    let seed = user.bytes().fold(7, |seed, byte| mix(seed ^ u64::from(byte)));
    let mut balance = match account {
        Account::Current => 238_420,
        Account::Savings => 310_000,
    };
    let mut transactions = Vec::new();
    for day in today - 180..=today {
        let Ok(date) = Date::from_julian_day(day) else { continue };
        for (description, category, pence) in transactions_of(account, date, mix(seed ^ u64::from(day.unsigned_abs())))
        {
            balance += pence;
            transactions.push(Transaction { day: date, description, category, pence, balance });
        }
    }
    transactions
}

/// A description, a category and an amount in pence.
type DayTransaction = (&'static str, &'static str, i64);

/// Returns an account's transactions of one day.
fn transactions_of(account: Account, date: Date, seed: u64) -> Vec<DayTransaction> {
    if account == Account::Savings {
        return match date.day() {
            1 => vec![("Interest", "INTEREST", 812)],
            26 => vec![("From current account", "TRANSFER", 25_000)],
            _ => Vec::new(),
        };
    }
    let mut transactions: Vec<DayTransaction> = match date.day() {
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

fn today() -> Date {
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
