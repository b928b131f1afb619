//! A draft as rules see it: the first entry of each field, its readable words, and questions that several rules ask.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::diagnostic::{Location, Rule};
use crate::draft::{Draft, Entry, PastedUrl, Text, Value};
use crate::suggestion::Context;
#[cfg(feature = "url")]
use crate::uri::redirect::{self, RedirectUri};
use crate::vocabulary::custom_list::Catalogue;
use crate::vocabulary::environment::SANDBOX_PREFIX;
use crate::vocabulary::parameter::{Param, Shape};
use crate::vocabulary::provider::{self, Known, SyntaxError, by_country, check_syntax, known};
use crate::vocabulary::similar::nearest;
use crate::vocabulary::similar_field::similar_field;

/// One readable word of a value.
#[derive(Clone, Copy)]
pub(crate) struct Word<'d> {
    pub(crate) location: Location,
    pub(crate) text: &'d str,
    /// Whether it was written in quotes. A bare word comes from the field's vocabulary.
    pub(crate) quoted: bool,
}

impl<'d> Word<'d> {
    /// Creates the word of a text in quotes that belongs to no draft.
    pub(crate) fn quoted(text: &'d str) -> Self {
        Self { location: Location::Link, text, quoted: true }
    }

    /// Returns whether its vocabulary lacks it and it is, or is not, a code of two letters in quotes.
    pub(crate) fn is_unlisted(&self, is_listed: fn(&str) -> bool, is_code: bool) -> bool {
        self.is_two_letter_text() == is_code && !is_listed(self.text)
    }

    /// Returns whether it is two letters in quotes: a code that the vocabulary may lack.
    pub(crate) fn is_two_letter_text(&self) -> bool {
        self.quoted && self.text.len() == 2 && self.text.bytes().all(|byte| byte.is_ascii_alphabetic())
    }

    /// Returns the word as a link's text contains it.
    pub(crate) fn canonical(&self, param: Param) -> Cow<'d, str> {
        if param.takes_providers() { provider::canonical(self.text, self.quoted) } else { self.text.into() }
    }
}

/// A word of a field that takes providers, with its meaning.
pub(crate) struct ProviderRef<'d> {
    pub(crate) word: Word<'d>,
    /// The word as a link's text contains it.
    pub(crate) text: Cow<'d, str>,
    /// Its meaning in the dated list.
    pub(crate) known: Option<Known>,
    /// Whether it can name a provider, listed or not.
    pub(crate) is_valid: bool,
}

impl<'d> ProviderRef<'d> {
    fn new(param: Param, word: Word<'d>) -> Self {
        let mut reference = Self { known: None, text: word.canonical(param), word, is_valid: false };
        reference.known = known(&reference.text);
        reference.is_valid = reference.check(param).is_ok();
        reference
    }

    /// Checks whether it can name a provider in `param`.
    pub(crate) fn check(&self, param: Param) -> Result<(), SyntaxError<'_>> {
        check_syntax(&self.text, self.word.quoted, self.known.is_some(), param == Param::Providers)
    }
}

