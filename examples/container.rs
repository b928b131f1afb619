//! A link with values from the environment of a container. The rest of the link is checked at compile time.
//!
//! `TRUELAYER_CLIENT_ID=… TRUELAYER_REDIRECT_URI=… cargo run --example container --features builder`

use std::env;
use std::process::ExitCode;
use std::sync::LazyLock;

use auth_link::{AuthLink, LinkError, auth_link};

/// The variables are read once. An unknown scope would not compile; the errors in the variables are reported at the start.
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
    let request =
        CONNECT.as_ref().map_err(ToString::to_string).and_then(|link| link.begin().map_err(|error| error.to_string()));
    match request {
        Ok(request) => {
            println!("{}", request.url);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
