//! The tests of the library, as one program: it links once.

mod authorization;
mod braces;
mod builder;
mod call_reader;
mod callback;
mod catalogue;
mod connection;
mod cookies;
mod data;
mod endpoints;
mod fields;
mod finish;
mod help;
mod links;
mod parity;
mod properties;
mod redaction;
mod retries;
mod rules;
mod suggestions;
mod tokens;
