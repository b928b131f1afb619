//! A browser without scripts: pages, forms, redirects, and cookies as far as `SameSite` goes.

use std::fmt::Write as _;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{Request, Uri};

/// A browser with its own cookies and the current page.
pub struct Browser {
    agent: Agent,
    cookies: Vec<Cookie>,
    /// The current page.
    pub page: Page,
}

/// A page, with the status and headers of its response.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The page's address.
    pub address: String,
    /// The status of the response.
    pub status: u16,
    /// The headers of the response, with lowercase names.
    pub headers: Vec<(String, String)>,
    /// The page's HTML.
    pub html: String,
}

/// A cookie. A site is a host here: ports are irrelevant.
#[derive(Clone, Debug)]
struct Cookie {
    host: String,
    name: String,
    value: String,
    same_site: String,
}

/// A form as the browser sends it.
struct Form {
    action: String,
    is_post: bool,
    body: String,
}

impl Browser {
    /// Creates a browser without cookies and without a page.
    #[must_use]
    pub fn new() -> Self {
        let config = Agent::config_builder().max_redirects(0).http_status_as_error(false);
        let agent = config.timeout_global(Some(Duration::from_secs(30))).build().into();
        Self { agent, cookies: Vec::new(), page: Page::default() }
    }

    /// Opens an address without a referring page.
    pub fn open(&mut self, address: &str) -> &Page {
        self.go(address, None, None)
    }

    /// Fills in these fields, and presses the button that contains the text `button`.
    pub fn press(&mut self, button: &str, fields: &[(&str, &str)]) -> &Page {
        let form = self.page.form(button, fields);
        let from = self.page.address.clone();
        if form.is_post {
            self.go(&form.action, Some(&form.body), Some(&from))
        } else {
            self.go(&format!("{}?{}", form.action, form.body), None, Some(&from))
        }
    }

    /// Goes from the home page through the dialog to the consent page.
    pub fn connect(&mut self, application: &str, user: &str) -> &Page {
        self.open(application);
        self.press("Connect your bank", &[]);
        self.press("Mock Bank", &[]);
        self.press("Sign in", &[("user", user), ("password", "doe")])
    }

    /// Allows access, and returns the callback's address, and its body if it is a form. Does not open the callback.
    pub fn consent(&mut self) -> (String, Option<String>) {
        let form = self.page.form("Allow", &[]);
        let page = self.fetch(&form.action, Some(&form.body), Some(&self.page.address.clone()));
        if let Some(location) = page.location() {
            return (location, None);
        }
        let form = page.form("Continue", &[]);
        (form.action, Some(form.body))
    }

    /// Opens the callback from the current page.
    pub fn return_with(&mut self, callback: &(String, Option<String>)) -> &Page {
        let from = Some(self.page.address.clone()).filter(|from| !from.is_empty());
        self.go(&callback.0, callback.1.as_deref(), from.as_deref())
    }

    /// Returns the names of the cookies.
    #[must_use]
    pub fn cookies(&self) -> Vec<&str> {
        self.cookies.iter().map(|cookie| cookie.name.as_str()).collect()
    }

