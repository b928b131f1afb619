//! The dialog in a browser: the pages, the forms, the consent, and links that do not work.

use crate::support::{self, REDIRECT_URI, agent, builder, link, start};
use auth_link::{AuthLink, Callback, auth_link};
use auth_link_mock::{Bank, BankUser, MockTrueLayer, ResponseMode, Scenario};

/// A page or a redirect.
struct Page {
    status: u16,
    location: String,
    text: String,
}

fn send(method: &str, url: &str, form: &[(&str, &str)]) -> Page {
    let request = ureq::http::Request::builder()
        .method(method)
        .uri(url)
        .header("content-type", "application/x-www-form-urlencoded");
    let body = form.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let mut response = agent().run(request.body(body).unwrap()).unwrap();
    let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    let text = response.body_mut().read_to_string().unwrap();
    Page { status: response.status().as_u16(), location: location.unwrap_or_default(), text }
}

fn get(url: &str) -> Page {
    send("GET", url, &[])
}

/// Returns the id of the dialog in a page.
fn dialog(page: &Page) -> &str {
    let (_, rest) = page.text.split_once("name=\"dialog\" value=\"").unwrap_or_else(|| panic!("{}", page.text));
    rest.split('"').next().unwrap()
}

/// Opens a link, and returns the page and the id of its dialog.
fn open(url: &str) -> (Page, String) {
    let page = get(url);
    let id = dialog(&page).to_owned();
    (page, id)
}

#[test]
fn a_user_chooses_a_bank_signs_in_and_allows_access() {
    let mock = start();
    let request = link(&mock).begin().unwrap();
    let (page, id) = open(&request.url);
    assert!(page.text.contains("Choose your bank") && page.text.contains("United Kingdom"), "{}", page.text);
    let origin = mock.origin();
    let page = get(&format!("{origin}/consent?dialog={id}"));
    assert_eq!((page.status, page.location), (303, format!("/bank?dialog={id}")), "first the user signs in");
    let page = get(&format!("{origin}/bank?dialog={id}&provider=mock"));
    assert!(page.text.contains("Sign in at Mock Bank"), "{}", page.text);
    let sign_in = |password| {
        send("POST", &format!("{origin}/bank"), &[("dialog", &id), ("user", "john"), ("password", password)])
    };
    let page = sign_in("wrong");
    assert!(page.status == 200 && page.text.contains("The user name or password is wrong"), "{}", page.text);
    assert!(page.text.contains("value=\"john\""), "the user name stays");
    let page = sign_in("doe");
    assert_eq!((page.status, page.location), (303, format!("/consent?dialog={id}")));
    let page = get(&format!("{origin}/consent?dialog={id}"));
    assert!(page.text.contains("You are signed in at Mock Bank as <b>john</b>"), "{}", page.text);
    assert!(page.text.contains("your balances"), "{}", page.text);
    let decide = || send("POST", &format!("{origin}/decision"), &[("dialog", &id), ("decision", "allow")]);
    let page = decide();
    let (uri, query) = page.location.split_once('?').unwrap();
    assert_eq!((page.status, uri), (303, REDIRECT_URI));
    assert!(request.pending.finish(Callback::from_query(query).unwrap()).is_ok());
    assert_eq!(decide().status, 410, "the dialog is over");
}

#[test]
fn a_user_who_cancels_returns_with_or_without_the_state() {
    for with_state in [true, false] {
        let mock = builder().cancel_with_state(with_state).start_blocking().unwrap();
        let request = link(&mock).begin().unwrap();
        let (_, id) = open(&request.url);
        let url = format!("{}/decision", mock.origin());
        let page = send("POST", &url, &[("dialog", &id), ("decision", "cancel")]);
        assert!(page.location.contains("error=access_denied"), "{}", page.location);
        assert_eq!(page.location.contains("state="), with_state, "{}", page.location);
    }
}

