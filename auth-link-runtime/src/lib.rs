//! One sign-in with TrueLayer when the application runs: from the link to the tokens.
//!
//! Applications depend on [`auth-link`](https://docs.rs/auth-link), which re-exports all of this beside its macro.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

#[cfg(feature = "builder")]
mod builder;
mod callback;
#[cfg(feature = "token")]
mod client;
mod code;
#[cfg(feature = "data")]
pub mod data;
mod link;
mod pending;
mod pkce;
mod secret;
mod server_error;
mod sign_in;
mod value;
#[cfg(feature = "token")]
mod vocabulary;

#[cfg(rust_analyzer)]
#[doc(hidden)]
pub use auth_link_rules::words;
pub use auth_link_rules::{Level, Place, Problem, Rule};
#[cfg(feature = "builder")]
pub use builder::Builder;
pub use callback::{Callback, CallbackError};
#[cfg(feature = "token")]
pub use client::{
    AccessToken, Advice, Answer, ApiError, ApiErrorKind, Availability, Body, Call, Client, ClientSecret, ConsentId,
    DebugId, DirectAuth, Environment, EventName, ExchangeRefused, Extension, FieldValue, InvalidConsentId,
    InvalidCredential, Provider, ProviderField, ProviderStep, RefreshToken, RequestError, Tokens, TrackedEvent, User,
};
pub use code::{AuthorizationCode, ChallengeMismatch};
pub use link::{AuthLink, LinkError};
#[doc(hidden)]
pub use link::{checked, fill};
pub use pending::{InvalidKey, Key, Pending, PendingError, Refused};
pub use pkce::{CodeChallenge, CodeVerifier, InvalidChallenge, InvalidVerifier};
pub use server_error::ServerError;
pub use sign_in::{BeginError, SignIn};
#[doc(hidden)]
pub use value::{Value, text};
