//! Checks a link against the rules.

use std::ops::Range;

use auth_link_rules::{CheckedLink, Diagnostic, Entry, Param, Syntax, Text, Value};

use crate::link_match::{LONGEST_LINK, LinkMatch};
use crate::lint_options::LintOptions;
use crate::output::Failure;
use crate::redact::Redacted;
use crate::report::Report;
use crate::source_edit::source_edit;

/// The result of checking a link. It contains no secret.
#[derive(Clone, Debug)]
pub(crate) struct LintResult {
    /// The first byte of the link in its text.
    pub(crate) start: usize,
    /// The link as its text contains it, without its secrets.
    pub(crate) shown: String,
    pub(crate) reports: Vec<Report>,
    /// The number of placeholders, which are not checked.
    pub(crate) placeholders: usize,
}

/// Checks a link of `text`.
///
/// # Errors
///
/// Returns an error if the link is longer than 16 KiB.
pub(crate) fn lint(text: &str, link: &LinkMatch, options: &LintOptions) -> Result<LintResult, Failure> {
    if link.range.len() > LONGEST_LINK {
        let message = format!("the link has {} bytes, more than any server accepts", link.range.len());
        return Err(Failure::new(message, "check where the link ends"));
    }
    let redacted = Redacted::of_match(text, link);
    let source = &text[link.range.clone()];
    let reports = diagnostics(link, options).into_iter().map(|diagnostic| {
        // A diagnostic about the whole link points to its end, where a parameter could be added.
        let end = link.link.trim_end().len();
        let range = diagnostic.range().unwrap_or(end..end);
        let mut report = Report::new(&diagnostic, link.source_range(&range), source, &redacted, Syntax::Query);
        report.edit = diagnostic.edit().and_then(|edit| source_edit(text, link, edit)).filter(|edit| {
            // A secret is not shown, not even to be removed from another secret.
            let is_shown = redacted.link().get(edit.range.clone()) == source.get(edit.range.clone());
            edit.text.is_empty() || (is_shown && redacted.redact(&edit.text) == edit.text)
        });
        report
    });
    Ok(LintResult {
        start: link.range.start,
        reports: reports.collect(),
        shown: redacted.link().to_owned(),
        placeholders: link.placeholders.len(),
    })
}

/// Returns the diagnostics of a link that stay true for every value of its placeholders.
pub(crate) fn diagnostics(link: &LinkMatch, options: &LintOptions) -> Vec<Diagnostic> {
    let mut draft = options.draft(&link.link);
    let written = draft.entries().len();
    if link.is_open {
        for param in Param::ALL.into_iter().filter(|param| param.is_in_url()) {
            if draft.entries().iter().all(|entry| entry.name != param.name()) {
                draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Invalid)));
            }
        }
    }
    let mut diagnostics = match draft.check() {
        Ok(CheckedLink { warnings, .. }) => warnings,
        Err(diagnostics) => diagnostics,
    };
    diagnostics.retain(|diagnostic| is_certain(link, diagnostic, written));
    diagnostics
}

