//! A link that is made while the application runs: by its fields, or from its text.

use std::fmt;
use std::str::FromStr;

use auth_link_rules::{CheckedLink, Diagnostic, Draft, Entry, Param, Text, Value};

use crate::link::{AuthLink, LinkError, LinkText};

/// The fields of a link, for an application that knows them only when it runs: from its configuration, or from a person.
///
/// They are held to the rules of `auth_link!`, in its words. What the macro lets one `allow`, and what rests on this crate's dated
/// list of providers, is no error here but one of the [`warnings`](Self::warnings).
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::AuthLink;
///
/// let link = AuthLink::builder()
///     .client_id("acme-7d2f1a")
///     .redirect_uri("https://app.example.com/callback")
///     .scope(["accounts", "balance"])
///     .providers(["uk-ob-all"])
///     .build()?;
/// # Ok::<(), auth_link::LinkError>(())
/// ```
///
/// A value of a list may be several words, as in a link: `.scope(["accounts balance"])`.
#[derive(Clone, Default)]
#[must_use]
pub struct AuthLinkBuilder {
    draft: Draft,
}

impl AuthLink {
    /// Makes a link of fields that are known only when the application runs.
    pub fn builder() -> AuthLinkBuilder {
        AuthLinkBuilder::default()
    }

    /// Reads a link to TrueLayer, as Console's link builder gives it or [`as_str`](Self::as_str) writes it.
    ///
    /// A `state`, `nonce` or `code_challenge` in it is dropped, since each sign-in has its own.
    ///
    /// # Errors
    ///
    /// Every fault of it, each with its field and its place in the text ([`Diagnostic::range`]).
    pub fn parse(link: &str) -> Result<Self, LinkError> {
        AuthLinkBuilder::from_link(link).build()
    }
}

impl FromStr for AuthLink {
    type Err = LinkError;

    /// As [`parse`](Self::parse).
    fn from_str(link: &str) -> Result<Self, LinkError> {
        Self::parse(link)
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $param:ident,)*) => {
        $($(#[$doc])*
        pub fn $name(self, $name: impl Into<String>) -> Self {
            self.with(Param::$param, Value::Text(Text::Quoted($name.into())))
        })*
    };
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident: $param:ident,)*) => {
        $($(#[$doc])*
        pub fn $name<T: Into<String>>(self, $name: impl IntoIterator<Item = T>) -> Self {
            let items = $name.into_iter().map(|item| Text::Quoted(item.into()));
            self.with(Param::$param, Value::List(items.collect()))
        })*
    };
}

impl AuthLinkBuilder {
    /// Begins with a link as Console gives it, to which the other methods add what it lacks. What is wrong with it is told by
    /// [`build`](Self::build).
    pub fn from_link(link: &str) -> Self {
        let mut draft = Draft::default();
        draft.paste(link);
        Self { draft }
    }

    fields! {
        /// The application's client id, as Console shows it. Required.
        client_id: ClientId,
        /// Where the browser comes back to, exactly as registered in Console. Required.
        redirect_uri: RedirectUri,
        /// `code`, which is sent whether written or not.
        response_type: ResponseType,
        /// `form_post`: the code comes in a form.
        response_mode: ResponseMode,
        /// The end user's address.
        user_email: UserEmail,
        /// The provider, already chosen, which `providers` must cover.
        provider_id: ProviderId,
        /// The dialog's language, such as `en`.
        language_id: LanguageId,
        /// The name of this journey in TrueLayer's analytics.
        tracking_id: TrackingId,
        /// The country, already chosen: ISO 3166-1 alpha-2, such as `GB`.
        country_id: CountryId,
        /// `S256`, which is sent with each code challenge.
        code_challenge_method: CodeChallengeMethod,
        /// `live` or `sandbox`; left out, the prefix `sandbox-` of the client id tells.
        environment: Environment,
        /// The origin of a stand-in for TrueLayer's auth server, for tests.
        auth_server: AuthServer,
    }

    lists! {
        /// The permissions that the user is asked for. Required.
        scope: Scope,
        /// What the user may choose from: ids, country-ids and groups.
        providers: Providers,
        /// Ids of providers to hide.
        disable_providers: DisableProviders,
    }

    /// Whether a sign-in has a code challenge. Without it the code is to be exchanged elsewhere.
    pub fn pkce(self, pkce: bool) -> Self {
        self.with(Param::Pkce, Value::Text(Text::Quoted(pkce.to_string())))
    }

    /// Sets a field by its name, for names that come from elsewhere too. A name that TrueLayer's page does not know is sent as it
    /// stands.
    pub fn set(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        let is_known = Param::from_name(&name).is_some();
        self.draft.push(Entry::new(name, !is_known, Value::Text(Text::Quoted(value.into()))));
        self
    }

    /// What may be wrong with the link, though it may work, and what of a given link is dropped.
    #[must_use]
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let mut diagnostics =
            self.draft.check_at_run_time().map_or_else(|diagnostics| diagnostics, |link| link.warnings);
        diagnostics.retain(Diagnostic::is_warning);
        diagnostics
    }

    /// Checks the fields, and makes a link of them.
    ///
    /// # Errors
    ///
    /// Every fault of them.
    pub fn build(self) -> Result<AuthLink, LinkError> {
        match self.draft.check_at_run_time() {
            Ok(CheckedLink { text, pkce, .. }) => Ok(AuthLink { text: LinkText::shared(text, None), pkce }),
            Err(mut diagnostics) => {
                diagnostics.retain(|diagnostic| !diagnostic.is_warning());
                Err(LinkError::new(diagnostics))
            }
        }
    }

    fn with(mut self, param: Param, value: Value) -> Self {
        self.draft.push(Entry::new(param.name().to_owned(), false, value));
        self
    }
}

impl fmt::Debug for AuthLinkBuilder {
    /// Shows which fields there are, not their values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.draft.entries().iter().map(|entry| entry.name.as_str()).collect();
        f.debug_tuple("AuthLinkBuilder").field(&names).finish()
    }
}
