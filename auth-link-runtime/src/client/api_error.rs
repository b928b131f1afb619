//! Why an answer of TrueLayer's brought nothing.

use std::fmt;
use std::time::Duration;

use auth_link_rules::encode;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use zeroize::Zeroizing;

use super::json::{Json, Unexpected};
use crate::ServerError;
use crate::server_error::Escaped;

/// Why an answer brought nothing: what it is, the status that it came with, and the id by which TrueLayer's support finds it.
///
/// Its texts show nothing of what the request held, and no token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// What went wrong.
    pub kind: ApiErrorKind,
    status: StatusCode,
    correlation_id: Option<String>,
    retry_after: Option<Duration>,
}

/// What went wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// The server reports an error (RFC 6749 §5.2, RFC 9457). The set of codes is open; `invalid_grant` means that the user has to
    /// sign in anew.
    Server(Box<ServerError>),
    /// The answer leads elsewhere. What the request held must not go there.
    Redirect,
    /// The answer is longer than [`Answer::limit`](super::Answer::limit).
    TooLong,
    /// The answer is not what TrueLayer answers: `missing …`, `expected … for …, found …`, and how it begins where that is no
    /// JSON.
    Unexpected(String),
}

impl ApiError {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The id under which TrueLayer's support finds the request, where the answer has one.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.correlation_id.as_deref()
    }

    /// How long the server asks to wait, where it says so in seconds (RFC 9110 §10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// What the server reports, if it reports an error.
    #[must_use]
    pub fn server(&self) -> Option<&ServerError> {
        match &self.kind {
            ApiErrorKind::Server(server) => Some(server),
            _ => None,
        }
    }

    /// Whether the same request may succeed later: the server is overloaded or broken, or asks to wait.
    ///
    /// An authorization code is for one use: if its exchange may have arrived, a second one is refused and the user has to sign in
    /// anew.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.advice() == Advice::Wait
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> Advice {
        let code = self.server().map_or("", ServerError::error);
        match (code, self.status.as_u16()) {
            ("temporarily_unavailable" | "server_error" | "internal_server_error", _)
            | (_, 408 | 425 | 429 | 500 | 502 | 503 | 504) => Advice::Wait,
            ("invalid_grant" | "access_denied" | "sca_exceeded", _) => Advice::SignIn,
            ("invalid_token", _) | ("unauthorized" | "", 401) => Advice::Renew,
            _ => Advice::GiveUp,
        }
    }
}

/// What to do about an error of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Advice {
    /// Renew access ([`Client::refresh`](super::Client::refresh)), and ask again: the access token is no longer valid.
    Renew,
    /// Let the user sign in anew, or extend the connection ([`Client::extend`](super::Client::extend)): the consent has ended, or the
    /// bank wants the user to be there.
    SignIn,
    /// Ask again later: a server is overloaded or broken, or the bank has been asked too often.
    Wait,
    /// The same request will not succeed: it is wrong, or asks for what there is not.
    GiveUp,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ApiErrorKind::Server(server) => write!(f, "error from TrueLayer: {server}")?,
            ApiErrorKind::Redirect => f.write_str("unexpected redirect: the request is for no other address")?,
            ApiErrorKind::TooLong => f.write_str("answer longer than its limit")?,
            ApiErrorKind::Unexpected(what) => write!(f, "unexpected answer: {what}")?,
        }
        write!(f, " (status {}", self.status.as_u16())?;
        if let Some(id) = &self.correlation_id {
            write!(f, ", correlation id {}", Escaped(id))?;
        }
        f.write_str(")")
    }
}

impl std::error::Error for ApiError {}

/// What an answer tells, whatever it holds.
pub(super) struct Told<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a [u8],
    secrets: &'a [Zeroizing<String>],
}

/// Where TrueLayer's answers have their id.
const CORRELATION: [&str; 3] = ["x-tl-correlation-id", "tl-trace-id", "x-request-id"];

