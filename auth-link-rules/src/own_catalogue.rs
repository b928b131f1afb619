//! The application's own copy of TrueLayer's `/api/providers` answer, and the rules that hold a link to it.

use crate::link::{Link, Token};
use crate::problem::Found;
use crate::provider::{by_country, is_group};
use crate::provider_id::chosen;
use crate::providers::possible;
use crate::scope::is_scope;
use crate::table::joined;
use crate::{Param, Provider};

/// The providers that TrueLayer offers to the application, as far as it says.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Ids, and the scopes of each.
    pub providers: Vec<(String, Vec<String>)>,
}

impl Catalogue {
    fn scopes(&self, id: &str) -> Option<&[String]> {
        self.providers.iter().find(|(listed, _)| listed == id).map(|(_, scopes)| scopes.as_slice())
    }

    /// Whether a token of `providers` names one of them: by its id, or with a country before it and perhaps not behind it.
    fn lists(&self, token: &str) -> bool {
        let is_id = |id: &str| self.scopes(id).is_some();
        is_id(token)
            || by_country(token).is_some_and(|(country, id)| is_id(id) || is_id(&format!("{id}-{country}")))
            || matches!(token, "mock" | "uk-cs-mock")
    }
}

/// What the application's catalogue does not list TrueLayer does not offer to it.
pub(crate) fn catalogue_provider(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(catalogue) = link.catalogue else { return };
    for (_, Token { word, text: token, .. }) in possible(link) {
        if is_group(token) || catalogue.lists(token) {
            continue;
        }
        let name = Provider::named(token).map_or_else(String::new, |provider| format!(" ({})", provider.name));
        let help = "write one that it lists, or fetch it anew from `/api/providers`";
        found.push(Found::new(word.place, format!("provider `{token}`{name} is not in `catalogue`"), help));
    }
}

/// A scope that the chosen provider does not offer gives nothing.
pub(crate) fn catalogue_scope(link: &Link<'_>, found: &mut Vec<Found>) {
    let (Some(catalogue), Some((_, id))) = (link.catalogue, chosen(link)) else { return };
    let id: &str = &id.text;
    let Some(offered) = catalogue.scopes(id) else { return };
    for word in link.words(Param::Scope) {
        if is_scope(word.text) && !offered.iter().any(|scope| scope == word.text) {
            let fault = format!("provider `{id}` does not offer the scope `{}`, by `catalogue`", word.text);
            let help = format!("remove it; it offers {}", joined(offered, ", "));
            found.push(Found::new(word.place, fault, help));
        }
    }
}
