//! The connection and the user behind the data.

use std::fmt;

use time::OffsetDateTime;

use super::provider_names::ProviderNames;
use crate::client::{Nested, Object, ReadError, Reader, Texts, Unexpected, members};

/// A connection, with its provider and its consent.
#[derive(Clone, PartialEq, Eq)]
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
#[derive(Clone, PartialEq, Eq)]
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

impl Object for Me {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            client_id: Option<String>,
            credentials_id: Option<String>,
            consent_status: Option<String>,
            consent_created_at: Option<OffsetDateTime>,
            consent_expires_at: Option<OffsetDateTime>,
            provider: Nested<ProviderNames>,
            scopes: Texts,
        });
        let ProviderNames { id: provider_id, display_name: provider_name } = provider.0.unwrap_or_default();
        Ok(scopes.take("scopes").map(|scopes| Self {
            client_id,
            credentials_id,
            consent_status,
            consent_created_at,
            consent_expires_at,
            provider_id,
            provider_name,
            scopes,
        }))
    }
}

impl Object for Info {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            full_name: Option<String>,
            emails: Texts,
            phones: Texts,
            update_timestamp: Option<OffsetDateTime>,
        });
        let build =
            || Ok(Self { full_name, emails: emails.take("emails")?, phones: phones.take("phones")?, update_timestamp });
        Ok(build())
    }
}

impl fmt::Debug for Me {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Me")
            .field("consent_status", &self.consent_status)
            .field("consent_expires_at", &self.consent_expires_at)
            .field("provider_id", &self.provider_id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Info {
    /// Shows no personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Info").field("update_timestamp", &self.update_timestamp).finish_non_exhaustive()
    }
}
