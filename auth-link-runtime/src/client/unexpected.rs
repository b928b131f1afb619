//! An unexpected response.

/// The difference between a response and the expected one: `missing …`, `expected … for …, found …`.
pub(crate) struct Unexpected(pub(crate) String);
