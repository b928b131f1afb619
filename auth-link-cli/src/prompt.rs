//! Asks for the fields of a link, one after the other. What a flag says is not asked for.

use std::fmt;

use auth_link_rules::{Draft, Entry, GROUPS, LANGUAGES, PROVIDERS, Param, SCOPES, Text, Value, meaning};
use inquire::list_option::ListOption;
use inquire::validator::Validation;
use inquire::{Confirm, InquireError, MultiSelect, Select};

use crate::args::New;
use crate::new::{Fields, MOCK};
use crate::output::Failure;

/// Something to choose.
struct Choice {
    value: String,
    /// What it means.
    about: String,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.value.is_empty() { write!(f, "{}", self.about) } else { write!(f, "{:16}  {}", self.value, self.about) }
    }
}

impl Choice {
    fn new(value: &str, about: &str) -> Self {
        Self { value: value.to_owned(), about: about.to_owned() }
    }
}

/// Asks at the terminal.
///
/// # Errors
///
/// Whoever was asked went away.
pub(crate) fn ask(args: &New) -> Result<Fields, Failure> {
    questions(args).map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Failure::new("no link was built: the questions were left", "")
        }
        error => Failure::new(format!("cannot ask: {error}"), "say it by flags: `auth-link new --help`"),
    })
}

fn questions(args: &New) -> Result<Fields, InquireError> {
    let mut fields = Fields::default();
    let is_sandbox = match &args.client_id {
        Some(id) => args.sandbox || id.starts_with("sandbox-"),
        None if args.sandbox => true,
        None => {
            let sandbox = Choice::new("sandbox", "Mock Bank, no real data");
            choose("Environment", vec![sandbox, Choice::new("live", "real banks and real data")])? == "sandbox"
        }
    };
    let example = if is_sandbox { "sandbox-acme-7d2f1a" } else { "acme-7d2f1a" };
    let client_id = match &args.client_id {
        Some(id) => id.clone(),
        None => text(Param::ClientId, "Client id", "as TrueLayer's Console shows it", example, "")?,
    };
    if is_sandbox && !client_id.starts_with("sandbox-") {
        fields.set(Param::Environment, "sandbox");
    }
    fields.set(Param::ClientId, client_id);
    let help = "one that is registered in Console; Console's own page shows the code";
    fields.set(Param::RedirectUri, text(Param::RedirectUri, "Redirect URI", help, "", &args.redirect_uri)?);
    fields.set(Param::Scope, if args.scope.is_empty() { scopes()? } else { args.scope.join(" ") });
    if is_sandbox {
        fields.set(Param::Providers, MOCK);
    } else {
        let country = match &args.country {
            Some(country) => country.clone(),
            None => country()?,
        };
        fields.set(
            Param::Providers,
            if args.providers.is_empty() { providers(&country)? } else { args.providers.join(" ") },
        );
        fields.set(Param::CountryId, country);
    }
    if Confirm::new("More: language, a provider already chosen, the code in a form?").with_default(false).prompt()? {
        let mut languages = vec![Choice::new("", "the browser's language")];
        languages.extend(LANGUAGES.iter().map(|(code, name)| Choice::new(code, name)));
        fields.set(Param::LanguageId, choose("Language", languages)?);
        let help = "an id such as `ob-monzo`, or nothing: the user chooses";
        fields.set(Param::ProviderId, text(Param::ProviderId, "Provider", help, "", "")?);
        let by_form = Confirm::new("The code in a form, not in a query?").with_default(false).prompt()?;
        fields.set(Param::ResponseMode, if by_form { "form_post" } else { "" });
    }
    Ok(fields)
}

fn choose(what: &str, choices: Vec<Choice>) -> Result<String, InquireError> {
    let formatter = |option: ListOption<&Choice>| {
        let Choice { value, about } = option.value;
        if value.is_empty() { about.clone() } else { value.clone() }
    };
    Select::new(what, choices).with_formatter(&formatter).prompt().map(|choice| choice.value)
}

fn choose_some(what: &str, help: &str, choices: Vec<Choice>, chosen: &[usize]) -> Result<String, InquireError> {
    let formatter = |chosen: &[ListOption<&Choice>]| {
        chosen.iter().map(|option| option.value.value.as_str()).collect::<Vec<_>>().join(" ")
    };
    let prompt = MultiSelect::new(what, choices).with_default(chosen).with_formatter(&formatter);
    let chosen = prompt.with_help_message(help).with_page_size(12).prompt()?;
    Ok(chosen.into_iter().map(|choice| choice.value).collect::<Vec<_>>().join(" "))
}

