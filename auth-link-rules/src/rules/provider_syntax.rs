//! The wording of an invalid provider, for every field that takes providers.

use crate::diagnostic::Finding;
use crate::view::ProviderRef;
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider::{SyntaxError, check_syntax, has_id_characters, replacement};
use crate::vocabulary::similar::LONGEST;
use crate::vocabulary::similar_provider::similar_provider;

/// Words the reason why `reference` cannot name a provider in `param`; `None` if it can.
pub(super) fn invalid_provider(param: Param, reference: &ProviderRef<'_>) -> Option<Finding> {
    let ProviderRef { word, text: token, .. } = reference;
    let quoted = word.quoted;
    let unknown = || format!("unknown provider `{}`", word.text);
    let similar = || {
        similar_provider(token, param == Param::ProviderId)
            .map(|id| format!("a similar provider exists: {}", replacement(quoted, &id)))
    };
    let (message, help) = match reference.check(param).err()? {
        SyntaxError::MockWithoutCountry => (
            "unexpected provider `mock`: `providers` lists it by its country".to_owned(),
            format!("write {}", replacement(quoted, "uk-cs-mock")),
        ),
        SyntaxError::TooLong => (
            format!("expected a provider's id of at most {LONGEST} characters, found {}", token.len()),
            "ids look like `ob-monzo`".to_owned(),
        ),
        SyntaxError::GroupWithoutCountry => (
            format!("group `{token}` without a country"),
            format!("write {}, or the group of another country", replacement(quoted, &format!("uk-{token}"))),
        ),
        SyntaxError::Glued(first, second) => (
            format!("two providers without a space, `{}`", word.text),
            format!("separate them: {} and {}", replacement(quoted, first), replacement(quoted, second)),
        ),
        SyntaxError::UnknownWord => (unknown(), similar().unwrap_or_else(|| unknown_word(param, reference))),
        SyntaxError::Character => {
            let suggested = token.to_lowercase().replace('_', "-");
            let help = if token.contains([',', ';']) {
                format!("separate providers by spaces: `{}`", token.replace([',', ';'], " ").trim())
            } else if has_id_characters(&suggested) {
                format!("write `{suggested}`: ids consist of lowercase letters, digits and hyphens")
            } else {
                similar().unwrap_or_else(|| {
                    "ids consist of lowercase letters, digits and hyphens, such as `ob-monzo`".to_owned()
                })
            };
            (unknown(), help)
        }
    };
    Some(Finding::new(word.location, message, help))
}

/// Returns the help for a bare word that the dated list does not contain and that resembles no listed provider.
fn unknown_word(param: Param, ProviderRef { word, text, .. }: &ProviderRef<'_>) -> String {
    let in_quotes = text.to_lowercase();
    let is_valid_in_quotes = check_syntax(&in_quotes, true, false, param == Param::Providers).is_ok();
    if in_quotes.contains('-') && is_valid_in_quotes {
        format!("write an id that this crate does not list in quotes: `\"{in_quotes}\"`")
    } else if param == Param::ProviderId {
        format!(
            "ids look like `ob_monzo`; write a value that is known only at run time as `provider_id = {{ {} }}`",
            word.text
        )
    } else {
        "ids look like `ob_monzo`, groups like `uk_ob_all`".to_owned()
    }
}
