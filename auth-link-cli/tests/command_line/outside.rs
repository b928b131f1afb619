//! Text from outside reaches no terminal and no workflow as a command.

use std::fs;

use crate::run::{self, Output, auth_link, auth_link_with};

/// A link with sequences of a terminal, bidirectional characters, line breaks and commands of a workflow, percent-encoded.
const LINK: &str = "https://auth.truelayer.com/?client_id=%1b%5d0;pwned%07%0a::error::a&scope=inof%e2%80%ae%c2%9b%e2%80%a8x\
    &redirect_uri=https%3A%2F%2Fa.example%2F%1b%5b8m%0a::error%20title=pwned::a%20##[error]a&provider_id=##[error]b&%0a::error::c=d";

/// Asserts that an output has no control character but line breaks, and no command of a workflow.
fn assert_inert(output: &Output, input: &str) {
    for text in [&output.stdout, &output.stderr] {
        for c in text.chars() {
            let is_bidirectional =
                matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            assert!(c == '\n' || !(c.is_control() || is_bidirectional), "{input}: {c:?} in {text}");
        }
        for line in text.lines() {
            let is_own = line.starts_with("::error file=") || line.starts_with("::error title=auth-link%3A ");
            let is_own =
                is_own || line.starts_with("::warning file=") || line.starts_with("::warning title=auth-link%3A ");
            assert!(is_own || !line.trim_start().starts_with("::"), "{input}: {line}");
            assert!(!line.contains("##["), "{input}: {line}");
        }
    }
}

#[test]
fn a_link_with_control_characters_is_escaped_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let raw = "\u{1b}]0;x\u{7}\u{202e}\u{9b}\n::error::a\n##[error]b";
    for text in [LINK, raw, &format!("https://auth.truelayer.com/?scope={raw}"), &format!("auth_link!({raw})")] {
        for args in [
            &["check"][..],
            &["check", "--json"],
            &["check", "--format", "github"],
            &["explain"],
            &["explain", "--json"],
            &["convert"],
            &["convert", "--json"],
            &["new", "--scope", "info", "--client-id"],
            &["connect", "--no-browser", "--timeout", "1"],
            &["connect", "--no-browser", "--timeout", "1", "--scope", "info", "--client-id"],
            &["connect", "--no-browser", "--timeout", "1", "--scope", "info", "--client-id", "a", "--auth-server"],
            &["new", "--client-id", "a", "--scope"],
            &["providers", "--from"],
            &["check", "x", "--allow"],
            &["check", "x", "--catalogue"],
            &["man"],
            &[],
        ] {
            let args: Vec<_> = args.iter().copied().chain([text]).collect();
            let output = auth_link(folder.path(), &args);
            assert!(output.stdout.len() + output.stderr.len() > 20, "{args:?}");
            assert_inert(&output, &format!("{args:?}"));
        }
        for command in ["check", "explain", "convert"] {
            assert_inert(&auth_link_with(folder.path(), &[command, "-"], text.as_bytes()), text);
        }
    }
}

#[test]
fn a_file_name_is_escaped() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1b}[8m\u{202e}\n::error::x ##[error]y.txt";
    fs::write(folder.path().join(name), LINK).unwrap();
    for args in
        [&["check", "."][..], &["check", "--json", "."], &["check", "--format", "github", "."], &["check", name]]
    {
        let output = auth_link(folder.path(), args);
        assert_eq!(output.code, 1, "{}", output.stderr);
        assert_inert(&output, &format!("{args:?}"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_not_utf_8_is_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().unwrap();
    let name = OsStr::from_bytes(b"caf\xe9.txt");
    let valid = "https://auth.truelayer.com/?client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb&scope=info";
    fs::write(folder.path().join(name), valid).unwrap();
    let named = |command: &str| {
        let output = run::command(folder.path(), &[command]).arg(name).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(named("check"), (Some(0), "no errors in 1 auth link, 1 file read\n".to_owned()));
    assert!(named("convert").1.starts_with("auth_link!("));
    let walked = auth_link(folder.path(), &["check", "--json", "."]);
    assert!(walked.stdout.contains("\"source\": \"caf\u{fffd}.txt\""), "{}", walked.stdout);
}

#[test]
fn nested_brackets_are_an_error_of_convert() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "auth_link!{}\nauth_link!(client_id = \"a\", redirect_uri = \"https://a.example/cb\", scope = [info])",
        "[".repeat(200_000)
    );
    for name in ["deep.rs", "deep.md"] {
        fs::write(folder.path().join(name), &text).unwrap();
        let output = auth_link(folder.path(), &["convert", name]);
        assert_eq!((output.code, output.stdout.lines().count()), (2, 1), "the other call is converted");
        assert!(
            output.stderr.contains(&format!("{name}:1:75: more than 64 brackets in each other\n")),
            "{}",
            output.stderr
        );
    }
}

#[test]
fn the_size_of_a_drawing_does_not_grow_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let link = "'https://auth.truelayer.com/?client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb&scope=inof';";
    let check = |count: usize| {
        let output = auth_link_with(folder.path(), &["check", "-"], link.repeat(count).as_bytes());
        assert!(output.stdout.contains(&format!("{count} errors in {count} auth links")), "{}", output.stdout);
        let last = output.stdout.lines().rfind(|line| line.contains("--> ")).unwrap().to_owned();
        (output.stdout.len(), last)
    };
    let (short, long) = (check(50), check(100));
    assert!(long.0 < short.0 * 21 / 10, "{short:?} {long:?}");
    let column = 99 * link.len() + link.find("inof").unwrap() + 1;
    assert_eq!(long.1.trim(), format!("--> <stdin>:1:{column}"));
}

#[test]
fn a_secret_hides_no_word_of_a_message() {
    let folder = tempfile::tempdir().unwrap();
    for secret in ["link", "state", "dropped", "each"] {
        let link = format!(
            "https://auth.truelayer.com/?client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb&scope=info&state={secret}"
        );
        let output = auth_link(folder.path(), &["check", &link]);
        assert!(output.stdout.contains("]: `state` in a link is dropped\n"), "{}", output.stdout);
        assert!(output.stdout.contains("remove it"), "{}", output.stdout);
        assert!(!output.stdout.contains(&format!("={secret}")), "{}", output.stdout);
    }
}
