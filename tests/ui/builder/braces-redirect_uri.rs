//! A redirect URI in braces, with the feature `builder`: its rules apply at run time.
#![deny(warnings)]

use auth_link::{AuthLink, LinkError, auth_link};

fn link(id: &str, uri: &str, environment: Option<&str>) -> Result<AuthLink, LinkError> {
    auth_link!(
        client_id = { id },
        redirect_uri = { uri },
        scope = [accounts, balance],
        providers = [uk_cs_mock],
        environment = { environment },
    )
}

#[test]
fn links_compile() {
    let text = |id, uri, environment| link(id, uri, environment).map(|link| link.as_str().to_owned());
    let tail = "redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&scope=accounts%20balance&response_type=code&providers=uk-cs-mock";
    let uri = "https://app.example.com/cb";
    assert_eq!(text("acme", uri, None).unwrap(), format!("https://auth.truelayer.com/?client_id=acme&{tail}"));
    for environment in [None, Some("sandbox")] {
        let expected = format!("https://auth.truelayer-sandbox.com/?client_id=sandbox-acme&{tail}");
        assert_eq!(text("sandbox-acme", uri, environment).unwrap(), expected);
    }
    // An error that can be allowed is a warning at run time.
    let private = link("acme", "http://app:3000/cb", None).unwrap();
    assert!(private.begin().is_ok());

    let errors = |id, uri, environment| link(id, uri, environment).unwrap_err().to_string();
    assert_eq!(
        errors("<id>", "http://app.example.com/cb#x", Some("prod")).lines().collect::<Vec<_>>(),
        [
            "unexpected `<` in `client_id`",
            "help: write the id that TrueLayer's Console shows, such as `acme-7d2f1a`",
            "unexpected `http` in `redirect_uri`: the network can read the code",
            "help: write `.redirect_uri(\"https://app.example.com/cb\")`",
            "unexpected fragment in `redirect_uri`: a browser does not send the text after `#`",
            "help: write `.redirect_uri(\"https://app.example.com/cb\")`",
            "expected `live` or `sandbox` for `environment`, found `prod`",
            "help: write one of the two, or leave it out: by default, a client id that begins with `sandbox-` selects the sandbox",
        ]
    );
    assert!(errors("sandbox-acme", uri, Some("live")).starts_with("`client_id` belongs to the sandbox"));
    assert!(errors("", uri, None).starts_with("empty `client_id`"));
}
