//! Regular payments: direct debits and standing orders.

use std::fmt;

use rust_decimal::Decimal;
use time::{Date, OffsetDateTime};

use super::amount::Amount;
use super::kind::OrderStatus;
use super::meta::{Meta, ReadMeta};
use crate::client::{Member, Nested, Object, ReadError, Reader, Required, Unexpected, members};

/// A direct debit: a mandate for a payee to collect payments from an account.
#[derive(Clone, PartialEq, Eq)]
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
    /// The members that only some providers return.
    pub meta: Option<Meta>,
}

/// A standing order: regular payments by the user's order.
#[derive(Clone, PartialEq, Eq)]
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
    /// The members that only some providers return.
    pub meta: Option<Meta>,
}

/// One payment of a standing order.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// Its date, if the bank provides it.
    pub date: Option<Date>,
    /// Its amount, if the bank provides it.
    pub amount: Option<Decimal>,
}

impl Object for DirectDebit {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            direct_debit_id: Required,
            name: Option<String>,
            status: Option<OrderStatus>,
            previous_payment_timestamp: Option<OffsetDateTime>,
            previous_payment_amount: Amount,
            currency: Option<String>,
            meta: MandateMeta,
        });
        let build = || {
            Ok(Self {
                direct_debit_id: direct_debit_id.take("direct_debit_id")?,
                name: name.unwrap_or_default(),
                status,
                previous_payment_timestamp,
                previous_payment_amount: previous_payment_amount.0,
                currency,
                provider_mandate_identification: meta.identification,
                meta: meta.meta.0,
            })
        };
        Ok(build())
    }
}

/// The members that only some providers return, with the mandate in them.
#[derive(Default)]
struct MandateMeta {
    meta: ReadMeta,
    identification: Option<String>,
}

impl Member for MandateMeta {
    fn object(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        let start = reader.position();
        let identification = match Nested::<Mandate>::read(reader) {
            Ok(mandate) => mandate.0.and_then(|mandate| mandate.identification),
            Err(ReadError::Character) => None,
            Err(error) => return Err(error),
        };
        reader.return_to(start);
        Ok(Self { meta: ReadMeta::object(reader)?, identification })
    }

    fn other(_: &'static str) -> Self {
        Self::default()
    }
}

/// The mandate in `meta`.
struct Mandate {
    identification: Option<String>,
}

impl Object for Mandate {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            identification: Option<String> = "provider_mandate_identification",
        });
        Ok(Ok(Self { identification }))
    }
}

impl Object for StandingOrder {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            frequency: Required,
            status: Option<OrderStatus>,
            currency: Option<String>,
            payee: Option<String>,
            reference: Option<String>,
            first_date: Option<Date> = "first_payment_date",
            first_amount: Amount = "first_payment_amount",
            next_date: Option<Date> = "next_payment_date",
            next_amount: Amount = "next_payment_amount",
            last_date: Option<Date> = "final_payment_date",
            last_amount: Amount = "final_payment_amount",
            meta: ReadMeta,
        });
        let build = || {
            Ok(Self {
                frequency: frequency.take("frequency")?,
                status,
                currency,
                payee,
                reference,
                first: Payment { date: first_date, amount: first_amount.0 },
                next: Payment { date: next_date, amount: next_amount.0 },
                last: Payment { date: last_date, amount: last_amount.0 },
                meta: meta.0,
            })
        };
        Ok(build())
    }
}

impl fmt::Debug for DirectDebit {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DirectDebit")
            .field("status", &self.status)
            .field("currency", &self.currency)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for StandingOrder {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandingOrder")
            .field("status", &self.status)
            .field("currency", &self.currency)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Payment {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payment").finish_non_exhaustive()
    }
}
