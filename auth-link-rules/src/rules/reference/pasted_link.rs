//! The reference of the rules of a link that is pasted as one text.

use crate::reference::Reference;
use crate::reference::Source::{Document, Page, Rfc};

pub(crate) const unexpected_link_address: Reference = Reference {
    why: "A link leads to `auth.truelayer.com` or `auth.truelayer-sandbox.com`, over https.",
    sources: &[Document("Live and sandbox environments")],
    wrong: r#""https://auth.example.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts""#,
    right: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts""#,
};

pub(crate) const unexpected_link_path: Reference = Reference {
    why: "The path of a link is `/`. Paths such as `/authorize` belong to other servers.",
    sources: &[Page],
    wrong: r#""https://auth.truelayer.com/authorize?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts""#,
    right: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts""#,
};

pub(crate) const unexpected_link_fragment: Reference = Reference {
    why: "A browser does not send the text after `#`, so a parameter is lost.",
    sources: &[Rfc(3986, "3.5")],
    wrong: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts#balance""#,
    right: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts%20balance""#,
};

pub(crate) const malformed_link_encoding: Reference = Reference {
    why: "Each value is percent-encoded UTF-8, and parameters are separated by `&`. `&amp;` belongs to HTML.",
    sources: &[Rfc(3986, "2.1")],
    wrong: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts%2&language_id=en""#,
    right: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts%20balance&language_id=en""#,
};

pub(crate) const dropped_link_parameter: Reference = Reference {
    why: "A `state`, `nonce` or `code_challenge` in a link is dropped: each authorization adds its own.",
    sources: &[Rfc(6749, "10.12"), Rfc(7636, "7.1")],
    wrong: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts&state=abc""#,
    right: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts""#,
};

pub(crate) const undocumented_link_parameter: Reference = Reference {
    why: "A parameter that TrueLayer's page does not list is sent unchanged, and probably has no effect.",
    sources: &[Page],
    wrong: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts&dark_mode=true""#,
    right: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts""#,
};

pub(crate) const duplicate_link_parameter: Reference = Reference {
    why: "A parameter or a word that a pasted link repeats is sent once.",
    sources: &[Rfc(6749, "3.1")],
    wrong: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts%20balance%20accounts""#,
    right: r#""https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=accounts%20balance""#,
};
