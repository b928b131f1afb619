//! A response, and the errors in it.

use std::fmt::Write as _;
use std::time::SystemTime;

use auth_link_rules::Untrusted;
use http::response::Parts;
use http::{HeaderMap, StatusCode};

use super::api_error::{ApiError, ApiErrorKind, is_code};
use super::json::{Json, without_bom};
use super::json_value::Value;
use super::redaction::Redaction;
use super::request_traits::RequestTraits;
use super::retry_after::retry_after;
use super::unexpected::Unexpected;
use super::www_authenticate::challenge_error;
use crate::server_error::{Escaped, ServerError};

/// A response, whatever its content.
pub(super) struct ResponseView<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a [u8],
    redaction: &'a Redaction,
    request: RequestTraits,
}

/// The headers with the id of a response.
const CORRELATION_HEADERS: [&str; 3] = ["x-tl-correlation-id", "tl-trace-id", "x-request-id"];

/// The limit of each text of an error, in characters.
const MAX_TEXT_LEN: usize = 1000;

/// The limit of a correlation id, in bytes.
const MAX_ID_LEN: usize = 200;

/// The limit of an excerpt from a body that is no JSON, in characters.
const MAX_EXCERPT_LEN: usize = 80;

impl<'a> ResponseView<'a> {
    pub(super) fn new(parts: &'a Parts, body: &'a [u8], redaction: &'a Redaction, request: RequestTraits) -> Self {
        Self { status: parts.status, headers: &parts.headers, body, redaction, request }
    }

    pub(super) fn redirect(&self) -> ApiError {
        self.api_error(ApiErrorKind::Redirect)
    }

    pub(super) fn too_long(&self) -> ApiError {
        self.api_error(ApiErrorKind::TooLong)
    }

    /// Returns the error of a response that is not the expected one.
    pub(super) fn unexpected(&self, unexpected: Unexpected) -> ApiError {
        let Unexpected(mut message) = unexpected;
        if let Some(excerpt) = self.excerpt() {
            message = format!("{message}, found {excerpt}");
        }
        self.api_error(ApiErrorKind::Unexpected(message))
    }

    /// Returns the error that the server reports, if it reports one.
    ///
    /// The format of RFC 6749 §5.2 is an error under any status. The formats of RFC 9457 and of gateways are errors only
    /// without success.
    pub(super) fn error(&self, json: &mut Json) -> Option<ApiError> {
        let error = match json.take("error").ok().flatten().filter(|value| !value.is_empty()) {
            Some(value) => match value.into_text("error") {
                Ok(error) => Some(self.code(&error)),
                Err(unexpected) => return Some(self.unexpected(unexpected)),
            },
            None if self.status.is_success() => return None,
            None => None,
        };
        let mut text = |name| json.optional(name).map(|text| self.redacted(&text));
        let description = ["error_description", "detail", "message"].into_iter().find_map(&mut text);
        let (title, uri, trace_id) = (text("title"), text("error_uri"), text("trace_id"));
        let is_reported = error.is_some() || title.is_some() || description.is_some();
        if !is_reported {
            return None;
        }
        if self.request.is_personal {
            let code = error.filter(|error| is_code(error)).unwrap_or_else(|| self.status.to_string());
            return Some(self.server_error(ServerError::with_code(code), trace_id));
        }
        let error = error.or(title).unwrap_or_else(|| self.status.to_string());
        let details = ["error_details", "errors"].into_iter().find_map(|name| json.take(name).ok().flatten());
        let details = details.map(|mut details| {
            details.each_text(&|text| *text = self.redaction.apply(text));
            self.redact_names(&mut details.0);
            details
        });
        let server = ServerError {
            error,
            description,
            reason: details.as_ref().and_then(reason).map(|reason| self.redacted(&reason)),
            uri,
            details: details.and_then(|details| String::from_utf8(details.to_vec()).ok()),
        };
        Some(self.server_error(server, trace_id))
    }

    fn server_error(&self, server: ServerError, trace_id: Option<String>) -> ApiError {
        let mut error = self.api_error(ApiErrorKind::Server(Box::new(server)));
        error.correlation_id = error.correlation_id.or(trace_id.filter(|id| !id.is_empty()).map(|id| shown_id(&id)));
        error
    }

