//! Properties of random inputs: callbacks compared with a model, responses of any bytes, values of any text.
#![cfg(feature = "client")]

use std::fmt::Debug;

use auth_link::client::{AccessToken, ApiError, Call, Client, ClientSecret, RefreshToken, User};
use auth_link::pkce::CodeVerifier;
use auth_link::{AuthLink, Callback, CallbackError, CallbackRejection, PendingAuthorization, PendingKey, auth_link};
use http::Response;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts, balance],
    provider_id = ob_monzo,
);

const STATE: &str = "BwcHBwcHBwcHBwcHBwcHBw";
const ISSUER: &str = "https://auth.truelayer.com";
const OTHER_ISSUER: &str = "https://login.example.com/x";
/// The length limit of a callback, in bytes.
const MAX_LEN: usize = 64 * 1024;
const SECRET: &str = "S3cret-of/this+client";
const TOKEN: &str = "T0ken.of-this_user~";

fn pending() -> PendingAuthorization {
    CONNECT.begin_with_entropy([7; 48]).pending
}

/// A value of a callback: a text, no value, or a malformed percent-encoded text.
#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Bare,
    Broken(&'static str),
}

impl Value {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Bare) || matches!(self, Self::Text(text) if text.is_empty())
    }
}

/// One parameter, and whether each of its bytes is percent-encoded without need.
type Parameter = (&'static str, Value, Vec<bool>);

fn parameters() -> impl Strategy<Value = Vec<Parameter>> {
    const NAMES: [&str; 17] = [
        "code",
        "code",
        "state",
        "state",
        "scope",
        "error",
        "error_description",
        "error_uri",
        "error_reason",
        "iss",
        "response",
        "id_token",
        "access_token",
        "token",
        "x",
        "State",
        "",
    ];
    let text = prop_oneof![
        4 => Just(STATE.to_owned()),
        1 => Just(String::new()),
        1 => Just(ISSUER.to_owned()),
        1 => Just(format!("{ISSUER}/")),
        1 => Just(OTHER_ISSUER.to_owned()),
        1 => Just(format!("{OTHER_ISSUER}//")),
        1 => Just("access_denied".to_owned()),
        3 => "[^\0]{0,12}",
    ];
    let value = prop_oneof![
        12 => text.prop_map(Value::Text),
        1 => Just(Value::Bare),
        1 => select(&["%", "%4", "%zz", "%00", "a%ff", "%c3"][..]).prop_map(Value::Broken),
    ];
    let parameter = (select(&NAMES[..]), value, vec(any::<bool>(), 1..6));
    // Most callbacks have the right state.
    let state = option::weighted(0.7, Just(("state", Value::Text(STATE.to_owned()), vec![false])));
    (vec(parameter, 0..5), state).prop_flat_map(|(parameters, state)| {
        Just(parameters.into_iter().chain(state).collect::<Vec<Parameter>>()).prop_shuffle()
    })
}

/// Writes the query of a callback, by RFC 3986 and the form encoding.
fn query(parameters: &[Parameter]) -> String {
    let encode = |text: &str, escaped: &[bool]| {
        let mut escaped = escaped.iter().cycle();
        let mut encoded = String::new();
        for byte in text.bytes() {
            let is_unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            match (byte, escaped.next() == Some(&true)) {
                (b' ', false) => encoded.push('+'),
                (byte, false) if is_unreserved => encoded.push(char::from(byte)),
                (byte, _) => encoded.extend(["%", &hex(byte)]),
            }
        }
        encoded
    };
    let pairs = parameters.iter().map(|(name, value, escaped)| {
        let value = match value {
            Value::Text(text) => format!("={}", encode(text, escaped)),
            Value::Bare => String::new(),
            Value::Broken(raw) => format!("={raw}"),
        };
        encode(name, &escaped[1..]) + &value
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn hex(byte: u8) -> String {
    format!("{byte:02x}")
}

/// The outcome of a callback.
#[derive(Debug, PartialEq)]
enum Outcome {
    Accepted {
        code: String,
        scope: Option<String>,
    },
    /// The kind of the error, and whether the authorization is still pending.
    Rejected(&'static str, bool),
}

/// The part of the request that contains the parameters.
#[derive(Clone, Debug)]
enum Transport {
    /// The query, with or without its `?`.
    Query(&'static str),
    /// The whole URL.
    Url,
    /// A form. The parameters here are those of the query of the URL.
    Form(Vec<Parameter>),
}

fn transports() -> impl Strategy<Value = Transport> {
    prop_oneof![
        4 => select(&["", "?"][..]).prop_map(Transport::Query),
        2 => Just(Transport::Url),
        1 => Just(Transport::Form(Vec::new())),
        1 => parameters().prop_map(Transport::Form),
    ]
}

/// Returns the known parameters, with their indices.
fn known(parameters: &[Parameter]) -> impl Iterator<Item = (usize, &Parameter)> {
    parameters.iter().enumerate().filter(|(_, (name, ..))| !["x", "State", ""].contains(name))
}

/// Returns the first error of the parameters: a known one is duplicate (RFC 6749 §3.1) or malformed, or a code is not printable
/// ASCII (appendix A.11). A malformed description hides no error.
fn parameter_error(parameters: &[Parameter]) -> Option<&'static str> {
    for (index, (name, value, _)) in known(parameters) {
        if parameters[..index].iter().any(|(earlier, ..)| earlier == name) {
            return Some("duplicate");
        }
        let is_malformed = match value {
            Value::Broken(_) => !name.starts_with("error_"),
            Value::Text(text) => *name == "code" && !text.chars().all(|c| matches!(c, ' '..='~')),
            Value::Bare => false,
        };
        if is_malformed {
            return Some("malformed");
        }
    }
    None
}

/// Returns the outcome by RFC 6749 §4.1.2, RFC 9207 §2.4 and the stricter rules of this crate.
///
/// The model works on the parameters and the length of the text, not on the text itself.
fn model(parameters: &[Parameter], transport: &Transport, issuer: &str, length: usize) -> Outcome {
    use Outcome::{Accepted, Rejected};
    if length > MAX_LEN {
        return Rejected("too long", true);
    }
    if let Some(kind) = parameter_error(parameters) {
        return Rejected(kind, true);
    }
    if let Transport::Form(query) = transport {
        if let Some(kind) = parameter_error(query) {
            return Rejected(kind, true);
        }
        let is_used = |parameters: &[Parameter]| known(parameters).any(|(_, (_, value, _))| !value.is_empty());
        if is_used(parameters) && is_used(query) {
            return Rejected("query and form", true);
        }
    }
    // An empty parameter counts as left out (RFC 6749 §3.1).
    let get = |parameter: &str| {
        let (_, value, _) = parameters.iter().find(|(name, value, _)| *name == parameter && !value.is_empty())?;
        Some(match value {
            Value::Text(text) => text.clone(),
            Value::Bare => unreachable!("empty"),
            Value::Broken(_) => unreachable!("refused above"),
        })
    };
    match get("state").as_deref() {
        None if get("error").is_some() => return Rejected("error without state", true),
        None => return Rejected("missing state", true),
        Some(STATE) => {}
        Some(_) => return Rejected("state mismatch", true),
    }
    if get("iss").is_some_and(|iss| iss != issuer && iss != format!("{issuer}/")) {
        return Rejected("issuer mismatch", false);
    }
    match get("error").as_deref() {
        Some("access_denied") => return Rejected("access denied", false),
        Some(_) => return Rejected("server", false),
        None => {}
    }
    if ["response", "access_token", "id_token", "token"].iter().any(|name| get(name).is_some()) {
        return Rejected("unexpected", false);
    }
    match get("code") {
        Some(code) => Accepted { code, scope: get("scope") },
        None => Rejected("missing code", false),
    }
}

/// Returns the outcome of a callback, with the `Debug` and `Display` of every value on the way.
fn outcome(query: &str, transport: &Transport, issuer: &str) -> (Outcome, String) {
    let kind = |error: &CallbackError| match error {
        CallbackError::AccessDenied(_) => "access denied",
        CallbackError::Server(_) => "server",
        CallbackError::ErrorWithoutState { .. } => "error without state",
        CallbackError::MissingState => "missing state",
        CallbackError::StateMismatch => "state mismatch",
        CallbackError::DuplicateParameter { .. } => "duplicate",
        CallbackError::MalformedParameter { .. } => "malformed",
        CallbackError::UnexpectedParameter { .. } => "unexpected",
        CallbackError::QueryAndForm => "query and form",
        CallbackError::MissingCode => "missing code",
        CallbackError::IssuerMismatch => "issuer mismatch",
        CallbackError::TooLong => "too long",
        _ => "another",
    };
    let (marked, url, url_query);
    let callback = match transport {
        Transport::Query(mark) => {
            marked = format!("{mark}{query}");
            Callback::from_query(&marked)
        }
        Transport::Url => {
            url = format!("https://app.example.com/callback?{query}#?code=c&state={STATE}");
            Callback::from_url(&url)
        }
        Transport::Form(parameters) => {
            url_query = self::query(parameters);
            Callback::from_form(&url_query, query)
        }
    };
    let callback = match callback {
        Ok(callback) => callback,
        Err(error) => return (Outcome::Rejected(kind(&error), true), format!("{error} {error:?}")),
    };
    let shown = format!("{callback:?}");
    match CONNECT.with_issuer(issuer).begin_with_entropy([7; 48]).pending.finish(callback) {
        Ok(code) => {
            let shown = format!("{shown} {code:?}");
            (Outcome::Accepted { code: code.expose().to_owned(), scope: code.scope().map(str::to_owned) }, shown)
        }
        Err(rejection) => {
            let CallbackRejection { error, pending, .. } = &rejection;
            (
                Outcome::Rejected(kind(error), pending.is_some()),
                format!("{shown} {rejection} {rejection:?} {error:?} {pending:?}"),
            )
        }
    }
}

/// Generates JSON that may contain the secrets of the request, anywhere.
fn json() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        Just(SECRET.to_owned()),
        Just(TOKEN.to_owned()),
        Just("S3cret-of%2Fthis%2bclient".to_owned()),
        Just("invalid_grant".to_owned()),
        Just("Bearer".to_owned()),
        Just("https://bank.example/?x".to_owned()),
        ".{0,8}",
    ];
    let text =
        vec(text, 1..3).prop_map(|texts| format!("{:?}", texts.concat()).replace("\\u{", "\\u00").replace('}', ""));
    let leaf =
        prop_oneof![text, Just("null".to_owned()), Just("true".to_owned()), any::<i32>().prop_map(|n| n.to_string())];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let name = select(
            &[
                "error",
                "error_description",
                "error_details",
                "access_token",
                "refresh_token",
                "token_type",
                "scope",
                "expires_in",
                "reason",
                "title",
                "detail",
                "errors",
                "message",
                "result",
                "results",
                "success",
                "action_needed",
                "debug_id",
                "provider_id",
                "steps",
                "name",
                "time",
                "trace_id",
            ][..],
        );
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            vec((name, inner), 0..6).prop_map(|fields| {
                let fields = fields.into_iter().map(|(name, value)| format!("{name:?}:{value}"));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => json().prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..64),
        1 => json().prop_map(|json| format!("<html><title>{json}</title>").into_bytes()),
        1 => json().prop_map(|json| json.replace('"', "").into_bytes()),
    ]
}

/// Parses a response, and returns the `Debug` and `Display` of every value on the way.
fn shown<T: Debug>(call: Call<T>, status: u16, body: &[u8]) -> String {
    let shown = format!("{call:?} {:?}", call.request);
    let error =
        |error: ApiError| format!("{error} {error:?} {:?}", error.server().map(auth_link::ServerError::details));
    let response = Response::builder().status(status).header("x-request-id", SECRET).body(body).unwrap();
    shown + &call.parser.parse(response).map_or_else(error, |value| format!("{value:?}"))
}

/// Parses a response, and returns the `Debug` and `Display` of its error.
fn shown_error<T: Debug>(call: Call<T>, status: u16, body: &[u8]) -> String {
    let response = Response::builder().status(status).header("x-request-id", TOKEN).body(body).unwrap();
    call.parser.parse(response).err().map_or(String::new(), |error| {
        format!("{error} {error:?} {:?}", error.server().map(auth_link::ServerError::details))
    })
}

fn client() -> Client {
    CONNECT.client(ClientSecret::new(SECRET).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_callback_is_accepted_if_and_only_if_the_model_accepts_it(
        parameters in parameters(), transport in transports(), issuer in select(&[ISSUER, OTHER_ISSUER][..]),
        long in option::weighted(0.01, select(&[MAX_LEN, MAX_LEN + 1][..])),
    ) {
        let mut query = query(&parameters);
        if let Some(length) = long {
            query += "&";
            query += &"x".repeat(length - query.len());
        }
        let (actual, shown) = outcome(&query, &transport, issuer);
        prop_assert_eq!(actual, model(&parameters, &transport, issuer, query.len()), "{} {:?}", query, transport);
        // Only the server's error and the granted scopes are shown.
        let is_visible = |(name, ..): &Parameter| name.starts_with("error") || *name == "scope";
        prop_assert!(parameters.iter().any(is_visible) || !shown.contains(STATE), "{}", shown);
    }

    #[test]
    fn no_bytes_of_a_callback_panic_or_are_shown(bytes in vec(select(&b"code=state&%+#?\0\xff\xc3\xa91aBwcH"[..]), 0..80)) {
        for callback in [Callback::from_query(&bytes), Callback::from_url(&bytes), Callback::from_form(&bytes, &bytes)] {
            let _ = callback.map(|callback| (callback.key(), format!("{callback:?}"), pending().finish(callback).is_ok()));
        }
        let mut hidden = b"state=".to_vec();
        hidden.extend(&bytes);
        hidden.extend(b"&code=SHOWN-NOWHERE&code=SHOWN-NOWHERE");
        if let Err(error) = Callback::from_query(&hidden) {
            let shown = format!("{error} {error:?}");
            prop_assert!(!shown.contains("SHOWN"));
        }
    }

    #[test]
    fn no_response_panics_or_shows_a_secret(status in prop_oneof![Just(200u16), 100..600u16], body in body()) {
        let (client, token) = (client(), AccessToken::new(TOKEN).unwrap());
        let refresh_token = RefreshToken::new(TOKEN).unwrap();
        let user = User::with_email("Alan Turing", "alan@bank.example").unwrap();
        // Each call, and whether its request contains the client's secret.
        let calls = [
            (shown(client.refresh(&refresh_token), status, &body), true),
            (shown(client.extend_connection(&CONNECT, &refresh_token, &user, true).unwrap(), status, &body), true),
            (shown(client.reauthenticate(&CONNECT, &refresh_token).unwrap(), status, &body), false),
            (shown(client.debug_id(&token), status, &body), false),
        ];
        for (shown, has_secret) in calls {
            // A debug id and the scopes of tokens may contain any text of the response.
            let is_data = shown.contains("DebugId") || shown.contains("Tokens");
            for secret in [TOKEN].into_iter().chain([SECRET, "S3cret-of%2Fthis%2bclient"].into_iter().filter(|_| has_secret)) {
                prop_assert!(is_data || !shown.contains(secret), "{}", shown);
            }
        }
        // The items of these responses may contain any text of the response, but their errors may not.
        let errors = [
            shown_error(client.delete_connection(&token), status, &body),
            shown_error(client.tracked_events(&token, "x").unwrap(), status, &body),
        ];
        for shown in errors {
            prop_assert!(!shown.contains(TOKEN), "{}", shown);
        }
        // This request has no secret.
        shown_error(client.providers(&[], &[]).unwrap(), status, &body);
    }

    #[test]
    fn a_user_value_is_sent_unchanged_or_refused(text in r"[a-z@. \u{0}-\u{ff}😀]{0,40}") {
        let read = |link: &AuthLink, name: &str| {
            let url = url::Url::parse(link.as_str()).unwrap();
            let value = url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
            prop_assert_eq!(value.as_deref(), Some(text.as_str()));
            let query = link.as_str().split_once("/?").unwrap().1;
            let is_query = query.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%=&".contains(&byte));
            prop_assert!(is_query, "{}", query);
            Ok(())
        };
        for (link, name) in [
            (CONNECT.with_tracking_id(&text), "tracking_id"),
            (CONNECT.with_user_email(&text), "user_email"),
            (CONNECT.with_language_id(&text), "language_id"),
            (CONNECT.with_country_id(&text), "country_id"),
        ] {
            match link {
                Ok(link) => read(&link, name)?,
                Err(error) => prop_assert!(name != "user_email" || text.len() < 4 || !error.to_string().contains(&text)),
            }
        }
        let _ = (CONNECT.with_provider_id(&text), CONNECT.with_auth_server(&text), client().with_server_origin(&text));
        let _ = (text.parse::<PendingAuthorization>(), text.parse::<PendingKey>(), text.parse::<CodeVerifier>(), client().tracked_events(&AccessToken::new("t").unwrap(), &text));
    }

    #[test]
    fn an_altered_pending_authorization_is_refused_or_reaches_no_other_server(
        at in any::<prop::sample::Index>(), with in select(&b"./?&=%:@#a1vcn~\0"[..]),
    ) {
        let mut text = pending().expose().into_bytes();
        let at = at.index(text.len());
        text[at] = with;
        let Ok(altered) = String::from_utf8(text).unwrap().parse::<PendingAuthorization>() else { return Ok(()) };
        let query = format!("code=c&state={}", altered.expose().split('.').nth(1).unwrap());
        let callback = Callback::from_query(&query).unwrap();
        let code = match altered.finish(callback) {
            Ok(code) => code,
            // The altered byte is one of the time at which it began.
            Err(rejection) => {
                prop_assert!(matches!(rejection.error, CallbackError::Expired), "{}", rejection);
                return Ok(());
            }
        };
        if let Ok(call) = client().exchange(code) {
            prop_assert_eq!(call.request.uri(), "https://auth.truelayer.com/connect/token");
        }
    }
}

#[cfg(feature = "data")]
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_data_response_panics_or_shows_a_secret_in_its_error(status in prop_oneof![Just(200u16), 100..600u16], body in body()) {
        let (client, token) = (client(), AccessToken::new(TOKEN).unwrap());
        let data = client.data(&token);
        let errors = [
            shown_error(data.me(), status, &body),
            shown_error(data.balance("a").unwrap(), status, &body),
            shown_error(data.accounts().unwrap(), status, &body),
        ];
        for shown in errors {
            prop_assert!(!shown.contains(TOKEN), "{}", shown);
        }
    }
}
