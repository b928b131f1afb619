//! The callback: its parameters, and the errors of a callback without an authorization code.

use std::borrow::Cow;
use std::fmt;

use auth_link_rules::{CALLBACK_PARAMETERS, decode, decode_into, is_well_formed, pairs};

use crate::pending_key::PendingKey;
use crate::secret::{SecretText, are_equal};
use crate::server_error::ServerError;

/// The parameters of a callback: the query or the form with which the browser returns (RFC 6749 §4.1.2).
///
/// It has a state, and each known parameter at most once. [`PendingAuthorization::finish`] compares the state and returns the
/// code. Its `Debug` shows no values.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::Callback;
///
/// let callback = Callback::from_query("code=c1&state=s1&scope=accounts")?;
/// let key = callback.key(); // the key of the `PendingAuthorization` in this browser's session
/// # Ok::<(), auth_link::CallbackError>(())
/// ```
///
/// [`PendingAuthorization::finish`]: crate::PendingAuthorization::finish
#[must_use]
pub struct Callback<'q> {
    /// The percent-encoded values, in the order of [`CALLBACK_PARAMETERS`]. Each is well-formed.
    values: Values<'q>,
}

type Values<'q> = [Option<&'q [u8]>; CALLBACK_PARAMETERS.len()];

/// Returns the index of a parameter in [`CALLBACK_PARAMETERS`], at compile time.
const fn index_of(name: &str) -> usize {
    let mut index = 0;
    while !are_same(CALLBACK_PARAMETERS[index].as_bytes(), name.as_bytes()) {
        index += 1;
    }
    index
}

const fn are_same(a: &[u8], b: &[u8]) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() && a[index] == b[index] {
        index += 1;
    }
    index == a.len() && index == b.len()
}

const CODE: usize = index_of("code");
const STATE: usize = index_of("state");
const SCOPE: usize = index_of("scope");
const ERROR: usize = index_of("error");
const ISS: usize = index_of("iss");

/// The length limit of a callback, in bytes.
const MAX_LEN: usize = 64 * 1024;

impl<'q> Callback<'q> {
    /// Parses the query of the URL that the browser returned to, with or without its `?`.
    ///
    /// Unknown parameters are ignored, whatever bytes they contain.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the query is longer than 64 KiB;
    /// - a known parameter is duplicate, even with the same value;
    /// - a known parameter is malformed;
    /// - the state is missing or empty. An `error` without a state is a separate error, since TrueLayer's cancellation page may
    ///   send it.
    pub fn from_query<Q: AsRef<[u8]> + ?Sized>(query: &'q Q) -> Result<Self, CallbackError> {
        Self::parse(|values| read(without_question_mark(query.as_ref()), values))
    }

    /// Parses the body of the form that the browser posted (`response_mode = form_post`).
    ///
    /// `query` is the query of the URL that the form was posted to. It is empty unless the redirect URI has a query.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the body is invalid, as in [`from_query`](Self::from_query);
    /// - the query contains a duplicate or malformed parameter;
    /// - both the query and the body contain known parameters.
    pub fn from_form<Q: AsRef<[u8]> + ?Sized, B: AsRef<[u8]> + ?Sized>(
        query: &Q,
        body: &'q B,
    ) -> Result<Self, CallbackError> {
        let mut query_values = Values::default();
        Self::parse(|values| {
            read(body.as_ref(), values)?;
            read(without_question_mark(query.as_ref()), &mut query_values)?;
            let is_used = |values: &Values<'_>| values.iter().any(Option::is_some);
            if is_used(values) && is_used(&query_values) { Err(CallbackError::QueryAndForm) } else { Ok(()) }
        })
    }

    /// Parses the whole URL that the browser returned to, which an app or a command-line tool receives.
    ///
    /// The fragment is ignored.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`from_query`](Self::from_query).
    pub fn from_url<U: AsRef<[u8]> + ?Sized>(url: &'q U) -> Result<Self, CallbackError> {
        let url = url.as_ref().split(|&byte| byte == b'#').next().unwrap_or_default();
        let query = url.iter().position(|&byte| byte == b'?').map_or(&[][..], |at| &url[at + 1..]);
        Self::parse(|values| read(query, values))
    }

