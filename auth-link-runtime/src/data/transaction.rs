//! Transactions of accounts and cards.

use rust_decimal::Decimal;
use time::OffsetDateTime;

use super::kind::{TransactionCategory, TransactionType};
use crate::client::{Json, Unexpected};

/// A transaction, settled or pending.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transaction {
    /// TrueLayer's id of it, which may change between requests.
    pub transaction_id: String,
    /// TrueLayer's id of it that does not change, where the provider allows one.
    pub normalised_provider_transaction_id: Option<String>,
    /// The provider's own id of it.
    pub provider_transaction_id: Option<String>,
    /// When it was posted; midnight where the provider tells only the day, UTC where it tells no offset.
    pub timestamp: Option<OffsetDateTime>,
    /// What the provider says of it.
    pub description: String,
    /// How much, in the sign of the provider: what leaves an account is mostly negative, what is bought with a card positive.
    pub amount: Decimal,
    /// The currency, such as `GBP`.
    pub currency: String,
    /// Which way the money went.
    pub transaction_type: Option<TransactionType>,
    /// What it is.
    pub transaction_category: Option<TransactionCategory>,
    /// What TrueLayer takes it for, from the general to the particular, such as `Shopping`, `Groceries`.
    pub transaction_classification: Vec<String>,
    /// The other side, where TrueLayer knows it.
    pub merchant_name: Option<String>,
    /// What was in the account after it.
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
            running_balance: json.part("running_balance").and_then(|mut json| json.amount("amount")),
        })
    }
}
