//! Reads macro calls without the macro, by the reader of the command line.

use auth_link_rules::Draft;
use proc_macro2::TokenStream;

#[allow(dead_code)] // The tests read no positions.
#[path = "../../auth-link-cli/src/call_reader.rs"]
mod reader;

/// Returns the draft of `name = value, …`; `None` if only the macro can read it.
pub(crate) fn draft(call: &str) -> Option<Draft> {
    reader::read(call.parse().expect("tokens")).ok().map(|call| call.draft)
}

/// Returns the tokens of the first `auth_link!(…)` in a file.
#[allow(dead_code)] // Some of the tests that share this module read no files.
pub(crate) fn call(file: &str) -> TokenStream {
    let calls = reader::find_calls(file.parse().expect("tokens"));
    calls.into_iter().next().unwrap_or_else(|| panic!("no macro call in {file}")).fields
}