    /// Parses the parameters in place, since the array is large to move.
    #[inline]
    fn parse(read: impl FnOnce(&mut Values<'q>) -> Result<(), CallbackError>) -> Result<Self, CallbackError> {
        let mut callback = Self { values: Values::default() };
        read(&mut callback.values)?;
        match (callback.values[STATE], callback.values[ERROR]) {
            (Some([]), _) => Err(CallbackError::StateMismatch),
            (Some(_), _) => Ok(callback),
            (None, Some(error)) => {
                Err(CallbackError::ErrorWithoutState { access_denied: decoded(error) == ACCESS_DENIED })
            }
            (None, None) => Err(CallbackError::MissingState),
        }
    }

    /// Returns the key of the pending authorization that this callback claims to belong to
    /// ([`PendingAuthorization::key`](crate::PendingAuthorization::key)).
    #[must_use]
    pub fn key(&self) -> PendingKey {
        PendingKey::from_state(self.state().as_bytes())
    }

    fn state(&self) -> Cow<'q, str> {
        self.values[STATE].map(decoded).unwrap_or_default()
    }

    /// Compares the state in constant time.
    ///
    /// A state of this crate needs no percent-encoding, so only a longer text is decoded.
    pub(crate) fn has_state(&self, state: &[u8]) -> bool {
        let raw = self.values[STATE].unwrap_or_default();
        are_equal(raw, state) || (raw.len() > state.len() && are_equal(decoded(raw).as_bytes(), state))
    }

    /// Returns the code and the scope. Call it only after the state matched.
    pub(crate) fn into_code<'i>(self, issuer: impl FnOnce() -> &'i str) -> Result<Code, CallbackError> {
        // The issuer comes before the error, which must come from the same server (RFC 9207 §2.4).
        if let Some(iss) = self.values[ISS].map(decoded)
            && (iss.is_empty() || without_slash(&iss) != without_slash(issuer()))
        {
            return Err(CallbackError::IssuerMismatch);
        }
        if let Some(error) = self.values[ERROR] {
            let optional = |index: usize| self.values[index].map(|value| decoded(value).into_owned());
            let server = ServerError {
                error: decoded(error).into_owned(),
                description: optional(const { index_of("error_description") }),
                reason: optional(const { index_of("error_reason") }),
                uri: optional(const { index_of("error_uri") }),
                details: None,
            };
            return Err(match server.error.as_str() {
                ACCESS_DENIED => CallbackError::AccessDenied(Box::new(server)),
                _ => CallbackError::Server(Box::new(server)),
            });
        }
        if let Some(&index) = OTHER_FLOWS.iter().find(|&&index| self.values[index].is_some()) {
            return Err(CallbackError::UnexpectedParameter { parameter: CALLBACK_PARAMETERS[index] });
        }
        let code = self.values[CODE].filter(|code| !code.is_empty()).ok_or(CallbackError::MissingCode)?;
        let scope = self.values[SCOPE];
        let mut text = SecretText::with_capacity(code.len() + scope.map_or(0, <[u8]>::len));
        decode_into(code, &mut text).map_err(|_| CallbackError::MalformedParameter { parameter: "code" })?;
        let scope_start = text.len();
        if let Some(scope) = scope {
            decode_into(scope, &mut text).map_err(|_| CallbackError::MalformedParameter { parameter: "scope" })?;
        }
        Ok(Code { text, scope_start, has_scope: scope.is_some() })
    }
}

/// The code and the scope of a callback, in one allocation: the scope follows the code.
pub(crate) struct Code {
    text: SecretText,
    scope_start: usize,
    has_scope: bool,
}

impl Code {
    pub(crate) fn code(&self) -> &str {
        &self.text[..self.scope_start]
    }

    pub(crate) fn scope(&self) -> Option<&str> {
        self.has_scope.then(|| &self.text[self.scope_start..])
    }
}

const ACCESS_DENIED: &str = "access_denied";

/// The parameters of other flows: JARM, the implicit flow and the hybrid flow.
const OTHER_FLOWS: [usize; 3] = [index_of("response"), index_of("access_token"), index_of("id_token")];

/// Decodes a value, which is well-formed.
fn decoded(value: &[u8]) -> Cow<'_, str> {
    decode(value).unwrap_or_default()
}

