//! Stored values: a sealed cookie that was altered is never accepted, and a stored connection is read without a panic.
#![no_main]

use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use auth_link::client::Connection;
use auth_link::cookies::{CookieKey, PendingCookies};
use auth_link::{AuthLink, Callback, auth_link};
use libfuzzer_sys::fuzz_target;

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]);

/// The cookies, the `Cookie` header of a browser, and the query of its callback.
static BEGUN: LazyLock<(PendingCookies, String, String)> = LazyLock::new(|| {
    let cookies = PendingCookies::new(&CONNECT, CookieKey::generate().unwrap());
    let begun = cookies.begin(&CONNECT, "", "user-1").unwrap();
    let header = begun.set_cookies[0].split(';').next().unwrap().to_owned();
    let state = begun.url.split(['?', '&']).find_map(|pair| pair.strip_prefix("state=")).unwrap();
    (cookies, header, format!("code=c1&state={state}"))
});

fuzz_target!(|bytes: &[u8]| {
    let (cookies, header, query) = &*BEGUN;
    let text = String::from_utf8_lossy(bytes);
    // The input as a header, and the header with a part of it replaced.
    let at = bytes.first().map_or(0, |byte| usize::from(*byte) * header.len() / 256);
    let end = (at + text.len()).min(header.len());
    let replaced = [header.get(..at), Some(&*text), header.get(end..)].into_iter().flatten().collect::<String>();
    for altered in [&*text, &replaced] {
        // The header itself may be followed by anything.
        let is_own = altered.split(';').any(|pair| pair.trim() == header);
        let finished = cookies.finish::<String>(altered, Callback::from_query(query));
        assert!(is_own || finished.is_err(), "{altered:?}");
        let _ = cookies.begin(&CONNECT, altered, "user-1").unwrap();
    }
    if let Ok(connection) = serde_json::from_slice::<Connection>(bytes) {
        let stored = serde_json::to_string(&connection).unwrap();
        let read: Connection = serde_json::from_str(&stored).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), stored);
        for now in [SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + Duration::from_secs(u64::from(u32::MAX))] {
            let _ = (read.next(now), read.consent(now), format!("{read:?}"));
        }
    }
});
