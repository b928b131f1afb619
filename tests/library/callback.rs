//! The callback: which callbacks are accepted, and which errors end the pending authorization.

use std::error::Error;

use auth_link::{
    AuthLink, AuthorizationCode, Callback, CallbackError, CallbackRejection, PendingAuthorization, ServerError,
    auth_link,
};

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts],);

/// The state of [`pending`].
const STATE: &str = "BwcHBwcHBwcHBwcHBwcHBw";

fn pending() -> PendingAuthorization {
    CONNECT.begin_with_entropy([7; 48]).pending
}

/// Returns the code of a callback, or its error and whether the authorization is still pending.
fn finish(callback: Result<Callback<'_>, CallbackError>) -> Result<AuthorizationCode, (CallbackError, bool)> {
    let callback = callback.map_err(|error| (error, true))?;
    pending().finish(callback).map_err(|CallbackRejection { error, pending, .. }| (error, pending.is_some()))
}

fn by_query(query: &str) -> Result<AuthorizationCode, (CallbackError, bool)> {
    finish(Callback::from_query(&query.replace("$S", STATE)))
}

fn error(query: &str) -> (CallbackError, bool) {
    by_query(query).expect_err(query)
}

/// Returns the server's error of a callback, and whether the authorization is still pending.
fn server(query: &str) -> (ServerError, bool) {
    match error(query) {
        (CallbackError::AccessDenied(server) | CallbackError::Server(server), is_pending) => (*server, is_pending),
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
    assert_eq!(by_query("state=Bw%63H%42wcHBwcHBwcHBwcHBw&code=c1").unwrap().expose(), "c1", "the state is decoded");
}

#[test]
fn a_callback_without_a_state_is_refused() {
    assert_eq!(error("code=c1"), (CallbackError::MissingState, true));
    assert_eq!(error(""), (CallbackError::MissingState, true));
    for query in ["code=c1&state=", "code=c1&state", "state=&code=c1"] {
        assert_eq!(error(query), (CallbackError::MissingState, true), "an empty parameter is left out: {query}");
    }
}

#[test]
fn a_callback_with_a_wrong_state_is_refused() {
    for state in ["x", "BwcHBwcHBwcHBwcHBwcHBx", "BwcHBwcHBwcHBwcHBwcHB", "BwcHBwcHBwcHBwcHBwcHBww", "%20$S", "$S+"] {
        assert_eq!(error(&format!("code=c1&state={state}")), (CallbackError::StateMismatch, true), "{state}");
    }
    let long = "B".repeat(60_000);
    assert_eq!(error(&format!("code=c1&state={long}")), (CallbackError::StateMismatch, true));
}

#[test]
fn a_duplicate_parameter_is_refused() {
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
fn a_callback_without_a_code_or_an_error_is_refused() {
    for query in ["state=$S", "code=&state=$S", "code&state=$S", "scope=accounts&state=$S"] {
        assert_eq!(error(query), (CallbackError::MissingCode, false), "{query}");
    }
}

#[test]
fn an_error_of_the_server_is_returned() {
    let (denied, is_pending) =
        server("error=access_denied&error_description=User+cancelled&error_reason=cancel&state=$S");
    assert_eq!(denied.error(), "access_denied");
    assert_eq!((denied.description(), denied.reason()), (Some("User cancelled"), Some("cancel")));
    assert!(!is_pending);
    let (error_with_newline, _) = error("error=access_denied&error_description=a%0Ab&state=$S");
    assert!(matches!(error_with_newline, CallbackError::AccessDenied(_)));
    assert_eq!(error_with_newline.to_string(), "access denied: `access_denied`: a\\u{a}b");

    let (other, is_pending) = server("error=new_one&error_uri=https%3A%2F%2Fa.example&state=$S");
    assert_eq!((other.error(), other.uri(), other.description()), ("new_one", Some("https://a.example"), None));
    assert!(!is_pending);
}

#[test]
fn an_error_with_a_wrong_state_is_not_read() {
    let (error, is_pending) = error("error=access_denied&error_description=call+0800&state=x");
    assert_eq!((&error, is_pending), (&CallbackError::StateMismatch, true));
    assert!(!error.to_string().contains("0800"));
}

#[test]
fn an_error_without_a_state_ends_no_authorization() {
    assert_eq!(error("error=access_denied"), (CallbackError::ErrorWithoutState { access_denied: true }, true));
    assert_eq!(error("error=access%5Fdenied"), (CallbackError::ErrorWithoutState { access_denied: true }, true));
    assert_eq!(error("error=x&code=c1"), (CallbackError::ErrorWithoutState { access_denied: false }, true));
}

#[test]
fn an_error_takes_precedence_over_a_code() {
    assert_eq!(server("code=c1&error=server_error&state=$S").0.error(), "server_error");
}

#[test]
fn a_parameter_of_another_flow_is_refused() {
    for parameter in ["response", "access_token", "id_token", "token"] {
        let query = format!("code=c1&{parameter}=x&state=$S");
        assert_eq!(error(&query), (CallbackError::UnexpectedParameter { parameter }, false));
    }
    assert_eq!(error("response=x"), (CallbackError::MissingState, true));
}

#[test]
fn an_empty_parameter_counts_as_left_out() {
    for parameter in ["error", "error_description", "iss", "response", "access_token", "id_token", "token", "scope"] {
        for query in [format!("code=c1&{parameter}=&state=$S"), format!("{parameter}&code=c1&state=$S")] {
            let code = by_query(&query).unwrap_or_else(|error| panic!("{query}: {error:?}"));
            assert_eq!((code.expose(), code.scope()), ("c1", None), "{query}");
        }
    }
    assert_eq!(error("error=&state=$S"), (CallbackError::MissingCode, false));
    assert_eq!(error("error=x&state="), (CallbackError::ErrorWithoutState { access_denied: false }, true));
    assert_eq!(server("error=x&error_description=&state=$S").0.description(), None);
    let body = format!("code=c1&state={STATE}");
    assert!(finish(Callback::from_form("error=&state", &body)).is_ok(), "the query has no value");
}

#[test]
fn a_malformed_description_hides_no_error() {
    for (parameter, expected) in [
        ("error_description=Acc%E8s+refus%E9", "Acc\u{fffd}s refus\u{fffd}"),
        ("error_description=100%+sure", "100% sure"),
        ("error_description=a%00b", "a\u{fffd}b"),
        ("error_uri=https://a.example/%zz", "https://a.example/%zz"),
        ("error_reason=%FF", "\u{fffd}"),
    ] {
        for query in [format!("error=access_denied&{parameter}&state=$S"), format!("{parameter}&state=$S&error=x")] {
            let (server, is_pending) = server(&query);
            let shown = server.description().or(server.reason()).or(server.uri());
            assert_eq!((shown, is_pending), (Some(expected), false), "{query}");
        }
    }
    let code = by_query("code=c1&error_description=%ff&state=$S").unwrap();
    assert_eq!(code.expose(), "c1", "a description without an error");
}

#[test]
fn white_space_around_a_callback_is_ignored() {
    for end in ["\n", "\r\n", " ", "\t", " \x0c\n"] {
        for parameters in ["code=c1&state=$S", "state=$S&code=c1"] {
            let query = format!("{end}{parameters}{end}").replace("$S", STATE);
            assert_eq!(finish(Callback::from_query(&query)).unwrap().expose(), "c1", "{query:?}");
            assert_eq!(finish(Callback::from_form("", &query)).unwrap().expose(), "c1", "{query:?}");
            let query = format!("{end}?{}", query.trim_start());
            assert_eq!(finish(Callback::from_query(&query)).unwrap().expose(), "c1", "{query:?}");
            let url = format!("{end}https://app.example.com/callback{}", query.trim_start());
            assert_eq!(finish(Callback::from_url(&url)).unwrap().expose(), "c1", "{url:?}");
        }
    }
}

#[test]
fn a_code_that_is_not_printable_ascii_is_refused() {
    let malformed = CallbackError::MalformedParameter { parameter: "code" };
    for code in ["c1%0D%0A", "%09", "c%7f", "c%C3%A9", "c\u{e9}", "c\nd", "c%1b[0m"] {
        for query in [format!("code={code}&state=$S"), format!("state=$S&code={code}&x=1")] {
            assert_eq!(error(&query), (malformed.clone(), true), "{query:?}");
        }
    }
    assert_eq!(by_query("code=%20%7E!%22&state=$S").unwrap().expose(), " ~!\"", "the first and the last character");
}

#[test]
fn a_url_in_place_of_a_query_names_the_other_function() {
    for start in [
        "https://app.example.com/callback?",
        "https://app.example.com/callback?tenant=1&",
        "com.example.app:/callback?",
        "localhost:3000/callback?",
        "/callback?",
        "?https://app.example.com/callback?",
    ] {
        for parameters in ["code=c1&state=$S", "state=$S&code=c1"] {
            let url = format!("{start}{parameters}").replace("$S", STATE);
            assert_eq!(finish(Callback::from_query(&url)).unwrap_err(), (CallbackError::UnexpectedUrl, true), "{url}");
            let form = Callback::from_form(&url, "");
            assert_eq!(finish(form).unwrap_err(), (CallbackError::UnexpectedUrl, true), "{url}");
        }
    }
    assert_eq!(error("https://app.example.com/callback"), (CallbackError::UnexpectedUrl, true));
    assert!(CallbackError::UnexpectedUrl.to_string().ends_with("help: parse it with `Callback::from_url`"));
    assert!(by_query("x=https://a.example/?b&code=c1&state=$S").is_ok(), "a value may be a URL");
}

#[test]
fn a_query_in_place_of_a_url_names_the_other_function() {
    for query in
        ["code=c1&state=$S", "state=$S&code=c1", " code=c1&state=$S\n", "error=x", "code&state=$S", "x=?&code=c"]
    {
        let query = query.replace("$S", STATE);
        let error = finish(Callback::from_url(&query)).unwrap_err();
        assert_eq!(error, (CallbackError::UnexpectedQuery, true), "{query}");
    }
    assert!(CallbackError::UnexpectedQuery.to_string().ends_with("help: parse it with `Callback::from_query`"));
    for url in ["com.example.app:/cb?code=c1&state=$S", "/cb?code=c1&state=$S", "localhost?code=c1&state=$S"] {
        assert!(finish(Callback::from_url(&url.replace("$S", STATE))).is_ok(), "{url}");
    }
}

#[test]
fn a_fragment_is_ignored() {
    let url = format!("https://app.example.com/callback#code=c1&state={STATE}");
    assert_eq!(finish(Callback::from_url(&url)).unwrap_err(), (CallbackError::MissingState, true));
    let url = format!("https://app.example.com/callback?code=c1&state={STATE}#_=_");
    assert_eq!(finish(Callback::from_url(&url)).unwrap().expose(), "c1");
    assert_eq!(finish(Callback::from_url("")).unwrap_err(), (CallbackError::MissingState, true));
}

#[test]
fn unknown_parameters_are_ignored() {
    let query = format!("x=%ff&x=%&session_state=a&%ff=1&CODE=c2&=&&code=c1&state={STATE}&y=").into_bytes();
    let query = [&query[..], b"\xff\0&z=\xff\0"].concat();
    assert_eq!(finish(Callback::from_query(&query)).unwrap().expose(), "c1");
}

#[test]
fn an_issuer_other_than_the_auth_server_is_refused() {
    for issuer in ["https%3A%2F%2Fauth.truelayer.com", "https://auth.truelayer.com/"] {
        assert!(by_query(&format!("code=c1&state=$S&iss={issuer}")).is_ok(), "{issuer}");
    }
    for issuer in ["https://evil.example", "https://auth.truelayer.com//", "https://auth.truelayer.com.evil.example"] {
        let query = format!("code=c1&state=$S&iss={issuer}");
        assert_eq!(error(&query), (CallbackError::IssuerMismatch, false), "{issuer}");
    }
    for query in ["error=access_denied&iss=https://evil.example&state=$S", "error=x&iss=evil&state=$S"] {
        assert_eq!(error(query), (CallbackError::IssuerMismatch, false), "an error of another server: {query}");
    }
    let request = CONNECT.with_issuer("https://id.example/").begin_with_entropy([7; 48]);
    let stored: PendingAuthorization = request.pending.expose().parse().unwrap();
    for (issuer, is_accepted) in [("https://id.example", true), ("https://auth.truelayer.com", false)] {
        let query = format!("code=c1&state={STATE}&iss={issuer}");
        let pending: PendingAuthorization = stored.expose().parse().unwrap();
        assert_eq!(pending.finish(Callback::from_query(&query).unwrap()).is_ok(), is_accepted, "{issuer}");
    }
}

#[test]
fn a_code_is_decoded_once() {
    assert_eq!(by_query("code=c%2B1+x%2525&state=$S").unwrap().expose(), "c+1 x%25");
}

#[test]
fn a_malformed_parameter_is_refused() {
    for value in ["%", "%4", "%zz", "%ff", "a%00b", "%C3"] {
        for parameter in ["code", "state", "scope", "error", "iss", "id_token"] {
            let query = match parameter {
                "state" => format!("code=c1&state={value}"),
                _ => format!("state=$S&{parameter}={value}"),
            };
            assert_eq!(error(&query), (CallbackError::MalformedParameter { parameter }, true), "{query}");
        }
    }
    let bytes = [&b"code=\xff&state="[..], STATE.as_bytes()].concat();
    assert_eq!(
        finish(Callback::from_query(&bytes)).unwrap_err(),
        (CallbackError::MalformedParameter { parameter: "code" }, true)
    );
}

#[test]
fn a_callback_beyond_64_kib_is_refused() {
    let of_length = |length: usize| {
        let query = format!("code=c1&state={STATE}&x=");
        let padding = "x".repeat(length - query.len());
        query + &padding
    };
    assert!(by_query(&of_length(64 * 1024)).is_ok());
    assert_eq!(error(&of_length(64 * 1024 + 1)), (CallbackError::TooLong, true));
    assert_eq!(finish(Callback::from_form(&of_length(64 * 1024 + 1), "")).unwrap_err(), (CallbackError::TooLong, true));
    let spaces = format!("code=c1&state={STATE}{}", " ".repeat(64 * 1024));
    assert_eq!(error(&spaces), (CallbackError::TooLong, true), "white space counts");
    let url = |length| format!("https://app.example.com/callback?{}", of_length(length));
    assert!(finish(Callback::from_url(&url(64 * 1024))).is_ok());
    assert_eq!(finish(Callback::from_url(&url(64 * 1024 + 1))).unwrap_err(), (CallbackError::TooLong, true));
}

#[test]
fn a_form_is_read_like_a_query() {
    let body = format!("code=c1&state={STATE}&scope=accounts");
    let code = finish(Callback::from_form("tenant=1", &body)).unwrap();
    assert_eq!((code.expose(), code.scope()), ("c1", Some("accounts")));
    let body = format!("error=access_denied&state={STATE}");
    assert!(matches!(
        finish(Callback::from_form("", body.as_bytes())).unwrap_err(),
        (CallbackError::AccessDenied(_), false)
    ));
    assert!(matches!(error("error=x&state=$S").0, CallbackError::Server(_)), "the query has the same error");
}

#[test]
fn a_query_and_a_form_with_parameters_are_refused() {
    let body = format!("code=c1&state={STATE}");
    for query in ["code=c2", "?code=c2", "error=x", "state=s", "scope=accounts"] {
        assert_eq!(finish(Callback::from_form(query, &body)).unwrap_err(), (CallbackError::QueryAndForm, true));
    }
    assert_eq!(finish(Callback::from_form(&body, "")).unwrap_err(), (CallbackError::MissingState, true));
}

#[test]
fn a_server_error_keeps_its_text_and_shows_it_escaped() {
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
fn a_long_server_error_is_shown_in_part() {
    for c in ["<", "x", "é", "\u{202e}", "::error::"] {
        let text = c.repeat(65_000 / (c.len() * 3));
        let long = text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
        let query = format!("error=x&state=$S&error_description={long}");
        let (error, is_pending) = error(&query);
        assert!(!is_pending);
        assert!(error.to_string().len() < 600 && format!("{error:?}").len() < 650, "{error}");
        assert!(error.to_string().ends_with('…'), "{error}");
    }
    let (error, _) = error("error=x&state=$S&error_description=a+%23%23%5Berror%5Db");
    assert!(!error.to_string().contains("##["), "{error}");
}

#[test]
fn a_pending_authorization_is_returned_only_if_the_state_does_not_match() {
    let own = format!("code=c1&state={STATE}");
    let foreign = format!("code=c1&state={}", "A".repeat(22));
    let rejection = pending().finish(Callback::from_query(&foreign).unwrap()).unwrap_err();
    assert_eq!(rejection.to_string(), "`state` in the callback does not match this authorization");
    assert!(rejection.source().is_none(), "the message is not repeated");
    let CallbackRejection { pending: Some(returned), .. } = rejection else {
        panic!("the callback of another authorization must not end this one");
    };
    assert_eq!(returned.key(), pending().key());
    // Its own callback consumes it.
    assert!(returned.finish(Callback::from_query(&own).unwrap()).is_ok());
}

#[test]
fn a_callback_has_the_key_of_its_pending_authorization() {
    let query = format!("code=c1&state={STATE}");
    let callback = Callback::from_query(&query).unwrap();
    assert_eq!(callback.key(), pending().key());
    assert_eq!(callback.key().as_str().len(), 43);
    assert!(!callback.key().as_str().contains(STATE));
    assert_ne!(Callback::from_query("state=other").unwrap().key(), pending().key());
}
