//! The callback of [`crate::callback`] with other crates.

use std::borrow::Cow;

use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::callback::{
    CODE, CallbackError, ERROR, ISS, ISSUER, Pending, SCOPE, STATE, TABLE, UNEXPECTED, index, pending, query,
};
use crate::meter::Meter;

/// Measures the other crates.
pub(crate) fn measure_all(meter: &mut impl Meter) {
    meter.measure(TABLE, "serde_urlencoded", pending, |pending| with_serde_urlencoded(pending, query()));
    meter.measure(TABLE, "form_urlencoded", pending, |pending| with_form_urlencoded(pending, query()));
}

/// An accepted callback.
pub struct ParsedCallback {
    /// The code.
    pub code: String,
    /// The scope, if there is one.
    pub scope: Option<String>,
    /// The code verifier.
    pub verifier: [u8; 43],
}

/// The parameters for `serde_urlencoded`, which refuses duplicates.
#[derive(Deserialize)]
struct Parameters {
    code: Option<String>,
    state: String,
    scope: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
    error_uri: Option<String>,
    error_reason: Option<String>,
    iss: Option<String>,
    response: Option<String>,
    access_token: Option<String>,
    id_token: Option<String>,
}

#[inline(never)]
fn with_serde_urlencoded(pending: Pending, query: &str) -> Result<ParsedCallback, CallbackError> {
    let parameters: Parameters = serde_urlencoded::from_str(query).map_err(|_| CallbackError::MalformedParameter)?;
    let Parameters { code, state, scope, error, error_description, error_uri, error_reason, .. } = parameters;
    if !bool::from(state.as_bytes().ct_eq(&pending.state)) {
        return Err(CallbackError::StateMismatch);
    }
    if parameters.iss.is_some_and(|iss| iss.trim_end_matches('/') != ISSUER) {
        return Err(CallbackError::IssuerMismatch);
    }
    if error.or(error_description).or(error_uri).or(error_reason).is_some() {
        return Err(CallbackError::Server);
    }
    if parameters.response.or(parameters.access_token).or(parameters.id_token).is_some() {
        return Err(CallbackError::UnexpectedParameter);
    }
    let code = code.filter(|code| !code.is_empty()).ok_or(CallbackError::MissingCode)?;
    Ok(ParsedCallback { code, scope, verifier: pending.verifier })
}

#[inline(never)]
fn with_form_urlencoded(pending: Pending, query: &str) -> Result<ParsedCallback, CallbackError> {
    let mut values: [Option<Cow<'_, str>>; 11] = Default::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let Some(index) = index(name.as_bytes()) else { continue };
        if values[index].replace(value).is_some() {
            return Err(CallbackError::DuplicateParameter);
        }
    }
    if !values[STATE].as_ref().is_some_and(|state| state.as_bytes().ct_eq(&pending.state).into()) {
        return Err(CallbackError::StateMismatch);
    }
    if values[ISS].as_ref().is_some_and(|iss| iss.trim_end_matches('/') != ISSUER) {
        return Err(CallbackError::IssuerMismatch);
    }
    if values[ERROR].is_some() {
        return Err(CallbackError::Server);
    }
    if values[UNEXPECTED..].iter().any(Option::is_some) {
        return Err(CallbackError::UnexpectedParameter);
    }
    let code = values[CODE].take().filter(|code| !code.is_empty()).ok_or(CallbackError::MissingCode)?;
    let scope = values[SCOPE].take().map(Cow::into_owned);
    Ok(ParsedCallback { code: code.into_owned(), scope, verifier: pending.verifier })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::by_hand;

    #[test]
    fn each_variant_returns_the_same_code_and_scope() {
        let expected = by_hand(pending(), query().as_bytes()).unwrap();
        let (code, scope) = expected.text.split_at(expected.code_length);
        for parsed in [with_form_urlencoded(pending(), query()), with_serde_urlencoded(pending(), query())] {
            let parsed = parsed.unwrap();
            assert_eq!((parsed.code.as_str(), parsed.scope.as_deref()), (code, Some(scope)));
            assert_eq!(parsed.verifier, expected.verifier);
        }
    }
}
