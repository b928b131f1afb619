//! Compile-fail cases with their errors, and cases that compile.

#[test]
fn invalid_links_do_not_compile_and_valid_links_do() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
    cases.pass("tests/ui/pass/*.rs");
    if cfg!(not(feature = "catalogue")) {
        cases.compile_fail("tests/ui/without-catalogue/*.rs");
    }
    if cfg!(feature = "builder") {
        cases.pass("tests/ui/builder/*.rs");
    } else {
        cases.compile_fail("tests/ui/without-builder/*.rs");
    }
}
