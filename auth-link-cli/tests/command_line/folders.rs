//! `check` with folders and the standard input.

use std::fs;

use crate::run::{auth_link, auth_link_with};

const VALID_LINK: &str =
    "https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&scope=info";

#[test]
fn a_thousand_files_are_sorted_and_print_the_same_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut names = Vec::new();
    for index in 0..1000 {
        let name = format!("{}/page-{:03}.html", index % 10, (index * 7919) % 1000);
        fs::create_dir_all(folder.path().join(&name).parent().unwrap()).unwrap();
        let filler = "<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit.</p>\n".repeat(60);
        fs::write(folder.path().join(&name), format!("{filler}<a href=\"{VALID_LINK}&amp;scope=acounts\">\n")).unwrap();
        names.push(name);
    }
    let all = auth_link(folder.path(), &["check", "--format", "github", "."]);
    assert_eq!(all.code, 1);
    assert_eq!(all.stdout.lines().count(), 1000, "an error in each");
    let mut sorted: Vec<_> = all.stdout.lines().collect();
    sorted.sort_by_key(|line| line.split(',').next().unwrap().to_owned());
    assert!(all.stdout.lines().eq(sorted), "by file");

    let forwards: Vec<_> =
        ["check", "--format", "github"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let backwards: Vec<_> = forwards[..3].iter().copied().chain(names.iter().rev().map(String::as_str)).collect();
    for order in [forwards, backwards] {
        assert_eq!(auth_link(folder.path(), &order).stdout, all.stdout);
    }
}

#[test]
fn the_standard_input_is_read_as_a_text_or_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let check = |text: &[u8]| auth_link_with(folder.path(), &["check", "-"], text);
    let text = check(format!("first\nsee <{VALID_LINK}&nonce=abcd>\n").as_bytes());
    assert!(text.stdout.contains("--> <stdin>:2:115\n"), "{}", text.stdout);
    assert_eq!(check(VALID_LINK.as_bytes()).stdout, "no errors in 1 auth link\n");
    let word = check(b"https://example.com/\n");
    assert!(word.code == 1 && word.stdout.contains("`example.com` is not TrueLayer's auth server"), "{}", word.stdout);
    let none = check(b"no link here\n");
    assert_eq!((none.code, none.stderr.as_str()), (0, "note: `<stdin>` has no auth link\n"));
    let explained = auth_link_with(folder.path(), &["explain", "-"], format!("{VALID_LINK}\n").as_bytes());
    assert!(explained.stdout.contains("acme-7d2f1a\n") && explained.stderr.is_empty(), "{}", explained.stdout);
    let binary = check(b"\0\xff");
    assert_eq!((binary.code, binary.stderr.as_str()), (2, "error: cannot read the standard input: it is binary\n"));
}

#[test]
fn a_text_of_a_megabyte_is_searched_but_a_link_of_a_megabyte_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = "lorem ipsum ".repeat(90_000) + VALID_LINK;
    assert_eq!(auth_link_with(folder.path(), &["check", "-"], text.as_bytes()).stdout, "no errors in 1 auth link\n");
    let link = VALID_LINK.to_owned() + &"a".repeat(1 << 20);
    for command in ["check", "convert"] {
        let long = auth_link_with(folder.path(), &[command, "-"], link.as_bytes());
        assert_eq!(long.code, 2);
        let expected = "error: <stdin>:1:1: the link has 1048684 bytes, more than any server accepts\n";
        assert!(long.stderr.starts_with(expected), "{}", long.stderr);
    }
}

#[test]
fn an_unreadable_input_is_reported_after_the_readable_ones() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), VALID_LINK.to_owned() + "&nonce=abcd").unwrap();
    let both = auth_link(folder.path(), &["check", "no-such-file", "a.txt"]);
    assert_eq!(both.code, 2);
    assert!(both.stdout.contains("`nonce` in a link is dropped"), "{}", both.stdout);
    assert!(both.stderr.starts_with("error: cannot read `no-such-file`: there is no such file\n"), "{}", both.stderr);
}

#[test]
fn invisible_characters_of_a_file_name_are_escaped() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a\u{1b}[2J\u{202e}.txt"), VALID_LINK.to_owned() + "&nonce=abcd").unwrap();
    for format in ["text", "github", "json"] {
        let output = auth_link(folder.path(), &["check", "--format", format, "."]);
        assert!(
            output.stdout.contains("nonce") && !output.stdout.contains(['\u{1b}', '\u{202e}']),
            "{}",
            output.stdout
        );
    }
}
