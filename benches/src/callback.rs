//! One callback: its parameters read, its state compared, its code and scope owned.

use std::hint::black_box;

use auth_link::{AuthorizationCode, Callback, PendingAuthorization};

use crate::Meter;
use crate::begin::CONNECT;

/// The name of this table.
pub const TABLE: &str = "callback";

/// Shows the meter every variant.
pub fn all(meter: &mut impl Meter) {
    meter.measure(
        TABLE,
        "Callback and receive",
        || CONNECT.begin_with_entropy([7; 48]).pending,
        |kept| ours(kept, query()),
    );
    meter.measure(TABLE, "by hand, one pass", kept, |kept| by_hand(kept, query().as_bytes()));
}

pub(crate) fn query() -> &'static str {
    black_box(
        "code=1A2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5E6F708192A3B4C5D6E7F809&state=BwcHBwcHBwcHBwcHBwcHBw\
        &scope=info%20accounts%20balance%20transactions%20offline_access",
    )
}

#[inline(never)]
fn ours(pending: PendingAuthorization, query: &str) -> AuthorizationCode {
    pending.finish(Callback::from_query(query).expect("a callback")).expect("a code")
}

/// What is kept between redirect and callback.
#[derive(Clone, Copy)]
pub(crate) struct Kept {
    pub(crate) state: [u8; 22],
    pub(crate) verifier: [u8; 43],
}

pub(crate) fn kept() -> Kept {
    Kept { state: *b"BwcHBwcHBwcHBwcHBwcHBw", verifier: *b"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc" }
}

/// Why nothing came of it.
#[derive(Debug, PartialEq)]
pub(crate) enum CallbackRejection {
    Malformed,
    Repeated,
    StateMismatch,
    IssuerMismatch,
    Server,
    Mixed,
    MissingCode,
    TooLong,
}

pub(crate) const ISSUER: &str = "https://auth.truelayer.com";

/// The parameters that mean something, by their index.
pub(crate) fn index(name: &[u8]) -> Option<usize> {
    Some(match name {
        b"code" => CODE,
        b"state" => STATE,
        b"scope" => SCOPE,
        b"error" => ERROR,
        b"error_description" => 4,
        b"error_uri" => 5,
        b"error_reason" => 6,
        b"iss" => ISS,
        b"response" => MIXED,
        b"access_token" => 9,
        b"id_token" => 10,
        _ => return None,
    })
}

pub(crate) const CODE: usize = 0;
pub(crate) const STATE: usize = 1;
pub(crate) const SCOPE: usize = 2;
pub(crate) const ERROR: usize = 3;
pub(crate) const ISS: usize = 7;
pub(crate) const MIXED: usize = 8;

/// What came of a pass by hand: the code and, behind it, the scope, in one allocation.
pub struct GrantedAtOnce {
    /// Both.
    pub text: String,
    /// The code's length.
    pub code: usize,
    /// Whether there was a scope.
    pub has_scope: bool,
    /// The code verifier.
    pub verifier: [u8; 43],
}

/// A value as it stands, and whether it stands for itself.
#[derive(Clone, Copy)]
struct Value<'q> {
    raw: &'q [u8],
    is_plain: bool,
}

/// The checks of [`Callback`] and [`PendingAuthorization::finish`], in one pass over the bytes.
#[inline(never)]
pub(crate) fn by_hand(kept: Kept, query: &[u8]) -> Result<GrantedAtOnce, CallbackRejection> {
    if query.len() > 64 * 1024 {
        return Err(CallbackRejection::TooLong);
    }
    let mut values: [Option<Value<'_>>; 11] = [None; 11];
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
            return Err(CallbackRejection::Repeated);
        }
        // The others are looked at as they are decoded.
        if !value.is_plain && !matches!(index, CODE | STATE | SCOPE) && decoded(value.raw).is_err() {
            return Err(CallbackRejection::Malformed);
        }
    }
    let state = values[STATE].ok_or(CallbackRejection::StateMismatch)?;
    let is_same =
        if state.is_plain { is_same(state.raw, &kept.state) } else { is_same(&decoded(state.raw)?, &kept.state) };
    if !is_same {
        return Err(CallbackRejection::StateMismatch);
    }
    if let Some(iss) = values[ISS] {
        let iss = decoded(iss.raw)?;
        if iss.strip_suffix(b"/").unwrap_or(&iss) != ISSUER.as_bytes() {
            return Err(CallbackRejection::IssuerMismatch);
        }
    }
    if values[ERROR].is_some() {
        return Err(CallbackRejection::Server);
    }
    if values[MIXED..].iter().any(Option::is_some) {
        return Err(CallbackRejection::Mixed);
    }
    let code = values[CODE].filter(|code| !code.raw.is_empty()).ok_or(CallbackRejection::MissingCode)?;
    let scope = values[SCOPE];
    let mut text = Vec::with_capacity(code.raw.len() + scope.map_or(0, |scope| scope.raw.len()));
    append(code, &mut text)?;
    let length = text.len();
    if let Some(scope) = scope {
        append(scope, &mut text)?;
    }
    let text = String::from_utf8(text).ok().filter(|text| text.is_char_boundary(length)).ok_or(CallbackRejection::Malformed)?;
    Ok(GrantedAtOnce { text, code: length, has_scope: scope.is_some(), verifier: kept.verifier })
}

