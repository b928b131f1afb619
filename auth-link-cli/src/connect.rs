//! `auth-link connect`: connects a bank through a link, from the terminal.

use std::io::{self, IsTerminal};
use std::time::{Duration, SystemTime};

use auth_link_rules::{Param, get};
use auth_link_runtime::client::{ClientSecret, Connection};
use auth_link_runtime::{AuthLink, AuthorizationCode, AuthorizationRequest, CallbackError, Error};
use serde_json::json;

use crate::accounts;
use crate::api_failure::{SECRET_VARIABLE, exchange_failure};
use crate::args::Connect;
use crate::browser;
use crate::callback_wait::{WaitEnd, wait};
use crate::checked_link::checked_link;
use crate::http_client::http_client;
use crate::interrupt::Interrupt;
use crate::loopback_server::LoopbackServer;
use crate::output::{Failure, Outcome, note, print_authorization_url, print_failure, print_json, show_progress};
use crate::qr;
use crate::redirect_address::{EXAMPLE, RedirectAddress};
use crate::text::escape;
use crate::token_file::TokenFile;

/// Runs the command.
///
/// # Errors
///
/// Returns an error if:
///
/// - the link or an option is unusable: its redirect URI is no loopback address, its port is in use, the secret is malformed,
///   or the file of `--save` cannot be written;
/// - no callback arrives in time, or the callback or the exchange reports an error.
pub(crate) fn run(args: &Connect) -> Result<Outcome, Failure> {
    let Some(link) = checked_link(args)? else { return Ok(Outcome::Findings) };
    let address = redirect_address(&link)?;
    let secret = client_secret()?;
    let file = args.save.as_deref().map(|path| TokenFile::new(path, args.force)).transpose()?;
    if file.is_some() && secret.is_none() {
        let message = format!("`--save` needs the client's secret, and the variable `{SECRET_VARIABLE}` is not set");
        return Err(Failure::new(message, "set the variable: tokens are sent only in return for the secret"));
    }
    // The server listens before the browser can return.
    let server = LoopbackServer::start(&address)?;
    let interrupt = Interrupt::watch()?;
    let AuthorizationRequest { url, pending, .. } =
        link.begin().map_err(|error| Failure::new(format!("cannot begin an authorization: {error}"), ""))?;
    show_link(args, &url);
    note(&format!("waiting for the browser at {}, for at most {} seconds", address.authority(), args.timeout));
    let code = match wait(&server, &address, pending, Duration::from_secs(args.timeout), &interrupt) {
        WaitEnd::Code(code) => code,
        WaitEnd::Failed(error) if error.is_cancelled() => {
            print_failure(&Failure::new("the consent was cancelled: no bank was connected", "run the command again"));
            return Ok(Outcome::Findings);
        }
        WaitEnd::Failed(error) => return Err(callback_failure(&error)),
        WaitEnd::TimedOut => {
            let message = format!("no callback arrived within {} seconds", args.timeout);
            let help = format!(
                "register `{}` as a redirect URI of the client, open the link on this machine, or allow more time with `--timeout`",
                get(link.as_str(), Param::RedirectUri).unwrap_or_default()
            );
            return Err(Failure::new(message, help));
        }
        WaitEnd::Interrupted => return Ok(interrupted("no bank was connected")),
    };
    match secret {
        None => Ok(explain_code(args)),
        Some(secret) => exchange(args, &link, secret, code, file.as_ref(), &interrupt),
    }
}

/// Returns the address of the link's redirect URI.
fn redirect_address(link: &AuthLink) -> Result<RedirectAddress, Failure> {
    let redirect_uri = get(link.as_str(), Param::RedirectUri).unwrap_or_default();
    RedirectAddress::parse(&redirect_uri).ok_or_else(|| {
        let message = format!("the redirect URI `{redirect_uri}` does not lead to this machine over http");
        let help = format!("register `{EXAMPLE}` in the Console, and write it as the `redirect_uri` of the link");
        Failure::new(message, help)
    })
}

