//! Holds a link to the rules.

use std::ops::Range;
use std::sync::Arc;

use auth_link_rules::{Catalogue, CheckedLink, Diagnostic, Draft, Entry, LintLevel, Param, Text, Value};

use crate::find::LinkMatch;
use crate::output::Failure;
use crate::redact::Redacted;

/// What a link is held to beside the rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct LintOptions {
    /// Rules that are turned off.
    pub(crate) allow: Vec<String>,
    /// The application's own catalogue.
    pub(crate) catalogue: Option<Arc<Catalogue>>,
}

/// A link that was judged. It holds no secret.
#[derive(Clone, Debug)]
pub(crate) struct LintResult {
    /// The link as it stands in its text.
    pub(crate) shown: String,
    /// What is wrong with it.
    pub(crate) faults: Vec<Report>,
    /// How many values were not judged: they are known only elsewhere.
    pub(crate) holes: usize,
}

/// Something wrong with a link.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) is_warning: bool,
    /// The rule's name.
    pub(crate) rule: &'static str,
    /// The field that it is about.
    pub(crate) field: Option<String>,
    pub(crate) message: String,
    pub(crate) help: Vec<String>,
    /// The part of what is shown.
    pub(crate) range: Range<usize>,
}

impl Report {
    /// A diagnostic in words that hold no secret, at `range`.
    pub(crate) fn new(diagnostic: &Diagnostic, range: Range<usize>, redacted: &Redacted) -> Self {
        let text = diagnostic.to_string();
        let mut lines = text.lines().map(|line| redacted.words(line));
        let message = lines.next().unwrap_or_default();
        let rule = diagnostic.rule();
        let mut help: Vec<_> = lines.map(|line| line.strip_prefix("help: ").unwrap_or(&line).to_owned()).collect();
        if rule.level == LintLevel::Deny {
            // The last line says how a macro call allows it.
            help.pop();
            help.push(format!("if it is meant, add `--allow {}`", rule.name));
        }
        let field = diagnostic.field().map(|field| redacted.words(field));
        Self { is_warning: diagnostic.is_warning(), rule: rule.name, field, message, help, range }
    }

    /// Its level's name.
    pub(crate) fn level(&self) -> &'static str {
        if self.is_warning { "warning" } else { "error" }
    }
}

impl LintOptions {
    /// A draft of `link`, to be held to this.
    pub(crate) fn draft(&self, link: &str) -> Draft {
        let mut draft = Draft::default();
        draft.paste(link);
        self.complete(&mut draft);
        draft
    }

    /// Adds what does not stand in a link.
    pub(crate) fn complete(&self, draft: &mut Draft) {
        if !self.allow.is_empty() {
            let rules = self.allow.iter().cloned().map(Text::Word).collect();
            draft.push(Entry::new(Param::Allow.name().to_owned(), false, Value::List(rules)));
        }
        if let Some(catalogue) = &self.catalogue {
            draft.set_catalogue(catalogue.clone());
        }
    }
}

/// The longest link that is judged. Servers take less.
const LONGEST: usize = 16 << 10;

/// Judges a link that was found in `text`.
///
/// # Errors
///
/// It is too long to be a link.
pub(crate) fn lint(text: &str, found: &LinkMatch, options: &LintOptions) -> Result<LintResult, Failure> {
    if found.place.len() > LONGEST {
        let fault = format!("the link has {} bytes, more than any server takes", found.place.len());
        return Err(Failure::new(fault, "look for what belongs behind its end"));
    }
    let written = &text[found.place.clone()];
    let redacted = Redacted::new(written);
    let mut draft = options.draft(&found.link);
    let own = draft.entries().len();
    if found.is_open {
        for param in Param::ALL.into_iter().filter(|param| param.is_in_url()) {
            if draft.entries().iter().all(|entry| entry.name != param.name()) {
                draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Invalid)));
            }
        }
    }
    let diagnostics = match draft.check() {
        Ok(CheckedLink { warnings, .. }) => warnings,
        Err(diagnostics) => diagnostics,
    };
    let certain = diagnostics.iter().filter(|diagnostic| is_certain(found, diagnostic, own));
    let faults = certain.map(|diagnostic| {
        // What is about the whole is where more could be added.
        let end = found.link.trim_end().len();
        let range = diagnostic.range().unwrap_or(end..end);
        Report::new(diagnostic, found.written(&range), &redacted)
    });
    Ok(LintResult { faults: faults.collect(), shown: redacted.link().to_owned(), holes: found.holes() })
}

/// Whether the diagnostic does not rest on what is filled in elsewhere.
fn is_certain(found: &LinkMatch, diagnostic: &Diagnostic, own: usize) -> bool {
    let range = diagnostic.range();
    let entry = diagnostic.location().entry();
    // A hole for a name says nothing of the value behind it.
    let has_hole = |range: &Range<usize>| {
        let pair = found.link[..range.start].rfind(['?', '&']).filter(|_| entry.is_some());
        found.has_hole(&(pair.map_or(range.start, |at| at + 1)..range.end))
    };
    if entry.is_some_and(|entry| entry >= own) || range.as_ref().is_some_and(has_hole) {
        return false;
    }
    // A state that is filled in may well be fresh.
    let is_filled = |name: Range<usize>| {
        let value = found.link[name.end..].find('&').map_or(found.link.len(), |at| name.end + at);
        found.has_hole(&(name.end..value))
    };
    diagnostic.rule().name != "dropped_link_parameter" || !range.is_some_and(is_filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::links;

    /// What is said of the links of a text.
    fn said(text: &str) -> Vec<String> {
        let judged = links(text, true).into_iter().map(|found| lint(text, &found, &LintOptions::default()).unwrap());
        judged.flat_map(|judged| judged.faults).map(|fault| fault.message).collect()
    }

    #[test]
    fn nothing_is_said_of_what_is_filled_in() {
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
            assert!(!links(text, true).is_empty(), "{text}");
            assert_eq!(said(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_certain_is_said() {
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
            assert_eq!(said(text), [expected], "{text}");
        }
    }
}
