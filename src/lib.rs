//! Connects bank accounts through [TrueLayer](https://truelayer.com): the [auth link] that begins it is a macro call, and a wrong one
//! does not compile. For applications of the [Data API v1]; unofficial, not made by TrueLayer.
//!
//! ```
//! use auth_link::{AuthLink, auth_link};
//!
//! static CONNECT: AuthLink = auth_link!(
//!     client_id = "acme-7d2f1a",
//!     redirect_uri = "https://app.example.com/callback",
//!     scope = [info, accounts, balance, transactions, offline_access],
//!     providers = [uk_ob_all, uk_oauth_all],
//!     provider_id = ob_monzo,
//! );
//! ```
//!
//! The compiler reports every mistake at once, each with its location and a correction. With `providers = [uk_oauth_all]`:
//!
//! ```text
//! error: provider `ob-monzo` is not covered by `providers`
//!        help: add `uk_ob_all` (every UK open-banking provider) or `ob_monzo` to `providers`
//! ```
//!
//! # One authorization
//!
//! At run time, [`AuthLink::begin`] adds a new state and a new PKCE challenge. [`PendingAuthorization::finish`] compares the state of the
//! callback, and returns the code. [`Client::exchange`] builds the request for its tokens, for any HTTP client.
//!
//! ```
//! # #[cfg(feature = "client")]
//! # mod example {
//! use std::collections::HashMap;
//!
//! use auth_link::client::{Call, Client, Tokens};
//! use auth_link::{AuthLink, Callback, Error, PendingAuthorization, PendingKey, auth_link};
//!
//! static CONNECT: AuthLink = auth_link!(
//!     client_id = "acme-7d2f1a",
//!     redirect_uri = "https://app.example.com/callback",
//!     scope = [accounts, balance],
//! );
//!
//! /// This browser's session.
//! type Session = HashMap<PendingKey, PendingAuthorization>;
//!
//! /// `POST /connect`: returns the URL to redirect the browser to, once.
//! fn connect(session: &mut Session, email: &str) -> Result<String, Error> {
//!     let request = CONNECT.with_user_email(email)?.begin()?;
//!     session.insert(request.pending.key(), request.pending);
//!     Ok(request.url)
//! }
//!
//! /// `GET /callback?code=…&state=…`: returns the request that exchanges the code.
//! fn callback(session: &mut Session, query: &str, client: &Client) -> Result<Call<Tokens>, Error> {
//!     let callback = Callback::from_query(query)?;
//!     let pending = session.remove(&callback.key()).ok_or(Error::NotConnected)?;
//!     let code = pending.finish(callback)?; // compares the state first
//!     Ok(client.exchange(code)?) // with the code verifier of `begin`
//! }
//! #
//! # pub(super) fn run() {
//! #     let mut session = Session::new();
//! #     let url = connect(&mut session, "jo@example.com").unwrap();
//! #     let state = url.split_once("&state=").unwrap().1.split('&').next().unwrap();
//! #     let client = CONNECT.client("s3cret".parse().unwrap());
//! #     let call = callback(&mut session, &format!("code=c1&state={state}"), &client).unwrap();
//! #     assert_eq!(call.request.uri(), "https://auth.truelayer.com/connect/token");
//! #     assert!(callback(&mut session, &format!("code=c1&state={state}"), &client).is_err());
//! # }
//! # }
//! # #[cfg(feature = "client")]
//! # example::run();
//! ```
//!
//! The [guide] has a chapter for each step, from the [quick start](guide::quick_start) to [production](guide::production). The
//! [rules] of a link have a page.
//!
//! # Integrations
//!
//! | crate | |
//! |---|---|
//! | [`auth-link-axum`](https://docs.rs/auth-link-axum) | begin and finish in handlers of axum 0.8, and error pages |
//! | [`auth-link-reqwest`](https://docs.rs/auth-link-reqwest), [`auth-link-ureq`](https://docs.rs/auth-link-ureq) | send requests: no redirects, bounded responses, reads tried again |
//! | [`auth-link-store`](https://docs.rs/auth-link-store) | connections in SQLite or PostgreSQL: encrypted, and refreshed once |
//! | [`auth-link-mock`](https://docs.rs/auth-link-mock) | a mock server for TrueLayer, for tests |
//! | [`auth-link-cli`](https://docs.rs/crate/auth-link-cli) | the command `auth-link`: checks, explains and converts links in projects of any language |
//!
//! # Features
//!
//! | feature | default | |
//! |---|---|---|
//! | `client` | yes | [`client`]: the exchange of a code for tokens, and TrueLayer's other endpoints |
//! | `cookies` | no | [`cookies`]: pending authorizations in sealed cookies, for any framework |
//! | `data` | no | [`data`]: accounts, balances, transactions, cards |
//! | `builder` | no | links at run time: `AuthLink::builder`, `AuthLink::parse`, and `redirect_uri` in braces |
//! | `serde` | no | pending authorizations, connections and tokens are `Serialize` and `Deserialize` |
//! | `catalogue` | no | the field `catalogue`: checks a link against the application's copy of `/api/providers` |
//!
//! Rust 1.88 or newer. Only a minor release raises it.
//!
//! [auth link]: https://docs.truelayer.com/docs/generate-an-auth-link
//! [Data API v1]: https://docs.truelayer.com/docs/data-api-basics
//! [`Client::exchange`]: client::Client::exchange
#![cfg_attr(docsrs, feature(doc_cfg))]
// The pages name items of all features.
#![cfg_attr(not(all(feature = "cookies", feature = "data")), allow(rustdoc::broken_intra_doc_links))]
#![forbid(unsafe_code)]

