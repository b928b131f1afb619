//! A small application that connects a bank account through TrueLayer, and a stand-in that plays TrueLayer's part.
//!
//! `cargo run -p auth-link-demo` starts both on this machine, at `localhost` and at `127.0.0.1`: to a browser these are two sites,
//! as an application and TrueLayer are.
#![forbid(unsafe_code)]

mod app;
mod assets;
mod bounded;
mod clock;
mod mock_server;
mod options;
mod random;
mod start;
mod url;

pub use options::{HELP, Options, WrongArgument};
pub use start::{Demo, StartError, start};
