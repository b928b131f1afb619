//! The prompt of `new`, in a terminal that `script` of util-linux provides.
#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use auth_link_rules::{Flag, Param};

const ENTER: &str = "\r";
const DOWN: &str = "\x1b[B";
const ESCAPE: &str = "\x1b";

/// Runs `new` and types each input once its question is shown. Returns the exit status and the output of the terminal.
fn at_terminal(args: &str, inputs: &[(&str, &str)]) -> (i32, String) {
    let inner = format!("stty rows 40 cols 120; {} new {args}", env!("CARGO_BIN_EXE_auth-link"));
    let mut terminal = Command::new("script")
        .args(["--quiet", "--return", "--command", &inner, "/dev/null"])
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script starts");
    let mut keys = terminal.stdin.take().expect("a pipe");
    let mut screen = terminal.stdout.take().expect("a pipe");
    let (send, shown) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(length @ 1..) = screen.read(&mut bytes) {
            let _ = send.send(String::from_utf8_lossy(&bytes[..length]).into_owned());
        }
    });
    let (mut all, mut from) = (String::new(), 0);
    for (question, input) in inputs {
        while !all[from..].contains(question) {
            let more = shown.recv_timeout(Duration::from_secs(20));
            all += &more.unwrap_or_else(|_| panic!("`{question}` is not asked: {all}"));
        }
        from = all.len();
        keys.write_all(input.as_bytes()).expect("keys are read");
    }
    while let Ok(more) = shown.recv_timeout(Duration::from_secs(20)) {
        all += &more;
    }
    drop(keys);
    (terminal.wait().expect("it ends").code().expect("a status"), all)
}

/// Returns whether the prompt asks for a field only when more fields are wanted.
fn is_asked_last(param: Param) -> bool {
    let is_first = matches!(param, Param::Environment | Param::Providers | Param::CountryId);
    !param.is_required() && !is_first && !matches!(param.flag(), Flag::NoFlag(_))
}

#[test]
fn a_sandbox_link_needs_no_country_and_no_providers() {
    let (code, shown) = at_terminal(
        "",
        &[
            ("Environment", ENTER),
            ("Client ID", "sandbox-acme-7d2f1a\r"),
            ("Redirect URI", "app.example.com/cb\r"),
            ("has no scheme", &("\x7f".repeat(18) + "https://app.example.com/cb\r")),
            ("Scopes", ENTER),
            ("more fields", ENTER),
        ],
    );
    assert_eq!(code, 0, "{shown}");
    for part in ["https://auth.truelayer-sandbox.com/", "client_id=sandbox-acme-7d2f1a", "uk-cs-mock"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn a_live_link_has_the_chosen_values() {
    let provider = "\x7f".repeat(11) + "ob-monzo\r";
    let mut inputs = Vec::new();
    // The questions follow the table of fields; a field without a value here is left empty.
    for param in Param::ALL.into_iter().filter(|param| is_asked_last(*param)) {
        match param {
            Param::ResponseMode => inputs.push(("in a form".to_owned(), "y\r")),
            Param::DisableProviders => inputs.push(("Disable providers".to_owned(), "ob-tsb,ob-hsbc\r")),
            Param::ProviderId => {
                inputs.push(("Provider ID".to_owned(), "uk-ob-monzo\r"));
                inputs.push(("write `--provider-id ob-monzo`".to_owned(), &provider));
            }
            Param::LanguageId => inputs.push(("Language".to_owned(), "fr\r")),
            other => inputs.push((other.description().chars().skip(5).take(15).collect(), ENTER)),
        }
    }
    let down = DOWN.to_owned() + ENTER;
    let first = [
        ("Environment", down.as_str()),
        ("Client ID", "acme-7d2f1a\r"),
        ("Redirect URI", "https://app.example.com/cb\r"),
        ("Scopes", ENTER),
        ("Country", "GB\r"),
        ("Providers", ENTER),
        ("more fields", "y\r"),
    ];
    let last = inputs.iter().map(|(question, input)| (question.as_str(), *input));
    let (code, shown) = at_terminal("", &first.into_iter().chain(last).collect::<Vec<_>>());
    assert_eq!(code, 0, "{shown}");
    for part in [
        "country_id=GB",
        "language_id=fr",
        "provider_id=ob-monzo",
        "response_mode=form_post",
        "uk-ob-all",
        "disable_providers=ob-tsb%20ob-hsbc",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn a_cancelled_prompt_builds_no_link() {
    let (code, shown) = at_terminal("--sandbox", &[("Client ID", ESCAPE)]);
    assert!(code != 0 && shown.contains("no link was built: the prompt was cancelled"), "{code}: {shown}");
}

#[test]
fn a_field_that_a_flag_sets_is_not_asked_for() {
    for (flags, asked) in [
        ("--client-id acme-7d2f1a --country FR", &["Redirect URI", "Scopes", "Providers", "more fields"][..]),
        ("--scope info --sandbox", &["Client ID", "Redirect URI", "more fields"]),
        (
            "--scope info --sandbox --redirect-uri https://a.example/ --language fr --provider-id mock",
            &["Client ID", "Set more fields: `response_mode`"],
        ),
    ] {
        let inputs = asked.iter().map(|&question| match question {
            "Client ID" => (question, "acme-7d2f1a\r"),
            _ => (question, ENTER),
        });
        let (code, shown) = at_terminal(flags, &inputs.collect::<Vec<_>>());
        assert_eq!(code, 0, "{shown}");
        for question in ["Environment", "Client ID", "Redirect URI", "Scopes", "Country", "Providers"] {
            assert!(asked.contains(&question) || !shown.contains(question), "{question}: {shown}");
        }
        for (flag, name) in [("--language ", "`language_id`"), ("--provider-id ", "`provider_id`")] {
            assert_eq!(shown.contains(name), !flags.contains(flag), "{name}: {shown}");
        }
    }
}
