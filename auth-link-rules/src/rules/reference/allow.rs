//! The reference of the rule of `allow`.

use crate::reference::Reference;
use crate::reference::Source::Syntax;

pub(crate) const unknown_allowed_rule: Reference = Reference {
    why: "`allow` takes the names of rules that can be allowed. The names are in the table above.",
    sources: &[Syntax],
    wrong: "allow = [missing_scope]",
    right: "allow = [missing_required_scope]",
};
