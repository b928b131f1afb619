//! The stored text of a pending authorization: no panic, and the text of `expose` parses to the same value.
#![no_main]

use auth_link::PendingAuthorization;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(pending) = text.parse::<PendingAuthorization>() {
        let stored = pending.expose();
        assert_eq!(stored.parse::<PendingAuthorization>().unwrap().expose(), stored);
    }
});
