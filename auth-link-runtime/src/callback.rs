//! The callback: its parameters.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use auth_link_rules::{CALLBACK_PARAMETERS, decode, decode_both_into, is_well_formed, pairs};

use zeroize::Zeroizing;

use crate::callback_error::CallbackError;
use crate::lossy::decode_lossily;
use crate::pending_key::PendingKey;
use crate::secret::{SecretText, are_equal};
use crate::server_error::ServerError;

/// The parameters of a callback: the query or the form with which the browser returns (RFC 6749 §4.1.2).
///
/// It has a state, and each known parameter at most once. [`PendingAuthorization::finish`] compares the state and returns the
/// code. Its `Debug` shows no values.
///
/// A parameter with an empty value counts as left out (RFC 6749 §3.1).
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
    parameters: Parameters<'q>,
    is_form: bool,
}

/// The percent-encoded values, in the order of [`CALLBACK_PARAMETERS`]. Each is well-formed, apart from the texts that describe
/// an error.
enum Parameters<'q> {
    Borrowed(Values<'q>),
    Owned(Box<OwnedValues>),
}

type Values<'q> = [Option<&'q [u8]>; CALLBACK_PARAMETERS.len()];

/// Copies of the values, one after the other.
struct OwnedValues {
    text: Zeroizing<Vec<u8>>,
    ranges: [Option<Range<usize>>; CALLBACK_PARAMETERS.len()],
}

impl OwnedValues {
    fn copy(values: &Values<'_>) -> Self {
        // A text of this capacity never grows, so it leaves no copies behind.
        let mut text = Zeroizing::new(Vec::with_capacity(values.iter().flatten().map(|value| value.len()).sum()));
        let ranges = values.map(|value| {
            value.map(|value| {
                text.extend_from_slice(value);
                text.len() - value.len()..text.len()
            })
        });
        Self { text, ranges }
    }
}

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
const DESCRIPTION: usize = index_of("error_description");
const URI: usize = index_of("error_uri");
const REASON: usize = index_of("error_reason");

/// The length limit of a callback, in bytes.
const MAX_LEN: usize = 64 * 1024;

impl<'q> Callback<'q> {
    /// Parses the query of the URL that the browser returned to, with or without its `?`.
    ///
    /// White space around it is ignored. So are unknown parameters, whatever bytes they contain.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{Callback, CallbackError};
    ///
    /// let callback = Callback::from_query("?code=c1&state=s1")?;
    /// let error = Callback::from_query("code=c1").unwrap_err();
    /// assert_eq!(error, CallbackError::MissingState);
    /// # Ok::<(), CallbackError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the query is longer than 64 KiB, white space included;
    /// - the text is a whole URL, which [`from_url`](Self::from_url) parses;
    /// - a known parameter is duplicate, even with the same value;
    /// - a known parameter is malformed. The texts that describe an `error` are decoded as far as possible instead;
    /// - the state is missing. An `error` without a state is a separate error, since TrueLayer's cancellation page may send it.
    pub fn from_query<Q: AsRef<[u8]> + ?Sized>(query: &'q Q) -> Result<Self, CallbackError> {
        Self::parse(false, |values| read_text(query.as_ref(), values))
    }

    /// Parses the body of the form that the browser posted (`response_mode = form_post`).
    ///
    /// `query` is the query of the URL that the form was posted to. It is empty unless the redirect URI has a query.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::Callback;
    ///
    /// let callback = Callback::from_form("", "code=c1&state=s1&scope=info+accounts")?;
    /// # Ok::<(), auth_link::CallbackError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the body is invalid, as in [`from_query`](Self::from_query);
    /// - the query is a whole URL, or contains a duplicate or malformed parameter;
    /// - both the query and the body contain known parameters.
    pub fn from_form<Q: AsRef<[u8]> + ?Sized, B: AsRef<[u8]> + ?Sized>(
        query: &Q,
        body: &'q B,
    ) -> Result<Self, CallbackError> {
        let mut query_values = Values::default();
        Self::parse(true, |values| {
            read_text(body.as_ref(), values)?;
            read_text(query.as_ref(), &mut query_values)?;
            let is_used = |values: &Values<'_>| values.iter().flatten().any(|value| !value.is_empty());
            if is_used(values) && is_used(&query_values) { Err(CallbackError::QueryAndForm) } else { Ok(()) }
        })
    }

