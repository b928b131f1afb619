//! `auth-link explain`: what a link asks for, in words.

use auth_link_rules::{DEFAULT_PROVIDERS, Draft, LANGUAGES, Param, SCOPES, Text, Value, meaning, providers_of};
use serde_json::{Value as Json, json};

use crate::args::Explain;
use crate::find::LinkMatch;
use crate::lint::{LintOptions, LintResult, lint};
use crate::output::{Failure, Outcome, note, say};
use crate::redact::Redacted;
use crate::render::{Position, draw};
use crate::sources::read_stdin;
use crate::table::{rows, title};

/// What a sign-in adds afresh or does without.
const DROPPED: [&str; 3] = ["state", "nonce", "code_challenge"];

/// What it means that a parameter is left out.
const LEFT_OUT: [(Param, &str); 8] = [
    (Param::Providers, "TrueLayer offers `uk-oauth-all` and `uk-ob-all`."),
    (Param::ProviderId, "The user chooses the provider."),
    (Param::DisableProviders, "No provider is hidden."),
    (Param::CountryId, "The user chooses the country."),
    (Param::LanguageId, "The browser's language decides, then English."),
    (Param::ResponseMode, "The code comes in the query of `redirect_uri`."),
    (
        Param::UserEmail,
        "No address is sent; TrueLayer advises unregulated clients to add the user's own to each sign-in.",
    ),
    (Param::TrackingId, "The journey has no name in TrueLayer's analytics."),
];

/// What a link says.
struct Explained {
    environment: Option<String>,
    client_id: Option<String>,
    redirect_uri: Option<String>,
    scopes: Vec<String>,
    /// What the user may choose from, and whether that is the default.
    providers: (Vec<String>, bool),
    chosen: Option<String>,
    hidden: Vec<String>,
    country: Option<String>,
    language: Option<String>,
    by_form: bool,
    /// Documented parameters that are left out.
    left_out: Vec<Param>,
    /// Parameters that are sent and not documented.
    others: Vec<String>,
}

/// Runs the command.
///
/// # Errors
///
/// The link is too long, or the catalogue cannot be read.
pub(crate) fn run(args: &Explain) -> Result<Outcome, Failure> {
    let options = LintOptions::of(&args.options.allow, args.options.catalogue.as_deref())?;
    let (name, text) = if args.link == "-" { read_stdin()? } else { ("<link>", args.link.clone()) };
    let (link, position) = (text.trim(), Position::start(name));
    let judged = lint(link, &LinkMatch::whole(link, 0), &options).map_err(|failure| failure.at(&position))?;
    let mut draft = Draft::default();
    draft.paste(link);
    let explained = Explained::new(&draft, &Redacted::new(link));
    if args.json {
        say(&format!("{:#}", explained.json(&judged)));
    } else {
        // Of another site there is nothing to explain.
        if explained.environment.is_some() {
            explained.say();
        }
        for fault in &judged.faults {
            note(&format!("\n{}", draw(fault, &judged.shown, &position)));
        }
    }
    let is_fine = judged.faults.iter().all(|fault| fault.is_warning);
    Ok(if is_fine { Outcome::Success } else { Outcome::Findings })
}

impl Explained {
    fn new(draft: &Draft, redacted: &Redacted) -> Self {
        let values = || {
            draft.entries().iter().filter_map(|entry| match &entry.value {
                Value::Text(Text::Quoted(text)) => Some((entry, text)),
                _ => None,
            })
        };
        let get = |param: Param| {
            let is_it = |name: &str, quoted: bool| !quoted && Param::from_name(name) == Some(param);
            let (_, text) = values().find(|(entry, _)| is_it(&entry.name, entry.quoted))?;
            Some(redacted.words(text)).filter(|text| !text.is_empty())
        };
        let words = |param| -> Vec<String> {
            get(param).map(|text| text.split_whitespace().map(str::to_owned).collect()).unwrap_or_default()
        };
        let listed = words(Param::Providers);
        let by_default = || DEFAULT_PROVIDERS.map(str::to_owned).to_vec();
        let others = values()
            .filter(|(entry, _)| entry.quoted && !DROPPED.contains(&entry.name.as_str()))
            .map(|(entry, _)| redacted.words(&entry.name));
        Self {
            environment: get(Param::Environment),
            client_id: get(Param::ClientId),
            redirect_uri: get(Param::RedirectUri),
            scopes: words(Param::Scope),
            providers: if listed.is_empty() { (by_default(), true) } else { (listed, false) },
            chosen: get(Param::ProviderId),
            hidden: words(Param::DisableProviders),
            country: get(Param::CountryId),
            language: get(Param::LanguageId),
            by_form: get(Param::ResponseMode).as_deref() == Some("form_post"),
            left_out: LEFT_OUT.into_iter().map(|(param, _)| param).filter(|&param| get(param).is_none()).collect(),
            others: others.collect(),
        }
    }

