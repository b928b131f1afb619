#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod call_span;
mod error;
mod http_client;
mod printable;
mod retry;
mod transport_error;

pub use error::Error;
pub use http_client::HttpClient;
pub use transport_error::TransportError;
