//! Compile-fail cases with their errors, and cases that compile.
// One of the cases denies further groups of lints; this one is only for whole crates.
#![deny(future_incompatible)]

// Only the expansion must trigger no lint. Some of the cases are about the form in which a link is written.
#[allow(dead_code, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
#[path = "ui/pass/mod.rs"]
pub mod pass;

/// `trybuild` checks all cases in one run of cargo, as long as each of them is to fail: a valid link is a module of `pass`.
#[test]
fn invalid_links_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
    if cfg!(not(feature = "catalogue")) {
        cases.compile_fail("tests/ui/without-catalogue/*.rs");
    }
    if cfg!(not(feature = "builder")) {
        cases.compile_fail("tests/ui/without-builder/*.rs");
    }
}
