//! The cookies that Chromium sends to the application's callback, by their `SameSite` attribute.

use std::sync::mpsc;
use std::time::Duration;

use authorization::{Chromium, Response, Site};

/// The names of the cookies, and their attributes.
const COOKIES: [(&str, &str); 4] =
    [("strict", "; SameSite=Strict"), ("lax", "; SameSite=Lax"), ("none", "; SameSite=None; Secure"), ("unset", "")];

/// The way in which the auth server returns the browser.
#[derive(Clone, Copy)]
enum ResponseMode {
    /// A page, then a redirect with the code in the query.
    Redirect,
    /// A redirect without a page.
    ImmediateRedirect,
    /// A form that submits itself (`response_mode = form_post`), this many seconds after the cookies were set.
    Form { delay: u32 },
}

#[test]
fn a_redirect_from_another_site_sends_all_cookies_but_strict() {
    assert_eq!(cookies_at_callback("localhost", ResponseMode::Redirect, &[]), ["lax", "none", "unset"]);
}

#[test]
fn a_form_from_another_site_sends_same_site_none_and_new_unset_cookies() {
    assert_eq!(cookies_at_callback("localhost", ResponseMode::Form { delay: 0 }, &[]), ["none", "unset"]);
}

/// Chromium treats a cookie without the attribute as `None` for two minutes. With this feature it is ten seconds.
#[test]
fn a_form_from_another_site_sends_only_same_site_none_when_cookies_are_older() {
    let short_threshold = ["--enable-features=ShortLaxAllowUnsafeThreshold"];
    assert_eq!(cookies_at_callback("localhost", ResponseMode::Form { delay: 11 }, &short_threshold), ["none"]);
}

#[test]
fn an_immediate_redirect_from_another_site_sends_all_cookies() {
    assert_eq!(
        cookies_at_callback("localhost", ResponseMode::ImmediateRedirect, &[]),
        ["strict", "lax", "none", "unset"]
    );
}

#[test]
fn a_callback_on_the_same_host_receives_all_cookies() {
    for mode in [ResponseMode::Redirect, ResponseMode::Form { delay: 0 }] {
        assert_eq!(cookies_at_callback("127.0.0.1", mode, &[]), ["strict", "lax", "none", "unset"]);
    }
}

/// Opens the application at 127.0.0.1, with an auth server at `host`, and returns the cookies that the callback received.
fn cookies_at_callback(host: &str, mode: ResponseMode, switches: &[&str]) -> Vec<&'static str> {
    let (application, auth_server) = (Site::new(), Site::new());
    let (application_origin, auth_origin) = (application.origin("127.0.0.1"), auth_server.origin(host));
    let (sender, callback) = mpsc::channel();
    let (start, redirect_uri) = (format!("{application_origin}/start"), format!("{application_origin}/callback"));

    application.serve(move |request| match request.path.as_str() {
        "/start" => {
            let page = Response::page(format!("<script>location.href = '{auth_origin}'</script>"));
            COOKIES.iter().fold(page, |page, (name, attributes)| {
                page.with_header("set-cookie", format!("{name}=1; Path=/{attributes}"))
            })
        }
        "/callback" => {
            let _ = sender.send(request);
            Response::page("done")
        }
        _ => Response::default(),
    });
    auth_server.serve(move |request| match (request.path.as_str(), mode) {
        ("/", ResponseMode::Redirect) => Response::page("<script>location.href = '/approved'</script>"),
        ("/", ResponseMode::ImmediateRedirect) | ("/approved", ResponseMode::Redirect) => {
            Response::redirect(format!("{redirect_uri}?code=c1&state=s1"))
        }
        ("/", ResponseMode::Form { delay }) => Response::page(format!(
            "<form method=post action='{redirect_uri}'><input name=code value=c1><input name=state value=s1></form>
             <script>setTimeout(() => document.forms[0].submit(), {delay} * 1000)</script>"
        )),
        _ => Response::default(),
    });

    let browser = Chromium::open(&start, switches);
    let Ok(request) = callback.recv_timeout(Duration::from_secs(90)) else {
        panic!("no callback from the browser:\n{}", browser.log());
    };
    let site = &request.headers["sec-fetch-site"];
    assert_eq!(site, if host == "localhost" { "cross-site" } else { "same-site" });
    assert_eq!(request.body, if matches!(mode, ResponseMode::Form { .. }) { "code=c1&state=s1" } else { "" });
    let sent = request.headers.get("cookie").map_or("", String::as_str);
    let sent: Vec<_> = sent.split("; ").filter_map(|cookie| cookie.split('=').next()).collect();
    let results = COOKIES.map(|(name, _)| format!("{name} {}", if sent.contains(&name) { "yes" } else { "no" }));
    let mode = match mode {
        ResponseMode::Redirect => "redirect".to_owned(),
        ResponseMode::ImmediateRedirect => "immediate redirect".to_owned(),
        ResponseMode::Form { delay } => format!("form, {delay} s after the cookies"),
    };
    println!("{site} {mode}: {}", results.join(", "));
    COOKIES.map(|(name, _)| name).into_iter().filter(|name| sent.contains(name)).collect()
}
