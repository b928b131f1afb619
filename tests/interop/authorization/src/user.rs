//! A user of the auth server's pages, whose browser has cookies but no scripts.

use ureq::http::{Request, Response, Uri};
use ureq::{Agent, Body};

use crate::form::{Form, attribute};
use crate::http::agent;

/// A user with a new browser, which visits one server.
pub struct User {
    agent: Agent,
    cookies: Vec<Cookie>,
}

/// The last page of a navigation.
#[derive(Debug)]
pub struct Page {
    /// The page's address. An address of another origin is the callback, which was not opened.
    pub address: String,
    /// The page's HTML. It is empty for the callback.
    pub html: String,
}

impl User {
    /// Creates a user whose browser has no cookies.
    #[must_use]
    pub fn new() -> Self {
        Self { agent: agent(), cookies: Vec::new() }
    }

    /// Opens a link, signs in with this name and consents.
    pub fn approve(&mut self, link: &str, name: &str) -> Page {
        let login = self.open(link).form();
        let consent = self.submit(&login.fill("login", name).fill("password", "any")).form();
        self.submit(&consent)
    }

    /// Opens a link, and cancels on the first page.
    pub fn cancel(&mut self, link: &str) -> Page {
        let login = self.open(link);
        self.open(&login.link())
    }

    /// Opens an address.
    pub fn open(&mut self, address: &str) -> Page {
        self.navigate(Request::get(address).body(String::new()).expect("a request"))
    }

    fn submit(&mut self, form: &Form) -> Page {
        let request = Request::post(&form.action).header("content-type", "application/x-www-form-urlencoded");
        self.navigate(request.body(form.body()).expect("a request"))
    }

    /// Sends a request, and follows redirects within the server.
    fn navigate(&mut self, mut request: Request<String>) -> Page {
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
        panic!("more than ten redirects");
    }

    fn send(&mut self, mut request: Request<String>) -> Response<Body> {
        let sent = self.cookies.iter().filter(|cookie| request.uri().path().starts_with(&cookie.path));
        let sent: Vec<_> = sent.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        if !sent.is_empty() {
            request.headers_mut().insert("cookie", sent.join("; ").parse().expect("a header"));
        }
        let response = self.agent.run(request).expect("a response");
        for cookie in response.headers().get_all("set-cookie") {
            let cookie = Cookie::parse(cookie.to_str().expect("text"));
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
    /// Returns the page's form.
    #[must_use]
    pub fn form(&self) -> Form {
        Form::parse(&self.html)
    }

    /// Returns the address of the first link, `[ Cancel ]`.
    fn link(&self) -> String {
        let tag = self.html.split_once("<a ").expect("a link").1;
        attribute(tag, "href").expect("its address")
    }
}

fn origin(address: &Uri) -> String {
    format!("{}://{}", address.scheme_str().expect("a scheme"), address.authority().expect("a host"))
}

/// A cookie for the paths below one path.
struct Cookie {
    name: String,
    value: String,
    path: String,
}

impl Cookie {
    fn parse(header: &str) -> Self {
        let mut parts = header.split(';').map(|part| part.trim().split_once('=').unwrap_or((part.trim(), "")));
        let (name, value) = parts.next().expect("a cookie");
        let path = parts.find(|part| part.0.eq_ignore_ascii_case("path")).map_or("/", |part| part.1);
        Self { name: name.to_owned(), value: value.to_owned(), path: path.to_owned() }
    }
}
