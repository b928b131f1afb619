//! Words of an answer, of which there may be more tomorrow: those that this release does not know are kept.

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

            /// The word as the API has it.
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
