//! The parties of the tests of stored connections: PostgreSQL, a token endpoint, and instances of an application.
//!
//! `tests/interop/run` installs the programs that the tests need, and runs them.

mod application;
mod database;
mod folder;
mod instance;
mod postgres;
mod server;

pub use application::{Bank, bank, code};
pub use database::Database;
pub use folder::Folder;
pub use instance::Instance;
pub use postgres::Postgres;
pub use server::Server;
