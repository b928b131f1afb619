//! The program `auth-link-mock`: a mock server for TrueLayer on this machine.
#![forbid(unsafe_code)]

mod args;

use std::fs;
use std::future::poll_fn;
use std::path::Path;
use std::pin::pin;
use std::process::ExitCode;
use std::task::Poll;

use auth_link_mock::{MockTrueLayer, Scenario};
use clap::Parser;

use crate::args::Args;

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), String> {
    let scenario = args.scenario.as_deref().map(read_scenario).transpose()?.unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let mock = args.builder(scenario).start_blocking().map_err(|error| error.to_string())?;
    let result = runtime.block_on(async {
        let mut interrupt = pin!(tokio::signal::ctrl_c());
        // The first poll handles Ctrl-C from now on: who reads the lines may send it at once.
        let poll = poll_fn(|context| Poll::Ready(interrupt.as_mut().poll(context))).await;
        print(&mock, args);
        match poll {
            Poll::Ready(result) => result,
            Poll::Pending => interrupt.await,
        }
    });
    result.map_err(|error| format!("Ctrl-C cannot be received: {error}"))
}

fn print(mock: &MockTrueLayer, args: &Args) {
    println!("client id:     {}", mock.client_id());
    println!("client secret: {}", mock.client_secret());
    for uri in &args.redirect_uri {
        println!("redirect URI:  {uri}");
    }
    println!("\nPut this line into the link:\n\n    auth_server = \"{}\",\n", mock.origin());
    println!("Or run this line, if the application reads these variables:\n");
    let variables =
        [("CLIENT_ID", mock.client_id()), ("CLIENT_SECRET", mock.client_secret()), ("AUTH_SERVER", mock.origin())];
    println!("    export {}\n", variables.map(|(name, value)| format!("{name}={}", quoted(value))).join(" "));
    println!("Sign in at Mock Bank as `john` with the password `doe`. Ctrl-C stops the server.");
}

/// Returns a value as a word of a shell.
fn quoted(value: &str) -> String {
    if value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte)) && !value.is_empty() {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

fn read_scenario(file: &Path) -> Result<Scenario, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    text.parse().map_err(|error: auth_link_mock::ScenarioError| {
        format!("{}:{}: {}", file.display(), error.line(), error.message())
    })
}