    /// Parses the whole URL that the browser returned to, which an app or a command-line tool receives.
    ///
    /// White space around it is ignored, and so is its fragment.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::Callback;
    ///
    /// let callback = Callback::from_url("http://localhost:3000/callback?code=c1&state=s1")?;
    /// # Ok::<(), auth_link::CallbackError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - its query is longer than 64 KiB;
    /// - the text is a query without its URL, which [`from_query`](Self::from_query) parses;
    /// - its query is invalid, as in [`from_query`](Self::from_query).
    pub fn from_url<U: AsRef<[u8]> + ?Sized>(url: &'q U) -> Result<Self, CallbackError> {
        let url = url.as_ref().split(|&byte| byte == b'#').next().unwrap_or_default().trim_ascii();
        if url.iter().find(|byte| b"=&?:/".contains(byte)).is_some_and(|byte| b"=&".contains(byte)) {
            return Err(CallbackError::UnexpectedQuery);
        }
        let query = url.iter().position(|&byte| byte == b'?').map_or(&[][..], |at| &url[at + 1..]);
        if query.len() > MAX_LEN {
            return Err(CallbackError::TooLong);
        }
        Self::parse(false, |values| read(query, values))
    }

    /// Parses the parameters in place, since the array is large to move.
    #[inline]
    fn parse(
        is_form: bool,
        read: impl FnOnce(&mut Values<'q>) -> Result<(), CallbackError>,
    ) -> Result<Self, CallbackError> {
        let mut values = Values::default();
        read(&mut values)?;
        let value = |index: usize| values[index].filter(|value| !value.is_empty());
        match (value(STATE), value(ERROR)) {
            (Some(_), _) => Ok(Self { parameters: Parameters::Borrowed(values), is_form }),
            (None, Some(error)) => {
                Err(CallbackError::ErrorWithoutState { access_denied: decoded(error) == ACCESS_DENIED })
            }
            (None, None) => Err(CallbackError::MissingState),
        }
    }

    /// Returns the callback with its own copy of the parameters, which is wiped on drop.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{Callback, CallbackError};
    ///
    /// fn parse(query: String) -> Result<Callback<'static>, CallbackError> {
    ///     Ok(Callback::from_query(&query)?.into_owned())
    /// }
    /// # assert!(parse("code=c1&state=s1".to_owned()).is_ok());
    /// ```
    pub fn into_owned(self) -> Callback<'static> {
        let values = match self.parameters {
            Parameters::Borrowed(values) => Box::new(OwnedValues::copy(&values)),
            Parameters::Owned(values) => values,
        };
        Callback { parameters: Parameters::Owned(values), is_form: self.is_form }
    }

    /// Returns the key of the pending authorization that this callback claims to belong to
    /// ([`PendingAuthorization::key`](crate::PendingAuthorization::key)).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::collections::HashMap;
    ///
    /// use auth_link::{Callback, PendingAuthorization, PendingKey};
    ///
    /// /// Takes the pending authorization out of the session of the browser that sent the callback.
    /// fn pending(
    ///     session: &mut HashMap<PendingKey, PendingAuthorization>,
    ///     callback: &Callback<'_>,
    /// ) -> Option<PendingAuthorization> {
    ///     session.remove(&callback.key())
    /// }
    /// ```
    #[must_use]
    pub fn key(&self) -> PendingKey {
        PendingKey::from_state(self.state().as_bytes())
    }

    /// Returns the value of a parameter. An empty one counts as left out.
    fn value(&self, index: usize) -> Option<&[u8]> {
        let value = match &self.parameters {
            Parameters::Borrowed(values) => values[index],
            Parameters::Owned(values) => values.ranges[index].clone().map(|range| &values.text[range]),
        };
        value.filter(|value| !value.is_empty())
    }

    fn is_present(&self, index: usize) -> bool {
        match &self.parameters {
            Parameters::Borrowed(values) => values[index].is_some(),
            Parameters::Owned(values) => values.ranges[index].is_some(),
        }
    }

    /// Returns whether the browser posted the parameters as a form.
    pub(crate) fn is_form(&self) -> bool {
        self.is_form
    }

    /// Returns whether it reports an error. Believe it only after the state matched.
    pub(crate) fn has_error(&self) -> bool {
        self.value(ERROR).is_some()
    }

    /// Returns whether it names its issuer (RFC 9207 §2).
    pub(crate) fn has_issuer(&self) -> bool {
        self.value(ISS).is_some()
    }

