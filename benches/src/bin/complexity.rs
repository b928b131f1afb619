//! Runs one hostile input of one size, for a tool that counts instructions: `complexity <shape> <size in bytes>`. Without arguments it
//! lists the shapes.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::ops::Add;

use auth_link::client::{AccessToken, ClientSecret, Connection, RefreshToken};
use auth_link::cookies::{CookieKey, PendingCookies, cookie_text};
use auth_link::http::{HeaderMap, HeaderValue, Request, header};
use auth_link::{AuthLink, Callback, auth_link};
use auth_link_mock::Scenario;
use auth_link_rules::{Draft, amend, warnings};

static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts, transactions],
);

/// A shape: its name, and the work on an input of about so many bytes.
type Shape = (&'static str, fn(usize));

const LINK: &str = "https://auth.truelayer.com/?client_id=a&redirect_uri=https%3A%2F%2Fa.example&scope=info";

const SHAPES: &[Shape] = &[
    ("link: many parameters", |size| check(&(LINK.to_owned() + &names(size, "&")))),
    ("link: one parameter again and again", |size| check(&(LINK.to_owned() + &"&x=1".repeat(size / 4)))),
    ("link: many values of one parameter", |size| check(&(LINK.to_owned() + &names(size, "&x=")))),
    ("link: unknown scopes", |size| check(&format!("{LINK}{}", names(size, "%20")))),
    ("link: one scope again and again", |size| check(&(LINK.to_owned() + &"%20info".repeat(size / 7)))),
    ("link: separators", |size| check(&format!("{LINK}{}", ",info".repeat(size / 5)))),
    ("link: unlisted providers", |size| check(&format!("{LINK}&providers={}", names(size, "%20ob-")))),
    ("link: misspelled providers", |size| check(&format!("{LINK}&providers={}", names(size, "%20Ob_")))),
    ("link: providers and all of them hidden", |size| {
        let list = names(size / 2, "%20ob-");
        // Not `format!`, which copies the text again whenever it grows.
        check(&[LINK, "&providers=", &list, "&disable_providers=", &list].concat());
    }),
    ("link: percent signs", |size| check(&format!("{LINK}{}", "&%=%".repeat(size / 4)))),
    ("link: a long redirect URI", |size| check(&format!("{LINK}&redirect_uri={}", "/..".repeat(size / 3)))),
    ("fields: unknown names", |size| {
        let mut builder = AuthLink::builder().client_id("a").redirect_uri("https://a.example").scope(["info"]);
        for name in names(size, " ").split_whitespace() {
            builder = builder.set(name, "x");
        }
        drop(black_box(builder.build()));
    }),
    ("fields: a list of providers", |size| {
        let list = names(size, " ob-");
        let builder = AuthLink::builder().client_id("a").redirect_uri("https://a.example").scope(["info"]);
        drop(black_box(builder.providers(list.split_whitespace()).build()));
    }),
    ("fields: a long tracking id", |size| drop(black_box(CONNECT.with_tracking_id(&"é".repeat(size / 2))))),
    ("fields: values added to a long link", |size| {
        let link = format!("{LINK}{}", names(size / 2, "&"));
        drop(black_box((amend(&link, &[]), warnings(&link))));
    }),
    ("callback: unknown parameters", |size| drop(black_box(Callback::from_query(&names(size, "&")).map(|_| ())))),
    ("callback: a long description", |size| {
        let request = CONNECT.begin_with_entropy([7; 48]);
        let query = format!("error=x&state=BwcHBwcHBwcHBwcHBwcHBw&error_description={}", "%3C".repeat(size / 3));
        let rejection = Callback::from_query(&query).map(|callback| request.pending.finish(callback));
        drop(black_box(rejection.map(|result| result.map_err(|error| error.to_string()))));
    }),
    ("callback: a long state", |size| {
        let request = CONNECT.begin_with_entropy([7; 48]);
        let query = format!("code=c&state={}", "%41".repeat(size / 3));
        drop(black_box(Callback::from_query(&query).map(|callback| request.pending.finish(callback).map(|_| ()))));
    }),
    ("pending: a long text", |size| {
        let _ = black_box("1.".repeat(size / 2).parse::<auth_link::PendingAuthorization>().map(|_| ()));
    }),
    ("response: an error that repeats a secret's beginning", |size| {
        let secret = "a".repeat(size / 2 + 1);
        let client = CONNECT.client(ClientSecret::new(secret.clone()).unwrap());
        let body = format!(r#"{{"error":"invalid_grant","error_description":"{secret}b"}}"#);
        read(client.refresh(&RefreshToken::new("r").unwrap()), 400, body);
    }),
    ("response: error details", |size| {
        let client = CONNECT.client(ClientSecret::new("s3cret").unwrap());
        let details = vec![r#"{"a":"s3cre"}"#; size / 14].join(",");
        read(
            client.refresh(&RefreshToken::new("r").unwrap()),
            400,
            format!(r#"{{"error":"x","error_details":[{details}]}}"#),
        );
    }),
    ("response: transactions", |size| {
        let item = r#"{"transaction_id":"x","amount":-1.25,"currency":"GBP","timestamp":"2026-01-01T00:00:00Z"}"#;
        transactions(&vec![item; size / item.len()].join(","));
    }),
    ("response: items that cannot be read", |size| transactions(&vec![r#"{"":0}"#; size / 7].join(","))),
    ("response: nested lists", |size| transactions(&"[".repeat(size))),
    ("request: many headers", |size| {
        let mut request = Request::get("/callback?code=c&state=s").body("").unwrap();
        for number in 0..size / 16 {
            request.headers_mut().append("sec-purpose", HeaderValue::from(number));
        }
        drop(black_box(Callback::from_request(&request).map(|_| ())));
    }),
    ("request: a long list of purposes", |size| {
        let request = Request::get("/callback?code=c&state=s").header("Purpose", "a;b, ".repeat(size / 5));
        drop(black_box(Callback::from_request(&request.body("").unwrap()).map(|_| ())));
    }),
    ("request: a long form", |size| {
        let form = "application/x-www-form-urlencoded; ";
        let request =
            Request::post("/callback").header(header::CONTENT_TYPE, form.to_owned() + &"a=b;".repeat(size / 4));
        drop(black_box(Callback::from_request(&request.body(names(size, "&")).unwrap()).map(|_| ())));
    }),
    ("cookies: those of others", |size| cookies(&names(size, "; "))),
    ("cookies: separators", |size| cookies(&"=;".repeat(size / 2))),
    ("cookies: authorizations of this link", |size| {
        let value = "1.AAAAAAAA.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAA.1800000000.AAAA";
        let cookie = |number| format!("__Host-auth-link-{number:A>43}={value};");
        cookies(&(0..size / 121).map(cookie).collect::<String>());
    }),
    ("cookies: one authorization again and again", |size| {
        let cookie = own_cookie().repeat(2);
        cookies(&cookie.repeat(size / cookie.len()));
    }),
    ("cookies: a long value", |size| cookies(&format!("{}{}", own_cookie().trim_end_matches(';'), "A".repeat(size)))),
    ("cookies: many headers", |size| {
        let mut headers = HeaderMap::new();
        for number in 0..size / 16 {
            headers.append(header::COOKIE, HeaderValue::from(number));
        }
        cookies(&cookie_text(&headers));
    }),
    ("connection: a long token", |size| connection(&format!(r#""access_token":"{}","#, "a".repeat(size)))),
    ("connection: escapes", |size| connection(&format!(r#""access_token":"{}","#, r"\u0041".repeat(size / 6)))),
    ("connection: unknown members", |size| connection(&names(size, "\":1,\"").replacen("\":1,", "", 1).add(r#"":1,"#))),
    ("connection: a member again and again", |size| connection(&r#""scope":"a","#.repeat(size / 12))),
    ("connection: nested lists", |size| connection(&format!(r#""a":{}"#, "[".repeat(size)))),
    ("scenario: banks", |size| {
        let bank = |name: &str| format!("[[bank]]\nid = \"{name}\"\nname = \"A\"\n");
        scenario(&names(size / 6, " ").split_whitespace().map(bank).collect::<String>());
    }),
    ("scenario: accounts of a user", |size| {
        let account = |id: &str| format!("[[user.account]]\nid = \"{id}\"\nkind = \"card\"\n");
        let accounts: String = names(size / 8, " ").split_whitespace().map(account).collect();
        scenario(&format!("[[user]]\nname = \"a\"\npassword = \"b\"\n{accounts}"));
    }),
    ("scenario: scopes of a user", |size| {
        scenario(&format!("[[user]]\nname = \"a\"\npassword = \"b\"\ngrants = [{}]", "\"info\",\n".repeat(size / 8)));
    }),
    ("scenario: failures, and a mistake in the last", |size| {
        let failure = "[[failure]]\nendpoint = \"token\"\nstatus = 503\n";
        scenario(&(failure.repeat(size / failure.len()) + "error = 1"));
    }),
    ("scenario: a long name", |size| {
        scenario(&format!("[[bank]]\nid = \"{}\"\nname = \"A\"", "\\u0041".repeat(size / 6)));
    }),
    ("scenario: unknown keys", |size| scenario(&names(size, "=1\n").add("=1"))),
    ("scenario: dotted keys", |size| scenario(&("a.".repeat(size / 2) + "a=1"))),
    ("scenario: nested lists", |size| scenario(&("a=".to_owned() + &"[".repeat(size)))),
];

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => SHAPES.iter().for_each(|(name, _)| println!("{name}")),
        [shape, size] => {
            let (_, run) = SHAPES.iter().find(|(name, _)| name == shape).expect("a shape");
            run(size.parse().expect("a size"));
        }
        _ => panic!("expected a shape and a size"),
    }
}

/// Different words of three letters and more, each after `before`.
fn names(size: usize, before: &str) -> String {
    let mut text = String::with_capacity(size + 16);
    let mut number = 26 * 26_usize;
    while text.len() < size {
        text.push_str(before);
        let mut rest = number;
        while rest > 0 {
            text.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default()));
            rest /= 26;
        }
        number += 1;
    }
    text
}

fn check(link: &str) {
    let mut draft = Draft::default();
    draft.paste(link);
    drop(black_box(draft.check()));
    drop(black_box(AuthLink::parse(link)));
}

fn transactions(items: &str) {
    let client = CONNECT.client(ClientSecret::new("s3cret").unwrap());
    let token = AccessToken::new("t").unwrap();
    read(client.data(&token).transactions("a", ..).unwrap(), 200, format!(r#"{{"results":[{items}]}}"#));
}

/// The beginning of a cookie for the callback of [`cookies`].
fn own_cookie() -> String {
    format!("__Host-auth-link-{}=1.AAAAAAAA;", CONNECT.begin_with_entropy([7; 48]).pending.key())
}

/// Begins an authorization and ends another one, in a browser that sends these cookies.
fn cookies(header: &str) {
    let key: Vec<u8> = (0..64).collect();
    let cookies = PendingCookies::new(&CONNECT, CookieKey::new(&key).unwrap());
    drop(black_box(cookies.begin(&CONNECT, header, "user-1")));
    let callback = Callback::from_query("code=c&state=BwcHBwcHBwcHBwcHBwcHBw");
    drop(black_box(cookies.finish::<String>(header, callback).map(|_| ())));
}

/// Reads a stored connection with these members in front.
fn connection(members: &str) {
    let rest = r#""access_token":"a","received_at":1,"expires_at":2,"consented_at":1"#;
    let text = format!("{{{members}{rest}}}");
    drop(black_box(serde_json::from_str::<Connection>(&text).map(|connection| format!("{connection:?}"))));
}

fn scenario(text: &str) {
    drop(black_box(text.parse::<Scenario>().map_err(|error| error.to_string())));
}

fn read<T>(call: auth_link::client::Call<T>, status: u16, body: String) {
    let response = http::Response::builder().status(status).body(body).unwrap();
    let _ = black_box(call.parser.parse(response).map(|_| ()).map_err(|error| error.to_string()));
}
