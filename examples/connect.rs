//! One authorization in a terminal: prints a URL to open, checks the URL that the browser returns to, and exchanges the code.
//!
//! `cargo run --example connect`, or with your client, whose redirect URI is registered in TrueLayer's Console:
//!
//! ```text
//! export TRUELAYER_CLIENT_ID=sandbox-acme-7d2f1a TRUELAYER_REDIRECT_URI=https://…
//! TRUELAYER_CLIENT_SECRET=… cargo run --example connect
//! ```
//!
//! Without the client secret, it ends before the exchange. `TRUELAYER_AUTH_SERVER=http://127.0.0.1:…` is a mock server.

use std::env;
use std::error::Error;
use std::io::{self, BufRead};
use std::process::ExitCode;
use std::time::Duration;

use auth_link::client::{Call, ClientSecret, RequestBody, Tokens};
use auth_link::{
    AuthLink, AuthorizationCode, Callback, CallbackError, CallbackRejection, PendingAuthorization, auth_link,
};

/// Checked at compile time. An unknown scope or a redirect URI over http would not compile.
static CONNECT: AuthLink = auth_link!(
    client_id = option_env!("TRUELAYER_CLIENT_ID").unwrap_or("sandbox-example-7d2f1a"),
    redirect_uri = option_env!("TRUELAYER_REDIRECT_URI").unwrap_or("https://console.truelayer.com/redirect-page"),
    scope = [info, accounts, balance, transactions, offline_access],
    environment = sandbox,
    providers = [uk_cs_mock],
);

fn main() -> ExitCode {
    match connect() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn connect() -> Result<(), Box<dyn Error>> {
    let link = match env::var("TRUELAYER_AUTH_SERVER") {
        Ok(origin) => CONNECT.with_auth_server(&origin)?,
        Err(_) => CONNECT.clone(),
    };
    let client = match env::var("TRUELAYER_CLIENT_SECRET") {
        Ok(secret) => Some(link.client(ClientSecret::new(secret)?)),
        Err(_) => None,
    };
    let request = link.begin()?;
    println!("Open this link, and sign in at Mock Bank as `john` with the password `doe`:\n\n{}\n", request.url);
    println!("Then paste the URL that the browser returned to:");

    let Some(code) = read_code(request.pending)? else { return Ok(()) };
    println!("Accepted. Granted scopes: {}.", code.scope().unwrap_or("all that the link requests"));
    let Some(client) = client else {
        println!("The code can be exchanged once, within minutes. Set TRUELAYER_CLIENT_SECRET to exchange it here.");
        return Ok(());
    };
    let tokens = send(client.exchange(code)?)?;
    let lifetime = tokens.expires_in.map_or("an unknown time".to_owned(), |time| format!("{} seconds", time.as_secs()));
    println!("Exchanged. The access token is valid for {lifetime}.");
    println!("There is {} refresh token.", if tokens.refresh_token.is_some() { "a" } else { "no" });
    Ok(())
}

/// Reads URLs from the terminal until one is the callback. Returns nothing if the authorization ends without a code.
fn read_code(mut pending: PendingAuthorization) -> io::Result<Option<AuthorizationCode>> {
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let rejection = match Callback::from_url(line.trim()) {
            Ok(callback) => match pending.finish(callback) {
                Ok(code) => return Ok(Some(code)),
                Err(rejection) => rejection,
            },
            Err(error) => CallbackRejection::new(error, pending),
        };
        match rejection {
            // The callback of another authorization does not end this one.
            CallbackRejection { error, pending: Some(unchanged), .. } => {
                println!("Refused: {error}. The authorization is still pending. Paste another URL:");
                pending = *unchanged;
            }
            CallbackRejection { error: CallbackError::AccessDenied(_), .. } => {
                println!("The user or the bank denied access. Run this again for another link.");
                return Ok(None);
            }
            CallbackRejection { error, .. } => {
                println!("Refused: {error}. Run this again for another link.");
                return Ok(None);
            }
        }
    }
    Ok(None)
}

/// Sends the exchange with `ureq`: without redirects, since the request contains secrets.
fn send(call: Call<Tokens>) -> Result<Tokens, Box<dyn Error>> {
    let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
    let agent: ureq::Agent = config.timeout_global(Some(Duration::from_secs(60))).build().into();
    let (parts, mut body) = agent.run(call.request.map(RequestBody::expose))?.into_parts();
    let body = body.with_config().limit(call.parser.max_body_len() as u64).read_to_vec()?;
    Ok(call.parser.parse(ureq::http::Response::from_parts(parts, body))?)
}
