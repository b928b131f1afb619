//! The data and the tokens of `connect`, in cases without an account of each kind or without a folder.

use std::fs;

use crate::connecting::{Ended, LINK, start};
use crate::mock::{MockTrueLayer, respond};
use crate::run::{auth_link, command, run};

/// Runs `connect` against a server, up to a callback with a code.
fn connect(more: &[&str], respond: fn(&str) -> (u16, &'static str)) -> Ended {
    let folder = tempfile::tempdir().unwrap();
    let mock = MockTrueLayer::start(respond);
    let waiting = start(folder.path(), Some(&mock), more);
    waiting.end_with_code()
}

#[test]
fn a_card_has_its_balance_and_one_that_cannot_be_read_is_an_error() {
    let ended = connect(&["--scope", "cards"], |request| match request.split(' ').nth(1) {
        Some("/data/v1/cards") => (
            200,
            r#"{"results": [{"account_id": "k1", "card_network": "VISA", "display_name": "Club card", "currency": "GBP"}, 7]}"#,
        ),
        Some("/data/v1/cards/k1/balance") => (200, r#"{"results": [{"currency": "GBP", "current": 20.10}]}"#),
        _ => respond(request),
    });
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    let cards = ended.stdout.split_once("\n\nCards\n").expect(&ended.stdout).1;
    assert_eq!(
        cards,
        "  name       type  currency  balance  available\n  Club card  VISA  GBP         20.10          -\n"
    );
    assert!(ended.stderr.contains("error: cannot read 1 of the cards: "), "{}", ended.stderr);
    assert!(ended.stderr.contains("help: the others are complete\n"), "{}", ended.stderr);
}

#[test]
fn a_scope_without_consent_is_named() {
    let ended = connect(&[], |request| match request.split(' ').nth(1) {
        Some("/connect/token") => (
            200,
            r#"{"access_token": "access-t0ken", "token_type": "Bearer", "expires_in": 3600, "scope": "accounts"}"#,
        ),
        _ => respond(request),
    });
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("note: the user did not grant `balance`\n"), "{}", ended.stderr);
}

#[test]
fn an_error_of_the_data_says_how_to_go_on() {
    type Case = (fn(&str) -> (u16, &'static str), &'static str);
    let cases: [Case; 2] = [
        (
            |request| match request.split(' ').nth(1) {
                Some("/data/v1/accounts") => (401, r#"{"error": "invalid_token"}"#),
                _ => respond(request),
            },
            "help: the consent does not cover it or has ended: run the command again",
        ),
        (
            |request| match request.split(' ').nth(1) {
                Some("/data/v1/accounts") => (400, r#"{"error": "invalid_date_range"}"#),
                _ => respond(request),
            },
            "`invalid_date_range` (status 400)\n",
        ),
    ];
    for (respond, expected) in cases {
        let ended = connect(&[], respond);
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        assert!(ended.stderr.contains("error: cannot read the accounts: "), "{}", ended.stderr);
        assert!(ended.stderr.contains(expected), "{}", ended.stderr);
    }
}

#[test]
fn a_connection_without_accounts_has_a_note() {
    let ended = connect(&[], |request| match request.split(' ').nth(1) {
        Some("/data/v1/accounts") => (200, r#"{"results": []}"#),
        _ => respond(request),
    });
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("note: the connection has no accounts and no cards"), "{}", ended.stderr);
}

#[test]
fn tokens_whose_folder_is_gone_are_an_error_and_the_accounts_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let tokens = folder.path().join("tokens");
    fs::create_dir(&tokens).unwrap();
    let mock = MockTrueLayer::start(respond);
    let waiting = start(folder.path(), Some(&mock), &["--save", "tokens/tokens.json"]);
    fs::remove_dir(&tokens).unwrap();
    let ended = waiting.end_with_code();
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    assert!(ended.stderr.contains("error: cannot write the tokens to `tokens/tokens.json`: "), "{}", ended.stderr);
    assert!(ended.stderr.contains("help: the tokens are lost: run the command again"), "{}", ended.stderr);
    assert!(ended.stdout.contains("1234.50"), "{}", ended.stdout);
}

#[test]
fn a_secret_that_is_none_and_tokens_without_a_secret_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let args = [&["connect", "--no-browser"], &LINK[..]].concat();
    for secret in ["", "two\nlines"] {
        let mut command = command(folder.path(), &args);
        command.env("TRUELAYER_CLIENT_SECRET", secret);
        let output = run(command, b"");
        assert_eq!(output.code, 2);
        let begin = "error: the variable `TRUELAYER_CLIENT_SECRET` holds no client secret: ";
        assert!(output.stderr.starts_with(begin) && !output.stderr.contains("two"), "{}", output.stderr);
    }
    let output = auth_link(folder.path(), &[&args[..], &["--save", "tokens.json"]].concat());
    assert!(output.stderr.starts_with("error: `--save` needs the client's secret, "), "{}", output.stderr);
}

#[test]
fn a_qr_code_shows_the_link() {
    let folder = tempfile::tempdir().unwrap();
    let waiting = start(folder.path(), None, &["--qr"]);
    let ended = waiting.end_with_code();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("▀") || ended.stderr.contains("█"), "{}", ended.stderr);
    assert!(ended.stderr.contains("another device returns to its own `localhost`"), "{}", ended.stderr);
}
