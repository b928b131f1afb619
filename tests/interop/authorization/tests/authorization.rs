//! Authorizations that the server accepts, and users who cancel.

use std::sync::mpsc;
use std::time::Duration;

use auth_link::client::ClientSecret;
use auth_link::pkce::{CodeChallenge, CodeVerifier};
use auth_link::{AuthLink, Callback, CallbackError, auth_link};
use authorization::{
    AuthServer, BY_FORM, Chromium, LINK, Page, Response, SECRET, Site, User, begin, client, exchange, finish, send,
};

#[test]
fn a_code_is_exchanged_and_its_tokens_are_refreshed() {
    let server = AuthServer::start();
    let request = begin(&LINK, &server);
    let page = User::new().approve(&request.url, "john");
    let code = finish(request.pending, &page).expect("a code");

    let tokens = exchange(&LINK, &server, code).expect("tokens");
    let refresh_token = tokens.refresh_token.as_ref().expect("offline access");
    assert_eq!(tokens.scope(), Some("info accounts balance offline_access"));
    assert_eq!(tokens.missing_scopes().count(), 0);
    assert_eq!(tokens.expires_in, Some(Duration::from_secs(60 * 60)));

    let client = client(&LINK, &server);
    let refreshed = send(client.refresh(refresh_token)).expect("tokens");
    let rotated = refreshed.refresh_token.as_ref().expect("offline access");
    assert_ne!(refreshed.access_token.expose(), tokens.access_token.expose());
    assert_ne!(rotated.expose(), refresh_token.expose());
    assert_eq!(send(client.refresh(rotated)).err(), None);
    assert!(server.refusals().is_empty());
}

#[test]
fn a_code_arrives_by_form() {
    let server = AuthServer::start();
    let request = begin(&BY_FORM, &server);
    let page = User::new().approve(&request.url, "john");
    assert!(page.address.starts_with(server.origin()), "the code is in the address: {}", page.address);
    let code = finish(request.pending, &page).expect("a code");
    assert_eq!(exchange(&BY_FORM, &server, code).err(), None);
    assert!(server.refusals().is_empty());
}

#[test]
fn a_form_that_chromium_submits_is_a_valid_callback() {
    let server = AuthServer::start();
    let request = begin(&BY_FORM, &server);
    let page = User::new().approve(&request.url, "john");
    // The server's page, with the address of the test's own application.
    let (application, bank) = (Site::new(), Site::new());
    let html = page.html.replace("http://127.0.0.1:8080", &application.origin("127.0.0.1"));
    let (sender, callback) = mpsc::channel();
    application.serve(move |request| {
        let _ = sender.send(request.body);
        Response::page("done")
    });
    let address = bank.origin("localhost");
    bank.serve(move |_| Response::page(&html));

    let chromium = Chromium::open(&address, &[]);
    let Ok(body) = callback.recv_timeout(Duration::from_secs(90)) else { panic!("no form:\n{}", chromium.log()) };
    let callback = Callback::from_form("", &body).expect("a callback");
    let code = request.pending.finish(callback).expect("a code");
    assert_eq!(exchange(&BY_FORM, &server, code).err(), None);
}

#[test]
fn a_server_can_have_one_origin_for_the_browser_and_another_for_the_application() {
    let server = AuthServer::start();
    let link = LINK.with_auth_server(&server.origin().replace("127.0.0.1", "localhost")).expect("an origin");
    let secret = ClientSecret::new(SECRET).expect("a secret");
    let client = link.client(secret).with_server_origin(server.origin()).expect("an origin");

    // Callbacks contain the server's issuer, which is not the origin that the browser was sent to.
    let request = link.begin().expect("randomness");
    let page = User::new().approve(&request.url, "john");
    assert_eq!(finish(request.pending, &page).unwrap_err(), CallbackError::IssuerMismatch);

    let request = link.with_issuer(server.origin()).begin().expect("randomness");
    let page = User::new().approve(&request.url, "john");
    let code = finish(request.pending, &page).expect("a code");
    let call = client.exchange(code).expect("this client's code");
    assert!(call.request.uri().to_string().starts_with(server.origin()));
    assert_eq!(send(call).err(), None);
}

#[test]
fn a_cancelled_authorization_is_access_denied_by_query_and_by_form() {
    for link in [&LINK, &BY_FORM] {
        let server = AuthServer::start();
        let request = begin(link, &server);
        let page = User::new().cancel(&request.url);
        let Err(CallbackError::AccessDenied(error)) = finish(request.pending, &page) else { panic!("no denial") };
        assert_eq!(error.to_string(), "`access_denied`: End-User aborted interaction");
        assert_eq!(server.refusals(), ["AccessDenied: End-User aborted interaction"]);
    }
}

