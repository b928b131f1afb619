//! What each command prints, by the sessions in `cmd`. `TRYCMD=overwrite` writes them anew.

#[test]
fn commands_print_what_their_sessions_show() {
    // Whoever runs this may have a width of their own.
    trycmd::TestCases::new().env("COLUMNS", "").case("tests/cmd/*.md").run();
}
