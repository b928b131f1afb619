//! The application's own list of providers.

use crate::vocabulary::provider::by_country;

/// The providers that TrueLayer offers to one application: its copy of the response of `/api/providers`.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The ids, each with the scopes of its provider.
    pub providers: Vec<(String, Vec<String>)>,
}

impl Catalogue {
    /// Returns the scopes of the provider `id`.
    pub(crate) fn scopes(&self, id: &str) -> Option<&[String]> {
        self.providers.iter().find(|(listed, _)| listed == id).map(|(_, scopes)| scopes.as_slice())
    }

    /// Returns whether an entry of `providers` names a listed provider: by its id, or by its id after a country, with or
    /// without the country at its end.
    pub(crate) fn lists(&self, token: &str) -> bool {
        let is_id = |id: &str| self.scopes(id).is_some();
        is_id(token)
            || by_country(token).is_some_and(|(country, id)| is_id(id) || is_id(&format!("{id}-{country}")))
            || matches!(token, "mock" | "uk-cs-mock")
    }
}
