//! Certain suggestions: each removes its finding, brings no new one, and is stable when the link is checked again.

use std::collections::BTreeSet;

use auth_link_rules::{Diagnostic, Draft, Param, encode};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn diagnostics(link: &str) -> Vec<Diagnostic> {
    let mut draft = Draft::default();
    draft.paste(link);
    draft.check().map_or_else(|diagnostics| diagnostics, |checked| checked.warnings)
}

/// The rules and messages of a link's diagnostics, without their positions.
fn messages(link: &str) -> Vec<(&'static str, String)> {
    let of = |diagnostic: &Diagnostic| (diagnostic.rule().name, diagnostic.message().to_owned());
    diagnostics(link).iter().map(of).collect()
}

/// Applies one certain suggestion.
fn applied(link: &str, diagnostic: &Diagnostic) -> Option<String> {
    let edit = diagnostic.edit()?;
    Some([&link[..edit.range.start], &edit.text, &link[edit.range.end..]].concat())
}

/// Applies every certain suggestion, one after the other; fails where one does not do what it must.
fn fix(link: &str) -> String {
    let mut link = link.to_owned();
    for _ in 0..100 {
        let all = diagnostics(&link);
        let Some(diagnostic) = all.iter().find(|diagnostic| diagnostic.edit().is_some()) else { return link };
        let fixed = applied(&link, diagnostic).unwrap();
        let (before, after) = (messages(&link), messages(&fixed));
        let found = (diagnostic.rule().name, diagnostic.message().to_owned());
        let count =
            |all: &[(&str, String)]| all.iter().filter(|(rule, text)| (*rule, text) == (found.0, &found.1)).count();
        assert!(count(&after) < count(&before), "{link}\n{fixed}\nstill {found:?}");
        // Another rule may have been silent about a value that it could not read.
        let names = |all: &[(&'static str, String)]| all.iter().map(|(rule, _)| *rule).collect::<BTreeSet<_>>();
        let new: Vec<_> =
            names(&after).difference(&names(&before)).copied().filter(|rule| !HIDDEN.contains(rule)).collect();
        assert!(new.is_empty(), "{link}\n{fixed}\nnew: {new:?}");
        assert!(after.len() <= before.len() + 2, "{link}\n{fixed}");
        link = fixed;
    }
    panic!("{link}: no end");
}

/// Rules that only see a field once its own mistake is corrected.
const HIDDEN: [&str; 13] = [
    "form_post_to_app_scheme",
    "missing_required_scope",
    "offline_access_alone",
    "accounts_scope_at_card_provider",
    "uncovered_provider_id",
    "disabled_provider_id",
    "country_without_providers",
    "sandbox_without_mock_bank",
    "duplicate_link_parameter",
    "unlisted_provider",
    "misspelled_provider",
    "all_providers_disabled",
    "unknown_provider",
];

fn pair(param: Param, value: &str) -> String {
    let mut text = format!("{}=", param.name());
    encode(value, &mut text);
    text
}

fn any_link() -> impl Strategy<Value = String> {
    let params: Vec<_> = Param::ALL.into_iter().filter(|param| param.is_in_url()).collect();
    let pairs = subsequence(params, 1..8).prop_flat_map(|params| {
        let values: Vec<_> = params
            .into_iter()
            .map(|param| {
                let values: Vec<_> = param.valid_values().iter().chain(param.invalid_values()).copied().collect();
                select(values).prop_map(move |value| pair(param, value))
            })
            .collect();
        values
    });
    let odd = select(
        &["", "&state=fixed", "&scope=info,accounts", "&scope=info", "&language_id=en&language_id=en", "&x=1&x=1"][..],
    );
    let address = select(
        &[
            "https://auth.truelayer.com/?",
            "http://auth.truelayer.com/?",
            "https://auth.truelayer-sandbox.com/?",
            "https://auth.truelayer.com/x?",
        ][..],
    );
    (address, pairs, odd).prop_map(|(address, pairs, odd)| format!("{address}{}{odd}", pairs.join("&")))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_certain_suggestion_removes_its_finding_and_brings_no_new_one(link in any_link()) {
        let fixed = fix(&link);
        prop_assert_eq!(fix(&fixed), fixed.clone());
    }
}

#[test]
fn certain_suggestions_write_what_the_author_intended() {
    let base = "https://auth.truelayer.com/?client_id=a&redirect_uri=https%3A%2F%2Fa.example";
    for (wrong, right) in [
        (format!("{base}&scope=accounts,balance"), format!("{base}&scope=accounts%20balance")),
        (format!("{base}&scope=Accounts%20balance"), format!("{base}&scope=accounts%20balance")),
        (format!("{base}&scope=accounts+accounts+balance"), format!("{base}&scope=accounts+balance")),
        (format!("{base}&scope=info&providers=ob-all"), format!("{base}&scope=info&providers=ob-all")),
        (format!("{base}&scope=info&providers=UK_OB_ALL"), format!("{base}&scope=info&providers=uk-ob-all")),
        (format!("{base}&scope=info&providers=mock"), format!("{base}&scope=info&providers=uk-cs-mock")),
        (format!("{base}&scope=info&country_id=UK"), format!("{base}&scope=info&country_id=GB")),
        (format!("{base}&scope=info&language_id=EN"), format!("{base}&scope=info&language_id=en")),
        (format!("{base}&scope=info&scope=info"), format!("{base}&scope=info")),
        (
            format!("{base}&scope=info&providers=uk-ob-alluk-oauth-all"),
            format!("{base}&scope=info&providers=uk-ob-all%20uk-oauth-all"),
        ),
        (
            format!("http{}&scope=info", base.strip_prefix("https").unwrap()),
            format!("{base}&scope=info"),
        ),
        (
            format!("{base}&scope=info&provider_id=uk-ob-monzo"),
            format!("{base}&scope=info&provider_id=ob-monzo"),
        ),
        (
            "https://auth.truelayer-sandbox.com/?client_id=sandbox-a&redirect_uri=https%3A%2F%2Fa.example&scope=info".to_owned(),
            "https://auth.truelayer-sandbox.com/?client_id=sandbox-a&redirect_uri=https%3A%2F%2Fa.example&scope=info&providers=uk-cs-mock".to_owned(),
        ),
    ] {
        assert_eq!(fix(&wrong), right);
    }
}
