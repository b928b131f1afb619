//! The syntax of URIs: text alone. Nothing here knows a draft or a rule.

pub(crate) mod host;
pub(crate) mod origin;
pub(crate) mod percent;
#[cfg(feature = "url")]
pub(crate) mod redirect;
pub(crate) mod scheme;
