//! The reference of the rules of `redirect_uri`.

use crate::reference::Reference;
use crate::reference::Source::{Page, Rfc, Standard};

pub(crate) const invalid_redirect_uri_character: Reference = Reference {
    why: "A URI contains no white space, control characters or backslashes.",
    sources: &[Rfc(3986, "2")],
    wrong: r#"redirect_uri = "https://app.example.com/call back""#,
    right: r#"redirect_uri = "https://app.example.com/callback""#,
};

pub(crate) const relative_redirect_uri: Reference = Reference {
    why: "A redirect URI is absolute: it begins with a scheme. It is written unencoded, since the link encodes it.",
    sources: &[Rfc(6749, "3.1.2")],
    wrong: r#"redirect_uri = "app.example.com/callback""#,
    right: r#"redirect_uri = "https://app.example.com/callback""#,
};

pub(crate) const unsupported_redirect_uri_scheme: Reference = Reference {
    why: "The browser returns over https or http, or to an app by the app's own scheme. Schemes such as `javascript` and `file` are neither.",
    sources: &[Rfc(8252, "7")],
    wrong: r#"redirect_uri = "htps://app.example.com/callback""#,
    right: r#"redirect_uri = "https://app.example.com/callback""#,
};

pub(crate) const invalid_redirect_uri: Reference = Reference {
    why: "A browser cannot read the address: it has no host, or an invalid host or port.",
    sources: &[Standard("WHATWG URL")],
    wrong: r#"redirect_uri = "https://app.example.com:99999/callback""#,
    right: r#"redirect_uri = "https://app.example.com:8443/callback""#,
};

pub(crate) const insecure_redirect_uri: Reference = Reference {
    why: "The address contains the code, which the network can read over http. Only addresses of this machine need no TLS.",
    sources: &[Rfc(6749, "3.1.2.1"), Rfc(8252, "8.3")],
    wrong: r#"redirect_uri = "http://app.example.com/callback""#,
    right: r#"redirect_uri = "http://localhost:3000/callback""#,
};

pub(crate) const insecure_private_redirect_uri: Reference = Reference {
    why: "Over http, a private network can read the code.",
    sources: &[Rfc(6749, "3.1.2.1"), Rfc(8252, "8.3")],
    wrong: r#"redirect_uri = "http://192.168.1.20/callback""#,
    right: r#"redirect_uri = "https://192.168.1.20/callback""#,
};

pub(crate) const undotted_app_scheme: Reference = Reference {
    why: "Any app can claim a scheme without a dot. The scheme of an app is a domain name in reverse.",
    sources: &[Rfc(8252, "7.1")],
    wrong: r#"redirect_uri = "myapp:/callback""#,
    right: r#"redirect_uri = "com.example.app:/callback""#,
};

pub(crate) const redirect_uri_fragment: Reference = Reference {
    why: "A browser does not send the text after `#`.",
    sources: &[Rfc(6749, "3.1.2")],
    wrong: r#"redirect_uri = "https://app.example.com/#/callback""#,
    right: r#"redirect_uri = "https://app.example.com/callback""#,
};

pub(crate) const redirect_uri_user_info: Reference = Reference {
    why: "A redirect URI contains no user name or password, since every user can read it.",
    sources: &[Rfc(3986, "7.5")],
    wrong: r#"redirect_uri = "https://jo:secret@app.example.com/callback""#,
    right: r#"redirect_uri = "https://app.example.com/callback""#,
};

pub(crate) const redirect_uri_wildcard: Reference = Reference {
    why: "TrueLayer compares the whole address with the registered ones.",
    sources: &[Page, Rfc(9700, "2.1")],
    wrong: r#"redirect_uri = "https://*.example.com/callback""#,
    right: r#"redirect_uri = "https://app.example.com/callback""#,
};

pub(crate) const reserved_redirect_uri_parameter: Reference = Reference {
    why: "The callback adds parameters such as `code` and `state` to the query, which must not have them already.",
    sources: &[Rfc(6749, "4.1.2")],
    wrong: r#"redirect_uri = "https://app.example.com/callback?code=1""#,
    right: r#"redirect_uri = "https://app.example.com/callback?from=bank""#,
};

pub(crate) const non_normalized_redirect_uri: Reference = Reference {
    why: "A browser returns to the normalized form of the address. TrueLayer compares the text that was written, so both should be equal.",
    sources: &[Standard("WHATWG URL"), Page],
    wrong: r#"redirect_uri = "https://App.example.com:443/callback""#,
    right: r#"redirect_uri = "https://app.example.com/callback""#,
};
