//! The reference of the rules of the fields that select the flow and its response.

use crate::reference::Reference;
use crate::reference::Source::{Page, Standard, Syntax};

pub(crate) const unsupported_response_type: Reference = Reference {
    why: "`code` is the only response type. It is sent if the field is left out.",
    sources: &[Page],
    wrong: "response_type = token",
    right: "response_type = code",
};

pub(crate) const unsupported_response_mode: Reference = Reference {
    why: "TrueLayer sends the code in a form (`form_post`), or by default in the query.",
    sources: &[Page, Standard("OAuth 2.0 Multiple Response Type Encoding Practices, section 2.1")],
    wrong: "response_mode = fragment",
    right: "response_mode = form_post",
};

pub(crate) const form_post_to_app_scheme: Reference = Reference {
    why: "A form is posted to a web server. An app at its own scheme receives the code in the query.",
    sources: &[Standard("OAuth 2.0 Form Post Response Mode")],
    wrong: r#"redirect_uri = "com.example.app:/callback",
response_mode = form_post"#,
    right: r#"redirect_uri = "com.example.app:/callback""#,
};

pub(crate) const unsupported_code_challenge_method: Reference = Reference {
    why: "`S256` is the only method, and there is none without PKCE.",
    sources: &[Page],
    wrong: "code_challenge_method = plain",
    right: "code_challenge_method = S256",
};

pub(crate) const invalid_pkce: Reference = Reference {
    why: "`pkce = false` is for a code that is exchanged elsewhere. Other values have no meaning.",
    sources: &[Syntax],
    wrong: "pkce = no",
    right: "pkce = false",
};
