//! One callback: the parameters are parsed, the state is compared, code and scope are returned as owned text.

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use auth_link::{AuthLink, AuthorizationCode, Callback, PendingAuthorization, auth_link};
use auth_link_rules::CALLBACK_PARAMETERS;

use crate::meter::Meter;

/// The name of this table.
pub const TABLE: &str = "callback";

/// The link of the callback, without `response_mode`: the code arrives in the query.
static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [info, accounts, balance, transactions, offline_access],
    response_type = code,
    providers = [uk_ob_all, uk_oauth_all],
    disable_providers = [ob_barclays],
    provider_id = ob_monzo,
    language_id = en,
    country_id = GB,
);

/// Measures this library and the same callback by hand.
pub fn measure_all(meter: &mut impl Meter) {
    meter.measure(
        TABLE,
        "Callback and finish",
        || CONNECT.begin_with_entropy([7; 48]).pending,
        |pending| finish(pending, query()),
    );
    meter.measure(TABLE, "by hand, one pass", pending, |pending| by_hand(pending, query().as_bytes()));
}

/// Returns the query of the callback.
pub(crate) fn query() -> &'static str {
    black_box(
        "code=1A2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5E6F708192A3B4C5D6E7F809&state=BwcHBwcHBwcHBwcHBwcHBw\
        &scope=info%20accounts%20balance%20transactions%20offline_access",
    )
}

#[inline(never)]
fn finish(pending: PendingAuthorization, query: &str) -> AuthorizationCode {
    pending.finish(Callback::from_query(query).expect("a callback")).expect("a code")
}

/// The state and the code verifier that an application keeps until the callback.
#[derive(Clone, Copy)]
pub(crate) struct Pending {
    pub(crate) state: [u8; 22],
    pub(crate) verifier: [u8; 43],
    pub(crate) began_at: SystemTime,
}

/// The age beyond which a callback is refused.
const MAX_AGE: Duration = Duration::from_mins(10);

/// Returns the values that the callback of [`query`] belongs to.
pub(crate) fn pending() -> Pending {
    Pending {
        state: *b"BwcHBwcHBwcHBwcHBwcHBw",
        verifier: *b"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc",
        began_at: SystemTime::now(),
    }
}

/// The reason why a callback is refused.
#[derive(Debug, PartialEq)]
pub(crate) enum CallbackError {
    MalformedParameter,
    DuplicateParameter,
    StateMismatch,
    IssuerMismatch,
    Server,
    UnexpectedParameter,
    MissingCode,
    TooLong,
    Expired,
}

pub(crate) const ISSUER: &str = "https://auth.truelayer.com";

/// Defines [`index`], which compares a name with all names at once.
macro_rules! parameters {
    ($($index:literal $constant:ident)*) => {
        /// Returns the index of a known parameter in [`CALLBACK_PARAMETERS`].
        pub(crate) fn index(name: &[u8]) -> Option<usize> {
            $(const $constant: &[u8] = CALLBACK_PARAMETERS[$index].as_bytes();)*
            const { assert!([$($index),*].len() == CALLBACK_PARAMETERS.len()) }
            Some(match name {
                $($constant => $index,)*
                _ => return None,
            })
        }
    };
}

parameters!(0 N0 1 N1 2 N2 3 N3 4 N4 5 N5 6 N6 7 N7 8 N8 9 N9 10 N10 11 N11);

pub(crate) const CODE: usize = 0;
pub(crate) const STATE: usize = 1;
pub(crate) const SCOPE: usize = 2;
pub(crate) const ERROR: usize = 3;
pub(crate) const ISS: usize = 7;
pub(crate) const UNEXPECTED: usize = 8;

/// The authorization code and, after it, the scope, in one allocation.
pub struct CodeAndScope {
    /// Code and scope.
    pub text: String,
    /// The code's length.
    pub code_length: usize,
    /// Whether there was a scope.
    pub has_scope: bool,
    /// The code verifier.
    pub verifier: [u8; 43],
}

/// A raw value, and whether it needs no decoding.
#[derive(Clone, Copy)]
struct Value<'q> {
    raw: &'q [u8],
    is_plain: bool,
}

