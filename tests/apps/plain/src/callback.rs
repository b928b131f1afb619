//! Checks the callback.

use auth_link::{Callback, CallbackError, PendingAuthorization};

pub fn check(pending: PendingAuthorization, query: &str) -> String {
    let code = Callback::from_query(query).and_then(|callback| Ok(pending.finish(callback)?));
    match code {
        Ok(code) => format!("accepted for {}", code.redirect_uri()),
        Err(CallbackError::AccessDenied(_)) => "denied by the user".to_owned(),
        Err(error) => format!("refused: {error}"),
    }
}
