//! Parsing an auth link, and checking it by TrueLayer's rules.

use std::collections::HashSet;

use super::registration::Registration;

/// The parameters of a valid auth link.
pub(super) struct Link {
    pub(super) redirect_uri: String,
    pub(super) state: Option<String>,
    pub(super) code_challenge: String,
    pub(super) scope: Vec<String>,
    pub(super) form_post: bool,
}

/// Each scope, and its description on the consent page.
pub(super) const SCOPES: [(&str, &str); 8] = [
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
    pub(super) fn parse(parameters: &[(String, String)], registration: &Registration) -> Result<Self, String> {
        let mut names = HashSet::new();
        if let Some((name, _)) = parameters.iter().find(|(name, _)| !names.insert(name)) {
            return Err(format!("The link has a duplicate parameter: {name}."));
        }
        let get = |name: &str| parameters.iter().find(|p| p.0 == name).map(|p| p.1.as_str());
        if get("client_id") != Some(&registration.client_id) {
            return Err("The client_id is not registered.".to_owned());
        }
        let redirect_uri = get("redirect_uri").unwrap_or_default();
        if redirect_uri != registration.redirect_uri {
            return Err(format!("The redirect_uri is not registered for this client: {redirect_uri:?}."));
        }
        if get("response_type") != Some("code") {
            return Err("The response_type must be code.".to_owned());
        }
        let form_post = match get("response_mode") {
            None => false,
            Some("form_post") => true,
            Some(_) => return Err("The response_mode must be form_post or absent.".to_owned()),
        };
        let scope: Vec<_> = get("scope").unwrap_or_default().split(' ').map(str::to_owned).collect();
        if let Some(word) = scope.iter().find(|word| !SCOPES.iter().any(|scope| scope.0 == *word)) {
            return Err(format!("The scope is unknown: {word:?}."));
        }
        let is_base64url = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let code_challenge = get("code_challenge").filter(|text| text.len() == 43 && is_base64url(text));
        let (Some(code_challenge), Some("S256")) = (code_challenge, get("code_challenge_method")) else {
            return Err("The link needs a code_challenge with the code_challenge_method S256.".to_owned());
        };
        if !get("providers").unwrap_or_default().split(' ').any(|word| matches!(word, "uk-cs-mock" | "mock")) {
            return Err("The providers of the link do not cover Mock Bank, the only bank of this server.".to_owned());
        }
        Ok(Self {
            redirect_uri: redirect_uri.to_owned(),
            state: get("state").map(str::to_owned),
            code_challenge: code_challenge.to_owned(),
            scope,
            form_post,
        })
    }
}
