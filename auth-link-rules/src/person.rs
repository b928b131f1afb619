//! Rules of what is one user's or one journey's: `user_email` and `tracking_id`.

use crate::Param;
use crate::link::Link;
use crate::problem::Found;

/// The longest address that mail can be sent to (RFC 5321 §4.5.3.1.3, less its brackets).
const LONGEST_ADDRESS: usize = 254;

/// One plain address. The messages never show it.
pub(crate) fn user_email_address(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(email) = link.single(Param::UserEmail) else { return };
    let fault = if email.text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        "unexpected white space or control character in `user_email`".to_owned()
    } else if email.text.len() > LONGEST_ADDRESS {
        format!("expected at most {LONGEST_ADDRESS} bytes for `user_email`, found {}", email.text.len())
    } else {
        match email.text.split_once('@') {
            Some((user, host)) if !user.is_empty() && !host.is_empty() && !host.contains('@') => return,
            _ => "expected one `@` with text on both sides in `user_email`".to_owned(),
        }
    };
    let help = "write one plain address, such as `jo@example.com`, or leave it out";
    found.push(Found::new(email.place, fault, help));
}

/// A link that is compiled is every user's.
pub(crate) fn user_email_fixed(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(email) = link.single(Param::UserEmail) else { return };
    if link.compiling {
        let help = "add it per user: `LINK.with_user_email(…)`";
        found.push(Found::new(email.place, "`user_email` is the same for every user of this link", help));
    }
}

/// A name for one journey, of any printable characters.
pub(crate) fn tracking_id_text(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(id) = link.single(Param::TrackingId) else { return };
    if id.text.chars().any(char::is_control) {
        let help = "write printable text, such as a UUID";
        found.push(Found::new(id.place, "unexpected control character in `tracking_id`", help));
    }
}

/// TrueLayer's analytics tell journeys apart by it.
pub(crate) fn tracking_id_fixed(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(id) = link.single(Param::TrackingId) else { return };
    if link.compiling {
        let help = "add it per sign-in: `LINK.with_tracking_id(…)`";
        found.push(Found::new(id.place, "`tracking_id` is the same for every sign-in with this link", help));
    }
}
