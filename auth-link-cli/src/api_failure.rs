//! The failures of requests to TrueLayer, each with the way to recover.

use auth_link_runtime::Error;
use auth_link_runtime::client::Recovery;

use crate::output::Failure;

/// The variable of the environment that holds the client's secret.
pub(crate) const SECRET_VARIABLE: &str = "TRUELAYER_CLIENT_SECRET";

/// Returns the failure of the exchange of a code.
pub(crate) fn exchange_failure(error: &Error) -> Failure {
    let help = match error {
        // The request may have reached the server, and a code works once.
        Error::Transport(_) => "check the network, and run the command again: the code may be used".to_owned(),
        _ => match error.recovery() {
            Recovery::Reauthorize => "the code was refused: run the command again, and give consent again".to_owned(),
            Recovery::RetryLater => retry_later(error),
            _ => format!(
                "check that `{SECRET_VARIABLE}` is the secret of the link's client id, and that both are of the same environment"
            ),
        },
    };
    failure("cannot exchange the code", error, &help)
}

/// Returns the failure of reading data of a connection, such as `accounts`.
pub(crate) fn read_failure(what: &str, error: &Error) -> Failure {
    let help = match error {
        Error::Transport(_) => "check the network, and run the command again".to_owned(),
        _ => match error.recovery() {
            Recovery::Refresh | Recovery::Reauthorize => {
                "the consent does not cover it or has ended: run the command again, and give consent again".to_owned()
            }
            Recovery::RetryLater => retry_later(error),
            Recovery::Unsupported => "the bank does not have it: remove its scope from the link".to_owned(),
            _ => String::new(),
        },
    };
    failure(&format!("cannot read {what}"), error, &help)
}

fn retry_later(error: &Error) -> String {
    match error.retry_after() {
        Some(wait) => format!("run the command again in {} seconds", wait.as_secs()),
        None => "TrueLayer or the bank is overloaded: run the command again later".to_owned(),
    }
}

/// Joins the text of an error, which may have its own help below it, with a help.
fn failure(what: &str, error: &Error, help: &str) -> Failure {
    let text = error.to_string();
    let (message, own_help) = text.split_once("\nhelp: ").unwrap_or((&text, ""));
    let help = if own_help.is_empty() { help } else { own_help };
    Failure::new(format!("{what}: {message}"), help)
}
