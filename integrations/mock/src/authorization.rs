//! One authorization: a link is checked, and the user's decision becomes a response.

use crate::link::Link;
use crate::profile::Profile;
use crate::random::random;
use crate::scenario::Bank;
use crate::state::{Grant, MockServer};

/// The decision of a user.
pub(crate) enum Decision {
    Allow(Bank, Profile),
    /// The user cancels. The response may lose the state.
    Cancel {
        with_state: bool,
    },
    /// The authorization fails with the code of an error.
    Fail(String),
}

/// The response of an authorization, which the browser brings to the application.
pub(crate) struct Response {
    pub(crate) redirect_uri: String,
    pub(crate) fields: Vec<(&'static str, String)>,
    pub(crate) form_post: bool,
}

/// The reason why a link does not work.
pub(crate) enum Refusal {
    Invalid(String),
    Used,
}

impl MockServer {
    /// Checks the parameters of a link that a browser opens.
    pub(crate) fn open(&self, parameters: &[(String, String)]) -> Result<Link, Refusal> {
        let link = Link::parse(parameters, &self.settings).map_err(Refusal::Invalid)?;
        let is_used = link.key().is_some_and(|key| self.state().used_links.get(key).is_some());
        if is_used {
            return Err(Refusal::Used);
        }
        self.state().journeys.record(link.journey.as_ref(), "dialog_started", &[]);
        Ok(link)
    }

    /// Ends an authorization. Returns `None` if another tab ended one of the same link.
    pub(crate) fn decide(&self, link: Link, decision: Decision) -> Option<Response> {
        let mut state = self.state();
        if let Some(key) = link.key() {
            if state.used_links.get(key).is_some() {
                return None;
            }
            state.used_links.insert(key.to_owned(), ());
        }
        let (redirect_uri, form_post) = (link.redirect_uri.clone(), link.form_post);
        let returned = link.state.clone().map(|state| ("state", state));
        let mut fields = Vec::new();
        match decision {
            Decision::Allow(bank, user) => {
                let members = [("provider_id", &*bank.id)];
                for event in ["provider_selected", "consent_granted", "provider_auth_started", "provider_authorized"] {
                    state.journeys.record(link.journey.as_ref(), event, &members);
                }
                let code = random();
                let is_granted = |word: &&String| user.granted.as_ref().is_none_or(|granted| granted.contains(word));
                let scope: Vec<_> = link.scope.iter().filter(is_granted).cloned().collect();
                fields.extend([("code", code.clone()), ("scope", scope.join(" "))]);
                fields.extend(returned);
                state.codes.insert(code, Grant { link, scope, bank, user });
            }
            Decision::Cancel { with_state } => {
                fields.push(("error", "access_denied".to_owned()));
                fields.extend(returned.filter(|_| with_state));
            }
            Decision::Fail(code) => {
                fields.push(("error", code));
                fields.extend(returned);
            }
        }
        Some(Response { redirect_uri, fields, form_post })
    }
}
