//! The callback: each row of the table of verdicts, and what comes back with them.

use std::error::Error;

use auth_link::{
    AuthLink, AuthorizationCode, Callback, CallbackError, CallbackRejection, PendingAuthorization, ServerError,
    auth_link,
};

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts],);

/// The state that [`pending`] waits for.
const STATE: &str = "BwcHBwcHBwcHBwcHBwcHBw";

fn pending() -> PendingAuthorization {
    CONNECT.begin_with_entropy([7; 48]).pending
}

/// What is said of a callback, and whether the sign-in goes on.
fn judge(callback: Result<Callback<'_>, CallbackError>) -> Result<AuthorizationCode, (CallbackError, bool)> {
    let callback = callback.map_err(|error| (error, true))?;
    pending().finish(callback).map_err(|CallbackRejection { error, pending, .. }| (error, pending.is_some()))
}

fn by_query(query: &str) -> Result<AuthorizationCode, (CallbackError, bool)> {
    judge(Callback::from_query(&query.replace("$S", STATE)))
}

fn error(query: &str) -> (CallbackError, bool) {
    by_query(query).expect_err(query)
}

/// The server's word behind an error, and whether the sign-in goes on.
fn server(query: &str) -> (ServerError, bool) {
    match error(query) {
        (CallbackError::AccessDenied(server) | CallbackError::Server(server), goes_on) => (*server, goes_on),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_code_with_the_right_state_is_accepted() {
    let code = by_query("code=c1&scope=info%20accounts+x&state=$S").unwrap();
    assert_eq!((code.expose(), code.scope()), ("c1", Some("info accounts x")));
    assert_eq!(code.expose_verifier().map(str::len), Some(43));
    assert_eq!(code.redirect_uri(), "https://app.example.com/callback");
    assert_eq!(code.client_id(), "acme-7d2f1a");
    assert_eq!(code.auth_server(), "https://auth.truelayer.com");
    assert_eq!(by_query("state=$S&code=c1").unwrap().scope(), None);
    assert_eq!(by_query("?state=$S&code=c1").unwrap().expose(), "c1");
    assert_eq!(by_query("state=Bw%63H%42wcHBwcHBwcHBwcHBw&code=c1").unwrap().expose(), "c1", "decoded once");
}

#[test]
fn row_1_no_state() {
    assert_eq!(error("code=c1"), (CallbackError::MissingState, true));
    assert_eq!(error(""), (CallbackError::MissingState, true));
}

#[test]
fn row_2_a_wrong_or_empty_state() {
    for state in ["", "x", "BwcHBwcHBwcHBwcHBwcHBx", "BwcHBwcHBwcHBwcHBwcHB", "BwcHBwcHBwcHBwcHBwcHBww", "%20$S", "$S+"]
    {
        assert_eq!(error(&format!("code=c1&state={state}")), (CallbackError::StateMismatch, true), "{state}");
    }
    let long = "B".repeat(60_000);
    assert_eq!(error(&format!("code=c1&state={long}")), (CallbackError::StateMismatch, true));
}

#[test]
fn rows_3_and_4_what_stands_twice() {
    for (query, parameter) in [
        ("code=c1&state=$S&state=$S", "state"),
        ("code=c1&state=$S&st%61te=x", "state"),
        ("code=c1&code=c2&state=$S", "code"),
        ("code=c1&code=c1&state=$S", "code"),
        ("error=a&error=b&state=$S", "error"),
        ("code=c1&scope=a&scope=a&state=$S", "scope"),
        ("code=c1&iss=a&iss=a&state=$S", "iss"),
        ("code&code&state=$S", "code"),
    ] {
        assert_eq!(error(query), (CallbackError::DuplicateParameter { parameter }, true), "{query}");
    }
}

#[test]
fn row_5_neither_code_nor_error() {
    for query in ["state=$S", "code=&state=$S", "code&state=$S", "scope=accounts&state=$S"] {
        assert_eq!(error(query), (CallbackError::MissingCode, false), "{query}");
    }
}

#[test]
fn rows_6_and_7_what_the_server_says() {
    let (refused, goes_on) =
        server("error=access_denied&error_description=User+cancelled&error_reason=cancel&state=$S");
    assert_eq!(refused.error(), "access_denied");
    assert_eq!((refused.description(), refused.reason()), (Some("User cancelled"), Some("cancel")));
    assert!(!goes_on);
    let (denied, _) = error("error=access_denied&error_description=a%0Ab&state=$S");
    assert!(matches!(denied, CallbackError::AccessDenied(_)));
    assert_eq!(denied.to_string(), "access denied: `access_denied`: a\\u{a}b");

    let (fault, goes_on) = server("error=new_one&error_uri=https%3A%2F%2Fa.example&state=$S");
    assert_eq!((fault.error(), fault.uri(), fault.description()), ("new_one", Some("https://a.example"), None));
    assert!(!goes_on);
    assert!(matches!(error("error=&state=$S").0, CallbackError::Server(_)), "an empty error is one");
}

#[test]
fn row_8_an_error_with_a_wrong_state_is_not_read() {
    let (error, goes_on) = error("error=access_denied&error_description=call+0800&state=x");
    assert_eq!((&error, goes_on), (&CallbackError::StateMismatch, true));
    assert!(!error.to_string().contains("0800"));
}

#[test]
fn row_9_an_error_without_a_state_ends_nothing() {
    assert_eq!(error("error=access_denied"), (CallbackError::ErrorWithoutState { access_denied: true }, true));
    assert_eq!(error("error=access%5Fdenied"), (CallbackError::ErrorWithoutState { access_denied: true }, true));
    assert_eq!(error("error=x&code=c1"), (CallbackError::ErrorWithoutState { access_denied: false }, true));
}

#[test]
fn row_10_an_error_beside_a_code_wins() {
    assert_eq!(server("code=c1&error=server_error&state=$S").0.error(), "server_error");
}

#[test]
fn row_11_what_belongs_to_other_flows() {
    for parameter in ["response", "access_token", "id_token"] {
        let query = format!("code=c1&{parameter}=x&state=$S");
        assert_eq!(error(&query), (CallbackError::UnexpectedParameter { parameter }, false));
    }
    assert_eq!(error("response=x"), (CallbackError::MissingState, true));
}

#[test]
fn row_12_a_fragment_is_no_part_of_a_callback() {
    let url = format!("https://app.example.com/callback#code=c1&state={STATE}");
    assert_eq!(judge(Callback::from_url(&url)).unwrap_err(), (CallbackError::MissingState, true));
    let url = format!("https://app.example.com/callback?code=c1&state={STATE}#_=_");
    assert_eq!(judge(Callback::from_url(&url)).unwrap().expose(), "c1");
    assert_eq!(judge(Callback::from_url("")).unwrap_err(), (CallbackError::MissingState, true));
}

#[test]
fn row_13_parameters_without_a_meaning_are_passed_over() {
    let query = format!("x=%ff&x=%&session_state=a&%ff=1&CODE=c2&=&&code=c1&state={STATE}&y=").into_bytes();
    let query = [&query[..], b"\xff\0&z=\xff\0"].concat();
    assert_eq!(judge(Callback::from_query(&query)).unwrap().expose(), "c1");
}

#[test]
fn row_13b_the_issuer_is_the_auth_server() {
    for issuer in ["https%3A%2F%2Fauth.truelayer.com", "https://auth.truelayer.com/"] {
        assert!(by_query(&format!("code=c1&state=$S&iss={issuer}")).is_ok(), "{issuer}");
    }
    for issuer in
        ["", "https://evil.example", "https://auth.truelayer.com//", "https://auth.truelayer.com.evil.example"]
    {
        let query = format!("code=c1&state=$S&iss={issuer}");
        assert_eq!(error(&query), (CallbackError::IssuerMismatch, false), "{issuer}");
    }
    for query in ["error=access_denied&iss=https://evil.example&state=$S", "error=x&iss=&state=$S"] {
        assert_eq!(error(query), (CallbackError::IssuerMismatch, false), "nor is an error another server's: {query}");
    }
    let sign_in = CONNECT.with_issuer("https://id.example/").begin_with_entropy([7; 48]);
    let kept: PendingAuthorization = sign_in.pending.expose().parse().unwrap();
    for (issuer, is_accepted) in [("https://id.example", true), ("https://auth.truelayer.com", false)] {
        let query = format!("code=c1&state={STATE}&iss={issuer}");
        let kept: PendingAuthorization = kept.expose().parse().unwrap();
        assert_eq!(kept.finish(Callback::from_query(&query).unwrap()).is_ok(), is_accepted, "{issuer}");
    }
}

#[test]
fn row_14_a_code_is_decoded_once() {
    assert_eq!(by_query("code=c%2B1+x%2525é&state=$S").unwrap().expose(), "c+1 x%25é");
}

#[test]
fn row_15_what_cannot_be_decoded() {
    for value in ["%", "%4", "%zz", "%ff", "a%00b", "%C3"] {
        for parameter in ["code", "state", "scope", "error", "error_description", "iss", "id_token"] {
            let query = match parameter {
                "state" => format!("code=c1&state={value}"),
                _ => format!("state=$S&{parameter}={value}"),
            };
            assert_eq!(error(&query), (CallbackError::MalformedParameter { parameter }, true), "{query}");
        }
    }
    let bytes = [&b"code=\xff&state="[..], STATE.as_bytes()].concat();
    assert_eq!(
        judge(Callback::from_query(&bytes)).unwrap_err(),
        (CallbackError::MalformedParameter { parameter: "code" }, true)
    );
}

#[test]
fn row_15_what_is_too_long() {
    let of_length = |length: usize| {
        let query = format!("code=c1&state={STATE}&x=");
        let rest = "x".repeat(length - query.len());
        query + &rest
    };
    assert!(by_query(&of_length(64 * 1024)).is_ok());
    assert_eq!(error(&of_length(64 * 1024 + 1)), (CallbackError::TooLong, true));
    assert_eq!(judge(Callback::from_form(&of_length(64 * 1024 + 1), "")).unwrap_err(), (CallbackError::TooLong, true));
}

#[test]
fn row_17_a_form_says_what_a_query_says() {
    let body = format!("code=c1&state={STATE}&scope=accounts");
    let code = judge(Callback::from_form("tenant=1", &body)).unwrap();
    assert_eq!((code.expose(), code.scope()), ("c1", Some("accounts")));
    let body = format!("error=access_denied&state={STATE}");
    assert!(matches!(
        judge(Callback::from_form("", body.as_bytes())).unwrap_err(),
        (CallbackError::AccessDenied(_), false)
    ));
    assert!(matches!(error("error=x&state=$S").0, CallbackError::Server(_)), "by a query all the same");
}

#[test]
fn row_18_a_query_and_a_form_do_not_mix() {
    let body = format!("code=c1&state={STATE}");
    for query in ["code=c2", "?code=c2", "error=x", "state=s", "scope=accounts"] {
        assert_eq!(judge(Callback::from_form(query, &body)).unwrap_err(), (CallbackError::QueryAndForm, true));
    }
    assert_eq!(judge(Callback::from_form(&body, "")).unwrap_err(), (CallbackError::MissingState, true));
}

#[test]
fn row_19_the_servers_text_is_kept_as_it_came_and_shown_escaped() {
    let text = "<b>\"x\"</b>\r\n\u{1b}[2J é `y` & 'z' \\";
    let encoded = text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let (server, _) = server(&format!("error=%3Ci%3E&error_description={encoded}&state=$S"));
    assert_eq!((server.error(), server.description()), ("<i>", Some(text)));
    let shown = CallbackError::Server(Box::new(server.clone())).to_string();
    assert!(format!("{server:?}").contains("\\u{3c}i\\u{3e}"));
    for text in [&shown, &format!("{server:?}")] {
        assert!(text.chars().all(|c| c.is_ascii_graphic() || c == ' '), "{text}");
    }
    assert_eq!(
        shown,
        "error from the auth server: `\\u{3c}i\\u{3e}`: \\u{3c}b\\u{3e}\\u{22}x\\u{22}\\u{3c}/b\\u{3e}\\u{d}\\u{a}\\u{1b}[2J \
         \\u{e9} \\u{60}y\\u{60} \\u{26} \\u{27}z\\u{27} \\u{5c}"
    );
}

#[test]
fn row_16_a_pending_sign_in_comes_back_only_before_its_state_matched() {
    let mine = format!("code=c1&state={STATE}");
    let strangers = format!("code=c1&state={}", "A".repeat(22));
    let refused = pending().finish(Callback::from_query(&strangers).unwrap()).unwrap_err();
    assert_eq!(refused.to_string(), "`state` in the callback is not that of this sign-in");
    assert!(refused.source().is_none(), "said once");
    let CallbackRejection { pending: Some(same), .. } = refused else {
        panic!("a stranger's callback must not end the sign-in");
    };
    assert_eq!(same.key(), pending().key());
    // Its own callback takes it; a second one finds nothing left to take.
    assert!(same.finish(Callback::from_query(&mine).unwrap()).is_ok());
}

#[test]
fn callback_and_pending_sign_in_have_the_same_key() {
    let query = format!("code=c1&state={STATE}");
    let callback = Callback::from_query(&query).unwrap();
    assert_eq!(callback.key(), pending().key());
    assert_eq!(callback.key().as_str().len(), 43);
    assert!(!callback.key().as_str().contains(STATE));
    assert_ne!(Callback::from_query("state=other").unwrap().key(), pending().key());
}
