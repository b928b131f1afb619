//! The start of an authorization: the parameters that are added to a link, and the pending authorization.

use std::collections::{HashMap, HashSet};

use auth_link::pkce::{CodeChallenge, CodeVerifier};
use auth_link::{
    AuthLink, AuthorizationRequest, Callback, ParsePendingError, PendingAuthorization, PendingKey, auth_link,
};
use url::Url;

static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback?x=1&y=a+b",
    scope = [accounts, balance],
    providers = [uk_ob_all, ie_ob_all, uk_cs_mock],
    disable_providers = [ob_hsbc],
);

static WITHOUT_PKCE: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    pkce = false,
);

/// Returns a parameter of a link. It occurs at most once.
fn parameter(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).unwrap();
    let mut values = url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let value = values.next();
    assert_eq!(values.next(), None, "duplicate {name}");
    value
}

fn state(request: &AuthorizationRequest) -> String {
    parameter(&request.url, "state").unwrap()
}

fn is_base64url(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[test]
fn an_authorization_request_appends_state_and_challenge_to_the_link() {
    let request = CONNECT.begin().unwrap();
    let added = request.url.strip_prefix(CONNECT.as_str()).unwrap();
    let names: Vec<_> = added.split('&').map(|pair| pair.split('=').next().unwrap()).collect();
    assert_eq!(names, ["", "state", "code_challenge", "code_challenge_method"]);
    let (state, challenge) = (state(&request), parameter(&request.url, "code_challenge").unwrap());
    assert!(state.len() == 22 && is_base64url(&state));
    assert!(challenge.len() == 43 && is_base64url(&challenge));
    assert_eq!(parameter(&request.url, "code_challenge_method").as_deref(), Some("S256"));
}

#[test]
fn the_entropy_of_rfc_7636_appendix_b_gives_its_verifier_and_challenge() {
    let mut entropy = [0; 48];
    entropy[..32].copy_from_slice(&[
        116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
        240, 91, 88, 5, 88, 83, 132, 141, 121,
    ]);
    entropy[32..].copy_from_slice(&[0xff; 16]);
    let request = CONNECT.begin_with_entropy(entropy);
    assert_eq!(
        parameter(&request.url, "code_challenge").as_deref(),
        Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    );
    assert_eq!(state(&request), "_____________________w");
    let query = format!("code=c1&state={}", state(&request));
    let code = request.pending.finish(Callback::from_query(&query).unwrap()).unwrap();
    assert_eq!(code.expose_verifier(), Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
}

#[test]
fn no_two_authorizations_share_a_state_verifier_or_challenge() {
    let mut seen = HashSet::new();
    for _ in 0..100 {
        let request = CONNECT.begin().unwrap();
        let challenge = parameter(&request.url, "code_challenge").unwrap();
        let query = format!("code=c1&state={}", state(&request));
        assert!(seen.insert(request.pending.key().to_string()));
        assert!(seen.insert(state(&request)));
        let code = request.pending.finish(Callback::from_query(&query).unwrap()).unwrap();
        let verifier = code.expose_verifier().unwrap().to_owned();
        assert!(verifier.len() == 43 && is_base64url(&verifier));
        assert_eq!(CodeChallenge::from(&verifier.parse::<CodeVerifier>().unwrap()).as_str(), challenge);
        assert!(seen.insert(challenge) && seen.insert(verifier));
    }
}

#[test]
fn a_link_without_pkce_appends_only_the_state() {
    let request = WITHOUT_PKCE.begin().unwrap();
    let added = request.url.strip_prefix(WITHOUT_PKCE.as_str()).unwrap();
    assert_eq!(added, format!("&state={}", state(&request)));
    let query = format!("code=c1&state={}", state(&request));
    let mut code = request.pending.finish(Callback::from_query(&query).unwrap()).unwrap();
    assert_eq!(code.expose_verifier(), None);
    assert!(code.add_verifier("v".repeat(43).parse().unwrap()).is_err(), "the link had no challenge");
}

#[test]
fn the_applications_own_verifier_is_accepted_if_it_matches_the_challenge() {
    let verifier: CodeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".parse().unwrap();
    let request = CONNECT.begin_with_challenge(CodeChallenge::from(&verifier)).unwrap();
    assert_eq!(
        parameter(&request.url, "code_challenge").as_deref(),
        Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    );
    assert_eq!(parameter(&request.url, "code_challenge_method").as_deref(), Some("S256"));
    let query = format!("code=c1&state={}", state(&request));
    let stored: PendingAuthorization = request.pending.expose().parse().unwrap();
    let mut code = stored.finish(Callback::from_query(&query).unwrap()).unwrap();
    assert_eq!(code.expose_verifier(), None);
    assert!(code.add_verifier("w".repeat(43).parse().unwrap()).is_err(), "the verifier of another challenge");
    assert_eq!(code.expose_verifier(), None);
    code.add_verifier(verifier).unwrap();
    assert_eq!(code.expose_verifier(), Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
}

#[test]
fn a_value_of_one_user_is_added_and_replaced() {
    let link = CONNECT.with_user_email("jo+bank@example.com").unwrap();
    assert_eq!(link.as_str(), format!("{}&user_email=jo%2Bbank%40example.com", CONNECT.as_str()));
    let other = link.with_user_email("al@example.com").unwrap();
    assert_eq!(parameter(other.as_str(), "user_email").as_deref(), Some("al@example.com"));
    let all = link
        .with_country_id("IE")
        .and_then(|link| link.with_language_id("fr"))
        .and_then(|link| link.with_provider_id("ob-revolut-ie"))
        .and_then(|link| link.with_tracking_id("t 1"))
        .unwrap();
    let in_another_order = CONNECT
        .with_tracking_id("t 1")
        .and_then(|link| link.with_provider_id("ob-revolut-ie"))
        .and_then(|link| link.with_country_id("IE"))
        .and_then(|link| link.with_user_email("jo+bank@example.com"))
        .and_then(|link| link.with_language_id("fr"))
        .unwrap();
    assert_eq!(all, in_another_order, "the order of the calls does not matter");
    assert!(all.warnings().is_empty(), "{:?}", all.warnings());
    let request = all.begin().unwrap();
    for (name, value) in [
        ("client_id", "acme-7d2f1a"),
        ("redirect_uri", "https://app.example.com/callback?x=1&y=a+b"),
        ("user_email", "jo+bank@example.com"),
        ("provider_id", "ob-revolut-ie"),
        ("language_id", "fr"),
        ("tracking_id", "t 1"),
        ("country_id", "IE"),
    ] {
        assert_eq!(parameter(&request.url, name).as_deref(), Some(value), "{name}");
    }
}

#[test]
fn an_invalid_value_of_one_user_is_refused() {
    let long = format!("{}@example.com", "j".repeat(243));
    let results = [
        CONNECT.with_user_email(""),
        CONNECT.with_user_email("jo"),
        CONNECT.with_user_email("jo@"),
        CONNECT.with_user_email("@example.com"),
        CONNECT.with_user_email("jo@al@example.com"),
        CONNECT.with_user_email("jo@example.com\n"),
        CONNECT.with_user_email("jo @example.com"),
        CONNECT.with_user_email(&long),
        CONNECT.with_tracking_id(""),
        CONNECT.with_tracking_id("\u{7f}"),
        CONNECT.with_provider_id(""),
        CONNECT.with_provider_id("uk-ob-all"),
        CONNECT.with_provider_id("uk-ob-monzo"),
        CONNECT.with_provider_id("ob_monzo"),
        CONNECT.with_provider_id("Monzo"),
        CONNECT.with_provider_id("ob-monzo ob-tide"),
        CONNECT.with_provider_id("oauth-starling"),
        CONNECT.with_provider_id("ob-hsbc"),
        CONNECT.with_language_id("english"),
        CONNECT.with_country_id("GBR"),
        CONNECT.with_country_id("&x=1"),
    ];
    for (index, result) in results.into_iter().enumerate() {
        let error = result.expect_err(&format!("the value of index {index}"));
        assert_eq!(error.diagnostics().len(), 1, "{error}");
    }
    assert!(CONNECT.with_user_email(&long[1..]).is_ok(), "254 bytes are allowed");
    for text in ["fr-FR", "French", "frensh"] {
        let error = CONNECT.with_language_id(text).unwrap_err().to_string();
        assert_eq!(error, format!("unknown language `{text}`\nhelp: write `.language_id(\"fr\")`"));
    }
    assert_eq!(
        CONNECT.with_provider_id("xs2a-n26-de").unwrap_err().to_string(),
        "provider `xs2a-n26-de` is not covered by `providers`\n\
         help: add `de-xs2a-all` (every DE XS2A provider) or `xs2a-n26-de` to `providers`"
    );
}

#[test]
fn the_message_of_a_link_error_has_every_diagnostic() {
    let error = auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        user_email = { "jo" },
        language_id = { "english" },
        tracking_id = { "" },
    )
    .unwrap_err();
    assert_eq!(
        error.to_string().lines().filter(|line| !line.starts_with("help: ")).collect::<Vec<_>>(),
        [
            "expected one `@` with text on both sides in `user_email`",
            "unknown language `english`",
            "empty `tracking_id`",
        ]
    );
    assert_eq!(error.to_string().lines().count(), 6);
}

#[test]
fn a_pending_key_is_found_as_text() {
    let request = CONNECT.begin_with_entropy([7; 48]);
    let key = request.pending.key();
    // base64url(SHA-256("BwcHBwcHBwcHBwcHBwcHBw"))
    assert_eq!(key.as_str(), "U0ecVxFb0UtVND-84jnZUz4TKqirR3mdbiB3rPdv1B8");
    assert_eq!(
        (key.as_ref(), String::from(key), key.to_string()),
        (key.as_str(), key.as_str().to_owned(), key.as_str().to_owned())
    );
    assert_eq!(format!("{key:>50}").len(), 50);
    let mut session = HashMap::from([(key, request.pending)]);
    assert!(session.contains_key(key.as_str()), "the text is an equal key");
    assert!(session.remove(&CONNECT.begin().unwrap().pending.key()).is_none());
    assert!(session.remove(&key).is_some());
    assert_eq!(key.as_str().parse::<PendingKey>(), Ok(key));
    assert!(key.as_str()[1..].parse::<PendingKey>().is_err() && "+".repeat(43).parse::<PendingKey>().is_err());
}

#[test]
fn a_finding_by_the_dated_list_is_only_a_warning_at_run_time() {
    let names = |link: &AuthLink| link.warnings().iter().map(|diagnostic| diagnostic.rule().name).collect::<Vec<_>>();
    let ireland: AuthLink = auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        providers = [ie_ob_all],
    );
    assert!(names(&ireland).is_empty());
    // The list says that Monzo is in the United Kingdom, but the list may be outdated.
    assert_eq!(names(&ireland.with_provider_id("ob-monzo").unwrap()), ["uncovered_provider_id"]);
    assert!(ireland.with_provider_id("xs2a-monzo").is_err(), "an xs2a provider is not covered, whatever the list says");
    assert_eq!(names(&ireland.with_country_id("GB").unwrap()), ["country_without_providers"]);
    assert_eq!(names(&ireland.with_country_id("ie").unwrap()), ["unlisted_country"]);
    assert_eq!(names(&ireland.with_language_id("ga").unwrap()), ["unlisted_language"]);
    assert!(
        names(&ireland.with_user_email("jo@example.com").unwrap()).is_empty(),
        "a user's email address is no constant"
    );
}

#[test]
fn a_link_accepts_a_mock_server() {
    for (origin, expected) in [
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:1/", "http://127.0.0.1:1"),
        ("https://oauth_server:443", "https://oauth_server"),
        ("https://mock.example", "https://mock.example"),
        ("https://auth.truelayer-sandbox.com", "https://auth.truelayer-sandbox.com"),
    ] {
        let link = CONNECT.with_auth_server(origin).unwrap();
        assert_eq!(link.as_str().split("/?").next(), Some(expected));
        assert_eq!(link.as_str().split("/?").nth(1), CONNECT.as_str().split("/?").nth(1));
        assert_eq!(link.with_auth_server("https://auth.truelayer.com").unwrap(), CONNECT, "the original again");
    }
    for origin in ["", "localhost:8080", "http://mock.example", "http://auth.truelayer.com", "https://a.example/b"] {
        assert_eq!(CONNECT.with_auth_server(origin).unwrap_err().diagnostics().len(), 1, "{origin}");
    }
}

#[test]
fn links_differ_if_pkce_or_the_issuer_differs() {
    let same: AuthLink =
        auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts],);
    assert_ne!(same, WITHOUT_PKCE);
    assert_eq!(same.as_str(), WITHOUT_PKCE.as_str());
    assert_ne!(same.with_issuer("https://id.example"), same);
    assert_eq!(same.with_issuer("https://id.example"), same.clone().with_issuer("https://id.example"));
}

