//! A command whose output is not taken.
#![cfg(target_os = "linux")]

mod run;

use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use run::command;

const EXPLAIN: [&str; 2] = [
    "explain",
    "https://auth.truelayer.com/?response_type=code&client_id=acme-7d2f1a&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&scope=info",
];

#[test]
fn what_cannot_be_written_is_told() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = command(Path::new("."), &EXPLAIN).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "error: cannot write: No space left on device (os error 28)\n");
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command(Path::new("."), &EXPLAIN).stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
