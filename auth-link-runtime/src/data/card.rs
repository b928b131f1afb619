//! Credit cards and their balances.

use std::fmt;

use rust_decimal::Decimal;
use time::{Date, OffsetDateTime};

use super::amount::Amount;
use super::meta::{Meta, ReadMeta};
use super::provider_names::ProviderNames;
use crate::client::{Nested, Object, ReadError, Reader, Required, Unexpected, members};

/// A credit or charge card.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Card {
    /// TrueLayer's id of the card, for other requests.
    pub account_id: String,
    /// Its network, such as `VISA`, `MASTERCARD` or `AMEX`.
    pub card_network: Option<String>,
    /// Its type, such as `CREDIT` or `CHARGE`.
    pub card_type: Option<String>,
    /// Its currency, such as `GBP`.
    pub currency: Option<String>,
    /// Its name, for the user.
    pub display_name: String,
    /// The last digits of its number.
    pub partial_card_number: Option<String>,
    /// The name on the card.
    pub name_on_card: Option<String>,
    /// The first month of its validity, such as `2017-01`.
    pub valid_from: Option<String>,
    /// The last month of its validity, such as `2018-01`.
    pub valid_to: Option<String>,
    /// The id of its provider.
    pub provider_id: Option<String>,
    /// The time of the data.
    pub update_timestamp: Option<OffsetDateTime>,
    /// The members that only some providers return.
    pub meta: Option<Meta>,
}

/// The balance of a card.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardBalance {
    /// Its currency, such as `GBP`.
    pub currency: Option<String>,
    /// The owed amount.
    pub current: Decimal,
    /// The available amount.
    pub available: Option<Decimal>,
    /// The credit limit.
    pub credit_limit: Option<Decimal>,
    /// The amount of the last statement.
    pub last_statement_balance: Option<Decimal>,
    /// The date of the last statement.
    pub last_statement_date: Option<Date>,
    /// The amount that is due.
    pub payment_due: Option<Decimal>,
    /// The date by which it is due.
    pub payment_due_date: Option<Date>,
    /// The time of the data.
    pub update_timestamp: Option<OffsetDateTime>,
}

impl Object for Card {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            account_id: Required,
            card_network: Option<String>,
            card_type: Option<String>,
            currency: Option<String>,
            display_name: Option<String>,
            partial_card_number: Option<String>,
            name_on_card: Option<String>,
            valid_from: Option<String>,
            valid_to: Option<String>,
            provider: Nested<ProviderNames>,
            update_timestamp: Option<OffsetDateTime>,
            meta: ReadMeta,
        });
        let build = || {
            Ok(Self {
                account_id: account_id.take("account_id")?,
                card_network,
                card_type,
                currency,
                display_name: display_name.unwrap_or_default(),
                partial_card_number,
                name_on_card,
                valid_from,
                valid_to,
                provider_id: provider.0.and_then(|provider| provider.id),
                update_timestamp,
                meta: meta.0,
            })
        };
        Ok(build())
    }
}

impl Object for CardBalance {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            currency: Option<String>,
            current: Amount,
            available: Amount,
            credit_limit: Amount,
            last_statement_balance: Amount,
            last_statement_date: Option<Date>,
            payment_due: Amount,
            payment_due_date: Option<Date>,
            update_timestamp: Option<OffsetDateTime>,
        });
        let build = || {
            Ok(Self {
                currency,
                current: current.take("current")?,
                available: available.0,
                credit_limit: credit_limit.0,
                last_statement_balance: last_statement_balance.0,
                last_statement_date,
                payment_due: payment_due.0,
                payment_due_date,
                update_timestamp,
            })
        };
        Ok(build())
    }
}

impl fmt::Debug for Card {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card")
            .field("card_network", &self.card_network)
            .field("card_type", &self.card_type)
            .field("currency", &self.currency)
            .field("update_timestamp", &self.update_timestamp)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for CardBalance {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardBalance")
            .field("currency", &self.currency)
            .field("update_timestamp", &self.update_timestamp)
            .finish_non_exhaustive()
    }
}
