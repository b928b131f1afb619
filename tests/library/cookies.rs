//! Pending authorizations in sealed cookies: their attributes, their number, and the values that are refused.
#![cfg(feature = "cookies")]

use std::time::{Duration, SystemTime};

use auth_link::client::Recovery;
use auth_link::cookies::{BegunAuthorization, CookieError, CookieKey, FinishedAuthorization, PendingCookies};
use auth_link::http::Request;
use auth_link::{AuthLink, Callback, CallbackError, Error, PendingAuthorization, auth_link};

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]);

static LOCAL: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "http://localhost:3000/callback", scope = [accounts]);

static BY_FORM: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    response_mode = form_post,
);

static LOCAL_BY_FORM: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "http://localhost:3000/callback",
    scope = [accounts],
    response_mode = form_post,
);

fn key(byte: u8) -> CookieKey {
    CookieKey::new(&std::array::from_fn::<u8, 64, _>(|index| byte ^ u8::try_from(index).unwrap())).unwrap()
}

fn cookies() -> PendingCookies {
    PendingCookies::new(&CONNECT, key(1))
}

/// Returns the `Cookie` header of a browser that stored the cookies.
fn stored(begun: &BegunAuthorization) -> String {
    let pairs = begun.set_cookies.iter().filter(|cookie| !cookie.contains("Max-Age=0"));
    pairs.map(|cookie| cookie.split(';').next().unwrap()).collect::<Vec<_>>().join("; ")
}

/// Returns the query of the callback.
fn query(begun: &BegunAuthorization) -> String {
    let state = begun.url.split(['?', '&']).find_map(|pair| pair.strip_prefix("state=")).unwrap();
    format!("code=c1&state={state}")
}

fn finish(cookies: &PendingCookies, header: &str, query: &str) -> Result<FinishedAuthorization<String>, Error> {
    Ok(cookies.finish(header, Callback::from_query(query))?)
}

