//! `auth-link explain`: describes in words what a link requests.

use auth_link_rules::{
    DEFAULT_PROVIDERS, DROPPED_PARAMETERS, Draft, LANGUAGES, Param, SCOPES, Text, Value, meaning, providers_of,
};
use serde_json::{Value as Json, json};

use crate::args::Explain;
use crate::link_match::LinkMatch;
use crate::lint::{LintResult, lint};
use crate::lint_options::LintOptions;
use crate::output::{Failure, Outcome, note, print, print_json};
use crate::position::Position;
use crate::redact::Redacted;
use crate::render::{draw, more};
use crate::sources::read_stdin;
use crate::table::{rows, title};
use crate::text::escape;

/// The description of a link.
struct Explanation {
    environment: Option<String>,
    client_id: Option<String>,
    redirect_uri: Option<String>,
    scopes: Vec<String>,
    /// The providers that the user may choose from.
    providers: Vec<String>,
    /// Whether the link lists no providers, so that these are the default.
    has_default_providers: bool,
    provider_id: Option<String>,
    disable_providers: Vec<String>,
    country: Option<String>,
    language: Option<String>,
    is_form_post: bool,
    /// The documented parameters that are left out.
    left_out: Vec<Param>,
    /// The parameters that are sent and not documented.
    undocumented: Vec<String>,
}

/// Runs the command.
///
/// # Errors
///
/// Returns an error if the link is too long, or if the catalogue or the standard input cannot be read.
pub(crate) fn run(args: &Explain) -> Result<Outcome, Failure> {
    let options = LintOptions::new(&args.lint)?;
    let (name, text) = if args.link == "-" { read_stdin()? } else { ("<link>", args.link.clone()) };
    let (link, position) = (text.trim(), Position::start(name));
    let found = LinkMatch::whole(link, text.len() - text.trim_start().len());
    let result = lint(&text, &found, &options).map_err(|failure| failure.at(&position))?;
    let mut draft = Draft::default();
    draft.paste(link);
    let explanation = Explanation::new(&draft, &Redacted::new(link));
    if args.json {
        print_json(&explanation.json(&result));
    } else {
        // A link to another site is not explained.
        if explanation.environment.is_some() {
            explanation.print();
        }
        for report in &result.reports {
            note(&format!("\n{}", draw(report, &result.shown, &position)));
        }
        if !result.reports.is_empty() {
            note(&format!("\n{}", more()));
        }
    }
    let is_valid = result.reports.iter().all(|report| report.is_warning);
    Ok(if is_valid { Outcome::Success } else { Outcome::Findings })
}

impl Explanation {
    fn new(draft: &Draft, redacted: &Redacted) -> Self {
        let values = || {
            draft.entries().iter().filter_map(|entry| match &entry.value {
                Value::Text(Text::Quoted(text)) => Some((entry, text)),
                _ => None,
            })
        };
        let get = |param: Param| {
            let matches = |name: &str, quoted: bool| !quoted && Param::from_name(name) == Some(param);
            let (_, text) = values().find(|(entry, _)| matches(&entry.name, entry.quoted))?;
            Some(escape(&redacted.redact_value(text))).filter(|text| !text.is_empty())
        };
        let words = |param| -> Vec<String> {
            get(param).map(|text| text.split_whitespace().map(str::to_owned).collect()).unwrap_or_default()
        };
        let listed = words(Param::Providers);
        let has_default_providers = listed.is_empty();
        let undocumented = values()
            .filter(|(entry, _)| entry.quoted && !DROPPED_PARAMETERS.contains(&entry.name.as_str()))
            .map(|(entry, _)| escape(&redacted.redact_value(&entry.name)));
        Self {
            environment: get(Param::Environment),
            client_id: get(Param::ClientId),
            redirect_uri: get(Param::RedirectUri),
            scopes: words(Param::Scope),
            providers: if has_default_providers { DEFAULT_PROVIDERS.map(str::to_owned).to_vec() } else { listed },
            has_default_providers,
            provider_id: get(Param::ProviderId),
            disable_providers: words(Param::DisableProviders),
            country: get(Param::CountryId),
            language: get(Param::LanguageId),
            is_form_post: get(Param::ResponseMode).as_deref() == Some("form_post"),
            left_out: Param::ALL
                .into_iter()
                .filter(|&param| !param.default_effect().is_empty() && get(param).is_none())
                .collect(),
            undocumented: undocumented.collect(),
        }
    }

