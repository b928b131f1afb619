//! `auth-link providers`: lists TrueLayer's providers by country and scope, and writes a copy of the list.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use auth_link_rules::{SCOPES, TRUELAYER, encode};
use serde_json::{Value, json};

use crate::args::Providers;
use crate::atomic_write;
use crate::catalogue::{ListedProvider, ProviderList, read};
use crate::fetch::fetch;
use crate::output::{Failure, Outcome, note, print, print_json};
use crate::redact::Redacted;
use crate::sources::{name, read_stdin, reason};
use crate::table::title;
use crate::text::escape;

/// The columns of the table: each scope, and its short name.
const COLUMNS: [(&str, &str); 8] = [
    ("info", "info"),
    ("accounts", "acct"),
    ("balance", "bal"),
    ("transactions", "txn"),
    ("cards", "card"),
    ("direct_debits", "dd"),
    ("standing_orders", "so"),
    ("offline_access", "off"),
];

/// Runs the command.
///
/// # Errors
///
/// Returns an error if the list cannot be fetched or read, is malformed, or cannot be written.
pub(crate) fn run(args: &Providers) -> Result<Outcome, Failure> {
    let list = list(args)?;
    let changes = args.output.as_deref().map(|path| write(path, &list)).transpose()?;
    let shown = selected(&list, args);
    if args.json {
        let changes = changes.as_ref().map(Changes::json);
        print_json(&json!({ "providers": rows_json(&shown), "changes": changes }));
    } else if let Some(changes) = &changes {
        print(&changes.text());
    } else {
        print(&table(&shown));
    }
    Ok(Outcome::Success)
}

/// Reads or fetches the list.
fn list(args: &Providers) -> Result<ProviderList, Failure> {
    match args.from.as_deref() {
        Some(path) if path.as_os_str() == "-" => {
            let (_, text) = read_stdin()?;
            ProviderList::parse(&text).map_err(|why| Failure::new(format!("the standard input {why}"), ""))
        }
        Some(path) => read(path),
        None => {
            let url = url(args);
            let text = fetch(&url, Duration::from_secs(args.timeout))?;
            let help = "TrueLayer's list is at `https://auth.truelayer.com/api/providers`";
            ProviderList::parse(&text)
                .map_err(|why| Failure::new(format!("the response from `{}` {why}", Redacted::new(&url).link()), help))
        }
    }
}

/// Returns the URL to fetch the list from.
fn url(args: &Providers) -> String {
    let mut url = args.url.clone().unwrap_or_else(|| format!("{}/api/providers", TRUELAYER[usize::from(args.sandbox)]));
    if let Some(client_id) = &args.client_id {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str("clientId=");
        encode(client_id, &mut url);
    }
    url
}

/// Returns the providers of the requested country and scopes, sorted by country and name.
fn selected<'l>(list: &'l ProviderList, args: &Providers) -> Vec<(&'l str, &'l ListedProvider)> {
    let country = args.country.as_ref().map(|country| match country.to_lowercase().as_str() {
        "gb" => "uk".to_owned(),
        country => country.to_owned(),
    });
    let offers = |listed: &ListedProvider, scope: &String| listed.scopes.contains(scope);
    let mut selected: Vec<_> = list
        .providers
        .iter()
        .filter(|(_, listed)| country.as_ref().is_none_or(|country| *country == listed.country))
        .filter(|(_, listed)| args.scope.iter().all(|scope| offers(listed, scope)))
        .map(|(id, listed)| (id.as_str(), listed))
        .collect();
    selected.sort_by_key(|(id, listed)| (listed.country.clone(), listed.name.to_lowercase(), id.to_owned()));
    selected
}

/// Formats the providers as one table for each country.
fn table(providers: &[(&str, &ListedProvider)]) -> String {
    if providers.is_empty() {
        return "no provider matches".to_owned();
    }
    let longest = |text: fn(&(&str, &ListedProvider)) -> String| {
        providers.iter().map(|row| text(row).chars().count()).max().unwrap_or_default().min(36)
    };
    let (ids, names) = (longest(|(id, _)| escape(id)), longest(|(_, listed)| escape(&listed.name)));
    let mut by_country: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for row in providers {
        by_country.entry(&row.1.country).or_default().push(row);
    }
    let mut lines = Vec::new();
    for (country, rows) in by_country {
        let heads = COLUMNS.map(|(_, head)| format!("{head:>4}")).join(" ");
        let head = format!("{}, {}", escape(country).to_uppercase(), rows.len());
        lines.push(title(&format!("{head:names$}  {:ids$}  {heads}", "")));
        for (id, listed) in rows {
            let marks =
                COLUMNS.map(|(scope, _)| if listed.scopes.iter().any(|of| of == scope) { "   x" } else { "   ·" });
            lines.push(format!("{:names$}  {:ids$}  {}", escape(&listed.name), escape(id), marks.join(" ")));
        }
        lines.push(String::new());
    }
    let legend = COLUMNS.map(|(scope, head)| format!("{head} {scope}")).join(", ");
    let other: Vec<_> = providers.iter().flat_map(|(_, listed)| &listed.scopes).collect();
    let is_known = |scope: &String| SCOPES.iter().any(|(known, _)| known == scope);
    lines.push(legend);
    if let Some(other) = other.into_iter().find(|scope| !is_known(scope)) {
        lines.push(format!("some offer other scopes, such as `{}`; `--json` lists all", escape(other)));
    }
    lines.join("\n")
}

