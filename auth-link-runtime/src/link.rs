//! The checked link, and the errors of values that are added to it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use auth_link_rules::{Diagnostic, Param, amend, get, is_form_post, warnings};

/// A checked TrueLayer auth link. [`begin`] adds the state and the code challenge of one authorization.
///
/// The macro `auth_link!` creates a constant one. Keep it in a `static`: a `const` creates a new value at each use.
///
/// A clone shares the text. Two links are equal if they have the same text, the same [issuer] and the same field `pkce`.
///
/// [`begin`]: Self::begin
/// [issuer]: Self::with_issuer
#[derive(Clone, PartialEq, Eq)]
pub struct AuthLink {
    // The macro expands to a literal of this struct, which costs the compiler less than a call of a function. The fields are NOT
    // part of this crate's interface.
    #[doc(hidden)]
    pub text: LinkText,
    #[doc(hidden)]
    pub pkce: bool,
}

/// Adds values that are known only at run time to a link that is valid without them. The macro expands to it.
///
/// # Errors
///
/// Returns every error in the values.
#[doc(hidden)]
pub fn fill(link: &AuthLink, values: &[(&str, Option<String>)]) -> Result<AuthLink, LinkError> {
    let values = values.iter().filter_map(|(name, value)| Some((Param::from_name(name)?, value.as_deref()?)));
    // The macro writes each field once.
    let (mut set, mut length) = ([(Param::ClientId, ""); Param::ALL.len()], 0);
    for (slot, value) in set.iter_mut().zip(values) {
        *slot = value;
        length += 1;
    }
    link.with_all(&set[..length])
}

impl AuthLink {
    /// Returns the link without a state and a code challenge.
    ///
    /// Do not redirect a browser to it: [`begin`](Self::begin) returns the URL for that.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    ///
    /// /// Returns a text that `AuthLink::parse` reads (feature `builder`).
    /// fn saved(link: &AuthLink) -> String {
    ///     link.as_str().to_owned()
    /// }
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the link with another issuer: the `iss` of its callbacks (RFC 9207). The default is the origin of the auth server.
    ///
    /// A callback with another `iss` is refused; a callback without `iss` is not. A text that is empty, is longer than 2,048
    /// bytes or has control characters restores the default. [`with_auth_server`](Self::with_auth_server) keeps the issuer.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    ///
    /// /// For a mock server that the browser reaches under another name than its own.
    /// fn link(link: &AuthLink) -> AuthLink {
    ///     link.with_issuer("http://mock.internal:8080")
    /// }
    /// ```
    #[must_use]
    pub fn with_issuer(&self, issuer: &str) -> Self {
        let is_default = issuer.strip_suffix('/').unwrap_or(issuer) == self.text.auth_server();
        let is_invalid = issuer.len() > MAX_ISSUER_LEN
            || issuer.trim_matches('/').is_empty()
            || issuer.chars().any(char::is_control);
        let issuer = (!is_default && !is_invalid).then_some(issuer);
        Self { text: LinkText::new(Arc::from(&*self.text), self.text.is_form_post(), issuer), pkce: self.pkce }
    }

    /// Returns the warnings about the link: the errors that `allow` allowed, and findings about values that were added to it.
    ///
    /// Warnings about the redirect URI need the feature `builder`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    ///
    /// /// Logs the warnings once, at the start.
    /// fn log(link: &AuthLink) {
    ///     for warning in link.warnings() {
    ///         eprintln!("{}: {warning}", warning.rule().name);
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Diagnostic> {
        warnings(&self.text)
    }

    pub(crate) fn with(&self, param: Param, value: &str) -> Result<Self, LinkError> {
        self.with_all(&[(param, value)])
    }

    fn with_all(&self, values: &[(Param, &str)]) -> Result<Self, LinkError> {
        let text = amend(&self.text, values).map_err(LinkError::new)?;
        let is_form_post = if values.iter().any(|(param, _)| *param == Param::ResponseMode) {
            is_form_post(&text)
        } else {
            self.text.is_form_post()
        };
        Ok(Self { text: LinkText::new(text, is_form_post, self.text.issuer()), pkce: self.pkce })
    }
}

/// The limit of an issuer, in bytes: a pending authorization contains it.
const MAX_ISSUER_LEN: usize = 2048;

