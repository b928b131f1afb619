//! Links that are built or parsed at run time.

use std::fmt;
use std::str::FromStr;

use auth_link_rules::{CheckedLink, Diagnostic, Draft, Entry, Param, Text, Value};

use crate::link::{AuthLink, LinkError, LinkText};

/// A builder of links, for fields that are known only at run time: from a configuration file or from user input.
///
/// The fields are checked against the rules of `auth_link!`. Two kinds of errors of the macro are only
/// [`warnings`](Self::warnings) here: those that `allow` can allow, and those that rest on this crate's dated list of providers.
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
/// An item of a list may contain several words, separated by spaces: `.scope(["accounts balance"])`.
#[derive(Clone, Default)]
#[must_use]
pub struct AuthLinkBuilder {
    draft: Draft,
}

impl AuthLink {
    /// Returns a builder without any fields.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{AuthLink, LinkError};
    ///
    /// /// `client_id` and `redirect_uri` come from a configuration file.
    /// fn link(client_id: &str, redirect_uri: &str) -> Result<AuthLink, LinkError> {
    ///     AuthLink::builder().client_id(client_id).redirect_uri(redirect_uri).scope(["accounts"]).build()
    /// }
    /// # assert!(link("acme-7d2f1a", "https://app.example.com/callback").is_ok());
    /// ```
    pub fn builder() -> AuthLinkBuilder {
        AuthLinkBuilder::default()
    }

    /// Parses a link from the link builder of TrueLayer's Console, or from [`as_str`](Self::as_str).
    ///
    /// A `state`, `nonce` or `code_challenge` in it is dropped, since each authorization has its own.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    ///
    /// let text = "https://auth.truelayer.com/?response_type=code&client_id=acme-7d2f1a\
    ///     &redirect_uri=https://app.example.com/callback&scope=acounts";
    /// let error = AuthLink::parse(text).unwrap_err();
    /// assert!(error.to_string().starts_with("unknown scope `acounts`"));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns every error in the link, each with its field and its byte range ([`Diagnostic::range`]).
    pub fn parse(link: &str) -> Result<Self, LinkError> {
        AuthLinkBuilder::from_link(link).build()
    }
}

impl FromStr for AuthLink {
    type Err = LinkError;

    /// Parses a link, as [`parse`](Self::parse) does.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`parse`](Self::parse).
    fn from_str(link: &str) -> Result<Self, LinkError> {
        Self::parse(link)
    }
}

/// Defines the method of one field, by the kind of its value. Its first valid value is the example.
macro_rules! builder_method {
    (none, $variant:ident, $name:ident, $doc:literal, $($valid:literal)?) => {};
    (text, $variant:ident, $name:ident, $doc:literal, $valid:literal) => {
        #[doc = concat!("Sets `", stringify!($name), "`. ", $doc)]
        ///
        /// ```
        /// # use auth_link_runtime as auth_link;
        /// use auth_link::AuthLink;
        ///
        #[doc = concat!("let builder = AuthLink::builder().", stringify!($name), "(\"", $valid, "\");")]
        /// ```
        pub fn $name(self, $name: impl Into<String>) -> Self {
            self.with(Param::$variant, Value::Text(Text::Quoted($name.into())))
        }
    };
    (list, $variant:ident, $name:ident, $doc:literal, $valid:literal) => {
        #[doc = concat!("Sets `", stringify!($name), "`. ", $doc)]
        ///
        /// ```
        /// # use auth_link_runtime as auth_link;
        /// use auth_link::AuthLink;
        ///
        #[doc = concat!("let builder = AuthLink::builder().", stringify!($name), "([\"", $valid, "\"]);")]
        /// ```
        pub fn $name<T: Into<String>>(self, $name: impl IntoIterator<Item = T>) -> Self {
            let items = $name.into_iter().map(|item| Text::Quoted(item.into()));
            self.with(Param::$variant, Value::List(items.collect()))
        }
    };
    (bool, $variant:ident, $name:ident, $doc:literal, $($valid:literal)?) => {
        #[doc = concat!("Sets `", stringify!($name), "`. ", $doc)]
        ///
        /// ```
        /// # use auth_link_runtime as auth_link;
        /// use auth_link::AuthLink;
        ///
        #[doc = concat!("let builder = AuthLink::builder().", stringify!($name), "(false);")]
        /// ```
        pub fn $name(self, $name: bool) -> Self {
            self.with(Param::$variant, Value::Text(Text::Quoted($name.to_string())))
        }
    };
}

