//! TrueLayer's current list of providers.

use auth_link_rules::{Param, check_values};
use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::json_reader::{ReadError, Reader};
use super::list::{List, Listed, read_list};
use super::object::{Flag, Nested, Object, Required, Texts, members};
use super::request_builder::{RequestBuilder, with_query};
use super::request_error::RequestError;
use super::unexpected::Unexpected;
use crate::link::LinkError;

impl Client {
    /// Requests the providers that are enabled for this client (`GET /api/providers`).
    ///
    /// They have all of `scopes`, and are in one of `countries`. An empty list does not restrict them. A country is a code of two
    /// letters, such as `FR`. The United Kingdom is `GB` here, as in a link, and `uk` in the response.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Client, ClientSecret, Environment};
    ///
    /// let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret")?)?;
    /// let call = client.providers(&["accounts", "balance"], &["GB", "IE"])?;
    /// assert_eq!(call.request.method(), "GET");
    /// # Ok::<(), auth_link::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - a scope is unknown or duplicate;
    /// - a country is not a code of two letters;
    /// - the lists are too long for a URL.
    #[inline]
    pub fn providers(&self, scopes: &[&str], countries: &[&str]) -> Result<Call<List<Provider>>, RequestError> {
        let scopes = scopes.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        if !scopes.is_empty() {
            check_values(&[(Param::Scope, &scopes)]).map_err(LinkError::new)?;
        }
        let mut codes = Vec::new();
        for country in countries {
            check_values(&[(Param::CountryId, country)]).map_err(LinkError::new)?;
            let country = match country.to_lowercase() {
                country if country == "gb" => "uk".to_owned(),
                country => country,
            };
            if !codes.contains(&country) {
                codes.push(country);
            }
        }
        let parameters = [("clientId", self.id.as_str()), ("scopes", &scopes), ("country", &codes.join(" "))];
        let path = with_query("/api/providers", &parameters)?;
        let request = RequestBuilder::new(Method::GET, uri(&self.servers.auth, &path));
        Ok(request.stream(read_list))
    }
}

/// A provider in TrueLayer's list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Provider {
    /// Its id, for `provider_id` in a link.
    pub provider_id: String,
    /// Its name, for the user.
    pub display_name: String,
    /// Its country, as TrueLayer writes it: `uk`, `fr`.
    pub country: Option<String>,
    /// The URL of its logo.
    pub logo_url: Option<String>,
    /// The scopes that it supports.
    pub scopes: Vec<String>,
    /// The input that [direct bank authentication](Client::direct_bank_authentication) requires.
    pub steps: List<ProviderStep>,
    /// Its current availability.
    pub availability: Option<Availability>,
}

/// One step of the input that a provider requires.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProviderStep {
    /// Its title.
    pub title: String,
    /// The fields of the step.
    pub fields: List<ProviderField>,
}

/// One field of input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProviderField {
    /// Its id, for [`DirectBankAuthentication::auth_input`](super::DirectBankAuthentication::auth_input).
    pub id: String,
    /// Its type, such as `SingleChoiceField` or a text field.
    pub kind: String,
    /// Its name, for the user.
    pub display_name: String,
    /// A help text, for the user.
    pub help_text: Option<String>,
    /// Whether it is required.
    pub mandatory: bool,
    /// Whether the input is a secret.
    pub is_sensitive: bool,
    /// The choices.
    pub values: List<FieldValue>,
    /// The allowed characters of a text: `numeric`, `alphanumeric`.
    pub allowed_characters: Option<String>,
}

/// One choice of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldValue {
    /// The value to send. It is empty for a choice such as "Choose".
    pub value: String,
    /// Its name, for the user.
    pub display_name: String,
}

/// The availability of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Availability {
    /// The status that TrueLayer recommends to show, such as `healthy`.
    pub recommended_status: String,
    /// The time of the status, in the format of RFC 3339.
    pub updated_at: Option<String>,
}

impl Object for Provider {
    #[inline]
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            provider_id: Required,
            display_name: Option<String>,
            country: Option<String>,
            logo_url: Option<String>,
            scopes: Texts,
            steps: Listed<ProviderStep>,
            availability: Nested<Availability>,
        });
        let build = || {
            let provider_id = provider_id.take("provider_id")?;
            Ok(Self {
                display_name: display_name.unwrap_or_else(|| provider_id.clone()),
                provider_id,
                country,
                logo_url,
                scopes: scopes.take("scopes")?,
                steps: steps.take("steps")?,
                availability: availability.0,
            })
        };
        Ok(build())
    }
}

impl Object for Availability {
    #[inline]
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            recommended_status: Required,
            updated_at: Option<String>,
        });
        let recommended_status = recommended_status.take_any("recommended_status");
        Ok(recommended_status.map(|recommended_status| Self { recommended_status, updated_at }))
    }
}

impl Object for ProviderStep {
    #[inline]
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            title: Option<String>,
            fields: Listed<ProviderField>,
        });
        Ok(fields.take("fields").map(|fields| Self { title: title.unwrap_or_default(), fields }))
    }
}

impl Object for ProviderField {
    #[inline]
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            id: Required,
            kind: Option<String> = "type",
            display_name: Option<String>,
            help_text: Option<String>,
            mandatory: Flag,
            is_sensitive: Flag,
            values: Listed<FieldValue>,
            allowed_characters: Option<String>,
        });
        let build = || {
            Ok(Self {
                id: id.take("id")?,
                kind: kind.unwrap_or_default(),
                display_name: display_name.unwrap_or_default(),
                help_text,
                mandatory: mandatory.take("mandatory")?,
                is_sensitive: is_sensitive.take("is_sensitive")?,
                values: values.take("values")?,
                allowed_characters,
            })
        };
        Ok(build())
    }
}

impl Object for FieldValue {
    #[inline]
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            value: Required,
            display_name: Option<String>,
        });
        // The first choice is often empty, with a name such as "Choose".
        let value = value.take_any("value");
        Ok(value.map(|value| Self { display_name: display_name.unwrap_or_else(|| value.clone()), value }))
    }
}