/// Asks for a text until the rules of its field have nothing against it.
fn text(param: Param, what: &str, help: &str, example: &str, default: &str) -> Result<String, InquireError> {
    let is_optional = param == Param::ProviderId;
    let validator = move |text: &str| {
        let fault = if text.is_empty() && is_optional { None } else { fault(param, text) };
        Ok(fault.map_or(Validation::Valid, |fault| Validation::Invalid(fault.into())))
    };
    let mut prompt = inquire::Text::new(what).with_help_message(help).with_validator(validator);
    if !example.is_empty() {
        prompt = prompt.with_placeholder(example);
    }
    if !default.is_empty() {
        prompt = prompt.with_default(default);
    }
    prompt.prompt().map(|text| text.trim().to_owned())
}

/// What the rules have against a value by itself.
fn fault(param: Param, text: &str) -> Option<String> {
    let mut draft = Draft::default();
    draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Quoted(text.trim().to_owned()))));
    if param == Param::ProviderId {
        // Which providers are listed is another question.
        draft.push(Entry::new(Param::Providers.name().to_owned(), false, Value::Text(Text::Invalid)));
    }
    let diagnostics = draft.check().err()?;
    let own =
        diagnostics.iter().find(|diagnostic| !diagnostic.is_warning() && diagnostic.location().entry() == Some(0))?;
    Some(own.to_string().replace('\n', "; "))
}

fn scopes() -> Result<String, InquireError> {
    let choices = SCOPES.iter().filter(|(scope, _)| *scope != "verification");
    let choices: Vec<_> = choices.map(|(scope, gives)| Choice::new(scope, gives)).collect();
    let usual = ["accounts", "balance", "transactions"];
    let chosen: Vec<_> = (0..choices.len()).filter(|&index| usual.contains(&choices[index].value.as_str())).collect();
    choose_some("Scopes", "space chooses, enter goes on", choices, &chosen)
}

/// A country that has providers, by its code of ISO 3166-1.
fn country() -> Result<String, InquireError> {
    let mut countries: Vec<_> = PROVIDERS.iter().map(|provider| provider.country).collect();
    countries.sort_unstable();
    let mut choices = vec![Choice::new("", "the user chooses")];
    for same in countries.chunk_by(|a, b| a == b) {
        let code = if same[0] == "uk" { "GB".to_owned() } else { same[0].to_uppercase() };
        let about =
            if same.len() == 1 { "1 known provider".to_owned() } else { format!("{} known providers", same.len()) };
        choices.push(Choice::new(&code, &about));
    }
    choose("Country", choices)
}

fn providers(country: &str) -> Result<String, InquireError> {
    let of = if country == "GB" { "uk".to_owned() } else { country.to_lowercase() };
    let mut choices: Vec<Choice> = Vec::new();
    for group in GROUPS.iter().filter(|group| of.is_empty() || group.starts_with(&of)) {
        choices.push(Choice::new(group, &meaning(group).unwrap_or_default()));
    }
    let chosen: Vec<_> = if of.is_empty() { Vec::new() } else { (0..choices.len()).collect() };
    for provider in PROVIDERS.iter().filter(|provider| of.is_empty() || provider.country == of) {
        if provider.replaced_by.is_none() && provider.id != "mock" {
            choices.push(Choice::new(&provider.country_id(), provider.name));
        }
    }
    choose_some("Providers", "none: all UK open-banking and OAuth providers", choices, &chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_held_to_the_rules_of_its_field_alone() {
        assert_eq!(fault(Param::ClientId, "acme-7d2f1a"), None);
        assert_eq!(fault(Param::ProviderId, "ob-monzo"), None);
        assert_eq!(fault(Param::RedirectUri, " https://app.example.com/callback "), None);
        let said = fault(Param::RedirectUri, "app.example.com/callback").unwrap();
        assert!(said.starts_with("`redirect_uri` has no scheme; help: write"), "{said}");
        assert!(fault(Param::ClientId, "").unwrap().starts_with("empty `client_id`"));
        assert!(fault(Param::ProviderId, "uk-ob-all").is_some());
    }
}
