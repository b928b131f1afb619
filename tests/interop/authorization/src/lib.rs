//! The peers of a sign-in, and what drives them: an OAuth server, a user at it, the application's side of HTTP, and Chromium
//! between two sites. `tests/interop/run` brings them together.

mod application;
mod auth_server;
mod chromium;
mod form;
mod http;
mod site;
mod user;

pub use application::{BY_FORM, LINK, SECRET, altered, begin, client, exchange, receive, send};
pub use auth_server::AuthServer;
pub use chromium::Chromium;
pub use form::Form;
pub use http::agent;
pub use site::{Request, Response, Site};
pub use user::{Page, User};
