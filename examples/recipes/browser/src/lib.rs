//! A browser for the tests of the recipes, and the application that it uses, with a mock server for TrueLayer.
#![forbid(unsafe_code)]

mod application;
mod authorization;
mod tab;

pub use application::Application;
pub use authorization::{check_errors, check_refresh, check_whole_authorization};
pub use tab::{Page, Tab};
