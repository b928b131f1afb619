//! Objects of a response, read straight into their types. Unknown members are skipped, and no tree is built.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::unexpected::Unexpected;

/// A type that is read from a JSON object.
pub(crate) trait Object: Sized {
    /// Reads the members. The outer error is one of the syntax, the inner one of the content.
    fn read<'de, A: MapAccess<'de>>(members: A) -> Result<Result<Self, Unexpected>, A::Error>;
}

/// A value that is read from JSON of any type. It decides what another type than the expected one becomes.
pub(crate) trait Member: Sized {
    /// Reads a value of any type.
    fn read<'de, D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_any(MemberVisitor(PhantomData))
    }

    /// Creates the value from a text.
    fn text(text: &str) -> Self;

    /// Creates the value from another type, such as `a number`.
    fn other(kind: &'static str) -> Self;

    /// Creates the value from a boolean.
    fn boolean(_: bool) -> Self {
        Self::other("true or false")
    }

    /// Creates the value from an object.
    fn object<'de, A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::other("an object"))
    }

    /// Creates the value from a list.
    fn list<'de, A: SeqAccess<'de>>(mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::other("a list"))
    }
}

/// Reads one JSON value, with nothing after it.
pub(crate) fn read_value<M: Member>(text: &str) -> Result<M, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = M::read(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// The `Deserialize` of a member.
pub(crate) struct Read<M>(pub(crate) M);

impl<'de, M: Member> Deserialize<'de> for Read<M> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        M::read(value).map(Self)
    }
}

struct MemberVisitor<M>(PhantomData<M>);

impl<'de, M: Member> Visitor<'de> for MemberVisitor<M> {
    type Value = M;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    #[inline]
    fn visit_str<E>(self, text: &str) -> Result<M, E> {
        Ok(M::text(text))
    }

    fn visit_bool<E>(self, value: bool) -> Result<M, E> {
        Ok(M::boolean(value))
    }

    fn visit_unit<E>(self) -> Result<M, E> {
        Ok(M::other("null"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<M, E> {
        Ok(M::other("a number"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<M, E> {
        Ok(M::other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<M, E> {
        Ok(M::other("a number"))
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<M, A::Error> {
        M::object(members)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<M, A::Error> {
        M::list(items)
    }
}

/// An object that has to be readable.
pub(crate) struct Item<T>(pub(crate) Result<T, Unexpected>);

impl<T: Object> Member for Item<T> {
    fn text(_: &str) -> Self {
        Self::other("text")
    }

    fn other(kind: &'static str) -> Self {
        Self(Err(Unexpected(format!("expected an object, found {kind}"))))
    }

    #[inline]
    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
        T::read(members).map(Self)
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
    fn text(_: &str) -> Self {
        Self(None)
    }

    fn other(_: &'static str) -> Self {
        Self(None)
    }

    #[inline]
    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
        T::read(members).map(|object| Self(object.ok()))
    }
}

/// A value that is read from a text.
pub(crate) trait FromText: Sized {
    /// Returns `None` if the text is in another format.
    fn from_text(text: &str) -> Option<Self>;
}

impl FromText for String {
    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

/// An optional value; `None` if it is of another type.
impl<T: FromText> Member for Option<T> {
    #[inline]
    fn text(text: &str) -> Self {
        T::from_text(text)
    }

    fn other(_: &'static str) -> Self {
        None
    }
}

/// A list of texts. Items of another type are left out.
impl Member for Vec<String> {
    fn text(_: &str) -> Self {
        Self::new()
    }

    fn other(_: &'static str) -> Self {
        Self::new()
    }

    fn list<'de, A: SeqAccess<'de>>(mut items: A) -> Result<Self, A::Error> {
        let mut texts = Self::new();
        while let Some(Read(text)) = items.next_element::<Read<Option<String>>>()? {
            if let Some(text) = text {
                // Most lists have one or two items; the default would reserve four.
                texts.reserve_exact(usize::from(texts.len() == texts.capacity()) * (1 + texts.len()));
                texts.push(text);
            }
        }
        Ok(texts)
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
    fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
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
    fn text(_: &str) -> Self {
        Self::Other("text")
    }

    fn other(kind: &'static str) -> Self {
        if kind == "null" { Self::Missing } else { Self::Other(kind) }
    }

    fn boolean(value: bool) -> Self {
        Self::Value(value)
    }
}

/// The name of a member, as one of a set.
pub(crate) trait Name: Sized {
    fn of(text: &str) -> Self;
}

/// The `Deserialize` of a name.
pub(crate) struct ReadName<N>(pub(crate) N);

impl<'de, N: Name> Deserialize<'de> for ReadName<N> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(name: D) -> Result<Self, D::Error> {
        name.deserialize_str(NameVisitor(PhantomData))
    }
}

struct NameVisitor<N>(PhantomData<N>);

impl<N: Name> Visitor<'_> for NameVisitor<N> {
    type Value = ReadName<N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    #[inline]
    fn visit_str<E>(self, text: &str) -> Result<ReadName<N>, E> {
        Ok(ReadName(N::of(text)))
    }
}

/// Reads the named members of an object into variables of these types, and skips the others. Of a duplicate, the last counts.
macro_rules! members {
    ($members:ident { $($variable:ident: $type:ty $(= $name:literal)?),+ $(,)? }) => {
        $(let mut $variable = <$type>::default();)*
        {
            #[expect(non_camel_case_types, reason = "named after the variables")]
            enum Key { $($variable,)* Unknown_ }

            impl $crate::client::Name for Key {
                #[inline]
                fn of(text: &str) -> Self {
                    match text {
                        $($crate::client::members!(@name $variable $($name)?) => Self::$variable,)*
                        _ => Self::Unknown_,
                    }
                }
            }

            while let Some($crate::client::ReadName(key)) = $members.next_key()? {
                match key {
                    $(Key::$variable => $variable = $members.next_value::<$crate::client::Read<$type>>()?.0,)*
                    Key::Unknown_ => {
                        $members.next_value::<serde_core::de::IgnoredAny>()?;
                    }
                }
            }
        }
    };
    (@name $variable:ident) => { stringify!($variable) };
    (@name $variable:ident $name:literal) => { $name };
}

pub(crate) use members;
