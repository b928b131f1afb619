//! A link that was checked, before any sign-in with it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use auth_link_rules::{Diagnostic, Param, amend, get, warnings};

/// A TrueLayer auth link whose every value was checked; what is left to add is fresh in each sign-in ([`begin`]).
///
/// The macro `auth_link!` makes one as a constant, which is best kept in a `static`: a `const` would make a new one in each use.
///
/// Cloning one is cheap. Two links are equal if their texts are, and what [`issuer`] and the field `pkce` say.
///
/// [`begin`]: Self::begin
/// [`issuer`]: Self::issuer
#[derive(Clone, PartialEq, Eq)]
pub struct AuthLink {
    pub(crate) text: LinkText,
    pub(crate) pkce: bool,
}

/// What the macro expands to: `text` is a link that holds every rule.
#[doc(hidden)]
#[must_use]
pub const fn checked(text: &'static str, pkce: bool) -> AuthLink {
    AuthLink { text: LinkText::Fixed(text), pkce }
}

/// What the macro expands to where values are known only at run time: the rest of `link` is checked, and `values` are the rest.
#[doc(hidden)]
pub fn fill(link: &AuthLink, values: &[(&str, Option<String>)]) -> Result<AuthLink, LinkError> {
    let values = values.iter().filter_map(|(name, value)| Some((Param::from_name(name)?, value.as_deref()?)));
    let values: Vec<(Param, &str)> = values.collect();
    link.with_all(&values)
}

impl AuthLink {
    /// The link without what a sign-in adds. It must not be followed as it is: [`begin`](Self::begin) adds the state.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The link with the address of the end user, which TrueLayer's page advises unregulated clients to send.
    ///
    /// # Errors
    ///
    /// A text that is not one plain address. The error does not show it.
    pub fn with_user_email(&self, user_email: &str) -> Result<Self, LinkError> {
        self.with(Param::UserEmail, user_email)
    }

    /// The link with the name of this journey in TrueLayer's Auth Journey Analytics. Use a new one for each sign-in.
    ///
    /// # Errors
    ///
    /// An empty text, or one with control characters.
    pub fn with_tracking_id(&self, tracking_id: &str) -> Result<Self, LinkError> {
        self.with(Param::TrackingId, tracking_id)
    }

    /// The link with the provider already chosen, by its id, such as `ob-monzo`. The user does not see the selection.
    ///
    /// # Errors
    ///
    /// A group, a country-id, what cannot be an id, and an id that the link's `providers` do not cover or that it disables.
    /// What rests on this crate's dated list of providers is no error but one of [`warnings`](Self::warnings).
    pub fn with_provider_id(&self, provider_id: &str) -> Result<Self, LinkError> {
        self.with(Param::ProviderId, provider_id)
    }

    /// The link with the dialog's language, such as `en`; without it the browser's language decides.
    ///
    /// # Errors
    ///
    /// What is not a code of two letters. A language that TrueLayer's page does not list is one of
    /// [`warnings`](Self::warnings).
    pub fn with_language_id(&self, language_id: &str) -> Result<Self, LinkError> {
        self.with(Param::LanguageId, language_id)
    }

    /// The link with the country already chosen, by its code of ISO 3166-1 alpha-2, such as `GB`. The user does not see the
    /// selection.
    ///
    /// # Errors
    ///
    /// What is not a code of two letters. A code that ISO does not know, and a country of none of the providers, is one of
    /// [`warnings`](Self::warnings).
    pub fn with_country_id(&self, country_id: &str) -> Result<Self, LinkError> {
        self.with(Param::CountryId, country_id)
    }

    /// The same link at a stand-in for TrueLayer's auth server, for tests: `CONNECT.with_auth_server("http://localhost:8080")`.
    ///
    /// # Errors
    ///
    /// What is not an origin (scheme, host and port), and `http` for a host that is neither this machine nor on a network of
    /// one's own.
    pub fn with_auth_server(&self, origin: &str) -> Result<Self, LinkError> {
        self.with(Param::AuthServer, origin)
    }