fn without_question_mark(query: &[u8]) -> &[u8] {
    query.strip_prefix(b"?").unwrap_or(query)
}

fn without_slash(origin: &str) -> &str {
    origin.strip_suffix('/').unwrap_or(origin)
}

/// Reads the known parameters into their places in `values`.
fn read<'q>(query: &'q [u8], values: &mut Values<'q>) -> Result<(), CallbackError> {
    if query.len() > MAX_LEN {
        return Err(CallbackError::TooLong);
    }
    for (name, value) in pairs(query) {
        let position = |name: &[u8]| CALLBACK_PARAMETERS.iter().position(|known| known.as_bytes() == name);
        let Some(index) = position(name).or_else(|| position(decode(name).ok()?.as_bytes())) else { continue };
        let parameter = CALLBACK_PARAMETERS[index];
        if values[index].replace(value).is_some() {
            return Err(CallbackError::DuplicateParameter { parameter });
        }
        if !is_well_formed(value) {
            return Err(CallbackError::MalformedParameter { parameter });
        }
    }
    Ok(())
}

impl fmt::Debug for Callback<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let present = CALLBACK_PARAMETERS.iter().zip(&self.values).filter(|(_, value)| value.is_some());
        f.debug_tuple("Callback").field(&present.map(|(name, _)| *name).collect::<Vec<_>>()).finish()
    }
}

/// The error of a callback that contains no authorization code.
///
/// Its text shows no value of the callback, except the server's error after the state matched, and that escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// The user or the bank denied access. This is an expected outcome.
    AccessDenied(Box<ServerError>),
    /// The server reports another error. The set of codes is open.
    Server(Box<ServerError>),
    /// An `error` without a state. Anyone can send it, so it ends no pending authorization.
    ///
    /// TrueLayer's cancellation page can be configured to send `error=access_denied` without a state.
    ErrorWithoutState {
        /// Whether the error is `access_denied`.
        access_denied: bool,
    },
    /// The state is missing.
    MissingState,
    /// The state is empty, or belongs to another authorization.
    StateMismatch,
    /// A parameter is duplicate.
    DuplicateParameter {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// A parameter is not percent-encoded UTF-8, or contains a NUL.
    MalformedParameter {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// A parameter belongs to a flow other than the authorization code flow.
    UnexpectedParameter {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// Both the query and the form contain parameters of a callback.
    QueryAndForm,
    /// The code is missing or empty, and there is no error.
    MissingCode,
    /// The `iss` names another auth server (RFC 9207 §2.4).
    IssuerMismatch,
    /// The callback is longer than 64 KiB.
    TooLong,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AccessDenied(server) => write!(f, "access denied: {server}"),
            Self::Server(server) => write!(f, "error from the auth server: {server}"),
            Self::ErrorWithoutState { access_denied: true } => {
                f.write_str("access denied, without `state` in the callback")
            }
            Self::ErrorWithoutState { access_denied: false } => f.write_str("error, without `state` in the callback"),
            Self::MissingState => f.write_str("missing `state` in the callback"),
            Self::StateMismatch => f.write_str("`state` in the callback does not match this authorization"),
            Self::DuplicateParameter { parameter } => write!(f, "duplicate `{parameter}` in the callback"),
            Self::MalformedParameter { parameter } => write!(f, "malformed `{parameter}` in the callback"),
            Self::UnexpectedParameter { parameter } => {
                write!(f, "unexpected `{parameter}` in the callback, which belongs to another flow")
            }
            Self::QueryAndForm => f.write_str("callback parameters in both the query and the form"),
            Self::MissingCode => f.write_str("missing `code` in the callback"),
            Self::IssuerMismatch => {
                f.write_str("`iss` in the callback does not match the auth server of this authorization")
            }
            Self::TooLong => f.write_str("callback longer than 64 KiB"),
        }
    }
}

impl std::error::Error for CallbackError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_its_prefix_are_not_the_same() {
        for (a, b) in [("error", "error_uri"), ("error_uri", "error"), ("state", "scope"), ("", "code"), ("code", "")] {
            assert!(!are_same(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
        assert!(are_same(b"error", b"error"));
    }
}
