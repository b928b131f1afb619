//! A response, and the errors in it.

use std::time::Duration;

use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::api_error::{ApiError, ApiErrorKind};
use super::json::{Json, Unexpected};
use super::redaction::Redaction;
use crate::server_error::{Escaped, ServerError};

/// A response, whatever its content.
pub(super) struct ResponseView<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a [u8],
    redaction: &'a Redaction,
}

/// The headers with the id of a response.
const CORRELATION_HEADERS: [&str; 3] = ["x-tl-correlation-id", "tl-trace-id", "x-request-id"];

/// The limit of each text of an error, in characters.
const MAX_TEXT_LEN: usize = 1000;

/// The limit of an excerpt from a body that is no JSON, in characters.
const MAX_EXCERPT_LEN: usize = 80;

impl<'a> ResponseView<'a> {
    pub(super) fn new(parts: &'a Parts, body: &'a [u8], redaction: &'a Redaction) -> Self {
        Self { status: parts.status, headers: &parts.headers, body, redaction }
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
        let is_empty = |value: &Json| matches!(&value.0, Value::Bool(false) | Value::Null) || value.0 == "";
        let error = match json.take("error").ok().flatten().filter(|value| !is_empty(value)) {
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
        let error = error.or(title).unwrap_or_else(|| self.status.to_string());
        let details = ["error_details", "errors"].into_iter().find_map(|name| json.take(name).ok().flatten());
        let details = details.map(|mut details| {
            details.each_text(&|text| *text = self.redaction.apply(text));
            details
        });
        let server = ServerError {
            error,
            description,
            reason: details.as_ref().and_then(reason).map(|reason| self.redacted(&reason)),
            uri,
            details: details.and_then(|details| String::from_utf8(details.to_vec()).ok()),
        };
        let mut error = self.api_error(ApiErrorKind::Server(Box::new(server)));
        error.correlation_id = error.correlation_id.or(trace_id);
        is_reported.then_some(error)
    }

    fn api_error(&self, kind: ApiErrorKind) -> ApiError {
        let header = |name: &str| self.headers.get(name)?.to_str().ok().filter(|value| !value.is_empty());
        let seconds = header("retry-after").and_then(|wait| wait.parse::<u64>().ok());
        ApiError {
            kind,
            status: self.status,
            correlation_id: CORRELATION_HEADERS.into_iter().find_map(header).map(|id| self.redacted(id)),
            // The limit lets a caller add it to a time without overflow.
            retry_after: seconds.map(|seconds| Duration::from_secs(seconds.min(u32::MAX.into()))),
        }
    }

    /// Returns whether the body is an HTML page, which a proxy may send.
    pub(super) fn is_page(&self) -> bool {
        let body = self.body.trim_ascii_start();
        let starts_with =
            |text: &str| body.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text.as_bytes()));
        starts_with("<!doctype html") || starts_with("<html")
    }

    /// Returns the part of a body without JSON that can contain no secret: the title of a page, or a short text without a
    /// value.
    fn excerpt(&self) -> Option<String> {
        let text = std::str::from_utf8(self.body).ok()?.trim();
        if self.is_page() {
            let title = title(text).map(|title| format!(", `{}`", self.short(title)));
            return Some(format!("a page{}", title.unwrap_or_default()));
        }
        let is_plain = text.len() <= MAX_TEXT_LEN
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !text.contains(['=', '"', '<', '{', '%']);
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
        let is_code = text.len() < 64 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if is_code { text.to_owned() } else { self.redacted(text) }
    }
}

/// Returns the title of an HTML page.
fn title(page: &str) -> Option<&str> {
    let find = |text: &str, from: usize| page[from..].to_ascii_lowercase().find(text).map(|at| from + at);
    let start = find("<title>", 0)? + "<title>".len();
    Some(&page[start..find("</title>", start)?])
}

/// Returns the details of an error as plain text: their `reason`, or all of them.
fn reason(details: &Json) -> Option<String> {
    let text = match &details.0 {
        Value::Object(fields) => fields.get("reason").map_or_else(|| to_plain_text(&details.0), to_plain_text),
        other => to_plain_text(other),
    };
    Some(text).filter(|text| !text.is_empty())
}

fn to_plain_text(value: &Value) -> String {
    let join = |texts: Vec<String>, by: &str| texts.join(by);
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => join(items.iter().map(to_plain_text).collect(), ", "),
        Value::Object(fields) => {
            join(fields.iter().map(|(name, value)| format!("{name}: {}", to_plain_text(value))).collect(), "; ")
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
