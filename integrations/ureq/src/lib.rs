#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod call_span;
mod http_client;
mod transport_error;

pub use http_client::HttpClient;
