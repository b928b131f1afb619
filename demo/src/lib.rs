//! A small application that connects a bank account through TrueLayer, and a mock server for TrueLayer.
//!
//! `cargo run -p auth-link-demo` starts both on this machine, the application at `localhost` and the mock server at
//! `127.0.0.1`. A browser treats these as two sites, as it does an application and TrueLayer.
//!
//! # Floors
//!
//! Each module imports only modules below it:
//!
//! ```text
//! start                            starts both servers
//! app                              the application
//! options                          the command line
//! assets   bounded_map   clock   random   url
//! ```
#![forbid(unsafe_code)]

mod app;
mod assets;
mod bounded_map;
mod clock;
mod options;
mod random;
mod start;
mod url;

pub use options::{HELP, InvalidArgument, Options};
pub use start::{Demo, StartError, start};