fn refused(cookies: &PendingCookies, header: &str, query: &str) -> CookieError {
    match finish(cookies, header, query) {
        Err(Error::Cookie(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_authorization_is_finished_with_the_browsers_cookie_and_the_applications_value() {
    let begun = cookies().begin(&CONNECT, "", "user-1").unwrap();
    let header = format!("other=1; {}; last=2", stored(&begun));
    let finished = finish(&cookies(), &header, &query(&begun)).unwrap();
    assert_eq!((finished.code.expose(), finished.data.as_str()), ("c1", "user-1"));
    assert_eq!(finished.code.expose_verifier().map(str::len), Some(43));
    let [removal] = finished.set_cookies.as_slice() else { panic!("one cookie") };
    let name = header.split("; ").nth(1).unwrap().split('=').next().unwrap();
    assert_eq!(*removal, format!("{name}=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"));
    for text in [format!("{begun:?}"), format!("{finished:?}"), format!("{:?} {:?}", cookies(), key(1))] {
        assert!(!text.contains("c1") && !text.contains(&begun.url) && !text.contains("user-1"), "{text}");
    }
}

#[test]
fn debug_forms_name_their_type_and_errors_say_to_begin_again() {
    let begun = cookies().begin(&CONNECT, "", "user-1").unwrap();
    assert_eq!(format!("{begun:?}"), "BegunAuthorization { cookies: 1, .. }");
    assert_eq!(format!("{:?}", cookies().with_old_key(key(2))), "PendingCookies { keys: 2, .. }");
    assert_eq!(format!("{:?}", key(1)), "CookieKey([redacted])");
    let finished = finish(&cookies(), &stored(&begun), &query(&begun)).unwrap();
    assert_eq!(format!("{finished:?}"), format!("FinishedAuthorization {{ code: {:?}, .. }}", finished.code));
    let rejection = cookies().finish::<String>("", Callback::from_query(&query(&begun))).unwrap_err();
    assert_eq!(rejection.to_string(), "no pending authorization in this browser: begin again");
    let rejections = [
        CookieError::Missing,
        CookieError::Altered,
        CookieError::Swapped,
        CookieError::Expired,
        CookieError::OtherLink,
        CookieError::UnknownKey,
        CookieError::Used,
        CookieError::OtherData,
    ];
    let texts = rejections.map(|error| error.to_string());
    assert!(texts.iter().all(|text| text.ends_with(": begin again")), "{texts:?}");
    assert!(texts.iter().enumerate().all(|(index, text)| !texts[..index].contains(text)), "{texts:?}");
    assert!(CookieError::TooLong.to_string().contains("\nhelp: store a shorter value"));
    assert!(CookieError::InvalidData.to_string().ends_with("cannot be serialized"));
}

#[test]
fn an_error_of_a_cookie_is_the_applications_own_or_asks_for_another_authorization() {
    for (error, recovery, status) in [
        (CookieError::InvalidData, Recovery::Fail, 500),
        (CookieError::TooLong, Recovery::Fail, 500),
        (CookieError::Missing, Recovery::Reauthorize, 400),
        (CookieError::OtherLink, Recovery::Reauthorize, 400),
    ] {
        let error = Error::from(error);
        assert_eq!((error.recovery(), error.status().as_u16()), (recovery, status), "{error}");
    }
}

#[test]
fn the_attributes_of_a_cookie_follow_the_link() {
    let cookie = |link: &AuthLink| {
        let begun = PendingCookies::new(link, key(1)).begin(link, "", &()).unwrap();
        let [cookie] = begun.set_cookies.try_into().unwrap();
        let (pair, attributes) =
            cookie.split_once("; ").map(|(pair, rest)| (pair.to_owned(), rest.to_owned())).unwrap();
        (pair.split("auth-link-").next().unwrap().to_owned(), attributes)
    };
    let expected = |prefix: &str, rest: &str| (prefix.to_owned(), format!("HttpOnly; {rest}Path=/; Max-Age=600"));
    assert_eq!(cookie(&CONNECT), expected("__Host-", "SameSite=Lax; Secure; "));
    assert_eq!(cookie(&LOCAL), expected("", "SameSite=Lax; "));
    assert_eq!(cookie(&LOCAL_BY_FORM), expected("", "SameSite=None; Secure; "), "browsers accept it from localhost");
    assert_eq!(cookie(&BY_FORM), expected("__Host-", "SameSite=None; Secure; "));
}

#[test]
fn links_that_differ_in_a_users_values_share_their_cookies() {
    let link = CONNECT.with_user_email("jo@example.com").unwrap();
    let begun = cookies().begin(&link, "", "user-1").unwrap();
    assert!(finish(&cookies(), &stored(&begun), &query(&begun)).is_ok());
    let error = cookies().begin(&LOCAL, "", "user-1").unwrap_err();
    assert!(matches!(error, Error::Cookie(CookieError::OtherLink)), "{error:?}");
}

#[test]
fn a_browser_has_at_most_eight_pending_authorizations() {
    let cookies = cookies();
    let (mut header, mut begun) = (String::new(), Vec::new());
    for _ in 0..8 {
        let next = cookies.begin(&CONNECT, &header, "u").unwrap();
        assert_eq!(next.set_cookies.len(), 1, "there is space");
        header = [header, stored(&next)].join("; ");
        begun.push(next);
    }
    let ninth = cookies.begin(&CONNECT, &header, "u").unwrap();
    assert_eq!(ninth.set_cookies.len(), 2);
    assert!(ninth.set_cookies[0].ends_with("=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"));
    for begun in &begun {
        assert!(finish(&cookies, &header, &query(begun)).is_ok(), "all eight are finished");
    }
    // Forty cookies, thirty of them stale or unreadable: all but the seven newest are removed.
    let stale = |index: usize| {
        let key = auth_link_key(index);
        let began_at = if index < 30 { 1_000_000 } else { 9_000_000_000_u64 + index as u64 };
        format!("__Host-auth-link-{key}=1.k.l.b.{began_at}.x")
    };
    let many = (0..40).map(stale).collect::<Vec<_>>().join("; ");
    let next = cookies.begin(&CONNECT, &format!("__Host-auth-link-x=1; {many}"), "u").unwrap();
    assert_eq!(next.set_cookies.len(), 33 + 1);
    let kept = (33..40).map(auth_link_key);
    assert!(kept.into_iter().all(|key| !next.set_cookies.iter().any(|cookie| cookie.contains(&key))));
}

#[test]
fn an_expired_authorization_is_removed_though_there_is_space() {
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    loop {
        let second = now();
        let cookie = |index, began_at| format!("__Host-auth-link-{}=1.k.l.b.{began_at}.x", auth_link_key(index));
        let header = [cookie(1, second - 601), cookie(2, second - 600), cookie(3, second)].join("; ");
        let set_cookies = cookies().begin(&CONNECT, &header, "u").unwrap().set_cookies;
        // Otherwise the second cookie may have expired meanwhile.
        if now() == second {
            assert_eq!(set_cookies.len(), 2, "{set_cookies:?}");
            assert!(set_cookies[0].starts_with(&format!("__Host-auth-link-{}=;", auth_link_key(1))), "{set_cookies:?}");
            break;
        }
    }
}

fn auth_link_key(index: usize) -> String {
    format!("{index:0>43}")
}

#[test]
fn a_cookie_that_was_altered_swapped_or_lost_is_refused_and_the_error_says_which() {
    let begun = cookies().begin(&CONNECT, "", "u").unwrap();
    let (header, query) = (stored(&begun), query(&begun));
    let (name, value) = header.split_once('=').unwrap();
    let parts: Vec<&str> = value.splitn(6, '.').collect();
    let with = |index: usize, text: &str| {
        let mut parts = parts.clone();
        parts[index] = text;
        format!("{name}={}", parts.join("."))
    };
    let other = cookies().begin(&CONNECT, "", "u").unwrap();
    let other_value = stored(&other).split_once('=').unwrap().1.to_owned();
    let began_at: u64 = parts[4].parse().unwrap();
    let first = if parts[5].starts_with('A') { "B" } else { "A" };
    let sealed_but_one = format!("{first}{}", &parts[5][1..]);
    for (header, error) in [
        (String::new(), CookieError::Missing),
        (stored(&other), CookieError::Missing),
        (format!("{name}=x"), CookieError::Altered),
        (format!("{name}="), CookieError::Altered),
        (with(0, "2"), CookieError::UnknownKey),
        (with(1, "AAAAAAAA"), CookieError::UnknownKey),
        (with(2, "AAAAAAAAAAAAAAAA"), CookieError::OtherLink),
        (with(3, "AAAAAAAAAAAAAAAA"), CookieError::Swapped),
        (with(4, &(began_at + 1).to_string()), CookieError::Altered),
        (with(5, ""), CookieError::Altered),
        (with(5, &sealed_but_one), CookieError::Altered),
        (format!("{name}={other_value}"), CookieError::Swapped),
    ] {
        assert_eq!(refused(&cookies(), &header, &query), error, "{header}");
    }
    let two = format!("{name}=evil; {header}");
    assert!(finish(&cookies(), &two, &query).is_ok(), "another site cannot hide the cookie with one of the same name");
    let data = cookies().finish::<u64>(&header, Callback::from_query(&query));
    assert!(matches!(data.unwrap_err().error, Error::Cookie(CookieError::OtherData)));
    assert_eq!(
        refused(&PendingCookies::new(&LOCAL, key(1)), &header.replace("__Host-", ""), &query),
        CookieError::OtherLink
    );
}

#[test]
fn a_callback_is_accepted_once_and_a_strangers_ends_nothing() {
    let cookies = cookies();
    let begun = cookies.begin(&CONNECT, "", "u").unwrap();
    let (header, query) = (stored(&begun), query(&begun));
    let request = |method: &str| {
        let uri = format!("/callback?{query}");
        let request = Request::builder().method(method).uri(uri).header("cookie", "a=b").header("cookie", &header);
        cookies.finish_request::<String, _>(&request.body("").unwrap())
    };
    let rejection = request("HEAD").unwrap_err();
    assert!(matches!(rejection.error, Error::Callback(CallbackError::UnexpectedMethod)));
    assert!(rejection.set_cookies.is_empty(), "the cookie stays");
    for stranger in ["code=c1&state=other", "code=c1", "error=access_denied"] {
        let rejection = cookies.finish::<String>(&header, Callback::from_query(stranger)).unwrap_err();
        assert!(rejection.set_cookies.is_empty(), "{stranger}");
    }
    assert!(request("GET").is_ok());
    let again = request("GET").unwrap_err();
    assert!(matches!(again.error, Error::Cookie(CookieError::Used)), "{again:?}");
    assert_eq!(again.set_cookies.len(), 1);
    assert!(matches!(
        cookies.clone().finish::<String>(&header, Callback::from_query(&query)).unwrap_err().error,
        Error::Cookie(CookieError::Used)
    ));
}

#[test]
fn a_denied_callback_removes_its_cookie() {
    let begun = cookies().begin(&CONNECT, "", "u").unwrap();
    let query = query(&begun).replace("code=c1", "error=access_denied");
    let rejection = cookies().finish::<String>(&stored(&begun), Callback::from_query(&query)).unwrap_err();
    assert!(rejection.error.is_cancelled(), "{rejection}");
    assert!(rejection.set_cookies[0].contains("Max-Age=0"));
}

#[test]
fn each_byte_of_a_key_decides() {
    let bytes: [u8; 64] = std::array::from_fn(|index| u8::try_from(index).unwrap());
    let begun = PendingCookies::new(&CONNECT, CookieKey::new(&bytes).unwrap()).begin(&CONNECT, "", "u").unwrap();
    for at in [0, 31, 32, 63] {
        let mut other = bytes;
        other[at] ^= 0x80;
        let other = PendingCookies::new(&CONNECT, CookieKey::new(&other).unwrap());
        assert_eq!(refused(&other, &stored(&begun), &query(&begun)), CookieError::UnknownKey, "{at}");
    }
}

#[test]
fn a_header_of_many_forged_cookies_gets_a_short_response() {
    let forged = |index: usize| format!("__Host-auth-link-{index:0>43}=1.k.l.b.1.x");
    let header = (0..5000).map(forged).collect::<Vec<_>>().join("; ");
    assert_eq!(cookies().begin(&CONNECT, &header, "u").unwrap().set_cookies.len(), 101);
    let begun = cookies().begin(&CONNECT, "", "u").unwrap();
    let own = stored(&begun);
    let name = own.split_once('=').unwrap().0;
    let hidden = |count: usize| format!("{}{own}", format!("{name}=evil; ").repeat(count));
    assert!(finish(&cookies(), &hidden(99), &query(&begun)).is_ok());
    assert!(finish(&cookies(), &hidden(100), &query(&begun)).is_err(), "the work is bounded");
}

#[test]
fn an_old_key_opens_and_the_newest_seals() {
    let begun = cookies().begin(&CONNECT, "", "u").unwrap();
    let rotated = PendingCookies::new(&CONNECT, key(2)).with_old_key(key(1));
    assert!(finish(&rotated, &stored(&begun), &query(&begun)).is_ok());
    let newer = rotated.begin(&CONNECT, "", "u").unwrap();
    assert_eq!(refused(&cookies(), &stored(&newer), &query(&newer)), CookieError::UnknownKey);
    assert!(finish(&PendingCookies::new(&CONNECT, key(2)), &stored(&newer), &query(&newer)).is_ok());
}

#[test]
fn a_sealed_text_in_a_store_opens_for_its_key_and_browser_alone() {
    let pending = CONNECT.begin().unwrap().pending;
    let (key, text) = (pending.key(), cookies().seal(&pending, "browser-1", "u").unwrap());
    let open = |text: &str, browser: &str, key| cookies().open::<String>(text, browser, key).map(|(_, data)| data);
    assert_eq!(open(&text, "browser-1", &key).unwrap(), "u");
    assert_eq!(open(&text, "browser-2", &key).unwrap_err(), CookieError::Swapped);
    assert_eq!(open(&text, "", &key).unwrap_err(), CookieError::Swapped);
    let other_key = CONNECT.begin().unwrap().pending.key();
    assert_eq!(open(&text, "browser-1", &other_key).unwrap_err(), CookieError::Swapped);
    assert_eq!(open(&text.replacen("1.", "1.x", 1), "browser-1", &key).unwrap_err(), CookieError::UnknownKey);
    assert_eq!(open("", "browser-1", &key).unwrap_err(), CookieError::Altered);
    // Eleven minutes old.
    let began_at = SystemTime::now() - Duration::from_secs(660);
    let seconds = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs().to_string();
    let old = pending.expose().replacen(&seconds(pending.began_at()), &seconds(began_at), 1);
    let old: PendingAuthorization = old.parse().unwrap();
    let text = cookies().seal(&old, "browser-1", "u").unwrap();
    assert_eq!(open(&text, "browser-1", &key).unwrap_err(), CookieError::Expired);
}

#[test]
fn a_value_that_does_not_fit_into_a_cookie_is_refused() {
    let begin = |length: usize| cookies().begin(&CONNECT, "", &"x".repeat(length));
    assert!(begin(1500).is_ok());
    let error = begin(4000).unwrap_err();
    assert!(matches!(error, Error::Cookie(CookieError::TooLong)), "{error:?}");
    // The length of a cookie grows in steps of four bytes. The name and the attributes of this link's lead to 4,096 bytes.
    let longest = (2500..2800).rev().find_map(|length| {
        let data = "x".repeat(length);
        PendingCookies::new(&LOCAL_BY_FORM, key(1)).begin(&LOCAL_BY_FORM, "", &data).ok()
    });
    assert_eq!(longest.unwrap().set_cookies[0].len(), 4096);
    let map = std::collections::BTreeMap::from([((1, 2), 3)]);
    assert!(matches!(cookies().begin(&CONNECT, "", &map), Err(Error::Cookie(CookieError::InvalidData))));
}

#[test]
fn an_issuer_can_be_required() {
    let strict = cookies().require_iss();
    let begin = || strict.begin(&CONNECT, "", "u").unwrap();
    let (without_issuer, with_issuer) = (begin(), begin());
    let error = finish(&strict, &stored(&without_issuer), &query(&without_issuer)).unwrap_err();
    assert!(matches!(error, Error::Callback(CallbackError::MissingIssuer)), "{error:?}");
    let query = format!("{}&iss=https://auth.truelayer.com", query(&with_issuer));
    assert!(finish(&strict, &stored(&with_issuer), &query).is_ok());
}

#[test]
fn a_key_has_at_least_64_random_bytes() {
    let text = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMw==";
    assert!(format!("{}\n{}\n", &text[..64], &text[64..]).parse::<CookieKey>().is_ok(), "as `openssl` writes it");
    for invalid in ["", "x", "MDEy", &"A".repeat(88), &"AB".repeat(10_000)] {
        let error = invalid.parse::<CookieKey>().unwrap_err().to_string();
        assert_eq!(error, "expected a key of 64 random bytes\nhelp: create one with `openssl rand -base64 64`");
    }
    assert!(CookieKey::new(&[0; 64]).is_err(), "zeros are no key");
    let mut bytes = [0; 64];
    bytes[0] = 1;
    assert!(CookieKey::new(&bytes).is_err(), "nor are almost only zeros");
    assert!(CookieKey::new(&std::array::from_fn::<u8, 63, _>(|index| u8::try_from(index).unwrap())).is_err());
    assert!(CookieKey::generate().is_ok());
}
