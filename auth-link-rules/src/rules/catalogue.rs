//! Rules that check a link against the application's own list of providers.

use crate::diagnostic::Finding;
use crate::suggestion::Suggestion;
use crate::text::join;
use crate::view::{DraftView, ProviderRef};
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider::is_group;
use crate::vocabulary::provider_list::Provider;
use crate::vocabulary::scope::is_scope;

/// TrueLayer offers the application only the providers of its list.
pub(crate) fn provider_not_in_catalogue(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(catalogue) = view.catalogue else { return };
    for (_, ProviderRef { word, text: token, .. }) in view.valid_providers() {
        if is_group(token) || catalogue.lists(token) {
            continue;
        }
        let name = Provider::from_id(token).map_or_else(String::new, |provider| format!(" ({})", provider.name));
        let finding = Finding::new(word.location, format!("provider `{token}`{name} is not in `catalogue`"));
        findings.push(finding.advise("write a provider of that list, or update the list from `/api/providers`"));
    }
}

/// The chosen provider offers each scope.
pub(crate) fn scope_not_offered(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let (Some(catalogue), Some((_, id))) = (view.catalogue, view.chosen_provider()) else { return };
    let id: &str = &id.text;
    let Some(offered) = catalogue.scopes(id) else { return };
    for word in view.words(Param::Scope) {
        if is_scope(word.text) && !offered.iter().any(|scope| scope == word.text) {
            let message = format!("provider `{id}` does not offer the scope `{}` according to `catalogue`", word.text);
            let finding = Finding::new(word.location, message).suggest(Suggestion::Remove);
            findings.push(finding.because(format!("it offers {}", join(offered, ", "))));
        }
    }
}