/// Makes the checks of [`Callback`] and [`PendingAuthorization::finish`] in one pass over the bytes.
#[inline(never)]
pub(crate) fn by_hand(pending: Pending, query: &[u8]) -> Result<CodeAndScope, CallbackError> {
    if query.len() > 64 * 1024 {
        return Err(CallbackError::TooLong);
    }
    let mut values: [Option<Value<'_>>; CALLBACK_PARAMETERS.len()] = [None; CALLBACK_PARAMETERS.len()];
    let mut rest = query.strip_prefix(b"?").unwrap_or(query);
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| matches!(byte, b'=' | b'&')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix(b"=") {
            Some(after) => value(after),
            None => (Value { raw: &[], is_plain: true }, after),
        };
        rest = after.strip_prefix(b"&").unwrap_or_default();
        let index = match index(name) {
            None if name.contains(&b'%') => decoded(name).ok().and_then(|name| index(&name)),
            index => index,
        };
        let Some(index) = index else { continue };
        if values[index].replace(value).is_some() {
            return Err(CallbackError::DuplicateParameter);
        }
        // Code, state and scope are checked where they are decoded.
        if !value.is_plain && !matches!(index, CODE | STATE | SCOPE) && decoded(value.raw).is_err() {
            return Err(CallbackError::MalformedParameter);
        }
    }
    let state = values[STATE].ok_or(CallbackError::StateMismatch)?;
    let is_same =
        if state.is_plain { is_same(state.raw, &pending.state) } else { is_same(&decoded(state.raw)?, &pending.state) };
    if !is_same {
        return Err(CallbackError::StateMismatch);
    }
    if SystemTime::now().duration_since(pending.began_at).is_ok_and(|age| age > MAX_AGE) {
        return Err(CallbackError::Expired);
    }
    if let Some(iss) = values[ISS] {
        let iss = decoded(iss.raw)?;
        if iss.strip_suffix(b"/").unwrap_or(&iss) != ISSUER.as_bytes() {
            return Err(CallbackError::IssuerMismatch);
        }
    }
    if values[ERROR].is_some() {
        return Err(CallbackError::Server);
    }
    if values[UNEXPECTED..].iter().any(Option::is_some) {
        return Err(CallbackError::UnexpectedParameter);
    }
    let code = values[CODE].filter(|code| !code.raw.is_empty()).ok_or(CallbackError::MissingCode)?;
    let scope = values[SCOPE];
    let mut text = Vec::with_capacity(code.raw.len() + scope.map_or(0, |scope| scope.raw.len()));
    append(code, &mut text)?;
    let length = text.len();
    if !text.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~')) {
        return Err(CallbackError::MalformedParameter);
    }
    if let Some(scope) = scope {
        append(scope, &mut text)?;
    }
    let text = String::from_utf8(text)
        .ok()
        .filter(|text| text.is_char_boundary(length))
        .ok_or(CallbackError::MalformedParameter)?;
    Ok(CodeAndScope { text, code_length: length, has_scope: scope.is_some(), verifier: pending.verifier })
}

/// Splits off the value up to the next `&`, eight bytes at a time.
fn value(rest: &[u8]) -> (Value<'_>, &[u8]) {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let mut special = 0;
    let mut at = 0;
    let (words, tail) = rest.as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word);
        let ends = zeros(word ^ (ONES * u64::from(b'&')));
        let marks = (word & HIGHS)
            | zeros(word ^ (ONES * u64::from(b'%')))
            | zeros(word ^ (ONES * u64::from(b'+')))
            | zeros(word);
        if ends != 0 {
            // Only marks before the `&` count. `zeros` is exact up to the first zero byte.
            special |= marks & (ends & ends.wrapping_neg()).wrapping_sub(1);
            at += ends.trailing_zeros() as usize / 8;
            return (Value { raw: &rest[..at], is_plain: special == 0 }, &rest[at..]);
        }
        special |= marks;
        at += 8;
    }
    let mut is_plain = special == 0;
    for &byte in tail {
        if byte == b'&' {
            break;
        }
        is_plain &= byte.is_ascii() && !matches!(byte, b'%' | b'+' | 0);
        at += 1;
    }
    (Value { raw: &rest[..at], is_plain }, &rest[at..])
}

/// Appends the decoded value.
fn append(value: Value<'_>, text: &mut Vec<u8>) -> Result<(), CallbackError> {
    if value.is_plain {
        text.extend_from_slice(value.raw);
        return Ok(());
    }
    decode(value.raw, |byte| text.push(byte))
}

