//! What `Debug` and `Display` show: never a state, code, verifier, challenge or address.

use std::fmt::{Debug, Display};

use auth_link::{AuthLink, Callback, CallbackError, CodeChallenge, CodeVerifier, Key, Pending, auth_link};

#[allow(deprecated)]
static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback?tenant=hidden",
    scope = [accounts],
    user_email = "jo@hidden.example",
    tracking_id = "hidden-journey",
);

const STATE: &str = "BwcHBwcHBwcHBwcHBwcHBw";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn shows_nothing(what: &str, text: &str) {
    for secret in ["hidden", "BwcHBwcH", "dBjftJeZ", "E9Melhoa", "secretcode", "jo@hidden"] {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

fn debug(value: impl Debug) {
    let text = format!("{value:?} {value:#?}");
    shows_nothing("Debug", &text);
    assert!(text.len() > 4, "it shows what it is");
}

fn both(value: impl Debug + Display) {
    let text = value.to_string();
    shows_nothing("Display", &text);
    assert!(text.len() > 10, "it says what is wrong");
    debug(value);
}

#[test]
fn no_type_shows_a_secret() {
    debug(&CONNECT);
    debug(CONNECT.with_user_email("jo@hidden.example").unwrap());
    both(CONNECT.with_user_email("jo@hidden.example hidden").unwrap_err());
    both(CONNECT.with_tracking_id("hidden-journey\n").unwrap_err());
    both(CONNECT.at("http://jo:hidden@hidden.example").unwrap_err());
    debug(CONNECT.warnings());

    let verifier: CodeVerifier = VERIFIER.parse().unwrap();
    let challenge = CodeChallenge::from(&verifier);
    debug(&verifier);
    debug(challenge);
    both("hidden".parse::<CodeVerifier>().unwrap_err());
    both("hidden".parse::<CodeChallenge>().unwrap_err());

    let sign_in = CONNECT.begin_with_entropy([7; 48]);
    debug(&sign_in);
    debug(&sign_in.pending);
    debug(sign_in.pending.key());
    both(sign_in.pending.expose().replacen('1', "7", 1).parse::<Pending>().unwrap_err());
    both("1.hidden".parse::<Pending>().unwrap_err());
    both("hidden".parse::<Key>().unwrap_err());

    let query = format!("code=secretcode&state={STATE}&scope=accounts&iss=https://hidden.example");
    let callback = Callback::from_query(&query).unwrap();
    debug(&callback);
    both(sign_in.pending.receive(callback).unwrap_err());

    let query = format!("code=secretcode&state={STATE}");
    let mut code = CONNECT.begin_with_entropy([7; 48]).pending.receive(Callback::from_query(&query).unwrap()).unwrap();
    debug(&code);
    both(code.add_verifier(verifier).unwrap_err());

    let strangers = Callback::from_query("code=secretcode&state=hidden").unwrap();
    both(CONNECT.begin_with_entropy([7; 48]).pending.receive(strangers).unwrap_err());
}

#[test]
fn no_fault_of_a_callback_shows_what_was_in_it() {
    let long = format!("code=secretcode&x={}", "hidden".repeat(20_000));
    for query in [
        "code=secretcode",
        "code=secretcode&state=",
        "code=secretcode&code=secretcode&state=hidden",
        "code=secretcode%&state=hidden",
        "state=hidden%00",
        "error=hidden&error_description=hidden",
        "error=access_denied&error_description=hidden",
        long.as_str(),
    ] {
        both(Callback::from_query(query).unwrap_err());
    }
    both(Callback::from_form("code=secretcode", "code=secretcode&state=hidden").unwrap_err());
    for rest in ["", "&code=", "&code=secretcode&id_token=hidden", "&code=secretcode&iss=hidden"] {
        let query = format!("state={STATE}{rest}");
        let pending = CONNECT.begin_with_entropy([7; 48]).pending;
        let refused = pending.receive(Callback::from_query(&query).unwrap()).unwrap_err();
        both(CallbackError::from(refused));
    }
}
