//! What the browser brings back.

use std::borrow::Cow;
use std::fmt;

use auth_link_rules::{CALLBACK_PARAMETERS, decode, decode_into, is_well_formed, pairs};

use crate::pending_key::PendingKey;
use crate::secret::{SecretText, are_equal};
use crate::server_error::ServerError;

/// The parameters of a callback, from the query or the form that the browser came back with (RFC 6749 §4.1.2).
///
/// It has a state, and holds each parameter that means something at most once; nothing in it is believed until
/// [`PendingAuthorization::finish`] has compared the state. Its `Debug` shows no values.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::Callback;
///
/// let callback = Callback::from_query("code=c1&state=s1&scope=accounts")?;
/// let name = callback.key(); // where this browser's session keeps the `PendingAuthorization`
/// # Ok::<(), auth_link::CallbackError>(())
/// ```
///
/// [`PendingAuthorization::finish`]: crate::PendingAuthorization::finish
#[must_use]
pub struct Callback<'q> {
    /// As they stand in the query, in the order of [`CALLBACK_PARAMETERS`]. Each can be decoded.
    values: Values<'q>,
}

type Values<'q> = [Option<&'q [u8]>; CALLBACK_PARAMETERS.len()];

/// Where a parameter is among [`CALLBACK_PARAMETERS`], settled when this is compiled.
const fn at(name: &str) -> usize {
    let mut index = 0;
    while !is_same(CALLBACK_PARAMETERS[index].as_bytes(), name.as_bytes()) {
        index += 1;
    }
    index
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() && a[index] == b[index] {
        index += 1;
    }
    index == a.len() && index == b.len()
}

const CODE: usize = at("code");
const STATE: usize = at("state");
const SCOPE: usize = at("scope");
const ERROR: usize = at("error");
const ISS: usize = at("iss");

/// What is longer than this is not read.
const LONGEST: usize = 64 * 1024;

impl<'q> Callback<'q> {
    /// Reads the query of the address that the browser came back to, without or with its `?`.
    ///
    /// # Errors
    ///
    /// - more than 64 KiB;
    /// - a parameter that means something stands twice, even with the same value, or cannot be decoded;
    /// - no state, or an empty one. An `error` without a state is an error of its own: TrueLayer's cancellation page may be
    ///   set up like that.
    ///
    /// Parameters without a meaning are passed over, whatever bytes they hold.
    pub fn from_query<Q: AsRef<[u8]> + ?Sized>(query: &'q Q) -> Result<Self, CallbackError> {
        Self::of(|values| read(without_mark(query.as_ref()), values))
    }

    /// Reads the body of the form that the browser posted (`response_mode = form_post`), beside the query of the address that
    /// it was posted to, which is empty unless the redirect URI has one.
    ///
    /// # Errors
    ///
    /// As [`from_query`](Self::from_query) of the body, and parameters that mean something in both.
    pub fn from_form<Q: AsRef<[u8]> + ?Sized, B: AsRef<[u8]> + ?Sized>(
        query: &Q,
        body: &'q B,
    ) -> Result<Self, CallbackError> {
        let mut beside = Values::default();
        Self::of(|values| {
            read(body.as_ref(), values)?;
            read(without_mark(query.as_ref()), &mut beside)?;
            let has_some = |values: &Values<'_>| values.iter().any(Option::is_some);
            if has_some(values) && has_some(&beside) { Err(CallbackError::QueryAndForm) } else { Ok(()) }
        })
    }

    /// Reads the whole address that the browser came back to, as an app or a command-line tool gets to see it. What follows `#`
    /// is no part of a callback.
    ///
    /// # Errors
    ///
    /// As [`from_query`](Self::from_query).
    pub fn from_url<U: AsRef<[u8]> + ?Sized>(url: &'q U) -> Result<Self, CallbackError> {
        let url = url.as_ref().split(|&byte| byte == b'#').next().unwrap_or_default();
        let query = url.iter().position(|&byte| byte == b'?').map_or(&[][..], |at| &url[at + 1..]);
        Self::of(|values| read(query, values))
    }

    /// Made in place: there is much of it to move.
    #[inline]
    fn of(read: impl FnOnce(&mut Values<'q>) -> Result<(), CallbackError>) -> Result<Self, CallbackError> {
        let mut callback = Self { values: Values::default() };
        read(&mut callback.values)?;
        match (callback.values[STATE], callback.values[ERROR]) {
            (Some([]), _) => Err(CallbackError::StateMismatch),
            (Some(_), _) => Ok(callback),
            (None, Some(error)) => {
                Err(CallbackError::ErrorWithoutState { access_denied: text(error) == ACCESS_DENIED })
            }
            (None, None) => Err(CallbackError::MissingState),
        }
    }

    /// The name under which the sign-in that this callback claims to be of is kept
    /// ([`PendingAuthorization::key`](crate::PendingAuthorization::key)).
    #[must_use]
    pub fn key(&self) -> PendingKey {
        PendingKey::of(self.state().as_bytes())
    }

    fn state(&self) -> Cow<'q, str> {
        self.values[STATE].map(text).unwrap_or_default()
    }

    /// Compares in constant time. A state of ours stands for itself, so that few have to be decoded.
    pub(crate) fn state_is(&self, state: &[u8]) -> bool {
        let raw = self.values[STATE].unwrap_or_default();
        are_equal(raw, state) || (raw.len() > state.len() && are_equal(text(raw).as_bytes(), state))
    }

