//! The link of [`crate::begin`] with other crates.

use std::fmt::Write;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, EndpointNotSet, EndpointSet, PkceCodeChallenge, PkceCodeVerifier, Scope};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreJsonWebKeySet};
use openidconnect::{IssuerUrl, Nonce};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use sha2::{Digest, Sha256};
use url::Url;

use crate::begin::{EMAIL, TABLE, thread_entropy};
use crate::meter::Meter;

/// Measures the other crates.
pub(crate) fn measure_all(meter: &mut impl Meter) {
    meter.measure(TABLE, "format! and percent-encoding", || (), |()| with_format());
    meter.measure(TABLE, "url", || (), |()| with_url());
    meter.measure(TABLE, "oauth2", || (), |()| with_oauth2(None));
    meter.measure(TABLE, "oauth2 with an email", || EMAIL.to_owned(), |email| with_oauth2(Some(&email)));
    meter.measure(TABLE, "openidconnect", || (), |()| with_openidconnect());
}

const CLIENT_ID: &str = "acme-7d2f1a";
const REDIRECT_URI: &str = "https://app.example.com/callback";
const SCOPE: [&str; 5] = ["info", "accounts", "balance", "transactions", "offline_access"];
const AUTH_SERVER: &str = "https://auth.truelayer.com/";
const TRUELAYER_PARAMETERS: [(&str, &str); 6] = [
    ("providers", "uk-ob-all uk-oauth-all"),
    ("response_mode", "form_post"),
    ("disable_providers", "ob-barclays"),
    ("provider_id", "ob-monzo"),
    ("language_id", "en"),
    ("country_id", "GB"),
];

/// A link, with its state and code verifier as strings.
pub struct LinkStrings {
    /// The link.
    pub url: String,
    /// The state.
    pub state: String,
    /// The code verifier.
    pub verifier: String,
}

/// Returns a new state, code verifier and code challenge.
fn new_secrets() -> (String, String, String) {
    let entropy = thread_entropy();
    let verifier = URL_SAFE_NO_PAD.encode(&entropy[..32]);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
    (URL_SAFE_NO_PAD.encode(&entropy[32..]), verifier, challenge)
}

#[inline(never)]
fn with_format() -> LinkStrings {
    const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    fn encoded(text: &str) -> PercentEncode<'_> {
        utf8_percent_encode(text, ENCODED)
    }
    let (state, verifier, challenge) = new_secrets();
    let mut url = format!(
        "{AUTH_SERVER}?client_id={}&redirect_uri={}&scope={}&response_type=code",
        encoded(CLIENT_ID),
        encoded(REDIRECT_URI),
        encoded(&SCOPE.join(" ")),
    );
    for (name, value) in TRUELAYER_PARAMETERS {
        write!(url, "&{name}={}", encoded(value)).expect("writing to a string cannot fail");
    }
    write!(url, "&state={state}&code_challenge={challenge}&code_challenge_method=S256")
        .expect("writing to a string cannot fail");
    LinkStrings { url, state, verifier }
}

#[inline(never)]
fn with_url() -> LinkStrings {
    static SERVER: LazyLock<Url> = LazyLock::new(|| AUTH_SERVER.parse().expect("a URL"));
    let (state, verifier, challenge) = new_secrets();
    let mut url = SERVER.clone();
    url.query_pairs_mut()
        .append_pair("client_id", CLIENT_ID)
        .append_pair("redirect_uri", REDIRECT_URI)
        .append_pair("scope", &SCOPE.join(" "))
        .append_pair("response_type", "code")
        .extend_pairs(TRUELAYER_PARAMETERS)
        .append_pair("state", &state)
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256");
    LinkStrings { url: url.into(), state, verifier }
}

#[inline(never)]
fn with_oauth2(email: Option<&str>) -> (String, CsrfToken, PkceCodeVerifier) {
    type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet>;
    static CLIENT: LazyLock<Client> = LazyLock::new(|| {
        BasicClient::new(ClientId::new(CLIENT_ID.into()))
            .set_auth_uri(AuthUrl::new(AUTH_SERVER.into()).expect("a URL"))
            .set_redirect_uri(oauth2::RedirectUrl::new(REDIRECT_URI.into()).expect("a URL"))
    });
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let mut request = CLIENT.authorize_url(CsrfToken::new_random).set_pkce_challenge(challenge);
    for scope in SCOPE {
        request = request.add_scope(Scope::new(scope.into()));
    }
    for (name, value) in TRUELAYER_PARAMETERS {
        request = request.add_extra_param(name, value);
    }
    if let Some(email) = email {
        request = request.add_extra_param("user_email", email.to_owned());
    }
    let (url, state) = request.url();
    (url.into(), state, verifier)
}

