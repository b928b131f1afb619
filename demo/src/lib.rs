//! A small application that connects a bank account through TrueLayer, made of `auth-link` and its integrations.
//!
//! `cargo run -p auth-link-demo` starts it and the mock server for TrueLayer on this machine, the application at
//! `localhost` and the mock server at `127.0.0.1`. A browser treats these as two sites, as it does an application and TrueLayer.
//!
//! # Floors
//!
//! Each module imports only modules below it:
//!
//! ```text
//! start                            starts both servers
//! app                              the application
//! options   temporary_folder       the command line; the folder of this run
//! database   keys                  the store of connections; the keys of cookies and of the store
//! assets   clock   random   url
//! ```
#![forbid(unsafe_code)]

mod app;
mod assets;
mod clock;
mod database;
mod keys;
mod options;
mod random;
mod start;
mod temporary_folder;
mod url;

pub use database::Database;
pub use options::{HELP, InvalidArgument, Options};
pub use start::{Demo, StartError, start};
