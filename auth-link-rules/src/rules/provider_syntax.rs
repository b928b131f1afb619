//! The wording of an invalid provider, for every field that takes providers.

use crate::diagnostic::Finding;
use crate::suggestion::Suggestion;
use crate::view::ProviderRef;
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider::{SyntaxError, check_syntax, has_id_characters};
use crate::vocabulary::similar::LONGEST;
use crate::vocabulary::similar_provider::similar_provider;

/// Words the reason why `reference` cannot name a provider in `param`; `None` if it can.
pub(super) fn invalid_provider(param: Param, reference: &ProviderRef<'_>) -> Option<Finding> {
    let ProviderRef { word, text: token, .. } = reference;
    let finding = |message: String| Finding::new(word.location, message);
    let unknown = || finding(format!("unknown provider `{}`", word.text));
    let similar = || {
        similar_provider(token, param == Param::ProviderId)
            .map(|id| unknown().suggest(Suggestion::Similar("provider", id)))
    };
    Some(match reference.check(param).err()? {
        SyntaxError::MockWithoutCountry => finding("unexpected provider `mock` without its country".to_owned())
            .suggest(Suggestion::Replace("uk-cs-mock".to_owned()))
            .certainly(),
        SyntaxError::TooLong => {
            finding(format!("expected a provider's id of at most {LONGEST} characters, found {}", token.len()))
                .advise("ids look like `ob-monzo`")
        }
        SyntaxError::GroupWithoutCountry => finding(format!("group `{token}` without a country"))
            .suggest(Suggestion::Replace(format!("uk-{token}")))
            .advise("the group of another country"),
        SyntaxError::Glued(first, second) => finding(format!("two providers without a space, `{}`", word.text))
            .suggest(Suggestion::Replace(format!("{first} {second}")))
            .certainly(),
        SyntaxError::UnknownWord => similar().unwrap_or_else(|| unknown_word(param, reference, unknown())),
        SyntaxError::Character => {
            let suggested = token.to_lowercase().replace('_', "-");
            if has_id_characters(&suggested) {
                unknown()
                    .suggest(Suggestion::Replace(suggested))
                    .because("ids consist of lowercase letters, digits and hyphens")
                    .certainly()
            } else {
                similar().unwrap_or_else(|| {
                    unknown().advise("ids consist of lowercase letters, digits and hyphens, such as `ob-monzo`")
                })
            }
        }
    })
}

/// Adds the help for a bare word that the dated list does not contain and that resembles no listed provider.
fn unknown_word(param: Param, ProviderRef { word, text, .. }: &ProviderRef<'_>, finding: Finding) -> Finding {
    let in_quotes = text.to_lowercase();
    let is_valid_in_quotes = check_syntax(&in_quotes, true, false, param == Param::Providers).is_ok();
    finding.advise(if in_quotes.contains('-') && is_valid_in_quotes {
        format!("write an id that this crate does not list in quotes: `\"{in_quotes}\"`")
    } else if param == Param::ProviderId {
        format!("ids look like `ob_monzo`; for a value of run time write `provider_id = {{ {} }}`", word.text)
    } else {
        "ids look like `ob_monzo`, groups like `uk_ob_all`".to_owned()
    })
}
