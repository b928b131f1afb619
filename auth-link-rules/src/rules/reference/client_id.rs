//! The reference of the rules of `client_id`.

use crate::reference::Reference;
use crate::reference::Source::{Document, Observed, Rfc};

pub(crate) const invalid_client_id: Reference = Reference {
    why: "A client id is one printable ASCII word. `<`, `{` and `$` belong to a placeholder that was left in.",
    sources: &[Rfc(6749, "A.1"), Document("Console")],
    wrong: r#"client_id = "<client id>""#,
    right: r#"client_id = "acme-7d2f1a""#,
};

pub(crate) const client_id_looks_like_secret: Reference = Reference {
    why: "TrueLayer's client secrets are UUIDs, and its client ids are not. A secret that was published must be replaced.",
    sources: &[Observed("ids and secrets in public code")],
    wrong: r#"client_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8""#,
    right: r#"client_id = "acme-7d2f1a""#,
};
