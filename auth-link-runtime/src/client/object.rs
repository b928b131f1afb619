//! Objects of a response, read straight into their types. Unknown members are skipped, and no tree is built.

use std::borrow::Cow;

use super::json_reader::{ReadError, Reader, Text, Value};
use super::unexpected::Unexpected;

/// A type that is read from a JSON object.
pub(crate) trait Object: Sized {
    /// Reads the members. The outer error is one of the syntax, the inner one of the content.
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError>;
}

/// A value that is read from JSON of any type. It decides what another type than the expected one becomes.
pub(crate) trait Member: Sized {
    /// Reads a value of any type.
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        // Most values are texts.
        if let Some(text) = reader.text()? {
            return Self::text(text, reader);
        }
        match reader.value()? {
            Value::Text(text) => Self::text(text, reader),
            Value::Number(number) => Ok(Self::number(number)),
            Value::Boolean(value) => Ok(Self::boolean(value)),
            Value::Null => Ok(Self::other("null")),
            Value::Object => Self::object(reader),
            Value::List => Self::list(reader),
        }
    }

    /// Creates the value from a text.
    fn text(_: Text<'_>, _: &mut Reader<'_>) -> Result<Self, ReadError> {
        Ok(Self::other("text"))
    }

    /// Creates the value from another type, such as `a number`.
    fn other(kind: &'static str) -> Self;

    /// Creates the value from a number.
    fn number(_: &str) -> Self {
        Self::other("a number")
    }

    /// Creates the value from a boolean.
    fn boolean(_: bool) -> Self {
        Self::other("true or false")
    }

    /// Creates the value from an object, before which the reader is.
    fn object(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        reader.skip()?;
        Ok(Self::other("an object"))
    }

    /// Creates the value from a list, before which the reader is.
    fn list(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        reader.skip()?;
        Ok(Self::other("a list"))
    }
}

