//! Tests of the example `container`, started as in a container.
#![cfg(feature = "builder")]

use std::process::{Command, Output};

fn start(variables: &[(&str, &str)]) -> Output {
    let mut run = Command::new(env!("CARGO"));
    run.args(["run", "--quiet", "--offline", "--example", "container", "--features", "builder"]);
    for name in ["CLIENT_ID", "REDIRECT_URI", "ENVIRONMENT", "AUTH_SERVER"] {
        run.env_remove(format!("TRUELAYER_{name}"));
    }
    run.envs(variables.iter().map(|(name, value)| (format!("TRUELAYER_{name}"), value)));
    run.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

#[test]
fn a_container_builds_its_link_from_environment_variables() {
    let id = ("CLIENT_ID", "sandbox-acme-7d2f1a");
    let uri = ("REDIRECT_URI", "https://app.example.com/callback");
    for (variables, server) in [
        (&[id, uri][..], "https://auth.truelayer-sandbox.com"),
        (&[id, uri, ("AUTH_SERVER", "https://mock:8080")], "https://mock:8080"),
        (&[("CLIENT_ID", "acme"), uri, ("ENVIRONMENT", "sandbox")], "https://auth.truelayer-sandbox.com"),
        (&[("CLIENT_ID", "acme"), uri], "https://auth.truelayer.com"),
    ] {
        let output = start(variables);
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && printed.starts_with(&format!("{server}/?client_id=")), "{printed}");
    }
    for (variables, expected) in [
        (&[][..], "missing `client_id`"),
        (&[id], "missing `redirect_uri`"),
        (&[id, ("REDIRECT_URI", "http://app.example.com/callback")], "unexpected `http` in `redirect_uri`"),
        (&[id, uri, ("ENVIRONMENT", "live")], "`client_id` belongs to the sandbox"),
    ] {
        let output = start(variables);
        let printed = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && printed.contains(expected), "{printed}");
    }
}
