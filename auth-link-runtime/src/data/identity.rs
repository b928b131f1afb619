//! The connection and the user behind the data.

use time::OffsetDateTime;

use crate::client::{Json, Unexpected};

/// A connection, with its provider and its consent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Me {
    /// The client id of the connection.
    pub client_id: Option<String>,
    /// TrueLayer's id of the connection.
    pub credentials_id: Option<String>,
    /// The status of the consent, such as `Authorised`.
    pub consent_status: Option<String>,
    /// The time at which the user gave consent.
    pub consent_created_at: Option<OffsetDateTime>,
    /// The time at which the consent ends. Extend it before.
    pub consent_expires_at: Option<OffsetDateTime>,
    /// The id of the provider.
    pub provider_id: Option<String>,
    /// The name of the provider, for the user.
    pub provider_name: Option<String>,
    /// The scopes that the user granted.
    pub scopes: Vec<String>,
}

/// The user's contact data at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Info {
    /// The name.
    pub full_name: Option<String>,
    /// Email addresses. Few providers return them.
    pub emails: Vec<String>,
    /// Telephone numbers. Few providers return them.
    pub phones: Vec<String>,
    /// The time of the data.
    pub update_timestamp: Option<OffsetDateTime>,
}

impl Me {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        let mut provider = json.optional_json("provider");
        let mut provider_text = |name| provider.as_mut().and_then(|json| json.optional(name));
        Ok(Self {
            client_id: json.text("client_id")?,
            credentials_id: json.optional("credentials_id"),
            consent_status: json.optional("consent_status"),
            consent_created_at: json.time("consent_created_at"),
            consent_expires_at: json.time("consent_expires_at"),
            provider_id: provider_text("provider_id"),
            provider_name: provider_text("display_name"),
            scopes: json.texts("scopes"),
        })
    }
}

impl Info {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        Ok(Self {
            full_name: json.text("full_name")?,
            emails: json.texts("emails"),
            phones: json.texts("phones"),
            update_timestamp: json.time("update_timestamp"),
        })
    }
}
