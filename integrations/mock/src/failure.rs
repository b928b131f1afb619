//! A failure that an endpoint responds with.

use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A response that reports a failure.
///
/// ```
/// use std::time::Duration;
/// use auth_link_mock::Failure;
///
/// let failure = Failure::error("provider_too_many_requests").with_retry_after(Duration::from_secs(60));
/// assert_eq!(failure, Failure::error("provider_too_many_requests").with_status(429).with_retry_after(Duration::from_secs(60)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Failure {
    status: u16,
    error: Option<String>,
    description: Option<String>,
    retry_after: Option<u64>,
    body: Option<String>,
}

/// The codes of errors with their status: TrueLayer's page "Data API errors", and RFC 6749 §5.2.
const STATUSES: [(u16, &[&str]); 7] = [
    (401, &["invalid_token", "unauthorized", "unauthorized_client", "invalid_client"]),
    (403, &["access_denied", "sca_exceeded"]),
    (404, &["account_not_found", "not_found"]),
    (429, &["provider_too_many_requests", "provider_request_limit_exceeded"]),
    (500, &["internal_server_error", "server_error"]),
    (501, &["endpoint_not_supported"]),
    (503, &["provider_error", "connector_overload", "temporarily_unavailable"]),
];

impl Failure {
    /// Creates a failure with a status and an empty body. A status that is not from 400 to 599 becomes 500.
    pub fn status(status: u16) -> Self {
        Self { status: valid_status(status), error: None, description: None, retry_after: None, body: None }
    }

    /// Creates a failure with the code of an error, and the status that TrueLayer's pages give for it; else 400.
    pub fn error(code: impl Into<String>) -> Self {
        let code = code.into();
        let status = match code.as_str() {
            "connector_timeout" | "provider_timeout" => 504,
            code => STATUSES.iter().find(|(_, codes)| codes.contains(&code)).map_or(400, |found| found.0),
        };
        Self { error: Some(code), ..Self::status(status) }
    }

    /// Sets the status. One that is not from 400 to 599 becomes 500.
    pub fn with_status(self, status: u16) -> Self {
        Self { status: valid_status(status), ..self }
    }

    /// Sets the text of `error_description`.
    pub fn with_description(self, text: impl Into<String>) -> Self {
        Self { description: Some(text.into()), ..self }
    }

    /// Sets the header `Retry-After`, in whole seconds.
    pub fn with_retry_after(self, wait: Duration) -> Self {
        Self { retry_after: Some(wait.as_secs()), ..self }
    }

    /// Sets the whole body, such as the page of a proxy.
    pub fn with_body(self, text: impl Into<String>) -> Self {
        Self { body: Some(text.into()), ..self }
    }

    /// Returns the response.
    pub(crate) fn response(&self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = match (&self.body, &self.error) {
            (Some(body), _) => (status, body.clone()).into_response(),
            (None, Some(error)) => {
                let mut body = json!({ "error": error });
                if let Some(description) = &self.description {
                    body["error_description"] = description.as_str().into();
                }
                (status, Json(body)).into_response()
            }
            (None, None) => status.into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status == 401 {
            let error = if self.error.as_deref() == Some("invalid_client") { "Basic" } else { "Bearer" };
            let challenge = match self.error.as_deref() {
                Some("invalid_token") => "Bearer error=\"invalid_token\"",
                _ => error,
            };
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}

fn valid_status(status: u16) -> u16 {
    if (400..600).contains(&status) { status } else { 500 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_401_names_the_scheme_of_its_authentication() {
        let challenge = |failure: Failure| {
            let response = failure.response();
            response.headers().get(header::WWW_AUTHENTICATE).map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(challenge(Failure::error("invalid_token")).as_deref(), Some("Bearer error=\"invalid_token\""));
        assert_eq!(challenge(Failure::error("invalid_client")).as_deref(), Some("Basic"));
        assert_eq!(challenge(Failure::error("unauthorized")).as_deref(), Some("Bearer"));
        assert_eq!(challenge(Failure::status(401)).as_deref(), Some("Bearer"));
        assert_eq!(challenge(Failure::error("access_denied")), None);
    }
}
