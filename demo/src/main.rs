//! The program: `cargo run -p auth-link-demo`.
#![forbid(unsafe_code)]

use std::env;
use std::process::ExitCode;

use auth_link_demo::{HELP, Options, start};

#[tokio::main]
async fn main() -> ExitCode {
    let mut options = match Options::parse(env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}\n\n{HELP}");
            return ExitCode::FAILURE;
        }
    };
    options.sandbox = env::var("TRUELAYER_CLIENT_ID").ok().zip(env::var("TRUELAYER_CLIENT_SECRET").ok());
    let demo = match start(options).await {
        Ok(demo) => demo,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    println!("Open {} in a browser. (Listens at {}.)", demo.origin, demo.address);
    if let Some(mock_server) = &demo.mock_server {
        println!("The mock server listens at {mock_server}; sign in at Mock Bank as `john` with the password `doe`.");
    }
    demo.run().await;
    ExitCode::SUCCESS
}
