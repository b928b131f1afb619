//! TrueLayer's other endpoints: the requests, and the responses to them.
#![cfg(feature = "client")]

use auth_link::client::{
    AccessToken, Call, Client, ClientSecret, ConsentId, DirectBankAuthentication, Environment, EventName,
    ExtendOutcome, List, RefreshToken, RequestBody, RequestError, User,
};
use auth_link::{AuthLink, AuthorizationRequest, Callback, PendingAuthorization, auth_link};
use http::{Method, Request, Response};
use serde_json::{Value, json};

#[allow(deprecated)]
static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [info, accounts, offline_access],
    providers = [uk_ob_all],
    provider_id = ob_monzo,
    response_mode = form_post,
    tracking_id = "journey 1&2",
    language_id = en,
    user_email = "jo@example.com",
);

static PLAIN: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    pkce = false,
);

fn client() -> Client {
    CONNECT.client(ClientSecret::new("s3cret").unwrap())
}

fn access_token() -> AccessToken {
    AccessToken::new("t0ken").unwrap()
}

fn refresh_token() -> RefreshToken {
    RefreshToken::new("r3fresh").unwrap()
}

fn user() -> User {
    User::with_email("Alan Turing", "alan@example.com").unwrap().id("u1")
}

/// Returns all texts of the error of a response with this body, as JSON or as it is.
fn shown_error<T>(call: Call<T>, status: u16, body: &str) -> String {
    let response = Response::builder().status(status).header("x-request-id", body.replace('\n', " "));
    let Err(error) = call.parser.parse(response.body(body.to_owned()).unwrap()) else { panic!("an error") };
    let server = error.server();
    let texts = server.map(|server| (server.error(), server.description(), server.reason(), server.uri()));
    let details = server.map(auth_link::ServerError::details);
    format!("{error} {error:?} {texts:?} {details:?} {:?}", error.correlation_id())
}

/// Returns all texts of the error of a response without an id.
#[cfg(feature = "data")]
fn shown_error_of_body<T>(call: Call<T>, body: &str) -> String {
    let Err(error) = call.parser.parse(Response::builder().status(404).body(body).unwrap()) else { panic!("an error") };
    format!("{error} {error:?} {:?}", error.server().map(auth_link::ServerError::description))
}

/// Asserts that no error shows one of the texts of the request, wherever the response repeats it.
fn assert_not_shown<T>(call: impl Fn() -> Call<T>, texts: &[&str]) {
    for text in texts {
        let encoded = text.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
        for repeated in [(*text).to_owned(), text.to_uppercase(), encoded, text.to_lowercase()] {
            let body = json!({"error": repeated, "error_description": repeated, "error_uri": repeated,
                "error_details": {"reason": repeated, &repeated: [repeated]}, "trace_id": repeated});
            for body in [body.to_string(), format!("<html><title>{repeated}</title>"), repeated.clone()] {
                let shown = shown_error(call(), 400, &body);
                assert!(!shown.contains(&repeated) && !shown.contains(*text), "{repeated} in {shown}");
            }
        }
    }
}