impl fmt::Debug for AuthLink {
    /// Shows the values of the application, and no value of the user, such as the preselected bank.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut link = f.debug_struct("AuthLink");
        link.field("auth_server", &self.text.auth_server());
        for param in [Param::ClientId, Param::Scope, Param::Providers] {
            if let Some(value) = self.text.get(param) {
                link.field(param.name(), &value);
            }
        }
        link.field("pkce", &self.pkce).finish_non_exhaustive()
    }
}

/// The errors in the values of a link.
///
/// Its text is each message with its help, one below the other. It never shows an email address.
///
/// `auth_link!` with values in braces returns `Result<AuthLink, LinkError>`, since these values are checked at run time. That
/// call cannot be a `const` or `static`. Store it in a [`LazyLock`](std::sync::LazyLock), or add the values of each user to a
/// constant link with [`AuthLink::with_user_email`] and similar methods.
#[derive(Clone)]
pub struct LinkError {
    diagnostics: Vec<Diagnostic>,
}

impl LinkError {
    pub(crate) fn new(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics }
    }

    /// Returns the errors, each with its rule and its field.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{AuthLink, LinkError};
    ///
    /// /// Returns whether the user's email address is the cause, so that the form can show it.
    /// fn is_email(error: &LinkError) -> bool {
    ///     error.diagnostics().iter().any(|diagnostic| diagnostic.field() == Some("user_email"))
    /// }
    /// ```
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

/// The text of a link: that of a constant, or one that its clones and pending authorizations share.
#[derive(Clone)]
#[doc(hidden)]
pub enum LinkText {
    Fixed(&'static str),
    /// A constant whose link requests a form (`response_mode = form_post`).
    FixedForm(&'static str),
    Shared(Arc<str>),
    SharedForm(Arc<str>),
    WithIssuer(Arc<WithIssuer>),
}

/// A link with another issuer than the origin of its auth server.
#[doc(hidden)]
#[expect(unnameable_types, reason = "the macro names only the variants of constants")]
pub struct WithIssuer {
    text: Arc<str>,
    issuer: String,
    is_form_post: bool,
}

impl LinkText {
    /// Creates the text of a link that was read or built at run time.
    pub(crate) fn shared(text: &str, issuer: Option<&str>) -> Self {
        Self::new(Arc::from(text), is_form_post(text), issuer)
    }

    fn new(text: Arc<str>, is_form_post: bool, issuer: Option<&str>) -> Self {
        match (issuer, is_form_post) {
            (None, false) => Self::Shared(text),
            (None, true) => Self::SharedForm(text),
            (Some(issuer), _) => {
                Self::WithIssuer(Arc::new(WithIssuer { text, issuer: issuer.to_owned(), is_form_post }))
            }
        }
    }

    /// Returns whether the link requests a form (`response_mode = form_post`).
    pub(crate) fn is_form_post(&self) -> bool {
        match self {
            Self::Fixed(_) | Self::Shared(_) => false,
            Self::FixedForm(_) | Self::SharedForm(_) => true,
            Self::WithIssuer(link) => link.is_form_post,
        }
    }

    /// Returns the issuer, if it is not the origin of the auth server.
    pub(crate) fn issuer(&self) -> Option<&str> {
        match self {
            Self::WithIssuer(link) => Some(&link.issuer),
            _ => None,
        }
    }

    /// Returns the origin of the auth server.
    pub(crate) fn auth_server(&self) -> &str {
        self.split_once("/?").map_or(self, |(origin, _)| origin)
    }

    pub(crate) fn get(&self, param: Param) -> Option<Cow<'_, str>> {
        get(self, param)
    }

    /// Returns the value of a parameter; empty if the link does not have it.
    pub(crate) fn value(&self, param: Param) -> Cow<'_, str> {
        self.get(param).unwrap_or_default()
    }
}

impl Deref for LinkText {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Fixed(text) | Self::FixedForm(text) => text,
            Self::Shared(text) | Self::SharedForm(text) => text,
            Self::WithIssuer(link) => &link.text,
        }
    }
}

impl PartialEq for LinkText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other && self.issuer() == other.issuer()
    }
}

impl Eq for LinkText {}