#[test]
fn a_callback_from_another_issuer_is_refused() {
    let server = AuthServer::start();
    let request = begin(&LINK, &server);
    let page = User::new().approve(&request.url, "john");
    let issuer = server.origin().replace(':', "%3A").replace('/', "%2F");
    assert!(page.address.ends_with(&format!("&iss={issuer}")), "{}", page.address);
    let address = page.address.replace(&issuer, "https%3A%2F%2Fauth.truelayer.com");
    let altered = Page { address, html: String::new() };
    assert_eq!(finish(request.pending, &altered).unwrap_err(), CallbackError::IssuerMismatch);
}

#[test]
fn a_scope_that_the_user_denied_is_missing() {
    let server = AuthServer::start();
    let request = begin(&LINK, &server);
    let page = User::new().approve(&request.url, "john/without/balance");
    let code = finish(request.pending, &page).expect("a code");
    let tokens = exchange(&LINK, &server, code).expect("tokens");
    assert_eq!(tokens.missing_scopes().collect::<Vec<_>>(), ["balance"]);
    assert_eq!(tokens.scope(), Some("info accounts offline_access"));
}

#[test]
fn without_offline_access_there_is_no_refresh_token() {
    static LINK: AuthLink = auth_link!(
        client_id = "sandbox-interop-000000",
        redirect_uri = "http://127.0.0.1:8080/callback",
        scope = [info, accounts],
        providers = [uk_cs_mock],
    );
    let server = AuthServer::start();
    let request = begin(&LINK, &server);
    let page = User::new().approve(&request.url, "john");
    let code = finish(request.pending, &page).expect("a code");
    let tokens = exchange(&LINK, &server, code).expect("tokens");
    assert!(tokens.refresh_token.is_none());
}

#[test]
fn an_application_can_use_its_own_verifier() {
    let verifier: CodeVerifier = "an-apps-own~verifier_of.43-characters-or-more".parse().expect("a verifier");
    let server = AuthServer::start();
    let link = LINK.with_auth_server(server.origin()).expect("an origin");
    let request = link.begin_with_challenge(CodeChallenge::from(&verifier)).expect("randomness");
    let page = User::new().approve(&request.url, "john");
    let mut code = finish(request.pending, &page).expect("a code");
    code.add_verifier(verifier).expect("the verifier of the challenge");
    assert_eq!(exchange(&LINK, &server, code).err(), None);
}

#[test]
fn the_query_of_a_redirect_uri_is_preserved() {
    static LINK: AuthLink = auth_link!(
        client_id = "sandbox-interop-000000",
        redirect_uri = "http://127.0.0.1:8080/callback?from=a%20bank&x=%2B",
        scope = [accounts],
        providers = [uk_cs_mock],
    );
    let server = AuthServer::start();
    let request = begin(&LINK, &server);
    let page = User::new().approve(&request.url, "john");
    // The server encodes it in another way. The exchange uses the text of the link.
    let redirected = "http://127.0.0.1:8080/callback?from=a+bank&x=%2B&code=";
    assert!(page.address.starts_with(redirected), "{}", page.address);
    let code = finish(request.pending, &page).expect("a code");
    assert_eq!(exchange(&LINK, &server, code).err(), None);
}

#[test]
fn another_implementation_decodes_each_parameter_to_its_value() {
    static LINK: AuthLink = auth_link!(
        client_id = "sandbox-interop-000000",
        redirect_uri = "http://127.0.0.1:8080/callback",
        scope = [info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access],
        providers = [uk_cs_mock],
        disable_providers = [ob_monzo, ob_hsbc],
        language_id = sv,
        country_id = GB,
    );
    let tracking_id = "50% of a&b=c+d é \u{1f3e6} #1/?";
    let server = AuthServer::start();
    let link = LINK.with_auth_server(server.origin()).expect("an origin");
    let link = link.with_tracking_id(tracking_id).expect("a tracking id").with_provider_id("mock").expect("a provider");
    let request = link.with_user_email("jo+bank@example.com").expect("an address").begin().expect("randomness");
    User::new().open(&request.url);

    let requests = server.requests();
    let [parameters] = requests.as_slice() else { panic!("one request, not {requests:?}") };
    let expected = [
        ("client_id", "sandbox-interop-000000"),
        ("redirect_uri", "http://127.0.0.1:8080/callback"),
        ("response_type", "code"),
        ("scope", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
        ("providers", "uk-cs-mock"),
        ("provider_id", "mock"),
        ("disable_providers", "ob-monzo ob-hsbc"),
        ("language_id", "sv"),
        ("country_id", "GB"),
        ("user_email", "jo+bank@example.com"),
        ("tracking_id", tracking_id),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in expected {
        assert_eq!(parameters[name], value, "{name}");
    }
}
