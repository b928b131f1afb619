//! Values in braces, and what a link makes of them when it runs.

use auth_link::{AuthLink, LinkError, auth_link};

/// What a container brings.
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
fn what_a_container_brings_decides_on_the_server() {
    let live = Container { client_id: Some("acme"), ..Container::default() };
    let sandbox = Container { client_id: Some("sandbox-acme"), ..live };
    for (container, server) in [
        (live, "https://auth.truelayer.com"),
        (sandbox, "https://auth.truelayer-sandbox.com"),
        (Container { environment: Some("sandbox"), ..live }, "https://auth.truelayer-sandbox.com"),
        (Container { environment: Some("live"), ..live }, "https://auth.truelayer.com"),
        (Container { auth_server: Some("http://stand-in:1/"), ..live }, "http://stand-in:1"),
        (
            Container { auth_server: Some("http://stand-in:1"), environment: Some("live"), ..sandbox },
            "http://stand-in:1",
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
fn what_a_container_brings_is_held_to_the_rules() {
    let faults = |container| link(container).unwrap_err().to_string();
    let acme = Container { client_id: Some("acme"), ..Container::default() };
    assert!(faults(Container::default()).starts_with("missing `client_id`\n"));
    for (container, fault) in [
        (Container { client_id: Some("a b"), ..acme }, "unexpected white space in `client_id`"),
        (Container { client_id: Some(""), ..acme }, "empty `client_id`"),
        (
            Container { environment: Some("prod"), ..acme },
            "expected `live` or `sandbox` for `environment`, found `prod`",
        ),
        (
            Container { auth_server: Some("http://a.example"), ..acme },
            "unexpected `http` for the public host `a.example`",
        ),
        (
            Container { client_id: Some("sandbox-acme"), environment: Some("live"), ..acme },
            "`client_id` is one of the sandbox, but this is the live environment",
        ),
    ] {
        let said = faults(container);
        assert_eq!(said.lines().next(), Some(fault));
        assert_eq!(said.lines().count(), 2, "{said}");
    }
}

#[test]
fn a_fixed_environment_is_not_overruled_by_a_later_id() {
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
fn whatever_reads_as_text_is_text() {
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
    let of_one = Some("t1".to_owned());
    assert_eq!(tracked!("t1"), of_one);
    assert_eq!(tracked!(owned), of_one);
    assert_eq!(tracked!(&mut owned), of_one);
    assert_eq!(tracked!(&&owned), of_one);
    assert_eq!(tracked!(Some(&mut owned)), of_one);
    assert_eq!(tracked!(Some(owned)), of_one);
    assert_eq!(tracked!(std::borrow::Cow::Borrowed("t1")), of_one);
    assert_eq!(tracked!(Box::<str>::from("t1")), of_one);
    assert_eq!(tracked!(std::rc::Rc::<str>::from("t1")), of_one);
    assert_eq!(tracked!(std::sync::Arc::<str>::from("t1")), of_one);
    assert_eq!(tracked!(None::<&str>), None);
}

#[test]
fn a_pasted_link_is_filled_too() {
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
fn a_redirect_uri_is_judged_when_it_comes() {
    let link =
        |uri: &str| auth_link!(client_id = "acme", redirect_uri = { uri }, scope = [info], response_mode = form_post,);
    assert!(link("https://app.example.com/callback").is_ok());
    let warned =
        |uri| link(uri).unwrap().warnings().iter().map(|diagnostic| diagnostic.rule().name).collect::<Vec<_>>();
    assert_eq!(warned("http://app:3000/callback"), ["insecure_private_redirect_uri"], "what may be meant only warns");
    assert_eq!(warned("https://App.example.com/callback"), ["non_normalized_redirect_uri"]);
    for (uri, fault) in [
        ("/callback", "`redirect_uri` has no scheme"),
        ("http://app.example.com", "unexpected `http` in `redirect_uri`: anyone on the way can read the code"),
        ("com.example.app:/callback", "`response_mode = form_post` cannot reach an app at `com.example.app:`"),
    ] {
        assert_eq!(link(uri).unwrap_err().to_string().lines().next(), Some(fault));
    }
}