#[inline(never)]
fn with_openidconnect() -> (String, openidconnect::CsrfToken, Nonce, openidconnect::PkceCodeVerifier) {
    type Client = CoreClient<
        openidconnect::EndpointSet,
        openidconnect::EndpointNotSet,
        openidconnect::EndpointNotSet,
        openidconnect::EndpointNotSet,
        openidconnect::EndpointNotSet,
        openidconnect::EndpointNotSet,
    >;
    static CLIENT: LazyLock<Client> = LazyLock::new(|| {
        let issuer = IssuerUrl::new(AUTH_SERVER.into()).expect("a URL");
        CoreClient::new(openidconnect::ClientId::new(CLIENT_ID.into()), issuer, CoreJsonWebKeySet::new(Vec::new()))
            .set_auth_uri(openidconnect::AuthUrl::new(AUTH_SERVER.into()).expect("a URL"))
            .set_redirect_uri(openidconnect::RedirectUrl::new(REDIRECT_URI.into()).expect("a URL"))
            .disable_openid_scope()
    });
    let (challenge, verifier) = openidconnect::PkceCodeChallenge::new_random_sha256();
    let flow = CoreAuthenticationFlow::AuthorizationCode;
    let mut request = CLIENT
        .authorize_url(flow, openidconnect::CsrfToken::new_random, Nonce::new_random)
        .set_pkce_challenge(challenge);
    for scope in SCOPE {
        request = request.add_scope(openidconnect::Scope::new(scope.into()));
    }
    for (name, value) in TRUELAYER_PARAMETERS {
        request = request.add_extra_param(name, value);
    }
    let (url, state, nonce) = request.url();
    (url.into(), state, nonce, verifier)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::begin::{CONNECT, by_hand, with_braces, with_user_email};

    /// Returns the fixed parameters, after it has checked the state and the challenge.
    fn fixed_parameters(url: &str, state: &str, verifier: &str) -> BTreeMap<String, String> {
        let url: Url = url.parse().unwrap();
        assert_eq!(url.host_str(), Some("auth.truelayer.com"));
        let mut parameters: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(parameters.len(), url.query_pairs().count());
        assert_eq!(parameters.remove("state").as_deref(), Some(state));
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
        assert_eq!(parameters.remove("code_challenge"), Some(challenge));
        assert_eq!(parameters.remove("code_challenge_method").as_deref(), Some("S256"));
        parameters
    }

    #[test]
    fn each_variant_builds_the_same_link() {
        let expected: BTreeMap<String, String> = [
            ("client_id", CLIENT_ID),
            ("redirect_uri", REDIRECT_URI),
            ("scope", "info accounts balance transactions offline_access"),
            ("response_type", "code"),
        ]
        .into_iter()
        .chain(TRUELAYER_PARAMETERS)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        assert_eq!(expected.len(), 10);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();

        let link = by_hand([7; 48]);
        assert_eq!(fixed_parameters(&link.url, &text(&link.state), &text(&link.verifier)), expected);
        assert_eq!(CONNECT.begin_with_entropy([7; 48]).url, link.url);
        for link in [with_format(), with_url()] {
            assert_eq!(fixed_parameters(&link.url, &link.state, &link.verifier), expected);
        }
        let (url, state, verifier) = with_oauth2(None);
        assert_eq!(fixed_parameters(&url, state.secret(), verifier.secret()), expected);
        let (url, state, nonce, verifier) = with_openidconnect();
        let mut parameters = fixed_parameters(&url, state.secret(), verifier.secret());
        assert_eq!(parameters.remove("nonce").as_ref(), Some(nonce.secret()));
        assert_eq!(parameters, expected);

        let mut with_email = expected;
        with_email.insert("user_email".into(), EMAIL.into());
        let (url, state, verifier) = with_oauth2(Some(EMAIL));
        assert_eq!(fixed_parameters(&url, state.secret(), verifier.secret()), with_email);
        for request in [with_user_email(EMAIL), with_braces(EMAIL)] {
            let url: Url = request.url.parse().unwrap();
            let mut parameters: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
            parameters.retain(|name, _| name != "state" && !name.starts_with("code_challenge"));
            assert_eq!(parameters, with_email);
        }
    }
}
