//! Holds a link to the rules.

use std::ops::Range;
use std::sync::Arc;

use auth_link_rules::{Catalogue, CheckedLink, Draft, Entry, Level, Param, Problem, Text, Value};

use crate::find::Found;
use crate::out::Failure;
use crate::redact::Redacted;

/// What a link is held to beside the rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measure {
    /// Rules that are turned off.
    pub(crate) allow: Vec<String>,
    /// The application's own catalogue.
    pub(crate) catalogue: Option<Arc<Catalogue>>,
}

/// A link that was judged. It holds no secret.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// The link as it stands in its text.
    pub(crate) shown: String,
    /// What is wrong with it.
    pub(crate) faults: Vec<Fault>,
    /// How many values were not judged: they are known only elsewhere.
    pub(crate) holes: usize,
}

/// Something wrong with a link.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
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

impl Fault {
    /// A problem in words that hold no secret, at `range`.
    pub(crate) fn new(problem: &Problem, range: Range<usize>, redacted: &Redacted) -> Self {
        let text = problem.to_string();
        let mut lines = text.lines().map(|line| redacted.words(line));
        let message = lines.next().unwrap_or_default();
        let rule = problem.rule();
        let mut help: Vec<_> = lines.map(|line| line.strip_prefix("help: ").unwrap_or(&line).to_owned()).collect();
        if rule.level == Level::Allowable {
            // The last line says how a macro call allows it.
            help.pop();
            help.push(format!("if it is meant, add `--allow {}`", rule.name));
        }
        let field = problem.field().map(|field| redacted.words(field));
        Self { is_warning: problem.is_warning(), rule: rule.name, field, message, help, range }
    }

    /// Its level's name.
    pub(crate) fn level(&self) -> &'static str {
        if self.is_warning { "warning" } else { "error" }
    }
}

impl Measure {
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
pub(crate) fn judge(text: &str, found: &Found, measure: &Measure) -> Result<Judged, Failure> {
    if found.place.len() > LONGEST {
        let fault = format!("the link has {} bytes, more than any server takes", found.place.len());
        return Err(Failure::new(fault, "look for what belongs behind its end"));
    }
    let written = &text[found.place.clone()];
    let redacted = Redacted::new(written);
    let mut draft = measure.draft(&found.link);
    let own = draft.entries().len();
    if found.is_open {
        for param in Param::ALL.into_iter().filter(|param| param.is_in_url()) {
            if draft.entries().iter().all(|entry| entry.name != param.name()) {
                draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Unreadable)));
            }
        }
    }
    let problems = match draft.check() {
        Ok(CheckedLink { warnings, .. }) => warnings,
        Err(problems) => problems,
    };
    let certain = problems.iter().filter(|problem| is_certain(found, problem, own));
    let faults = certain.map(|problem| {
        // What is about the whole is where more could be added.
        let end = found.link.trim_end().len();
        let range = problem.range().unwrap_or(end..end);
        Fault::new(problem, found.written(&range), &redacted)
    });
    Ok(Judged { faults: faults.collect(), shown: redacted.link().to_owned(), holes: found.holes() })
}

/// Whether the problem does not rest on what is filled in elsewhere.
fn is_certain(found: &Found, problem: &Problem, own: usize) -> bool {
    let range = problem.range();
    if problem.place().entry().is_some_and(|entry| entry >= own)
        || range.as_ref().is_some_and(|range| found.has_hole(range))
    {
        return false;
    }
    // A state that is filled in may well be fresh.
    let is_filled = |name: Range<usize>| {
        let value = found.link[name.end..].find('&').map_or(found.link.len(), |at| name.end + at);
        found.has_hole(&(name.end..value))
    };
    problem.rule().name != "link_dropped" || !range.is_some_and(is_filled)
}