    /// Prints the description as tables.
    fn print(&self) {
        let or_missing = |text: &Option<String>| text.clone().unwrap_or_else(|| "(missing)".to_owned());
        let mode = if self.is_form_post { "which receives the code in a form" } else { "with the code in the query" };
        let mut link = vec![
            ("environment".to_owned(), or_missing(&self.environment)),
            ("client id".to_owned(), or_missing(&self.client_id)),
            ("redirect URI".to_owned(), format!("{}, {mode}", or_missing(&self.redirect_uri))),
        ];
        if !self.undocumented.is_empty() {
            link.push((
                "also sent".to_owned(),
                format!("{}, not documented by TrueLayer", self.undocumented.join(", ")),
            ));
        }
        let scopes = self.scopes.iter();
        let scopes = scopes.map(|scope| (scope.clone(), scope_meaning(scope).unwrap_or("(unknown)").to_owned()));
        let providers = self.providers.iter().map(|token| (token.clone(), describe(token)));
        // The default providers have a section, and a chosen provider decides on the country.
        let is_shown_elsewhere =
            |param| param == Param::Providers || (param == Param::CountryId && self.provider_id.is_some());
        let defaults = self.left_out.iter().filter(|param| !is_shown_elsewhere(**param));
        let defaults = defaults.map(|param| (param.name().to_owned(), param.default_effect().to_owned()));
        let providers_title = if self.has_default_providers { "Providers, by default" } else { "Providers" };
        let sections = [
            (title("Link"), link),
            (title("Requested data"), scopes.collect()),
            (title(providers_title), providers.collect()),
            (title("User"), self.user()),
            (title("Defaults"), defaults.collect()),
            (
                title("Added to each authorization"),
                vec![
                    ("state".to_owned(), "New each time, and compared when the browser returns.".to_owned()),
                    (
                        "code_challenge".to_owned(),
                        "New each time, unless `pkce = false`. Only the application that created it can exchange the code.".to_owned(),
                    ),
                ],
            ),
        ];
        let text: Vec<_> = sections
            .into_iter()
            .filter(|(_, section)| !section.is_empty())
            .map(|(title, section)| format!("{title}\n{}", rows(&section)))
            .collect();
        print(&text.join("\n\n"));
    }

    /// Returns the steps of the user.
    fn user(&self) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        let mut add = |verb: &str, text: String| rows.push((verb.to_owned(), text));
        let language = self.language.as_ref().map(|code| {
            LANGUAGES.iter().find(|(known, _)| known == code).map_or(code.clone(), |(_, name)| (*name).to_owned())
        });
        add(
            "sees",
            format!("TrueLayer's dialog in {}", language.unwrap_or_else(|| "the browser's language".to_owned())),
        );
        match (&self.provider_id, &self.country) {
            (Some(id), _) => add("skips", format!("the choice of a provider: it is {}", provider_name(id))),
            (None, Some(country)) => {
                add("skips", format!("the choice of a country: it is {country}"));
                add("chooses", "a provider".to_owned());
            }
            (None, None) => add("chooses", "a country and a provider".to_owned()),
        }
        if !self.disable_providers.is_empty() {
            let names: Vec<_> = self.disable_providers.iter().map(|id| provider_name(id)).collect();
            add("does not see", names.join(", "));
        }
        add("consents", "to sharing the requested data, and signs in at the bank".to_owned());
        if self.scopes.iter().any(|scope| scope == "offline_access") {
            add("returns", "after 90 days: until then the application refreshes its access token".to_owned());
        } else {
            add(
                "returns",
                "when the access token expires, usually after an hour: there is no refresh token".to_owned(),
            );
        }
        rows
    }

    /// Returns the description as JSON.
    fn json(&self, result: &LintResult) -> Json {
        let scopes = self.scopes.iter().map(|scope| json!({ "scope": scope, "meaning": scope_meaning(scope) }));
        let provider = |token: &String| {
            let known: Vec<_> = providers_of(token).map(|provider| provider.id).collect();
            json!({ "id": token, "meaning": meaning(token), "known_providers": known })
        };
        let diagnostics = result.reports.iter().map(|report| report.json(result.start));
        json!({
            "environment": self.environment,
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "response_mode": if self.is_form_post { "form_post" } else { "query" },
            "scopes": scopes.collect::<Vec<_>>(),
            "providers": self.providers.iter().map(provider).collect::<Vec<_>>(),
            "has_default_providers": self.has_default_providers,
            "provider_id": self.provider_id,
            "disable_providers": self.disable_providers,
            "country_id": self.country,
            "language_id": self.language,
            "left_out": self.left_out.iter().map(|param| param.name()).collect::<Vec<_>>(),
            "undocumented": self.undocumented,
            "diagnostics": diagnostics.collect::<Vec<_>>(),
        })
    }
}

/// Returns the data that a scope gives access to.
fn scope_meaning(scope: &str) -> Option<&'static str> {
    SCOPES.iter().find(|(known, _)| *known == scope).map(|(_, meaning)| *meaning)
}

/// Returns the name of a provider and its id.
fn provider_name(id: &str) -> String {
    meaning(id).map_or_else(|| format!("`{id}`"), |name| format!("{name} (`{id}`)"))
}

/// Describes an entry of `providers`; for a group, with the names of some of its providers.
fn describe(token: &str) -> String {
    const SHOWN: usize = 6;
    let names: Vec<_> = providers_of(token).map(|provider| provider.name).collect();
    let meaning = meaning(token).unwrap_or_else(|| "(unknown)".to_owned());
    if !token.ends_with("-all") || names.is_empty() {
        return meaning;
    }
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => format!("{meaning}: {shown}"),
        more => format!("{meaning}: {shown} and {more} more"),
    }
}
