//! The error in the header `WWW-Authenticate` (RFC 6750 §3).

use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

/// The error that a response reports in its challenges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChallengeError {
    /// The access token is expired, revoked or malformed.
    InvalidToken,
    /// Another error.
    Other,
}

/// Returns the error in the challenges of a response, if they contain one.
pub(super) fn challenge_error(headers: &HeaderMap) -> Option<ChallengeError> {
    let challenges = headers.get_all(WWW_AUTHENTICATE).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let mut found = None;
    for challenge in challenges {
        for error in errors(&challenge) {
            if error.eq_ignore_ascii_case("invalid_token") {
                return Some(ChallengeError::InvalidToken);
            }
            found = Some(ChallengeError::Other);
        }
    }
    found
}

/// Returns the values of the parameters `error`, which are quoted or not (RFC 9110 §11.2).
fn errors(challenges: &str) -> Vec<String> {
    let mut errors = Vec::new();
    let mut rest = challenges;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let name = &rest[..rest.find(|c: char| c.is_ascii_whitespace() || ",=\"".contains(c)).unwrap_or(rest.len())];
        let after = rest[name.len()..].trim_start();
        // A word without a value is the scheme of a challenge.
        let Some(value) = after.strip_prefix('=') else {
            match rest[name.len()..].chars().next() {
                None => return errors,
                Some(c) => rest = &rest[name.len() + c.len_utf8()..],
            }
            continue;
        };
        let (value, after) = parameter_value(value.trim_start());
        if name.eq_ignore_ascii_case("error") {
            errors.push(value);
        }
        rest = after;
    }
}

/// Splits the value of a parameter from the text that follows.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, rest) =
            text.split_at(text.find(|c: char| c.is_ascii_whitespace() || c == ',').unwrap_or(text.len()));
        return (value.to_owned(), rest);
    };
    let mut value = String::new();
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => value.extend(chars.next()),
            c => value.push(c),
        }
    }
    (value, chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_a_challenge_is_found() {
        let invalid = Some(ChallengeError::InvalidToken);
        for (header, expected) in [
            (r#"Bearer error="invalid_token""#, invalid),
            ("bearer ERROR=Invalid_Token", invalid),
            (r#"Bearer realm="a, b", error = "invalid_token", error_description="x""#, invalid),
            (r#"Basic realm="x", Bearer scope=a,error=invalid_token"#, invalid),
            (r#"Bearer error="invalid\_token""#, invalid),
            (r#"Bearer error="invalid_token"#, invalid),
            (r#"Bearer error="insufficient_scope""#, Some(ChallengeError::Other)),
            (r#"Bearer realm="error=invalid_token""#, None),
            (r#"Bearer realm="\", error=invalid_token""#, None),
            (r#"Bearer xerror="invalid_token""#, None),
            ("Bearer", None),
            ("", None),
            (",,=,\"\"é error", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(WWW_AUTHENTICATE, "Basic".parse().unwrap());
            headers.append(WWW_AUTHENTICATE, http::HeaderValue::from_bytes(header.as_bytes()).unwrap());
            assert_eq!(challenge_error(&headers), expected, "{header}");
        }
    }
}
