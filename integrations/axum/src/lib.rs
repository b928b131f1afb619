#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod begin;
mod callback_body;
mod default_page;
mod error;
mod error_pages;
mod finished;
mod redirect;
mod set_cookies;

pub use begin::Begin;
pub use error::{Error, Result};
pub use error_pages::{ErrorPages, ErrorPagesFuture, ErrorPagesService};
pub use finished::Finished;
pub use redirect::Redirect;
pub use set_cookies::SetCookies;
