//! Credit cards, and what is owed on them.

use rust_decimal::Decimal;
use time::{Date, OffsetDateTime};

use crate::client::{Json, Unexpected};

/// A credit or charge card.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Card {
    /// TrueLayer's id of the card, for the other requests.
    pub account_id: String,
    /// `VISA`, `MASTERCARD`, `AMEX`.
    pub card_network: Option<String>,
    /// `CREDIT`, `CHARGE`.
    pub card_type: Option<String>,
    /// Its currency, such as `GBP`.
    pub currency: Option<String>,
    /// Its name, to be shown.
    pub display_name: String,
    /// The last digits of its number.
    pub partial_card_number: Option<String>,
    /// The name on it.
    pub name_on_card: Option<String>,
    /// From when it is valid, such as `2017-01`.
    pub valid_from: Option<String>,
    /// Until when it is valid, such as `2018-01`.
    pub valid_to: Option<String>,
    /// The id of its provider.
    pub provider_id: Option<String>,
    /// As of when.
    pub update_timestamp: Option<OffsetDateTime>,
}

/// What is owed on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardBalance {
    /// The currency, such as `GBP`.
    pub currency: Option<String>,
    /// What is owed.
    pub current: Decimal,
    /// What can still be spent.
    pub available: Option<Decimal>,
    /// What can be owed at most.
    pub credit_limit: Option<Decimal>,
    /// What the last statement asked for.
    pub last_statement_balance: Option<Decimal>,
    /// The day of the last statement.
    pub last_statement_date: Option<Date>,
    /// What is due.
    pub payment_due: Option<Decimal>,
    /// The day by which it is due.
    pub payment_due_date: Option<Date>,
    /// As of when.
    pub update_timestamp: Option<OffsetDateTime>,
}

impl Card {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        Ok(Self {
            account_id: json.required("account_id")?,
            card_network: json.optional("card_network"),
            card_type: json.optional("card_type"),
            currency: json.optional("currency"),
            display_name: json.optional("display_name").unwrap_or_default(),
            partial_card_number: json.optional("partial_card_number"),
            name_on_card: json.optional("name_on_card"),
            valid_from: json.optional("valid_from"),
            valid_to: json.optional("valid_to"),
            provider_id: json.part("provider").and_then(|mut json| json.optional("provider_id")),
            update_timestamp: json.time("update_timestamp"),
        })
    }
}

impl CardBalance {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        Ok(Self {
            currency: json.optional("currency"),
            current: json.required_amount("current")?,
            available: json.amount("available"),
            credit_limit: json.amount("credit_limit"),
            last_statement_balance: json.amount("last_statement_balance"),
            last_statement_date: json.day("last_statement_date"),
            payment_due: json.amount("payment_due"),
            payment_due_date: json.day("payment_due_date"),
            update_timestamp: json.time("update_timestamp"),
        })
    }
}
