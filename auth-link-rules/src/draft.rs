//! A link before it is one: its fields in order, then checked, then written as text.

use std::sync::Arc;

use crate::environment::{ENVIRONMENTS, TRUELAYER, origin};
use crate::link::{Link, Token};
use crate::pasted::{DROPPED, Parts, Pasted};
use crate::problem::Problems;
use crate::rule::Rule;
use crate::table::joined;
use crate::{Catalogue, Level, Param, Problem, decode, encode, pairs, provider};

/// The fields of a link, in order, as they were written.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    entries: Vec<Entry>,
    pub(crate) pasted: Option<Pasted>,
    pub(crate) catalogue: Option<Arc<Catalogue>>,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Whether the name was written in quotes: a parameter that this crate does not know, sent as it stands.
    pub quoted: bool,
    /// Its value.
    pub value: Value,
    /// Where it stands in a pasted link, if it does.
    pub(crate) pasted: Option<Parts>,
}

/// The value of a field.
#[derive(Clone, Debug)]
pub enum Value {
    /// A single text.
    Text(Text),
    /// A list.
    List(Vec<Text>),
    /// Known only when the application runs; the rules see it then.
    Later,
}

/// One text of a value.
#[derive(Clone, Debug)]
pub enum Text {
    /// In quotes: the user's own words.
    Quoted(String),
    /// A bare word: one of this crate's lists.
    Word(String),
    /// Already at fault before the rules saw it, which stay silent about it.
    Unreadable,
}

/// A link that holds every rule.
#[derive(Debug)]
#[non_exhaustive]
pub struct CheckedLink {
    /// The link without state and code challenge, and without the values that are known only later. Without an origin, if
    /// those decide on it.
    pub text: String,
    /// Whether a sign-in adds a code challenge.
    pub pkce: bool,
    /// What may be wrong with it all the same.
    pub warnings: Vec<Problem>,
}

impl Value {
    /// The single text.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(Text::Quoted(text) | Text::Word(text)) => Some(text),
            _ => None,
        }
    }
}

impl Entry {
    /// A field as it is written in a call.
    #[must_use]
    pub fn new(name: String, quoted: bool, value: Value) -> Self {
        Self { name, quoted, value, pasted: None }
    }

    /// Whether it comes from a pasted link and is not taken over.
    pub(crate) fn is_dropped(&self) -> bool {
        self.pasted.is_some() && DROPPED.contains(&self.name.as_str())
    }

    /// Whether both come from a pasted link and say the same.
    pub(crate) fn repeats(&self, earlier: &Self) -> bool {
        let same_text = matches!((&self.value, &earlier.value), (Value::Text(Text::Quoted(a)), Value::Text(Text::Quoted(b))) if a == b);
        self.name == earlier.name && self.pasted.is_some() && earlier.pasted.is_some() && same_text
    }

    /// The field that it is for, unless the name is not known or in quotes.
    #[must_use]
    pub fn param(&self) -> Option<Param> {
        if self.quoted { None } else { Param::named(&self.name) }
    }
}

impl Draft {
    /// The fields, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds a field after those that it has.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Holds the link to the application's own catalogue.
    pub fn set_catalogue(&mut self, catalogue: Arc<Catalogue>) {
        self.catalogue = Some(catalogue);
    }

    /// Runs every rule.
    ///
    /// # Errors
    ///
    /// Every problem at once, warnings among them, in the order of their places, if one of them is more than a warning.
    #[cfg(feature = "url")]
    pub fn check(&self) -> Result<CheckedLink, Vec<Problem>> {
        let link = Link::new(self, true);
        let mut allowed = Vec::new();
        for word in link.words(Param::Allow) {
            allowed.push(word.text.to_owned());
        }
        checked(&link, Problems::of_compiling(allowed))
    }

    /// Runs every rule over a link that is made while the application runs: what may be meant, and what rests on the dated
    /// catalogue of providers, only warns.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    #[cfg(feature = "url")]
    pub fn check_running(&self) -> Result<CheckedLink, Vec<Problem>> {
        checked(&Link::new(self, false), Problems::of_running())
    }

    /// The fields of a link that was checked, from its text.
    fn read(link: &str) -> Self {
        let (origin, query) = link.split_once("/?").unwrap_or((link, ""));
        let mut draft = Self::default();
        let mut push = |name: &str, quoted, text: &str| {
            draft.push(Entry::new(name.to_owned(), quoted, Value::Text(Text::Quoted(text.to_owned()))));
        };
        match TRUELAYER.iter().position(|server| *server == origin) {
            Some(environment) => push(Param::Environment.name(), false, ENVIRONMENTS[environment]),
            // What decides on it was not known yet.
            None if origin.is_empty() => {}
            None => push(Param::AuthServer.name(), false, origin),
        }
        for (name, value) in pairs(query.as_bytes()) {
            let (Ok(name), Ok(value)) = (decode(name), decode(value)) else {
                continue;
            };
            push(&name, !Param::named(&name).is_some_and(Param::is_sent), &value);
        }
        draft
    }
}

