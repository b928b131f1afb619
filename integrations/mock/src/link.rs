//! Parsing an auth link, and checking it by TrueLayer's rules.

use std::collections::HashSet;

use crate::journey::Journey;
use crate::scenario::Bank;
use crate::settings::{ResponseMode, Settings};

/// The parameters of a valid auth link.
#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    pub(crate) code_challenge: Option<String>,
    pub(crate) scope: Vec<String>,
    pub(crate) form_post: bool,
    /// The banks that the link's providers cover.
    pub(crate) banks: Vec<Bank>,
    /// Present if the link has a `tracking_id`.
    pub(crate) journey: Option<Journey>,
}

/// Each scope, and its description on the consent page.
pub(crate) const SCOPES: [(&str, &str); 8] = [
    ("info", "your name"),
    ("accounts", "your accounts, with their numbers"),
    ("balance", "your balances"),
    ("transactions", "your transactions"),
    ("cards", "your cards"),
    ("direct_debits", "your direct debits"),
    ("standing_orders", "your standing orders"),
    ("offline_access", "all of it for 90 days, also while you are away"),
];

impl Link {
    /// Parses the parameters of a link.
    ///
    /// # Errors
    ///
    /// Returns a text for the user if a parameter is missing, duplicate or invalid. The browser must not be redirected then.
    pub(crate) fn parse(parameters: &[(String, String)], settings: &Settings) -> Result<Self, String> {
        let mut names = HashSet::new();
        if let Some((name, _)) = parameters.iter().find(|(name, _)| !names.insert(name)) {
            return Err(format!("The link has a duplicate parameter: {name}."));
        }
        let get = |name: &str| parameters.iter().find(|p| p.0 == name).map(|p| p.1.as_str());
        if get("client_id") != Some(&settings.client_id) {
            return Err("The client_id is not registered.".to_owned());
        }
        let redirect_uri = get("redirect_uri").unwrap_or_default();
        if !settings.redirect_uris.iter().any(|registered| registered == redirect_uri) {
            let registered = settings.redirect_uris.join(", ");
            return Err(format!(
                "The redirect_uri is not registered for this client: {redirect_uri:?}. Registered: {registered}."
            ));
        }
        if get("response_type") != Some("code") {
            return Err("The response_type must be code.".to_owned());
        }
        let form_post = match get("response_mode") {
            None | Some("query") => false,
            Some("form_post") => true,
            Some(_) => return Err("The response_mode must be form_post or absent.".to_owned()),
        };
        let scope = scope(get("scope").unwrap_or_default())?;
        let code_challenge = code_challenge(get("code_challenge"), get("code_challenge_method"))?;
        let words = |name: &str, default| get(name).unwrap_or(default).split([' ', ',']).collect::<Vec<_>>();
        let (providers, disabled) = (words("providers", "uk-oauth-all uk-ob-all"), words("disable_providers", ""));
        let mut banks = settings.banks();
        banks.retain(|bank| providers.iter().any(|entry| bank.is_covered_by(entry)));
        banks.retain(|bank| !disabled.contains(&bank.id.as_str()));
        if banks.is_empty() {
            let known: Vec<_> = settings.banks().into_iter().map(|bank| bank.id).collect();
            let help = if known == ["mock"] { "Mock Bank, the only bank" } else { "any bank" };
            return Err(format!(
                "The providers of the link do not cover {help} of this server. Its banks: {}. Write uk-cs-mock for mock.",
                known.join(", ")
            ));
        }
        if let Some(id) = get("provider_id") {
            banks.retain(|bank| bank.id == id);
            if banks.is_empty() {
                return Err(format!("The provider_id is not covered by the providers of the link: {id:?}."));
            }
        }
        Ok(Self {
            redirect_uri: redirect_uri.to_owned(),
            state: get("state").map(str::to_owned),
            code_challenge,
            scope,
            form_post: settings.response_mode.map_or(form_post, |mode| mode == ResponseMode::FormPost),
            banks,
            journey: Journey::new(get("tracking_id"), false),
        })
    }

    /// Returns the text by which a used link is recognized: the code challenge, or else the state.
    pub(crate) fn key(&self) -> Option<&str> {
        self.code_challenge.as_deref().or(self.state.as_deref())
    }
}

fn scope(text: &str) -> Result<Vec<String>, String> {
    let mut scope = Vec::new();
    for word in text.split(' ') {
        if !SCOPES.iter().any(|known| known.0 == word) {
            return Err(format!("The scope is unknown: {word:?}."));
        }
        if !scope.iter().any(|known| known == word) {
            scope.push(word.to_owned());
        }
    }
    Ok(scope)
}

/// Checks the code challenge and its method, which must come together (RFC 7636; TrueLayer takes S256 alone).
pub(crate) fn code_challenge(challenge: Option<&str>, method: Option<&str>) -> Result<Option<String>, String> {
    let is_base64url = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    match (challenge, method) {
        (None, None) => Ok(None),
        (Some(text), Some("S256")) if text.len() == 43 && is_base64url(text) => Ok(Some(text.to_owned())),
        _ => Err("The link needs a code_challenge of 43 characters with the code_challenge_method S256, or neither."
            .to_owned()),
    }
}
