//! The members of a response that may report an error, without the rest of the response.

use super::json::Json;
use super::json_reader::{ReadError, Reader};
use super::json_value::Value;
use super::object::{Item, Member, Object, members, read_value};
use super::unexpected::Unexpected;

/// The limit of each member, in bytes. An error shows no longer text.
const MAX_MEMBER_LEN: usize = 64 * 1024;

/// Reads the members of an object that may report an error. Other members are skipped.
pub(super) fn read_error_members(text: &str) -> Result<Json, Unexpected> {
    let Item(members) = read_value::<Item<ErrorMembers>>(text)?;
    members.map(|ErrorMembers(json)| json)
}

struct ErrorMembers(Json);

impl Object for ErrorMembers {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            error: Bounded,
            error_description: Bounded,
            error_details: Bounded,
            error_uri: Bounded,
            errors: Bounded,
            detail: Bounded,
            message: Bounded,
            title: Bounded,
            trace_id: Bounded,
        });
        let mut json = Json::object(&[]);
        for (name, Bounded(value)) in [
            ("error", error),
            ("error_description", error_description),
            ("error_details", error_details),
            ("error_uri", error_uri),
            ("errors", errors),
            ("detail", detail),
            ("message", message),
            ("title", title),
            ("trace_id", trace_id),
        ] {
            json.add(name, value);
        }
        Ok(Ok(Self(json)))
    }
}

/// A value of bounded length. In place of a longer one, it is a text with the length.
#[derive(Default)]
struct Bounded(Value);

impl Member for Bounded {
    fn read(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        let json = reader.raw()?;
        if json.len() > MAX_MEMBER_LEN {
            return Ok(Self(format!("[{} bytes]", json.len()).into()));
        }
        Ok(Self(Value::parse(json).unwrap_or_default()))
    }

    fn other(_: &'static str) -> Self {
        Self::default()
    }
}

/// Whether `error` reports an error.
#[derive(Default)]
pub(super) struct IsError(pub(super) bool);

/// A longer value is no empty one, in bytes.
const MAX_EMPTY_LEN: usize = 64;

impl Member for IsError {
    fn read(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        let json = reader.raw()?;
        // A value that is long, or that cannot be read, is no empty one.
        Ok(Self(json.len() > MAX_EMPTY_LEN || !Json::read(json.as_bytes()).is_ok_and(|json| json.is_empty())))
    }

    fn other(_: &'static str) -> Self {
        Self(true)
    }
}
