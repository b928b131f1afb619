//! A link as it arrives, held to TrueLayer's rules.

use super::Registration;

/// What a link asks for.
pub(super) struct Link {
    pub(super) redirect_uri: String,
    pub(super) state: Option<String>,
    pub(super) challenge: String,
    pub(super) scope: Vec<String>,
    pub(super) is_form: bool,
}

/// Each scope, and what the user is told of it.
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
    /// Reads the parameters of a link. The error is for the page: nobody is redirected with a link that is not right.
    pub(super) fn read(parameters: &[(String, String)], registration: &Registration) -> Result<Self, String> {
        if let Some((name, _)) =
            parameters.iter().find(|(name, _)| parameters.iter().filter(|p| p.0 == *name).count() > 1)
        {
            return Err(format!("{name} is there twice."));
        }
        let get = |name: &str| parameters.iter().find(|p| p.0 == name).map(|p| p.1.as_str());
        if get("client_id") != Some(&registration.client_id) {
            return Err("No client has this client_id.".to_owned());
        }
        let redirect_uri = get("redirect_uri").unwrap_or_default();
        if redirect_uri != registration.redirect_uri {
            return Err(format!("The client has not registered this redirect_uri: {redirect_uri:?}."));
        }
        if get("response_type") != Some("code") {
            return Err("The response_type must be code.".to_owned());
        }
        let is_form = match get("response_mode") {
            None => false,
            Some("form_post") => true,
            Some(_) => return Err("The response_mode must be form_post, if it is there.".to_owned()),
        };
        let scope: Vec<_> = get("scope").unwrap_or_default().split(' ').map(str::to_owned).collect();
        if let Some(word) = scope.iter().find(|word| !SCOPES.iter().any(|scope| scope.0 == *word)) {
            return Err(format!("There is no scope {word:?}."));
        }
        let is_base64url = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let challenge = get("code_challenge").filter(|text| text.len() == 43 && is_base64url(text));
        let (Some(challenge), Some("S256")) = (challenge, get("code_challenge_method")) else {
            return Err("The link has no code_challenge of the method S256.".to_owned());
        };
        if !get("providers").unwrap_or_default().split(' ').any(|word| matches!(word, "uk-cs-mock" | "mock")) {
            return Err("The only provider here is Mock Bank, and the link's providers do not cover it.".to_owned());
        }
        Ok(Self {
            redirect_uri: redirect_uri.to_owned(),
            state: get("state").map(str::to_owned),
            challenge: challenge.to_owned(),
            scope,
            is_form,
        })
    }
}
