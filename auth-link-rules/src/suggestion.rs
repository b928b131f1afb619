//! Suggestions: how to correct a mistake, as data. Each reader of a diagnostic words them in its own syntax.

use crate::text::{escape, join};
use crate::uri::percent::encode;
use crate::vocabulary::environment::{ENVIRONMENTS, TRUELAYER};
use crate::vocabulary::meaning::to_macro_syntax;
use crate::vocabulary::parameter::{Flag, Param};

/// One way to correct a mistake. Values have the form of a URL's parameter before it is percent-encoded: a list is separated
/// by spaces, and a provider is `ob-monzo`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suggestion {
    /// Replace the value or the item at the location.
    Replace(String),
    /// Replace it by a similar word of the vocabulary, which the first text names: `scope`.
    Similar(&'static str, String),
    /// Remove the item or the field at the location.
    Remove,
    /// Set a field to a value.
    Set(Param, String),
    /// Add a word to the list of a field.
    Add(Param, String),
    /// Give the field another name.
    Rename(String),
    /// Advice that no tool can apply: for Rust, and for every other reader.
    Advice {
        /// The text for macro calls and builders.
        rust: String,
        /// The text for links and flags.
        other: String,
    },
}

/// The syntax in which a reader writes a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Syntax {
    /// A call of the macro `auth_link!`.
    Macro,
    /// Calls of the builder, and the `with_…` methods.
    Builder,
    /// The query of a URL.
    Query,
    /// The flags of `auth-link new`.
    Flag,
}

/// The suggestions of one finding: alternatives, each with a comment, and a reason that follows them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Help {
    pub(crate) choices: Vec<(Suggestion, String)>,
    pub(crate) reason: String,
    /// A line of its own about the whole check.
    pub(crate) note: String,
    /// Whether the only suggestion certainly corrects the mistake as the author intended.
    pub(crate) is_certain: bool,
}

/// The part of a link that suggestions refer to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// The field at the location.
    pub(crate) param: Option<Param>,
    /// Whether the location is an item of a list.
    pub(crate) is_item: bool,
    /// Whether the text at the location was written in quotes.
    pub(crate) quoted: bool,
    /// The fields of the link, with whether all their words are in quotes.
    pub(crate) written: Vec<(Param, bool)>,
}

impl Help {
    /// Words the suggestions on one line; empty if there are none.
    pub(crate) fn text(&self, syntax: Syntax, context: &Context) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut previous: Option<&Suggestion> = None;
        for (suggestion, comment) in &self.choices {
            let comment = if comment.is_empty() { String::new() } else { format!(" ({comment})") };
            match (previous, suggestion) {
                // Alternatives for one list share their words.
                (Some(Suggestion::Add(before, _)), Suggestion::Add(param, word)) if before == param => {
                    if let Some(last) = parts.last_mut() {
                        let target = format!(" to {}", name(syntax, *param));
                        let head = last.strip_suffix(&target).unwrap_or(last).to_owned();
                        *last = format!("{head} or `{}`{comment}{target}", context.added(syntax, *param, word));
                    }
                }
                (Some(Suggestion::Set(before, _)), Suggestion::Set(param, value)) if before == param => {
                    if let Some(last) = parts.last_mut() {
                        *last = format!("{last} or `{}`{comment}", assignment(syntax, *param, value));
                    }
                }
                (_, Suggestion::Add(param, word)) => {
                    let word = context.added(syntax, *param, word);
                    parts.push(format!("add `{word}`{comment} to {}", name(syntax, *param)));
                }
                (_, suggestion) => parts.push(context.text(syntax, suggestion) + &comment),
            }
            previous = Some(suggestion);
        }
        let mut text = join(&parts, ", or ");
        if !self.reason.is_empty() {
            text = if text.is_empty() { self.reason.clone() } else { format!("{text}: {}", self.reason) };
        }
        escape(&text)
    }
}

