//! A callback as query, form and URL: no panic, and a code only with the state of the pending authorization, once.
#![no_main]

use auth_link::{AuthLink, Callback, auth_link};
use libfuzzer_sys::fuzz_target;

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]);

const STATE: &str = "BwcHBwcHBwcHBwcHBwcHBw";

fuzz_target!(|bytes: &[u8]| {
    let (query, body) = bytes.split_at(bytes.len() / 2);
    for callback in [Callback::from_query(bytes), Callback::from_url(bytes), Callback::from_form(query, body)] {
        let Ok(callback) = callback else { continue };
        let key = callback.key();
        let pending = CONNECT.begin_with_entropy([7; 48]).pending;
        let own = pending.key();
        if let Ok(code) = pending.finish(callback) {
            assert_eq!(key, own);
            assert!(!code.expose().is_empty());
            assert!(bytes.len() >= STATE.len());
        }
    }
});
