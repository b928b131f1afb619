//! Accounts and their balances.

use std::fmt;

use rust_decimal::Decimal;
use time::OffsetDateTime;

use super::amount::Amount;
use super::kind::AccountType;
use super::meta::{Meta, ReadMeta};
use super::provider_names::ProviderNames;
use crate::client::{Nested, Object, ReadError, Reader, Required, Unexpected, members};

/// A current or savings account.
#[derive(Clone, PartialEq, Eq)]
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
    /// The members that only some providers return.
    pub meta: Option<Meta>,
}

/// The numbers of an account for transfers, as far as its country uses them.
#[derive(Clone, Default, PartialEq, Eq)]
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
#[derive(Clone, PartialEq, Eq)]
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

impl Object for Account {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            update_timestamp: Option<OffsetDateTime>,
            account_id: Required,
            account_type: Option<AccountType>,
            display_name: Option<String>,
            currency: Required,
            account_number: Nested<AccountNumber>,
            provider: Nested<ProviderNames>,
            meta: ReadMeta,
        });
        let build = || {
            Ok(Self {
                account_id: account_id.take("account_id")?,
                account_type,
                display_name: display_name.unwrap_or_default(),
                currency: currency.take("currency")?,
                account_number: account_number.0.unwrap_or_default(),
                provider_id: provider.0.and_then(|provider| provider.id),
                update_timestamp,
                meta: meta.0,
            })
        };
        Ok(build())
    }
}

impl Object for AccountNumber {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            number: Option<String>,
            sort_code: Option<String>,
            iban: Option<String>,
            swift_bic: Option<String>,
        });
        Ok(Ok(Self { number, sort_code, iban, swift_bic }))
    }
}

impl Object for Balance {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            currency: Required,
            current: Amount,
            available: Amount,
            overdraft: Amount,
            update_timestamp: Option<OffsetDateTime>,
        });
        let build = || {
            Ok(Self {
                currency: currency.take("currency")?,
                current: current.take("current")?,
                available: available.0,
                overdraft: overdraft.0,
                update_timestamp,
            })
        };
        Ok(build())
    }
}

impl fmt::Debug for Account {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("account_type", &self.account_type)
            .field("currency", &self.currency)
            .field("update_timestamp", &self.update_timestamp)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AccountNumber {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountNumber").finish_non_exhaustive()
    }
}

impl fmt::Debug for Balance {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Balance")
            .field("currency", &self.currency)
            .field("update_timestamp", &self.update_timestamp)
            .finish_non_exhaustive()
    }
}
