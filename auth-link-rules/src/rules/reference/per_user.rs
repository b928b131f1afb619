//! The reference of the rules of `user_email` and `tracking_id`.

use crate::reference::Reference;
use crate::reference::Source::{Document, Observed, Page, Rfc};

pub(crate) const invalid_user_email: Reference = Reference {
    why: "The value is one plain address of at most 254 bytes. The messages never show it.",
    sources: &[Page, Rfc(5321, "4.5.3.1.3")],
    wrong: r#"user_email = "jo.example.com",
allow = [fixed_user_email]"#,
    right: r#"// LINK.with_user_email("jo@example.com")"#,
};

pub(crate) const fixed_user_email: Reference = Reference {
    why: "A link that is compiled has the same address for every user.",
    sources: &[Page],
    wrong: r#"user_email = "jo@example.com""#,
    right: "// LINK.with_user_email(&user.email)",
};

pub(crate) const invalid_tracking_id: Reference = Reference {
    why: "The value consists of printable characters.",
    sources: &[Observed("TrueLayer documents no format; a control character is a mistake")],
    wrong: r#"tracking_id = "a\tb",
allow = [fixed_tracking_id]"#,
    right: r#"// LINK.with_tracking_id("a-b")"#,
};

pub(crate) const fixed_tracking_id: Reference = Reference {
    why: "TrueLayer's analytics tell journeys apart by this id, so each authorization needs its own.",
    sources: &[Page, Document("OpenAPI description of client tracking")],
    wrong: r#"tracking_id = "journey""#,
    right: "// LINK.with_tracking_id(&journey)",
};
