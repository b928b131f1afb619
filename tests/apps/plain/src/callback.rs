//! The way back.

use auth_link::{Callback, CallbackError, PendingAuthorization};

pub fn verdict(pending: PendingAuthorization, query: &str) -> String {
    let received = Callback::from_query(query).and_then(|callback| Ok(pending.finish(callback)?));
    match received {
        Ok(code) => format!("accepted for {}", code.redirect_uri()),
        Err(CallbackError::AccessDenied(_)) => "the user refused".to_owned(),
        Err(error) => format!("refused: {error}"),
    }
}
