//! Helpers that run the command and collect its output.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The exit status and the output of a command.
pub(crate) struct Output {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs the command in a folder.
pub(crate) fn auth_link(folder: &Path, args: &[&str]) -> Output {
    auth_link_with(folder, args, b"")
}

/// Runs the command in a folder with an input.
pub(crate) fn auth_link_with(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    run(command(folder, args), input)
}

/// Builds the command, without environment variables that change its behaviour.
pub(crate) fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auth-link"));
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    command.env_remove("CLICOLOR_FORCE").env_remove("COLUMNS").current_dir(folder).args(args);
    command
}

/// Runs a command with an input.
pub(crate) fn run(mut command: Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // Not every command reads its input.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the command ends");
    writer.join().expect("the input is written");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Output { code: output.status.code().expect("a status"), stdout: text(output.stdout), stderr: text(output.stderr) }
}
