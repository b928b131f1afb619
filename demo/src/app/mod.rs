//! The application: its pages, both ends of an authorization, and its connections.
//!
//! Each module imports only modules below it:
//!
//! ```text
//! router
//! accounts   callback   guard   home   one file for each page; middleware
//! connect    expiry                    the beginning of an authorization; the end of a session
//! session                              the session of a browser
//! state      error                     the data that handlers share; the pages of errors
//! page       chart
//! money      scale
//! ```

mod accounts;
mod callback;
mod chart;
mod connect;
mod error;
mod expiry;
mod guard;
mod home;
mod money;
mod page;
mod router;
mod scale;
mod session;
mod state;

pub(crate) use self::expiry::delete_expired;
pub(crate) use self::router::router;
pub(crate) use self::state::{App, Bank};
