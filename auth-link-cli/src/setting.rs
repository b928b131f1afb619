//! Settings of OAuth libraries: the address of the authorization endpoint, to which the library adds its parameters.

use crate::text::last;

/// The bytes in front of an address that are read.
const NEAR: usize = 200;

/// The ends of the names of settings, in lower case, without `_` and `-`.
const NAMES: [&str; 15] = [
    "authorizationurl",
    "authorizationuri",
    "authorizationendpoint",
    "authorizationendpointurl",
    "authorizationendpointuri",
    "authorizationbaseurl",
    "authorizeurl",
    "authorizeuri",
    "authorizeendpoint",
    "authurl",
    "authuri",
    "authendpoint",
    "authbaseurl",
    "urlauthorize",
    "urlauthorization",
];

/// Returns whether the address that begins at the byte `start` of `text` is the value of such a setting.
pub(crate) fn is_authorization_endpoint(text: &str, start: usize) -> bool {
    let before = last(&text[..start], NEAR);
    let value = before.trim_end_matches(['"', '\'', '`']).trim_end_matches('\\');
    // The prefix of a literal: `r"…"`.
    let is_quoted = value.len() < before.len();
    let value = if is_quoted { value.trim_end_matches(|c: char| "rbufRBUF@#".contains(c)) } else { value };
    let Some((name, rest)) = assigned(value) else { return false };
    if is_name(name) {
        return true;
    }
    // `authorization: { url: "…" }`
    let object = rest.trim_end().strip_suffix('{').filter(|_| name.eq_ignore_ascii_case("url"));
    object.and_then(assigned).is_some_and(|(name, _)| is_name(name))
}

fn is_name(name: &str) -> bool {
    let name: String = name.chars().filter(|c| !"_-".contains(*c)).map(|c| c.to_ascii_lowercase()).collect();
    name == "authorization" || NAMES.iter().any(|end| name.ends_with(end))
}

/// Returns the name that a value behind `before` is assigned to, and the text in front of the name: `name = `, `"name": `,
/// `name => `, `<name>`, `name: &str = `.
fn assigned(before: &str) -> Option<(&str, &str)> {
    let before = before.trim_end();
    let target = if let Some(target) = before.strip_suffix('=') {
        let target = target.trim_end_matches([':', '?', '|']).trim_end();
        let target = target.rsplit('\n').next().unwrap_or_default();
        let typed = target.rsplit_once(':').filter(|(name, _)| name.ends_with(char::is_alphanumeric));
        typed.map_or(target, |(name, _)| name)
    } else if let Some(target) = before.strip_suffix("=>").or_else(|| before.strip_suffix("<-")) {
        target
    } else {
        before.strip_suffix([':', '>'])?
    };
    let target = target.trim_end().trim_end_matches([']', '"', '\'', '\\']);
    let rest = target.trim_end_matches(|c: char| c.is_alphanumeric() || "_-".contains(c));
    // A parameter of another address is no setting.
    let is_parameter = rest.ends_with(['?', '&']) || rest.ends_with("&amp;");
    let rest_of_object = rest.trim_end_matches(['"', '\'', '\\']);
    (!is_parameter && rest.len() < target.len()).then(|| (&target[rest.len()..], rest_of_object))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_setting_tells_an_authorization_endpoint() {
        for text in [
            "authorization: \"",
            "authorization: { url: \"",
            "\"authorization\": {\n  \"url\": \"",
            "authorizationURL: '",
            "authorizationURL:\n    '",
            "\"authorization_endpoint\": \"",
            "\\\"authorization_endpoint\\\":\\\"",
            "authorization-uri: ",
            "spring.security.oauth2.client.provider.truelayer.authorization-uri=",
            "<authorization-uri>",
            "oauth2.Endpoint{AuthURL: \"",
            "AUTH_URL=",
            "TRUELAYER_AUTH_URL=\"",
            "AUTHORIZATION_BASE_URL = \"",
            "authorize_url='",
            ":authorize_url => '",
            "'urlAuthorize' => '",
            "app.config[\"TRUELAYER_AUTHORIZE_URL\"] = f\"",
            "options.AuthorizationEndpoint = @\"",
            "const AUTH_URL: &str = r#\"",
            "const authUrl: string = `",
            "authURL := \"",
        ] {
            assert!(is_authorization_endpoint(text, text.len()), "{text}");
        }
    }

    #[test]
    fn other_names_are_no_settings() {
        for text in [
            "",
            "\"",
            "link = \"",
            "url: \"",
            "links: { url: \"",
            "href=\"",
            "authorizationUrlOf(\"",
            "the Authorization URL: ",
            "authorization ",
            "https://b.example/?auth_url=",
            "https://b.example/?a=b&auth_url=",
            "https://b.example/?a=b&amp;auth_url=",
            "authUrl = x\nlink = \"",
            "return \"",
        ] {
            assert!(!is_authorization_endpoint(text, text.len()), "{text}");
        }
    }
}