#[test]
fn an_issuer_without_information_is_ignored() {
    for issuer in ["", "/", "a\0b", "https://auth.truelayer.com", "https://auth.truelayer.com/"] {
        assert_eq!(CONNECT.with_issuer(issuer), CONNECT, "{issuer:?}");
        let pending = CONNECT.with_issuer(issuer).begin().unwrap().pending;
        assert!(pending.expose().parse::<PendingAuthorization>().is_ok());
    }
}

#[test]
fn a_link_to_another_server_accepts_values_of_a_user() {
    let sandbox: AuthLink = auth_link!(
        client_id = "sandbox-acme",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        providers = [uk_cs_mock],
    );
    for server in
        ["https://auth.truelayer.com", "http://localhost:80", "http://10.0.0.1:8080", "http://stub.internal:8080"]
    {
        let link = sandbox.with_auth_server(server).unwrap();
        assert!(link.with_user_email("jo@example.com").unwrap().as_str().starts_with(server.trim_end_matches(":80")));
    }
    assert_eq!(CONNECT.with_auth_server("https://auth.truelayer.com:443").unwrap(), CONNECT);
    #[allow(deprecated)]
    let unusual: AuthLink = auth_link!(
        "https://auth.truelayer.com/?client_id=acme&scope=info&redirect_uri=https://a.example&catalogue=x&pkce=1&=x"
    );
    assert!(unusual.with_user_email("jo@example.com").unwrap().as_str().contains("&catalogue=x&pkce=1&user_email="));
}