/// Defines the method of each row of the table of fields.
macro_rules! builder_methods {
    ($($variant:ident {
        name: $name:ident,
        doc: $doc:literal,
        shape: $shape:ident, part: $part:ident, required: $required:literal, runtime: $runtime:literal,
        builder: $builder:ident, with: $with:ident,
        flag: $flag:ident($($flag_text:literal),*),
        default: $default:literal,
        valid: [$($valid:literal $(, $more:literal)* $(,)?)?],
        $($rest:tt)*
    })*) => {
        impl AuthLinkBuilder {
            $(builder_method!($builder, $variant, $name, $doc, $($valid)?);)*
        }
    };
}

auth_link_rules::fields!(builder_methods);

impl AuthLinkBuilder {
    /// Creates a builder from a link of TrueLayer's Console. The other methods add the missing fields.
    ///
    /// [`build`](Self::build) reports the errors in the link.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{AuthLink, AuthLinkBuilder, LinkError};
    ///
    /// /// `link` is a link of TrueLayer's Console.
    /// fn in_french(link: &str) -> Result<AuthLink, LinkError> {
    ///     AuthLinkBuilder::from_link(link).language_id("fr").build()
    /// }
    /// ```
    pub fn from_link(link: &str) -> Self {
        let mut draft = Draft::default();
        draft.paste(link);
        Self { draft }
    }

    /// Sets a field by its name, such as a name from a configuration file.
    ///
    /// A parameter that TrueLayer's page does not list is sent unchanged.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{AuthLink, LinkError};
    ///
    /// /// `fields` are the names and the values of a configuration file.
    /// fn link(fields: &[(&str, &str)]) -> Result<AuthLink, LinkError> {
    ///     fields.iter().fold(AuthLink::builder(), |builder, (name, value)| builder.set(*name, *value)).build()
    /// }
    /// ```
    pub fn set(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        let is_known = Param::from_name(&name).is_some();
        self.draft.push(Entry::new(name, !is_known, Value::Text(Text::Quoted(value.into()))));
        self
    }

    /// Returns the warnings about the link, such as a dropped parameter of [`from_link`](Self::from_link).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLinkBuilder;
    ///
    /// let text = "https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback\
    ///     &scope=accounts&nonce=1";
    /// for warning in AuthLinkBuilder::from_link(text).warnings() {
    ///     println!("{}: {warning}", warning.rule().name);
    /// }
    /// # assert!(!AuthLinkBuilder::from_link(text).warnings().is_empty());
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let mut diagnostics =
            self.draft.check_at_run_time().map_or_else(|diagnostics| diagnostics, |link| link.warnings);
        diagnostics.retain(Diagnostic::is_warning);
        diagnostics
    }

    /// Checks the fields and builds the link.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    ///
    /// let error = AuthLink::builder().client_id("acme-7d2f1a").scope(["accounts"]).build().unwrap_err();
    /// assert_eq!(error.diagnostics()[0].field(), Some("redirect_uri"));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns every error in the fields.
    pub fn build(self) -> Result<AuthLink, LinkError> {
        match self.draft.check_at_run_time() {
            Ok(CheckedLink { text, pkce, .. }) => Ok(AuthLink { text: LinkText::shared(&text, None), pkce }),
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
    /// Shows the names of the fields, not their values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.draft.entries().iter().map(|entry| entry.name.as_str()).collect();
        f.debug_tuple("AuthLinkBuilder").field(&names).finish()
    }
}
