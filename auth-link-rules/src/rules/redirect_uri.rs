//! Rules of `redirect_uri`.

use url::Url;

use crate::diagnostic::Finding;
use crate::suggestion::Suggestion;
use crate::uri::host::Reach;
use crate::uri::percent::{decode, pairs};
use crate::uri::redirect::{RedirectUri, with_scheme};
use crate::uri::scheme::{REFUSED, is_refused, is_web, split_scheme};
use crate::view::DraftView;
use crate::vocabulary::callback::CALLBACK_PARAMETERS;
use crate::vocabulary::parameter::Param;

/// A URI has no white space, control characters or backslashes (RFC 3986 §2).
pub(crate) fn invalid_redirect_uri_character(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(word) = view.single(Param::RedirectUri) else { return };
    let (message, help) = match view.invalid_character() {
        None => return,
        Some('\\') => ("unexpected `\\` in `redirect_uri`".to_owned(), "write `/`"),
        Some(' ') => ("unexpected space in `redirect_uri`".to_owned(), "remove it, or write `%20`"),
        Some(c) => (format!("unexpected `{}` in `redirect_uri`", c.escape_default()), "remove it"),
    };
    findings.push(Finding::new(word.location, message).advise(help));
}

/// A redirect URI is absolute (RFC 6749 §3.1.2).
pub(crate) fn relative_redirect_uri(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, text)) = view.redirect_uri_text() else { return };
    if split_scheme(text).is_some() {
        return;
    }
    if let Some((scheme, _)) = text.split_once("://")
        && let Some(c) = scheme.chars().find(|c| !c.is_ascii_alphanumeric() && !"+-.".contains(*c))
        && !scheme.contains('/')
        && !scheme.to_lowercase().starts_with("http")
    {
        let message = format!("unexpected `{c}` in the scheme of `redirect_uri`");
        let help = "a scheme consists of letters, digits, `+`, `-` and `.` (RFC 3986 §3.1)";
        findings.push(Finding::new(location, message).advise(help));
        return;
    }
    let lower = text.to_ascii_lowercase();
    findings.push(if lower.starts_with("http%3a") || lower.starts_with("https%3a") {
        let finding = Finding::new(location, "`redirect_uri` is percent-encoded already");
        match decode(text.as_bytes()) {
            Ok(plain) => {
                finding.suggest(Suggestion::Set(Param::RedirectUri, plain.into_owned())).because("the link encodes it")
            }
            Err(_) => finding.advise("write it unencoded: `https://…`; the link encodes it"),
        }
    } else {
        Finding::new(location, "`redirect_uri` has no scheme")
            .suggest(Suggestion::Set(Param::RedirectUri, with_scheme(text)))
    });
}

/// The browser returns over https or http, or to an app by the app's own scheme (RFC 8252 §7).
pub(crate) fn unsupported_redirect_uri_scheme(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, text)) = view.redirect_uri_text() else { return };
    if let Some((scheme, rest)) = split_scheme(text)
        && is_refused(scheme)
    {
        let finding = Finding::new(location, format!("unexpected scheme `{scheme}` in `redirect_uri`"));
        findings.push(if REFUSED.contains(&&*scheme.to_lowercase()) {
            finding.advise("write an `https://` address, or an app's own scheme such as `com.example.app:/callback`")
        } else {
            finding.suggest(Suggestion::Set(Param::RedirectUri, format!("https:{rest}")))
        });
    }
}

/// A browser can read the address.
pub(crate) fn invalid_redirect_uri(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, redirect)) = view.redirect_uri() else { return };
    if redirect.is_address() {
        return;
    }
    let reason = match Url::parse(redirect.text) {
        Err(reason) if !redirect.authority.is_empty() => reason.to_string(),
        _ if redirect.authority.contains(['{', '}', '$']) => "a placeholder for the host".to_owned(),
        _ => "no host".to_owned(),
    };
    let help = "write scheme, host and path, such as `https://app.example.com/callback`";
    findings.push(Finding::new(location, format!("`redirect_uri` is not an address: {reason}")).advise(help));
}

