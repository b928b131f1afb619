//! `Debug` and `Display` show no state, code, verifier, challenge or email address.

use std::fmt::{Debug, Display};

use auth_link::pkce::{CodeChallenge, CodeVerifier};
use auth_link::{AuthLink, Callback, CallbackError, PendingAuthorization, PendingKey, auth_link};

#[allow(deprecated)]
static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback?tenant=hidden",
    scope = [accounts],
    provider_id = ob_tide,
    user_email = "jo@hidden.example",
    tracking_id = "hidden-journey",
);

const STATE: &str = "BwcHBwcHBwcHBwcHBwcHBw";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn assert_redacted(name: &str, text: &str) {
    for secret in ["hidden", "ob-tide", "BwcHBwcH", "dBjftJeZ", "E9Melhoa", "secretcode", "jo@hidden"] {
        assert!(!text.contains(secret), "{name} shows {secret}: {text}");
    }
}

fn debug(value: impl Debug) {
    let text = format!("{value:?} {value:#?}");
    assert_redacted("Debug", &text);
    assert!(text.len() > 4, "it shows the type");
}

fn both(value: impl Debug + Display) {
    let text = value.to_string();
    assert_redacted("Display", &text);
    assert!(text.len() > 10, "it has a message");
    debug(value);
}

#[test]
fn no_type_shows_a_secret() {
    debug(&CONNECT);
    debug(CONNECT.with_user_email("jo@hidden.example").unwrap());
    both(CONNECT.with_user_email("jo@hidden.example hidden").unwrap_err());
    both(CONNECT.with_tracking_id("hidden-journey\n").unwrap_err());
    both(CONNECT.with_auth_server("http://jo:hidden@hidden.example").unwrap_err());
    debug(CONNECT.warnings());
    #[cfg(feature = "builder")]
    debug(AuthLink::builder().client_id("hidden").user_email("jo@hidden.example"));

    let verifier: CodeVerifier = VERIFIER.parse().unwrap();
    let challenge = CodeChallenge::from(&verifier);
    debug(&verifier);
    debug(challenge);
    both("hidden".parse::<CodeVerifier>().unwrap_err());
    both("hidden".parse::<CodeChallenge>().unwrap_err());

    let request = CONNECT.begin_with_entropy([7; 48]);
    debug(&request);
    debug(&request.pending);
    debug(request.pending.key());
    both(request.pending.expose().replacen('1', "7", 1).parse::<PendingAuthorization>().unwrap_err());
    both("1.hidden".parse::<PendingAuthorization>().unwrap_err());
    both("hidden".parse::<PendingKey>().unwrap_err());

    let query = format!("code=secretcode&state={STATE}&scope=accounts&iss=https://hidden.example");
    let callback = Callback::from_query(&query).unwrap();
    debug(&callback);
    both(request.pending.finish(callback).unwrap_err());

    let query = format!("code=secretcode&state={STATE}");
    let mut code = CONNECT.begin_with_entropy([7; 48]).pending.finish(Callback::from_query(&query).unwrap()).unwrap();
    debug(&code);
    both(code.add_verifier(verifier).unwrap_err());

    let foreign = Callback::from_query("code=secretcode&state=hidden").unwrap();
    both(CONNECT.begin_with_entropy([7; 48]).pending.finish(foreign).unwrap_err());
}

#[test]
fn no_error_of_a_callback_shows_its_values() {
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
    for parameters in ["", "&code=", "&code=secretcode&id_token=hidden", "&code=secretcode&iss=hidden"] {
        let query = format!("state={STATE}{parameters}");
        let pending = CONNECT.begin_with_entropy([7; 48]).pending;
        let rejection = pending.finish(Callback::from_query(&query).unwrap()).unwrap_err();
        both(CallbackError::from(rejection));
    }
}

