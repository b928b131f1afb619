//! What a TrueLayer auth link may say: the rules behind [`auth-link`], for its macro and its run time alike.
//!
//! Applications depend on `auth-link`, not on this crate; its interface follows the needs of its siblings.
//!
//! A [`Draft`] holds the fields of a link in order, as they were written. `Draft::check` (feature `url`) runs every one
//! of the [rules] over them and gives a [`CheckedLink`] or every [`Problem`] at once, each with its [`Place`]: the index of
//! the entry and the part of it at fault. No IO, no clock, no randomness, no spans: whoever fills the draft knows where its
//! entries came from.
//!
//! [`auth-link`]: https://docs.rs/auth-link
//! [rules]: Rule::all
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod catalogue;
mod client_id;
mod country;
mod distance;
mod draft;
mod encode;
mod environment;
mod field;
mod host;
mod language;
mod link;
mod own_catalogue;
mod param;
mod pasted;
mod person;
mod problem;
mod provider;
mod provider_id;
mod providers;
#[cfg(feature = "url")]
mod redirect_uri;
mod response;
mod rule;
mod scheme;
mod scope;
mod table;
mod wording;
#[cfg(rust_analyzer)]
pub mod words;
#[cfg(all(test, feature = "url"))]
mod write_words;

pub use catalogue::{CATALOGUE_DATE, GROUPS, PROVIDERS, Provider};
pub use draft::{CheckedLink, Draft, Entry, Text, Value, amend, check_origin, check_values, warnings};
pub use encode::{Malformed, decode, decode_into, encode, is_well_formed, pairs};
pub use environment::{API, TRACKING, TRUELAYER, is_auth_server};
pub use language::LANGUAGES;
pub use link::{CALLBACK_PARAMETERS, get};
pub use own_catalogue::Catalogue;
pub use param::Param;
pub use problem::{Level, Place, Problem};
pub use provider_id::DEFAULT_PROVIDERS;
pub use rule::Rule;
pub use scope::SCOPES;
pub use wording::{meaning, providers_of, written};
