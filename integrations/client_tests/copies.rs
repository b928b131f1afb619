//! The files that both crates have.

#[test]
fn both_crates_have_the_same_rules_for_repeating_and_for_showing() {
    macro_rules! copies {
        ($($name:literal)*) => {
            [$((
                $name,
                include_str!(concat!("../reqwest/src/", $name)),
                include_str!(concat!("../ureq/src/", $name)),
            )),*]
        };
    }
    for (name, with_reqwest, with_ureq) in copies!("call_span.rs" "error.rs" "printable.rs" "retry.rs") {
        assert!(with_reqwest == with_ureq, "{name} differs");
    }
}
