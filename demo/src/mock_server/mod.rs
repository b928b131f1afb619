//! A mock server for TrueLayer: the dialog, the token endpoint, Mock Bank and its Data API.
//!
//! It checks links and requests by TrueLayer's rules, and knows nothing of the application but its [`Registration`].
//!
//! Each module imports only modules below it:
//!
//! ```text
//! router
//! dialog   api            the dialog; the Data API
//! page     token          the dialog's pages; the token endpoint
//! state                   the data that handlers share
//! link     bank           checking a link; Mock Bank
//! registration
//! ```

mod api;
mod bank;
mod dialog;
mod link;
mod page;
mod registration;
mod router;
mod state;
mod token;

pub(crate) use self::registration::{CLIENT_ID, CLIENT_SECRET, Registration};
pub(crate) use self::router::router;
