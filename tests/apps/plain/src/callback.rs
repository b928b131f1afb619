//! The way back.

use auth_link::{Callback, CallbackError, Pending};

pub fn verdict(pending: Pending, query: &str) -> String {
    let received = Callback::from_query(query).and_then(|callback| Ok(pending.receive(callback)?));
    match received {
        Ok(code) => format!("accepted for {}", code.redirect_uri()),
        Err(CallbackError::AccessDenied(_)) => "the user refused".to_owned(),
        Err(error) => format!("refused: {error}"),
    }
}
