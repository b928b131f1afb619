//! Updates the list of providers: reads TrueLayer's response of `/api/providers` and prints the rows of `PROVIDERS` in
//! `src/vocabulary/provider_list.rs`. Providers that the response lacks stay: words are never removed.
//!
//! ```text
//! cargo run -p auth-link-rules --example provider_list < providers.json
//! tests/regenerate     # then the editor words
//! ```
//!
//! Set `PROVIDER_LIST_DATE` to the day of the response, and name the new words in CHANGELOG.md.

use std::collections::BTreeMap;
use std::io;

use auth_link_rules::{PROVIDERS, Provider};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let row = |Provider { id, name, country, scopes, .. }: &Provider| {
        format!("offered({id:?}, {name:?}, {country:?}, {scopes:?})")
    };
    let mut rows: BTreeMap<String, String> = PROVIDERS
        .iter()
        .map(|provider| {
            let row = row(provider);
            let replaced = provider.replaced_by.map(|by| format!("replaced({by:?}, {row})"));
            (provider.id.to_owned(), replaced.unwrap_or(row))
        })
        .collect();

    let response: Value = serde_json::from_reader(io::stdin().lock())?;
    for provider in response.as_array().ok_or("not a list of providers")? {
        let text = |name: &str| provider[name].as_str().ok_or_else(|| format!("no `{name}` in {provider}"));
        let offered: Vec<_> = provider["scopes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        // A provider with this scope alone offers no data.
        let scopes = if offered == ["offline_access"] { String::new() } else { offered.join(" ") };
        let (id, name, country) = (text("provider_id")?, text("display_name")?, text("country")?);
        if rows.insert(id.to_owned(), format!("offered({id:?}, {name:?}, {country:?}, {scopes:?})")).is_none() {
            eprintln!("new: {id}");
        }
    }
    for row in rows.into_values() {
        println!("    {row},");
    }
    Ok(())
}
