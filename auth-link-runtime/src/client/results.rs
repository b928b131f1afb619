//! A response whose data is a list in `results`.

use serde_core::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess};
use serde_json::value::RawValue;

use super::json::Json;
use super::list::{List, Listed};
use super::object::{Item, Member, Object, Read, members, read_value};
use super::unexpected::Unexpected;

/// Reads all items of `results`. `api` is the origin of the API, whose `results_uri` may be shown.
pub(crate) fn read_results<T: Object>(text: &str, api: &str) -> Result<List<T>, Unexpected> {
    // One pass, as long as every item is readable.
    if let Ok(Item(Ok(Response { results: Readable(Some(list)), is_error: IsError(false), .. }))) = read_value(text) {
        return Ok(list);
    }
    match read_response::<Listed<T>>(text)? {
        response @ Response { results: Listed::Missing, .. } => Err(missing(&response, api)),
        Response { results, .. } => results.take("results")?.check(),
    }
}

/// Reads the first item of `results`.
#[cfg(feature = "data")]
pub(crate) fn read_result<T: Object>(text: &str, api: &str) -> Result<T, Unexpected> {
    match read_response::<First<T>>(text)? {
        Response { results: First::Item(Item(item)), .. } => item,
        Response { results: First::Empty, .. } => Err(Unexpected("missing an item in `results`".to_owned())),
        Response { results: First::Other(kind), .. } => {
            Err(Unexpected(format!("expected a list for `results`, found {kind}")))
        }
        response @ Response { results: First::Missing, .. } => Err(missing(&response, api)),
    }
}

/// Returns the error of a response without `results`, which must not pass for one without items.
fn missing<R>(response: &Response<R>, api: &str) -> Unexpected {
    let is_word = |word: &&str| word.len() < 20 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let status = response.status.0.as_deref().filter(is_word);
    let is_asynchronous = response.task_id.0.is_some() || response.results_uri.0.is_some();
    let uri = response.results_uri.0.as_deref().filter(|uri| is_results_uri(uri, api));
    Unexpected(match (status, uri) {
        (Some(word), _) if !is_asynchronous || word.eq_ignore_ascii_case("failed") => {
            format!("missing `results`, since the `status` is `{word}`")
        }
        (_, Some(uri)) => format!("missing `results`, since the call is asynchronous: they will be at `{uri}`"),
        _ if is_asynchronous => "missing `results`, since the call is asynchronous".to_owned(),
        _ => "missing `results`".to_owned(),
    })
}

/// Returns whether the URI is one of TrueLayer's, and can be shown.
fn is_results_uri(uri: &str, api: &str) -> bool {
    let path = uri.strip_prefix(api).and_then(|rest| rest.strip_prefix("/data/v1/"));
    path.is_some_and(|path| {
        path.len() < 200 && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte))
    })
}

fn read_response<R: Member + Default>(text: &str) -> Result<Response<R>, Unexpected> {
    let Item(response) = read_value::<Item<Response<R>>>(text).map_err(|_| Unexpected("expected JSON".to_owned()))?;
    match response? {
        // The caller reads the error.
        Response { is_error: IsError(true), .. } => Err(Unexpected("expected `results`, found `error`".to_owned())),
        response => Ok(response),
    }
}

/// The members of a response.
struct Response<R> {
    results: R,
    is_error: IsError,
    status: Text,
    task_id: Text,
    results_uri: Text,
}

impl<R: Member + Default> Object for Response<R> {
    fn read<'de, A: MapAccess<'de>>(mut members: A) -> Result<Result<Self, Unexpected>, A::Error> {
        members!(members { results: R, is_error: IsError = "error", status: Text, task_id: Text, results_uri: Text });
        Ok(Ok(Self { results, is_error, status, task_id, results_uri }))
    }
}

/// An optional text. Another value, and one that cannot be read, is none.
#[derive(Default)]
struct Text(Option<String>);

impl Member for Text {
    fn read<'de, D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        let json = <&RawValue>::deserialize(value)?.get();
        Ok(Self(serde_json::from_str(json).ok()))
    }

    fn text(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }

    fn other(_: &'static str) -> Self {
        Self(None)
    }
}

/// A longer value is no empty one, in bytes.
const MAX_EMPTY_LEN: usize = 64;

/// Whether `error` reports an error.
#[derive(Default)]
struct IsError(bool);

impl Member for IsError {
    fn read<'de, D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        let json = <&RawValue>::deserialize(value)?.get();
        // A value that is long, or that cannot be read, is no empty one.
        Ok(Self(json.len() > MAX_EMPTY_LEN || !Json::read(json.as_bytes()).is_ok_and(|json| json.is_empty())))
    }

    fn text(text: &str) -> Self {
        Self(!text.is_empty())
    }

    fn other(_: &'static str) -> Self {
        Self(true)
    }
}

/// A list whose items are all readable; `None` otherwise.
struct Readable<T>(Option<List<T>>);

impl<T> Default for Readable<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Object> Member for Readable<T> {
    fn text(_: &str) -> Self {
        Self(None)
    }

    fn other(_: &'static str) -> Self {
        Self(None)
    }

    fn list<'de, A: SeqAccess<'de>>(mut items: A) -> Result<Self, A::Error> {
        let mut list = List::default();
        while let Some(Read(Item(item))) = items.next_element()? {
            // The error ends this pass; the other pass words it.
            list.push(item.map_err(|_| A::Error::custom("unreadable item"))?);
        }
        list.shrink();
        Ok(Self(Some(list)))
    }
}

/// The first item of a list.
#[cfg(feature = "data")]
#[derive(Default)]
enum First<T> {
    #[default]
    Missing,
    Empty,
    Item(Item<T>),
    Other(&'static str),
}

#[cfg(feature = "data")]
impl<T: Object> Member for First<T> {
    fn text(_: &str) -> Self {
        Self::Other("text")
    }

    fn other(kind: &'static str) -> Self {
        if kind == "null" { Self::Missing } else { Self::Other(kind) }
    }

    fn list<'de, A: SeqAccess<'de>>(mut items: A) -> Result<Self, A::Error> {
        let first = items.next_element::<Read<Item<T>>>()?;
        while items.next_element::<serde_core::de::IgnoredAny>()?.is_some() {}
        Ok(first.map_or(Self::Empty, |Read(item)| Self::Item(item)))
    }
}
