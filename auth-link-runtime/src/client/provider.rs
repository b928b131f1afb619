//! TrueLayer's current list of providers.

use auth_link_rules::{Param, check_values};
use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::json::{Json, Unexpected};
use super::request_builder::{RequestBuilder, with_query};
use super::request_error::RequestError;
use crate::link::LinkError;

impl Client {
    /// Requests the providers that are enabled for this client (`GET /api/providers`).
    ///
    /// They have all of `scopes`, and are in one of `countries`. An empty list does not restrict them. A country is a code of two
    /// letters, such as `FR`. The United Kingdom is `GB` here, as in a link, and `uk` in the response.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - a scope is unknown or duplicate;
    /// - a country is not a code of two letters;
    /// - the lists are too long for a URL.
    pub fn providers(&self, scopes: &[&str], countries: &[&str]) -> Result<Call<Vec<Provider>>, RequestError> {
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
        Ok(request.call(|json| json?.read_all(Provider::read)))
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
    pub steps: Vec<ProviderStep>,
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
    pub fields: Vec<ProviderField>,
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
    pub values: Vec<FieldValue>,
    /// The allowed characters of a text: `numeric`, `alphanumeric`.
    pub allowed_characters: Option<String>,
}

/// One choice of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldValue {
    /// The value to send.
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

impl Provider {
    fn read(mut json: Json) -> Result<Self, Unexpected> {
        let provider_id = json.required("provider_id")?;
        let availability = json.optional_json("availability").and_then(|mut json| {
            Some(Availability {
                recommended_status: json.optional("recommended_status")?,
                updated_at: json.optional("updated_at"),
            })
        });
        Ok(Self {
            display_name: json.optional("display_name").unwrap_or_else(|| provider_id.clone()),
            provider_id,
            country: json.optional("country"),
            logo_url: json.optional("logo_url"),
            scopes: json.texts("scopes"),
            steps: json.read_list("steps", ProviderStep::read)?,
            availability,
        })
    }
}

impl ProviderStep {
    fn read(mut json: Json) -> Result<Self, Unexpected> {
        let title = json.optional("title").unwrap_or_default();
        Ok(Self { title, fields: json.read_list("fields", ProviderField::read)? })
    }
}

impl ProviderField {
    fn read(mut json: Json) -> Result<Self, Unexpected> {
        Ok(Self {
            id: json.required("id")?,
            kind: json.optional("type").unwrap_or_default(),
            display_name: json.optional("display_name").unwrap_or_default(),
            help_text: json.optional("help_text"),
            mandatory: json.flag("mandatory")?.unwrap_or_default(),
            is_sensitive: json.flag("is_sensitive")?.unwrap_or_default(),
            values: json.read_list("values", FieldValue::read)?,
            allowed_characters: json.optional("allowed_characters"),
        })
    }
}

impl FieldValue {
    fn read(mut json: Json) -> Result<Self, Unexpected> {
        let value = json.required("value")?;
        Ok(Self { display_name: json.optional("display_name").unwrap_or_else(|| value.clone()), value })
    }
}
