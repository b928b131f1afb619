//! What a container knows only at its start, in a link whose rest is checked when compiling.
//!
//! `TRUELAYER_CLIENT_ID=… TRUELAYER_REDIRECT_URI=… cargo run --example container --features builder`

use std::env;
use std::process::ExitCode;
use std::sync::LazyLock;

use auth_link::{AuthLink, LinkError, auth_link};

/// The variables are read once. A wrong scope would not compile; a wrong variable is told at the start, with all its faults.
static CONNECT: LazyLock<Result<AuthLink, LinkError>> = LazyLock::new(|| {
    auth_link!(
        client_id = { env::var("TRUELAYER_CLIENT_ID").ok() },
        redirect_uri = { env::var("TRUELAYER_REDIRECT_URI").ok() },
        environment = { env::var("TRUELAYER_ENVIRONMENT").ok() },
        auth_server = { env::var("TRUELAYER_AUTH_SERVER").ok() },
        scope = [info, accounts, balance, transactions, offline_access],
        providers = [uk_ob_all, uk_oauth_all, uk_cs_mock],
    )
});

fn main() -> ExitCode {
    let begun =
        CONNECT.as_ref().map_err(ToString::to_string).and_then(|link| link.begin().map_err(|error| error.to_string()));
    match begun {
        Ok(sign_in) => {
            println!("{}", sign_in.url);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
