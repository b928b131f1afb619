//! Rules of fields that belong to one user or one journey: `user_email` and `tracking_id`.

use crate::diagnostic::Finding;
use crate::suggestion::Suggestion;
use crate::text::{has_control, is_ascii_from};
use crate::view::DraftView;
use crate::vocabulary::parameter::Param;

/// The longest e-mail address (RFC 5321 §4.5.3.1.3, without its brackets).
const LONGEST_ADDRESS: usize = 254;

/// The value is one e-mail address. The messages never show it.
pub(crate) fn invalid_user_email(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(email) = view.single(Param::UserEmail) else { return };
    let Some(message) = email_error(email.text) else { return };
    let finding = Finding::new(email.location, message);
    findings.push(finding.advise("write one address, such as `jo@example.com`").suggest(Suggestion::Remove));
}

/// Returns the message about a text that is no e-mail address.
pub(super) fn email_error(text: &str) -> Option<String> {
    let is_plain = is_ascii_from(b'!', text);
    if !is_plain && text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Some("unexpected white space or control character in `user_email`".to_owned());
    }
    if text.len() > LONGEST_ADDRESS {
        return Some(format!("expected at most {LONGEST_ADDRESS} bytes for `user_email`, found {}", text.len()));
    }
    match text.split_once('@') {
        Some((user, host)) if !user.is_empty() && !host.is_empty() && !host.contains('@') => None,
        _ => Some("expected one `@` with text on both sides in `user_email`".to_owned()),
    }
}

/// Every user of a compiled link has the same values.
pub(crate) fn fixed_user_email(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(email) = view.single(Param::UserEmail) else { return };
    if view.at_compile_time {
        let finding = Finding::new(email.location, "`user_email` is the same for every user of this link");
        findings.push(finding.advise_for(
            "add it for each user: `LINK.with_user_email(…)`",
            "remove it, and add the address of each user",
        ));
    }
}

/// The value consists of printable characters.
pub(crate) fn invalid_tracking_id(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(id) = view.single(Param::TrackingId) else { return };
    if !is_tracking_id(id.text) {
        let finding = Finding::new(id.location, "unexpected control character in `tracking_id`");
        findings.push(finding.advise("write printable text, such as a UUID"));
    }
}

/// Returns whether a text that is not empty can be a tracking id.
pub(super) fn is_tracking_id(text: &str) -> bool {
    !has_control(text)
}

/// TrueLayer's analytics distinguish journeys by it.
pub(crate) fn fixed_tracking_id(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(id) = view.single(Param::TrackingId) else { return };
    if view.at_compile_time {
        let message = "`tracking_id` is the same for every authorization with this link";
        findings.push(Finding::new(id.location, message).advise_for(
            "add it for each authorization: `LINK.with_tracking_id(…)`",
            "remove it, and add a new one for each authorization",
        ));
    }
}
