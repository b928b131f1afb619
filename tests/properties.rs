//! What holds for inputs that nobody thought of: callbacks by a written-out model, answers of any bytes, values of any text.
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
/// What is longer is not read.
const LONGEST: usize = 64 * 1024;
const SECRET: &str = "S3cret-of/this+client";
const TOKEN: &str = "T0ken.of-this_user~";

fn pending() -> PendingAuthorization {
    CONNECT.begin_with_entropy([7; 48]).pending
}

/// A value of a callback: a text, nothing at all, or what cannot be decoded, as it stands in the query.
#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Bare,
    Broken(&'static str),
}

/// One parameter, and how its characters are written: `true` escapes what needs no escape.
type Parameter = (&'static str, Value, Vec<bool>);

fn parameters() -> impl Strategy<Value = Vec<Parameter>> {
    const NAMES: [&str; 16] = [
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
    // Most callbacks have the right state and a code.
    let usual = option::weighted(0.7, Just(("state", Value::Text(STATE.to_owned()), vec![false])));
    (vec(parameter, 0..5), usual).prop_flat_map(|(parameters, state)| {
        Just(parameters.into_iter().chain(state).collect::<Vec<Parameter>>()).prop_shuffle()
    })
}

/// The query of a callback, written by RFC 3986 and the form encoding.
fn query(parameters: &[Parameter]) -> String {
    let escape = |text: &str, escaped: &[bool]| {
        let mut escaped = escaped.iter().cycle();
        let mut written = String::new();
        for byte in text.bytes() {
            let is_unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            match (byte, escaped.next() == Some(&true)) {
                (b' ', false) => written.push('+'),
                (byte, false) if is_unreserved => written.push(char::from(byte)),
                (byte, _) => written.extend(["%", &hex(byte)]),
            }
        }
        written
    };
    let pairs = parameters.iter().map(|(name, value, escaped)| {
        let value = match value {
            Value::Text(text) => format!("={}", escape(text, escaped)),
            Value::Bare => String::new(),
            Value::Broken(raw) => format!("={raw}"),
        };
        escape(name, &escaped[1..]) + &value
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn hex(byte: u8) -> String {
    format!("{byte:02x}")
}

/// What becomes of a callback.
#[derive(Debug, PartialEq)]
enum Verdict {
    Accepted {
        code: String,
        scope: Option<String>,
    },
    /// The name of the error's kind, and whether the sign-in goes on.
    CallbackRejection(&'static str, bool),
}

/// How a browser brings a callback.
#[derive(Clone, Debug)]
enum Way {
    /// By the query alone, with its `?` or without.
    Query(&'static str),
    /// By the whole address.
    Address,
    /// By a form, which has the parameters; these are those of the query beside it.
    Form(Vec<Parameter>),
}

fn ways() -> impl Strategy<Value = Way> {
    prop_oneof![
        4 => select(&["", "?"][..]).prop_map(Way::Query),
        2 => Just(Way::Address),
        1 => Just(Way::Form(Vec::new())),
        1 => parameters().prop_map(Way::Form),
    ]
}

/// The parameters that mean something, and which they are.
fn known(parameters: &[Parameter]) -> impl Iterator<Item = (usize, &Parameter)> {
    parameters.iter().enumerate().filter(|(_, (name, ..))| !["x", "State", ""].contains(name))
}

/// The first fault of the parameters as such: each that means something stands once (RFC 6749 §3.1), and can be read.
fn fault(parameters: &[Parameter]) -> Option<&'static str> {
    for (index, (name, value, _)) in known(parameters) {
        if parameters[..index].iter().any(|(earlier, ..)| earlier == name) {
            return Some("repeated");
        }
        if matches!(value, Value::Broken(_)) {
            return Some("malformed");
        }
    }
    None
}

/// RFC 6749 §4.1.2 and RFC 9207 §2.4, with the stricter rules of this crate, written out on what a callback means and not on its
/// text, of which only the length counts.
fn model(parameters: &[Parameter], way: &Way, issuer: &str, length: usize) -> Verdict {
    use Verdict::{Accepted, CallbackRejection};
    if length > LONGEST {
        return CallbackRejection("too long", true);
    }
    if let Some(kind) = fault(parameters) {
        return CallbackRejection(kind, true);
    }
    if let Way::Form(beside) = way {
        if let Some(kind) = fault(beside) {
            return CallbackRejection(kind, true);
        }
        if known(parameters).next().is_some() && known(beside).next().is_some() {
            return CallbackRejection("query and form", true);
        }
    }
    let get = |wanted: &str| {
        parameters.iter().find(|(name, ..)| *name == wanted).map(|(_, value, _)| match value {
            Value::Text(text) => text.clone(),
            Value::Bare => String::new(),
            Value::Broken(_) => unreachable!("refused above"),
        })
    };
    match get("state").as_deref() {
        None if get("error").is_some() => return CallbackRejection("error without state", true),
        None => return CallbackRejection("state missing", true),
        Some(STATE) => {}
        Some(_) => return CallbackRejection("state mismatch", true),
    }
    if get("iss").is_some_and(|iss| iss != issuer && iss != format!("{issuer}/")) {
        return CallbackRejection("issuer mismatch", false);
    }
    match get("error").as_deref() {
        Some("access_denied") => return CallbackRejection("access denied", false),
        Some(_) => return CallbackRejection("server", false),
        None => {}
    }
    if ["response", "access_token", "id_token"].iter().any(|name| get(name).is_some()) {
        return CallbackRejection("mixed", false);
    }
    match get("code") {
        Some(code) if !code.is_empty() => Accepted { code, scope: get("scope") },
        _ => CallbackRejection("code missing", false),
    }
}

/// What becomes of a callback, and all that could be shown of it on the way.
fn judged(query: &str, way: &Way, issuer: &str) -> (Verdict, String) {
    let kind = |error: &CallbackError| match error {
        CallbackError::AccessDenied(_) => "access denied",
        CallbackError::Server(_) => "server",
        CallbackError::ErrorWithoutState { .. } => "error without state",
        CallbackError::MissingState => "state missing",
        CallbackError::StateMismatch => "state mismatch",
        CallbackError::DuplicateParameter { .. } => "repeated",
        CallbackError::MalformedParameter { .. } => "malformed",
        CallbackError::UnexpectedParameter { .. } => "mixed",
        CallbackError::QueryAndForm => "query and form",
        CallbackError::MissingCode => "code missing",
        CallbackError::IssuerMismatch => "issuer mismatch",
        CallbackError::TooLong => "too long",
        _ => "another",
    };
    let (marked, address, beside);
    let callback = match way {
        Way::Query(mark) => {
            marked = format!("{mark}{query}");
            Callback::from_query(&marked)
        }
        Way::Address => {
            address = format!("https://app.example.com/callback?{query}#?code=c&state={STATE}");
            Callback::from_url(&address)
        }
        Way::Form(parameters) => {
            beside = self::query(parameters);
            Callback::from_form(&beside, query)
        }
    };
    let callback = match callback {
        Ok(callback) => callback,
        Err(error) => return (Verdict::CallbackRejection(kind(&error), true), format!("{error} {error:?}")),
    };
    let shown = format!("{callback:?}");
    match CONNECT.with_issuer(issuer).begin_with_entropy([7; 48]).pending.finish(callback) {
        Ok(code) => {
            let shown = format!("{shown} {code:?}");
            (Verdict::Accepted { code: code.expose().to_owned(), scope: code.scope().map(str::to_owned) }, shown)
        }
        Err(refused) => {
            let CallbackRejection { error, pending, .. } = &refused;
            (
                Verdict::CallbackRejection(kind(error), pending.is_some()),
                format!("{shown} {refused} {refused:?} {error:?} {pending:?}"),
            )
        }
    }
}

/// JSON that may repeat what the request held, anywhere.
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

/// Reads an answer, and gives everything that could be shown of it.
fn read<T: Debug>(call: Call<T>, status: u16, body: &[u8]) -> String {
    let shown = format!("{call:?} {:?}", call.request);
    let told = |error: ApiError| format!("{error} {error:?} {:?}", error.server().map(auth_link::ServerError::details));
    let response = Response::builder().status(status).header("x-request-id", SECRET).body(body).unwrap();
    shown + &call.parser.parse(response).map_or_else(told, |answer| format!("{answer:?}"))
}

/// Everything that could be shown of an error.
fn error<T: Debug>(call: Call<T>, status: u16, body: &[u8]) -> String {
    let response = Response::builder().status(status).header("x-request-id", TOKEN).body(body).unwrap();
    call.parser.parse(response).err().map_or(String::new(), |error| {
        format!("{error} {error:?} {:?}", error.server().map(auth_link::ServerError::details))
    })
}

fn client() -> Client {
    CONNECT.client(ClientSecret::new(SECRET).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_callback_is_accepted_if_and_only_if_the_model_accepts_it(
        parameters in parameters(), way in ways(), issuer in select(&[ISSUER, OTHER_ISSUER][..]),
        long in option::weighted(0.01, select(&[LONGEST, LONGEST + 1][..])),
    ) {
        let mut query = query(&parameters);
        if let Some(length) = long {
            query += "&";
            query += &"x".repeat(length - query.len());
        }
        let (verdict, shown) = judged(&query, &way, issuer);
        prop_assert_eq!(verdict, model(&parameters, &way, issuer, query.len()), "{} {:?}", query, way);
        // What the server says of an error, and what it grants, is shown; of all else nothing.
        let is_said = |(name, ..): &Parameter| name.starts_with("error") || *name == "scope";
        prop_assert!(parameters.iter().any(is_said) || !shown.contains(STATE), "{}", shown);
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
    fn no_answer_panics_or_shows_a_secret(status in prop_oneof![Just(200u16), 100..600u16], body in body()) {
        let (client, token) = (client(), AccessToken::new(TOKEN).unwrap());
        let refresh_token = RefreshToken::new(TOKEN).unwrap();
        let user = User::with_email("Alan Turing", "alan@bank.example").unwrap();
        // The secrets that each request holds.
        let calls = [
            (read(client.refresh(&refresh_token), status, &body), true),
            (read(client.extend_connection(&CONNECT, &refresh_token, &user, true).unwrap(), status, &body), true),
            (read(client.reauthenticate(&CONNECT, &refresh_token).unwrap(), status, &body), false),
            (read(client.debug_id(&token), status, &body), false),
        ];
        for (shown, holds_secret) in calls {
            // What an answer is for is data: a debug id, the scopes of tokens.
            let is_data = shown.contains("DebugId") || shown.contains("Tokens");
            for secret in [TOKEN].into_iter().chain([SECRET, "S3cret-of%2Fthis%2bclient"].into_iter().filter(|_| holds_secret)) {
                prop_assert!(is_data || !shown.contains(secret), "{}", shown);
            }
        }
        // What a provider list, a journey or an account says is data; their errors are not.
        let errors = [
            error(client.delete_connection(&token), status, &body),
            error(client.tracked_events(&token, "x").unwrap(), status, &body),
        ];
        for shown in errors {
            prop_assert!(!shown.contains(TOKEN), "{}", shown);
        }
        // This one is asked without a secret.
        error(client.providers(&[], &[]).unwrap(), status, &body);
    }

    #[test]
    fn whatever_a_user_brings_is_read_back_or_refused(text in r"[a-z@. \u{0}-\u{ff}😀]{0,40}") {
        let read = |link: &AuthLink, name: &str| {
            let url = url::Url::parse(link.as_str()).unwrap();
            let value = url.query_pairs().find(|(found, _)| found == name).map(|(_, value)| value.into_owned());
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
    fn a_pending_sign_in_that_is_altered_anywhere_is_refused_or_reaches_no_other_server(
        at in any::<prop::sample::Index>(), with in select(&b"./?&=%:@#a1vcn~\0"[..]),
    ) {
        let mut text = pending().expose().into_bytes();
        let at = at.index(text.len());
        text[at] = with;
        let Ok(altered) = String::from_utf8(text).unwrap().parse::<PendingAuthorization>() else { return Ok(()) };
        let query = format!("code=c&state={}", altered.expose().split('.').nth(1).unwrap());
        if let Ok(call) = client().exchange(altered.finish(Callback::from_query(&query).unwrap()).unwrap()) {
            prop_assert_eq!(call.request.uri(), "https://auth.truelayer.com/connect/token");
        }
    }
}

#[cfg(feature = "data")]
proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_data_panics_or_has_an_error_that_shows_a_secret(status in prop_oneof![Just(200u16), 100..600u16], body in body()) {
        let (client, token) = (client(), AccessToken::new(TOKEN).unwrap());
        let data = client.data(&token);
        let errors = [
            error(data.me(), status, &body),
            error(data.balance("a").unwrap(), status, &body),
            error(data.accounts().unwrap(), status, &body),
        ];
        for shown in errors {
            prop_assert!(!shown.contains(TOKEN), "{}", shown);
        }
    }
}
