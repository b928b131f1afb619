//! What each command prints, by the sessions in `cmd`. `TRYCMD=overwrite` writes them anew.

#[test]
fn commands_print_what_their_sessions_show() {
    trycmd::TestCases::new().case("tests/cmd/*.md").run();
}
