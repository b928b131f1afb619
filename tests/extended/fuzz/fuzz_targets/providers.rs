//! A list of providers, as a response and as an application's own copy of it: no panic, and a text that is both has the same providers.
//! Each diagnostic of a link that is checked against the copy has a location in that link.
#![no_main]

use std::sync::Arc;

use auth_link::client::ClientSecret;
use auth_link::{AuthLink, auth_link};
use auth_link_rules::{Catalogue, Draft, Entry, Location, Text, Value, encode, read_providers};
use http::Response;
use libfuzzer_sys::fuzz_target;

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]);

const SCOPE: &str = "info accounts balance transactions cards direct_debits standing_orders verification";

/// Checks a link against the catalogue, and the location of each diagnostic.
fn check(mut draft: Draft, link: &str, catalogue: Arc<Catalogue>) {
    draft.set_catalogue(catalogue);
    let diagnostics = draft.check().map_or_else(|diagnostics| diagnostics, |link| link.warnings);
    for diagnostic in diagnostics {
        if let Some(range) = diagnostic.range() {
            assert!(link.get(range).is_some(), "{diagnostic:?}");
        }
        let Some(index) = diagnostic.location().entry() else { continue };
        let value = &draft.entries()[index].value;
        if let (Location::Item(_, item), Value::Text(Text::Quoted(text))) = (diagnostic.location(), value) {
            assert!(text.split(' ').filter(|word| !word.is_empty()).nth(item).is_some(), "{diagnostic:?}");
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let client = CONNECT.client(ClientSecret::new("S3cret-of/this+client").unwrap());
    let response = client.providers(&[], &[]).unwrap().parser.parse(Response::new(bytes));
    let text = std::str::from_utf8(bytes).unwrap_or("\u{0}");
    let (items, catalogue) = (read_providers(text), Catalogue::from_json(text));
    assert_eq!(items.is_ok(), catalogue.is_ok());
    let (Ok(items), Ok(catalogue)) = (items, catalogue) else { return };
    if let Ok(providers) = response {
        assert_eq!(providers.len() + providers.unreadable_len(), items.len());
        let is_unreadable = |index| providers.unreadable().iter().any(|item| item.index() == index);
        let readable = items.iter().enumerate().filter(|(index, _)| !is_unreadable(*index));
        // Only the first unreadable items are kept.
        if providers.unreadable().len() == providers.unreadable_len() {
            for (provider, (_, item)) in providers.iter().zip(readable) {
                assert_eq!(provider.provider_id, item.id);
                assert!(provider.scopes.is_empty() || provider.scopes == item.scopes);
            }
        }
    }
    // A link with listed and unlisted providers.
    let ids: Vec<_> = catalogue.providers.iter().map(|(id, _)| id.as_str()).take(4).collect();
    let fields = [
        ("client_id", "acme-7d2f1a"),
        ("redirect_uri", "https://app.example.com/callback"),
        ("scope", SCOPE),
        ("providers", &format!("uk-ob-all ob-monzo {}", ids.join(" "))),
        ("disable_providers", ids.get(1).unwrap_or(&"ob-hsbc")),
        ("provider_id", ids.first().unwrap_or(&"ob-monzo")),
    ];
    let (mut draft, mut link) = (Draft::default(), "https://auth.truelayer.com/?x".to_owned());
    for (name, text) in fields {
        draft.push(Entry::new(name.to_owned(), false, Value::Text(Text::Quoted(text.to_owned()))));
        link.extend(["&", name, "="]);
        encode(text, &mut link);
    }
    let mut pasted = Draft::default();
    pasted.paste(&link);
    let catalogue = Arc::new(catalogue);
    check(draft, "", catalogue.clone());
    check(pasted, &link, catalogue);
});
