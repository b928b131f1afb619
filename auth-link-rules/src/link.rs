//! A draft as the rules see it: the first entry of each field, its words, and nothing that is already at fault.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::distance::nearest;
use crate::draft::{Draft, Entry, Text, Value};
use crate::param::Shape;
use crate::pasted::Pasted;
use crate::provider::{Known, known, spelled};
use crate::providers::fault;
#[cfg(feature = "url")]
use crate::redirect_uri::Redirect;
use crate::{Catalogue, Param, Place, decode, pairs};

/// The parameters that mean something in a callback; a redirect URI's own query must not hold them.
pub const CALLBACK_PARAMETERS: [&str; 11] = [
    "code",
    "state",
    "scope",
    "error",
    "error_description",
    "error_uri",
    "error_reason",
    "iss",
    "response",
    "access_token",
    "id_token",
];

/// One readable word of a value.
#[derive(Clone, Copy)]
pub(crate) struct Word<'d> {
    pub(crate) place: Place,
    pub(crate) text: &'d str,
    /// Written in quotes: the user's own. A bare word is one of our lists.
    pub(crate) quoted: bool,
}

impl Word<'_> {
    /// Two letters in the user's own quotes: a code that our lists may lack.
    pub(crate) fn is_own_code(&self) -> bool {
        self.quoted && self.text.len() == 2 && self.text.bytes().all(|byte| byte.is_ascii_alphabetic())
    }
}

/// The entries of a draft, by field.
pub(crate) struct Link<'d> {
    pub(crate) entries: &'d [Entry],
    /// The link that some of them come from.
    pub(crate) pasted: Option<&'d Pasted>,
    /// The application's own catalogue.
    pub(crate) catalogue: Option<&'d Catalogue>,
    /// The link is being compiled: what it holds is the same for every user.
    pub(crate) compiling: bool,
    /// The field of each entry.
    params: Vec<Option<Param>>,
    first: [Option<usize>; Param::ALL.len()],
    /// The redirect URI, once a rule has asked for it.
    #[cfg(feature = "url")]
    pub(crate) redirect: OnceCell<Option<Redirect<'d>>>,
    /// The first character of it that no URI holds.
    #[cfg(feature = "url")]
    pub(crate) impossible: OnceCell<Option<char>>,
    /// The words of each field, once a rule has asked for them.
    words: [OnceCell<Vec<Word<'d>>>; Param::ALL.len()],
    /// The same, as the link's text holds them.
    tokens: [OnceCell<Vec<Token<'d>>>; Param::ALL.len()],
}

/// A word as the link's text holds it, looked up once.
pub(crate) struct Token<'d> {
    pub(crate) word: Word<'d>,
    pub(crate) text: Cow<'d, str>,
    /// What it stands for in the catalogue, in a field of providers.
    pub(crate) known: Option<Known>,
    /// Whether it can be a provider, known or not.
    pub(crate) is_possible: bool,
}

impl<'d> Token<'d> {
    pub(crate) fn new(param: Param, word: Word<'d>) -> Self {
        let text = spelled(param, &word);
        if !param.is_of_providers() {
            return Self { word, text, known: None, is_possible: false };
        }
        let mut token = Self { word, known: known(&text), text, is_possible: false };
        token.is_possible = fault(param, &token).is_none();
        token
    }
}

impl<'d> Link<'d> {
    pub(crate) fn new(draft: &'d Draft, compiling: bool) -> Self {
        let entries = draft.entries();
        let mut params = Vec::with_capacity(entries.len());
        let mut first = [None; Param::ALL.len()];
        for (index, entry) in entries.iter().enumerate() {
            let param = entry.param();
            if let Some(param) = param {
                first[param as usize].get_or_insert(index);
            }
            params.push(param);
        }
        Self {
            entries,
            pasted: draft.pasted.as_ref(),
            catalogue: draft.catalogue.as_deref(),
            compiling,
            params,
            first,
            #[cfg(feature = "url")]
            redirect: OnceCell::new(),
            #[cfg(feature = "url")]
            impossible: OnceCell::new(),
            words: [const { OnceCell::new() }; Param::ALL.len()],
            tokens: [const { OnceCell::new() }; Param::ALL.len()],
        }
    }