/// The text of `link`, which was checked, with `values` set: what only one sign-in, or only the running application, knows.
///
/// What may be meant, and what rests on the dated catalogue of providers, is no error here.
///
/// # Errors
///
/// Every problem with the values, all of them at once.
pub fn amend(link: &str, values: &[(Param, &str)]) -> Result<String, Vec<Problem>> {
    let before = Draft::read(link);
    let mut draft = before.clone();
    draft.entries.retain(|entry| values.iter().all(|&(param, _)| entry.param() != Some(param)));
    draft.entries.extend(of_values(values).entries);
    // What only warns refuses nothing, and the redirect URI that a link already has was checked when it was compiled.
    let is_new = values.iter().any(|&(param, _)| param == Param::RedirectUri);
    let mut problems = errors(&draft, is_new);
    if !problems.is_empty() {
        // Nor is the link judged again for what it was allowed to hold.
        let known = errors(&before, is_new);
        let stood = |problem: &Problem| {
            problem.place().entry().is_some() && known.iter().any(|known| known.to_string() == problem.to_string())
        };
        problems.retain(|problem| !stood(problem));
    }
    if problems.is_empty() { Ok(write(&Link::new(&draft, false))) } else { Err(problems) }
}

/// The fields `values` by themselves, where the rest of a link is not known.
///
/// # Errors
///
/// Every problem with the values, all of them at once.
pub fn check_values(values: &[(Param, &str)]) -> Result<(), Vec<Problem>> {
    let mut problems = errors(&of_values(values), true);
    problems.retain(|problem| problem.place().entry().is_some());
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The origin of a stand-in, as `auth_server` takes it, in the form that a link has.
///
/// # Errors
///
/// As of `auth_server`.
pub fn check_origin(text: &str) -> Result<String, Vec<Problem>> {
    let values = [(Param::AuthServer, text)];
    check_values(&values)?;
    Ok(origin(&Link::new(&of_values(&values), false)))
}

fn of_values(values: &[(Param, &str)]) -> Draft {
    let mut draft = Draft::default();
    for &(param, value) in values {
        draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Quoted(value.to_owned()))));
    }
    draft
}

/// What makes a link unfit for use while it runs.
fn errors(draft: &Draft, with_redirect_uri: bool) -> Vec<Problem> {
    let rules = Rule::with_redirect_uri(with_redirect_uri).filter(|rule| rule.level == Level::Error);
    let mut problems = run(&Link::new(draft, false), rules, Problems::of_running());
    problems.retain(|problem| !problem.is_warning());
    problems
}

/// What may be wrong with a link that was checked; with its redirect URI only with the feature `url`.
#[must_use]
pub fn warnings(link: &str) -> Vec<Problem> {
    let draft = Draft::read(link);
    let mut problems = run(&Link::new(&draft, false), Rule::all(), Problems::of_running());
    problems.retain(Problem::is_warning);
    problems
}

#[cfg(feature = "url")]
fn checked(link: &Link<'_>, problems: Problems) -> Result<CheckedLink, Vec<Problem>> {
    let problems = run(link, Rule::all(), problems);
    if problems.iter().any(|problem| !problem.is_warning()) {
        return Err(problems);
    }
    let pkce = link.single(Param::Pkce).is_none_or(|word| word.text != "false");
    Ok(CheckedLink { text: write(link), pkce, warnings: problems })
}

fn run(link: &Link<'_>, rules: impl Iterator<Item = &'static Rule>, mut problems: Problems) -> Vec<Problem> {
    let mut found = Vec::new();
    for rule in rules {
        (rule.check)(link, &mut found);
        // Mostly nothing.
        if !found.is_empty() {
            problems.add(rule, link, &mut found);
        }
    }
    problems.into_sorted()
}

/// The text of a link: what is the application's in the order of TrueLayer's page, then what is the user's.
fn write(link: &Link<'_>) -> String {
    let mut text = origin(link) + "/?";
    for param in Param::ALL {
        if !param.is_sent() {
            break;
        }
        if param == Param::FIRST_OF_USER {
            write_unknown(link, &mut text);
        }
        let entry = link.index(param).map(|index| &link.entries[index]);
        let is_known = entry.is_some_and(|entry| !matches!(entry.value, Value::Later));
        if !is_known && param != Param::ResponseType {
            continue;
        }
        text.push_str(param.name());
        text.push('=');
        if param == Param::ResponseType {
            text.push_str("code");
        } else if param.is_list() {
            write_list(link.tokens(param), entry.is_some_and(|entry| entry.pasted.is_some()), &mut text);
        } else if let Some(word) = link.single(param) {
            encode(&provider::spelled(param, &word), &mut text);
        }
        text.push('&');
    }
    text.pop();
    text
}

/// What stands twice in a pasted list is written once.
fn write_list(tokens: &[Token<'_>], is_pasted: bool, text: &mut String) {
    for (index, token) in tokens.iter().enumerate() {
        if is_pasted && tokens[..index].iter().any(|earlier| earlier.text == token.text) {
            continue;
        }
        if index > 0 {
            text.push_str("%20");
        }
        encode(&token.text, text);
    }
}

/// The parameters that this crate does not know, in their order.
fn write_unknown(link: &Link<'_>, text: &mut String) {
    for (index, entry) in link.unknown() {
        let is_repeated = || link.entries[..index].iter().any(|earlier| entry.repeats(earlier));
        if entry.pasted.is_some() && (entry.is_dropped() || is_repeated()) {
            continue;
        }
        encode(&entry.name, text);
        text.push('=');
        encode(&as_it_stands(&entry.value), text);
        text.push('&');
    }
}

fn as_it_stands(value: &Value) -> String {
    let plain = |text: &Text| match text {
        Text::Quoted(text) | Text::Word(text) => text.clone(),
        Text::Unreadable => String::new(),
    };
    match value {
        Value::Text(text) => plain(text),
        Value::List(items) => {
            let mut words = Vec::new();
            for item in items {
                words.push(plain(item));
            }
            joined(&words, " ")
        }
        Value::Later => String::new(),
    }
}
