//! What is paid again and again: direct debits and standing orders.

use rust_decimal::Decimal;
use time::{Date, OffsetDateTime};

use super::kind::OrderStatus;
use crate::client::{Json, Unexpected};

/// What someone else may take from an account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DirectDebit {
    /// TrueLayer's id of it, which may change between requests.
    pub direct_debit_id: String,
    /// Who takes it.
    pub name: String,
    /// Whether it is in force.
    pub status: Option<OrderStatus>,
    /// When it was last taken.
    pub previous_payment_timestamp: Option<OffsetDateTime>,
    /// How much was last taken.
    pub previous_payment_amount: Option<Decimal>,
    /// The currency, such as `GBP`.
    pub currency: Option<String>,
    /// The reference of the mandate.
    pub provider_mandate_identification: Option<String>,
}

/// What an account pays at intervals.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StandingOrder {
    /// How often, as the bank says, such as `IntrvlMnthDay:01:26`: every month on its 26th day.
    pub frequency: String,
    /// Whether it is in force.
    pub status: Option<OrderStatus>,
    /// The currency, such as `GBP`.
    pub currency: Option<String>,
    /// Who is paid.
    pub payee: Option<String>,
    /// What the user wrote to it.
    pub reference: Option<String>,
    /// The first payment.
    pub first: Payment,
    /// The next payment.
    pub next: Payment,
    /// The last payment; without end the bank writes a day far off, such as 9999-12-31.
    pub last: Payment,
}

/// One payment of a standing order, as far as the bank tells.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// Its day.
    pub date: Option<Date>,
    /// How much.
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
                .part("meta")
                .and_then(|mut json| json.optional("provider_mandate_identification")),
        })
    }
}

impl StandingOrder {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        let mut payment = |date: &str, amount: &str| Payment { date: json.day(date), amount: json.amount(amount) };
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
