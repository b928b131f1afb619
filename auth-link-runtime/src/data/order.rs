//! Regular payments: direct debits and standing orders.

use rust_decimal::Decimal;
use time::{Date, OffsetDateTime};

use super::kind::OrderStatus;
use crate::client::{Json, Unexpected};

/// A direct debit: a mandate for a payee to collect payments from an account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DirectDebit {
    /// TrueLayer's id of the direct debit, which may change between requests.
    pub direct_debit_id: String,
    /// The name of the payee.
    pub name: String,
    /// Its status.
    pub status: Option<OrderStatus>,
    /// The time of the previous payment.
    pub previous_payment_timestamp: Option<OffsetDateTime>,
    /// The amount of the previous payment.
    pub previous_payment_amount: Option<Decimal>,
    /// Its currency, such as `GBP`.
    pub currency: Option<String>,
    /// The reference of the mandate.
    pub provider_mandate_identification: Option<String>,
}

/// A standing order: regular payments by the user's order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StandingOrder {
    /// Its frequency, in the bank's format, such as `IntrvlMnthDay:01:26` for the 26th day of every month.
    pub frequency: String,
    /// Its status.
    pub status: Option<OrderStatus>,
    /// Its currency, such as `GBP`.
    pub currency: Option<String>,
    /// The name of the payee.
    pub payee: Option<String>,
    /// The user's reference.
    pub reference: Option<String>,
    /// The first payment.
    pub first: Payment,
    /// The next payment.
    pub next: Payment,
    /// The last payment. Without an end, banks return a distant date, such as 9999-12-31.
    pub last: Payment,
}

/// One payment of a standing order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// Its date, if the bank provides it.
    pub date: Option<Date>,
    /// Its amount, if the bank provides it.
    pub amount: Option<Decimal>,
}

impl DirectDebit {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        Ok(Self {
            direct_debit_id: json.required("direct_debit_id")?,
            name: json.optional("name").unwrap_or_default(),
            status: json.optional_as("status", OrderStatus::read),
            previous_payment_timestamp: json.time("previous_payment_timestamp"),
            previous_payment_amount: json.amount("previous_payment_amount"),
            currency: json.optional("currency"),
            provider_mandate_identification: json
                .optional_json("meta")
                .and_then(|mut json| json.optional("provider_mandate_identification")),
        })
    }
}

impl StandingOrder {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        let mut payment = |date: &str, amount: &str| Payment { date: json.date(date), amount: json.amount(amount) };
        let (first, next, last) = (
            payment("first_payment_date", "first_payment_amount"),
            payment("next_payment_date", "next_payment_amount"),
            payment("final_payment_date", "final_payment_amount"),
        );
        Ok(Self {
            frequency: json.required("frequency")?,
            status: json.optional_as("status", OrderStatus::read),
            currency: json.optional("currency"),
            payee: json.optional("payee"),
            reference: json.optional("reference"),
            first,
            next,
            last,
        })
    }
}