#[test]
fn a_value_of_any_length_is_refused_with_a_short_message() {
    for text in ["-".repeat(1 << 20), "a-".repeat(1 << 19), "é".repeat(1 << 19)] {
        assert!(CONNECT.with_provider_id(&text).is_err());
        assert!(CONNECT.with_language_id(&text).is_err());
        assert!(CONNECT.with_country_id(&text).is_err());
        let error = CONNECT.with_tracking_id(&text.repeat(5)).unwrap_err();
        assert_eq!(error.diagnostics()[0].rule().name, "oversized_link");
        assert!(error.to_string().len() < 300, "{} bytes", error.to_string().len());
        let message = CONNECT.with_language_id(&text).unwrap_err().to_string();
        assert!(message.len() < 1000, "{} bytes", message.len());
    }
    let message = CONNECT.with_language_id("x\nINFO all is well\u{1b}[2J").unwrap_err().to_string();
    assert_eq!(message.lines().next(), Some("unknown language `x\\nINFO all is well\\u{1b}[2J`"));
}

#[test]
fn a_pending_authorization_is_read_back_from_its_text() {
    for link in [
        CONNECT.clone(),
        WITHOUT_PKCE.clone(),
        CONNECT.with_user_email("jo@example.com").unwrap().with_issuer("https://id.example/a?b&c"),
        CONNECT.with_auth_server("http://[::1]:8080").unwrap(),
    ] {
        let request = link.begin().unwrap();
        let (key, state) = (request.pending.key(), state(&request));
        let text = request.pending.expose();
        assert!(text.is_ascii() && !text.contains("user_email"), "only the parameters that the exchange needs");
        let read: PendingAuthorization = text.parse().unwrap();
        assert_eq!((read.key(), read.expose()), (key, text));
        let query = format!("code=c1&state={state}");
        let original = request.pending.finish(Callback::from_query(&query).unwrap()).unwrap();
        let code = read.finish(Callback::from_query(&query).unwrap()).unwrap();
        assert_eq!(code.expose_verifier(), original.expose_verifier());
        assert_eq!(code.redirect_uri(), original.redirect_uri());
        assert_eq!((code.client_id().as_ref(), code.auth_server()), ("acme-7d2f1a", original.auth_server()));
    }
}