/// The entries of a draft, by field.
pub(crate) struct DraftView<'d> {
    pub(crate) entries: &'d [Entry],
    /// The link that some of them come from.
    pub(crate) pasted: Option<&'d PastedUrl>,
    /// The application's own list of providers.
    pub(crate) catalogue: Option<&'d Catalogue>,
    /// Whether the link is checked at compile time, so that its values are the same for every user.
    pub(crate) at_compile_time: bool,
    /// The rules of this build: the vocabulary of `allow`.
    pub(crate) rules: [&'static [Rule]; 2],
    /// Whether a value is known only at run time.
    pub(crate) has_runtime_values: bool,
    /// Whether each entry is a known field that no earlier entry names.
    pub(crate) is_each_field_once: bool,
    /// The field of each entry.
    params: Vec<Option<Param>>,
    /// The entries whose names are no fields.
    unknown: Vec<usize>,
    first: [Option<usize>; Param::ALL.len()],
    /// The words of each field, once a rule has asked for them.
    words: [OnceCell<Vec<Word<'d>>>; Param::ALL.len()],
    /// The providers of each field that takes some, once a rule has asked for them.
    providers: [OnceCell<Vec<ProviderRef<'d>>>; 3],
    /// The redirect URI, once a rule has asked for it.
    #[cfg(feature = "url")]
    redirect_uri: OnceCell<Option<RedirectUri<'d>>>,
    /// The first invalid character of the redirect URI, once a rule has asked for it.
    #[cfg(feature = "url")]
    invalid_character: OnceCell<Option<char>>,
}

impl<'d> DraftView<'d> {
    pub(crate) fn new(draft: &'d Draft, at_compile_time: bool, rules: [&'static [Rule]; 2]) -> Self {
        let entries = draft.entries();
        let mut params = Vec::with_capacity(entries.len());
        let mut unknown = Vec::new();
        let mut first = [None; Param::ALL.len()];
        let (mut has_runtime_values, mut is_each_field_once) = (false, true);
        for (index, entry) in entries.iter().enumerate() {
            let param = entry.param();
            match param {
                Some(param) if first[param as usize].is_none() => first[param as usize] = Some(index),
                Some(_) => is_each_field_once = false,
                None => {
                    is_each_field_once = false;
                    unknown.push(index);
                }
            }
            has_runtime_values |= matches!(entry.value, Value::Runtime);
            params.push(param);
        }
        Self {
            entries,
            pasted: draft.pasted.as_ref(),
            catalogue: draft.catalogue.as_deref(),
            at_compile_time,
            rules,
            has_runtime_values,
            is_each_field_once,
            params,
            unknown,
            first,
            words: [const { OnceCell::new() }; Param::ALL.len()],
            providers: [const { OnceCell::new() }; 3],
            #[cfg(feature = "url")]
            redirect_uri: OnceCell::new(),
            #[cfg(feature = "url")]
            invalid_character: OnceCell::new(),
        }
    }

    /// Returns the entries, each with its field.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (usize, Option<Param>, &'d Entry)> {
        let mut index = 0;
        // Simpler than a chain of iterators, which would cost a macro more: it is not optimized.
        std::iter::from_fn(move || {
            let (param, entry) = (*self.params.get(index)?, self.entries.get(index)?);
            index += 1;
            Some((index - 1, param, entry))
        })
    }

    /// Returns the entries whose names are no fields.
    pub(crate) fn unknown(&self) -> impl Iterator<Item = (usize, &'d Entry)> {
        self.unknown.iter().map(|&index| (index, &self.entries[index]))
    }

    /// Returns the parameters of the pasted link, each with its index.
    pub(crate) fn pasted_parameters(&self) -> impl Iterator<Item = (usize, &'d Entry)> {
        let is_parameter = |entry: &Entry| entry.pasted.is_some() && entry.param() != Some(Param::Environment);
        let entries = if self.pasted.is_some() { self.entries } else { &[] };
        entries.iter().enumerate().filter(move |(_, entry)| is_parameter(entry))
    }

    /// Returns the index of the field's first entry.
    pub(crate) fn index(&self, param: Param) -> Option<usize> {
        self.first[param as usize]
    }

    /// Returns whether the field is written, readable or not.
    pub(crate) fn has(&self, param: Param) -> bool {
        self.index(param).is_some()
    }

    /// Returns whether the field comes from a pasted link.
    pub(crate) fn is_pasted(&self, param: Param) -> bool {
        self.index(param).is_some_and(|index| self.entries[index].pasted.is_some())
    }

    /// Returns whether the field seems to be written under a misspelled or quoted name.
    pub(crate) fn may_be_misspelled(&self, param: Param) -> bool {
        let is_similar = |(_, entry): (usize, &Entry)| {
            entry.pasted.is_none()
                && (entry.name == param.name()
                    || (!entry.quoted
                        && (nearest(&entry.name, &[param.name()]).is_some()
                            || similar_field(&entry.name) == Some(param.name()))))
        };
        !self.has(param) && self.unknown().any(is_similar)
    }

    /// Returns whether a mistake in the pasted link may hide parameters, so that none counts as missing.
    pub(crate) fn may_hide_parameters(&self) -> bool {
        self.pasted.is_some_and(|pasted| {
            pasted.scheme.is_empty()
                || !pasted.fragment.is_empty()
                || self.pasted_parameters().any(|(_, entry)| entry.name.starts_with("amp;"))
        })
    }

    /// Returns whether every word of the field could be read.
    pub(crate) fn is_fully_readable(&self, param: Param) -> bool {
        self.index(param).is_none_or(|index| match &self.entries[index].value {
            Value::Text(text) => !matches!(text, Text::Invalid),
            Value::List(items) => !items.iter().any(|item| matches!(item, Text::Invalid)),
            Value::Runtime => false,
        })
    }

    /// Returns the value of a field that takes one: `None` if it is left out or has an error already.
    pub(crate) fn single(&self, param: Param) -> Option<Word<'d>> {
        let index = self.index(param)?;
        let (text, quoted) = match &self.entries[index].value {
            Value::Text(Text::Quoted(text)) if !text.is_empty() => (text, true),
            Value::Text(Text::Word(text)) if param.shape() != Shape::Text => (text, false),
            _ => return None,
        };
        Some(Word { location: Location::Value(index), text, quoted })
    }

    /// Returns the readable words of a field that takes a list.
    pub(crate) fn words(&self, param: Param) -> &[Word<'d>] {
        self.words[param as usize].get_or_init(|| self.read_words(param))
    }

    fn read_words(&self, param: Param) -> Vec<Word<'d>> {
        let mut words = Vec::new();
        let Some(first) = self.index(param) else {
            return words;
        };
        self.read_entry(first, &mut words);
        if param == Param::Allow {
            // The help of each error adds an `allow`: a second one is a duplicate, but its rules are allowed as well.
            for (index, other, _) in self.fields().skip(first + 1) {
                if other == Some(param) {
                    self.read_entry(index, &mut words);
                }
            }
        }
        words
    }

    /// Adds the readable words of an entry.
    fn read_entry(&self, index: usize, words: &mut Vec<Word<'d>>) {
        match &self.entries[index].value {
            Value::Text(text) => {
                for (item, word) in text.words().enumerate() {
                    words.push(Word { location: Location::Item(index, item), ..word });
                }
            }
            Value::List(items) => {
                words.reserve(items.len());
                for (item, text) in items.iter().enumerate() {
                    let location = Location::Item(index, item);
                    match text {
                        Text::Word(text) => words.push(Word { location, text, quoted: false }),
                        text => {
                            for word in text.words() {
                                words.push(Word { location, ..word });
                            }
                        }
                    }
                }
            }
            Value::Runtime => {}
        }
    }

    /// Returns the words of a field that takes providers, with their meaning.
    pub(crate) fn provider_refs(&self, param: Param) -> &[ProviderRef<'d>] {
        let field = match param {
            Param::Providers => 0,
            Param::DisableProviders => 1,
            _ => 2,
        };
        self.providers[field].get_or_init(|| {
            let words = self.words(param);
            let mut references = Vec::with_capacity(words.len());
            for word in words {
                references.push(ProviderRef::new(param, *word));
            }
            references
        })
    }

    /// Returns the words of every field that can name a provider, with their fields.
    pub(crate) fn valid_providers(&self) -> Vec<(Param, &ProviderRef<'d>)> {
        let mut valid = Vec::with_capacity(8);
        for param in [Param::Providers, Param::DisableProviders, Param::ProviderId] {
            if !self.has(param) {
                continue;
            }
            for reference in self.provider_refs(param) {
                if reference.is_valid {
                    valid.push((param, reference));
                }
            }
        }
        valid
    }

    /// Returns whether `providers` is fully readable and valid, so that a provider that it lacks is really missing.
    pub(crate) fn has_known_providers(&self) -> bool {
        let references = self.provider_refs(Param::Providers);
        !self.may_hide_parameters()
            && !self.may_be_misspelled(Param::Providers)
            && self.is_fully_readable(Param::Providers)
            && references.is_empty() != self.has(Param::Providers)
            && references.iter().all(|reference| reference.is_valid)
    }

    /// Returns the countries of the listed providers; `None` if one of them has no known country.
    pub(crate) fn listed_countries(&self) -> Option<Vec<&str>> {
        if !self.has_known_providers() {
            return None;
        }
        let mut countries = Vec::new();
        if !self.has(Param::Providers) {
            countries.push("uk");
        }
        for reference in self.provider_refs(Param::Providers) {
            countries.push(match by_country(&reference.text) {
                Some((country, _)) if provider::is_country(country) => country,
                Some(_) => return None,
                None => provider::country(&reference.text)?,
            });
        }
        Some(countries)
    }

    /// Returns the chosen provider: the one word of `provider_id`, which must be the whole value.
    pub(crate) fn chosen_provider(&self) -> Option<(Word<'d>, &ProviderRef<'d>)> {
        let word = self.single(Param::ProviderId)?;
        match self.provider_refs(Param::ProviderId) {
            [reference] if reference.word.text.len() == word.text.len() => Some((word, reference)),
            _ => None,
        }
    }

    /// Returns whether the client id belongs to the sandbox.
    pub(crate) fn has_sandbox_client_id(&self) -> bool {
        self.single(Param::ClientId).is_some_and(|id| id.text.starts_with(SANDBOX_PREFIX))
    }

    /// Returns whether the link leads to the sandbox; `None` if that is not known yet.
    pub(crate) fn is_sandbox(&self) -> Option<bool> {
        if self.has(Param::Environment) {
            return self.single(Param::Environment).map(|environment| environment.text == "sandbox");
        }
        self.single(Param::ClientId).map(|_| self.has_sandbox_client_id())
    }

    /// Returns the redirect URI, if its characters and its scheme are valid.
    #[cfg(feature = "url")]
    pub(crate) fn redirect_uri(&self) -> Option<(Location, &RedirectUri<'d>)> {
        let word = self.single(Param::RedirectUri)?;
        let parse = || RedirectUri::parse(self.redirect_uri_text()?.1);
        Some((word.location, self.redirect_uri.get_or_init(parse).as_ref()?))
    }

    /// Returns the text of the redirect URI, if its characters are valid.
    #[cfg(feature = "url")]
    pub(crate) fn redirect_uri_text(&self) -> Option<(Location, &'d str)> {
        let word = self.single(Param::RedirectUri)?;
        self.invalid_character().is_none().then_some((word.location, word.text))
    }

    /// Returns the first character of the redirect URI that no URI contains.
    #[cfg(feature = "url")]
    pub(crate) fn invalid_character(&self) -> Option<char> {
        let text = self.single(Param::RedirectUri)?.text;
        *self.invalid_character.get_or_init(|| redirect::invalid_character(text))
    }

    /// Returns the part of the link that suggestions for `location` refer to.
    pub(crate) fn context(&self, location: Location) -> Context {
        let param = location.entry().and_then(|entry| self.params[entry]);
        let text = location.entry().and_then(|entry| match (&self.entries[entry].value, location) {
            (Value::List(items), Location::Item(_, item)) => items.get(item),
            (Value::Text(text), _) => Some(text),
            _ => None,
        });
        let mut written = Vec::new();
        for param in Param::ALL {
            if let Some(index) = self.index(param) {
                let in_quotes = match &self.entries[index].value {
                    Value::Text(text) => matches!(text, Text::Quoted(_)),
                    Value::List(items) => items.iter().all(|item| matches!(item, Text::Quoted(_))),
                    Value::Runtime => false,
                };
                written.push((param, in_quotes));
            }
        }
        Context {
            param,
            is_item: matches!(location, Location::Item(..)),
            quoted: matches!(text, Some(Text::Quoted(_))),
            written,
        }
    }

    /// Returns the byte range of `location` in the pasted link; `None` if it is in no pasted link.
    pub(crate) fn pasted_range(&self, location: Location) -> Option<Range<usize>> {
        let entry = || self.entries.get(location.entry()?)?.pasted.as_ref();
        match location {
            Location::Pasted(start, end) => Some(start..end),
            Location::Name(_) => Some(entry()?.name.clone()),
            Location::Value(_) => Some(entry()?.value.clone()),
            Location::Item(_, item) => {
                let value = entry()?.value.clone();
                Some(self.pasted?.word(value.clone(), item).unwrap_or(value))
            }
            Location::Link => None,
        }
    }
}

impl Text {
    /// Returns its words, which spaces separate.
    pub(crate) fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let (text, quoted) = match self {
            Self::Word(text) => (text.as_str(), false),
            Self::Quoted(text) => (text.as_str(), true),
            Self::Invalid => ("", true),
        };
        text.split(' ').filter(|word| !word.is_empty()).map(move |text| Word { location: Location::Link, text, quoted })
    }
}
