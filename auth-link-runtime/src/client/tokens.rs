//! The tokens of one connection, from a response of the token endpoint.

use std::fmt;
use std::time::{Duration, SystemTime};

use auth_link_rules::Untrusted;
use serde_json::Value;

use super::credential::{AccessToken, RefreshToken};
use super::json::Json;
use super::unexpected::Unexpected;

/// A successful response of the token endpoint (RFC 6749 §5.1).
#[derive(Clone)]
#[non_exhaustive]
#[must_use]
pub struct Tokens {
    /// The access token for the Data API.
    pub access_token: AccessToken,
    /// The refresh token, if the scope `offline_access` was granted. Store it in place of the previous one.
    ///
    /// If a refresh returned no new one, this is the one that was used.
    pub refresh_token: Option<RefreshToken>,
    /// The lifetime of the access token, counted from the response. TrueLayer's default is an hour; a bank may set less. `None`
    /// if the response has none that can be read.
    pub expires_in: Option<Duration>,
    scope: Option<String>,
    requested_scope: Option<String>,
}

/// The values of a request that complete the tokens in its response.
#[derive(Default)]
pub(super) struct TokenContext {
    /// The scopes of the link.
    pub(super) requested_scope: Option<String>,
    /// The scopes in the callback.
    pub(super) callback_scope: Option<String>,
    /// The refresh token of the request.
    pub(super) refresh_token: Option<RefreshToken>,
    /// Whether the response may omit `token_type`, which is then `Bearer`.
    pub(super) is_bearer: bool,
}

impl Tokens {
    /// Returns the time at which the access token expires. `now` is the time of the response.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::{Duration, SystemTime};
    ///
    /// use auth_link::client::Tokens;
    ///
    /// /// Returns the time of the next refresh: a minute before the token expires.
    /// fn refresh_at(tokens: &Tokens) -> Option<SystemTime> {
    ///     tokens.expires_at(SystemTime::now())?.checked_sub(Duration::from_secs(60))
    /// }
    /// ```
    #[must_use]
    pub fn expires_at(&self, now: SystemTime) -> Option<SystemTime> {
        now.checked_add(self.expires_in?)
    }

    /// Returns the granted scopes, separated by spaces.
    ///
    /// They come from the response, or else from the callback, or else from the link. Those of the callback passed through the
    /// user's browser. Returns `None` after a refresh without scopes in the response: the scopes have not changed.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::Tokens;
    ///
    /// fn has_balance(tokens: &Tokens) -> bool {
    ///     tokens.scope().is_some_and(|scope| scope.split(' ').any(|word| word == "balance"))
    /// }
    /// ```
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// Returns the scopes that the link requests and that were not granted.
    ///
    /// There are none if the link is unknown, as after a refresh.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::Tokens;
    ///
    /// /// Returns a text for the user, who granted less than the link requests.
    /// fn notice(tokens: &Tokens) -> Option<String> {
    ///     let missing: Vec<_> = tokens.missing_scopes().collect();
    ///     (!missing.is_empty()).then(|| format!("Your bank does not share: {}", missing.join(", ")))
    /// }
    /// ```
    pub fn missing_scopes(&self) -> impl Iterator<Item = &str> {
        let has =
            |word: &str| self.scope.as_deref().is_none_or(|scope| scope.split(' ').any(|granted| granted == word));
        let is_granted = move |word: &str| has(word) || (word == OFFLINE_ACCESS && self.refresh_token.is_some());
        let requested = self.requested_scope.as_deref().unwrap_or_default();
        requested.split(' ').filter(move |word| !word.is_empty() && !is_granted(word))
    }

    /// Reads the tokens. Only the access token and its type are required: without another member, the tokens still work.
    pub(super) fn read(json: Result<Json, Unexpected>, context: TokenContext) -> Result<Self, Unexpected> {
        let mut json = json?;
        let access_token =
            AccessToken::new(json.required("access_token")?).map_err(|error| Unexpected(error.to_string()))?;
        match json.text("token_type")? {
            Some(kind) if kind.eq_ignore_ascii_case("bearer") => {}
            None if context.is_bearer => {}
            None => return Err(Unexpected("missing `token_type`".to_owned())),
            Some(_) => return Err(Unexpected("expected `Bearer` for `token_type`, found another text".to_owned())),
        }
        let refresh_token = json.optional("refresh_token").and_then(|token| RefreshToken::new(token).ok());
        Ok(Self {
            access_token,
            refresh_token: refresh_token.or(context.refresh_token),
            expires_in: json.optional_json("expires_in").and_then(|value| lifetime(&value)),
            scope: json
                .optional_json("scope")
                .and_then(|value| scope(&value))
                .or(context.callback_scope)
                .or_else(|| context.requested_scope.clone()),
            requested_scope: context.requested_scope,
        })
    }
}

/// Returns a number of seconds, which some servers write as text. A larger number becomes the maximum.
fn lifetime(value: &Json) -> Option<Duration> {
    let is_numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let seconds = match &value.0 {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => Some(text.trim()).filter(|text| is_numeric(text)).and_then(|text| text.parse().ok()),
        _ => None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    let seconds = seconds.filter(|seconds| *seconds >= 0.0)? as u32;
    Some(Duration::from_secs(seconds.into()))
}

/// Returns the scopes, separated by spaces. Some servers write them as a list.
fn scope(value: &Json) -> Option<String> {
    let words: Vec<&str> = match &value.0 {
        Value::String(text) => text.split_whitespace().collect(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).flat_map(str::split_whitespace).collect(),
        _ => Vec::new(),
    };
    Some(words.join(" ")).filter(|words| !words.is_empty())
}

const OFFLINE_ACCESS: &str = "offline_access";

#[cfg(feature = "serde")]
crate::serde_fields::serde_fields!(Tokens {
    access_token: required,
    refresh_token: optional,
    expires_in: optional,
    scope: optional,
    requested_scope: optional,
});

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope().map(|scope| Untrusted::new(scope).to_string()))
            .field("has_refresh_token", &self.refresh_token.is_some())
            .finish_non_exhaustive()
    }
}
