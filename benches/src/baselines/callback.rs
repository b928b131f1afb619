//! The callback of [`crate::callback`], as others read it.

use std::borrow::Cow;

use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::Meter;
use crate::callback::{CODE, ERROR, ISS, ISSUER, Kept, MIXED, CallbackRejection, SCOPE, STATE, TABLE, index, kept, query};

/// Shows the meter every variant.
pub(crate) fn all(meter: &mut impl Meter) {
    meter.measure(TABLE, "serde_urlencoded", kept, |kept| with_serde_urlencoded(kept, query()));
    meter.measure(TABLE, "form_urlencoded", kept, |kept| with_form_urlencoded(kept, query()));
}

/// What came of it.
pub struct Granted {
    /// The code.
    pub code: String,
    /// The scope, if there is one.
    pub scope: Option<String>,
    /// The code verifier.
    pub verifier: [u8; 43],
}

/// The parameters as `serde_urlencoded` reads them, which refuses one that stands twice.
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
fn with_serde_urlencoded(kept: Kept, query: &str) -> Result<Granted, CallbackRejection> {
    let parameters: Parameters = serde_urlencoded::from_str(query).map_err(|_| CallbackRejection::Malformed)?;
    let Parameters { code, state, scope, error, error_description, error_uri, error_reason, .. } = parameters;
    if !bool::from(state.as_bytes().ct_eq(&kept.state)) {
        return Err(CallbackRejection::StateMismatch);
    }
    if parameters.iss.is_some_and(|iss| iss.trim_end_matches('/') != ISSUER) {
        return Err(CallbackRejection::IssuerMismatch);
    }
    if error.or(error_description).or(error_uri).or(error_reason).is_some() {
        return Err(CallbackRejection::Server);
    }
    if parameters.response.or(parameters.access_token).or(parameters.id_token).is_some() {
        return Err(CallbackRejection::Mixed);
    }
    let code = code.filter(|code| !code.is_empty()).ok_or(CallbackRejection::MissingCode)?;
    Ok(Granted { code, scope, verifier: kept.verifier })
}

#[inline(never)]
fn with_form_urlencoded(kept: Kept, query: &str) -> Result<Granted, CallbackRejection> {
    let mut values: [Option<Cow<'_, str>>; 11] = Default::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let Some(index) = index(name.as_bytes()) else { continue };
        if values[index].replace(value).is_some() {
            return Err(CallbackRejection::Repeated);
        }
    }
    if !values[STATE].as_ref().is_some_and(|state| state.as_bytes().ct_eq(&kept.state).into()) {
        return Err(CallbackRejection::StateMismatch);
    }
    if values[ISS].as_ref().is_some_and(|iss| iss.trim_end_matches('/') != ISSUER) {
        return Err(CallbackRejection::IssuerMismatch);
    }
    if values[ERROR].is_some() {
        return Err(CallbackRejection::Server);
    }
    if values[MIXED..].iter().any(Option::is_some) {
        return Err(CallbackRejection::Mixed);
    }
    let code = values[CODE].take().filter(|code| !code.is_empty()).ok_or(CallbackRejection::MissingCode)?;
    let scope = values[SCOPE].take().map(Cow::into_owned);
    Ok(Granted { code: code.into_owned(), scope, verifier: kept.verifier })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::by_hand;

    #[test]
    fn each_variant_reads_the_same_callback() {
        let expected = by_hand(kept(), query().as_bytes()).unwrap();
        let (code, scope) = expected.text.split_at(expected.code);
        for granted in [with_form_urlencoded(kept(), query()), with_serde_urlencoded(kept(), query())] {
            let granted = granted.unwrap();
            assert_eq!((granted.code.as_str(), granted.scope.as_deref()), (code, Some(scope)));
            assert_eq!(granted.verifier, expected.verifier);
        }
    }
}
