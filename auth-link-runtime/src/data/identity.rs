//! Whose data it is, and until when the application may read it.

use time::OffsetDateTime;

use crate::client::{Json, Unexpected};

/// What TrueLayer knows of the connection itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Me {
    /// The client id that the connection is of.
    pub client_id: Option<String>,
    /// TrueLayer's name for the connection.
    pub credentials_id: Option<String>,
    /// Whether the consent stands, such as `Authorised`.
    pub consent_status: Option<String>,
    /// When the user gave consent.
    pub consent_created_at: Option<OffsetDateTime>,
    /// When the consent ends: begin to extend it before.
    pub consent_expires_at: Option<OffsetDateTime>,
    /// The id of the provider.
    pub provider_id: Option<String>,
    /// The name of the provider, to be shown.
    pub provider_name: Option<String>,
    /// The scopes that the user granted.
    pub scopes: Vec<String>,
}

/// What the provider knows of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Info {
    /// The name.
    pub full_name: Option<String>,
    /// E-mail addresses, which hardly any provider tells.
    pub emails: Vec<String>,
    /// Telephone numbers, which hardly any provider tells.
    pub phones: Vec<String>,
    /// As of when.
    pub update_timestamp: Option<OffsetDateTime>,
}

impl Me {
    pub(super) fn read(mut json: Json) -> Result<Self, Unexpected> {
        let mut provider = json.part("provider");
        let mut of_provider = |name| provider.as_mut().and_then(|json| json.optional(name));
        Ok(Self {
            client_id: json.text("client_id")?,
            credentials_id: json.optional("credentials_id"),
            consent_status: json.optional("consent_status"),
            consent_created_at: json.time("consent_created_at"),
            consent_expires_at: json.time("consent_expires_at"),
            provider_id: of_provider("provider_id"),
            provider_name: of_provider("display_name"),
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
