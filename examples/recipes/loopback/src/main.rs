//! Connects a user's bank accounts from a terminal, and prints them. The browser returns to this machine (RFC 8252 §7.3).

mod callback_server;

use std::env::var;
use std::error::Error;
use std::net::TcpListener;
use std::process::ExitCode;

use auth_link::auth_link;
use auth_link_ureq::HttpClient;

fn main() -> ExitCode {
    match connect() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Connects the accounts, and prints them.
fn connect() -> Result<(), Box<dyn Error>> {
    let link = auth_link!(
        client_id = { var("CLIENT_ID").map_err(|_| "set CLIENT_ID")? },
        redirect_uri = "http://localhost:3105/callback",
        scope = [info, accounts, balance],
        providers = [uk_cs_mock],
        auth_server = { var("AUTH_SERVER").ok() }, // a mock server; TrueLayer's without it
    )?;
    let client = link.client(var("CLIENT_SECRET").map_err(|_| "set CLIENT_SECRET")?.parse()?);
    let http = HttpClient::new();

    // Before the link is shown: another program must not receive the callback.
    let listener = TcpListener::bind("127.0.0.1:3105")?;
    let request = link.begin()?;
    println!("Open this link in your browser:\n\n{}\n", request.url);
    let code = callback_server::receive(&listener, request.pending)?;
    let tokens = http.send(client.exchange(code)?)?;
    for account in http.read(|| client.data(&tokens.access_token).accounts())? {
        println!("{} ({})", account.display_name, account.currency);
    }
    Ok(())
}
