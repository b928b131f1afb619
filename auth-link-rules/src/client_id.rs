//! Rules of `client_id`.

use crate::Param;
use crate::link::Link;
use crate::problem::Found;

/// An id is one printable word; what a template leaves in (`<client id>`, `{client_id}`, `$CLIENT_ID`) is not.
pub(crate) fn client_id_characters(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(id) = link.single(Param::ClientId) else { return };
    for c in id.text.chars() {
        let fault = if c.is_whitespace() {
            "unexpected white space in `client_id`".to_owned()
        } else if c.is_control() || !c.is_ascii() || "<>{}$\"'".contains(c) {
            format!("unexpected `{}` in `client_id`", c.escape_debug())
        } else {
            continue;
        };
        let help = "write the id that TrueLayer's Console shows, such as `acme-7d2f1a`";
        found.push(Found::new(id.place, fault, help));
        break;
    }
}

/// Client secrets look like UUIDs, client ids do not.
pub(crate) fn client_id_uuid(link: &Link<'_>, found: &mut Vec<Found>) {
    const HYPHENS: [usize; 4] = [8, 13, 18, 23];
    let Some(id) = link.single(Param::ClientId) else { return };
    let is_of_uuid =
        |(at, byte): (usize, u8)| if HYPHENS.contains(&at) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    if id.text.len() == 36 && id.text.bytes().enumerate().all(is_of_uuid) {
        let help = "a client id reads like `acme-7d2f1a`; a secret that was ever published must be replaced";
        found.push(Found::new(id.place, "`client_id` is a UUID, as TrueLayer's client secrets are", help));
    }
}