#[test]
fn a_malformed_text_of_a_pending_authorization_is_refused() {
    let pending = CONNECT.begin_with_entropy([7; 48]).pending;
    let began_at = pending.began_at().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let text = pending.expose().replacen(&began_at.to_string(), "1800000000", 1);
    assert_eq!(
        text,
        "1.BwcHBwcHBwcHBwcHBwcHBw.1800000000.vBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc.https://auth.truelayer.com/\
         ?client_id=acme-7d2f1a&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback%3Fx%3D1%26y%3Da%2Bb\
         &scope=accounts%20balance"
    );
    let unknown = text.replacen('1', "2", 1);
    assert_eq!(unknown.parse::<PendingAuthorization>().unwrap_err(), ParsePendingError::UnknownVersion);
    for (old, new) in [
        ("1.", ""),
        ("1.", "x."),
        ("1.", "1.x"),
        (".1800000000", ""),
        (".1800000000", "."),
        (".1800000000", ".+1"),
        (".1800000000", ".18446744073709551616"),
        (".vB", ".v"),
        (".vB", ".v~"),
        (".vB", ".xB"),
        (".vB", ".éB"),
        (".vB", "."),
        (".vB", ".nB"),
        ("https://auth", "http://auth"),
        ("https://auth", "https://jo@auth"),
        (".com/?", ".com/"),
        (".com/?", ".com/x/?"),
        ("client_id=acme-7d2f1a&", ""),
        ("client_id=acme-7d2f1a", "client_id="),
        ("client_id=acme-7d2f1a", "client_id=%ff"),
        ("&redirect_uri", "&client_id=evil&redirect_uri"),
        ("%2Bb", "%2Bb&x=1"),
        ("&scope=accounts%20balance", ""),
        ("balance", "balance&x=1"),
        ("balance", "balance&iss="),
        ("balance", "balance&response_mode=query"),
        ("balance", "balance&iss=x&response_mode=form_post"),
        ("?client_id", "?iss=x&client_id"),
    ] {
        let broken = text.replacen(old, new, 1);
        assert_ne!(broken, text, "{old} is in the text");
        assert_eq!(broken.parse::<PendingAuthorization>().unwrap_err(), ParsePendingError::Malformed, "{broken}");
    }
    for end in 0..text.len() {
        // Every prefix that ends before the scope is malformed, and no prefix panics.
        let prefix = text[..end].parse::<PendingAuthorization>();
        assert!(end > 200 || prefix.is_err(), "{end}");
    }
}

