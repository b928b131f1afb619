//! What the words of a link mean, and how they are written in a macro call, for tools that show links.

use crate::catalogue::PROVIDERS;
use crate::country::is_country;
use crate::environment::ENVIRONMENTS;
use crate::language::is_language;
use crate::provider::{by_country, covers, is_group, is_word, kind, kind_name};
use crate::scope::is_scope;
use crate::{Param, Provider};

/// The providers that `token`, an id, country-id or group, is known to stand for: those that are still offered, by id.
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

/// What `token` of `providers`, `provider_id` or `disable_providers` means, in a few words; `None` for what is not known.
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
    let named = Provider::named(token).or_else(|| providers_of(token).next())?;
    Some(format!("{}, {}", named.name, named.country.to_uppercase()))
}

/// The text as a value of `param`, or an item of its list, is written in a macro call: a bare word where the field's
/// vocabulary has it, otherwise in quotes.
///
/// ```
/// use auth_link_rules::{Param, written};
///
/// assert_eq!(written(Param::Providers, "uk-ob-all"), "uk_ob_all");
/// assert_eq!(written(Param::Providers, "ob-new-bank"), "\"ob-new-bank\"");
/// assert_eq!(written(Param::ClientId, "acme-7d2f1a"), "\"acme-7d2f1a\"");
/// ```
#[must_use]
pub fn written(param: Param, text: &str) -> String {
    let is_word = match param {
        Param::Scope => is_scope(text),
        Param::Providers | Param::ProviderId | Param::DisableProviders if is_word(text) => {
            return text.replace('-', "_");
        }
        Param::ResponseType => text == "code",
        Param::ResponseMode => text == "form_post",
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
    fn what_is_known_has_a_meaning() {
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
    fn a_vocabularys_own_is_a_bare_word() {
        for (param, word, other) in [
            (Param::Scope, "info", "payments"),
            (Param::ResponseType, "code", "token"),
            (Param::ResponseMode, "form_post", "query"),
            (Param::LanguageId, "en", "zz"),
            (Param::CountryId, "GB", "UK"),
            (Param::CodeChallengeMethod, "S256", "plain"),
            (Param::Environment, "sandbox", "staging"),
        ] {
            assert_eq!((written(param, word), written(param, other)), (word.to_owned(), format!("\"{other}\"")));
        }
        for param in [Param::Providers, Param::ProviderId, Param::DisableProviders] {
            assert_eq!(written(param, "ob-monzo"), "ob_monzo");
            assert_eq!(written(param, "ob-new-bank"), "\"ob-new-bank\"");
        }
        assert_eq!(written(Param::Allow, "scope_needs"), "scope_needs");
        assert_eq!(written(Param::TrackingId, "a \"b\""), r#""a \"b\"""#);
    }
}
