//! Reads a copy of the response of TrueLayer's `/api/providers`, for the macro and the command line.

use std::fmt;

use serde_json::Value;

use crate::vocabulary::custom_list::Catalogue;

/// One item of the response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListedProvider {
    /// Its `provider_id`.
    pub id: String,
    /// Its scopes; none if the response names none.
    pub scopes: Vec<String>,
    /// The whole item.
    pub item: Value,
}

/// A text that is not a list of providers. Its `Display` follows the name of the source: `is not JSON: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueError(String);

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CatalogueError {}

/// Reads the items of a response, in order. A byte order mark in front is skipped.
///
/// # Errors
///
/// Returns an error if:
///
/// - the text is not JSON;
/// - it is not a list;
/// - an item has no `provider_id`.
pub fn read_providers(text: &str) -> Result<Vec<ListedProvider>, CatalogueError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('<') {
        return Err(CatalogueError("is an HTML page, not a list of providers".to_owned()));
    }
    let response = serde_json::from_str(text).map_err(|error| CatalogueError(format!("is not JSON: {error}")))?;
    let Value::Array(items) = response else {
        return Err(CatalogueError("is not a list of providers".to_owned()));
    };
    let mut providers = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let id = item.get("provider_id").and_then(Value::as_str).filter(|id| !id.is_empty());
        let Some(id) = id.map(str::to_owned) else {
            return Err(CatalogueError(format!("has no `provider_id` in item {}", index + 1)));
        };
        let scopes = scopes(item.get("scopes"));
        providers.push(ListedProvider { id, scopes, item });
    }
    Ok(providers)
}

impl Catalogue {
    /// Reads a copy of the response. A provider that is listed twice has the scopes of both items.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`read_providers`].
    pub fn from_json(text: &str) -> Result<Self, CatalogueError> {
        let mut providers: Vec<(String, Vec<String>)> = Vec::new();
        let mut indexes = std::collections::HashMap::new();
        for ListedProvider { id, scopes, .. } in read_providers(text)? {
            let index = *indexes.entry(id.clone()).or_insert(providers.len());
            match providers.get_mut(index) {
                Some((_, listed)) => {
                    for scope in scopes {
                        if !listed.contains(&scope) {
                            listed.push(scope);
                        }
                    }
                }
                None => providers.push((id, scopes)),
            }
        }
        Ok(Self { providers })
    }
}

/// Reads scopes: a list, as TrueLayer sends them, or a text with spaces, as its specification has them.
fn scopes(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(scopes)) => scopes.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(scopes)) => scopes.split_whitespace().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_read_with_the_scopes_of_each_provider() {
        let text = "\u{feff}[{\"provider_id\": \"a\", \"scopes\": [\"info\", 7, \"cards\"]}, {\"provider_id\": \"b\", \"scopes\": \"info cards\"},
            {\"provider_id\": \"c\", \"scopes\": null}, {\"provider_id\": \"d\"}, {\"provider_id\": \"a\", \"scopes\": [\"cards\", \"balance\"]}]";
        let catalogue = Catalogue::from_json(text).unwrap();
        let read: Vec<_> = catalogue.providers.iter().map(|(id, scopes)| (id.as_str(), scopes.join(" "))).collect();
        let expected = [("a", "info cards balance"), ("b", "info cards"), ("c", ""), ("d", "")];
        assert_eq!(read, expected.map(|(id, scopes)| (id, scopes.to_owned())));
        assert_eq!(read_providers(text).unwrap().len(), 5, "each item");
        assert!(Catalogue::from_json("[]").unwrap().providers.is_empty());
    }

    #[test]
    fn a_text_that_is_no_list_of_providers_is_an_error() {
        for (text, expected) in [
            ("", "is not JSON: EOF while parsing a value at line 1 column 0"),
            ("<!doctype html>", "is an HTML page, not a list of providers"),
            ("{}", "is not a list of providers"),
            (r#"[{"provider_id": "mock"}, {"id": "x"}]"#, "has no `provider_id` in item 2"),
            (r#"[{"provider_id": ""}]"#, "has no `provider_id` in item 1"),
            ("[1]", "has no `provider_id` in item 1"),
        ] {
            assert_eq!(read_providers(text).unwrap_err().to_string(), expected, "{text}");
            assert_eq!(Catalogue::from_json(text).unwrap_err().to_string(), expected, "{text}");
        }
    }
}
