//! Rules of `client_id`.

use crate::Param;
use crate::link::Link;
use crate::problem::Found;

/// An id is one printable word; what a template leaves in (`<client id>`, `{client_id}`, `$CLIENT_ID`) is not.
pub(crate) fn client_id_characters(link: &Link<'_>) -> Vec<Found> {
    let Some(id) = link.single(Param::ClientId) else {
        return Vec::new();
    };
    let impossible = |c: char| c.is_whitespace() || c.is_control() || !c.is_ascii() || "<>{}$\"'".contains(c);
    let Some(c) = id.text.chars().find(|&c| impossible(c)) else {
        return Vec::new();
    };
    let fault = if c.is_whitespace() {
        "unexpected white space in `client_id`".to_owned()
    } else {
        format!("unexpected `{}` in `client_id`", c.escape_debug())
    };
    vec![Found::new(id.place, fault, "write the id that TrueLayer's Console shows, such as `acme-7d2f1a`")]
}

/// Client secrets look like UUIDs, client ids do not.
pub(crate) fn client_id_uuid(link: &Link<'_>) -> Vec<Found> {
    let Some(id) = link.single(Param::ClientId) else {
        return Vec::new();
    };
    let groups: Vec<_> = id.text.split('-').map(str::len).collect();
    if groups != [8, 4, 4, 4, 12] || !id.text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()) {
        return Vec::new();
    }
    let help = "a client id reads like `acme-7d2f1a`; a secret that was ever published must be replaced";
    vec![Found::new(id.place, "`client_id` is a UUID, as TrueLayer's client secrets are", help)]
}
