//! The parties of an authorization, for tests: an OAuth server, a user, the application, and Chromium between two sites.
//!
//! `tests/interop/run` installs the programs that the tests need, and runs them.

mod application;
mod auth_server;
mod chromium;
mod form;
mod http;
mod site;
mod user;

pub use application::{BY_FORM, LINK, SECRET, altered, begin, client, exchange, finish, send};
pub use auth_server::AuthServer;
pub use chromium::Chromium;
pub use form::Form;
pub use http::agent;
pub use site::{Request, Response, Site};
pub use user::{Page, User};
