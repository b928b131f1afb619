//! Rules of the fields that say how the answer comes: `response_type`, `response_mode` and those of PKCE.

use crate::Param;
use crate::link::{Link, Word};
use crate::problem::Found;
use crate::scheme::{is_refused, is_web, parted};

/// The one value that a field takes.
fn only(link: &Link<'_>, param: Param, value: &str, found: &mut Vec<Found>) {
    let Some(word) = link.single(param) else { return };
    if word.text != value {
        let fault = format!("expected `{value}` for `{}`, found `{}`", param.name(), word.text);
        found.push(Found::new(word.place, fault, format!("write `{} = {value}`, or leave it out", param.name())));
    }
}

/// TrueLayer's page: "Must be code".
pub(crate) fn response_type(link: &Link<'_>, found: &mut Vec<Found>) {
    only(link, Param::ResponseType, "code", found);
}

/// TrueLayer's page: `form_post`, or a query if it is left out.
pub(crate) fn response_mode(link: &Link<'_>, found: &mut Vec<Found>) {
    only(link, Param::ResponseMode, "form_post", found);
}

/// A form is posted to a web server, not to an app.
pub(crate) fn response_mode_scheme(link: &Link<'_>, found: &mut Vec<Found>) {
    let (Some(mode), Some(redirect)) = (link.single(Param::ResponseMode), link.single(Param::RedirectUri)) else {
        return;
    };
    if let Some((scheme, _)) = parted(redirect.text)
        && mode.text == "form_post"
        && !is_web(scheme)
        && !is_refused(scheme)
    {
        let fault = format!("`response_mode = form_post` cannot reach an app at `{scheme}:`");
        let help = "remove `response_mode`; the code then comes in the query of `redirect_uri`";
        found.push(Found::new(mode.place, fault, help));
    }
}

/// TrueLayer's page: "Must be S256".
pub(crate) fn code_challenge_method(link: &Link<'_>, found: &mut Vec<Found>) {
    let without_pkce = link.single(Param::Pkce).is_some_and(|word| word.text == "false");
    match link.single(Param::CodeChallengeMethod) {
        Some(word) if without_pkce => {
            let help = "remove it, or remove `pkce = false`";
            found.push(Found::new(word.place, "unexpected `code_challenge_method` beside `pkce = false`", help));
        }
        _ => only(link, Param::CodeChallengeMethod, "S256", found),
    }
}

/// A sign-in has a code challenge, or its code is exchanged elsewhere.
pub(crate) fn pkce(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(Word { place, text, .. }) = link.single(Param::Pkce) else { return };
    if !matches!(text, "true" | "false") {
        let help = "leave it out, or write `pkce = false` if the code is exchanged elsewhere";
        found.push(Found::new(place, format!("expected `true` or `false` for `pkce`, found `{text}`"), help));
    }
}
