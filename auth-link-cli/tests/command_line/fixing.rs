//! `check --fix`: the files, the fixed text, and the errors.

use std::fs;

use crate::run::{auth_link, auth_link_with};

const LINK: &str =
    "https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&scope=";

fn wrong() -> String {
    format!("{LINK}INFO\n")
}

fn right() -> String {
    format!("{LINK}info\n")
}

#[test]
fn a_file_that_cannot_be_fixed_is_reported_and_the_others_are_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["a.txt", "b.txt", "c.txt"] {
        fs::write(path(name), wrong()).unwrap();
    }
    let mut permissions = fs::metadata(path("b.txt")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path("b.txt"), permissions).unwrap();
    let latin1 = [wrong().as_bytes(), b"\xe9"].concat();
    fs::write(path("latin1.txt"), &latin1).unwrap();

    let output = auth_link(folder.path(), &["check", "--fix", "a.txt", "b.txt", "c.txt", "latin1.txt", "d.txt"]);
    assert_eq!(output.code, 2);
    for name in ["a.txt", "c.txt"] {
        assert_eq!(fs::read_to_string(path(name)).unwrap(), right());
        assert!(output.stdout.contains(&format!("{name}:1: unknown scope `INFO`: `INFO` → `info`\n")));
    }
    assert_eq!(fs::read_to_string(path("b.txt")).unwrap(), wrong());
    assert_eq!(fs::read(path("latin1.txt")).unwrap(), latin1);
    assert!(output.stdout.contains("fixed 2 mistakes in 2 files\n"), "{}", output.stdout);
    assert!(output.stdout.contains("--> b.txt:1:"), "what is left is reported: {}", output.stdout);
    let errors: Vec<_> = output.stderr.lines().filter(|line| line.starts_with("error: ")).collect();
    let expected = [
        "error: cannot read `d.txt`: there is no such file",
        "error: cannot fix `b.txt`: it is read-only",
        "error: cannot fix `latin1.txt`: it is not UTF-8",
    ];
    assert_eq!(errors, expected);
}

#[test]
fn a_fixed_file_is_unchanged_by_a_second_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.html");
    let text = format!(
        "<a href='{}%20info%20cards%20cards&amp;country_id=uk'>\r\n\tend",
        wrong().trim().replace('&', "&amp;")
    );
    fs::write(&path, text).unwrap();
    let first = auth_link(folder.path(), &["check", "--fix", "."]);
    let fixed = fs::read_to_string(&path).unwrap();
    assert!(
        first.stdout.contains("mistakes in 1 file\n") && fixed.ends_with("&amp;country_id=GB'>\r\n\tend"),
        "{fixed}"
    );
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    let second = auth_link(folder.path(), &["check", "--fix", "."]);
    assert!(second.stdout.starts_with("fixed no mistakes\n"), "{}", second.stdout);
    assert_eq!(fs::read_to_string(&path).unwrap(), fixed);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), modified, "it is not written again");
}

#[test]
fn the_fixed_standard_input_is_printed_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    for end in ["", "\n", "\r\n\n  "] {
        let text = |link: &str| format!("\u{feff}first\n\tsee <{}>{end}", link.trim());
        let output = auth_link_with(folder.path(), &["check", "--fix", "-"], text(&wrong()).as_bytes());
        assert_eq!((output.code, output.stdout), (0, text(&right())));
        let change = "<stdin>:2: unknown scope `INFO`: `INFO` → `info`\nfixed 1 mistake in 1 input\n\n";
        assert_eq!(output.stderr, format!("{change}no errors in 1 auth link\n"));
    }
}

#[test]
fn a_standard_input_with_a_secret_is_not_printed() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{}&state=SEKRIT1\n", wrong().trim());
    let output = auth_link_with(folder.path(), &["check", "--fix", "-"], text.as_bytes());
    assert_eq!((output.code, output.stdout.as_str()), (2, ""));
    assert!(
        output.stderr.contains("error: the fixed text contains a secret or a mail address, which is not printed\n")
    );
    assert!(output.stderr.contains("unknown scope `INFO`") && !output.stderr.contains("SEKRIT"), "{}", output.stderr);
}

#[test]
fn the_edit_of_the_json_corrects_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.html");
    let text = format!("é\n<a href='{}&amp;language_id=en'>", wrong().trim());
    fs::write(&path, &text).unwrap();
    let output = auth_link(folder.path(), &["check", "--json", "a.html"]);
    let json: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let edit = &json["links"][0]["diagnostics"][0]["edit"];
    let byte = |index: usize| usize::try_from(edit["range"][index].as_u64().unwrap()).unwrap();
    let mut edited = text.clone();
    edited.replace_range(byte(0)..byte(1), edit["text"].as_str().unwrap());
    auth_link(folder.path(), &["check", "--fix", "a.html"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    assert_ne!(edited, text);

    let spaced = format!("  {}", wrong());
    let output = auth_link_with(folder.path(), &["explain", "--json", "-"], spaced.as_bytes());
    let json: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let start = spaced.find("INFO").unwrap();
    assert_eq!(json["diagnostics"][0]["edit"], serde_json::json!({ "range": [start, start + 4], "text": "info" }));
}
