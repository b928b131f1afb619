//! The form of the reference of rules: why a rule exists, its sources, and an example of the mistake and of its correction.

use std::fmt;

/// The entry of one rule in the reference of rules.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Reference {
    /// Why the rule exists, in Markdown.
    pub why: &'static str,
    /// The documents that the rule is based on.
    pub sources: &'static [Source],
    /// Fields with the mistake, as a macro call contains them. `…` stands for many repetitions of the letter before it.
    pub wrong: &'static str,
    /// The same fields without the mistake.
    pub right: &'static str,
}

/// A source of a rule.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Source {
    /// TrueLayer's page "Generate an auth link".
    Page,
    /// Another part of TrueLayer's documentation.
    Document(&'static str),
    /// An RFC, by its number and section.
    Rfc(u16, &'static str),
    /// Another standard.
    Standard(&'static str),
    /// Nothing that TrueLayer documents, but likely from what several independent applications show.
    Observed(&'static str),
    /// The syntax of links in this crate.
    Syntax,
}

/// Writes the source as a phrase in Markdown.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page => f.write_str("[TrueLayer's page](https://docs.truelayer.com/docs/generate-an-auth-link)"),
            Self::Document(title) => write!(f, "TrueLayer's documentation ({title})"),
            Self::Rfc(number, section) => {
                let anchor = if section.starts_with(char::is_numeric) { "section" } else { "appendix" };
                write!(f, "[RFC {number} §{section}](https://www.rfc-editor.org/rfc/rfc{number}#{anchor}-{section})")
            }
            Self::Standard(name) => f.write_str(name),
            Self::Observed(what) => write!(f, "likely, but not documented ({what})"),
            Self::Syntax => f.write_str("the syntax of this crate"),
        }
    }
}