#[test]
fn no_error_shows_personal_data_of_the_request() {
    let auth = DirectBankAuthentication::new("c1".parse().unwrap())
        .user(user())
        .data_use_description("for the mortgage of Alan")
        .auth_input("pin", "998877");
    let texts = ["alan@example.com", "Alan Turing", "998877", "for the mortgage of Alan"];
    assert_not_shown(|| client().direct_bank_authentication(&CONNECT, &auth).unwrap(), &texts);
    let phone = User::with_phone("Alan Turing", "+447700900000");
    let auth = DirectBankAuthentication::new("c1".parse().unwrap()).user(phone);
    assert_not_shown(|| client().direct_bank_authentication(&CONNECT, &auth).unwrap(), &["+447700900000"]);
    let extend = || client().extend_connection(&CONNECT, &refresh_token(), &user(), true).unwrap();
    assert_not_shown(extend, &["alan@example.com", "Alan Turing", "s3cret", "r3fresh"]);
    assert_not_shown(|| client().tracked_events(&access_token(), "journey of alan").unwrap(), &["journey of alan"]);
    // The code of the server, and the id for its support, remain.
    let shown = shown_error(extend(), 422, r#"{"error":"invalid_user","error_description":"x","trace_id":"t"}"#);
    assert!(shown.starts_with("error from TrueLayer: `invalid_user` (status 422, correlation id"), "{shown}");
    let shown = shown_error(extend(), 422, r#"{"title":"Invalid","detail":"Alan"}"#);
    assert!(shown.starts_with("error from TrueLayer: `422 Unprocessable Entity` (status 422"), "{shown}");
}

#[test]
#[cfg(feature = "data")]
fn no_error_of_the_data_shows_the_account_or_the_address_of_the_user() {
    let (client, token) = (client(), access_token());
    let account = "GB29 NWBK-60161331926819";
    let call = || client.data(&token).transactions(account, ..);
    assert!(call().is_err(), "the scope is missing");
    let plain = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret").unwrap()).unwrap();
    assert_not_shown(|| plain.data(&token).transactions(account, ..).unwrap(), &[account, "t0ken"]);
    assert_not_shown(|| plain.data(&token).card_balance(account).unwrap(), &[account]);
    // Nor a part of it.
    let body = r#"{"error":"account_not_found","error_description":"no account that ends in 6819"}"#;
    let shown = shown_error_of_body(plain.data(&token).balance(account).unwrap(), body);
    assert!(
        shown.starts_with("error from TrueLayer: `account_not_found` (status 404)") && !shown.contains("6819"),
        "{shown}"
    );
    for body in ["<html><title>no account that ends in 6819</title>", "no account that ends in 6819"] {
        let shown = shown_error_of_body(plain.data(&token).balance(account).unwrap(), body);
        assert!(!shown.contains("6819"), "{shown}");
    }
    let present = || plain.data(&token).with_psu_ip("203.0.113.77".parse().unwrap());
    assert_not_shown(|| present().accounts().unwrap(), &["203.0.113.77"]);
    let call = present().balance(account).unwrap();
    let shown = format!("{call:?} {:?}", call.request.headers());
    assert!(shown.contains("/data/v1/accounts/…") && !shown.contains("GB29") && !shown.contains("203.0"), "{shown}");
    // A request without personal data has the description.
    let shown = shown_error(plain.data(&token).accounts().unwrap(), 400, r#"{"error":"x","error_description":"why"}"#);
    assert!(shown.contains("`x`: why"), "{shown}");
}

#[test]
#[cfg(feature = "data")]
fn a_missing_resource_and_an_ended_access_need_no_reauthorization() {
    use auth_link::client::Recovery;
    fn recovery<T>(call: Call<T>, status: u16, code: &str) -> Recovery {
        let body = json!({"error": code}).to_string();
        let response = Response::builder().status(status).body(body).unwrap();
        let Err(error) = call.parser.parse(response) else { panic!("an error") };
        error.recovery()
    }
    let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret").unwrap()).unwrap();
    let token = access_token();
    let data = client.data(&token);
    for (status, code, expected) in [
        (403, "sca_exceeded", Recovery::NarrowRequest),
        (501, "endpoint_not_supported", Recovery::Unsupported),
        (400, "endpoint_not_supported", Recovery::Unsupported),
        (501, "x", Recovery::Unsupported),
        (403, "access_denied", Recovery::Reauthorize),
        (403, "x", Recovery::Fail),
    ] {
        assert_eq!(recovery(data.transactions("a", ..).unwrap(), status, code), expected, "{status} {code}");
    }
    for (status, code, expected) in [
        (403, "access_denied", Recovery::Unsupported),
        (403, "x", Recovery::Unsupported),
        (403, "sca_exceeded", Recovery::NarrowRequest),
        (400, "invalid_grant", Recovery::Reauthorize),
        (401, "invalid_token", Recovery::Refresh),
    ] {
        assert_eq!(recovery(data.direct_debits("a").unwrap(), status, code), expected, "{status} {code}");
        assert_eq!(recovery(data.standing_orders("a").unwrap(), status, code), expected, "{status} {code}");
    }
}

#[test]
fn no_error_shows_the_state_or_the_challenge() {
    fn description<T>(Call { request, parser, .. }: Call<T>) -> String {
        let sent: Value = serde_json::from_slice(&request.into_body().expose()).unwrap();
        let (state, challenge) = (sent["state"].as_str().unwrap(), sent["code_challenge"].as_str().unwrap());
        let body = json!({"title": "Invalid", "detail": format!("{state} and {challenge}")}).to_string();
        let Err(error) = parser.parse(Response::builder().status(422).body(body).unwrap()) else { panic!("an error") };
        let shown = format!("{error} {error:?} {:?}", error.server().unwrap().description());
        assert!(!shown.contains(state) && !shown.contains(challenge), "{shown}");
        error.server().unwrap().description().unwrap_or_default().to_owned()
    }
    let auth = DirectBankAuthentication::new("c1".parse().unwrap()).user(user());
    assert_eq!(description(client().direct_bank_authentication(&CONNECT, &auth).unwrap()), "");
    assert_eq!(description(client().extend_connection(&CONNECT, &refresh_token(), &user(), true).unwrap()), "");
    let redacted = "[redacted] and [redacted]";
    assert_eq!(description(client().reauthenticate(&CONNECT, &refresh_token()).unwrap()), redacted);
}

fn respond(body: &Value) -> Response<String> {
    Response::new(body.to_string())
}

fn read<T>(call: Call<T>, body: &Value) -> T {
    call.parser.parse(respond(body)).unwrap_or_else(|error| panic!("{body}: {error}"))
}

fn refused<T>(call: Call<T>, body: &Value) -> String {
    let Err(error) = call.parser.parse(respond(body)) else { panic!("{body} is accepted") };
    let shown = format!("{error} {error:?}");
    for secret in ["s3cret", "t0ken", "r3fresh"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    error.to_string()
}

/// Returns the JSON of a request to a URL, without its state and its challenge, and these two.
fn json(request: Request<RequestBody>, url: &str) -> (Value, Option<String>, Option<String>) {
    assert_eq!((request.method(), request.uri().to_string().as_str()), (&Method::POST, url));
    assert_eq!(request.headers()["content-type"], "application/json");
    let mut json: Value = serde_json::from_slice(&request.into_body().expose()).unwrap();
    let mut take = |name| json.as_object_mut().unwrap().remove(name).map(|value| value.as_str().unwrap().to_owned());
    let (state, challenge) = (take("state"), take("code_challenge"));
    (json, state, challenge)
}

/// Finishes an authorization with a callback of this state, and exchanges its code.
fn finish(pending: PendingAuthorization, state: Option<String>) {
    let body = format!("code=c&state={}", state.unwrap());
    let code = pending.finish(Callback::from_form("", &body).unwrap()).unwrap();
    assert_eq!(client().exchange(code).unwrap().request.uri(), "https://auth.truelayer.com/connect/token");
}

#[test]
fn a_connection_is_deleted_with_its_token_in_the_header_alone() {
    let call = client().delete_connection(&access_token());
    assert_eq!(call.request.method(), Method::DELETE);
    assert_eq!(call.request.uri(), "https://auth.truelayer.com/api/delete");
    assert_eq!(call.request.headers()["authorization"], "Bearer t0ken");
    assert!(!format!("{:?} {call:?}", call.request).contains("t0ken"));
    assert!(call.request.into_body().expose().is_empty());
    assert!(
        client().delete_connection(&access_token()).parser.parse(Response::new("<html>log in to the wifi")).is_err()
    );
    for body in ["", "{}", "deleted", "null"] {
        assert!(client().delete_connection(&access_token()).parser.parse(Response::new(body)).is_ok(), "{body}");
    }
    assert!(
        refused(client().delete_connection(&access_token()), &json!({"error": "unauthorized t0ken"}))
            .contains("[redacted]")
    );
}

#[test]
fn a_debug_id_is_requested() {
    let (sent, ..) = json(client().debug_id(&access_token()).request, "https://auth.truelayer.com/api/debug");
    assert_eq!(sent, json!({"access_token": "t0ken"}));
    let id = read(
        client().debug_id(&access_token()),
        &json!({"credentials_id": "SSw+=", "debug_id": "ob-monzo|U1N", "provider_id": "ob-monzo"}),
    );
    assert_eq!((id.debug_id.as_str(), id.provider_id.as_deref()), ("ob-monzo|U1N", Some("ob-monzo")));
    assert_eq!(
        refused(client().debug_id(&access_token()), &json!({})),
        "unexpected response: missing `debug_id` (status 200)"
    );
}

#[test]
fn providers_are_listed() {
    let call = client().providers(&["accounts balance", ""], &["GB", "fr", "uk"]).unwrap();
    let expected =
        "https://auth.truelayer.com/api/providers?clientId=acme-7d2f1a&scopes=accounts%20balance&country=uk%20fr";
    assert_eq!((call.request.method(), call.request.uri().to_string().as_str()), (&Method::GET, expected));
    let body = json!([
        {"provider_id": "mock", "display_name": "Mock", "country": "uk", "logo_url": "https://x/mock.svg",
         "scopes": ["accounts"], "availability": {"recommended_status": "healthy", "updated_at": "2023-05-23T10:11:54.501Z"},
         "provider_scope_mappings": {}},
        {"provider_id": "stet-credit-agricole", "display_name": "Crédit Agricole", "scopes": ["a_new_scope"], "steps": [
            {"title": "OAuthRedirect", "fields": [{"type": "SingleChoiceField", "id": "branch-name",
             "display_name": "Branch Name", "help_text": "Please select a branch", "mandatory": true,
             "values": [{"value": "stet-chalus", "display_name": "Chalus"}, {"value": "other"}]}]}]},
    ]);
    let providers = read(call, &body);
    assert_eq!(providers[0].availability.as_ref().unwrap().recommended_status, "healthy");
    assert_eq!((providers[0].scopes.as_slice(), providers[0].steps.len()), (&["accounts".to_owned()][..], 0));
    let field = &providers[1].steps[0].fields[0];
    assert_eq!((field.id.as_str(), field.mandatory, field.is_sensitive), ("branch-name", true, false));
    assert_eq!(field.values[1].display_name, "other");
    let call = || client().providers(&[], &[]).unwrap();
    assert_eq!(call().request.uri(), "https://auth.truelayer.com/api/providers?clientId=acme-7d2f1a");
    assert!(read(call(), &json!([])).is_empty());
    let cases = [
        (json!({}), "expected a list, found an object"),
        (json!(null), "expected a list, found null"),
        (json!([1]), "expected an object, found a number"),
        (json!([{"display_name": "x"}]), "missing `provider_id`"),
        (json!([{"provider_id": "x", "steps": {}}]), "expected a list for `steps`, found an object"),
    ];
    for (body, expected) in cases {
        assert_eq!(refused(call(), &body), format!("unexpected response: {expected} (status 200)"));
    }
}

#[test]
fn an_unreadable_provider_or_field_does_not_lose_the_others() {
    let call = client().providers(&[], &[]).unwrap();
    let providers = read(
        call,
        &json!([
            {"provider_id": "ob-a", "steps": null},
            1,
            {"display_name": "x"},
            {"provider_id": "ob-b", "steps": [{"title": "t", "fields": [
                {"id": "bank", "mandatory": true, "values": [{"value": "", "display_name": "Choose"}, {}]},
                {},
                {"id": "branch", "mandatory": "yes"},
            ]}, 2]},
            {"provider_id": "ob-c", "steps": {}},
        ]),
    );
    assert_eq!(providers.iter().map(|provider| provider.provider_id.as_str()).collect::<Vec<_>>(), ["ob-a", "ob-b"]);
    assert_eq!(
        reasons(&providers),
        [
            (1, "expected an object, found a number"),
            (2, "missing `provider_id`"),
            (4, "expected a list for `steps`, found an object")
        ]
    );
    assert_eq!(providers.unreadable()[1].expose(), r#"{"display_name":"x"}"#);
    let steps = &providers[1].steps;
    assert_eq!((steps.len(), reasons(steps)), (1, vec![(1, "expected an object, found a number")]));
    let fields = &steps[0].fields;
    assert_eq!(
        (fields.len(), reasons(fields)),
        (1, vec![(1, "missing `id`"), (2, "expected true or false for `mandatory`, found text")])
    );
    let choice = &fields[0].values[0];
    assert_eq!((choice.value.as_str(), choice.display_name.as_str()), ("", "Choose"));
    assert_eq!(reasons(&fields[0].values), [(1, "missing `value`")]);
}

fn reasons<T>(list: &List<T>) -> Vec<(usize, &str)> {
    list.unreadable().iter().map(|item| (item.index(), item.reason())).collect()
}

#[test]
fn an_invalid_scope_or_country_of_a_provider_list_is_refused() {
    let error = |scopes: &[&str], countries: &[&str]| client().providers(scopes, countries).unwrap_err().to_string();
    assert_eq!(error(&["acounts"], &[]), "unknown scope `acounts`\nhelp: a similar scope exists: `accounts`");
    assert!(error(&[], &["english"]).starts_with("unknown country `english`"));
    assert!(error(&["accounts&x=y"], &[]).starts_with("unknown scope"));
    let once = client().providers(&[], &vec!["FR"; 4000]).unwrap().request.uri().to_string();
    assert!(once.ends_with("&country=fr"), "{once}");
}

#[test]
fn tracked_events_are_parsed() {
    let client =
        Client::new(Environment::Sandbox, "sandbox-acme-7d2f1a", ClientSecret::new("s3cret").unwrap()).unwrap();
    let call = client.tracking_token();
    assert_eq!(call.request.uri(), "https://auth.truelayer-sandbox.com/connect/token");
    let sent = call.request.map(RequestBody::expose).into_body();
    let expected = "grant_type=client_credentials&client_id=sandbox-acme-7d2f1a&client_secret=s3cret&scope=tracking";
    assert_eq!(String::from_utf8(sent).unwrap(), expected);
    let tokens = read(client.tracking_token(), &json!({"access_token": "t", "token_type": "Bearer"}));
    assert_eq!(tokens.scope(), Some("tracking"), "the requested scope");

    let call = || client.tracked_events(&access_token(), "journey 1&2").unwrap();
    let uri = "https://client-tracking.truelayer-sandbox.com/v1/tracked-events?tracking_id=journey%201%262";
    assert_eq!((call().request.method(), call().request.uri().to_string().as_str()), (&Method::GET, uri));
    assert_eq!(call().request.headers()["authorization"], "Bearer t0ken");
    assert!(!format!("{:?}", call()).contains("journey"));
    let body = json!({"results": [
        {"name": "dialog_started", "time": "2021-11-04T10:23:44.8114799Z", "flow_id": "auth-K", "reauth": false},
        {"name": "quite_new", "time": "2021-11-04T10:23:45Z", "provider_id": "ob-monzo", "reauth": true, "x": 1},
    ]});
    let events = read(call(), &body);
    assert_eq!((&events[0].name, events[0].flow_id.as_deref()), (&EventName::DialogStarted, Some("auth-K")));
    assert_eq!((&events[1].name, events[1].reauth), (&EventName::Other("quite_new".to_owned()), true));
    for name in
        ["provider_selected", "consent_granted", "provider_auth_started", "provider_authorized", "code_exchanged"]
    {
        let events = read(call(), &json!({"results": [{"name": name, "time": "t"}]}));
        assert!(events[0].name.as_str() == name && !matches!(events[0].name, EventName::Other(_)));
    }
    assert!(read(call(), &json!({"results": []})).is_empty());
    assert!(refused(call(), &json!([])).contains("expected an object, found a list"));
    assert!(refused(call(), &json!({"results": [{"name": "x"}]})).contains("missing `time`"));
    assert!(refused(call(), &json!({})).contains("missing `results`"));
    let events = read(call(), &json!({"results": [{"name": "x"}, {"name": "x", "time": "t"}]}));
    assert_eq!((events.len(), reasons(&events)), (1, vec![(0, "missing `time`")]));
    for (id, expected) in [("", "empty `tracking_id`"), ("a\nb", "unexpected control character in `tracking_id`")] {
        assert!(client.tracked_events(&access_token(), id).unwrap_err().to_string().starts_with(expected));
    }
    let events = |length| client.tracked_events(&access_token(), &"x".repeat(length));
    let longest = 8000 - "/v1/tracked-events?tracking_id=".len();
    assert!(events(longest).is_ok() && matches!(events(longest + 1), Err(RequestError::TooLong)));
}

#[test]
fn direct_bank_authentication_begins_and_finishes_an_authorization() {
    let auth = DirectBankAuthentication::new("c0nsent1".parse().unwrap())
        .user(user())
        .data_use_description("To show your \"balance\"")
        .auth_input("branch-name", "stet-chalus");
    assert!(!format!("{auth:?} {:?}", user()).contains("lan"), "the user is not shown");
    let call = client().direct_bank_authentication(&CONNECT, &auth).unwrap();
    let (sent, state, challenge) = json(call.request, "https://auth.truelayer.com/v1/authuri");
    let expected = json!({
        "response_type": "code",
        "client_id": "acme-7d2f1a",
        "redirect_uri": "https://app.example.com/callback",
        "scope": "info accounts offline_access",
        "provider_id": "ob-monzo",
        "consent_id": "c0nsent1",
        "response_mode": "form_post",
        "tracking_id": "journey 1&2",
        "code_challenge_method": "S256",
        "user": {"id": "u1", "name": "Alan Turing", "email": "alan@example.com"},
        "data_use_description": "To show your \"balance\"",
        "auth_inputs": [{"branch-name": "stet-chalus"}],
    });
    assert_eq!(sent, expected);
    assert_eq!(challenge.unwrap().len(), 43);
    let bank = "https://verify.monzo.example/authorize?client_id=x&scope=openid%20a|b{c}";
    let authorization = call.parser.parse(respond(&json!({"result": bank, "success": true}))).unwrap();
    assert_eq!(authorization.url, bank);
    finish(authorization.pending, state);
}

#[test]
fn direct_bank_authentication_without_a_provider_or_with_another_client_is_refused() {
    let auth = DirectBankAuthentication::new("c".parse().unwrap()).user(User::with_phone("Alan", "+447700900000"));
    let error = client().direct_bank_authentication(&PLAIN, &auth).unwrap_err();
    assert!(matches!(error, RequestError::MissingProvider));
    assert!(error.to_string().starts_with("missing `provider_id`\nhelp: write it into the link"), "{error}");
    let plain = PLAIN.with_provider_id("ob-monzo").unwrap();
    let (sent, _, challenge) = json(
        client().direct_bank_authentication(&plain, &auth).unwrap().request,
        "https://auth.truelayer.com/v1/authuri",
    );
    assert_eq!((challenge, &sent["code_challenge_method"], &sent["response_mode"]), (None, &Value::Null, &Value::Null));
    assert_eq!(sent["user"], json!({"name": "Alan", "phone": "+447700900000"}));
    let other =
        auth_link!(client_id = "other-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts],);
    assert!(matches!(client().direct_bank_authentication(&other, &auth), Err(RequestError::ClientMismatch)));
    assert!(matches!(client().reauthenticate(&other, &refresh_token()), Err(RequestError::ClientMismatch)));
    assert!(matches!(
        client().extend_connection(&other, &refresh_token(), &user(), true),
        Err(RequestError::ClientMismatch)
    ));
    let elsewhere = plain.with_auth_server("http://localhost:8080").unwrap();
    assert!(matches!(client().direct_bank_authentication(&elsewhere, &auth), Err(RequestError::ServerMismatch)));
    for invalid in ["", "a-b", "a b", "é"] {
        assert!(invalid.parse::<ConsentId>().is_err(), "{invalid}");
    }
    assert!(User::with_email("Alan", "alan").is_err());
}

#[test]
fn only_an_https_url_is_accepted_from_a_response() {
    let reauthenticate = |link: &AuthLink, body: &Value| -> Result<AuthorizationRequest, String> {
        let client = link.client(ClientSecret::new("s3cret").unwrap());
        let call = client.reauthenticate(link, &refresh_token()).unwrap();
        call.parser.parse(respond(body)).map_err(|error| error.to_string())
    };
    assert!(reauthenticate(&CONNECT, &json!({"result": "HTTPS://Bank.example", "success": true})).is_ok());
    let expected = "unexpected response: expected an https URL for `result`, found another text (status 200)";
    for url in [
        "javascript:alert(1)",
        "javascript://bank.example/%0aalert(1)",
        "//bank.example",
        "http://bank.example",
        "https://",
        "https:///path",
        "https://user@bank.example",
        "https://bank.example/\"><script>alert(1)</script>",
        "https://bank.example\\.evil.example",
        "https://bank.example/a b",
        "https://bank.example\0",
        "https://bank.example／evil",
        "https://bank.example/\u{202e}",
        "https://:80/",
        "https://[/",
        "https://bank.example/\r\nset-cookie: x",
        "https://bank.example\\@evil.example",
        " https://bank.example",
        "data:text/html,x",
        "monzo://x",
    ] {
        assert_eq!(
            reauthenticate(&CONNECT, &json!({"result": url, "success": true})).unwrap_err(),
            expected,
            "{url:?}"
        );
    }
    let mock_server = CONNECT.with_auth_server("http://localhost:8080").unwrap();
    assert!(reauthenticate(&mock_server, &json!({"result": "http://localhost:8080/bank", "success": true})).is_ok());
    for (body, expected) in [
        (json!({"success": true}), "missing `result`"),
        (json!({"result": "https://bank.example", "success": false}), "expected true for `success`, found false"),
        (json!({"result": 1}), "expected text for `result`, found a number"),
    ] {
        assert_eq!(
            reauthenticate(&CONNECT, &body).unwrap_err(),
            format!("unexpected response: {expected} (status 200)")
        );
    }
}

#[test]
fn reauthentication_begins_and_finishes_an_authorization() {
    let call = client().reauthenticate(&CONNECT, &refresh_token()).unwrap();
    let (sent, state, challenge) = json(call.request, "https://auth.truelayer.com/v1/reauthuri");
    let expected = json!({
        "response_type": "code",
        "refresh_token": "r3fresh",
        "redirect_uri": "https://app.example.com/callback",
        "response_mode": "form_post",
        "code_challenge_method": "S256",
    });
    assert_eq!((sent, challenge.unwrap().len()), (expected, 43));
    let authorization =
        call.parser.parse(respond(&json!({"result": "https://bank.example/x", "success": true}))).unwrap();
    finish(authorization.pending, state);
}

#[test]
fn extending_a_connection_has_one_of_three_outcomes() {
    let call = || client().extend_connection(&CONNECT, &refresh_token(), &user(), true).unwrap();
    let (sent, state, challenge) = json(call().request, "https://api.truelayer.com/connections/extend");
    let expected = json!({
        "user_has_reconfirmed_consent": true,
        "client_id": "acme-7d2f1a",
        "client_secret": "s3cret",
        "refresh_token": "r3fresh",
        "redirect_uri": "https://app.example.com/callback",
        "response_mode": "form_post",
        "user": {"id": "u1", "name": "Alan Turing", "email": "alan@example.com"},
    });
    assert_eq!((sent, state.unwrap().len(), challenge.unwrap().len()), (expected, 22, 43));
    let body = json!({"action_needed": "no_action_needed", "access_token": "new"});
    let ExtendOutcome::Extended(tokens) = read(call(), &body) else { panic!() };
    assert_eq!((tokens.access_token.expose(), tokens.refresh_token.unwrap().expose()), ("new", "r3fresh"));

    for action in ["authentication_needed", "reconfirmation_of_consent_needed"] {
        let call = call();
        let body = json!({"action_needed": action, "user_input_link": "https://bank.example/x"});
        let (_, state, _) = json(call.request, "https://api.truelayer.com/connections/extend");
        let authorization = match (action, call.parser.parse(respond(&body)).unwrap()) {
            ("authentication_needed", ExtendOutcome::Authenticate(authorization))
            | ("reconfirmation_of_consent_needed", ExtendOutcome::ReconfirmConsent(authorization)) => authorization,
            other => panic!("{other:?}"),
        };
        assert_eq!(authorization.url, "https://bank.example/x");
        finish(authorization.pending, state);
    }
    for (body, expected) in [
        (json!({}), "missing `action_needed`"),
        (json!({"action_needed": "something new"}), "unknown `action_needed`"),
        (json!({"action_needed": "no_action_needed"}), "missing `access_token`"),
        (json!({"action_needed": "authentication_needed"}), "missing `user_input_link`"),
        (
            json!({"action_needed": "authentication_needed", "user_input_link": "javascript:x"}),
            "expected an https URL for `user_input_link`, found another text",
        ),
    ] {
        assert_eq!(refused(call(), &body), format!("unexpected response: {expected} (status 200)"));
    }
}

#[test]
fn a_mock_server_receives_every_request() {
    let link = CONNECT.with_auth_server("http://localhost:8080").unwrap();
    let client = link.client(ClientSecret::new("s3cret").unwrap());
    let uris = [
        client.delete_connection(&access_token()).request.uri().to_string(),
        client.providers(&[], &[]).unwrap().request.uri().to_string(),
        client.tracked_events(&access_token(), "x").unwrap().request.uri().to_string(),
        client.extend_connection(&link, &refresh_token(), &user(), true).unwrap().request.uri().to_string(),
    ];
    assert!(uris.iter().all(|uri| uri.starts_with("http://localhost:8080/")), "{uris:?}");
}
