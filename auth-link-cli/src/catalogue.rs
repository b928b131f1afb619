//! TrueLayer's answer to `/api/providers`, and a copy of it in a file.

use std::collections::BTreeMap;
use std::path::Path;

use auth_link_rules::Catalogue;
use serde_json::Value;

use crate::output::Failure;
use crate::sources::{Content, read as read_file};

/// The providers of an answer, by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) providers: BTreeMap<String, Listed>,
}

/// One provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) scopes: Vec<String>,
    /// All that the answer says of it.
    pub(crate) whole: Value,
}

impl List {
    /// Reads an answer, all of it.
    ///
    /// # Errors
    ///
    /// What it is instead, in words that follow its name.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.trim_start().starts_with('<') {
            return Err("is a page of HTML, not a list of providers".to_owned());
        }
        let answer: Value = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
        let items = answer.as_array().ok_or("is not a list of providers")?;
        if items.is_empty() {
            return Err("lists no provider".to_owned());
        }
        let mut providers = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            let text = |name: &str| item.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            let missing = |name| format!("has no `{name}` in its item {}", index + 1);
            let id = text("provider_id").ok_or_else(|| missing("provider_id"))?;
            let country = text("country").unwrap_or_default().to_lowercase();
            let scopes =
                item.get("scopes").map_or_else(|| Some(Vec::new()), scopes).ok_or_else(|| missing("scopes"))?;
            let name = text("display_name").unwrap_or(id).to_owned();
            let listed = Listed { name, country, scopes, whole: item.clone() };
            if providers.insert(id.to_owned(), listed).is_some() {
                return Err(format!("lists `{id}` twice"));
            }
        }
        Ok(Self { providers })
    }

    /// As the rules take it.
    pub(crate) fn catalogue(&self) -> Catalogue {
        let providers = self.providers.iter().map(|(id, listed)| (id.clone(), listed.scopes.clone()));
        Catalogue { providers: providers.collect() }
    }

    /// The text of a file that holds it: a provider after the other by their ids, so that two copies compare line by line.
    pub(crate) fn text(&self) -> String {
        let whole: Vec<_> = self.providers.values().map(|listed| &listed.whole).collect();
        serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
    }
}

/// A list, as TrueLayer fields, or the text with spaces that its specification names.
fn scopes(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(scopes) => scopes.iter().map(|scope| scope.as_str().map(str::to_owned)).collect(),
        Value::String(scopes) => Some(scopes.split_whitespace().map(str::to_owned).collect()),
        _ => None,
    }
}

/// Reads a copy.
///
/// # Errors
///
/// It cannot be read, or is something else.
pub(crate) fn read(path: &str) -> Result<List, Failure> {
    let help = "`auth-link providers -o providers.json` writes one";
    match read_file(Path::new(path))? {
        Content::Text(text, _) => List::parse(&text).map_err(|why| Failure::new(format!("`{path}` {why}"), help)),
        Content::Other(why) => Err(Failure::new(format!("cannot read `{path}`: {why}"), help)),
    }
}