    fn say(&self) {
        let or_missing = |text: &Option<String>| text.clone().unwrap_or_else(|| "(missing)".to_owned());
        let server = format!("TrueLayer's {} environment", or_missing(&self.environment));
        let way = if self.by_form { "with the code in a form" } else { "with the code in its query" };
        let mut frame = vec![
            ("leads to".to_owned(), server),
            ("client".to_owned(), or_missing(&self.client_id)),
            ("comes back to".to_owned(), format!("{}, {way}", or_missing(&self.redirect_uri))),
        ];
        if !self.others.is_empty() {
            frame.push((
                "also sends".to_owned(),
                format!("{}, which TrueLayer's page does not have", self.others.join(", ")),
            ));
        }
        let asks = self.scopes.iter().map(|scope| (scope.clone(), gives(scope).unwrap_or("(unknown)").to_owned()));
        let from = self.providers.0.iter().map(|token| (token.clone(), known(token)));
        // What is offered stands above, and with a provider the country is chosen, too.
        let is_told = |param| param == Param::Providers || (param == Param::CountryId && self.chosen.is_some());
        let left_out = LEFT_OUT.iter().filter(|(param, _)| self.left_out.contains(param) && !is_told(*param));
        let left_out = left_out.map(|(param, means)| (param.name().to_owned(), (*means).to_owned()));
        let offers = if self.providers.1 { "Offers, by default" } else { "Offers" };
        let sections = [
            (title("The link"), frame),
            (title("Asks for"), asks.collect()),
            (title(offers), from.collect()),
            (title("The user"), self.user()),
            (title("Left at its default"), left_out.collect()),
            (
                title("Added by each sign-in"),
                vec![
                    ("state".to_owned(), "Fresh, and compared when the browser comes back.".to_owned()),
                    (
                        "code_challenge".to_owned(),
                        "Fresh, unless `pkce = false`: only who began can exchange the code.".to_owned(),
                    ),
                ],
            ),
        ];
        let text: Vec<_> = sections
            .into_iter()
            .filter(|(_, section)| !section.is_empty())
            .map(|(title, section)| format!("{title}\n{}", rows(&section)))
            .collect();
        say(&text.join("\n\n"));
    }

    /// What the user sees and does not see.
    fn user(&self) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        let mut add = |what: &str, text: String| rows.push((what.to_owned(), text));
        let language = self.language.as_ref().map(|code| {
            LANGUAGES.iter().find(|(known, _)| known == code).map_or(code.clone(), |(_, name)| (*name).to_owned())
        });
        add(
            "sees",
            format!("TrueLayer's dialog in {}", language.unwrap_or_else(|| "the browser's language".to_owned())),
        );
        match (&self.chosen, &self.country) {
            (Some(id), _) => add("skips", format!("the choice of a provider: it is {}", named(id))),
            (None, Some(country)) => {
                add("skips", format!("the choice of a country: it is {country}"));
                add("chooses", "a provider".to_owned());
            }
            (None, None) => add("chooses", "a country and a provider".to_owned()),
        }
        if !self.hidden.is_empty() {
            add("does not see", self.hidden.iter().map(|id| named(id)).collect::<Vec<_>>().join(", "));
        }
        add("agrees", "to what is asked for, and signs in at the bank".to_owned());
        if self.scopes.iter().any(|scope| scope == "offline_access") {
            add("may stay away", "for 90 days: the application renews its access by the refresh token".to_owned());
        } else {
            add(
                "comes again",
                "once the access token ends, mostly after an hour: there is no refresh token".to_owned(),
            );
        }
        rows
    }

    fn json(&self, judged: &LintResult) -> Json {
        let scopes = self.scopes.iter().map(|scope| json!({ "scope": scope, "gives": gives(scope) }));
        let provider = |token: &String| {
            let known: Vec<_> = providers_of(token).map(|provider| provider.id).collect();
            json!({ "id": token, "meaning": meaning(token), "known": known })
        };
        let faults = judged.faults.iter().map(
            |fault| json!({ "level": fault.level(), "rule": fault.rule, "field": fault.field, "fault": fault.message, "help": fault.help }),
        );
        json!({
            "environment": self.environment,
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "response_mode": if self.by_form { "form_post" } else { "query" },
            "scopes": scopes.collect::<Vec<_>>(),
            "providers": self.providers.0.iter().map(provider).collect::<Vec<_>>(),
            "providers_by_default": self.providers.1,
            "provider_id": self.chosen,
            "disable_providers": self.hidden,
            "country_id": self.country,
            "language_id": self.language,
            "left_out": self.left_out.iter().map(|param| param.name()).collect::<Vec<_>>(),
            "undocumented": self.others,
            "faults": faults.collect::<Vec<_>>(),
        })
    }
}

fn gives(scope: &str) -> Option<&'static str> {
    SCOPES.iter().find(|(known, _)| *known == scope).map(|(_, gives)| *gives)
}

fn named(id: &str) -> String {
    meaning(id).map_or_else(|| format!("`{id}`"), |name| format!("{name} (`{id}`)"))
}

/// What an entry of `providers` stands for, with the names that are known.
fn known(token: &str) -> String {
    const SHOWN: usize = 6;
    let names: Vec<_> = providers_of(token).map(|provider| provider.name).collect();
    let meaning = meaning(token).unwrap_or_else(|| "(not known here)".to_owned());
    if !token.ends_with("-all") || names.is_empty() {
        return meaning;
    }
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => format!("{meaning}: {shown}"),
        more => format!("{meaning}: {shown} and {more} more"),
    }
}
