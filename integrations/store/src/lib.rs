#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod connections;
mod error;
mod failure;
mod id;
mod key;
mod memory;
#[cfg(feature = "postgres")]
mod postgres;
mod record;
mod refresh;
#[cfg(feature = "reqwest")]
mod reqwest;
mod seal;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
mod store;
mod timing;
mod transport;
mod turns;
#[cfg(feature = "ureq")]
mod ureq;
mod vault;

pub use connections::{Connections, Deletion};
pub use error::StoreError;
pub use key::{Key, KeyError, Keys};
pub use memory::MemoryStore;
#[cfg(feature = "postgres")]
pub use postgres::PostgresStore;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;
pub use store::{Expected, Holder, Row, Store, Version};
pub use transport::Transport;
