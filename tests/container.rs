//! Tests of the example `container`, started as in a container.
#![cfg(feature = "builder")]

use std::path::PathBuf;
use std::process::{Command, Output};
use std::{env, fs};

/// Returns the example that cargo built together with this test. `cargo test --test container` builds none: returns `None` if the
/// example is older than one of its sources, which the file beside it lists.
fn built_example() -> Option<PathBuf> {
    let program = env::current_exe().ok()?.parent()?.parent()?.join("examples/container");
    let modified = |path| fs::metadata(path)?.modified();
    let built = modified(program.clone()).ok()?;
    let list = fs::read_to_string(program.with_extension("d")).ok()?;
    let (_, sources) = list.split_once(": ")?;
    let is_older = |source: &str| modified(PathBuf::from(source)).is_ok_and(|changed| changed <= built);
    sources.split_whitespace().all(is_older).then_some(program)
}

fn start(variables: &[(&str, &str)]) -> Output {
    let mut run = built_example().map_or_else(
        || {
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args(["run", "--quiet", "--offline", "--example", "container", "--features", "builder"]);
            cargo
        },
        Command::new,
    );
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
