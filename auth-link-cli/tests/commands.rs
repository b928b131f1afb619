//! The output of each command, as the files in `cmd` record it. `TRYCMD=overwrite` updates them.

#[test]
fn every_command_prints_its_recorded_output() {
    // The width must not depend on the environment.
    trycmd::TestCases::new().env("COLUMNS", "").case("tests/cmd/*.md").run();
}
