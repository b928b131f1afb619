//! One sign-in at the terminal: a fresh link to follow, and the verdict on the address that the browser comes back to.
//!
//! `cargo run --example connect`; with a client of your own, whose redirect URI is registered in TrueLayer's Console:
//!
//! ```text
//! TRUELAYER_CLIENT_ID=sandbox-acme-7d2f1a TRUELAYER_REDIRECT_URI=https://… cargo run --example connect
//! ```

use std::io::{self, BufRead};

use auth_link::{AuthLink, Callback, CallbackError, CallbackRejection, auth_link};

/// Read and checked when compiling. A wrong scope, a redirect URI over http, a missing provider: this would not build.
static CONNECT: AuthLink = auth_link!(
    client_id = option_env!("TRUELAYER_CLIENT_ID").unwrap_or("sandbox-example-7d2f1a"),
    redirect_uri = option_env!("TRUELAYER_REDIRECT_URI").unwrap_or("https://console.truelayer.com/redirect-page"),
    scope = [info, accounts, balance, transactions, offline_access],
    environment = sandbox,
    providers = [uk_cs_mock],
);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sign_in = CONNECT.begin()?;
    println!("Follow this link, and sign in at Mock Bank as `john` with the password `doe`:\n\n{}\n", sign_in.url);
    println!("Then paste the address that the browser came back to:");

    let mut pending = sign_in.pending;
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        // The state is compared before anything else in the address is believed.
        let refused = match Callback::from_url(line.trim()) {
            Ok(callback) => match pending.finish(callback) {
                Ok(code) => {
                    println!("Accepted. Granted: {}.", code.scope().unwrap_or("what was asked for"));
                    println!("The code is ready to be exchanged, once and within minutes.");
                    return Ok(());
                }
                Err(refused) => refused,
            },
            Err(error) => {
                println!("CallbackRejection: {error}. The sign-in goes on; paste another address:");
                continue;
            }
        };
        match refused {
            // Another sign-in's callback does not end this one.
            CallbackRejection { error, pending: Some(same), .. } => {
                println!("CallbackRejection: {error}. The sign-in goes on; paste another address:");
                pending = same;
            }
            CallbackRejection { error: CallbackError::AccessDenied(_), .. } => {
                println!("You, or the bank, said no. Run this again for another link.");
                return Ok(());
            }
            CallbackRejection { error, .. } => {
                println!("CallbackRejection: {error}. Run this again for another link.");
                return Ok(());
            }
        }
    }
    Ok(())
}
