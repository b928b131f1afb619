//! The `with_…` methods of a link, one for each row of the table of fields that names one.

use auth_link_rules::Param;

use crate::link::{AuthLink, LinkError};

/// Defines the method of one field. Its first valid value is the example.
macro_rules! with_method {
    (none, $variant:ident, $name:ident, $doc:literal, $($valid:literal)?) => {};
    ($with:ident, $variant:ident, $name:ident, $doc:literal, $valid:literal) => {
        #[doc = concat!("Returns the link with `", stringify!($name), "` set. ", $doc)]
        ///
        /// ```
        /// # use auth_link_runtime as auth_link;
        /// use auth_link::{AuthLink, LinkError};
        ///
        /// fn with_value(link: &AuthLink) -> Result<AuthLink, LinkError> {
        #[doc = concat!("    link.", stringify!($with), "(\"", $valid, "\")")]
        /// }
        /// # let text = "https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=info";
        /// # assert!(with_value(&AuthLink { text: auth_link_runtime::LinkText::Fixed(text), pkce: true }).is_ok());
        /// ```
        ///
        /// # Errors
        ///
        /// Returns an error if:
        ///
        /// - the value is invalid by the rules of `auth_link!`, alone or in this link;
        /// - the link with the value is longer than 16 KiB.
        ///
        /// Rules that `allow` can allow, and findings that rest on this crate's dated list of providers, are
        /// [`warnings`](AuthLink::warnings) instead.
        pub fn $with(&self, $name: &str) -> Result<Self, LinkError> {
            self.with(Param::$variant, $name)
        }
    };
}

/// Defines the method of each row of the table of fields.
macro_rules! with_methods {
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
        impl AuthLink {
            $(with_method!($with, $variant, $name, $doc, $($valid)?);)*
        }
    };
}

auth_link_rules::fields!(with_methods);
