//! A list of a response. An unreadable item does not lose the others.

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::json_reader::{ReadError, Reader};
use super::object::{Item, Member, Object, read_value};
use super::unexpected::Unexpected;

/// A list of a response: the items that this crate can read, and a report of the others.
///
/// It is used as a slice of its items, and iterated over as a [`Vec`]. An item that lacks a required member, or is no object, is
/// not among them. It is counted ([`unreadable_len`](Self::unreadable_len)), and the first 20 can be looked at
/// ([`unreadable`](Self::unreadable)). A response without any readable item is an error, unless it has no items.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::client::{List, Provider};
///
/// fn names(providers: List<Provider>) -> Vec<String> {
///     for item in providers.unreadable() {
///         eprintln!("provider {}: {}", item.index(), item.reason());
///     }
///     providers.into_iter().map(|provider| provider.display_name).collect()
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T> {
    items: Vec<T>,
    unreadable: Vec<UnreadableItem>,
    unreadable_len: usize,
}

/// The number of unreadable items that are kept.
const MAX_UNREADABLE: usize = 20;

impl<T> List<T> {
    /// Returns the items, without the report of unreadable ones.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{List, Provider};
    ///
    /// fn sorted(providers: List<Provider>) -> Vec<Provider> {
    ///     let mut providers = providers.into_vec();
    ///     providers.sort_by(|a, b| a.display_name.cmp(&b.display_name));
    ///     providers
    /// }
    /// ```
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }

    /// Returns the first 20 items of the response that could not be read.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::List;
    ///
    /// fn log<T>(list: &List<T>) {
    ///     for item in list.unreadable() {
    ///         eprintln!("item {}: {}", item.index(), item.reason());
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn unreadable(&self) -> &[UnreadableItem] {
        &self.unreadable
    }

    /// Returns the number of all items of the response that could not be read.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::List;
    ///
    /// fn notice<T>(list: &List<T>) -> Option<String> {
    ///     let missing = list.unreadable_len();
    ///     (missing > 0).then(|| format!("{missing} items are not shown"))
    /// }
    /// # assert_eq!(notice(&List::<u8>::default()), None);
    /// ```
    #[must_use]
    pub fn unreadable_len(&self) -> usize {
        self.unreadable_len
    }

    /// Returns an error if the response has items, and none is readable: such a list must not pass for an empty one.
    pub(crate) fn check(self) -> Result<Self, Unexpected> {
        match self.unreadable.first() {
            Some(item) if self.items.is_empty() => Err(Unexpected(item.reason.clone())),
            _ => Ok(self),
        }
    }

    /// Adds an item. `start` is the position of the first item.
    fn push(&mut self, item: T, reader: &mut Reader<'_>, start: usize) -> Result<(), ReadError> {
        if self.items.len() == self.items.capacity() {
            self.reserve(reader, start)?;
        }
        self.items.push(item);
        Ok(())
    }

    /// Reserves memory for more items: as many as the rest of the response can have, if they are as long as those before them, but
    /// at most as many as there are.
    fn reserve(&mut self, reader: &mut Reader<'_>, start: usize) -> Result<(), ReadError> {
        let len = self.items.len() + 1;
        let average = (reader.position() - start) / len + 1;
        let additional = (reader.rest_len() / average + 1).min(len.max(4)).min(reader.memory() / size_of::<T>().max(1));
        reader.take_memory(additional.max(1) * size_of::<T>())?;
        self.items.reserve_exact(additional);
        Ok(())
    }

    /// Releases the memory beyond the items.
    fn shrink(&mut self, reader: &mut Reader<'_>) {
        let unused = self.items.capacity() - self.items.len();
        self.items.shrink_to_fit();
        reader.set_memory(reader.memory() + unused * size_of::<T>());
    }

    fn push_unreadable(
        &mut self,
        unexpected: Unexpected,
        json: &str,
        reader: &mut Reader<'_>,
    ) -> Result<(), ReadError> {
        let index = self.items.len() + self.unreadable_len;
        self.unreadable_len += 1;
        if self.unreadable.len() < MAX_UNREADABLE {
            reader.take_allocation(json.len())?;
            self.unreadable.push(UnreadableItem { index, reason: unexpected.0, json: json.into() });
        }
        Ok(())
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new(), unreadable: Vec::new(), unreadable_len: 0 }
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<T> From<List<T>> for Vec<T> {
    fn from(list: List<T>) -> Self {
        list.items
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'l, T> IntoIterator for &'l mut List<T> {
    type Item = &'l mut T;
    type IntoIter = std::slice::IterMut<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

/// An item of a [`List`] that could not be read.
///
/// Its `Debug` shows no data of the item.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadableItem {
    index: usize,
    reason: String,
    json: Box<str>,
}

impl UnreadableItem {
    /// Returns the position of the item in the response. The first item is 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Returns the reason, such as ``missing `currency` ``. It contains no data of the item.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::UnreadableItem;
    ///
    /// fn log(item: &UnreadableItem) {
    ///     eprintln!("item {}: {}", item.index(), item.reason());
    /// }
    /// ```
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the JSON of the item, as the server wrote it. It may contain personal data: do not log it.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::UnreadableItem;
    ///
    /// /// Returns the names of the members. Their values may be personal data.
    /// fn members(item: &UnreadableItem) -> Option<Vec<String>> {
    ///     let json: serde_json::Value = serde_json::from_str(item.expose()).ok()?;
    ///     Some(json.as_object()?.keys().cloned().collect())
    /// }
    /// ```
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.json
    }
}

impl fmt::Debug for UnreadableItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnreadableItem")
            .field("index", &self.index)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

/// A list that is read from JSON.
#[derive(Default)]
pub(crate) enum Listed<T> {
    #[default]
    Missing,
    List(List<T>),
    Other(&'static str),
}

impl<T> Listed<T> {
    /// Returns the list of the member `name`; empty if it is missing.
    pub(crate) fn take(self, name: &str) -> Result<List<T>, Unexpected> {
        match self {
            Self::Missing => Ok(List::default()),
            Self::List(list) => Ok(list),
            Self::Other(kind) => Err(Unexpected(format!("expected a list for `{name}`, found {kind}"))),
        }
    }
}

impl<T: Object> Member for Listed<T> {
    fn other(kind: &'static str) -> Self {
        if kind == "null" { Self::Missing } else { Self::Other(kind) }
    }

    fn list(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        read_items(reader).map(Self::List)
    }
}

/// Reads a list. An unreadable item does not lose the others.
fn read_items<T: Object>(reader: &mut Reader<'_>) -> Result<List<T>, ReadError> {
    let mut list = List::default();
    let mut has_item = reader.begin();
    let first = reader.position();
    while has_item {
        let start = reader.value_start();
        let memory = reader.memory();
        match Item::read(reader) {
            Ok(Item(Ok(item))) => list.push(item, reader, first)?,
            Ok(Item(Err(unexpected))) => {
                // The parts of the item were dropped.
                reader.set_memory(memory);
                list.push_unreadable(unexpected, reader.since(start), reader)?;
            }
            Err(error @ ReadError::Character) => {
                reader.set_memory(memory);
                reader.return_to(start);
                reader.skip()?;
                list.push_unreadable(error.into(), reader.since(start), reader)?;
            }
            Err(error) => return Err(error),
        }
        has_item = reader.next_item()?;
    }
    list.shrink(reader);
    Ok(list)
}

/// Reads a response that is a list.
pub(crate) fn read_list<T: Object>(text: &str) -> Result<List<T>, Unexpected> {
    match read_value(text)? {
        Listed::List(list) => list.check(),
        Listed::Missing => Err(Unexpected("expected a list, found null".to_owned())),
        Listed::Other(kind) => Err(Unexpected(format!("expected a list, found {kind}"))),
    }
}
