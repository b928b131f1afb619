//! The text of a link: no panic, each range is inside the text, and a parsed link parses again to the same link.
#![no_main]

use auth_link::AuthLink;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match AuthLink::parse(text) {
        Ok(link) => assert_eq!(AuthLink::parse(link.as_str()).unwrap(), link),
        Err(error) => {
            for diagnostic in error.diagnostics() {
                assert!(diagnostic.range().is_none_or(|range| text.get(range).is_some()));
            }
        }
    }
});
