//! The `Cookie` header of a request, and the `Set-Cookie` headers of a response.

use std::time::Duration;

use auth_link_rules::Param;
use cookie::{Cookie, SameSite};

use crate::link::AuthLink;
use crate::pending::MAX_AGE;

/// The names and attributes of the cookies of one link.
#[derive(Clone)]
pub(super) struct CookieAttributes {
    /// The name of each cookie up to its key.
    prefix: String,
    is_https: bool,
    is_form_post: bool,
}

/// The limit of a cookie, in bytes: browsers store no longer one (RFC 6265 §6.1).
pub(super) const MAX_COOKIE_LEN: usize = 4096;

impl CookieAttributes {
    pub(super) fn new(link: &AuthLink) -> Self {
        let is_https = link.text.value(Param::RedirectUri).starts_with("https:");
        let is_form_post = link.text.is_form_post();
        // With this prefix, no other host, path or scheme can set the cookie.
        let prefix = if is_https { "__Host-auth-link-" } else { "auth-link-" };
        Self { prefix: prefix.to_owned(), is_https, is_form_post }
    }

    /// Returns the cookies of this link in a `Cookie` header: the key in the name, and the value.
    pub(super) fn read<'h>(&self, header: &'h str) -> impl Iterator<Item = (&'h str, &'h str)> {
        header.split(';').filter_map(|pair| {
            let (name, value) = pair.trim_ascii().split_once('=')?;
            Some((name.strip_prefix(self.prefix.as_str())?, value.trim_matches('"')))
        })
    }

    /// Returns the text of a `Set-Cookie` header.
    pub(super) fn set(&self, key: &str, value: &str) -> String {
        self.cookie(key, value, MAX_AGE)
    }

    /// Returns the text of a `Set-Cookie` header that removes the cookie.
    pub(super) fn remove(&self, key: &str) -> String {
        // The attributes must be those that the cookie was set with: browsers ignore a `__Host-` cookie without `Secure`.
        self.cookie(key, "", Duration::ZERO)
    }

    fn cookie(&self, key: &str, value: &str, max_age: Duration) -> String {
        let mut cookie = Cookie::new([self.prefix.as_str(), key].concat(), value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        // A form from another site sends only `None` cookies, which must be `Secure`.
        cookie.set_same_site(if self.is_form_post { SameSite::None } else { SameSite::Lax });
        cookie.set_secure(self.is_https || self.is_form_post);
        cookie.set_max_age(max_age.try_into().ok());
        cookie.to_string()
    }
}
