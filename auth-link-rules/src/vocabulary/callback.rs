//! The parameters of a callback.

/// The parameters that have a meaning in a callback. The query of a redirect URI must not contain them.
///
/// RFC 6749 §4.1.2, RFC 9207 and TrueLayer define the first eight. The last four belong to other flows: JARM, implicit
/// and hybrid.
pub const CALLBACK_PARAMETERS: [&str; 12] = [
    "code",
    "state",
    "scope",
    "error",
    "error_description",
    "error_uri",
    "error_reason",
    "iss",
    "response",
    "access_token",
    "id_token",
    "token",
];
