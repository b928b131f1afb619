//! Enums of words in a response. TrueLayer may add words, so unknown ones are kept as text.

macro_rules! open_enum {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$word_doc])* $word,)*
            /// A word that this release does not know.
            Other(String),
        }

        impl $name {
            pub(crate) fn read(text: &str) -> Self {
                match text {
                    $($text => Self::$word,)*
                    other => Self::Other(other.to_owned()),
                }
            }

            /// Returns the word, as TrueLayer writes it.
            ///
            /// ```
            /// # #[cfg(feature = "data")] {
            /// # use auth_link_runtime as auth_link;
            /// use auth_link::data::AccountType;
            ///
            /// assert_eq!(AccountType::Savings.as_str(), "SAVINGS");
            /// # }
            /// ```
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$word => $text,)*
                    Self::Other(other) => other,
                }
            }
        }
    )*};
}

pub(crate) use open_enum;
