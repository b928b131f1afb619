//! What others take for the same.

pub mod begin;
pub mod callback;
