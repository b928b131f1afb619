//! The fields of a link before they are checked: data only.

use std::ops::Range;
use std::sync::Arc;

use crate::vocabulary::custom_list::Catalogue;
use crate::vocabulary::parameter::Param;
use crate::vocabulary::retired::DROPPED_PARAMETERS;

/// The longest link that is checked, in bytes of its names and values.
pub const MAX_LINK_LEN: usize = 16 << 10;

/// The fields of a link, in the order in which they were written.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub(crate) entries: Vec<Entry>,
    pub(crate) pasted: Option<PastedUrl>,
    pub(crate) catalogue: Option<Arc<Catalogue>>,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Whether the name was written in quotes: a parameter that this crate does not know, which is sent unchanged.
    pub quoted: bool,
    /// Its value.
    pub value: Value,
    /// Its position in a pasted link.
    pub(crate) pasted: Option<EntryRange>,
}

/// The value of a field.
#[derive(Clone, Debug)]
pub enum Value {
    /// A single text.
    Text(Text),
    /// A list.
    List(Vec<Text>),
    /// A value that only the running application knows. The rules check it then.
    Runtime,
}

/// One text of a value.
#[derive(Clone, Debug)]
pub enum Text {
    /// A text in quotes: any value.
    Quoted(String),
    /// A bare word: a value of the field's vocabulary.
    Word(String),
    /// A text that could not be read. Its error is already reported, so the rules do not report another.
    Invalid,
}

/// A link that was written as one text, with the byte ranges of its parts.
#[derive(Clone, Debug)]
pub(crate) struct PastedUrl {
    pub(crate) text: String,
    pub(crate) scheme: Range<usize>,
    pub(crate) host: Range<usize>,
    pub(crate) path: Range<usize>,
    /// From `#` on.
    pub(crate) fragment: Range<usize>,
}

/// The position of a field in the text of a pasted link, in bytes.
#[derive(Clone, Debug)]
pub(crate) struct EntryRange {
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
}

impl Draft {
    /// Returns the fields, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Appends a field.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Sets the application's own list of providers, which the link is checked against.
    pub fn set_catalogue(&mut self, catalogue: Arc<Catalogue>) {
        self.catalogue = Some(catalogue);
    }
}

impl Entry {
    /// Creates a field that is not part of a pasted link.
    #[must_use]
    pub fn new(name: String, quoted: bool, value: Value) -> Self {
        Self { name, quoted, value, pasted: None }
    }

    /// Returns the known field with this name; `None` if the name is unknown or in quotes.
    #[must_use]
    pub fn param(&self) -> Option<Param> {
        if self.quoted { None } else { Param::from_name(&self.name) }
    }

    /// Returns whether it is a parameter of a pasted link that is dropped.
    pub(crate) fn is_dropped(&self) -> bool {
        self.pasted.is_some() && DROPPED_PARAMETERS.contains(&self.name.as_str())
    }

    /// Returns the name and the text of a parameter of a pasted link: two that are equal repeat each other.
    pub(crate) fn pair(&self) -> Option<(&str, &str)> {
        match &self.value {
            Value::Text(Text::Quoted(text)) if self.pasted.is_some() => Some((&self.name, text)),
            _ => None,
        }
    }

    /// Returns whether both are parameters of a pasted link with the same name and value.
    pub(crate) fn repeats(&self, earlier: &Self) -> bool {
        self.pair().is_some_and(|pair| earlier.pair() == Some(pair))
    }
}

impl Value {
    /// Returns the single text.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(Text::Quoted(text) | Text::Word(text)) => Some(text),
            _ => None,
        }
    }
}