#[test]
fn a_text_beyond_64_kib_is_no_pending_authorization() {
    let text = CONNECT.begin().unwrap().pending.expose();
    let padded = |length: usize| format!("{text}&iss={}", "x".repeat(length - text.len() - 5));
    assert!(padded(64 * 1024).parse::<PendingAuthorization>().is_ok());
    for length in [64 * 1024 + 1, 50_000_000] {
        let error = padded(length).parse::<PendingAuthorization>().unwrap_err();
        assert_eq!(error, ParsePendingError::Malformed);
    }
    // The longest link and issuer fit.
    let link = CONNECT.with_tracking_id(&"é".repeat(7000)).unwrap().with_issuer(&"é".repeat(1024));
    assert!(link.begin().unwrap().pending.expose().parse::<PendingAuthorization>().is_ok());
    assert_eq!(CONNECT.with_issuer(&"x".repeat(2049)), CONNECT, "a longer issuer is none");
    assert_ne!(CONNECT.with_issuer(&"x".repeat(2048)), CONNECT);
}

#[test]
#[cfg(feature = "client")]
fn an_altered_pending_authorization_sends_nothing_to_another_server() {
    use auth_link::client::{ClientSecret, RequestBody};
    let client = CONNECT.client(ClientSecret::new("s3cret").unwrap());
    let request = CONNECT.begin_with_entropy([7; 48]);
    let (text, query) = (request.pending.expose(), format!("code=c1&state={}", state(&request)));
    let sent = |text: &str, query: &str| -> Result<String, String> {
        let pending: PendingAuthorization = text.parse().map_err(|error: ParsePendingError| error.to_string())?;
        let code = pending.finish(Callback::from_query(query).unwrap()).map_err(|error| error.to_string())?;
        let call = client.exchange(code).map_err(|error| error.to_string())?;
        assert_eq!(call.request.uri(), "https://auth.truelayer.com/connect/token");
        Ok(String::from_utf8(call.request.map(RequestBody::expose).into_body()).unwrap())
    };
    let original = sent(&text, &query).unwrap();
    // Noticed here.
    for (from, to, expected) in [
        ("1.BwcH", "1.AwcH", "`state` in the callback does not match this authorization"),
        ("acme-7d2f1a", "other", "the authorization belongs to another client id"),
        ("auth.truelayer.com", "evil.example", "the authorization belongs to another auth server"),
        ("https://auth.", "http://auth.", "malformed pending authorization: begin again"),
    ] {
        let altered = text.replacen(from, to, 1);
        assert_ne!(altered, text);
        assert_eq!(sent(&altered, &query).unwrap_err(), expected);
    }
    // Noticed by TrueLayer, which compares both with those of the authorization.
    let verifier = text.split('.').nth(3).unwrap();
    for (from, to) in [("app.example.com", "evil.example"), (verifier, "n")] {
        let altered = sent(&text.replacen(from, to, 1), &query).unwrap();
        assert_ne!(altered, original, "{from}");
    }
    // Not noticed, and not sent.
    assert_eq!(sent(&text.replace("accounts%20balance", "info"), &query).unwrap(), original);
    let other_issuer = format!("{text}&iss=https%3A%2F%2Fevil.example");
    assert_eq!(sent(&other_issuer, &format!("{query}&iss=https://evil.example")).unwrap(), original);
}

