//! Which cookies Chromium brings to the application's callback, by what they say of `SameSite`.

use std::sync::mpsc;
use std::time::Duration;

use authorization::{Chromium, Response, Site};

/// A cookie of each kind, and what it says beside its name.
const COOKIES: [(&str, &str); 4] =
    [("strict", "; SameSite=Strict"), ("lax", "; SameSite=Lax"), ("none", "; SameSite=None; Secure"), ("unset", "")];

/// How the auth server sends the browser back.
#[derive(Clone, Copy)]
enum Way {
    /// A page, and then a redirect with the code in the query.
    Redirect,
    /// A redirect at once, without a page.
    AtOnce,
    /// A form that submits itself (`response_mode = form_post`), this many seconds after the cookies were set.
    Form { after: u32 },
}

#[test]
fn a_redirect_from_another_site_carries_all_but_strict() {
    assert_eq!(carried("localhost", Way::Redirect, &[]), ["lax", "none", "unset"]);
}

#[test]
fn a_form_from_another_site_carries_none_and_what_was_just_set_without_a_word() {
    assert_eq!(carried("localhost", Way::Form { after: 0 }, &[]), ["none", "unset"]);
}

/// The two minutes of grace are ten seconds with this feature of Chromium.
#[test]
fn a_form_from_another_site_carries_none_alone_once_the_cookies_are_older() {
    let soon = ["--enable-features=ShortLaxAllowUnsafeThreshold"];
    assert_eq!(carried("localhost", Way::Form { after: 11 }, &soon), ["none"]);
}

#[test]
fn a_stand_in_that_redirects_at_once_hides_the_difference() {
    assert_eq!(carried("localhost", Way::AtOnce, &[]), ["strict", "lax", "none", "unset"]);
}

#[test]
fn on_one_host_all_arrive_which_hides_the_difference() {
    for way in [Way::Redirect, Way::Form { after: 0 }] {
        assert_eq!(carried("127.0.0.1", way, &[]), ["strict", "lax", "none", "unset"]);
    }
}

/// Signs in at the application, which is at 127.0.0.1, by an auth server at `host`, and tells which cookies came back.
fn carried(host: &str, way: Way, chromium: &[&str]) -> Vec<&'static str> {
    let (application, auth_server) = (Site::new(), Site::new());
    let (home, there) = (application.origin("127.0.0.1"), auth_server.origin(host));
    let (sender, callback) = mpsc::channel();
    let (start, back) = (format!("{home}/start"), format!("{home}/callback"));

    application.serve(move |request| match request.path.as_str() {
        "/start" => {
            let page = Response::page(format!("<script>location.href = '{there}'</script>"));
            COOKIES
                .iter()
                .fold(page, |page, (name, attributes)| page.with("set-cookie", format!("{name}=1; Path=/{attributes}")))
        }
        "/callback" => {
            let _ = sender.send(request);
            Response::page("done")
        }
        _ => Response::default(),
    });
    auth_server.serve(move |request| match (request.path.as_str(), way) {
        ("/", Way::Redirect) => Response::page("<script>location.href = '/approved'</script>"),
        ("/", Way::AtOnce) | ("/approved", Way::Redirect) => Response::redirect(format!("{back}?code=c1&state=s1")),
        ("/", Way::Form { after }) => Response::page(format!(
            "<form method=post action='{back}'><input name=code value=c1><input name=state value=s1></form>
             <script>setTimeout(() => document.forms[0].submit(), {after} * 1000)</script>"
        )),
        _ => Response::default(),
    });

    let browser = Chromium::open(&start, chromium);
    let Ok(request) = callback.recv_timeout(Duration::from_secs(90)) else {
        panic!("the browser did not come back:\n{}", browser.log());
    };
    let site = &request.headers["sec-fetch-site"];
    assert_eq!(site, if host == "localhost" { "cross-site" } else { "same-site" });
    assert_eq!(request.body, if matches!(way, Way::Form { .. }) { "code=c1&state=s1" } else { "" });
    let sent = request.headers.get("cookie").map_or("", String::as_str);
    let sent: Vec<_> = sent.split("; ").filter_map(|cookie| cookie.split('=').next()).collect();
    let verdicts = COOKIES.map(|(name, _)| format!("{name} {}", if sent.contains(&name) { "yes" } else { "no" }));
    let way = match way {
        Way::Redirect => "redirect".to_owned(),
        Way::AtOnce => "redirect at once".to_owned(),
        Way::Form { after } => format!("form, {after} s after the cookies"),
    };
    println!("{site} {way}: {}", verdicts.join(", "));
    COOKIES.map(|(name, _)| name).into_iter().filter(|name| sent.contains(name)).collect()
}