    fn state(&self) -> Cow<'_, str> {
        self.value(STATE).map(decoded).unwrap_or_default()
    }

    /// Compares the state in constant time.
    ///
    /// A state of this crate needs no percent-encoding, so only a longer text is decoded.
    pub(crate) fn has_state(&self, state: &[u8]) -> bool {
        let raw = self.value(STATE).unwrap_or_default();
        are_equal(raw, state) || (raw.len() > state.len() && are_equal(decoded(raw).as_bytes(), state))
    }

    /// Returns the code and the scope. Call it only after the state matched.
    ///
    /// `is_wrong_mode`: it must be a form, and is none.
    pub(crate) fn into_code<'i>(
        self,
        issuer: impl FnOnce() -> &'i str,
        is_wrong_mode: bool,
    ) -> Result<Code, CallbackError> {
        // The issuer comes before the error, which must come from the same server (RFC 9207 §2.4).
        if let Some(iss) = self.value(ISS).map(decoded)
            && without_slash(&iss) != without_slash(issuer())
        {
            return Err(CallbackError::IssuerMismatch);
        }
        if let Some(error) = self.value(ERROR) {
            let optional = |index: usize| self.value(index).map(decode_lossily);
            let server = ServerError {
                error: decoded(error).into_owned(),
                description: optional(DESCRIPTION),
                reason: optional(REASON),
                uri: optional(URI),
                details: None,
            };
            return Err(match server.error.as_str() {
                ACCESS_DENIED => CallbackError::AccessDenied(Box::new(server)),
                _ => CallbackError::Server(Box::new(server)),
            });
        }
        if is_wrong_mode {
            return Err(CallbackError::UnexpectedResponseMode);
        }
        if let Some(&index) = OTHER_FLOWS.iter().find(|&&index| self.value(index).is_some()) {
            return Err(CallbackError::UnexpectedParameter { parameter: CALLBACK_PARAMETERS[index] });
        }
        let code = self.value(CODE).ok_or(CallbackError::MissingCode)?;
        let scope = self.value(SCOPE);
        let mut text = SecretText::with_capacity(code.len() + scope.map_or(0, <[u8]>::len));
        // Both are well-formed.
        let scope_start = decode_both_into(code, scope.unwrap_or_default(), &mut text)
            .map_err(|_| CallbackError::MalformedParameter { parameter: "scope" })?;
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
const OTHER_FLOWS: [usize; 4] =
    [index_of("response"), index_of("access_token"), index_of("id_token"), index_of("token")];

/// Decodes a value, which is well-formed.
fn decoded(value: &[u8]) -> Cow<'_, str> {
    decode(value).unwrap_or_default()
}

/// Reads the known parameters of a text that may begin with `?`, and is no URL.
fn read_text<'q>(text: &'q [u8], values: &mut Values<'q>) -> Result<(), CallbackError> {
    let text = text.strip_prefix(b"?").unwrap_or(text);
    if text.len() > MAX_LEN {
        return Err(CallbackError::TooLong);
    }
    // A text that was pasted may end with a line end.
    let query = text.trim_ascii();
    let query = query.strip_prefix(b"?").unwrap_or(query);
    // Most begin with the code, and need no search for the parts of a URL.
    if !query.starts_with(b"code=") && is_url(query) { Err(CallbackError::UnexpectedUrl) } else { read(query, values) }
}

/// Returns whether a text is a URL, which hides its first parameter, and so loses the code or the state.
#[cold]
fn is_url(text: &[u8]) -> bool {
    let end = text.iter().enumerate().find_map(|(at, byte)| match byte {
        b'=' | b'&' => Some(false),
        b'?' => Some(true),
        b':' if text[at..].starts_with(b"://") => Some(true),
        _ => None,
    });
    end == Some(true)
}

fn without_slash(origin: &str) -> &str {
    origin.strip_suffix('/').unwrap_or(origin)
}

/// Reads the known parameters into their places in `values`.
fn read<'q>(query: &'q [u8], values: &mut Values<'q>) -> Result<(), CallbackError> {
    for (name, value) in pairs(query) {
        let position = |name: &[u8]| CALLBACK_PARAMETERS.iter().position(|known| known.as_bytes() == name);
        let Some(index) = position(name).or_else(|| position(decode(name).ok()?.as_bytes())) else { continue };
        let parameter = CALLBACK_PARAMETERS[index];
        if values[index].replace(value).is_some() {
            return Err(CallbackError::DuplicateParameter { parameter });
        }
        let is_valid = match index {
            DESCRIPTION | URI | REASON => true,
            CODE => is_visible(value),
            _ => is_well_formed(value),
        };
        if !is_valid {
            return Err(CallbackError::MalformedParameter { parameter });
        }
    }
    Ok(())
}

/// Returns whether the value decodes to printable ASCII, as a code does (`1*VSCHAR`, RFC 6749 appendix A.11).
fn is_visible(value: &[u8]) -> bool {
    // All bytes are compared, which is faster than a stop at the first one that differs.
    let all = |bytes: &[u8], is_valid: fn(u8) -> bool| bytes.iter().fold(true, |all, &byte| all & is_valid(byte));
    let is_plain = |bytes: &[u8]| all(bytes, |byte| matches!(byte, b' '..=b'~'));
    all(value, |byte| matches!(byte, b' '..=b'$' | b'&'..=b'~'))
        || (is_plain(value) && decode(value).is_ok_and(|text| is_plain(text.as_bytes())))
}

impl fmt::Debug for Callback<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let present = CALLBACK_PARAMETERS.iter().enumerate().filter(|(index, _)| self.is_present(*index));
        f.debug_tuple("Callback").field(&present.map(|(_, name)| *name).collect::<Vec<_>>()).finish()
    }
}

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
