//! Generates `vocabulary/editor_words.rs` from the tables: a documented item for each word that a link may contain.

use std::fmt::Write;

use crate::diagnostic::{LintLevel, Rule};
use crate::vocabulary::country::COUNTRIES;
use crate::vocabulary::environment::ENVIRONMENTS;
use crate::vocabulary::language::LANGUAGES;
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider::{by_country, kind, kind_name};
use crate::vocabulary::provider_list::{GROUPS, PROVIDERS, Provider};
use crate::vocabulary::scope::SCOPES;

/// A word and its documentation.
type Word = (String, String);

fn words() -> String {
    let modules: [(Param, &str, Vec<Word>); 9] = [
        (Param::Scope, "scope", SCOPES.map(|(scope, gives)| (scope.to_owned(), gives.to_owned())).into()),
        (Param::ProviderId, "provider", PROVIDERS.iter().map(provider).collect()),
        (Param::Providers, "providers", providers()),
        (Param::LanguageId, "language", LANGUAGES.map(|(code, name)| (code.to_owned(), format!("{name}."))).into()),
        (
            Param::CountryId,
            "country",
            COUNTRIES.split(' ').map(|code| (code.to_owned(), format!("ISO 3166-1 `{code}`."))).collect(),
        ),
        (
            Param::Environment,
            "environment",
            ENVIRONMENTS.map(|name| (name.to_owned(), format!("TrueLayer's {name} servers."))).into(),
        ),
        (Param::ResponseType, "response_type", vec![("code".to_owned(), "The authorization code flow.".to_owned())]),
        (
            Param::ResponseMode,
            "response_mode",
            vec![
                ("form_post".to_owned(), "The code arrives in a form.".to_owned()),
                ("query".to_owned(), "The code arrives in the query of `redirect_uri`: the default.".to_owned()),
            ],
        ),
        (
            Param::CodeChallengeMethod,
            "code_challenge_method",
            vec![("S256".to_owned(), "SHA-256 (RFC 7636 §4.2).".to_owned())],
        ),
    ];
    let fields = Param::ALL.map(|param| (param.name().to_owned(), param.description().to_owned())).into();
    let allowable = Rule::all().filter(|rule| rule.level != LintLevel::Forbid);
    let rules = allowable.map(|rule| (rule.name.to_owned(), format!("Allows `{}`.", rule.name))).collect();

    let mut text = "//! The words that a link may contain, as documented items for editors. Generated: `tests/regenerate` writes this file.\n\
                    #![allow(missing_docs, non_upper_case_globals)]\n"
        .to_owned();
    module(&mut text, "The fields of a link.", "field", fields);
    for (param, name, words) in modules {
        let dated = if param.takes_providers() { " The list has the date `PROVIDER_LIST_DATE`." } else { "" };
        module(&mut text, &format!("The words of `{}`.{dated}", param.name()), name, words);
    }
    module(&mut text, "The rules that `allow` takes.", "rule", rules);
    text
}

fn module(text: &mut String, about: &str, name: &str, words: Vec<Word>) {
    write!(text, "\n/// {about}\npub mod {name} {{\n").unwrap();
    for (word, about) in words {
        write!(text, "    /// {about}\n    pub const {word}: () = ();\n").unwrap();
    }
    text.push_str("    #[doc(hidden)]\n    pub const __end: () = ();\n}\n");
}

fn provider(provider: &Provider) -> Word {
    let Provider { id, name, country, scopes, replaced_by } = provider;
    let mut about = format!("{name}, {} (`{id}`).", country.to_uppercase());
    if !scopes.is_empty() {
        write!(about, " Offers {}.", scopes.replace(' ', ", ")).unwrap();
    }
    if let Some(by) = replaced_by {
        write!(about, " Replaced by `{by}`.").unwrap();
    }
    (id.replace('-', "_"), about)
}

/// The words of `providers`: groups, country-ids, ids.
fn providers() -> Vec<Word> {
    let groups = GROUPS.iter().map(|group| {
        let (country, rest) = by_country(group).unwrap();
        let kind = kind_name(kind(rest).unwrap());
        (group.replace('-', "_"), format!("Every {} {kind} provider (`{group}`).", country.to_uppercase()))
    });
    let by_country = PROVIDERS.iter().filter(|of| of.id.contains('-') || of.id == "mock").map(|of| {
        let id = of.country_id();
        (id.replace('-', "_"), provider(of).1.replacen(of.id, &id, 1))
    });
    let ids = PROVIDERS.iter().filter(|of| of.id != "mock").map(provider);
    groups.chain(by_country).chain(ids).collect()
}

#[test]
fn editor_words_are_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/vocabulary/editor_words.rs");
    if std::env::var_os("AUTH_LINK_REGENERATE").is_some() {
        std::fs::write(path, words()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap();
    assert!(written == words(), "src/vocabulary/editor_words.rs is stale: run `tests/regenerate`");
}
