//! What an answer tells of itself: the error in it, and whatever else came in its place.

use std::time::Duration;

use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::api_error::{ApiError, ApiErrorKind};
use super::json::{Json, Unexpected};
use super::redaction::Redaction;
use crate::server_error::{Escaped, ServerError};

/// An answer, whatever it holds.
pub(super) struct ResponseView<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a [u8],
    redaction: &'a Redaction,
}

/// Where TrueLayer's answers have their id.
const CORRELATION: [&str; 3] = ["x-tl-correlation-id", "tl-trace-id", "x-request-id"];

/// How much is kept of each text of an error, in characters.
const LONGEST_TEXT: usize = 1000;

/// How much is shown of what is no JSON, in characters.
const LONGEST_EXCERPT: usize = 80;

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

    /// An answer that is not what belongs there.
    pub(super) fn unexpected(&self, unexpected: Unexpected) -> ApiError {
        let Unexpected(mut what) = unexpected;
        if let Some(excerpt) = self.excerpt() {
            what = format!("{what}, found {excerpt}");
        }
        self.api_error(ApiErrorKind::Unexpected(what))
    }

    /// The error that the server reports in `json`, if it does: under any status as RFC 6749 §5.2 has it, else as RFC 9457, or as
    /// gateways do.
    pub(super) fn error(&self, json: &mut Json) -> Option<ApiError> {
        let is_none = |value: &Json| matches!(&value.0, Value::Bool(false) | Value::Null) || value.0 == "";
        let error = match json.take("error").ok().flatten().filter(|value| !is_none(value)) {
            Some(value) => match value.into_text("error") {
                Ok(error) => Some(self.code(&error)),
                Err(unexpected) => return Some(self.unexpected(unexpected)),
            },
            None if self.status.is_success() => return None,
            None => None,
        };
        let mut text = |name| json.optional(name).map(|text| self.shown(&text));
        let description = ["error_description", "detail", "message"].into_iter().find_map(&mut text);
        let (title, uri, trace_id) = (text("title"), text("error_uri"), text("trace_id"));
        let is_told = error.is_some() || title.is_some() || description.is_some();
        let error = error.or(title).unwrap_or_else(|| self.status.to_string());
        let details = ["error_details", "errors"].into_iter().find_map(|name| json.take(name).ok().flatten());
        let details = details.map(|mut details| {
            details.each_text(&|text| *text = self.redaction.of(text));
            details
        });
        let server = ServerError {
            error,
            description,
            reason: details.as_ref().and_then(reason).map(|reason| self.shown(&reason)),
            uri,
            details: details.and_then(|details| String::from_utf8(details.to_vec()).ok()),
        };
        let mut error = self.api_error(ApiErrorKind::Server(Box::new(server)));
        error.correlation_id = error.correlation_id.or(trace_id);
        is_told.then_some(error)
    }

    fn api_error(&self, kind: ApiErrorKind) -> ApiError {
        let header = |name: &str| self.headers.get(name)?.to_str().ok().filter(|value| !value.is_empty());
        let seconds = header("retry-after").and_then(|wait| wait.parse::<u64>().ok());
        ApiError {
            kind,
            status: self.status,
            correlation_id: CORRELATION.into_iter().find_map(header).map(|id| self.shown(id)),
            // A caller adds it to its clock.
            retry_after: seconds.map(|seconds| Duration::from_secs(seconds.min(u32::MAX.into()))),
        }
    }

    /// Whether a page came instead, as proxies send it.
    pub(super) fn is_page(&self) -> bool {
        let body = self.body.trim_ascii_start();
        let begins =
            |text: &str| body.get(..text.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(text.as_bytes()));
        begins("<!doctype html") || begins("<html")
    }

    /// What came in place of JSON, as far as it can hold no secret: the title of a page, or a short text without a value in it.
    fn excerpt(&self) -> Option<String> {
        let text = std::str::from_utf8(self.body).ok()?.trim();
        if self.is_page() {
            let title = title(text).map(|title| format!(", `{}`", self.short(title)));
            return Some(format!("a page{}", title.unwrap_or_default()));
        }
        let is_plain = text.len() <= LONGEST_TEXT
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !text.contains(['=', '"', '<', '{', '%']);
        (is_plain && !self.status.is_success()).then(|| format!("`{}`", self.short(text)))
    }

    fn short(&self, text: &str) -> String {
        let text = self.redaction.of(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        Escaped(&text.chars().take(LONGEST_EXCERPT).collect::<String>()).to_string()
    }

    /// A text that came from elsewhere, as an error may show it.
    fn shown(&self, text: &str) -> String {
        self.redaction.of(text).chars().take(LONGEST_TEXT).collect()
    }

    /// The code of an error. What is spelled like one is one: applications branch on it.
    fn code(&self, text: &str) -> String {
        let is_code = text.len() < 64 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if is_code { text.to_owned() } else { self.shown(text) }
    }
}

/// The title of a page.
fn title(page: &str) -> Option<&str> {
    let at = |text: &str, from: usize| page[from..].to_ascii_lowercase().find(text).map(|at| from + at);
    let start = at("<title>", 0)? + "<title>".len();
    Some(&page[start..at("</title>", start)?])
}

/// What the details of an error say in words: their `reason`, or all that there is.
fn reason(details: &Json) -> Option<String> {
    let text = match &details.0 {
        Value::Object(fields) => fields.get("reason").map_or_else(|| in_words(&details.0), in_words),
        other => in_words(other),
    };
    Some(text).filter(|text| !text.is_empty())
}

fn in_words(value: &Value) -> String {
    let join = |texts: Vec<String>, by: &str| texts.join(by);
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => join(items.iter().map(in_words).collect(), ", "),
        Value::Object(fields) => {
            join(fields.iter().map(|(name, value)| format!("{name}: {}", in_words(value))).collect(), "; ")
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
