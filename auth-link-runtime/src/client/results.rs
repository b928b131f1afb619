//! A response whose data is a list in `results`.

use super::error_members::IsError;
use super::json_reader::{ReadError, Reader, Text};
use super::list::{List, Listed};
use super::object::{Item, Member, Object, members, read_value};
use super::unexpected::Unexpected;

/// Reads all items of `results`. `api` is the origin of the API, whose `results_uri` may be shown.
#[inline]
pub(crate) fn read_results<T: Object>(text: &str, api: &str) -> Result<List<T>, Unexpected> {
    match read_response::<Listed<T>>(text)? {
        response @ Response { results: Listed::Missing, .. } => Err(missing(&response, api)),
        Response { results, .. } => results.take("results")?.check(),
    }
}

/// Reads the first item of `results`.
#[cfg(feature = "data")]
#[inline]
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
#[inline]
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
#[inline]
fn is_results_uri(uri: &str, api: &str) -> bool {
    let path = uri.strip_prefix(api).and_then(|rest| rest.strip_prefix("/data/v1/"));
    path.is_some_and(|path| {
        path.len() < 200 && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte))
    })
}

#[inline]
fn read_response<R: Member + Default>(text: &str) -> Result<Response<R>, Unexpected> {
    let Item(response) = read_value::<Item<Response<R>>>(text)?;
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
    status: Detail,
    task_id: Detail,
    results_uri: Detail,
}

impl<R: Member + Default> Object for Response<R> {
    #[inline]
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            results: R,
            is_error: IsError = "error",
            status: Detail,
            task_id: Detail,
            results_uri: Detail,
        });
        Ok(Ok(Self { results, is_error, status, task_id, results_uri }))
    }
}

/// An optional text. Another value, and one that cannot be read, is none.
#[derive(Default)]
struct Detail(Option<String>);

impl Member for Detail {
    #[inline]
    fn text(text: Text<'_>, reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        match Option::text(text, reader) {
            Err(ReadError::Character) => Ok(Self(None)),
            text => text.map(Self),
        }
    }

    #[inline]
    fn other(_: &'static str) -> Self {
        Self(None)
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
    #[inline]
    fn other(kind: &'static str) -> Self {
        if kind == "null" { Self::Missing } else { Self::Other(kind) }
    }

    #[inline]
    fn list(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        let mut has_item = reader.begin();
        let first = if has_item { Self::Item(Item::read(reader)?) } else { Self::Empty };
        while has_item {
            has_item = reader.next_item()?;
            if has_item {
                reader.skip()?;
            }
        }
        Ok(first)
    }
}
