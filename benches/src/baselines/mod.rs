//! The same link and callback with other crates.

pub mod begin;
pub mod callback;
#[cfg(feature = "client")]
pub(crate) mod tokens;
