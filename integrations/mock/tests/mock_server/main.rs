//! The tests of the mock server, as one program: it links once.

mod authorization;
mod bad_input;
mod dialog;
mod payloads;
mod program;
mod support;
mod users_and_accounts;
