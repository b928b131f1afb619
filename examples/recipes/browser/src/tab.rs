//! A browser with the cookies of one site.

use ureq::http::header::{COOKIE, LOCATION, SET_COOKIE};
use ureq::http::{HeaderMap, Method, Request};

/// A browser with the cookies of one site. It follows no redirect by itself.
#[derive(Clone, Debug)]
pub struct Tab {
    agent: ureq::Agent,
    origin: String,
    cookies: Vec<(String, String)>,
}

/// A response of the application.
#[derive(Debug)]
pub struct Page {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Page {
    /// Returns the `Location` header, which is empty without one.
    #[must_use]
    pub fn location(&self) -> &str {
        self.headers.get(LOCATION).map_or("", |location| location.to_str().unwrap())
    }
}

impl Tab {
    /// Opens a browser without cookies.
    #[must_use]
    pub fn new(origin: &str) -> Self {
        let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).proxy(None);
        Self { agent: config.build().into(), origin: origin.to_owned(), cookies: Vec::new() }
    }

    /// Returns the number of cookies whose name begins with the text.
    #[must_use]
    pub fn cookies(&self, prefix: &str) -> usize {
        self.cookies.iter().filter(|(name, _)| name.starts_with(prefix)).count()
    }

    /// Requests a path by `GET`.
    pub fn get(&mut self, path: &str) -> Page {
        self.send(&Method::GET, path, &[])
    }

    /// Sends an empty form to a path.
    pub fn post(&mut self, path: &str) -> Page {
        self.send(&Method::POST, path, &[])
    }

    /// Sends a request, and stores the cookies of the response.
    pub fn send(&mut self, method: &Method, path: &str, headers: &[(&str, &str)]) -> Page {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = if *method == Method::POST {
            let form = ("content-type", "application/x-www-form-urlencoded");
            self.agent.run(request.header(form.0, form.1).body("").unwrap())
        } else {
            self.agent.run(request.body(()).unwrap())
        };
        let (parts, mut body) = response.unwrap().into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(other, _)| other != name);
            if !cookie.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        Page { status: parts.status.as_u16(), headers: parts.headers, text: body.read_to_string().unwrap() }
    }
}
