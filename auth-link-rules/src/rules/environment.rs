//! Rules of `environment` and `auth_server`.

use crate::diagnostic::{Finding, Location};
use crate::suggestion::Suggestion;
use crate::uri::host::Reach;
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
        findings.push(Finding::new(location, message).advise(
            "write one of the two, or leave it out: by default, a client id that begins with `sandbox-` selects the sandbox",
        ));
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
        let message = "`client_id` belongs to the sandbox, but this is the live environment";
        let sandbox = if view.is_pasted(Param::Environment) {
            Suggestion::Replace("auth.truelayer-sandbox.com".to_owned())
        } else {
            Suggestion::Set(Param::Environment, "sandbox".to_owned())
        };
        let finding = Finding::new(environment.location, message);
        findings.push(match sandbox {
            // The host of a pasted link is no field.
            Suggestion::Replace(host) => {
                finding.advise(format!("write `{host}`, or the client id of the live environment"))
            }
            sandbox => finding.suggest(sandbox).advise("write the client id of the live environment"),
        });
    }
}

/// The sandbox has its own client ids, which begin with `sandbox-` so far.
pub(crate) fn live_client_id_in_sandbox(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(environment) = written(view, "sandbox") else { return };
    if !view.has_sandbox_client_id() && view.single(Param::ClientId).is_some() {
        let message = "this is the sandbox, but `client_id` does not begin with `sandbox-`";
        let finding = Finding::new(environment.location, message);
        findings.push(finding.advise("write the client id of the sandbox, which begins with `sandbox-`"));
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
    let mock = "uk-cs-mock".to_owned();
    let finding = match view.index(Param::Providers) {
        Some(index) => {
            Finding::new(Location::Value(index), "the sandbox offers only Mock Bank, which `providers` does not list")
                .suggest(Suggestion::Add(Param::Providers, mock))
        }
        None => Finding::new(
            Location::Link,
            "the sandbox offers only Mock Bank, which the default providers, `uk-oauth-all uk-ob-all`, do not contain",
        )
        .suggest(Suggestion::Set(Param::Providers, mock)),
    };
    findings.push(finding.for_field(Param::Providers).certainly());
}

/// An auth server is an origin: scheme, host and port (RFC 6454 §4). A link-local address, such as a cloud's metadata service, is
/// none.
pub(crate) fn invalid_auth_server(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(server) = view.single(Param::AuthServer) else { return };
    match Origin::parse(server.text) {
        None => {
            let finding = Finding::new(server.location, "expected an origin for `auth_server`: scheme, host and port");
            findings
                .push(finding.advise("write the origin in lowercase, without a path, such as `http://localhost:8080`"));
        }
        Some(origin) if origin.is_link_local() => {
            let message = format!("`{}` is a link-local address, not an auth server", origin.host);
            findings.push(Finding::new(server.location, message).advise("write the server's name or address"));
        }
        Some(_) => {}
    }
}

/// A link and the requests that follow contain personal data and secrets: they need TLS beyond this machine. A private network
/// may do without in the sandbox, if that is intentional; a live client never.
pub(crate) fn insecure_auth_server(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let is_live = view.single(Param::ClientId).is_some() && !view.has_sandbox_client_id();
    without_tls(view, findings, |reach| match reach {
        Reach::Public | Reach::Unreserved => true,
        Reach::Private => is_live,
        Reach::Loopback | Reach::LinkLocal => false,
    });
}

/// See [`insecure_auth_server`].
pub(crate) fn insecure_private_auth_server(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let is_live = view.single(Param::ClientId).is_some() && !view.has_sandbox_client_id();
    without_tls(view, findings, |reach| reach == Reach::Private && !is_live);
}

fn without_tls(view: &DraftView<'_>, findings: &mut Vec<Finding>, is_reported: impl Fn(Reach) -> bool) {
    let Some(server) = view.single(Param::AuthServer) else { return };
    if let Some(origin) = Origin::parse(server.text)
        && origin.http_reach().is_some_and(is_reported)
    {
        let message = format!("unexpected `http` for `{}`, which is not this machine", origin.host);
        let https = format!("https{}", server.text.trim_start_matches("http"));
        findings.push(Finding::new(server.location, message).suggest(Suggestion::Replace(https)));
    }
}
