//! The requests that a client sent, and assertions on them.

use std::collections::VecDeque;
use std::fmt;
use std::ops::Deref;

use crate::endpoint::Endpoint;

/// A request that a client sent. [`Debug`](fmt::Debug) shows no secret, and assertions show none.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedRequest {
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) status: u16,
}

/// The fields and headers whose values are secret.
const SECRET: [&str; 12] = [
    "access_token",
    "authorization",
    "client_secret",
    "code",
    "code_challenge",
    "code_verifier",
    "cookie",
    "password",
    "refresh_token",
    "state",
    "user",
    "user_email",
];

impl ReceivedRequest {
    /// Returns the endpoint, unless the path is none of TrueLayer's.
    #[must_use]
    pub fn endpoint(&self) -> Option<Endpoint> {
        self.endpoint
    }

    /// Returns the method, such as `POST`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the path without its query, such as `/connect/token`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the first value of a field in the query, the form or the JSON object, such as `grant_type`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        find(&self.fields, name)
    }

    /// Returns the first value of a header by its name in lowercase, such as `x-psu-ip`.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// Asserts that a field has this value.
    ///
    /// # Panics
    ///
    /// Panics if it is missing or has another value. The message shows the difference, without secrets.
    #[track_caller]
    #[expect(clippy::must_use_candidate, reason = "it returns the request for another assertion")]
    pub fn assert_field(&self, name: &str, expected: &str) -> &Self {
        self.assert("field", name, self.field(name), expected)
    }

    /// Asserts that a header has this value.
    ///
    /// # Panics
    ///
    /// Panics if it is missing or has another value. The message shows the difference, without secrets.
    #[track_caller]
    #[expect(clippy::must_use_candidate, reason = "it returns the request for another assertion")]
    pub fn assert_header(&self, name: &str, expected: &str) -> &Self {
        self.assert("header", name, self.header(name), expected)
    }

    #[track_caller]
    fn assert(&self, kind: &str, name: &str, found: Option<&str>, expected: &str) -> &Self {
        if found != Some(expected) {
            let found = found.map_or_else(|| "none".to_owned(), |found| shown(name, found));
            panic!("expected {} for the {kind} `{name}`, found {found} in:\n  {self:?}", shown(name, expected));
        }
        self
    }

    /// Returns each field or header as its name and a value that may be shown.
    pub(crate) fn shown_fields(&self) -> impl Iterator<Item = (&str, String)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), shown(name, value)))
    }

    pub(crate) fn shown_headers(&self) -> impl Iterator<Item = (&str, String)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), shown(name, value)))
    }

    fn size(&self) -> usize {
        let texts = self.fields.iter().chain(&self.headers).map(|(name, value)| name.len() + value.len() + 64);
        256 + self.path.len() + texts.sum::<usize>()
    }
}

fn find<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    fields.iter().find(|field| field.0 == name).map(|field| field.1.as_str())
}

/// Returns a value as text for people: a secret by its length alone.
fn shown(name: &str, value: &str) -> String {
    if SECRET.contains(&name.to_ascii_lowercase().as_str()) {
        return format!("[redacted, {} bytes]", value.len());
    }
    let mut text: String = value.chars().take(200).collect();
    if text.len() < value.len() {
        text.push('…');
    }
    format!("`{}`", text.escape_debug())
}

impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} -> {}", self.method, self.path.escape_debug(), self.status)?;
        for (name, value) in self.shown_fields() {
            write!(f, ", {} = {value}", name.escape_debug())?;
        }
        for (name, value) in self.shown_headers() {
            write!(f, ", {name}: {value}")?;
        }
        Ok(())
    }
}

/// The requests that a client sent, the oldest first. Dereferences to a slice.
#[derive(Clone, PartialEq, Eq)]
pub struct Requests(pub(crate) Vec<ReceivedRequest>);

impl Requests {
    /// Returns the requests of an endpoint.
    #[must_use]
    pub fn of(&self, endpoint: Endpoint) -> Vec<&ReceivedRequest> {
        self.iter().filter(|request| request.endpoint == Some(endpoint)).collect()
    }

    /// Asserts that an endpoint received one request, and returns it.
    ///
    /// # Panics
    ///
    /// Panics if it received another number of requests. The message lists all requests, without secrets.
    #[track_caller]
    #[must_use]
    pub fn assert_one(&self, endpoint: Endpoint) -> &ReceivedRequest {
        self.assert_count(endpoint, 1);
        self.of(endpoint)[0]
    }