impl Context {
    fn text(&self, syntax: Syntax, suggestion: &Suggestion) -> String {
        match suggestion {
            Suggestion::Replace(value) => format!("write `{}`", self.replacement(syntax, value)),
            Suggestion::Similar(noun, value) => {
                format!("a similar {noun} exists: `{}`", self.item(syntax, self.param, value))
            }
            Suggestion::Remove => "remove it".to_owned(),
            Suggestion::Set(param, value) => {
                let is_written = self.written.iter().any(|(written, _)| written == param);
                let verb = if is_written { "write" } else { "add" };
                format!("{verb} `{}`", assignment(syntax, *param, value))
            }
            Suggestion::Add(param, word) => {
                format!("add `{}` to {}", self.added(syntax, *param, word), name(syntax, *param))
            }
            Suggestion::Rename(name) => match syntax {
                Syntax::Macro | Syntax::Builder => format!("a similar field exists: `{name}`"),
                Syntax::Query | Syntax::Flag => format!("a similar parameter exists: `{name}`"),
            },
            Suggestion::Advice { rust, other } => match syntax {
                Syntax::Macro | Syntax::Builder => rust.clone(),
                Syntax::Query | Syntax::Flag => other.clone(),
            },
        }
    }

    /// Returns the replacement of a whole value as an assignment, and of an item as a word.
    fn replacement(&self, syntax: Syntax, value: &str) -> String {
        match self.param {
            Some(param) if !self.is_item => assignment(syntax, param, value),
            param => self.item(syntax, param, value),
        }
    }

    fn item(&self, syntax: Syntax, param: Option<Param>, value: &str) -> String {
        match (syntax, param) {
            (Syntax::Macro, Some(param)) if !self.quoted => to_macro_syntax(param, value),
            _ => value.to_owned(),
        }
    }

    /// Returns a word in the syntax of the list that it is added to.
    fn added(&self, syntax: Syntax, param: Param, word: &str) -> String {
        let in_quotes = self.written.iter().any(|&(written, in_quotes)| written == param && in_quotes);
        if syntax == Syntax::Macro && !in_quotes { to_macro_syntax(param, word) } else { word.to_owned() }
    }
}

/// Returns the name of a field, in backticks.
fn name(syntax: Syntax, param: Param) -> String {
    match (syntax, param.flag()) {
        (Syntax::Flag, Flag::Flag(flag, _) | Flag::Switch(flag, _)) => format!("`--{flag}`"),
        _ => format!("`{}`", param.name()),
    }
}

/// Returns the text that sets a field.
#[must_use]
pub fn assignment(syntax: Syntax, param: Param, value: &str) -> String {
    let name = param.name();
    match syntax {
        Syntax::Macro if param.is_list() => {
            let mut words = Vec::new();
            for word in value.split(' ') {
                words.push(to_macro_syntax(param, word));
            }
            format!("{name} = [{}]", join(&words, ", "))
        }
        Syntax::Macro => format!("{name} = {}", to_macro_syntax(param, value)),
        Syntax::Builder if param.is_list() => {
            let mut words = Vec::new();
            for word in value.split(' ') {
                words.push(format!("{word:?}"));
            }
            format!(".{name}([{}])", join(&words, ", "))
        }
        Syntax::Builder if param == Param::Pkce => format!(".{name}({value})"),
        Syntax::Builder => format!(".{name}({value:?})"),
        Syntax::Flag => match param.flag() {
            Flag::Flag(flag, _) => format!("--{flag} {}", value.replace(' ', ",")),
            Flag::Switch(flag, of) if value == of => format!("--{flag}"),
            Flag::Switch(..) | Flag::NoFlag(_) => assignment(Syntax::Query, param, value),
        },
        Syntax::Query => match ENVIRONMENTS.iter().position(|environment| *environment == value) {
            // The host of a link selects its environment.
            Some(index) if param == Param::Environment => TRUELAYER[index].trim_start_matches("https://").to_owned(),
            _ => format!("{name}={}", encoded(value)),
        },
    }
}

/// Percent-encodes a value, except where it stands for text to be filled in.
#[must_use]
pub fn encoded(value: &str) -> String {
    if value.contains('…') {
        return value.to_owned();
    }
    let mut text = String::new();
    encode(value, &mut text);
    text
}