#[test]
#[cfg(feature = "serde")]
fn a_pending_authorization_is_read_back_through_serde() {
    let pending = CONNECT.begin().unwrap().pending;
    let json = serde_json::to_string(&pending).unwrap();
    assert_eq!(json, format!("{:?}", pending.expose()));
    let read: PendingAuthorization = serde_json::from_str(&json).unwrap();
    assert_eq!(read.expose(), pending.expose());
    let read: PendingAuthorization = serde_json::from_reader(json.as_bytes()).unwrap();
    assert_eq!(read.expose(), pending.expose());
    let read: PendingAuthorization = serde_json::from_value(serde_json::to_value(&pending).unwrap()).unwrap();
    assert_eq!(read.expose(), pending.expose());
    let session = HashMap::from([(pending.key(), 1)]);
    let stored = serde_json::to_string(&session).unwrap();
    assert_eq!(serde_json::from_str::<HashMap<PendingKey, i32>>(&stored).unwrap(), session);
    assert!(serde_json::from_str::<PendingKey>("\"short\"").is_err());
    let error = serde_json::from_str::<PendingKey>("7").unwrap_err();
    assert!(error.to_string().contains("expected the key of a pending authorization as text"), "{error}");
    let error = serde_json::from_str::<PendingAuthorization>(&json.replacen('1', "9", 1)).unwrap_err();
    assert!(error.to_string().starts_with("unknown version of the pending authorization: begin again"), "{error}");
    let error = serde_json::from_str::<PendingAuthorization>("7").unwrap_err();
    assert!(error.to_string().contains("expected a pending authorization as text"), "{error}");
}

#[test]
fn the_public_types_can_be_shared_between_threads() {
    fn is_shared<T: Send + Sync + 'static>() {}
    is_shared::<AuthLink>();
    is_shared::<AuthorizationRequest>();
    is_shared::<PendingAuthorization>();
    is_shared::<auth_link::AuthorizationCode>();
    is_shared::<auth_link::CallbackRejection>();
    is_shared::<auth_link::LinkError>();
    is_shared::<auth_link::BeginError>();
    is_shared::<Callback<'static>>();
}