#[test]
fn a_response_by_form_is_a_page_with_the_form_and_its_script() {
    let mock = builder().response_mode(ResponseMode::FormPost).start_blocking().unwrap();
    let request = link(&mock).begin().unwrap();
    let (_, id) = open(&request.url);
    let origin = mock.origin();
    send("POST", &format!("{origin}/bank"), &[("dialog", &id), ("user", "john"), ("password", "doe")]);
    let page = send("POST", &format!("{origin}/decision"), &[("dialog", &id), ("decision", "allow")]);
    assert!(page.text.contains(&format!("action=\"{REDIRECT_URI}\" method=\"post\"")), "{}", page.text);
    assert!(page.text.contains("name=\"code\"") && page.text.contains("name=\"state\""), "{}", page.text);
    for (path, part) in [("/send.js", "submit"), ("/style.css", "{")] {
        let asset = get(&format!("{origin}{path}"));
        assert!(asset.status == 200 && asset.text.contains(part), "{path}");
    }
}

#[test]
fn a_link_with_a_provider_begins_at_its_bank() {
    let scenario = Scenario::default()
        .bank(Bank::new("ob-acme", "Acme Bank").country("fr"))
        .user(BankUser::new("mary", "secret").error("provider_error"));
    let mock = builder().scenario(scenario).application("Acme Budget").start_blocking().unwrap();
    let link: AuthLink = auth_link!(
        client_id = { mock.client_id() },
        redirect_uri = "http://localhost:3000/callback",
        scope = [accounts],
        providers = ["fr-ob-all"],
        provider_id = "ob-acme",
        environment = sandbox,
        auth_server = { mock.origin() },
        allow = [sandbox_without_mock_bank],
    )
    .unwrap();
    let (page, id) = open(&link.begin().unwrap().url);
    assert!(page.text.contains("Sign in at Acme Bank"), "{}", page.text);
    let url = format!("{}/bank", mock.origin());
    let page = send("POST", &url, &[("dialog", &id), ("user", "mary"), ("password", "secret")]);
    let page = get(&format!("{}{}", mock.origin(), page.location));
    assert!(page.text.contains("Acme Budget asks to read"), "{}", page.text);
}

#[test]
fn a_dialog_that_nobody_began_is_over() {
    let mock = start();
    let origin = mock.origin();
    let form = [("dialog", "x"), ("user", "john"), ("password", "doe"), ("decision", "allow")];
    for page in [
        get(&format!("{origin}/bank?dialog=x")),
        get(&format!("{origin}/consent?dialog=x")),
        send("POST", &format!("{origin}/bank"), &form),
        send("POST", &format!("{origin}/decision"), &form),
    ] {
        assert!(page.status == 410 && page.text.contains("This link was already used"), "{}", page.text);
    }
    let request = link(&mock).begin().unwrap();
    let (_, id) = open(&request.url);
    send("POST", &format!("{origin}/decision"), &[("dialog", &id), ("decision", "cancel")]);
    assert_eq!(get(&request.url).status, 410, "a link works once");
}

#[test]
fn a_link_that_truelayer_refuses_is_a_page_that_says_why() {
    let mock = start();
    let url = link(&mock).begin().unwrap().url;
    let with = |name: &str, value: &str| {
        let (begin, query) = url.split_once('?').unwrap();
        let pairs = query.split('&').filter(|pair| pair.split('=').next() != Some(name));
        let pairs = pairs.chain([value].into_iter().filter(|value| !value.is_empty()));
        format!("{begin}?{}", pairs.collect::<Vec<_>>().join("&"))
    };
    for (url, message) in [
        (with("client_id", "client_id=other"), "The client_id is not registered."),
        (with("redirect_uri", ""), "The redirect_uri is not registered for this client"),
        (with("response_type", "response_type=token"), "The response_type must be code."),
        (with("response_mode", "response_mode=fragment"), "The response_mode must be form_post or absent."),
        (with("scope", "scope=account"), "The scope is unknown: &quot;account&quot;."),
        (with("code_challenge", "code_challenge=short"), "The link needs a code_challenge of 43 characters"),
        (with("code_challenge_method", ""), "The link needs a code_challenge of 43 characters"),
        (with("providers", ""), "do not cover Mock Bank, the only bank of this server"),
        (with("", "provider_id=ob-monzo"), "The provider_id is not covered by the providers of the link"),
        (format!("{url}&state=other"), "The link has a duplicate parameter: state."),
    ] {
        let page = get(&url);
        assert_eq!((page.status, page.location.as_str()), (400, ""), "{url}");
        assert!(page.text.contains(message), "{message} in {}", page.text);
        assert!(page.text.contains("href=\"http://localhost:3000\""), "{}", page.text);
    }
    assert_eq!(get(&with("response_mode", "response_mode=query")).status, 200);
}