/// Reads one JSON value, with nothing after it.
pub(crate) fn read_value<M: Member>(text: &str) -> Result<M, ReadError> {
    let mut reader = Reader::new(text);
    let value = M::read(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// An object that has to be readable.
pub(crate) struct Item<T>(pub(crate) Result<T, Unexpected>);

impl<T: Object> Member for Item<T> {
    fn other(kind: &'static str) -> Self {
        Self(Err(Unexpected(format!("expected an object, found {kind}"))))
    }

    fn object(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        T::read(reader).map(Self)
    }
}

/// An optional object.
pub(crate) struct Nested<T>(pub(crate) Option<T>);

impl<T> Default for Nested<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Object> Member for Nested<T> {
    fn other(_: &'static str) -> Self {
        Self(None)
    }

    fn object(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        T::read(reader).map(|object| Self(object.ok()))
    }
}

/// A value that is read from a text.
pub(crate) trait FromText: Sized {
    /// Returns `None` if the text is in another format.
    fn from_text(text: Cow<'_, str>) -> Option<Self>;

    /// Returns the memory that the value takes beyond itself, in bytes.
    fn heap_len(&self) -> usize {
        0
    }
}

impl FromText for String {
    #[inline]
    fn from_text(text: Cow<'_, str>) -> Option<Self> {
        let mut text = text.into_owned();
        // A text with escapes has a larger capacity.
        text.shrink_to_fit();
        Some(text)
    }

    #[inline]
    fn heap_len(&self) -> usize {
        self.len()
    }
}

/// An optional value; `None` if it is of another type.
impl<T: FromText> Member for Option<T> {
    #[inline]
    fn text(text: Text<'_>, reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        let value = T::from_text(text.decode()?);
        reader.take_allocation(value.as_ref().map_or(0, T::heap_len))?;
        Ok(value)
    }

    fn other(_: &'static str) -> Self {
        None
    }
}

/// A list of texts. Items of another type are left out.
#[derive(Default)]
pub(crate) struct Texts {
    texts: Vec<String>,
    is_too_long: bool,
}

/// The limit of a list of texts.
const MAX_TEXTS: usize = 100;

impl Texts {
    /// Returns the texts of the member `name`; none if it is no list.
    pub(crate) fn take(self, name: &str) -> Result<Vec<String>, Unexpected> {
        if self.is_too_long {
            return Err(Unexpected(format!("expected at most {MAX_TEXTS} texts for `{name}`, found more")));
        }
        Ok(self.texts)
    }

    fn push(&mut self, text: String, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        if self.texts.len() == self.texts.capacity() {
            // Most lists have one or two items; the default would reserve four.
            let additional = self.texts.len().max(2);
            self.texts.reserve_exact(additional);
            reader.take_allocation(additional * size_of::<String>())?;
        }
        self.texts.push(text);
        Ok(())
    }
}

impl Member for Texts {
    fn other(_: &'static str) -> Self {
        Self::default()
    }

    fn list(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        let mut list = Self::default();
        let mut has_item = reader.begin();
        while has_item {
            if list.texts.len() == MAX_TEXTS {
                list.is_too_long = true;
                reader.value_start();
                reader.skip()?;
            } else if let Some(text) = Option::<String>::read(reader)? {
                list.push(text, reader)?;
            }
            has_item = reader.next_item()?;
        }
        Ok(list)
    }
}

/// A text that an object needs.
#[derive(Default)]
pub(crate) enum Required {
    #[default]
    Missing,
    Text(String),
    Other(&'static str),
}

impl Required {
    /// Returns the text of the member `name`.
    pub(crate) fn take(self, name: &str) -> Result<String, Unexpected> {
        match self {
            Self::Text(text) if text.is_empty() => Err(Unexpected(format!("empty `{name}`"))),
            other => other.take_any(name),
        }
    }

    /// Returns the text of the member `name`, which may be empty.
    pub(crate) fn take_any(self, name: &str) -> Result<String, Unexpected> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Missing => Err(Unexpected(format!("missing `{name}`"))),
            Self::Other(kind) => Err(Unexpected(format!("expected text for `{name}`, found {kind}"))),
        }
    }
}

impl Member for Required {
    #[inline]
    fn text(text: Text<'_>, reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        Ok(Option::<String>::text(text, reader)?.map_or(Self::Missing, Self::Text))
    }

    fn other(kind: &'static str) -> Self {
        if kind == "null" { Self::Missing } else { Self::Other(kind) }
    }
}

/// An optional boolean.
#[derive(Default)]
pub(crate) enum Flag {
    #[default]
    Missing,
    Value(bool),
    Other(&'static str),
}

impl Flag {
    /// Returns the boolean of the member `name`; false if it is missing.
    pub(crate) fn take(self, name: &str) -> Result<bool, Unexpected> {
        match self {
            Self::Missing => Ok(false),
            Self::Value(value) => Ok(value),
            Self::Other(kind) => Err(Unexpected(format!("expected true or false for `{name}`, found {kind}"))),
        }
    }
}

impl Member for Flag {
    fn other(kind: &'static str) -> Self {
        if kind == "null" { Self::Missing } else { Self::Other(kind) }
    }

    fn boolean(value: bool) -> Self {
        Self::Value(value)
    }
}

/// Reads the value of a member whose name is not written in the common way. Not inlined, since it is rare.
#[cold]
pub(crate) fn read_rarely_named<M: Member>(reader: &mut Reader<'_>) -> Result<M, ReadError> {
    M::read(reader)
}

/// Reads the named members of an object into variables of these types, and skips the others. Of a duplicate, the last counts.
///
/// Members in the order of the variables are read fastest: each name is first compared with the text, before its end is known.
macro_rules! members {
    ($reader:ident { $($variable:ident: $type:ty $(= $name:literal)?),+ $(,)? }) => {
        $(let mut $variable = <$type>::default();)*
        let mut has_member = $reader.begin();
        while has_member {
            let start = $reader.position();
            $(if has_member && $reader.take_name(concat!('"', $crate::client::members!(@name $variable $($name)?), "\":")) {
                $variable = <$type as $crate::client::Member>::read($reader)?;
                has_member = $reader.next_member()?;
            })*
            if $reader.position() == start {
                // An unknown name, or one with escapes or with white space before the colon.
                match &*$reader.name()?.word() {
                    $($crate::client::members!(@name $variable $($name)?) => {
                        $variable = $crate::client::read_rarely_named($reader)?;
                    })*
                    _ => $reader.skip()?,
                }
                has_member = $reader.next_member()?;
            }
        }
    };
    (@name $variable:ident) => { stringify!($variable) };
    (@name $variable:ident $name:literal) => { $name };
}

pub(crate) use members;
