//! Accounts, and what is in them.

use rust_decimal::Decimal;
use time::OffsetDateTime;

use super::kind::AccountType;
use crate::client::{Json, Unexpected};

/// A current or savings account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Account {
    /// TrueLayer's id of the account, for the other requests.
    pub account_id: String,
    /// Its kind.
    pub account_type: Option<AccountType>,
    /// Its name, to be shown.
    pub display_name: String,
    /// Its currency, such as `GBP`.
    pub currency: String,
    /// What the account is called between banks.
    pub account_number: AccountNumber,
    /// The id of its provider.
    pub provider_id: Option<String>,
    /// As of when.
    pub update_timestamp: Option<OffsetDateTime>,
}

/// What an account is called between banks, as far as its country has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccountNumber {
    /// The number, in the United Kingdom and Australia.
    pub number: Option<String>,
    /// The sort code, in the United Kingdom.
    pub sort_code: Option<String>,
    /// The international number (ISO 13616).
    pub iban: Option<String>,
    /// The bank's code (ISO 9362).
    pub swift_bic: Option<String>,
}

/// What is in an account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Balance {
    /// The currency, such as `GBP`.
    pub currency: String,
    /// Without what is pending.
    pub current: Decimal,
    /// What can be spent, with pending transactions and an agreed overdraft.
    pub available: Option<Decimal>,
    /// The overdraft that was agreed.
    pub overdraft: Option<Decimal>,
    /// As of when.
    pub update_timestamp: Option<OffsetDateTime>,
}

impl Account {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        let number = json.part("account_number").map(|mut json| AccountNumber {
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
            provider_id: json.part("provider").and_then(|mut json| json.optional("provider_id")),
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
