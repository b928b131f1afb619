//! The stored text of a sign-in: no panic, and what is read is written again.
#![no_main]

use auth_link::PendingAuthorization;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(pending) = text.parse::<PendingAuthorization>() {
        let written = pending.expose();
        assert_eq!(written.parse::<PendingAuthorization>().unwrap().expose(), written);
    }
});
