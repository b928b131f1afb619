//! Rules of `client_id`.

use crate::diagnostic::Finding;
use crate::text::all_bytes;
use crate::view::DraftView;
use crate::vocabulary::parameter::Param;

/// An id is one printable word without the characters of placeholders (`<client id>`, `{client_id}`, `$CLIENT_ID`).
pub(crate) fn invalid_client_id(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(id) = view.single(Param::ClientId) else { return };
    let is_placeholder = |byte| matches!(byte, b'<' | b'>' | b'{' | b'}' | b'$' | b'"' | b'\'');
    if all_bytes(id.text, |byte| matches!(byte, b'!'..=b'~') && !is_placeholder(byte)) {
        return;
    }
    for c in id.text.chars() {
        let message = if c.is_whitespace() {
            "unexpected white space in `client_id`".to_owned()
        } else if c.is_control() || !c.is_ascii() || "<>{}$\"'".contains(c) {
            format!("unexpected `{}` in `client_id`", c.escape_debug())
        } else {
            continue;
        };
        let finding = Finding::new(id.location, message);
        findings.push(finding.advise("write the id that TrueLayer's Console shows, such as `acme-7d2f1a`"));
        break;
    }
}

/// TrueLayer's client secrets are UUIDs, its client ids are not.
pub(crate) fn client_id_looks_like_secret(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    const HYPHENS: [usize; 4] = [8, 13, 18, 23];
    let Some(id) = view.single(Param::ClientId) else { return };
    let is_of_uuid =
        |(at, byte): (usize, u8)| if HYPHENS.contains(&at) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    if id.text.len() == 36 && id.text.bytes().enumerate().all(is_of_uuid) {
        let finding = Finding::new(id.location, "`client_id` is a UUID, as TrueLayer's client secrets are");
        findings.push(finding.advise("client ids look like `acme-7d2f1a`; replace a secret that was published"));
    }
}