/// Returns the providers as JSON.
fn rows_json(providers: &[(&str, &ListedProvider)]) -> Vec<Value> {
    let row = |(id, listed): &(&str, &ListedProvider)| json!({ "provider_id": id, "display_name": listed.name, "country": listed.country, "scopes": listed.scopes });
    providers.iter().map(row).collect()
}

/// The differences between the old copy and the new one.
struct Changes {
    path: String,
    /// The number of providers in the new copy.
    count: usize,
    /// Whether there was no old copy.
    is_new: bool,
    added: Vec<String>,
    removed: Vec<String>,
    changed: Vec<(String, String)>,
}

/// Writes the copy, if it changed.
fn write(file: &Path, list: &ProviderList) -> Result<Changes, Failure> {
    let path = name(file);
    let failed = |why: String, help: &str| Failure::new(format!("cannot write `{path}`: {why}"), help);
    if file.is_dir() {
        return Err(failed("it is a folder".to_owned(), "write the name of a file"));
    }
    // A file that is not a list is not overwritten.
    let other = |_| failed("it is not a list of providers".to_owned(), "remove it, or choose another file");
    let before = if file.exists() { Some(read(file).map_err(other)?) } else { None };
    let changes = Changes::new(&path, before.as_ref(), list);
    if !changes.is_empty() {
        atomic_write::write(file, &list.text())
            .map_err(|error| failed(reason(&error), "check that the folder exists and can be written"))?;
    }
    Ok(changes)
}

impl Changes {
    fn new(path: &str, before: Option<&ProviderList>, now: &ProviderList) -> Self {
        let known = |id: &String| before.and_then(|list| list.providers.get(id));
        let old = before.into_iter().flat_map(|list| list.providers.iter());
        let describe =
            |id: &String, listed: &ListedProvider| format!("{id} ({}, {})", listed.name, listed.country.to_uppercase());
        let new = |(id, listed): (&String, &ListedProvider)| known(id).is_none().then(|| describe(id, listed));
        Self {
            path: path.to_owned(),
            count: now.providers.len(),
            is_new: before.is_none(),
            added: now.providers.iter().filter_map(new).collect(),
            removed: old
                .filter(|(id, _)| !now.providers.contains_key(*id))
                .map(|(id, listed)| describe(id, listed))
                .collect(),
            changed: now
                .providers
                .iter()
                .filter_map(|(id, listed)| Some((id.clone(), difference(known(id)?, listed)?)))
                .collect(),
        }
    }

    /// Returns whether the copies are equal.
    fn is_empty(&self) -> bool {
        !self.is_new && self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }

    /// Describes the changes, one a line.
    fn text(&self) -> String {
        let Self { path, count, .. } = self;
        if self.is_new {
            return format!("wrote `{path}`: {count} providers");
        }
        if self.is_empty() {
            return format!("`{path}` is up to date: {count} providers");
        }
        let mut lines = vec![format!("wrote `{path}`: {count} providers")];
        lines.extend(self.added.iter().map(|text| format!("  + {}", escape(text))));
        lines.extend(self.removed.iter().map(|text| format!("  - {}", escape(text))));
        lines.extend(self.changed.iter().map(|(id, text)| format!("  ~ {}: {}", escape(id), escape(text))));
        if !self.removed.is_empty() {
            note("note: `auth-link check --catalogue` finds links that name a removed provider");
        }
        lines.join("\n")
    }

    /// Returns the changes as JSON.
    fn json(&self) -> Value {
        let changed = self.changed.iter().map(|(id, text)| json!({ "id": id, "difference": text }));
        json!({
            "file": self.path,
            "written": !self.is_empty(),
            "added": self.added,
            "removed": self.removed,
            "changed": changed.collect::<Vec<_>>(),
        })
    }
}

/// Returns the differences of a provider that matter to links, if there are any.
fn difference(before: &ListedProvider, now: &ListedProvider) -> Option<String> {
    let missing = |scopes: &[String], others: &[String], sign: char| -> Vec<String> {
        scopes.iter().filter(|scope| !others.contains(scope)).map(|scope| format!("{sign}{scope}")).collect()
    };
    let mut parts = missing(&now.scopes, &before.scopes, '+');
    parts.extend(missing(&before.scopes, &now.scopes, '-'));
    if before.name != now.name {
        parts.push(format!("now called {}", now.name));
    }
    if before.country != now.country {
        parts.push(format!("now in {}", now.country.to_uppercase()));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}