    /// Asserts that an endpoint received this number of requests.
    ///
    /// # Panics
    ///
    /// Panics if it received another number. The message lists all requests, without secrets.
    #[track_caller]
    pub fn assert_count(&self, endpoint: Endpoint, expected: usize) {
        let found = self.of(endpoint).len();
        assert!(found == expected, "expected {expected} requests of `{endpoint}`, found {found} in:\n{self:?}");
    }
}

impl Deref for Requests {
    type Target = [ReceivedRequest];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl fmt::Debug for Requests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("  (no request)");
        }
        for (index, request) in self.iter().enumerate() {
            let line = if index == 0 { "" } else { "\n" };
            write!(f, "{line}  {request:?}")?;
        }
        Ok(())
    }
}

/// The newest requests of a server, within a limit of memory.
#[derive(Default)]
pub(crate) struct Journal {
    requests: VecDeque<ReceivedRequest>,
    size: usize,
}

/// The most bytes of all recorded requests.
const CAPACITY: usize = 16 * 1024 * 1024;

impl Journal {
    pub(crate) fn add(&mut self, request: ReceivedRequest) {
        self.size += request.size();
        self.requests.push_back(request);
        while self.size > CAPACITY
            && let Some(oldest) = self.requests.pop_front()
        {
            self.size -= oldest.size();
        }
    }

    pub(crate) fn all(&self) -> Requests {
        Requests(self.requests.iter().cloned().collect())
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(fields: &[(&str, &str)]) -> ReceivedRequest {
        ReceivedRequest {
            endpoint: Some(Endpoint::Token),
            method: "POST".to_owned(),
            path: "/connect/token".to_owned(),
            fields: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            headers: vec![("authorization".to_owned(), "Basic aHVzaA".to_owned())],
            status: 200,
        }
    }

    #[test]
    fn the_debug_form_of_a_request_shows_no_secret() {
        let request = request(&[("grant_type", "refresh_token"), ("refresh_token", "hush"), ("client_secret", "hush")]);
        let text = format!("{request:?}");
        assert!(!text.contains("hush") && !text.contains("aHVzaA"), "{text}");
        assert_eq!(
            text,
            "POST /connect/token -> 200, grant_type = `refresh_token`, refresh_token = [redacted, 4 bytes], \
             client_secret = [redacted, 4 bytes], authorization: [redacted, 12 bytes]"
        );
        assert_eq!(request.field("refresh_token"), Some("hush"));
    }

    #[test]
    #[should_panic(expected = "expected `authorization_code` for the field `grant_type`, found `refresh_token` in")]
    fn a_failed_assertion_names_the_difference() {
        request(&[("grant_type", "refresh_token")]).assert_field("grant_type", "authorization_code");
    }

    #[test]
    #[should_panic(expected = "expected 1 requests of `token`, found 2 in:\n  POST /connect/token -> 200")]
    fn a_wrong_number_of_requests_lists_them() {
        let _ = Requests(vec![request(&[]), request(&[])]).assert_one(Endpoint::Token);
    }

    #[test]
    fn a_full_journal_drops_its_oldest_requests() {
        let mut journal = Journal::default();
        let long = "a".repeat(1024 * 1024);
        for _ in 0..40 {
            journal.add(request(&[("a", &long)]));
        }
        assert_eq!((journal.all().len(), journal.size <= CAPACITY), (15, true));
    }

    #[test]
    fn a_long_value_is_cut_after_200_characters() {
        let text = |length: usize| shown("a", &"é".repeat(length));
        assert_eq!(text(200), format!("`{}`", "é".repeat(200)));
        assert_eq!(text(201), format!("`{}…`", "é".repeat(200)));
    }

    #[test]
    fn the_size_of_a_request_is_that_of_its_texts_and_of_their_places() {
        // The path, and the header with its value.
        let fixed = 256 + 14 + (13 + 12 + 64);
        assert_eq!(request(&[]).size(), fixed);
        assert_eq!(request(&[("ab", "cde"), ("f", "")]).size(), fixed + (2 + 3 + 64) + (1 + 64));
    }

    #[test]
    fn a_journal_is_full_beyond_16_mebibytes() {
        let mut journal = Journal::default();
        let rest = (16 << 20) - 2 * request(&[]).size() - (1 + 64);
        journal.add(request(&[("a", &"a".repeat(rest))]));
        journal.add(request(&[]));
        assert_eq!((journal.all().len(), journal.size), (2, 16 << 20));
        journal.add(request(&[]));
        assert_eq!((journal.all().len(), journal.size), (2, 2 * request(&[]).size()));
    }
}
