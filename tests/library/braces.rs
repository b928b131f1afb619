//! Tests of values in braces, which are checked at run time.

use auth_link::{AuthLink, LinkError, auth_link};

/// The values of a container.
#[derive(Clone, Copy, Default)]
struct Container<'a> {
    client_id: Option<&'a str>,
    environment: Option<&'a str>,
    auth_server: Option<&'a str>,
}

fn link(container: Container<'_>) -> Result<AuthLink, LinkError> {
    auth_link!(
        client_id = { container.client_id },
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        providers = [uk_cs_mock, uk_ob_all],
        environment = { container.environment },
        auth_server = { container.auth_server },
        "consent_id" = "c1",
    )
}

#[test]
fn the_values_of_a_container_select_the_server() {
    let live = Container { client_id: Some("acme"), ..Container::default() };
    let sandbox = Container { client_id: Some("sandbox-acme"), ..live };
    for (container, server) in [
        (live, "https://auth.truelayer.com"),
        (sandbox, "https://auth.truelayer-sandbox.com"),
        (Container { environment: Some("sandbox"), ..live }, "https://auth.truelayer-sandbox.com"),
        (Container { environment: Some("live"), ..live }, "https://auth.truelayer.com"),
        (Container { auth_server: Some("https://mock:1/"), ..live }, "https://mock:1"),
        (
            Container { auth_server: Some("http://127.0.0.1:1"), environment: Some("live"), ..sandbox },
            "http://127.0.0.1:1",
        ),
    ] {
        let id = container.client_id.unwrap();
        assert_eq!(
            link(container).unwrap().as_str(),
            format!(
                "{server}/?client_id={id}&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&scope=accounts&response_type=code\
                 &providers=uk-cs-mock%20uk-ob-all&consent_id=c1"
            )
        );
    }
}

#[test]
fn the_values_of_a_container_are_checked() {
    let message = |container| link(container).unwrap_err().to_string();
    let acme = Container { client_id: Some("acme"), ..Container::default() };
    assert!(message(Container::default()).starts_with("missing `client_id`\n"));
    for (container, expected) in [
        (Container { client_id: Some("a b"), ..acme }, "unexpected white space in `client_id`"),
        (Container { client_id: Some(""), ..acme }, "empty `client_id`"),
        (
            Container { environment: Some("prod"), ..acme },
            "expected `live` or `sandbox` for `environment`, found `prod`",
        ),
        (
            Container { auth_server: Some("http://a.example"), ..acme },
            "unexpected `http` for `a.example`, which is not this machine",
        ),
        (
            Container { client_id: Some("sandbox-acme"), environment: Some("live"), ..acme },
            "`client_id` belongs to the sandbox, but this is the live environment",
        ),
    ] {
        let message = message(container);
        assert_eq!(message.lines().next(), Some(expected));
        assert_eq!(message.lines().count(), 2, "{message}");
    }
}

#[test]
fn a_fixed_environment_wins_over_a_client_id_in_braces() {
    let sandbox = |client_id: &str| {
        auth_link!(
            client_id = { client_id },
            redirect_uri = "https://app.example.com/callback",
            scope = [accounts],
            providers = [uk_cs_mock],
            environment = sandbox,
        )
    };
    assert!(sandbox("acme").unwrap().as_str().starts_with("https://auth.truelayer-sandbox.com/?client_id=acme&"));
}

#[test]
fn every_text_type_is_accepted_in_braces() {
    let mut owned = String::from("t1");
    let text = |link: Result<AuthLink, LinkError>| {
        let link = link.unwrap();
        link.as_str().split_once("&tracking_id=").map(|(_, id)| id.to_owned())
    };
    macro_rules! tracked {
        ($value:expr) => {
            text(auth_link!(
                client_id = "acme",
                redirect_uri = "https://a.example",
                scope = [info],
                tracking_id = { $value },
            ))
        };
    }
    let expected = Some("t1".to_owned());
    assert_eq!(tracked!("t1"), expected);
    assert_eq!(tracked!(owned), expected);
    assert_eq!(tracked!(&mut owned), expected);
    assert_eq!(tracked!(&&owned), expected);
    assert_eq!(tracked!(Some(&mut owned)), expected);
    assert_eq!(tracked!(Some(owned)), expected);
    assert_eq!(tracked!(std::borrow::Cow::Borrowed("t1")), expected);
    assert_eq!(tracked!(Box::<str>::from("t1")), expected);
    assert_eq!(tracked!(std::rc::Rc::<str>::from("t1")), expected);
    assert_eq!(tracked!(std::sync::Arc::<str>::from("t1")), expected);
    assert_eq!(tracked!(None::<&str>), None);
}

#[test]
fn a_pasted_link_accepts_values_in_braces() {
    let email = Some(String::from("jo@example.com"));
    let link = auth_link!(
        "https://auth.truelayer.com/?client_id=acme&scope=info&redirect_uri=https://a.example",
        user_email = { email },
        tracking_id = { None::<&str> },
    );
    let constant: AuthLink = auth_link!(client_id = "acme", scope = [info], redirect_uri = "https://a.example");
    assert_eq!(link.unwrap(), constant.with_user_email("jo@example.com").unwrap());
}

#[test]
#[cfg(feature = "builder")]
fn a_redirect_uri_in_braces_is_checked_at_run_time() {
    let link =
        |uri: &str| auth_link!(client_id = "acme", redirect_uri = { uri }, scope = [info], response_mode = form_post,);
    assert!(link("https://app.example.com/callback").is_ok());
    let warnings =
        |uri| link(uri).unwrap().warnings().iter().map(|diagnostic| diagnostic.rule().name).collect::<Vec<_>>();
    assert_eq!(
        warnings("http://app:3000/callback"),
        ["insecure_private_redirect_uri"],
        "an error that can be allowed is a warning"
    );
    assert_eq!(warnings("https://App.example.com/callback"), ["non_normalized_redirect_uri"]);
    for (uri, expected) in [
        ("/callback", "`redirect_uri` has no scheme"),
        ("http://app.example.com", "unexpected `http` in `redirect_uri`: the network can read the code"),
        ("com.example.app:/callback", "`form_post` cannot reach an app at `com.example.app:`"),
    ] {
        assert_eq!(link(uri).unwrap_err().to_string().lines().next(), Some(expected));
    }
}
