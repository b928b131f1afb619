//! Calls to a server that fails in each way. The tests are those of both crates.

mod client;
mod own;

#[cfg(feature = "tracing")]
#[path = "../../../client_tests/collector.rs"]
mod collector;
#[path = "../../../client_tests/copies.rs"]
mod copies;
#[path = "../../../client_tests/read.rs"]
mod read;
#[path = "../../../client_tests/send.rs"]
mod send;
#[path = "../../../client_tests/server.rs"]
mod server;
#[cfg(feature = "tracing")]
#[path = "../../../client_tests/tracing.rs"]
mod tracing;