/// The address contains the code: it needs TLS unless it stays on one machine (RFC 6749 §3.1.2.1, RFC 8252 §8.3).
pub(crate) fn insecure_redirect_uri(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let message = "unexpected `http` in `redirect_uri`: the network can read the code";
    without_tls(view, |reach| reach == Reach::Public, message, findings);
}

/// A private network may do without TLS, if that is intentional.
pub(crate) fn insecure_private_redirect_uri(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let message = "unexpected `http` in `redirect_uri` for a host that is not this machine";
    let is_private = |reach| matches!(reach, Reach::Private | Reach::Unreserved | Reach::LinkLocal);
    without_tls(view, is_private, message, findings);
}

fn without_tls(view: &DraftView<'_>, is_reported: fn(Reach) -> bool, message: &str, findings: &mut Vec<Finding>) {
    let Some((location, redirect)) = view.redirect_uri() else { return };
    if redirect.http_reach().is_some_and(is_reported) {
        findings.push(Finding::new(location, message).suggest(fix(redirect)));
    }
}

/// An app's own scheme is a reversed domain name, so it has a dot; any app can claim a scheme without one (RFC 8252 §7.1).
pub(crate) fn undotted_app_scheme(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, redirect)) = view.redirect_uri() else { return };
    if is_web(redirect.scheme) {
        return;
    }
    let scheme = redirect.scheme.to_lowercase();
    if !scheme.contains('.') {
        let message = format!("any app can claim the scheme `{scheme}`, which has no dot");
        let help = format!("write a domain that you own in reverse, such as `com.example.{scheme}:/callback`");
        findings.push(Finding::new(location, message).advise(help));
    }
}

/// A redirect URI has no fragment (RFC 6749 §3.1.2).
pub(crate) fn redirect_uri_fragment(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, redirect)) = view.redirect_uri() else { return };
    if redirect.text.contains('#') {
        let message = "unexpected fragment in `redirect_uri`: a browser does not send the text after `#`";
        findings.push(Finding::new(location, message).suggest(fix(redirect)));
    }
}

/// A redirect URI contains no credentials.
pub(crate) fn redirect_uri_user_info(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, redirect)) = view.redirect_uri() else { return };
    if redirect.authority.contains('@') {
        let message = "unexpected user name or password in `redirect_uri`";
        findings.push(Finding::new(location, message).suggest(fix(redirect)));
    }
}

/// TrueLayer compares the whole address: there are no wildcards (RFC 9700 §2.1).
pub(crate) fn redirect_uri_wildcard(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, redirect)) = view.redirect_uri() else { return };
    if !redirect.text.contains('*') {
        return;
    }
    let path = redirect.tail.split(['?', '#']).next().unwrap_or_default();
    let is_wild = |segment: &str| !segment.is_empty() && segment.bytes().all(|byte| byte == b'*');
    if redirect.authority.contains('*') || path.split('/').any(is_wild) {
        let help = "write one whole address, registered in Console";
        findings.push(Finding::new(location, "unexpected wildcard in `redirect_uri`").advise(help));
    }
}

/// The query contains no parameter that the callback adds.
pub(crate) fn reserved_redirect_uri_parameter(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, redirect)) = view.redirect_uri() else { return };
    let address = redirect.tail.split('#').next().unwrap_or_default();
    let (_, query) = address.split_once('?').unwrap_or_default();
    for (name, _) in pairs(query.as_bytes()) {
        let Ok(name) = decode(name) else { continue };
        if CALLBACK_PARAMETERS.contains(&name.as_ref()) {
            let message = format!("unexpected `{name}` in the query of `redirect_uri`: the callback adds its own");
            findings.push(Finding::new(location, message).advise(format!("rename or remove `{name}`")));
            break;
        }
    }
}

/// Scheme, host and path are written as a browser writes them, since that form comes back.
pub(crate) fn non_normalized_redirect_uri(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, redirect)) = view.redirect_uri() else { return };
    if let Some((written, normalized)) = redirect.non_normalized() {
        let message = format!("`redirect_uri` contains `{written}`, whose normalized form is `{normalized}`");
        findings.push(Finding::new(location, message).suggest(fix(redirect)));
    }
}

/// Suggests the address with its mistakes corrected.
fn fix(redirect: &RedirectUri<'_>) -> Suggestion {
    Suggestion::Set(Param::RedirectUri, redirect.suggested_fix())
}