    /// Removes the sensitive texts from the names and the numbers of a value.
    fn redact_names(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.redact_names(item)),
            Value::Object(fields) => {
                for (name, mut value) in std::mem::take(fields) {
                    self.redact_names(&mut value);
                    fields.insert(self.redaction.apply(&name), value);
                }
            }
            Value::Number(number) => {
                let text = number.to_string();
                let redacted = self.redaction.apply(&text);
                if redacted != text {
                    *value = Value::String(redacted);
                }
            }
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }

    fn api_error(&self, kind: ApiErrorKind) -> ApiError {
        let header = |name: &str| self.headers.get(name)?.to_str().ok().filter(|value| !value.is_empty());
        ApiError {
            kind,
            status: self.status,
            correlation_id: CORRELATION_HEADERS.into_iter().find_map(header).map(|id| shown_id(&self.redacted(id))),
            retry_after: retry_after(self.headers, SystemTime::now),
            challenge: challenge_error(self.headers),
            request: self.request,
        }
    }

    /// Returns whether the body is an HTML page, which a proxy may send.
    pub(super) fn is_page(&self) -> bool {
        let body = without_bom(self.body).trim_ascii_start();
        let starts_with =
            |text: &str| body.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text.as_bytes()));
        starts_with("<!doctype html") || starts_with("<html")
    }

    /// Returns the part of a body without JSON that can contain no secret: the title of a page, or a short text without a
    /// value.
    fn excerpt(&self) -> Option<String> {
        let body = without_bom(self.body);
        if self.is_page() {
            let page = String::from_utf8_lossy(body);
            let title =
                title(&page).filter(|_| !self.request.is_personal).map(|title| format!(", `{}`", self.short(title)));
            return Some(format!("a page{}", title.unwrap_or_default()));
        }
        let text = std::str::from_utf8(body).ok()?.trim();
        // A NUL is one of UTF-16, in which no sensitive text is found.
        let is_plain = !self.request.is_personal
            && text.len() <= MAX_TEXT_LEN
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !text.contains(['=', '"', '<', '{', '%', '\0']);
        (is_plain && !self.status.is_success()).then(|| format!("`{}`", self.short(text)))
    }

    fn short(&self, text: &str) -> String {
        let text = self.redaction.apply(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        Escaped(&text.chars().take(MAX_EXCERPT_LEN).collect::<String>()).to_string()
    }

    /// Returns a text of the response, as an error may show it.
    fn redacted(&self, text: &str) -> String {
        self.redaction.apply(text).chars().take(MAX_TEXT_LEN).collect()
    }

    /// Returns the code of an error. A text with the syntax of a code is not redacted: applications branch on it.
    fn code(&self, text: &str) -> String {
        if is_code(text) { text.to_owned() } else { self.redacted(text) }
    }
}

/// Returns an id that is safe to log.
fn shown_id(id: &str) -> String {
    Untrusted::new(id).at_most(MAX_ID_LEN).to_string()
}

/// Returns the title of an HTML page.
fn title(page: &str) -> Option<&str> {
    let find = |text: &str, from: usize| page[from..].to_ascii_lowercase().find(text).map(|at| from + at);
    let start = find("<title>", 0)? + "<title>".len();
    Some(&page[start..find("</title>", start)?])
}

/// Returns the details of an error as plain text: their `reason`, or all of them.
fn reason(details: &Json) -> Option<String> {
    let details = match &details.0 {
        Value::Object(fields) => fields.get("reason").unwrap_or(&details.0),
        other => other,
    };
    let mut text = String::new();
    write_plain_text(details, &mut text);
    Some(text).filter(|text| !text.is_empty())
}

fn write_plain_text(value: &Value, text: &mut String) {
    match value {
        Value::Null => {}
        Value::String(part) => text.push_str(part),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                write_plain_text(item, text);
            }
        }
        Value::Object(fields) => {
            for (index, (name, value)) in fields.iter().enumerate() {
                text.push_str(if index > 0 { "; " } else { "" });
                text.push_str(name);
                text.push_str(": ");
                write_plain_text(value, text);
            }
        }
        Value::Bool(_) | Value::Number(_) => {
            // Writing to memory does not fail.
            let _ = write!(text, "{value}");
        }
    }
}