    /// Returns another browser with the same cookies, as after a theft of cookies.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self { agent: self.agent.clone(), cookies: self.cookies.clone(), page: self.page.clone() }
    }

    /// Opens an address and follows redirects.
    fn go(&mut self, address: &str, body: Option<&str>, from: Option<&str>) -> &Page {
        let mut page = self.fetch(address, body, from);
        for _ in 0..10 {
            let Some(location) = page.location() else { break };
            // A redirect keeps the initiator of the navigation.
            page = self.fetch(&location, None, from);
        }
        self.page = page;
        &self.page
    }

    /// Sends one request and returns its response. Redirects are not followed.
    pub fn fetch(&mut self, address: &str, body: Option<&str>, from: Option<&str>) -> Page {
        self.send(if body.is_some() { "POST" } else { "GET" }, address, body, from, &[])
    }

    /// Sends one request with this method and these headers, and returns its response. Redirects are not followed.
    pub fn send(
        &mut self,
        method: &str,
        address: &str,
        body: Option<&str>,
        from: Option<&str>,
        headers: &[(&str, &str)],
    ) -> Page {
        let to: Uri = address.parse().expect("an address");
        let host = to.host().expect("a host").to_owned();
        let from: Option<Uri> = from.map(|from| from.parse().expect("an address"));
        let site = match &from {
            None => "none",
            Some(from) if from.authority() == to.authority() => "same-origin",
            Some(from) if from.host() == to.host() => "same-site",
            Some(_) => "cross-site",
        };
        let mut request = Request::builder().method(method).uri(address);
        if body.is_some() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request = request.header("sec-fetch-site", site);
        if let (Some(_), Some(from)) = (body, &from) {
            request = request.header("origin", format!("http://{}", from.authority().expect("a host")));
        }
        let is_sent = |cookie: &&Cookie| match cookie.same_site.as_str() {
            _ if cookie.host != host => false,
            _ if site != "cross-site" => true,
            "None" => true,
            "Lax" => body.is_none(),
            _ => false,
        };
        let sent = self.cookies.iter().filter(is_sent).map(|cookie| format!("{}={}", cookie.name, cookie.value));
        let sent = sent.collect::<Vec<_>>().join("; ");
        if !sent.is_empty() {
            request = request.header("cookie", sent);
        }
        let request = request.body(body.unwrap_or_default().to_owned()).expect("a request");
        let mut response = self.agent.run(request).expect("a response");
        let text = |value: &ureq::http::HeaderValue| value.to_str().expect("text").to_owned();
        for header in response.headers().get_all("set-cookie") {
            self.set_cookie(&host, &text(header));
        }
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let status = response.status().as_u16();
        let html = response.body_mut().read_to_string().expect("text");
        Page { address: address.to_owned(), status, headers, html }
    }

    /// Stores or removes the cookie of a `Set-Cookie` header.
    fn set_cookie(&mut self, host: &str, header: &str) {
        let mut parts = header.split("; ").map(|part| part.split_once('=').unwrap_or((part, "")));
        let (name, value) = parts.next().expect("a cookie");
        let same_site = parts.find(|part| part.0 == "SameSite").map_or("", |part| part.1);
        self.cookies.retain(|known| (known.host.as_str(), known.name.as_str()) != (host, name));
        if !header.contains("Max-Age=0") {
            let [host, name, value, same_site] = [host, name, value, same_site].map(str::to_owned);
            self.cookies.push(Cookie { host, name, value, same_site });
        }
    }
}

impl Default for Browser {
    fn default() -> Self {
        Self::new()
    }
}

impl Page {
    /// Returns a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
    }

    /// Returns the first heading.
    #[must_use]
    pub fn heading(&self) -> &str {
        let heading = self.html.split_once("<h1>").map_or("", |(_, rest)| rest);
        heading.split("</h1>").next().unwrap_or_default()
    }

    /// Returns the path of the address.
    #[must_use]
    pub fn path(&self) -> String {
        let uri: Uri = self.address.parse().expect("an address");
        uri.path().to_owned()
    }

    /// Returns the target of a redirect.
    #[must_use]
    pub fn location(&self) -> Option<String> {
        self.header("location").map(|location| self.absolute(location))
    }

    fn absolute(&self, address: &str) -> String {
        if address.starts_with("http") {
            return address.to_owned();
        }
        let uri: Uri = self.address.parse().expect("an address");
        format!("http://{}{address}", uri.authority().expect("a host"))
    }

    /// Returns the address and the body that the button `button` submits.
    #[must_use]
    pub fn submission(&self, button: &str) -> (String, String) {
        let form = self.form(button, &[]);
        (form.action, form.body)
    }

    fn form(&self, button: &str, fields: &[(&str, &str)]) -> Form {
        let has_button = |form: &&str| form.split("<button").skip(1).any(|text| text.contains(button));
        let form = self.html.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap_or(form));
        let form = form.into_iter().find(has_button);
        let form = form.unwrap_or_else(|| panic!("no button `{button}` in {}: {}", self.address, self.html));
        let tag = form.split('>').next().unwrap_or_default();
        let hidden = form.split("<input").skip(1).map(|input| input.split('>').next().unwrap_or(input));
        let hidden = hidden.filter(|input| input.contains("type=\"hidden\""));
        let pressed = form.split("<button").skip(1).filter(|text| text.contains(button));
        let pressed = pressed.map(|text| text.split('>').next().unwrap_or(text));
        let own = hidden.chain(pressed).filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)));
        let given = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let pairs = own.chain(given).map(|(name, value)| format!("{name}={}", encode(&value)));
        Form {
            action: self.absolute(&attribute(tag, "action").expect("an action")),
            is_post: attribute(tag, "method").as_deref() == Some("post"),
            body: pairs.collect::<Vec<_>>().join("&"),
        }
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?;
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    Some(entities.iter().fold(value.to_owned(), |text, (entity, character)| text.replace(entity, character)))
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"*-._".contains(&byte) {
            encoded.push(byte.into());
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a string cannot fail");
        }
        encoded
    })
}