/// Checks a TrueLayer auth link at compile time, and returns it as a constant [`AuthLink`].
///
/// ```
/// use auth_link::{AuthLink, auth_link};
///
/// static CONNECT: AuthLink = auth_link!(
///     client_id = "acme-7d2f1a",
///     redirect_uri = "https://app.example.com/callback",
///     scope = [info, accounts, balance, transactions, offline_access],
///     providers = [uk_ob_all, uk_oauth_all],
///     provider_id = ob_monzo,
/// );
/// ```
///
/// The call is an expression, so it works in a `static`, a `const`, a `let` or an argument.
///
/// An invalid link does not compile. The compiler reports every mistake at once, each on the invalid words and with a help line.
/// A link that may work, but probably contains a mistake, is a warning. Each warning names its rule: `allow = [rule]` silences it.
/// The [rules](crate::rules) have a page.
///
/// # Values
///
/// Each field has the form `name = value`. A value is one of:
///
/// - a word of the field's vocabulary: `accounts`;
/// - a text in quotes: `"accounts"`;
/// - an environment variable, read at compile time: `env!("NAME")` or `option_env!("NAME").unwrap_or("…")`.
///
/// The macro cannot read a constant of the application. Write the text of the constant, or put the constant in braces, as a value
/// known only at run time.
///
/// A field has no attributes. For `#[cfg(…)]`, write one link for each case, and the attribute on its `static`.
///
/// A list is `[one, another]`, or one text with spaces. An id is a word with `_` for `-`: `ob_monzo` is `ob-monzo`.
///
/// The words for providers are those of TrueLayer's list in 2026-08. A provider id in quotes may be newer than the list, so it
/// only needs a valid syntax.
///
/// # Links from TrueLayer's Console
///
/// A link of TrueLayer's Console may be the first argument, and is checked against the same rules. Further fields complete it:
///
/// ```
/// # use auth_link::{AuthLink, auth_link};
/// static CONNECT: AuthLink = auth_link!(
///     "https://auth.truelayer.com/?response_type=code&client_id=acme-7d2f1a&scope=info%20accounts&redirect_uri=https://app.example.com/callback",
///     language_id = en,
/// );
/// ```
///
/// A `state`, `nonce` or `code_challenge` in the link is dropped with a warning, since each authorization has its own. A
/// parameter that TrueLayer's page does not list is sent unchanged, with a warning.
///
/// # Values known only at run time
///
/// An expression in braces is a value that is known only at run time. These fields accept one:
///
/// - `client_id`, `redirect_uri` (with the feature `builder`), `environment` and `auth_server`, for a value from the environment
///   of a container;
/// - `user_email`, `tracking_id`, `provider_id`, `language_id` and `country_id`, for a value of one user or one authorization.
///
/// The expression is a text, or an `Option` of a text, where `None` leaves the field out. It is borrowed, not moved, unless
/// statements precede it.
///
/// The macro then returns `Result<AuthLink, `[`LinkError`]`>`. The same rules check the values at run time. The rest of the link
/// is still checked at compile time.
///
/// ```
/// # use auth_link::{LinkError, auth_link};
/// # struct User { email: Option<String> }
/// # fn begin(user: &User) -> Result<(), LinkError> {
/// let link = auth_link!(
///     client_id = "acme-7d2f1a",
///     redirect_uri = "https://app.example.com/callback",
///     scope = [accounts],
///     user_email = { &user.email },
/// )?;
/// # Ok(())
/// # }
/// # begin(&User { email: None }).unwrap();
/// ```
///
/// A call with braces cannot be a `const` or `static` ("cannot call non-const function"). For values of a container, use a
/// [`LazyLock`](std::sync::LazyLock). For values of a user, add them to a constant link with [`AuthLink::with_user_email`] and
/// similar methods.
///
/// ```
/// # use auth_link::{AuthLink, auth_link};
/// use std::sync::LazyLock;
///
/// static CONNECT: LazyLock<AuthLink> = LazyLock::new(|| {
///     auth_link!(
///         client_id = { std::env::var("CLIENT_ID").ok().unwrap_or_else(|| "acme-7d2f1a".into()) },
///         redirect_uri = "https://app.example.com/callback",
///         scope = [accounts],
///     )
///     .expect("CLIENT_ID should be a client id")
/// });
/// # CONNECT.begin().unwrap();
/// ```
///
/// # Fields
///
#[doc = include_str!("../docs/fields.md")]
///
/// `state` and `code_challenge` are no fields, since each authorization has its own ([`AuthLink::begin`]).
#[macro_export]
macro_rules! auth_link {
    ($($call:tt)*) => { $crate::__private::auth_link! { $crate $($call)* } };
}

