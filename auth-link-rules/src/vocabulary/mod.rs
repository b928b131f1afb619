//! The words that a link may contain, and their tables. Nothing here knows a draft or a rule.

pub(crate) mod callback;
pub(crate) mod country;
pub(crate) mod custom_list;
#[cfg(rust_analyzer)]
pub mod editor_words;
pub(crate) mod environment;
pub(crate) mod language;
pub(crate) mod meaning;
pub(crate) mod parameter;
pub(crate) mod provider;
pub(crate) mod provider_list;
pub(crate) mod retired;
pub(crate) mod scope;
pub(crate) mod similar;
pub(crate) mod similar_field;
pub(crate) mod similar_provider;
pub(crate) mod table;