#[test]
fn an_authorization_by_numbered_users_is_that_of_their_names() {
    let mock = MockTrueLayer::builder().client("sandbox-own", "own-secret").start_blocking().unwrap();
    assert_eq!((mock.client_id(), mock.client_secret()), ("sandbox-own", "own-secret"));
    let request = link(&mock).begin().unwrap();
    let (_, id) = open(&request.url);
    let url = format!("{}/bank", mock.origin());
    let page = send("POST", &url, &[("dialog", &id), ("user", "john12"), ("password", "doe")]);
    assert_eq!(page.location, format!("/consent?dialog={id}"));
    assert!(get(&format!("{}{}", mock.origin(), page.location)).text.contains("<b>john12</b>"));
    for (user, password) in [("john1234567890", "doe"), ("johnx", "doe"), ("error.", "error"), ("john1", "eternal")] {
        let page = send("POST", &url, &[("dialog", &id), ("user", user), ("password", password)]);
        assert!(page.text.contains("password is wrong"), "{user}");
    }
    assert!(format!("{:?}", MockTrueLayer::builder().client("a", "hush")).starts_with("Builder { client_id: \"a\""));
}

#[test]
fn the_pages_name_the_requested_scopes_and_the_chosen_bank_and_can_be_left() {
    let scenario =
        Scenario::default().bank(Bank::new("ob-acme", "Acme Bank")).bank(Bank::new("ob-other", "Other Bank"));
    let mock = builder().scenario(scenario).start_blocking().unwrap();
    let link: AuthLink = auth_link!(
        client_id = { mock.client_id() },
        redirect_uri = "http://localhost:3000/callback",
        scope = [accounts],
        providers = ["uk-ob-all"],
        environment = sandbox,
        auth_server = { mock.origin() },
        allow = [sandbox_without_mock_bank],
    )
    .unwrap();
    let (page, id) = open(&link.begin().unwrap().url);
    assert!(page.text.contains("name=\"decision\" value=\"cancel\""), "{}", page.text);
    let origin = mock.origin();
    let page = get(&format!("{origin}/bank?dialog={id}&provider=ob-other"));
    assert!(page.text.contains("Sign in at Other Bank"), "{}", page.text);
    send("POST", &format!("{origin}/bank"), &[("dialog", &id), ("user", "john"), ("password", "doe")]);
    let page = get(&format!("{origin}/consent?dialog={id}"));
    assert!(page.text.contains("You are signed in at Other Bank"), "{}", page.text);
    assert!(page.text.contains("your accounts") && !page.text.contains("your balances"), "{}", page.text);
    let page = send("POST", &format!("{origin}/decision"), &[("dialog", &id), ("decision", "cancel")]);
    assert!(page.location.contains("error=access_denied"), "a user who signed in can cancel: {}", page.location);
}

#[test]
fn a_reauthorization_returns_as_it_was_requested() {
    let mock = start();
    let refresh_token = support::connect(&mock, auth_link_mock::User::John).unwrap().refresh_token.unwrap();
    let origin = mock.origin();
    for (mode, status) in [("", 303), ("query", 303), ("form_post", 200)] {
        let token = refresh_token.expose();
        let form = [("refresh_token", token), ("redirect_uri", REDIRECT_URI), ("response_mode", mode)];
        let page = send("POST", &format!("{origin}/v1/reauthuri"), &form);
        let (_, id) = page.text.split_once("dialog=").expect(&page.text);
        let id = id.split('"').next().unwrap();
        send("POST", &format!("{origin}/bank"), &[("dialog", id), ("user", "john"), ("password", "doe")]);
        let page = send("POST", &format!("{origin}/decision"), &[("dialog", id), ("decision", "allow")]);
        assert_eq!((page.status, page.location.contains("code=")), (status, status == 303), "{mode}: {}", page.text);
    }
}