    /// The same link, whose callbacks may name `issuer` as the server that they come from (`iss`, RFC 9207). Otherwise that is
    /// the origin of the auth server. A callback without `iss` is fine either way; a callback with another is refused.
    ///
    /// An empty text, and one with control characters, names none: then it is the origin again. [`with_auth_server`](Self::with_auth_server) keeps it.
    #[must_use]
    pub fn with_issuer(&self, issuer: &str) -> Self {
        let is_own = issuer.strip_suffix('/').unwrap_or(issuer) == self.text.auth_server();
        let is_none = issuer.trim_matches('/').is_empty() || issuer.chars().any(char::is_control);
        let issuer = (!is_own && !is_none).then(|| issuer.to_owned());
        let text = LinkText::shared(self.text.to_string(), issuer);
        Self { text, pkce: self.pkce }
    }

    /// What may be wrong with the link, though it may work: what the macro was told to allow, and what the dated list of
    /// providers has against a value that was added since. What may be wrong with the redirect URI is among it only with the
    /// feature `builder`.
    #[must_use]
    pub fn warnings(&self) -> Vec<Diagnostic> {
        warnings(&self.text)
    }

    fn with(&self, param: Param, value: &str) -> Result<Self, LinkError> {
        self.with_all(&[(param, value)])
    }

    fn with_all(&self, values: &[(Param, &str)]) -> Result<Self, LinkError> {
        let text = amend(&self.text, values).map_err(LinkError::new)?;
        Ok(Self { text: LinkText::shared(text, self.text.issuer().map(str::to_owned)), pkce: self.pkce })
    }
}

impl fmt::Debug for AuthLink {
    /// Shows what is the application's, and of the user's values only that they are there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut link = f.debug_struct("AuthLink");
        link.field("auth_server", &self.text.auth_server());
        for param in [Param::ClientId, Param::Scope, Param::Providers, Param::ProviderId] {
            if let Some(value) = self.text.get(param) {
                link.field(param.name(), &value);
            }
        }
        link.field("pkce", &self.pkce).finish_non_exhaustive()
    }
}

/// Why a value cannot be part of a link. Its text names every diagnostic and what to write instead, and never
/// an e-mail address.
///
/// `auth_link!` with braces is a `Result<AuthLink, LinkError>`, since its values are checked when the application runs. No
/// `const` or `static` can hold that: put it into a [`LazyLock`](std::sync::LazyLock), or keep the link constant and add the
/// values of each user with [`AuthLink::with_user_email`] and its like.
#[derive(Clone)]
pub struct LinkError {
    diagnostics: Vec<Diagnostic>,
}

impl LinkError {
    pub(crate) fn new(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics }
    }

    /// Each diagnostic by itself.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LinkError({:?})", self.to_string())
    }
}

impl std::error::Error for LinkError {}

/// The text of a link: a constant's own, or shared by all that is made from it.
#[derive(Clone)]
pub(crate) enum LinkText {
    Fixed(&'static str),
    Shared(Arc<Shared>),
}

pub(crate) struct Shared {
    text: String,
    issuer: Option<String>,
}

impl LinkText {
    pub(crate) fn shared(text: String, issuer: Option<String>) -> Self {
        Self::Shared(Arc::new(Shared { text, issuer }))
    }

    /// The issuer that the link names for its auth server, if it is not the origin.
    pub(crate) fn issuer(&self) -> Option<&str> {
        match self {
            Self::Fixed(_) => None,
            Self::Shared(shared) => shared.issuer.as_deref(),
        }
    }

    /// The origin that the link leads to.
    pub(crate) fn auth_server(&self) -> &str {
        self.split_once("/?").map_or(self, |(origin, _)| origin)
    }

    pub(crate) fn get(&self, param: Param) -> Option<Cow<'_, str>> {
        get(self, param)
    }

    /// The value, or nothing.
    pub(crate) fn value(&self, param: Param) -> Cow<'_, str> {
        self.get(param).unwrap_or_default()
    }
}

impl Deref for LinkText {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Shared(shared) => &shared.text,
        }
    }
}

impl PartialEq for LinkText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other && self.issuer() == other.issuer()
    }
}

impl Eq for LinkText {}