#[test]
#[cfg(feature = "client")]
fn no_type_of_the_client_shows_a_secret() {
    use auth_link::client::{
        AccessToken, Client, ClientSecret, ConsentId, DirectBankAuthentication, Environment, ExtendOutcome,
        RefreshToken, User,
    };
    let secret = ClientSecret::new("hidden-secret").unwrap();
    let (access_token, refresh_token) = (AccessToken::new("hidden-a").unwrap(), RefreshToken::new("hidden-r").unwrap());
    debug(&secret);
    debug(&access_token);
    debug(&refresh_token);
    both(ClientSecret::new("hidden\n").unwrap_err());
    both(Client::new(Environment::Live, "<x>", secret.clone()).unwrap_err());
    both("hidden id".parse::<ConsentId>().unwrap_err());
    both(User::with_email("hidden", "hidden").unwrap_err());

    let client = CONNECT.client(secret);
    debug(&client);
    #[cfg(feature = "data")]
    debug(client.data(&access_token));
    both(client.with_server_origin("http://jo:hidden@hidden.example").unwrap_err());
    let pending = || CONNECT.begin_with_entropy([7; 48]).pending;
    let query = format!("code=secretcode&state={STATE}");
    let callback = || Callback::from_query(&query).unwrap();
    let call = client.exchange(pending().finish(callback()).unwrap()).unwrap();
    debug(&call);
    debug(&call.request);
    assert_eq!(format!("{:?}", call.request.body()), "RequestBody([redacted])");
    debug(&call.parser);
    let body = r#"{"access_token":"hidden-new","refresh_token":"hidden-new","token_type":"Bearer"}"#;
    debug(call.parser.parse(http::Response::new(body)).unwrap());
    let elsewhere: PendingAuthorization =
        pending().expose().replace("truelayer.com", "hidden.example").parse().unwrap();
    let error = client.exchange(elsewhere.finish(callback()).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "the authorization belongs to another auth server");
    both(auth_link::client::RequestError::from(error));
    assert_eq!(client.client_id(), "acme-7d2f1a");

    let user = User::with_email("hidden", "jo@hidden.example").unwrap().id("hidden");
    assert_eq!(format!("{user:?}"), "User([redacted])");
    let link = CONNECT.with_provider_id("ob-monzo").unwrap();
    let auth = DirectBankAuthentication::new("c1".parse().unwrap()).user(user.clone()).auth_input("branch", "hidden");
    debug(&auth);
    debug(client.direct_bank_authentication(&link, &auth).unwrap());
    debug(client.reauthenticate(&CONNECT, &refresh_token).unwrap());
    debug(client.delete_connection(&access_token).request);
    debug(client.debug_id(&access_token));
    let call = client.extend_connection(&CONNECT, &refresh_token, &user, true).unwrap();
    debug(&call);
    let body = r#"{"action_needed":"authentication_needed","user_input_link":"https://bank.example/?hidden"}"#;
    let outcome = call.parser.parse(http::Response::new(body)).unwrap();
    debug(&outcome);
    let ExtendOutcome::Authenticate(request) = outcome else { panic!("another outcome") };
    assert_eq!(request.url, "https://bank.example/?hidden");
}

#[test]
#[cfg(all(feature = "client", feature = "serde"))]
fn tokens_are_serialized_and_the_client_secret_is_only_deserialized() {
    let token: auth_link::client::RefreshToken = serde_json::from_str("\"hidden\"").unwrap();
    assert_eq!(serde_json::to_string(&token).unwrap(), "\"hidden\"");
    let token: auth_link::client::AccessToken = serde_json::from_value("hidden".into()).unwrap();
    assert_eq!(serde_json::to_value(&token).unwrap(), "hidden");
    let secret: auth_link::client::ClientSecret = serde_json::from_str("\"hidden\"").unwrap();
    assert_eq!(secret.expose(), "hidden");
    both(serde_json::from_str::<auth_link::client::ClientSecret>("\"hidden\\n\"").unwrap_err());
}
