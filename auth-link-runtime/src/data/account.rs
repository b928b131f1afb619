//! Accounts and their balances.

use rust_decimal::Decimal;
use time::OffsetDateTime;

use super::kind::AccountType;
use crate::client::{Json, Unexpected};

/// A current or savings account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Account {
    /// TrueLayer's id of the account, for other requests.
    pub account_id: String,
    /// Its type.
    pub account_type: Option<AccountType>,
    /// Its name, for the user.
    pub display_name: String,
    /// Its currency, such as `GBP`.
    pub currency: String,
    /// Its numbers for transfers.
    pub account_number: AccountNumber,
    /// The id of its provider.
    pub provider_id: Option<String>,
    /// The time of the data.
    pub update_timestamp: Option<OffsetDateTime>,
}

/// The numbers of an account for transfers, as far as its country uses them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccountNumber {
    /// The account number, in the United Kingdom and Australia.
    pub number: Option<String>,
    /// The sort code, in the United Kingdom.
    pub sort_code: Option<String>,
    /// The international bank account number (ISO 13616).
    pub iban: Option<String>,
    /// The business identifier code of the bank (ISO 9362).
    pub swift_bic: Option<String>,
}

/// The balance of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Balance {
    /// Its currency, such as `GBP`.
    pub currency: String,
    /// The balance without pending transactions.
    pub current: Decimal,
    /// The available amount, which includes pending transactions and an agreed overdraft.
    pub available: Option<Decimal>,
    /// The agreed overdraft.
    pub overdraft: Option<Decimal>,
    /// The time of the data.
    pub update_timestamp: Option<OffsetDateTime>,
}

impl Account {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        let number = json.optional_json("account_number").map(|mut json| AccountNumber {
            number: json.optional("number"),
            sort_code: json.optional("sort_code"),
            iban: json.optional("iban"),
            swift_bic: json.optional("swift_bic"),
        });
        Ok(Self {
            account_id: json.required("account_id")?,
            account_type: json.optional_as("account_type", AccountType::read),
            display_name: json.optional("display_name").unwrap_or_default(),
            currency: json.required("currency")?,
            account_number: number.unwrap_or_default(),
            provider_id: json.optional_json("provider").and_then(|mut json| json.optional("provider_id")),
            update_timestamp: json.time("update_timestamp"),
        })
    }
}

impl Balance {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        Ok(Self {
            currency: json.required("currency")?,
            current: json.required_amount("current")?,
            available: json.amount("available"),
            overdraft: json.amount("overdraft"),
            update_timestamp: json.time("update_timestamp"),
        })
    }
}
