//! The reference of the rules of fields in general.

use crate::reference::Reference;
use crate::reference::Source::{Observed, Page, Rfc, Syntax};

pub(crate) const unknown_field: Reference = Reference {
    why: "A name without quotes must be a parameter of TrueLayer's page or an option of this crate, so that a misspelled name is an error.",
    sources: &[Page, Syntax],
    wrong: "scopes = [accounts]",
    right: "scope = [accounts]",
};

pub(crate) const invalid_quoted_field: Reference = Reference {
    why: "A name in quotes is a parameter that this crate does not know. A known name has no quotes, and no name or value contains control characters.",
    sources: &[Syntax],
    wrong: r#""language_id" = "en""#,
    right: "language_id = en",
};

pub(crate) const retired_field: Reference = Reference {
    why: "Parameters of links before 2020, such as `enable_mock`, have a replacement: `providers`, or `state` and the code challenge for `nonce`.",
    sources: &[Observed("links of 2017 to 2020 have them; TrueLayer's page does not list them")],
    wrong: "enable_mock = true",
    right: "providers = [uk_cs_mock]",
};

pub(crate) const client_secret_in_link: Reference = Reference {
    why: "Every user can read a link, so it must not contain the client secret. Only the exchange of the code sends it.",
    sources: &[Rfc(6749, "2.3.1")],
    wrong: r#"client_secret = "…""#,
    right: "// LINK.client(secret) sends it, from the server.",
};

pub(crate) const fixed_one_time_parameter: Reference = Reference {
    why: "A state or a code challenge protects a user only if each authorization has a new one.",
    sources: &[Rfc(6749, "10.12"), Rfc(7636, "7.1")],
    wrong: r#"state = "abc""#,
    right: "// LINK.begin() adds a new state and code challenge.",
};

pub(crate) const duplicate_field: Reference = Reference {
    why: "A server reads only one value of a repeated parameter, and which one is not defined.",
    sources: &[Rfc(6749, "3.1")],
    wrong: "language_id = en,\nlanguage_id = fr",
    right: "language_id = en",
};

pub(crate) const missing_required_field: Reference = Reference {
    why: "TrueLayer's page requires `client_id`, `redirect_uri` and `scope`.",
    sources: &[Page],
    wrong: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback""#,
    right: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts""#,
};

pub(crate) const empty_field: Reference = Reference {
    why: "A parameter without a value counts as left out, so its field is a mistake.",
    sources: &[Rfc(6749, "3.1")],
    wrong: r#"tracking_id = """#,
    right: "// Remove the field, or write a value.",
};

pub(crate) const list_for_single_value: Reference = Reference {
    why: "Only `scope`, `providers`, `disable_providers` and `allow` are lists.",
    sources: &[Page, Syntax],
    wrong: "language_id = [en, fr]",
    right: "language_id = en",
};

pub(crate) const unquoted_text: Reference = Reference {
    why: "A field without a vocabulary of its own takes text in quotes. A constant of the application goes in braces.",
    sources: &[Syntax],
    wrong: "redirect_uri = CALLBACK",
    right: r#"redirect_uri = "https://app.example.com/callback""#,
};

pub(crate) const runtime_value_for_compile_time_field: Reference = Reference {
    why: "Braces hold a value of a container or of one authorization. The other fields must be known at compile time, since the rules need their values.",
    sources: &[Syntax],
    wrong: "scope = { scopes }",
    right: "scope = [info, accounts]",
};

pub(crate) const compile_time_field_at_run_time: Reference = Reference {
    why: "`allow` and `catalogue` are options of the macro. At run time, rules that can be allowed only warn.",
    sources: &[Syntax],
    wrong: r#"AuthLink::builder().set("allow", "missing_required_scope")"#,
    right: r#"AuthLink::builder().set("language_id", "en")"#,
};
