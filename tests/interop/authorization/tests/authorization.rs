//! Sign-ins that the server has nothing against, and users who turn back.

use std::sync::mpsc;
use std::time::Duration;

use auth_link::{AuthLink, Callback, CallbackError, auth_link};
use auth_link::client::ClientSecret;
use auth_link::pkce::{CodeChallenge, CodeVerifier};
use authorization::{
    AuthServer, BY_FORM, Chromium, LINK, Page, Response, SECRET, Site, User, begin, client, exchange, receive, send,
};

#[test]
fn a_code_is_exchanged_and_renewed() {
    let server = AuthServer::start();
    let sign_in = begin(&LINK, &server);
    let page = User::new().approve(&sign_in.url, "john");
    let code = receive(sign_in.pending, &page).expect("a code");

    let tokens = exchange(&LINK, &server, code).expect("tokens");
    let refresh_token = tokens.refresh_token.as_ref().expect("offline access");
    assert_eq!(tokens.scope(), Some("info accounts balance offline_access"));
    assert_eq!(tokens.missing_scopes().count(), 0);
    assert_eq!(tokens.expires_in, Some(Duration::from_secs(60 * 60)));

    let client = client(&LINK, &server);
    let renewed = send(client.refresh(refresh_token)).expect("tokens");
    let rotated = renewed.refresh_token.as_ref().expect("offline access");
    assert_ne!(renewed.access_token.expose(), tokens.access_token.expose());
    assert_ne!(rotated.expose(), refresh_token.expose());
    assert_eq!(send(client.refresh(rotated)).err(), None);
    assert!(server.refusals().is_empty());
}

#[test]
fn a_code_comes_by_form() {
    let server = AuthServer::start();
    let sign_in = begin(&BY_FORM, &server);
    let page = User::new().approve(&sign_in.url, "john");
    assert!(page.address.starts_with(server.origin()), "the code is in the address: {}", page.address);
    let code = receive(sign_in.pending, &page).expect("a code");
    assert_eq!(exchange(&BY_FORM, &server, code).err(), None);
    assert!(server.refusals().is_empty());
}

#[test]
fn a_browser_submits_the_servers_form_as_it_is_read() {
    let server = AuthServer::start();
    let sign_in = begin(&BY_FORM, &server);
    let page = User::new().approve(&sign_in.url, "john");
    // The server's page, with the application where it can be found.
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
    let code = sign_in.pending.finish(callback).expect("a code");
    assert_eq!(exchange(&BY_FORM, &server, code).err(), None);
}

#[test]
fn a_server_may_have_one_name_for_the_browser_and_another_for_the_application() {
    let server = AuthServer::start();
    let link = LINK.with_auth_server(&server.origin().replace("127.0.0.1", "localhost")).expect("an origin");
    let secret = ClientSecret::new(SECRET).expect("a secret");
    let client = link.client(secret).with_server_origin(server.origin()).expect("an origin");

    // It says in callbacks who it is, and that is not where the browser was sent.
    let sign_in = link.begin().expect("randomness");
    let page = User::new().approve(&sign_in.url, "john");
    assert_eq!(receive(sign_in.pending, &page).unwrap_err(), CallbackError::IssuerMismatch);

    let sign_in = link.with_issuer(server.origin()).begin().expect("randomness");
    let page = User::new().approve(&sign_in.url, "john");
    let code = receive(sign_in.pending, &page).expect("a code");
    let call = client.exchange(code).expect("this client's code");
    assert!(call.request.uri().to_string().starts_with(server.origin()));
    assert_eq!(send(call).err(), None);
}

#[test]
fn a_user_who_turns_back_is_no_fault_by_query_or_by_form() {
    for link in [&LINK, &BY_FORM] {
        let server = AuthServer::start();
        let sign_in = begin(link, &server);
        let page = User::new().cancel(&sign_in.url);
        let Err(CallbackError::AccessDenied(said)) = receive(sign_in.pending, &page) else { panic!("no denial") };
        assert_eq!(said.to_string(), "`access_denied`: End-User aborted interaction");
        assert_eq!(server.refusals(), ["AccessDenied: End-User aborted interaction"]);
    }
}

#[test]
fn a_callback_from_another_issuer_is_refused() {
    let server = AuthServer::start();
    let sign_in = begin(&LINK, &server);
    let page = User::new().approve(&sign_in.url, "john");
    let issuer = server.origin().replace(':', "%3A").replace('/', "%2F");
    assert!(page.address.ends_with(&format!("&iss={issuer}")), "{}", page.address);
    let address = page.address.replace(&issuer, "https%3A%2F%2Fauth.truelayer.com");
    let altered = Page { address, html: String::new() };
    assert_eq!(receive(sign_in.pending, &altered).unwrap_err(), CallbackError::IssuerMismatch);
}

