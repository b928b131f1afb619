//! The response of TrueLayer's `/api/providers`, and a copy of it in a file.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

use auth_link_rules::{Catalogue, read_providers};
use serde_json::Value;

use crate::output::Failure;
use crate::sources::{Content, name, read as read_file};

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
        let items = read_providers(text).map_err(|error| error.to_string())?;
        if items.is_empty() {
            return Err("lists no provider".to_owned());
        }
        let mut providers = BTreeMap::new();
        for auth_link_rules::ListedProvider { id, scopes, item, .. } in items {
            let text = |name: &str| item.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            let country = text("country").unwrap_or_default().to_lowercase();
            let name = text("display_name").unwrap_or(&id).to_owned();
            // Of a provider that is listed twice, the copy keeps the first item.
            providers.entry(id).or_insert(ListedProvider { name, country, scopes, item });
        }
        Ok(Self { providers })
    }

    /// Returns the text of a copy. The providers are sorted by id, so that two copies can be compared line by line.
    pub(crate) fn text(&self) -> String {
        let items: Vec<_> = self.providers.values().map(|listed| &listed.item).collect();
        serde_json::to_string_pretty(&items).unwrap_or_default() + "\n"
    }
}

/// Reads a copy with at least one provider.
///
/// # Errors
///
/// Returns an error if the file cannot be read, is not a list of providers, or lists none.
pub(crate) fn read(path: &Path) -> Result<ProviderList, Failure> {
    read_text(path).and_then(|text| ProviderList::parse(&text).map_err(|why| failure(path, why)))
}

/// Reads the copy that links are checked against, as the macro does.
///
/// # Errors
///
/// Returns an error if the file cannot be read or is not a list of providers.
pub(crate) fn read_catalogue(path: &Path) -> Result<Catalogue, Failure> {
    read_text(path).and_then(|text| Catalogue::from_json(&text).map_err(|why| failure(path, why)))
}

fn read_text(path: &Path) -> Result<String, Failure> {
    match read_file(path)? {
        Content::Text(text, _) => Ok(text),
        Content::Other(why) => Err(Failure::new(format!("cannot read `{}`: {why}", name(path)), HELP)),
    }
}

fn failure(path: &Path, why: impl Display) -> Failure {
    Failure::new(format!("`{}` {why}", name(path)), HELP)
}

const HELP: &str = "`auth-link providers -o providers.json` writes one";
