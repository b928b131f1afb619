//! The meaning of a link's words, and their form in a macro call.

use crate::vocabulary::country::is_country;
use crate::vocabulary::environment::ENVIRONMENTS;
use crate::vocabulary::language::is_language;
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider::{by_country, covers, is_group, is_word, kind, kind_name};
use crate::vocabulary::provider_list::{PROVIDERS, Provider};
use crate::vocabulary::scope::is_scope;

/// Returns the listed providers that an id, country-id or group covers, sorted by id, without replaced ones.
///
/// ```
/// assert_eq!(auth_link_rules::providers_of("uk-ob-monzo").map(|provider| provider.name).collect::<Vec<_>>(), ["Monzo"]);
/// assert!(auth_link_rules::providers_of("uk-ob-all").count() > 10);
/// ```
pub fn providers_of(token: &str) -> impl Iterator<Item = &'static Provider> {
    PROVIDERS
        .iter()
        .filter(move |provider| provider.replaced_by.is_none() && covers(token, provider.id, Some(provider.country)))
}

/// Describes an entry of `providers`, `provider_id` or `disable_providers` in a few words; `None` if it is unknown.
///
/// ```
/// use auth_link_rules::meaning;
///
/// assert_eq!(meaning("uk-ob-all").as_deref(), Some("every UK open-banking provider"));
/// assert_eq!(meaning("ob-monzo").as_deref(), Some("Monzo, UK"));
/// assert_eq!(meaning("ob-new-bank"), None);
/// ```
#[must_use]
pub fn meaning(token: &str) -> Option<String> {
    if is_group(token) {
        let (country, group) = by_country(token)?;
        return Some(format!("every {} {} provider", country.to_uppercase(), kind_name(kind(group)?)));
    }
    let named = Provider::from_id(token).or_else(|| providers_of(token).next())?;
    Some(format!("{}, {}", named.name, named.country.to_uppercase()))
}

/// Returns the text in macro syntax, as a value of `param` or an item of its list: a bare word if the field's vocabulary
/// contains it, else in quotes.
///
/// ```
/// use auth_link_rules::{Param, to_macro_syntax};
///
/// assert_eq!(to_macro_syntax(Param::Providers, "uk-ob-all"), "uk_ob_all");
/// assert_eq!(to_macro_syntax(Param::Providers, "ob-new-bank"), "\"ob-new-bank\"");
/// assert_eq!(to_macro_syntax(Param::ClientId, "acme-7d2f1a"), "\"acme-7d2f1a\"");
/// ```
#[must_use]
pub fn to_macro_syntax(param: Param, text: &str) -> String {
    let is_word = match param {
        Param::Scope => is_scope(text),
        Param::Providers | Param::ProviderId | Param::DisableProviders if is_word(text) => {
            return text.replace('-', "_");
        }
        Param::ResponseType => text == "code",
        Param::ResponseMode => matches!(text, "form_post" | "query"),
        Param::LanguageId => is_language(text),
        Param::CountryId => is_country(text),
        Param::CodeChallengeMethod => text == "S256",
        Param::Environment => ENVIRONMENTS.contains(&text),
        Param::Allow => true,
        _ => false,
    };
    if is_word { text.to_owned() } else { format!("{text:?}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_provider_has_a_meaning() {
        for (token, expected) in [
            ("uk-ob-all", Some("every UK open-banking provider")),
            ("ob-monzo", Some("Monzo, UK")),
            ("uk-ob-monzo", Some("Monzo, UK")),
            ("uk-cs-mock", Some("Mock Bank, UK")),
            ("ob-new-bank", None),
            ("xy-new-all", None),
        ] {
            assert_eq!(meaning(token).as_deref(), expected, "{token}");
        }
    }

    #[test]
    fn a_word_of_the_vocabulary_is_written_bare() {
        for (param, word, other) in [
            (Param::Scope, "info", "payments"),
            (Param::ResponseType, "code", "token"),
            (Param::ResponseMode, "form_post", "fragment"),
            (Param::LanguageId, "en", "zz"),
            (Param::CountryId, "GB", "UK"),
            (Param::CodeChallengeMethod, "S256", "plain"),
            (Param::Environment, "sandbox", "staging"),
        ] {
            assert_eq!(
                (to_macro_syntax(param, word), to_macro_syntax(param, other)),
                (word.to_owned(), format!("\"{other}\""))
            );
        }
        for param in [Param::Providers, Param::ProviderId, Param::DisableProviders] {
            assert_eq!(to_macro_syntax(param, "ob-monzo"), "ob_monzo");
            assert_eq!(to_macro_syntax(param, "ob-new-bank"), "\"ob-new-bank\"");
        }
        assert_eq!(to_macro_syntax(Param::Allow, "missing_required_scope"), "missing_required_scope");
        assert_eq!(to_macro_syntax(Param::TrackingId, "a \"b\""), r#""a \"b\"""#);
    }
}