    /// The code, and the scope behind it if there is one, once the state matched: both in one text, and the code's length.
    pub(crate) fn into_code<'i>(self, issuer: impl FnOnce() -> &'i str) -> Result<Code, CallbackError> {
        // Before the error too: it is the server's word only if it comes from the server (RFC 9207 §2.4).
        if let Some(named) = self.values[ISS].map(text)
            && (named.is_empty() || without_slash(&named) != without_slash(issuer()))
        {
            return Err(CallbackError::IssuerMismatch);
        }
        if let Some(error) = self.values[ERROR] {
            let perhaps = |index: usize| self.values[index].map(|value| text(value).into_owned());
            let server = ServerError {
                error: text(error).into_owned(),
                description: perhaps(const { at("error_description") }),
                reason: perhaps(const { at("error_reason") }),
                uri: perhaps(const { at("error_uri") }),
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
        let length = text.len();
        if let Some(scope) = scope {
            decode_into(scope, &mut text).map_err(|_| CallbackError::MalformedParameter { parameter: "scope" })?;
        }
        Ok(Code { text, length, has_scope: scope.is_some() })
    }
}

/// A code and, behind it, the scope that came with it.
pub(crate) struct Code {
    text: SecretText,
    length: usize,
    has_scope: bool,
}

impl Code {
    pub(crate) fn code(&self) -> &str {
        &self.text[..self.length]
    }

    pub(crate) fn scope(&self) -> Option<&str> {
        self.has_scope.then(|| &self.text[self.length..])
    }
}

const ACCESS_DENIED: &str = "access_denied";

/// What only callbacks of other flows hold: JARM's, and those of the implicit and hybrid ones.
const OTHER_FLOWS: [usize; 3] = [at("response"), at("access_token"), at("id_token")];

/// The text of a value, which was found well-formed when it was read.
fn text(value: &[u8]) -> Cow<'_, str> {
    decode(value).unwrap_or_default()
}

fn without_mark(query: &[u8]) -> &[u8] {
    query.strip_prefix(b"?").unwrap_or(query)
}

fn without_slash(origin: &str) -> &str {
    origin.strip_suffix('/').unwrap_or(origin)
}

/// Reads each parameter that means something, once, into its place.
fn read<'q>(query: &'q [u8], values: &mut Values<'q>) -> Result<(), CallbackError> {
    if query.len() > LONGEST {
        return Err(CallbackError::TooLong);
    }
    for (name, value) in pairs(query) {
        let known = |name: &[u8]| CALLBACK_PARAMETERS.iter().position(|known| known.as_bytes() == name);
        let Some(index) = known(name).or_else(|| known(decode(name).ok()?.as_bytes())) else { continue };
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

/// Why a callback brought no authorization code.
///
/// Its text shows nothing of the callback, save what the server said once its state matched, and that escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// The user refused, or the bank did for the user. Not a fault.
    AccessDenied(Box<ServerError>),
    /// The server reports an error. The set of codes is open.
    Server(Box<ServerError>),
    /// An `error` without a state. Nobody vouches for it: the sign-in goes on, whoever sent this. TrueLayer's cancellation page
    /// can be set up to send `error=access_denied` like that.
    ErrorWithoutState {
        /// Whether the error is `access_denied`.
        access_denied: bool,
    },
    /// The callback has no state.
    MissingState,
    /// The state is empty, or that of another sign-in.
    StateMismatch,
    /// A parameter stands more than once.
    DuplicateParameter {
        /// Its name.
        parameter: &'static str,
    },
    /// A parameter is not percent-encoded UTF-8, or holds a NUL.
    MalformedParameter {
        /// Its name.
        parameter: &'static str,
    },
    /// A parameter belongs to another flow than that of the authorization code.
    UnexpectedParameter {
        /// Its name.
        parameter: &'static str,
    },
    /// Both the query and the form have parameters of a callback.
    QueryAndForm,
    /// Neither an error nor a code, or an empty one.
    MissingCode,
    /// The callback names another auth server (RFC 9207 §2.4).
    IssuerMismatch,
    /// The callback is longer than 64 KiB.
    TooLong,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AccessDenied(server) => write!(f, "access denied: {server}"),
            Self::Server(server) => write!(f, "error from the auth server: {server}"),
            Self::ErrorWithoutState { access_denied: true } => f.write_str("access denied, but without a state"),
            Self::ErrorWithoutState { access_denied: false } => f.write_str("error without a state"),
            Self::MissingState => f.write_str("missing `state` in the callback"),
            Self::StateMismatch => f.write_str("`state` in the callback is not that of this sign-in"),
            Self::DuplicateParameter { parameter } => write!(f, "duplicate `{parameter}` in the callback"),
            Self::MalformedParameter { parameter } => write!(f, "malformed `{parameter}` in the callback"),
            Self::UnexpectedParameter { parameter } => {
                write!(f, "unexpected `{parameter}` in the callback, which is of another flow")
            }
            Self::QueryAndForm => f.write_str("callback parameters in both the query and the form"),
            Self::MissingCode => f.write_str("missing `code` in the callback"),
            Self::IssuerMismatch => f.write_str("`iss` in the callback is not the auth server of this sign-in"),
            Self::TooLong => f.write_str("callback longer than 64 KiB"),
        }
    }
}

impl std::error::Error for CallbackError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_not_the_same_as_its_beginning() {
        for (a, b) in [("error", "error_uri"), ("error_uri", "error"), ("state", "scope"), ("", "code"), ("code", "")] {
            assert!(!is_same(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
        assert!(is_same(b"error", b"error"));
    }
}
