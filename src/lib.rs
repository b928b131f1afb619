#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

// The macro expands to `::auth_link`, in this crate's own examples too.
extern crate self as auth_link;

/// A TrueLayer auth link, checked when compiling: a constant [`AuthLink`].
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
/// It stands wherever an expression does: in a `static` or `const`, in a `let`, as an argument. `auth_link!<…>` is not Rust: the
/// compiler refuses angle brackets before any macro runs; write `auth_link!(…)`.
///
/// A wrong link does not compile. Each mistake is an error on the words at fault, with what to write instead, and all of them
/// are told at once. What may work but is doubtful warns (`#[allow(deprecated)]` on the item silences it).
///
/// # Values
///
/// Each field is written `name = value`. A value is a word of the field's vocabulary (`accounts`), the same as text in quotes
/// (`"accounts"`), or `env!("NAME")` and `option_env!("NAME").unwrap_or("…")`, read when compiling. A list is `[one, another]`
/// or one text with spaces. An id is a word with `_` for `-`: `ob_monzo` is `ob-monzo`.
///
/// In quotes any provider id of a possible form passes: providers come and go, and the words are as of 2026-08.
///
/// # A link as Console gives it
///
/// It may stand first, in place of fields or before those that it lacks, and is held to the same rules:
///
/// ```
/// # use auth_link::{AuthLink, auth_link};
/// static CONNECT: AuthLink = auth_link!(
///     "https://auth.truelayer.com/?response_type=code&client_id=acme-7d2f1a&scope=info%20accounts&redirect_uri=https://app.example.com/callback",
///     language_id = en,
/// );
/// ```
///
/// A `state`, `nonce` or `code_challenge` in it is dropped with a warning, since each sign-in has its own; what TrueLayer's page
/// does not know is sent as it stands, with a warning.
///
/// # Values known only at run time
///
/// `client_id`, `redirect_uri` (with the feature `builder`), `environment` and `auth_server`, which a container knows at its
/// start, and `user_email`, `tracking_id`, `provider_id`, `language_id` and `country_id`, which a sign-in knows, may be an
/// expression in braces: anything that reads as text, or an `Option` of it (`None` leaves the field out). It is borrowed, not
/// moved, unless there are statements before it. The macro is then a `Result<AuthLink, `[`LinkError`]`>`: the same rules run on the values, all of them at once, while
/// the rest of the link stays a constant.
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
/// With braces it cannot be a `const` or `static` ("cannot call non-const function"): hold what a container knows in a
/// [`LazyLock`](std::sync::LazyLock), and add what a user brings to a constant link with [`AuthLink::with_user_email`] and its
/// like.
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
///     .expect("CLIENT_ID is a client id")
/// });
/// # CONNECT.begin().unwrap();
/// ```
///
/// # Fields
///
/// | field | value | |
/// |---|---|---|
/// | `client_id` | text | required; as Console shows it |
/// | `redirect_uri` | text | required; exactly as registered in Console, sent byte for byte |
/// | `scope` | list | required; `info`, `accounts`, `balance`, `transactions`, `cards`, `direct_debits`, `standing_orders`, `offline_access`, `verification` |
/// | `providers` | list | what the user may choose from: ids, country-ids (`uk_ob_monzo`), groups (`uk_ob_all`); left out, TrueLayer offers `uk_oauth_all` and `uk_ob_all`. Mock Bank is `uk_cs_mock` |
/// | `provider_id` | word | the provider, already chosen, which `providers` must cover |
/// | `disable_providers` | list | ids to hide |
/// | `country_id` | word | the country, already chosen: ISO 3166-1 alpha-2, such as `GB` |
/// | `language_id` | word | the dialog's language: `en`, `es`, `it`, `fr`, `de`, `pl`, `pt`, `sv`, `nl` |
/// | `user_email` | text | the end user's address; mostly added per user, with [`AuthLink::with_user_email`] |
/// | `tracking_id` | text | the name of this journey; mostly added per sign-in, with [`AuthLink::with_tracking_id`] |
/// | `response_type` | word | `code`, or left out |
/// | `response_mode` | word | `form_post`: the code comes in a form. Such a post comes from TrueLayer's site, and carries no cookie with `SameSite` `Lax` or `Strict` |
/// | `code_challenge_method` | word | `S256`, or left out |
/// | `pkce` | word | `false` leaves the code challenge out, for a code that is exchanged elsewhere |
/// | `environment` | word | `live` or `sandbox`; left out, the prefix `sandbox-` of `client_id` tells |
/// | `auth_server` | text | the origin of a stand-in for TrueLayer's auth server |
/// | `catalogue` | text | with the feature `catalogue`: the path, from the package's folder, of the application's own copy of TrueLayer's answer to `/api/providers`. An id that it does not list is an error, and so is a scope that the chosen provider lacks |
/// | `allow` | list | rules to turn off; an error that may be meant ends with the line to write |
/// | `crate` | path | where this crate is, if its dependency is renamed: `crate = ::bank` |
/// | `"name"` | text | in quotes: a parameter that this crate does not know, sent as it stands |
///
/// `state` and `code_challenge` are not among them: each sign-in has its own ([`AuthLink::begin`]).
pub use __private::auth_link;
#[cfg(feature = "builder")]
pub use auth_link_runtime::AuthLinkBuilder;
#[cfg(feature = "client")]
pub use auth_link_runtime::client;
#[cfg(feature = "data")]
pub use auth_link_runtime::data;
pub use auth_link_runtime::{
    AuthLink, AuthorizationCode, AuthorizationRequest, BeginError, Callback, CallbackError, CallbackRejection,
    LinkError, ParsePendingError, ParsePendingKeyError, PendingAuthorization, PendingKey, ServerError, diagnostics,
    pkce,
};

/// What the macro expands to. This is NOT part of this crate's interface.
#[doc(hidden)]
pub mod __private {
    #[cfg(not(rust_analyzer))]
    pub use auth_link_macros::auth_link;
    #[cfg(rust_analyzer)]
    pub use auth_link_macros::auth_link_in_editor as auth_link;
    #[cfg(rust_analyzer)]
    pub use auth_link_runtime::editor_words;
    pub use auth_link_runtime::{checked, fill, text};

    #[cfg(rust_analyzer)]
    pub use crate::__editor_words_of as words;
    pub use crate::__hide_in_editor as hide_in_editor;
}

/// Names the documented item of each word of a call, for an editor.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __editor_words_of {
    ($($module:ident $word:ident)*) => { $(let _ = $crate::__private::editor_words::$module::$word;)* };
}

/// Passes on what an editor does not see.
#[cfg(not(rust_analyzer))]
#[doc(hidden)]
#[macro_export]
macro_rules! __hide_in_editor {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Passes on what an editor does not see.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __hide_in_editor {
    ($($tokens:tt)*) => {};
}

/// A guide: what an application does around a sign-in.
#[cfg(all(feature = "client", any(doc, doctest)))]
#[doc = include_str!("../docs/guide.md")]
pub mod guide {}
