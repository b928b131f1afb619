//! The rules of TrueLayer auth links, for the macro, the run time and the command line of [`auth-link`].
//!
//! Applications depend on `auth-link`, not on this crate; its interface follows the needs of its siblings.
//!
//! A [`Draft`] holds the fields of a link in the order in which they were written. `Draft::check` (feature `url`) runs every
//! [rule](Rule::all) and returns a [`CheckedLink`], or every [`Diagnostic`] with its [`Location`]: the index of the entry and
//! the part of it. The crate has no IO, no clock, no randomness and no spans: the caller knows where the entries come from.
//!
//! # Floors
//!
//! Each module imports only modules below it:
//!
//! ```text
//! catalogue_file            reads a copy of the list of providers
//! check                     runs the rules, sorts their findings
//! splice                    sets values in a link's text
//! rules     write, edit     one file a field, one function a rule; the link's text; changes of a pasted link
//! view      parse_url       a draft as rules see it; a pasted URL split into entries
//! diagnostic                a finding as others see it
//! draft     suggestion      data only; how to correct a mistake, in the syntax of each reader
//! uri       reference       the syntax of URIs; the form of the reference of rules
//! vocabulary                the words of a link
//! ```
//!
//! [`auth-link`]: https://docs.rs/auth-link
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

#[cfg(feature = "catalogue")]
mod catalogue_file;
mod check;
mod diagnostic;
mod draft;
#[cfg(feature = "url")]
mod edit;
#[cfg(test)]
mod generate_editor_words;
mod parse_url;
#[cfg(feature = "reference")]
mod reference;
mod rules;
mod splice;
mod stack_text;
mod suggestion;
mod text;
mod uri;
mod view;
mod vocabulary;
mod write;

#[cfg(feature = "catalogue")]
pub use catalogue_file::{CatalogueError, ListedProvider, read_providers};
pub use check::{CheckedLink, amend, check_origin, check_values, get, is_form_post, warnings};
pub use diagnostic::{Diagnostic, Edit, LintLevel, Location, RULES_PAGE, Rule};
pub use draft::{Draft, Entry, MAX_LINK_LEN, Text, Value};
#[cfg(feature = "reference")]
pub use reference::{Reference, Source};
pub use suggestion::{Suggestion, Syntax, assignment, encoded};
pub use text::Untrusted;
pub use uri::origin::is_auth_server;
pub use uri::percent::{Malformed, decode, decode_both_into, encode, is_well_formed, pairs};
pub use vocabulary::callback::CALLBACK_PARAMETERS;
pub use vocabulary::custom_list::Catalogue;
#[cfg(rust_analyzer)]
pub use vocabulary::editor_words;
pub use vocabulary::environment::{API, TRACKING, TRUELAYER};
pub use vocabulary::language::LANGUAGES;
pub use vocabulary::meaning::{meaning, providers_of, to_macro_syntax};
pub use vocabulary::parameter::{Flag, Param};
pub use vocabulary::provider_list::{DEFAULT_PROVIDERS, GROUPS, PROVIDER_LIST_DATE, PROVIDERS, Provider};
pub use vocabulary::retired::DROPPED_PARAMETERS;
pub use vocabulary::scope::SCOPES;
