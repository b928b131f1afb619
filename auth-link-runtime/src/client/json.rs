//! JSON that may contain secrets. Its texts are wiped on drop.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use zeroize::Zeroize;

use super::json_reader::{ReadError, Reader};
use super::json_value::Value;
use super::object::{Item, Object, read_value};
use super::unexpected::Unexpected;

/// Returns the text of a response body.
pub(crate) fn json_text(body: &[u8]) -> Result<&str, Unexpected> {
    std::str::from_utf8(without_bom(body)).map_err(|_| Unexpected("expected JSON".to_owned()))
}

/// Removes a byte order mark, which a parser may ignore (RFC 8259 §8.1).
pub(super) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// A JSON value.
pub(crate) struct Json(pub(crate) Value);

impl Json {
    /// Parses a response body. A member that JSON allows but that has no value, such as a number that is too large or half a
    /// surrogate pair, does not lose the others: it becomes [`UNREADABLE`].
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Unexpected> {
        let text = json_text(bytes)?;
        if let Ok(json) = Value::parse(text) {
            return Ok(Self(json));
        }
        match read_value(text) {
            Ok(Item(Ok(Members(json)))) => Ok(json),
            _ => Err(Unexpected("expected JSON".to_owned())),
        }
    }

    /// Creates an object of texts.
    pub(crate) fn object(fields: &[(&str, &str)]) -> Self {
        let mut object = Self(Value::Object(BTreeMap::new()));
        for (name, value) in fields {
            object.add(name, *value);
        }
        object
    }

    /// Adds a field to an object.
    pub(crate) fn add(&mut self, name: &str, value: impl Into<Value>) {
        if let Value::Object(fields) = &mut self.0 {
            fields.insert(name.to_owned(), value.into());
        }
    }

    /// Adds a JSON value to an object.
    pub(crate) fn add_json(&mut self, name: &str, mut value: Self) {
        self.add(name, std::mem::take(&mut value.0));
    }

    /// Adds a list to an object.
    pub(crate) fn add_list(&mut self, name: &str, items: Vec<Self>) {
        let mut values = Vec::with_capacity(items.len());
        for mut item in items {
            values.push(std::mem::take(&mut item.0));
        }
        self.add(name, Value::Array(values));
    }

    /// Writes the text in one allocation: a reallocation leaves copies behind.
    pub(crate) fn to_vec(&self) -> Vec<u8> {
        let mut length = Length(0);
        // Counting, and writing to memory, do not fail.
        let _ = write!(length, "{}", self.0);
        let mut text = String::with_capacity(length.0);
        let _ = write!(text, "{}", self.0);
        text.into_bytes()
    }

    fn fields(&mut self) -> Result<&mut BTreeMap<String, Value>, Unexpected> {
        match &mut self.0 {
            Value::Object(fields) => Ok(fields),
            other => Err(Unexpected(format!("expected an object, found {}", kind(other)))),
        }
    }

    /// Takes a field of an object, which is `null` then; `None` if it is missing or `null`.
    pub(crate) fn take(&mut self, name: &str) -> Result<Option<Self>, Unexpected> {
        let value = self.fields()?.get_mut(name).map(std::mem::take);
        Ok(value.filter(|value| *value != Value::Null).map(Self))
    }

    /// Removes and returns an optional text of an object.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Unexpected> {
        self.take(name)?.map(|value| value.into_text(name)).transpose()
    }

    /// Removes and returns a required text of an object.
    pub(crate) fn required(&mut self, name: &str) -> Result<String, Unexpected> {
        match self.text(name)? {
            Some(text) if !text.is_empty() => Ok(text),
            Some(_) => Err(Unexpected(format!("empty `{name}`"))),
            None => Err(Unexpected(format!("missing `{name}`"))),
        }
    }

    /// Removes and returns an optional boolean of an object.
    pub(crate) fn flag(&mut self, name: &str) -> Result<Option<bool>, Unexpected> {
        let value = self.take(name)?;
        let flag = |value: Self| match &value.0 {
            Value::Bool(flag) => Ok(*flag),
            other => Err(unexpected("true or false", name, other)),
        };
        value.map(flag).transpose()
    }

    /// Removes and returns a text of an object; `None` if it is missing or is no text.
    pub(crate) fn optional(&mut self, name: &str) -> Option<String> {
        self.text(name).ok().flatten()
    }

    /// Applies `change` to each text in the value.
    pub(crate) fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        each_text(&mut self.0, change);
    }

    /// Returns whether the value is one of no error: null, false, zero, or an empty text, list or object.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.0 {
            Value::Null | Value::Bool(false) => true,
            Value::Bool(true) => false,
            Value::Number(number) => number.is_zero(),
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
        }
    }

    /// Returns the text of a value named `name`.
    pub(crate) fn into_text(mut self, name: &str) -> Result<String, Unexpected> {
        match &mut self.0 {
            Value::String(text) => Ok(std::mem::take(text)),
            other => Err(unexpected("text", name, other)),
        }
    }
}

/// The text in place of a value that cannot be read. No token contains it.
const UNREADABLE: &str = "\u{fffd}";

/// An object whose members are read one by one.
struct Members(Json);

impl Object for Members {
    fn read(reader: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        let mut json = Json::object(&[]);
        let mut has_member = reader.begin();
        while has_member {
            let name = reader.name()?.word();
            json.add(&name, Value::parse(reader.raw()?).unwrap_or_else(|_| Value::from(UNREADABLE)));
            has_member = reader.next_member()?;
        }
        Ok(Ok(Self(json)))
    }
}

impl Drop for Json {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    each_text(value, &Zeroize::zeroize);
}

fn each_text(value: &mut Value, change: &dyn Fn(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, change)),
        Value::Object(fields) => fields.values_mut().for_each(|value| each_text(value, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn unexpected(expected: &str, name: &str, value: &Value) -> Unexpected {
    Unexpected(format!("expected {expected} for `{name}`, found {}", kind(value)))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A writer that counts its bytes.
struct Length(usize);

impl Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wiped_value_contains_no_text() {
        let mut json =
            Value::parse(r#"{"token": "secret", "list": ["secret", {"deep": "secret"}], "none": null}"#).unwrap();
        wipe(&mut json);
        assert_eq!(json.to_string(), r#"{"list":["",{"deep":""}],"none":null,"token":""}"#);
    }

    #[test]
    fn a_member_without_a_value_does_not_lose_the_others() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        for value in ["1e999", r#""\ud800""#, r#"{"a": [1e999]}"#, &deep] {
            let mut json = Json::read(format!("\u{feff}{{\"a\": {value}, \"b\": \"c\"}}").as_bytes()).ok().unwrap();
            assert_eq!(json.0.to_string(), format!(r#"{{"a":"{UNREADABLE}","b":"c"}}"#), "{value}");
            assert_eq!(json.text("b").ok().flatten().as_deref(), Some("c"));
        }
        for text in [
            r#"{"a": 1e999, "b": "c""#,
            r#"{"a": 1e999} x"#,
            "[1e999]",
            "1e999",
            "{\"a\": \"\n\"}",
            "{\"a\": \"\u{1}\"}",
        ] {
            assert!(Json::read(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_body_is_written_in_one_allocation() {
        let mut json = Json::object(&[("a", "\u{1}\"é")]);
        json.add_list("b", vec![Json::object(&[("c", "d")])]);
        let text = json.to_vec();
        assert_eq!(String::from_utf8(text.clone()).unwrap(), r#"{"a":"\u0001\"é","b":[{"c":"d"}]}"#);
        assert_eq!(text.capacity(), text.len());
    }
}
