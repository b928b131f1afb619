//! The tests of stored connections, as one program: it links once.

#[cfg(feature = "data")]
mod connections;
mod http_clients;
#[cfg(feature = "data")]
mod mock;
#[cfg(all(feature = "data", feature = "reqwest"))]
mod mock_server;
mod store_contract;
mod stores;
