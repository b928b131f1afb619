//! A JSON value, as a tree: the members of an error, and the body of a request.

use std::collections::BTreeMap;
use std::fmt;

use super::json_reader::{self, ReadError, Reader};

/// A JSON value.
#[derive(Debug, Default, PartialEq)]
pub(crate) enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Self>),
    Object(BTreeMap<String, Self>),
}

/// A number. It takes no memory beyond the value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Signed(i64),
    Unsigned(u64),
    /// A finite number.
    Float(f64),
}

/// The limit of lists and objects in each other.
const MAX_DEPTH: usize = 127;

impl Value {
    /// Parses one value, with nothing after it. Of a duplicate member, the last counts.
    ///
    /// # Errors
    ///
    /// Returns an error if the text:
    ///
    /// - is no JSON;
    /// - has half of a surrogate pair, or a number that is too large;
    /// - has more than 127 lists and objects in each other.
    pub(super) fn parse(text: &str) -> Result<Self, ReadError> {
        let mut reader = Reader::new(text);
        let value = Self::read(&mut reader, MAX_DEPTH)?;
        reader.end()?;
        Ok(value)
    }

    fn read(reader: &mut Reader<'_>, depth: usize) -> Result<Self, ReadError> {
        Ok(match reader.value()? {
            json_reader::Value::Null => Self::Null,
            json_reader::Value::Boolean(value) => Self::Bool(value),
            json_reader::Value::Number(text) => Self::Number(Number::parse(text)?),
            json_reader::Value::Text(text) => Self::String(text.decode()?.into_owned()),
            json_reader::Value::List | json_reader::Value::Object if depth == 0 => return Err(ReadError::Syntax),
            json_reader::Value::List => {
                let mut items = Vec::new();
                let mut has_item = reader.begin();
                while has_item {
                    items.push(Self::read(reader, depth - 1)?);
                    has_item = reader.next_item()?;
                }
                Self::Array(items)
            }
            json_reader::Value::Object => {
                let mut members = BTreeMap::new();
                let mut has_member = reader.begin();
                while has_member {
                    let name = reader.name()?.decode()?.into_owned();
                    members.insert(name, Self::read(reader, depth - 1)?);
                    has_member = reader.next_member()?;
                }
                Self::Object(members)
            }
        })
    }
}

impl Number {
    /// Parses the text of a number. Integers of 64 bits keep all digits.
    fn parse(text: &str) -> Result<Self, ReadError> {
        if let Ok(number) = text.parse()
            && text != "-0"
        {
            return Ok(Self::Signed(number));
        }
        if let Ok(number) = text.parse() {
            return Ok(Self::Unsigned(number));
        }
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.map(Self::Float).ok_or(ReadError::Syntax)
    }

    /// Returns whether it is zero.
    pub(super) fn is_zero(self) -> bool {
        match self {
            Self::Signed(number) => number == 0,
            Self::Unsigned(_) => false,
            Self::Float(number) => number == 0.0,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signed(number) => number.fmt(f),
            Self::Unsigned(number) => number.fmt(f),
            // With its fraction, or an exponent.
            Self::Float(number) => write!(f, "{number:?}"),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl fmt::Display for Value {
    /// Writes JSON without white space.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => fmt::Display::fmt(value, f),
            Self::Number(number) => number.fmt(f),
            Self::String(text) => write_text(text, f),
            Self::Array(items) => {
                let mut separator = "[";
                for item in items {
                    f.write_str(separator)?;
                    item.fmt(f)?;
                    separator = ",";
                }
                f.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Self::Object(members) => {
                let mut separator = "{";
                for (name, value) in members {
                    f.write_str(separator)?;
                    write_text(name, f)?;
                    f.write_str(":")?;
                    value.fmt(f)?;
                    separator = ",";
                }
                f.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

/// Writes a text in quotation marks, with escapes.
fn write_text(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("\"")?;
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        f.write_str(&text[plain..at])?;
        plain = at + 1;
        match byte {
            b'"' => f.write_str("\\\"")?,
            b'\\' => f.write_str("\\\\")?,
            b'\n' => f.write_str("\\n")?,
            b'\r' => f.write_str("\\r")?,
            b'\t' => f.write_str("\\t")?,
            0x8 => f.write_str("\\b")?,
            0xc => f.write_str("\\f")?,
            byte => write!(f, "\\u{byte:04x}")?,
        }
    }
    f.write_str(&text[plain..])?;
    f.write_str("\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that are JSON or almost.
    const TEXTS: [&str; 44] = [
        "null",
        "true",
        "false",
        " 1 ",
        "0",
        "-0",
        "-12",
        "18446744073709551615",
        "-9223372036854775808",
        "01",
        "1.",
        ".5",
        "18446744073709551616",
        "1.50",
        "-2.5e3",
        "1e2",
        "1E-7",
        "100000000000000000000",
        "1e999",
        "-1e999",
        "1e-999",
        r#""""#,
        r#""a\"\\\/\b\f\n\r\t\u0001\u001f\u007f\u00e9\ud83d\ude00""#,
        r#""\ud800""#,
        r#""\ude00a""#,
        "\"\n\"",
        "[]",
        "[ ]",
        "[1, [2, {}], \"x\"]",
        "[1,]",
        "[",
        "{}",
        "{ }",
        r#"{"b":1,"a":[{"c":null}],"":"e"}"#,
        r#"{"a":1,"a":2}"#,
        r#"{"a" 1}"#,
        r#"{"a":1,}"#,
        "{a:1}",
        "1 2",
        "",
        " ",
        "nul",
        "\u{e9}",
        r#"{"\u0061":1,"\n":2}"#,
    ];

    fn of_serde(text: &str) -> Option<serde_json::Value> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn a_text_has_the_value_that_serde_reads() {
        for text in TEXTS {
            let written = Value::parse(text).ok().map(|value| value.to_string());
            assert_eq!(written.map(|text| of_serde(&text).unwrap()), of_serde(text), "{text}");
        }
    }

    #[test]
    fn a_value_is_written_as_by_serde_but_for_exponents() {
        for text in TEXTS {
            if let Some(expected) = of_serde(text).map(|value| value.to_string()).filter(|text| !text.contains("e+")) {
                assert_eq!(Value::parse(text).unwrap().to_string(), expected, "{text}");
            }
        }
        assert_eq!(Value::parse("1e20").unwrap().to_string(), "1e20");
    }

    #[test]
    fn lists_and_objects_in_each_other_have_the_limit_of_serde() {
        for depth in 1..200 {
            for (begin, end) in [("[", "]"), ("{\"a\":", "}")] {
                let inner = if begin == "[" { "" } else { "1" };
                let text = begin.repeat(depth) + inner + &end.repeat(depth);
                let is_read = serde_json::from_str::<serde_json::Value>(&text).is_ok();
                assert_eq!(Value::parse(&text).is_ok(), is_read, "{depth}");
            }
        }
        assert!(Value::parse(&"[".repeat(1_000_000)).is_err());
    }

    #[test]
    fn zero_is_told_from_other_numbers() {
        for (text, is_zero) in [
            ("0", true),
            ("-0", true),
            ("0.0", true),
            ("0e5", true),
            ("1", false),
            ("-0.5", false),
            ("18446744073709551615", false),
        ] {
            assert_eq!(Number::parse(text).unwrap().is_zero(), is_zero, "{text}");
        }
    }
}
