//! The file that both crates have.

#[test]
fn both_crates_have_the_same_span() {
    let (with_reqwest, with_ureq) =
        (include_str!("../reqwest/src/call_span.rs"), include_str!("../ureq/src/call_span.rs"));
    assert!(with_reqwest == with_ureq, "call_span.rs differs");
}
