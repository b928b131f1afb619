//! The program: `cargo run -p auth-link-demo`.
#![forbid(unsafe_code)]

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use auth_link_demo::{HELP, InvalidArgument, Options, start};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Result<Vec<_>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
    let options = arguments.map_err(|_| InvalidArgument::not_utf8());
    let mut options = match options.and_then(|arguments| Options::parse(arguments.into_iter())) {
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
