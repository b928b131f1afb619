//! Rules of the fields that select the flow and its response: `response_type`, `response_mode` and the fields of PKCE.

use crate::diagnostic::Finding;
use crate::suggestion::Suggestion;
use crate::uri::scheme::{is_refused, is_web, split_scheme};
use crate::view::{DraftView, Word};
use crate::vocabulary::parameter::{DEFAULT_RESPONSE_MODE, Param};

/// Reports any value except the only accepted one.
fn only(view: &DraftView<'_>, param: Param, value: &str, findings: &mut Vec<Finding>) {
    let Some(word) = view.single(param) else { return };
    if word.text != value {
        let message = format!("expected `{value}` for `{}`, found `{}`", param.name(), word.text);
        let finding = Finding::new(word.location, message).suggest(Suggestion::Set(param, value.to_owned()));
        findings.push(if word.text.eq_ignore_ascii_case(value) {
            finding.certainly()
        } else {
            finding.suggest(Suggestion::Remove)
        });
    }
}

/// TrueLayer's page: "Must be code".
pub(crate) fn unsupported_response_type(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    only(view, Param::ResponseType, "code", findings);
}

/// TrueLayer's page: `form_post`, or a query by default, whose standard name is `query` (OAuth 2.0 Multiple Response Types §2.1).
pub(crate) fn unsupported_response_mode(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    if view.single(Param::ResponseMode).is_none_or(|word| word.text != DEFAULT_RESPONSE_MODE) {
        only(view, Param::ResponseMode, "form_post", findings);
    }
}

/// A form is posted to a web server; an app cannot receive it.
pub(crate) fn form_post_to_app_scheme(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let (Some(mode), Some(redirect)) = (view.single(Param::ResponseMode), view.single(Param::RedirectUri)) else {
        return;
    };
    if let Some((scheme, _)) = split_scheme(redirect.text)
        && mode.text == "form_post"
        && !is_web(scheme)
        && !is_refused(scheme)
    {
        let message = format!("`form_post` cannot reach an app at `{scheme}:`");
        let finding = Finding::new(mode.location, message).suggest(Suggestion::Remove);
        findings.push(finding.because("the code then arrives in the query of `redirect_uri`").certainly());
    }
}

/// TrueLayer's page: "Must be S256".
pub(crate) fn unsupported_code_challenge_method(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let without_pkce = view.single(Param::Pkce).is_some_and(|word| word.text == "false");
    match view.single(Param::CodeChallengeMethod) {
        Some(word) if without_pkce => {
            let message = "unexpected `code_challenge_method` with `pkce = false`";
            let finding = Finding::new(word.location, message).suggest(Suggestion::Remove);
            findings.push(finding.advise("remove `pkce = false`"));
        }
        _ => only(view, Param::CodeChallengeMethod, "S256", findings),
    }
}

/// The field is `true` or `false`.
pub(crate) fn invalid_pkce(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(Word { location, text, .. }) = view.single(Param::Pkce) else { return };
    if !matches!(text, "true" | "false") {
        let message = format!("expected `true` or `false` for `pkce`, found `{text}`");
        let help = "leave it out, or write `pkce = false` if the code is exchanged elsewhere";
        findings.push(Finding::new(location, message).advise(help));
    }
}
