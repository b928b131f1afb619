//! Valid links.

pub mod allow;
pub mod allow_warning;
pub mod allowed;
pub mod braces;
pub mod forms;
pub mod lints;
pub mod other_names;
pub mod pasted;
pub mod positions;

#[cfg(feature = "builder")]
#[path = "../builder/braces-redirect_uri.rs"]
pub mod braces_redirect_uri;
