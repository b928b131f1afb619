//! Brings the table of providers up to date: reads TrueLayer's answer to `/api/providers` and prints the rows of `PROVIDERS` in
//! `src/catalogue.rs`. Providers that the answer does not have stay: words are never removed.
//!
//! ```text
//! cargo run -p auth-link-rules --example catalogue < providers.json
//! AUTH_LINK_WRITE=1 cargo test --workspace words     # then the words of editors
//! ```
//!
//! Put the day of the answer into `CATALOGUE_DATE`, and say in CHANGELOG.md which words are new.

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

    let answer: Value = serde_json::from_reader(io::stdin().lock())?;
    for provider in answer.as_array().ok_or("not a list of providers")? {
        let text = |name: &str| provider[name].as_str().ok_or_else(|| format!("no `{name}` in {provider}"));
        let offered: Vec<_> = provider["scopes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        // Without the one that every provider has, it offers no data.
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
