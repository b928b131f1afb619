//! A user at the auth server's pages, with a browser's cookies and without its scripts.

use ureq::http::{Request, Response, Uri};
use ureq::{Agent, Body};

use crate::form::{Form, attribute};
use crate::http::agent;

/// A user with a browser of their own, which has no cookies yet. It visits one server.
pub struct User {
    agent: Agent,
    cookies: Vec<Cookie>,
}

/// Where a browser came to rest.
#[derive(Debug)]
pub struct Page {
    /// Its address. That of another origin was not opened: it is the callback.
    pub address: String,
    /// Its HTML.
    pub html: String,
}

impl User {
    /// A new user.
    #[must_use]
    pub fn new() -> Self {
        Self { agent: agent(), cookies: Vec::new() }
    }

    /// Follows a link, signs in by that name and consents.
    pub fn approve(&mut self, link: &str, name: &str) -> Page {
        let login = self.open(link).form();
        let consent = self.submit(&login.fill("login", name).fill("password", "any")).form();
        self.submit(&consent)
    }

    /// Follows a link, and turns back at the first page.
    pub fn cancel(&mut self, link: &str) -> Page {
        let login = self.open(link);
        self.open(&login.link())
    }

    /// Opens an address.
    pub fn open(&mut self, address: &str) -> Page {
        self.arrive(Request::get(address).body(String::new()).expect("a request"))
    }

    fn submit(&mut self, form: &Form) -> Page {
        let request = Request::post(&form.action).header("content-type", "application/x-www-form-urlencoded");
        self.arrive(request.body(form.body()).expect("a request"))
    }

    /// Follows redirects as long as they stay at the server.
    fn arrive(&mut self, mut request: Request<String>) -> Page {
        let server = origin(request.uri());
        for _ in 0..10 {
            let address = request.uri().to_string();
            let mut response = self.send(request);
            let Some(location) = response.headers().get("location") else {
                let html = response.body_mut().read_to_string().expect("text");
                return Page { address, html };
            };
            let location = location.to_str().expect("text");
            let location = if location.starts_with('/') { format!("{server}{location}") } else { location.to_owned() };
            if origin(&location.parse().expect("an address")) != server {
                return Page { address: location, html: String::new() };
            }
            request = Request::get(location).body(String::new()).expect("a request");
        }
        panic!("the server redirects without end");
    }

    fn send(&mut self, mut request: Request<String>) -> Response<Body> {
        let sent = self.cookies.iter().filter(|cookie| request.uri().path().starts_with(&cookie.path));
        let sent: Vec<_> = sent.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        if !sent.is_empty() {
            request.headers_mut().insert("cookie", sent.join("; ").parse().expect("a header"));
        }
        let response = self.agent.run(request).expect("an answer");
        for cookie in response.headers().get_all("set-cookie") {
            let cookie = Cookie::of(cookie.to_str().expect("text"));
            self.cookies.retain(|known| (&known.name, &known.path) != (&cookie.name, &cookie.path));
            self.cookies.extend((!cookie.value.is_empty()).then_some(cookie));
        }
        response
    }
}

impl Default for User {
    fn default() -> Self {
        Self::new()
    }
}

impl Page {
    /// Its form.
    #[must_use]
    pub fn form(&self) -> Form {
        Form::of(&self.html)
    }

    /// Its first link, which says `[ Cancel ]`.
    fn link(&self) -> String {
        let tag = self.html.split_once("<a ").expect("a link").1;
        attribute(tag, "href").expect("its address")
    }
}

fn origin(address: &Uri) -> String {
    format!("{}://{}", address.scheme_str().expect("a scheme"), address.authority().expect("a host"))
}

/// What the server asked to be told again, below a path.
struct Cookie {
    name: String,
    value: String,
    path: String,
}

impl Cookie {
    fn of(header: &str) -> Self {
        let mut parts = header.split(';').map(|part| part.trim().split_once('=').unwrap_or((part.trim(), "")));
        let (name, value) = parts.next().expect("a cookie");
        let path = parts.find(|part| part.0.eq_ignore_ascii_case("path")).map_or("/", |part| part.1);
        Self { name: name.to_owned(), value: value.to_owned(), path: path.to_owned() }
    }
}
