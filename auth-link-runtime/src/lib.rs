//! The run time of [`auth-link`](https://docs.rs/auth-link): one authorization, from the link to the tokens and the data.
//!
//! Applications depend on `auth-link`, which re-exports this crate together with the macro `auth_link!`.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod authorization_code;
mod authorization_request;
mod begin_error;
#[cfg(feature = "builder")]
mod builder;
mod callback;
mod callback_error;
#[cfg(feature = "client")]
pub mod client;
mod clock;
#[cfg(feature = "cookies")]
pub mod cookies;
#[cfg(feature = "data")]
pub mod data;
pub mod diagnostics;
#[cfg(feature = "client")]
mod error;
mod finish;
mod link;
mod lossy;
#[cfg(feature = "client")]
mod open_enum;
mod pending;
mod pending_key;
pub mod pkce;
mod proof;
mod runtime_value;
mod secret;
#[cfg(all(feature = "client", feature = "serde"))]
mod serde_fields;
mod server_error;
mod with_fields;

#[cfg(rust_analyzer)]
#[doc(hidden)]
pub use auth_link_rules::editor_words;
pub use authorization_code::AuthorizationCode;
pub use authorization_request::AuthorizationRequest;
pub use begin_error::BeginError;
#[cfg(feature = "builder")]
pub use builder::AuthLinkBuilder;
pub use callback::Callback;
pub use callback_error::CallbackError;
#[cfg(feature = "client")]
pub use error::Error;
pub use finish::CallbackRejection;
#[cfg(feature = "client")]
pub use http;
pub use link::{AuthLink, LinkError};
#[doc(hidden)]
pub use link::{LinkText, fill};
pub use pending::{ParsePendingError, PendingAuthorization};
pub use pending_key::{ParsePendingKeyError, PendingKey};
#[doc(hidden)]
pub use runtime_value::{RuntimeValue, text};
pub use server_error::ServerError;
