//! The picture of the README, `docs/check.svg`. `AUTH_LINK_REGENERATE=1 cargo test -p auth-link-cli picture` updates it.

use crate::run;

use std::path::Path;
use std::{env, fs};

use anstyle_svg::Term;

/// A template whose link has two errors.
const TEMPLATE: &str = r#"<a href="https://auth.truelayer.com/?client_id={{ client_id }}&amp;redirect_uri={{ redirect_uri }}&amp;scope=acounts%20balance&amp;provider_id=ob-monzo&amp;providers=uk-oauth-all&amp;state={{ state }}">Connect your bank</a>"#;

#[test]
fn the_picture_shows_the_output_of_check() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    fs::write(folder.path().join("templates/connect.html"), "<main>\n  ".to_owned() + TEMPLATE + "\n</main>\n")
        .unwrap();
    let mut command = run::command(folder.path(), &["check", "templates", "--color", "always"]);
    command.env("COLUMNS", "96");
    let output = run::run(command, b"");
    assert_eq!((output.code, output.stderr.as_str()), (1, ""));
    let text = format!("\u{1b}[1m$ auth-link check templates\u{1b}[0m\n{}", output.stdout);
    // A background makes it readable on light and on dark pages.
    let picture = Term::new().palette(anstyle_svg::WIN10_CONSOLE).render_svg(&text);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/check.svg");
    if env::var_os("AUTH_LINK_REGENERATE").is_some() {
        fs::write(&file, &picture).unwrap();
    }
    assert!(fs::read_to_string(&file).unwrap_or_default() == picture, "docs/check.svg is out of date");
}