/// Returns the decoded value, which must be UTF-8.
fn decoded(raw: &[u8]) -> Result<Vec<u8>, CallbackError> {
    let mut text = Vec::with_capacity(raw.len());
    decode(raw, |byte| text.push(byte))?;
    str::from_utf8(&text).map_err(|_| CallbackError::MalformedParameter)?;
    Ok(text)
}

/// Passes each decoded byte to `push`.
#[inline]
fn decode(raw: &[u8], mut push: impl FnMut(u8)) -> Result<(), CallbackError> {
    let hex = |digit: Option<&u8>| match *digit? {
        digit @ b'0'..=b'9' => Some(digit - b'0'),
        digit @ b'a'..=b'f' => Some(digit - b'a' + 10),
        digit @ b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    };
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        let (byte, length) = match byte {
            b'+' => (b' ', 1),
            b'%' => match (hex(raw.get(at + 1)), hex(raw.get(at + 2))) {
                (Some(high), Some(low)) => (high << 4 | low, 3),
                _ => return Err(CallbackError::MalformedParameter),
            },
            byte => (byte, 1),
        };
        if byte == 0 {
            return Err(CallbackError::MalformedParameter);
        }
        push(byte);
        at += length;
    }
    Ok(())
}

/// Compares in constant time for inputs of the same length.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && black_box(a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b))) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand_and_auth_link_return_the_same_code_and_scope() {
        let expected_code = "1A2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5E6F708192A3B4C5D6E7F809";
        let scope = "info accounts balance transactions offline_access";
        let code = finish(CONNECT.begin_with_entropy([7; 48]).pending, query());
        assert_eq!((code.expose(), code.scope()), (expected_code, Some(scope)));
        let both = by_hand(pending(), query().as_bytes()).unwrap();
        assert_eq!(both.text.split_at(both.code_length), (expected_code, scope));
        assert!(both.has_scope && both.verifier == pending().verifier);
    }

    #[test]
    fn by_hand_and_auth_link_refuse_the_same_callbacks() {
        let state = "BwcHBwcHBwcHBwcHBwcHBw";
        let long = "x".repeat(64 * 1024 + 1);
        for (query, error) in [
            (format!("code=a&state={state}"), None),
            (format!("?c%6fde=a%2Bb&unknown=%ff&st%61te={}&&x", state.replace('w', "%77")), None),
            (format!("code=%41+b&scope=%C3%A9+b&state={state}&iss=https://auth.truelayer.com/"), None),
            (format!("code=%C3%A9&state={state}"), Some(CallbackError::MalformedParameter)),
            (format!("code=a&state={state}&token=t"), Some(CallbackError::UnexpectedParameter)),
            (format!("code=a&code=a&state={state}"), Some(CallbackError::DuplicateParameter)),
            (format!("code=a&c%6Fde=a&state={state}"), Some(CallbackError::DuplicateParameter)),
            (format!("code=%C3&state={state}"), Some(CallbackError::MalformedParameter)),
            (format!("code=abcdefgh%0&state={state}"), Some(CallbackError::MalformedParameter)),
            (format!("code=a&scope=a%00&state={state}"), Some(CallbackError::MalformedParameter)),
            (format!("code=a&state={state}x"), Some(CallbackError::StateMismatch)),
            ("code=a".to_owned(), Some(CallbackError::StateMismatch)),
            (format!("code=a&state={state}&iss=https://other.example"), Some(CallbackError::IssuerMismatch)),
            (format!("code=a&error=access_denied&state={state}"), Some(CallbackError::Server)),
            (format!("code=a&id_token=t&state={state}"), Some(CallbackError::UnexpectedParameter)),
            (format!("code=&state={state}"), Some(CallbackError::MissingCode)),
            (long, Some(CallbackError::TooLong)),
        ] {
            let by_hand = by_hand(pending(), query.as_bytes());
            assert_eq!(by_hand.as_ref().err(), error.as_ref(), "{query}");
            let pending = CONNECT.begin_with_entropy([7; 48]).pending;
            let code = Callback::from_query(&query).ok().and_then(|callback| pending.finish(callback).ok());
            assert_eq!(code.is_none(), error.is_some(), "{query}");
            if let (Some(code), Ok(by_hand)) = (code, by_hand) {
                assert_eq!(code.expose(), &by_hand.text[..by_hand.code_length]);
                assert_eq!(code.scope().unwrap_or_default(), &by_hand.text[by_hand.code_length..]);
            }
        }
    }
}
