//! The tokens of one connection, from a response of the token endpoint.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use auth_link_rules::Untrusted;

use super::credential::{AccessToken, RefreshToken};
use super::error_members::IsError;
use super::json_reader::{ReadError, Reader, Text, Value};
use super::object::{Item, Member, Object, members, read_value};
use super::unexpected::Unexpected;
use crate::secret::SecretText;

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
    pub(super) fn read(text: &str, context: TokenContext) -> Result<Self, Unexpected> {
        let Item(members) = read_value::<Item<TokenMembers>>(text)?;
        let TokenMembers { access_token, token_type, refresh_token, expires_in, scope, is_error } = members?;
        if is_error.0 {
            // The caller reads the error.
            return Err(Unexpected("expected tokens, found `error`".to_owned()));
        }
        let access_token =
            AccessToken::new(access_token.required("access_token")?).map_err(|error| Unexpected(error.to_string()))?;
        match token_type.take("token_type")? {
            Some(kind) if kind.eq_ignore_ascii_case("bearer") => {}
            None if context.is_bearer => {}
            None => return Err(Unexpected("missing `token_type`".to_owned())),
            Some(_) => return Err(Unexpected("expected `Bearer` for `token_type`, found another text".to_owned())),
        }
        let refresh_token = refresh_token.take("refresh_token").ok().flatten();
        Ok(Self {
            access_token,
            refresh_token: refresh_token.and_then(|token| RefreshToken::new(token).ok()).or(context.refresh_token),
            expires_in: expires_in.0,
            scope: scope.0.or(context.callback_scope).or_else(|| context.requested_scope.clone()),
            requested_scope: context.requested_scope,
        })
    }
}

/// The members of a response of the token endpoint.
struct TokenMembers {
    access_token: TokenText,
    token_type: TokenText,
    refresh_token: TokenText,
    expires_in: Lifetime,
    scope: Scope,
    is_error: IsError,
}

impl Object for TokenMembers {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            access_token: TokenText,
            expires_in: Lifetime,
            token_type: TokenText,
            refresh_token: TokenText,
            scope: Scope,
            is_error: IsError = "error",
        });
        Ok(Ok(Self { access_token, token_type, refresh_token, expires_in, scope, is_error }))
    }
}

/// A text that may be secret. It is wiped on drop.
#[derive(Default)]
pub(super) enum TokenText {
    #[default]
    Missing,
    Text(SecretText),
    Other(&'static str),
}

/// The text in place of one that cannot be decoded. No token contains it.
const UNREADABLE: &str = "\u{fffd}";

impl TokenText {
    /// Returns the text of the member `name`, which has to be there.
    pub(super) fn required(self, name: &str) -> Result<String, Unexpected> {
        match self.take(name)? {
            Some(text) if !text.is_empty() => Ok(text),
            Some(_) => Err(Unexpected(format!("empty `{name}`"))),
            None => Err(Unexpected(format!("missing `{name}`"))),
        }
    }

    /// Returns the text of the member `name`; `None` if it is missing.
    fn take(self, name: &str) -> Result<Option<String>, Unexpected> {
        match self {
            Self::Missing => Ok(None),
            Self::Text(mut text) => Ok(Some(std::mem::take(&mut *text))),
            Self::Other(kind) => Err(Unexpected(format!("expected text for `{name}`, found {kind}"))),
        }
    }
}

impl Member for TokenText {
    #[inline]
    fn text(text: Text<'_>, _: &mut Reader<'_>) -> Result<Self, ReadError> {
        Ok(Self::Text(SecretText::from(text.decode().map_or_else(|_| UNREADABLE.to_owned(), Cow::into_owned))))
    }

    fn other(kind: &'static str) -> Self {
        if kind == "null" { Self::Missing } else { Self::Other(kind) }
    }
}

/// A number of seconds, which some servers write as text. A larger number becomes the maximum.
#[derive(Default)]
struct Lifetime(Option<Duration>);

impl Lifetime {
    fn new(seconds: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
        let duration = |seconds: f64| Duration::from_secs((seconds as u32).into());
        Self(Some(seconds).filter(|seconds| *seconds >= 0.0).map(duration))
    }
}

impl Member for Lifetime {
    fn text(text: Text<'_>, _: &mut Reader<'_>) -> Result<Self, ReadError> {
        let is_numeric = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        let text = text.word();
        let seconds = Some(text.trim()).filter(is_numeric).and_then(|text| text.parse().ok());
        Ok(seconds.map_or(Self(None), Self::new))
    }

    fn number(number: &str) -> Self {
        // A number such as `1e999` is out of range.
        number.parse().ok().filter(|seconds: &f64| seconds.is_finite()).map_or(Self(None), Self::new)
    }

    fn other(_: &'static str) -> Self {
        Self(None)
    }
}

/// The scopes, separated by spaces; `None` without any. Some servers write them as a list.
#[derive(Default)]
struct Scope(Option<String>);

impl Scope {
    /// Adds the words of a text.
    fn push(&mut self, text: &str) {
        for word in text.split_whitespace() {
            let words = self.0.get_or_insert_with(|| String::with_capacity(text.len()));
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
    }
}

impl Member for Scope {
    fn text(text: Text<'_>, _: &mut Reader<'_>) -> Result<Self, ReadError> {
        let text = text.decode().unwrap_or_default();
        // Most texts have single spaces between words of ASCII, as the result has.
        let (is_plain, last) = text.bytes().fold((true, b' '), |(is_plain, before), byte| {
            (is_plain && (byte.is_ascii_graphic() || (byte == b' ' && before != b' ')), byte)
        });
        if is_plain && last != b' ' {
            return Ok(Self(Some(text.into_owned())));
        }
        let mut scope = Self(None);
        scope.push(&text);
        Ok(scope)
    }

    fn list(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        let mut scope = Self(None);
        let mut has_item = reader.begin();
        while has_item {
            let Self(words) = match reader.value()? {
                Value::Text(text) => Self::text(text, reader)?,
                Value::Object | Value::List => {
                    reader.skip()?;
                    Self(None)
                }
                _ => Self(None),
            };
            scope.push(&words.unwrap_or_default());
            has_item = reader.next_item()?;
        }
        Ok(scope)
    }

    fn other(_: &'static str) -> Self {
        Self(None)
    }
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
