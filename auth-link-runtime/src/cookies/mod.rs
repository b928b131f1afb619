//! Pending authorizations in sealed cookies, for any web framework.
//!
//! [`PendingCookies`] takes the text of the request's `Cookie` header, and returns the text of each `Set-Cookie` header. One
//! cookie holds one authorization, and the application's own value beside it:
//!
//! ```
//! # use auth_link_runtime as auth_link;
//! use auth_link::cookies::{FinishedAuthorization, PendingCookies};
//! use auth_link::{AuthLink, Callback, Error};
//!
//! /// Returns the URL to redirect the browser to. Each text in the list is one `Set-Cookie` header.
//! fn begin(cookies: &PendingCookies, link: &AuthLink, cookie_header: &str, user: u64) -> Result<(String, Vec<String>), Error> {
//!     let begun = cookies.begin(link, cookie_header, &user)?;
//!     Ok((begun.url, begun.set_cookies))
//! }
//!
//! /// Returns the code and the user's id. On an error, `set_cookies` may contain headers too.
//! fn finish(cookies: &PendingCookies, cookie_header: &str, query: &str) -> Result<FinishedAuthorization<u64>, Error> {
//!     Ok(cookies.finish(cookie_header, Callback::from_query(query))?)
//! }
//! ```

mod cookie_error;
mod cookie_header;
mod cookie_key;
mod cookie_rejection;
mod cookie_text;
mod pending_cookies;
mod seal;
mod used_keys;

pub use self::cookie_error::{CookieError, ParseCookieKeyError};
pub use self::cookie_key::CookieKey;
pub use self::cookie_rejection::CookieRejection;
pub use self::cookie_text::cookie_text;
pub use self::pending_cookies::{BegunAuthorization, FinishedAuthorization, PendingCookies};