/// How much is kept of each text of an error, in characters.
const LONGEST_TEXT: usize = 1000;

/// How much is shown of what is no JSON, in characters.
const LONGEST_EXCERPT: usize = 80;

impl<'a> Told<'a> {
    pub(super) fn new(parts: &'a Parts, body: &'a [u8], secrets: &'a [Zeroizing<String>]) -> Self {
        Self { status: parts.status, headers: &parts.headers, body, secrets }
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
            what = format!("{what}, found `{}`", Escaped(&excerpt));
        }
        self.api_error(ApiErrorKind::Unexpected(what))
    }

    /// The error that the server reports in `json`, if it does: under any status as RFC 6749 §5.2 has it, else as RFC 9457.
    pub(super) fn error(&self, json: &mut Json) -> Option<ApiError> {
        if !json.is_object() {
            return None;
        }
        let error = match json.text("error") {
            Ok(error) => error.filter(|error| !error.is_empty()),
            Err(unexpected) => return Some(self.unexpected(unexpected)),
        };
        let (description, details) = match error {
            Some(_) => ("error_description", "error_details"),
            None if self.status.is_success() => return None,
            None => ("detail", "errors"),
        };
        let mut text = |name| json.text(name).ok().flatten().map(|text| self.without_secrets(&text));
        let error = error.map(|error| self.without_secrets(&error)).or_else(|| text("title"))?;
        let (description, uri, trace_id) = (text(description), text("error_uri"), text("trace_id"));
        let mut details = json.take(details).ok().flatten();
        let reason = details.as_mut().and_then(|details| details.text("reason").ok().flatten());
        let server = ServerError {
            error,
            description,
            reason: reason.as_ref().map(|reason| self.without_secrets(reason)),
            uri,
            details: details.map(|details| self.without_secrets(&String::from_utf8_lossy(&details.to_vec()))),
        };
        let mut error = self.api_error(ApiErrorKind::Server(Box::new(server)));
        error.correlation_id = error.correlation_id.or(trace_id);
        Some(error)
    }

    fn api_error(&self, kind: ApiErrorKind) -> ApiError {
        let header = |name: &str| self.headers.get(name)?.to_str().ok();
        ApiError {
            kind,
            status: self.status,
            correlation_id: CORRELATION.into_iter().find_map(header).map(|id| self.without_secrets(id)),
            retry_after: header("retry-after").and_then(|wait| wait.parse().ok()).map(Duration::from_secs),
        }
    }

    /// The first words of an answer that is a page or a line of text. What begins like JSON may hold a token, and what came with
    /// success is not shown unless it is a page.
    fn excerpt(&self) -> Option<String> {
        let body = self.body.trim_ascii_start();
        let is_page = body.starts_with(b"<");
        let is_text = body.first().is_some_and(u8::is_ascii_alphabetic) && !self.status.is_success();
        if !is_page && !is_text {
            return None;
        }
        let begins = String::from_utf8_lossy(&body[..body.len().min(4 * LONGEST_TEXT)]);
        let words = self.without_secrets(&without_tags(&begins));
        let words: Vec<_> = words.split_whitespace().collect();
        Some(words.join(" ").chars().take(LONGEST_EXCERPT).collect())
    }

    /// The first characters of a text that came from elsewhere, without what the request held.
    fn without_secrets(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in self.secrets {
            let mut encoded = String::new();
            encode(secret, &mut encoded);
            text = text.replace(secret.as_str(), "[redacted]").replace(&encoded, "[redacted]");
        }
        text.chars().take(LONGEST_TEXT).collect()
    }
}

/// The text of a page, its tags left out.
fn without_tags(page: &str) -> String {
    page.split('<').enumerate().fold(String::new(), |mut text, (index, part)| {
        let shown = if index == 0 { Some(part) } else { part.split_once('>').map(|(_, shown)| shown) };
        text.push(' ');
        text.push_str(shown.unwrap_or_default());
        text
    })
}
