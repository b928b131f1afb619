//! The reference of the rule of a link's length.

use crate::reference::Reference;
use crate::reference::Source::Rfc;

pub(crate) const oversized_link: Reference = Reference {
    why: "Most servers refuse an address of more than 16 KiB. No other rule checks such a link.",
    sources: &[Rfc(9110, "4.1")],
    wrong: r#""data" = "aaaa…""#,
    right: r#""data" = "aaaa""#,
};
