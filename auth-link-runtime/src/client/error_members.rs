//! The members of a response that may report an error, without the rest of the response.

use serde_core::de::{Deserialize, Deserializer, MapAccess};
use serde_json::Value;
use serde_json::value::RawValue;

use super::json::Json;
use super::object::{Item, Member, Object, members, read_value};
use super::unexpected::Unexpected;

/// The limit of each member, in bytes. An error shows no longer text.
const MAX_MEMBER_LEN: usize = 64 * 1024;

/// Reads the members of an object that may report an error. Other members are skipped.
pub(super) fn read_error_members(text: &str) -> Result<Json, Unexpected> {
    let Item(members) = read_value::<Item<ErrorMembers>>(text).map_err(|_| Unexpected("expected JSON".to_owned()))?;
    members.map(|ErrorMembers(json)| json)
}

struct ErrorMembers(Json);

impl Object for ErrorMembers {
    fn read<'de, A: MapAccess<'de>>(mut members: A) -> Result<Result<Self, Unexpected>, A::Error> {
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
        let mut json = Json::object([]);
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
    fn read<'de, D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        let json = <&RawValue>::deserialize(value)?.get();
        if json.len() > MAX_MEMBER_LEN {
            return Ok(Self::text(&format!("[{} bytes]", json.len())));
        }
        Ok(Self(serde_json::from_str(json).unwrap_or_default()))
    }

    fn text(text: &str) -> Self {
        Self(text.into())
    }

    fn other(_: &'static str) -> Self {
        Self::default()
    }
}
