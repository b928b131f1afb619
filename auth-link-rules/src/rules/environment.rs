//! Rules of `environment` and `auth_server`.

use crate::diagnostic::{Finding, Location};
use crate::uri::origin::Origin;
use crate::view::{DraftView, Word};
use crate::vocabulary::environment::ENVIRONMENTS;
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider;

/// TrueLayer has two environments.
pub(crate) fn unknown_environment(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(Word { location, text, .. }) = view.single(Param::Environment) else { return };
    if !ENVIRONMENTS.contains(&text) {
        let message = format!("expected `live` or `sandbox` for `environment`, found `{text}`");
        let help = "write one of the two, or leave it out: by default, a client id that begins with `sandbox-` selects the sandbox";
        findings.push(Finding::new(location, message, help));
    }
}

/// Returns the environment if it is written and no other auth server replaces it.
fn written<'d>(view: &DraftView<'d>, value: &str) -> Option<Word<'d>> {
    view.single(Param::Environment).filter(|word| word.text == value && !view.has(Param::AuthServer))
}

/// The live server does not know client ids of the sandbox.
pub(crate) fn sandbox_client_id_in_live(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(environment) = written(view, "live") else { return };
    if view.has_sandbox_client_id() {
        let is_pasted = view.is_pasted(Param::Environment);
        let sandbox = if is_pasted { "auth.truelayer-sandbox.com" } else { "environment = sandbox" };
        let help = format!("write `{sandbox}`, or the client id of the live environment");
        let message = "`client_id` belongs to the sandbox, but this is the live environment";
        findings.push(Finding::new(environment.location, message, help));
    }
}

/// The sandbox has its own client ids, which begin with `sandbox-` so far.
pub(crate) fn live_client_id_in_sandbox(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(environment) = written(view, "sandbox") else { return };
    if !view.has_sandbox_client_id() && view.single(Param::ClientId).is_some() {
        let help = "write the client id of the sandbox, which begins with `sandbox-`";
        let message = "this is the sandbox, but `client_id` does not begin with `sandbox-`";
        findings.push(Finding::new(environment.location, message, help));
    }
}

/// The sandbox offers only Mock Bank, which the default `providers` do not contain.
pub(crate) fn sandbox_without_mock_bank(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    if view.has(Param::AuthServer) || view.is_sandbox() != Some(true) || !view.has_known_providers() {
        return;
    }
    let listed = view.provider_refs(Param::Providers);
    // Another rule reports a chosen provider that is not covered.
    let is_reported = view.chosen_provider().is_some_and(|(_, id)| id.text == "mock");
    if is_reported || listed.iter().any(|reference| provider::covers_mock(&reference.text)) {
        return;
    }
    let location = view.index(Param::Providers).map_or(Location::Link, Location::Value);
    let help = if listed.is_empty() {
        "add `providers = [uk_cs_mock]`"
    } else if listed.iter().all(|reference| reference.word.quoted) {
        "add `uk-cs-mock` to `providers`"
    } else {
        "add `uk_cs_mock` to `providers`"
    };
    let message = "the sandbox offers only Mock Bank, which `providers` does not list";
    findings.push(Finding::new(location, message, help).for_field(Param::Providers));
}

/// An auth server is an origin: scheme, host and port (RFC 6454 §4).
pub(crate) fn invalid_auth_server(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(server) = view.single(Param::AuthServer) else { return };
    if Origin::parse(server.text).is_none() {
        let message = "expected an origin for `auth_server`";
        let help = "write scheme, host and port in lowercase and nothing else, such as `http://localhost:8080`";
        findings.push(Finding::new(server.location, message, help));
    }
}

/// A link contains personal data and needs TLS, except on this machine and in a private network.
pub(crate) fn insecure_auth_server(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(server) = view.single(Param::AuthServer) else { return };
    if let Some(origin) = Origin::parse(server.text)
        && !origin.is_private()
    {
        let help = format!("write `https{}`", server.text.trim_start_matches("http"));
        let message = format!("unexpected `http` for the public host `{}`", origin.host);
        findings.push(Finding::new(server.location, message, help));
    }
}