/// Returns the client's secret from the environment. A flag would show it in the list of processes.
fn client_secret() -> Result<Option<ClientSecret>, Failure> {
    let Some(text) = std::env::var_os(SECRET_VARIABLE) else { return Ok(None) };
    let failed = |why: &str| {
        let help = "copy the secret from the Console, or unset the variable to stop after the callback";
        Failure::new(format!("the variable `{SECRET_VARIABLE}` holds no client secret: {why}"), help)
    };
    let text = text.into_string().map_err(|_| failed("it is not UTF-8"))?;
    ClientSecret::new(text).map(Some).map_err(|error| failed(&error.to_string()))
}

/// Opens the browser, or prints the link. All of it goes to the standard error, so that the output is the result alone.
fn show_link(args: &Connect, url: &str) {
    if !args.no_browser {
        if browser::open(url) {
            note("opened the browser; if it shows no page, run the command again with `--no-browser`");
            return;
        }
        note("note: no browser could be opened");
    }
    note("open this link in a browser on this machine:\n");
    print_authorization_url(url);
    if args.qr || io::stderr().is_terminal() {
        match qr::draw(url) {
            Some(code) => {
                note(&format!("\n{code}"));
                note(
                    "\nnote: another device returns to its own `localhost`, where no page opens: copy that address, and open it on this machine",
                );
            }
            None => note("note: the link is too long for a QR code"),
        }
    }
    note("");
}

/// Explains how to go on without the client's secret. The code is dropped.
fn explain_code(args: &Connect) -> Outcome {
    note(&format!(
        "the link works: the callback was valid and had a code, which is not shown\n\
         help: to see the accounts, set `{SECRET_VARIABLE}` to the client's secret, and run the command again"
    ));
    if args.json {
        print_json(&json!({ "code_received": true, "connection": null, "accounts": null, "cards": null }));
    }
    Outcome::Success
}

/// Exchanges the code, and shows the data of the connection.
fn exchange(
    args: &Connect,
    link: &AuthLink,
    secret: ClientSecret,
    code: AuthorizationCode,
    file: Option<&TokenFile>,
    interrupt: &Interrupt,
) -> Result<Outcome, Failure> {
    let (client, http) = (link.client(secret), http_client());
    show_progress("exchanging the code");
    let tokens = client.exchange(code).map_err(Error::from).and_then(|call| http.send(call));
    show_progress("");
    let tokens = tokens.map_err(|error| exchange_failure(&error))?;
    let missing: Vec<_> = tokens.missing_scopes().map(|scope| format!("`{scope}`")).collect();
    if !missing.is_empty() {
        note(&format!("note: the user did not grant {}", escape(&missing.join(", "))));
    }
    let connection = Connection::new(tokens, SystemTime::now());
    // Before anything else, so that no later error loses the tokens.
    let saved = file.map(|file| file.write(&connection).map(|()| file.note())).transpose();
    let outcome = match saved {
        Ok(_) => Outcome::Success,
        Err(failure) => {
            print_failure(&failure);
            Outcome::Failed
        }
    };
    let data = accounts::read(&client, connection.access_token(), &http, interrupt);
    if interrupt.is_set() {
        return Ok(interrupted("the bank was connected, and its accounts were not read"));
    }
    if args.json {
        print_json(&data.json());
    } else {
        data.print();
    }
    data.failures.iter().for_each(print_failure);
    Ok(if data.failures.is_empty() { outcome } else { Outcome::Failed })
}

/// Returns the failure of a callback that has the right state and no code.
fn callback_failure(error: &CallbackError) -> Failure {
    let help = match error {
        CallbackError::Server(_) => "check the link with `auth-link explain`, and the client in the Console",
        CallbackError::Expired => "run the command again",
        _ => "run the command again; if the error stays, check the settings of the client in the Console",
    };
    Failure::new(format!("the callback has no usable code: {error}"), help)
}

/// Reports that the user pressed Ctrl-C.
fn interrupted(state: &str) -> Outcome {
    note(&format!("\ninterrupted: {state}"));
    Outcome::Interrupted
}
