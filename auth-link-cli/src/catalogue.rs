//! The response of TrueLayer's `/api/providers`, and a copy of it in a file.

use std::collections::BTreeMap;
use std::path::Path;

use auth_link_rules::Catalogue;
use serde_json::Value;

use crate::output::Failure;
use crate::sources::{Content, read as read_file};

/// A list of providers, by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProviderList {
    pub(crate) providers: BTreeMap<String, ListedProvider>,
}

/// One provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListedProvider {
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) scopes: Vec<String>,
    /// Its whole item of the response.
    pub(crate) item: Value,
}

impl ProviderList {
    /// Parses the body of a response.
    ///
    /// # Errors
    ///
    /// Returns a message that follows the name of the source if the text is not JSON or not a list of providers.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.trim_start().starts_with('<') {
            return Err("is an HTML page, not a list of providers".to_owned());
        }
        let response: Value = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
        let items = response.as_array().ok_or("is not a list of providers")?;
        if items.is_empty() {
            return Err("lists no provider".to_owned());
        }
        let mut providers = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            let text = |name: &str| item.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            let missing = |name| format!("has no `{name}` in item {}", index + 1);
            let id = text("provider_id").ok_or_else(|| missing("provider_id"))?;
            let country = text("country").unwrap_or_default().to_lowercase();
            let scopes =
                item.get("scopes").map_or_else(|| Some(Vec::new()), scopes).ok_or_else(|| missing("scopes"))?;
            let name = text("display_name").unwrap_or(id).to_owned();
            let listed = ListedProvider { name, country, scopes, item: item.clone() };
            if providers.insert(id.to_owned(), listed).is_some() {
                return Err(format!("lists `{id}` twice"));
            }
        }
        Ok(Self { providers })
    }

    /// Returns the list in the form that the rules read.
    pub(crate) fn catalogue(&self) -> Catalogue {
        let providers = self.providers.iter().map(|(id, listed)| (id.clone(), listed.scopes.clone()));
        Catalogue { providers: providers.collect() }
    }

    /// Returns the text of a copy. The providers are sorted by id, so that two copies can be compared line by line.
    pub(crate) fn text(&self) -> String {
        let items: Vec<_> = self.providers.values().map(|listed| &listed.item).collect();
        serde_json::to_string_pretty(&items).unwrap_or_default() + "\n"
    }
}

/// Reads scopes: a list, as TrueLayer sends them, or a text with spaces, as its specification has them.
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
/// Returns an error if the file cannot be read or is not a list of providers.
pub(crate) fn read(path: &str) -> Result<ProviderList, Failure> {
    let help = "`auth-link providers -o providers.json` writes one";
    match read_file(Path::new(path))? {
        Content::Text(text, _) => {
            ProviderList::parse(&text).map_err(|why| Failure::new(format!("`{path}` {why}"), help))
        }
        Content::Other(why) => Err(Failure::new(format!("cannot read `{path}`: {why}"), help)),
    }
}
