//! Credit cards and their balances.

use rust_decimal::Decimal;
use time::{Date, OffsetDateTime};

use crate::client::{Json, Unexpected};

/// A credit or charge card.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

/// The balance of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
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
            provider_id: json.optional_json("provider").and_then(|mut json| json.optional("provider_id")),
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
            last_statement_date: json.date("last_statement_date"),
            payment_due: json.amount("payment_due"),
            payment_due_date: json.date("payment_due_date"),
            update_timestamp: json.time("update_timestamp"),
        })
    }
}
