//! The transactions of accounts and cards.

use rust_decimal::Decimal;
use time::OffsetDateTime;

use super::kind::{TransactionCategory, TransactionType};
use crate::client::{Json, Unexpected};

/// A transaction, settled or pending.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

impl Transaction {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        Ok(Self {
            transaction_id: json.required("transaction_id")?,
            normalised_provider_transaction_id: json.optional("normalised_provider_transaction_id"),
            provider_transaction_id: json.optional("provider_transaction_id"),
            timestamp: json.time("timestamp"),
            description: json.optional("description").unwrap_or_default(),
            amount: json.required_amount("amount")?,
            currency: json.required("currency")?,
            transaction_type: json.optional_as("transaction_type", TransactionType::read),
            transaction_category: json.optional_as("transaction_category", TransactionCategory::read),
            transaction_classification: json.texts("transaction_classification"),
            merchant_name: json.optional("merchant_name"),
            running_balance: json.optional_json("running_balance").and_then(|mut json| json.amount("amount")),
        })
    }
}
