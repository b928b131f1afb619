//! One authorization in a terminal: prints a URL to open, and checks the URL that the browser returns to.
//!
//! `cargo run --example connect`, or with your client, whose redirect URI is registered in TrueLayer's Console:
//!
//! ```text
//! TRUELAYER_CLIENT_ID=sandbox-acme-7d2f1a TRUELAYER_REDIRECT_URI=https://… cargo run --example connect
//! ```

use std::io::{self, BufRead};

use auth_link::{AuthLink, Callback, CallbackError, CallbackRejection, auth_link};

/// Checked at compile time. An unknown scope or a redirect URI over http would not compile.
static CONNECT: AuthLink = auth_link!(
    client_id = option_env!("TRUELAYER_CLIENT_ID").unwrap_or("sandbox-example-7d2f1a"),
    redirect_uri = option_env!("TRUELAYER_REDIRECT_URI").unwrap_or("https://console.truelayer.com/redirect-page"),
    scope = [info, accounts, balance, transactions, offline_access],
    environment = sandbox,
    providers = [uk_cs_mock],
);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let request = CONNECT.begin()?;
    println!("Open this link, and sign in at Mock Bank as `john` with the password `doe`:\n\n{}\n", request.url);
    println!("Then paste the URL that the browser returned to:");

    let mut pending = request.pending;
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let rejection = match Callback::from_url(line.trim()) {
            Ok(callback) => match pending.finish(callback) {
                Ok(code) => {
                    println!("Accepted. Granted scopes: {}.", code.scope().unwrap_or("all that the link requests"));
                    println!("The code can be exchanged once, within minutes.");
                    return Ok(());
                }
                Err(rejection) => rejection,
            },
            Err(error) => {
                println!("Refused: {error}. The authorization is still pending. Paste another URL:");
                continue;
            }
        };
        match rejection {
            // The callback of another authorization does not end this one.
            CallbackRejection { error, pending: Some(unchanged), .. } => {
                println!("Refused: {error}. The authorization is still pending. Paste another URL:");
                pending = *unchanged;
            }
            CallbackRejection { error: CallbackError::AccessDenied(_), .. } => {
                println!("The user or the bank denied access. Run this again for another link.");
                return Ok(());
            }
            CallbackRejection { error, .. } => {
                println!("Refused: {error}. Run this again for another link.");
                return Ok(());
            }
        }
    }
    Ok(())
}