#[test]
fn what_the_user_held_back_is_told() {
    let server = AuthServer::start();
    let sign_in = begin(&LINK, &server);
    let page = User::new().approve(&sign_in.url, "john/without/balance");
    let code = receive(sign_in.pending, &page).expect("a code");
    let tokens = exchange(&LINK, &server, code).expect("tokens");
    assert_eq!(tokens.missing_scopes().collect::<Vec<_>>(), ["balance"]);
    assert_eq!(tokens.scope(), Some("info accounts offline_access"));
}

#[test]
fn without_offline_access_there_is_nothing_to_renew_with() {
    static LINK: AuthLink = auth_link!(
        client_id = "sandbox-peers-000000",
        redirect_uri = "http://127.0.0.1:8080/callback",
        scope = [info, accounts],
        providers = [uk_cs_mock],
    );
    let server = AuthServer::start();
    let sign_in = begin(&LINK, &server);
    let page = User::new().approve(&sign_in.url, "john");
    let code = receive(sign_in.pending, &page).expect("a code");
    let tokens = exchange(&LINK, &server, code).expect("tokens");
    assert!(tokens.refresh_token.is_none());
}

#[test]
fn the_verifier_may_be_the_applications_own() {
    let verifier: CodeVerifier = "an-apps-own~verifier_of.43-characters-or-more".parse().expect("a verifier");
    let server = AuthServer::start();
    let link = LINK.with_auth_server(server.origin()).expect("an origin");
    let sign_in = link.begin_with_challenge(CodeChallenge::from(&verifier)).expect("randomness");
    let page = User::new().approve(&sign_in.url, "john");
    let mut code = receive(sign_in.pending, &page).expect("a code");
    code.add_verifier(verifier).expect("that of the challenge");
    assert_eq!(exchange(&LINK, &server, code).err(), None);
}

#[test]
fn a_redirect_uri_keeps_its_own_query() {
    static LINK: AuthLink = auth_link!(
        client_id = "sandbox-peers-000000",
        redirect_uri = "http://127.0.0.1:8080/callback?from=a%20bank&x=%2B",
        scope = [accounts],
        providers = [uk_cs_mock],
    );
    let server = AuthServer::start();
    let sign_in = begin(&LINK, &server);
    let page = User::new().approve(&sign_in.url, "john");
    // Spelled as the server spells it; what is exchanged is spelled as the link has it.
    let spelled = "http://127.0.0.1:8080/callback?from=a+bank&x=%2B&code=";
    assert!(page.address.starts_with(spelled), "{}", page.address);
    let code = receive(sign_in.pending, &page).expect("a code");
    assert_eq!(exchange(&LINK, &server, code).err(), None);
}

#[test]
fn another_implementation_reads_each_parameter_as_it_was_written() {
    static LINK: AuthLink = auth_link!(
        client_id = "sandbox-peers-000000",
        redirect_uri = "http://127.0.0.1:8080/callback",
        scope = [info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access],
        providers = [uk_cs_mock],
        disable_providers = [ob_monzo, ob_hsbc],
        language_id = sv,
        country_id = GB,
    );
    let journey = "50% of a&b=c+d é \u{1f3e6} #1/?";
    let server = AuthServer::start();
    let link = LINK.with_auth_server(server.origin()).expect("an origin");
    let link = link.with_tracking_id(journey).expect("a tracking id").with_provider_id("mock").expect("a provider");
    let sign_in = link.with_user_email("jo+bank@example.com").expect("an address").begin().expect("randomness");
    User::new().open(&sign_in.url);

    let requests = server.requests();
    let [request] = requests.as_slice() else { panic!("one request, not {requests:?}") };
    let expected = [
        ("client_id", "sandbox-peers-000000"),
        ("redirect_uri", "http://127.0.0.1:8080/callback"),
        ("response_type", "code"),
        ("scope", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
        ("providers", "uk-cs-mock"),
        ("provider_id", "mock"),
        ("disable_providers", "ob-monzo ob-hsbc"),
        ("language_id", "sv"),
        ("country_id", "GB"),
        ("user_email", "jo+bank@example.com"),
        ("tracking_id", journey),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in expected {
        assert_eq!(request[name], value, "{name}");
    }
}
