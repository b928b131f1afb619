//! TrueLayer's list of providers, as it is today.

use auth_link_rules::{Param, check_values};
use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::json::{Json, Unexpected};
use super::request_builder::{RequestBuilder, with_query};
use super::request_error::RequestError;
use crate::link::LinkError;

impl Client {
    /// The providers that are enabled for this client and have all of `scopes`, in any of `countries`; an empty list leaves the
    /// choice open (`GET /api/providers`).
    ///
    /// A country is a code of two letters, such as `FR`. The United Kingdom is `GB` here as in a link, and `uk` in the answer.
    ///
    /// # Errors
    ///
    /// An unknown or repeated scope, what is not a code of two letters, and a list that is too long.
    pub fn providers(&self, scopes: &[&str], countries: &[&str]) -> Result<Call<Vec<Provider>>, RequestError> {
        let scopes = scopes.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        if !scopes.is_empty() {
            check_values(&[(Param::Scope, &scopes)]).map_err(LinkError::new)?;
        }
        let mut requested = Vec::new();
        for country in countries {
            check_values(&[(Param::CountryId, country)]).map_err(LinkError::new)?;
            let country = match country.to_lowercase() {
                country if country == "gb" => "uk".to_owned(),
                country => country,
            };
            if !requested.contains(&country) {
                requested.push(country);
            }
        }
        let parameters = [("clientId", self.id.as_str()), ("scopes", &scopes), ("country", &requested.join(" "))];
        let path = with_query("/api/providers", &parameters)?;
        let request = RequestBuilder::new(Method::GET, uri(&self.servers.auth, &path));
        Ok(request.call(|json| json?.read_all(Provider::read)))
    }
}

/// A provider, as TrueLayer lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Provider {
    /// Its id, for `provider_id` in a link.
    pub provider_id: String,
    /// Its name, to be shown.
    pub display_name: String,
    /// Its country as TrueLayer has it: `uk`, `fr`.
    pub country: Option<String>,
    /// The address of its logo.
    pub logo_url: Option<String>,
    /// The scopes that it has data for.
    pub scopes: Vec<String>,
    /// What [direct bank authentication](crate::client::Client::direct_bank_authentication) must bring for it.
    pub steps: Vec<ProviderStep>,
    /// How it does at the moment.
    pub availability: Option<Availability>,
}

/// What a provider asks for before its own part begins.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProviderStep {
    /// Its title.
    pub title: String,
    /// What to ask the user for.
    pub fields: Vec<ProviderField>,
}

/// One thing to ask the user for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProviderField {
    /// Its id, which [`DirectBankAuthentication::auth_input`](crate::client::DirectBankAuthentication::auth_input) takes.
    pub id: String,
    /// How it is requested: `SingleChoiceField`, or a text.
    pub kind: String,
    /// Its name, to be shown.
    pub display_name: String,
    /// What helps the user with it.
    pub help_text: Option<String>,
    /// Whether it must be answered.
    pub mandatory: bool,
    /// Whether the answer is a secret.
    pub is_sensitive: bool,
    /// What there is to choose from.
    pub values: Vec<FieldValue>,
    /// Which characters a text may have: `numeric`, `alphanumeric`.
    pub allowed_characters: Option<String>,
}

/// One choice of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldValue {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub display_name: String,
}

/// How a provider does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Availability {
    /// `healthy`, or what TrueLayer says instead.
    pub recommended_status: String,
    /// As of when, as RFC 3339 writes it.
    pub updated_at: Option<String>,
}

impl Provider {
    fn read(mut json: Json) -> Result<Self, Unexpected> {
        let provider_id = json.required("provider_id")?;
        let availability = json.part("availability").and_then(|mut json| {
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