/// The value up to the next `&`, eight bytes at a time, and what follows it.
fn value(rest: &[u8]) -> (Value<'_>, &[u8]) {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let mut odd = 0;
    let mut at = 0;
    let (words, tail) = rest.as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word);
        let ends = zeros(word ^ (ONES * u64::from(b'&')));
        let found = (word & HIGHS)
            | zeros(word ^ (ONES * u64::from(b'%')))
            | zeros(word ^ (ONES * u64::from(b'+')))
            | zeros(word);
        if ends != 0 {
            // What is odd behind the end is not of this value; `zeros` is exact up to the first byte that it finds.
            odd |= found & (ends & ends.wrapping_neg()).wrapping_sub(1);
            at += ends.trailing_zeros() as usize / 8;
            return (Value { raw: &rest[..at], is_plain: odd == 0 }, &rest[at..]);
        }
        odd |= found;
        at += 8;
    }
    let mut is_plain = odd == 0;
    for &byte in tail {
        if byte == b'&' {
            break;
        }
        is_plain &= byte.is_ascii() && !matches!(byte, b'%' | b'+' | 0);
        at += 1;
    }
    (Value { raw: &rest[..at], is_plain }, &rest[at..])
}

fn append(value: Value<'_>, text: &mut Vec<u8>) -> Result<(), CallbackRejection> {
    if value.is_plain {
        text.extend_from_slice(value.raw);
        return Ok(());
    }
    decode(value.raw, |byte| text.push(byte))
}

fn decoded(raw: &[u8]) -> Result<Vec<u8>, CallbackRejection> {
    let mut text = Vec::with_capacity(raw.len());
    decode(raw, |byte| text.push(byte))?;
    str::from_utf8(&text).map_err(|_| CallbackRejection::Malformed)?;
    Ok(text)
}

#[inline]
fn decode(raw: &[u8], mut push: impl FnMut(u8)) -> Result<(), CallbackRejection> {
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
                _ => return Err(CallbackRejection::Malformed),
            },
            byte => (byte, 1),
        };
        if byte == 0 {
            return Err(CallbackRejection::Malformed);
        }
        push(byte);
        at += length;
    }
    Ok(())
}

/// Compares in a time that tells nothing of where the two differ.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && black_box(a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b))) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand_reads_what_ours_reads() {
        let code = "1A2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5E6F708192A3B4C5D6E7F809";
        let scope = "info accounts balance transactions offline_access";
        let granted = ours(CONNECT.begin_with_entropy([7; 48]).pending, query());
        assert_eq!((granted.expose(), granted.scope()), (code, Some(scope)));
        let granted = by_hand(kept(), query().as_bytes()).unwrap();
        assert_eq!(granted.text.split_at(granted.code), (code, scope));
        assert!(granted.has_scope && granted.verifier == kept().verifier);
    }

    #[test]
    fn a_pass_by_hand_refuses_what_ours_refuses() {
        let state = "BwcHBwcHBwcHBwcHBwcHBw";
        let long = "x".repeat(64 * 1024 + 1);
        for (query, refused) in [
            (format!("code=a&state={state}"), None),
            (format!("?c%6fde=a%2Bb&unknown=%ff&st%61te={}&&x", state.replace('w', "%77")), None),
            (format!("code=%C3%A9&scope=a+b&state={state}&iss=https://auth.truelayer.com/"), None),
            (format!("code=a&code=a&state={state}"), Some(CallbackRejection::Repeated)),
            (format!("code=a&c%6Fde=a&state={state}"), Some(CallbackRejection::Repeated)),
            (format!("code=%C3&state={state}"), Some(CallbackRejection::Malformed)),
            (format!("code=abcdefgh%0&state={state}"), Some(CallbackRejection::Malformed)),
            (format!("code=a&scope=a%00&state={state}"), Some(CallbackRejection::Malformed)),
            (format!("code=a&state={state}x"), Some(CallbackRejection::StateMismatch)),
            ("code=a".to_owned(), Some(CallbackRejection::StateMismatch)),
            (format!("code=a&state={state}&iss=https://other.example"), Some(CallbackRejection::IssuerMismatch)),
            (format!("code=a&error=access_denied&state={state}"), Some(CallbackRejection::Server)),
            (format!("code=a&id_token=t&state={state}"), Some(CallbackRejection::Mixed)),
            (format!("code=&state={state}"), Some(CallbackRejection::MissingCode)),
            (long, Some(CallbackRejection::TooLong)),
        ] {
            let found = by_hand(kept(), query.as_bytes());
            assert_eq!(found.as_ref().err(), refused.as_ref(), "{query}");
            let pending = CONNECT.begin_with_entropy([7; 48]).pending;
            let ours = Callback::from_query(&query).ok().and_then(|callback| pending.finish(callback).ok());
            assert_eq!(ours.is_none(), refused.is_some(), "{query}");
            if let (Some(ours), Ok(found)) = (ours, found) {
                assert_eq!(ours.expose(), &found.text[..found.code]);
                assert_eq!(ours.scope().unwrap_or_default(), &found.text[found.code..]);
            }
        }
    }
}
