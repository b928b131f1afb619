//! The fields of a request body, and the authentication of the client.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::failure::Failure;
use crate::settings::Settings;
use crate::url::{decode, parse_form};

/// The fields of a form, or the members of a JSON object, whose texts are read as such.
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Parses a form, or JSON if the content type says so. TrueLayer's specification says JSON, and its examples use forms.
    pub(crate) fn parse(headers: &HeaderMap, body: &[u8]) -> Result<Self, Failure> {
        let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !content_type.starts_with("application/json") {
            return Ok(Self(parse_form(&String::from_utf8_lossy(body))));
        }
        let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
            return Err(invalid_request("expected a JSON object for the body"));
        };
        Ok(Self(members.into_iter().map(|(name, value)| (name, text(value))).collect()))
    }

    /// Returns the value of a field that is not empty.
    ///
    /// # Errors
    ///
    /// Returns an error if the field is duplicate (RFC 6749 §3.2).
    pub(crate) fn optional(&self, name: &str) -> Result<Option<&str>, Failure> {
        let mut values = self.0.iter().filter(|field| field.0 == name && !field.1.is_empty());
        let value = values.next().map(|field| field.1.as_str());
        if values.next().is_some() {
            return Err(invalid_request(format!("duplicate parameter `{name}`")));
        }
        Ok(value)
    }

    /// Returns the value of a field.
    ///
    /// # Errors
    ///
    /// Returns an error if the field is missing, empty or duplicate.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Failure> {
        self.optional(name)?.ok_or_else(|| invalid_request(format!("missing parameter `{name}`")))
    }

    pub(crate) fn into_inner(self) -> Vec<(String, String)> {
        self.0
    }
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Checks the client id and secret of a request: in its fields, or in the header of Basic authentication (RFC 6749 §2.3.1).
///
/// # Errors
///
/// Returns an error if they are missing, wrong, or in both places.
pub(crate) fn check_client(headers: &HeaderMap, fields: &Fields, settings: &Settings) -> Result<(), Failure> {
    let secret = fields.optional("client_secret")?;
    let id = fields.optional("client_id")?;
    let (id, secret) = match headers.get(header::AUTHORIZATION) {
        Some(_) if secret.is_some() => {
            return Err(invalid_request(
                "the client secret is in the header `Authorization` and in the body: write one",
            ));
        }
        Some(value) => {
            let text = value.to_str().ok().and_then(|value| value.get(6..).filter(|_| is_basic(value)));
            let text = text.and_then(|text| String::from_utf8(STANDARD.decode(text.trim()).ok()?).ok());
            let Some((basic_id, secret)) = text.as_deref().and_then(|text| text.split_once(':')) else {
                return Err(invalid_client());
            };
            let basic_id = decode(basic_id);
            if id.is_some_and(|id| id != basic_id) {
                return Err(invalid_client());
            }
            (Some(basic_id), Some(decode(secret)))
        }
        None => (id.map(str::to_owned), secret.map(str::to_owned)),
    };
    let is_known =
        id.is_some_and(|id| id == settings.client_id) && secret.is_some_and(|secret| secret == settings.client_secret);
    if is_known { Ok(()) } else { Err(invalid_client()) }
}

fn is_basic(header: &str) -> bool {
    header.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic "))
}

pub(crate) fn invalid_client() -> Failure {
    Failure::error("invalid_client").with_description("the client id or the client secret is missing or wrong")
}

pub(crate) fn invalid_request(description: impl Into<String>) -> Failure {
    Failure::error("invalid_request").with_description(description)
}
