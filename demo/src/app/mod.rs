//! The application: its pages, both ends of an authorization, and its connections.
//!
//! Each module imports only modules below it:
//!
//! ```text
//! router
//! accounts   callback   connect   home   guard   prefetch   one file for each page; middleware
//! refresh    pending_store                          tokens and pending authorizations, for handlers
//! state                                             the data that handlers share
//! store                                             connections, in memory or in Redis
//! redis_store   http_client                         Redis; requests to TrueLayer
//! error                                             errors and their pages
//! page   chart   connection   cookies
//! money   scale
//! ```

mod accounts;
mod callback;
mod chart;
mod connect;
mod connection;
mod cookies;
mod error;
mod guard;
mod home;
mod http_client;
mod money;
mod page;
mod pending_store;
mod prefetch;
mod redis_store;
mod refresh;
mod router;
mod scale;
mod state;
mod store;

pub(crate) use self::router::router;
pub(crate) use self::state::App;
pub(crate) use self::store::Store;