    /// The entries, each with its field.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (usize, Option<Param>, &'d Entry)> {
        self.params.iter().zip(self.entries).enumerate().map(|(index, (param, entry))| (index, *param, entry))
    }

    /// The entries whose names are no fields.
    pub(crate) fn unknown(&self) -> impl Iterator<Item = (usize, &'d Entry)> {
        self.fields().filter(|(_, param, _)| param.is_none()).map(|(index, _, entry)| (index, entry))
    }

    /// The index of the field's first entry.
    pub(crate) fn index(&self, param: Param) -> Option<usize> {
        self.first[param as usize]
    }

    /// Whether the field is written, readable or not.
    pub(crate) fn has(&self, param: Param) -> bool {
        self.index(param).is_some()
    }

    /// The value of a field that takes one: `None` where it is left out or already at fault.
    pub(crate) fn single(&self, param: Param) -> Option<Word<'d>> {
        let index = self.index(param)?;
        let (text, quoted) = match &self.entries[index].value {
            Value::Text(Text::Quoted(text)) if !text.is_empty() => (text, true),
            Value::Text(Text::Word(text)) if param.shape() != Shape::Text => (text, false),
            _ => return None,
        };
        Some(Word { place: Place::Value(index), text, quoted })
    }

    /// The value of a field whose list lacks it: one that may be a code all the same, or one that cannot.
    pub(crate) fn unlisted(&self, param: Param, is_listed: fn(&str) -> bool, may_be_code: bool) -> Option<Word<'d>> {
        self.single(param).filter(|word| !is_listed(word.text) && word.is_own_code() == may_be_code)
    }

    /// The readable words of a field that takes a list.
    pub(crate) fn words(&self, param: Param) -> &[Word<'d>] {
        self.words[param as usize].get_or_init(|| self.read_words(param))
    }

    /// The same, as the link's text holds them.
    pub(crate) fn tokens(&self, param: Param) -> &[Token<'d>] {
        self.tokens[param as usize].get_or_init(|| {
            let words = self.words(param);
            let mut tokens = Vec::with_capacity(words.len());
            for word in words {
                tokens.push(Token::new(param, *word));
            }
            tokens
        })
    }

    fn read_words(&self, param: Param) -> Vec<Word<'d>> {
        let Some(index) = self.index(param) else {
            return Vec::new();
        };
        let mut words = Vec::new();
        match &self.entries[index].value {
            Value::Text(text) => {
                for (item, word) in text.words().enumerate() {
                    words.push(Word { place: Place::Item(index, item), ..word });
                }
            }
            Value::List(items) => {
                words.reserve(items.len());
                for (item, text) in items.iter().enumerate() {
                    let place = Place::Item(index, item);
                    match text {
                        Text::Word(text) => words.push(Word { place, text, quoted: false }),
                        text => {
                            for word in text.words() {
                                words.push(Word { place, ..word });
                            }
                        }
                    }
                }
            }
            Value::Later => {}
        }
        words
    }

    /// Whether the field seems to be written under a name that is at fault.
    pub(crate) fn is_lost(&self, param: Param) -> bool {
        let is_meant = |(_, entry): (usize, &Entry)| {
            entry.pasted.is_none()
                && (entry.name == param.name() || (!entry.quoted && nearest(&entry.name, &[param.name()]).is_some()))
        };
        !self.has(param) && self.unknown().any(is_meant)
    }

    /// Whether the field comes from a pasted link.
    pub(crate) fn is_pasted(&self, param: Param) -> bool {
        self.index(param).is_some_and(|index| self.entries[index].pasted.is_some())
    }

    /// Whether every word of the field could be read.
    pub(crate) fn is_whole(&self, param: Param) -> bool {
        self.index(param).is_none_or(|index| match &self.entries[index].value {
            Value::Text(text) => !matches!(text, Text::Unreadable),
            Value::List(items) => !items.iter().any(|item| matches!(item, Text::Unreadable)),
            Value::Later => false,
        })
    }
}

impl Text {
    pub(crate) fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let (text, quoted) = match self {
            Self::Word(text) => (text.as_str(), false),
            Self::Quoted(text) => (text.as_str(), true),
            Self::Unreadable => ("", true),
        };
        text.split(' ').filter(|word| !word.is_empty()).map(move |text| Word { place: Place::Link, text, quoted })
    }
}

/// The value of `param` in the text of a link that was checked.
#[must_use]
pub fn get(link: &str, param: Param) -> Option<Cow<'_, str>> {
    let (_, query) = link.split_once('?')?;
    let (_, raw) = pairs(query.as_bytes()).find(|&(name, _)| name == param.name().as_bytes())?;
    decode(raw).ok()
}
