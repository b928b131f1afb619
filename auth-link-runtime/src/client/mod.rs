//! Requests to TrueLayer, and the parsers of their responses: tokens, direct bank authentication, providers, events.
//!
//! A [`Client`] builds each request as a [`Call`]. This crate sends nothing, so any HTTP client works:
//!
//! ```
//! # use auth_link_runtime as auth_link;
//! use auth_link::AuthorizationCode;
//! use auth_link::client::{Client, RequestBody, Tokens};
//! use http::{Request, Response};
//!
//! /// Exchanges a code with an HTTP client `send`.
//! fn exchange(
//!     client: &Client,
//!     code: AuthorizationCode,
//!     send: impl FnOnce(Request<Vec<u8>>) -> Response<Vec<u8>>,
//! ) -> Result<Tokens, Box<dyn std::error::Error>> {
//!     let call = client.exchange(code)?;
//!     let response = send(call.request.map(RequestBody::expose));
//!     Ok(call.parser.parse(response)?)
//! }
//! ```

// The functions of the endpoints that not each application calls are `#[inline]`: each is compiled for the applications that call it,
// and takes no time of the others' builds.

mod api_error;
mod base;
mod call;
mod callback_request;
mod connection;
mod credential;
mod direct_bank_authentication;
mod error_members;
mod exchange;
mod extend_connection;
mod json;
mod json_reader;
mod json_value;
mod list;
mod manage_connection;
mod object;
mod provider;
mod redaction;
mod request_builder;
mod request_error;
mod request_traits;
mod response;
mod results;
mod retries;
mod retry_after;
mod tokens;
mod tracked_event;
mod transport_error;
mod unexpected;
mod user;
mod www_authenticate;

pub use self::api_error::{ApiError, ApiErrorKind, Recovery};
#[cfg(feature = "data")]
pub(crate) use self::base::uri;
pub use self::base::{Client, Environment};
pub use self::call::{Call, RequestBody, ResponseParser};
pub use self::connection::{Connection, Consent, Next};
pub use self::credential::{AccessToken, ClientSecret, CredentialError, RefreshToken};
pub use self::direct_bank_authentication::{ConsentId, DirectBankAuthentication, ParseConsentIdError};
pub use self::exchange::ExchangeError;
pub use self::extend_connection::ExtendOutcome;
#[cfg(feature = "data")]
pub(crate) use self::json_reader::{ReadError, Reader, Text};
pub use self::list::{List, UnreadableItem};
pub use self::manage_connection::DebugId;
#[cfg(feature = "data")]
pub(crate) use self::object::{FromText, Nested, Object, Required, Texts};
pub(crate) use self::object::{Member, members, read_rarely_named};
pub use self::provider::{Availability, FieldValue, Provider, ProviderField, ProviderStep};
#[cfg(feature = "data")]
pub(crate) use self::request_builder::{PSU_IP, RequestBuilder, with_query};
pub use self::request_error::RequestError;
#[cfg(feature = "data")]
pub(crate) use self::results::{read_result, read_results};
pub use self::retries::Retries;
pub use self::tokens::Tokens;
pub use self::tracked_event::{EventName, TrackedEvent};
pub use self::transport_error::{TransportError, TransportErrorKind};
#[cfg(feature = "data")]
pub(crate) use self::unexpected::Unexpected;
pub use self::user::User;