/// Returns whether the diagnostic stays true for every value of the placeholders. Only the first `written` entries are part
/// of the link.
fn is_certain(link: &LinkMatch, diagnostic: &Diagnostic, written: usize) -> bool {
    let range = diagnostic.range();
    let entry = diagnostic.location().entry();
    // Behind a placeholder for a name, the value may belong to any parameter.
    let has_placeholder = |range: &Range<usize>| {
        let pair = link.link[..range.start].rfind(['?', '&']).filter(|_| entry.is_some());
        link.has_placeholder(&(pair.map_or(range.start, |at| at + 1)..range.end))
    };
    if entry.is_some_and(|entry| entry >= written) || range.as_ref().is_some_and(has_placeholder) {
        return false;
    }
    // A state that the program fills in may be new each time.
    let is_filled = |name: Range<usize>| {
        let value = link.link[name.end..].find('&').map_or(link.link.len(), |at| name.end + at);
        link.has_placeholder(&(name.end..value))
    };
    diagnostic.rule().name != "dropped_link_parameter" || !range.is_some_and(is_filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::links;

    /// Returns the messages about the links of a text.
    fn messages(text: &str) -> Vec<String> {
        let results = links(text).into_iter().map(|link| lint(text, &link, &LintOptions::default()).unwrap());
        results.flat_map(|result| result.reports).map(|report| report.message).collect()
    }

    #[test]
    fn placeholders_cause_no_diagnostics() {
        for text in [
            "\"https://auth.truelayer.com/?response_type=code&\"\n  f\"client_id={id}&scope=info\"",
            "\"https://auth.truelayer.com/?response_type=code&client_id=\" + id",
            "\"https://auth.truelayer.com/?response_type=code&client_id=a\" + rest",
            "f\"https://auth.truelayer.com/?client_id={id}&scope={'%20'.join(scopes)}&redirect_uri={quote(uri, safe='')}\"",
            "`https://auth.truelayer.com/?client_id=${id}&scope=info%20${more}&redirect_uri=${uri}&state=${state}`",
            "https://auth.truelayer.com/?{{params}}&provider_id=ob-monzo&scope=info",
            "https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri=%s&nonce=%s&code_challenge=%s",
            "https://auth.truelayer.com/?client_id=YOUR_CLIENT_ID&redirect_uri=<your uri>&scope={scope}&{more}=x",
            "https://auth.truelayer-sandbox.com/?client_id={{id}}&redirect_uri={{uri}}&scope=info&providers={{p}}",
            "https://auth.truelayer.com/{{path}}?client_id=a&redirect_uri={{uri}}&scope=info",
            "https://auth.truelayer.com/?client_id=a&redirect_uri={{uri}}&scope=info&user_email={{email}}&tracking_id={{id}}",
        ] {
            assert!(!links(text).is_empty(), "{text}");
            assert_eq!(messages(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn stand_ins_of_documents_cause_no_diagnostics() {
        for value in ["YOUR_REDIRECT", "your-redirect-uri", ":redirect_uri", "xxx", "XXXX", "****"] {
            for text in ["Open LINK.", "Open LINK, or", "LINK", "(LINK)", "`LINK`.", "\"LINK\";", "LINK&scope=info"] {
                let link = format!("https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri={value}");
                let text = text.replace(
                    "LINK",
                    &link.replace("&scope=info", if text.contains("&s") { "" } else { "&scope=info" }),
                );
                assert_eq!(messages(&text), [""; 0], "{text}");
            }
        }
    }

    #[test]
    fn an_open_link_has_every_error_but_missing_fields() {
        for text in [
            "go(\"LINK\", 1)",
            "new URL(\"LINK\")",
            "expect(url).toContain(\"LINK\");",
            "get(url=\"LINK\", params=p)",
            "assert \"LINK\" in url",
            "[\"LINK\", \"x\"]",
            "u = \"LINK&client_id=\" + id",
        ] {
            let text = text.replace("LINK", "https://auth.truelayer.com/?scope=acounts");
            assert_eq!(messages(&text), ["unknown scope `acounts`"], "{text}");
        }
    }

    #[test]
    fn a_setting_of_a_library_has_every_error_but_missing_fields() {
        for text in [
            "authorization: \"LINK\",",
            "authorization: { url: \"LINK\" },",
            "authorizationURL: 'LINK',",
            "{\"authorization_endpoint\": \"LINK\"}",
            "authorization-uri: LINK\n",
            "provider.truelayer.authorization-uri=LINK\n",
            "oauth2.Endpoint{AuthURL: \"LINK\"}",
            "AUTH_URL=LINK\n",
            "AUTHORIZATION_BASE_URL = \"LINK\"\n",
            "authorize_url='LINK',\n",
        ] {
            let link = "https://auth.truelayer.com/?response_type=code&scope=info";
            assert_eq!(links(&text.replace("LINK", link)).len(), 1, "{text}");
            assert_eq!(messages(&text.replace("LINK", link)), [""; 0], "{text}");
            let wrong = text.replace("LINK", "https://auth.truelayer.com/?response_type=code&scope=acounts");
            assert_eq!(messages(&wrong), ["unknown scope `acounts`"], "{text}");
        }
    }

    #[test]
    fn errors_outside_placeholders_are_reported() {
        for (text, expected) in [
            (
                "https://auth.truelayer.com/?client_id={{id}}&scope=acounts&redirect_uri={{uri}}",
                "unknown scope `acounts`",
            ),
            ("https://auth.truelayer.com/?client_id={{id}}&scope=info", "missing `redirect_uri`"),
            (
                "\"https://auth.truelayer.com/?response_type=token&client_id=\" + id",
                "expected `code` for `response_type`, found `token`",
            ),
            (
                "https://auth.truelayer.com/?client_id={{id}}&client_secret={{secret}}&scope=info&redirect_uri={{uri}}",
                "unexpected `client_secret`: every user can read a link",
            ),
            (
                "https://auth.truelayer.com/?client_id={{id}}&state=fixed&scope=info&redirect_uri={{uri}}",
                "`state` in a link is dropped",
            ),
            (
                "http://auth.truelayer.com/?client_id={{id}}&scope=info&redirect_uri={{uri}}",
                "unexpected `http` in a link to TrueLayer",
            ),
        ] {
            assert_eq!(messages(text), [expected], "{text}");
        }
    }
}