#[cfg(feature = "builder")]
pub use auth_link_runtime::AuthLinkBuilder;
#[cfg(feature = "cookies")]
pub use auth_link_runtime::cookies;
#[cfg(feature = "data")]
pub use auth_link_runtime::data;
pub use auth_link_runtime::{
    AuthLink, AuthorizationCode, AuthorizationRequest, BeginError, Callback, CallbackError, CallbackRejection,
    LinkError, ParsePendingError, ParsePendingKeyError, PendingAuthorization, PendingKey, ServerError, diagnostics,
    pkce,
};
#[cfg(feature = "client")]
pub use auth_link_runtime::{Error, client, http};

/// The items that the macro expands to. This is NOT part of this crate's public API.
#[doc(hidden)]
pub mod __private {
    #[cfg(not(rust_analyzer))]
    pub use auth_link_macros::auth_link;
    #[cfg(rust_analyzer)]
    pub use auth_link_macros::auth_link_in_editor as auth_link;
    pub use auth_link_runtime::LinkText::{self, Fixed, FixedForm};
    #[cfg(rust_analyzer)]
    pub use auth_link_runtime::editor_words;
    pub use auth_link_runtime::{fill, text};

    #[cfg(rust_analyzer)]
    pub use crate::__editor_words_of as words;
    pub use crate::__hide_in_editor as hide_in_editor;
}

/// Expands to a path to the documented item of each word in a call, for an editor.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __editor_words_of {
    ($($module:ident $word:ident)*) => { $(let _ = $crate::__private::editor_words::$module::$word;)* };
}

/// Expands to its tokens.
#[cfg(not(rust_analyzer))]
#[doc(hidden)]
#[macro_export]
macro_rules! __hide_in_editor {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Expands to nothing in an editor.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __hide_in_editor {
    ($($tokens:tt)*) => {};
}

#[cfg(any(doc, doctest))]
#[doc = include_str!("../docs/rules.md")]
pub mod rules {}

#[cfg(all(feature = "client", any(doc, doctest)))]
pub mod guide;

#[cfg(all(feature = "client", any(doc, doctest)))]
#[doc = include_str!("../docs/testing.md")]
pub mod testing {}

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
