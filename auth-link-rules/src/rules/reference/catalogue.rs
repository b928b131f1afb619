//! The reference of the rules of `catalogue`.

use crate::reference::Reference;
use crate::reference::Source::Document;

pub(crate) const provider_not_in_catalogue: Reference = Reference {
    why: "TrueLayer offers an application only the providers of its own list, of which `catalogue` is a copy.",
    sources: &[Document("OpenAPI description of the authentication server")],
    wrong: r#"catalogue = "providers.json",
providers = ["uk-ob-hsbc"]"#,
    right: r#"catalogue = "providers.json",
providers = ["uk-ob-monzo"]"#,
};

pub(crate) const scope_not_offered: Reference = Reference {
    why: "The preselected provider does not offer this scope, according to the application's copy of TrueLayer's list.",
    sources: &[Document("OpenAPI description of the authentication server")],
    wrong: r#"catalogue = "providers.json",
scope = [accounts, direct_debits],
provider_id = ob_monzo"#,
    right: r#"catalogue = "providers.json",
scope = [accounts, balance],
provider_id = ob_monzo"#,
};
