//! Commands whose output cannot be written.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use crate::run::command;

const EXPLAIN: [&str; 2] = [
    "explain",
    "https://auth.truelayer.com/?response_type=code&client_id=acme-7d2f1a&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&scope=info",
];

#[test]
fn an_output_that_cannot_be_written_is_an_error() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = command(Path::new("."), &EXPLAIN).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr, "error: cannot write: No space left on device (os error 28)\n");
}

#[test]
fn a_closed_pipe_prints_no_error() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command(Path::new("."), &EXPLAIN).stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
