//! The transactions of accounts and cards.

use std::fmt;

use rust_decimal::Decimal;
use time::OffsetDateTime;

use super::amount::Amount;
use super::kind::{TransactionCategory, TransactionType};
use super::meta::{Meta, ReadMeta};
use crate::client::{Nested, Object, ReadError, Reader, Required, Texts, Unexpected, members};

/// A transaction, settled or pending.
///
/// An item without an id, an amount or a currency is [unreadable](crate::client::UnreadableItem): an amount without its currency
/// must not be added to others.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transaction {
    /// TrueLayer's id of the transaction, which may change between requests.
    pub transaction_id: String,
    /// TrueLayer's stable id of the transaction, if the provider supports one.
    pub normalised_provider_transaction_id: Option<String>,
    /// The provider's id of the transaction.
    pub provider_transaction_id: Option<String>,
    /// The time at which it was posted.
    ///
    /// If the provider returns only a date, the time is midnight. If it returns no offset, the time is in UTC.
    pub timestamp: Option<OffsetDateTime>,
    /// The provider's description.
    pub description: String,
    /// Its amount, with the provider's sign: usually negative for a debit of an account, and positive for a purchase with a
    /// card.
    pub amount: Decimal,
    /// Its currency, such as `GBP`.
    pub currency: String,
    /// Its direction.
    pub transaction_type: Option<TransactionType>,
    /// Its category.
    pub transaction_category: Option<TransactionCategory>,
    /// TrueLayer's classification, from general to specific, such as `Shopping`, `Groceries`.
    pub transaction_classification: Vec<String>,
    /// The merchant, if TrueLayer knows it.
    pub merchant_name: Option<String>,
    /// The balance of the account after the transaction.
    pub running_balance: Option<Decimal>,
    /// The members that only some providers return.
    pub meta: Option<Meta>,
}

impl Object for Transaction {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            timestamp: Option<OffsetDateTime>,
            description: Option<String>,
            transaction_type: Option<TransactionType>,
            transaction_category: Option<TransactionCategory>,
            transaction_classification: Texts,
            merchant_name: Option<String>,
            amount: Amount,
            currency: Required,
            transaction_id: Required,
            provider_transaction_id: Option<String>,
            normalised_provider_transaction_id: Option<String>,
            running_balance: Nested<RunningBalance>,
            meta: ReadMeta,
        });
        let build = || {
            Ok(Self {
                transaction_id: transaction_id.take("transaction_id")?,
                normalised_provider_transaction_id,
                provider_transaction_id,
                timestamp,
                description: description.unwrap_or_default(),
                amount: amount.take("amount")?,
                currency: currency.take("currency")?,
                transaction_type,
                transaction_category,
                transaction_classification: transaction_classification.take("transaction_classification")?,
                merchant_name,
                running_balance: running_balance.0.and_then(|balance| balance.amount),
                meta: meta.0,
            })
        };
        Ok(build())
    }
}

/// The `running_balance` of a transaction.
struct RunningBalance {
    amount: Option<Decimal>,
}

impl Object for RunningBalance {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members { amount: Amount });
        Ok(Ok(Self { amount: amount.0 }))
    }
}

impl fmt::Debug for Transaction {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("currency", &self.currency)
            .field("transaction_type", &self.transaction_type)
            .field("transaction_category", &self.transaction_category)
            .finish_non_exhaustive()
    }
}
