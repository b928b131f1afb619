//! The prompt of `auth-link new`: asks for each field of a link that no flag sets.

use std::fmt;

use auth_link_rules::{Draft, Entry, GROUPS, LANGUAGES, PROVIDERS, Param, SCOPES, Text, Value, meaning};
use inquire::list_option::ListOption;
use inquire::validator::Validation;
use inquire::{Confirm, InquireError, MultiSelect, Select};

use crate::args::New;
use crate::fields::{Fields, SANDBOX_PROVIDERS};
use crate::output::Failure;

/// One item of a list to choose from.
struct Choice {
    value: String,
    /// Its meaning.
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

/// Asks for the fields at the terminal.
///
/// # Errors
///
/// Returns an error if the user cancels the prompt, or if the terminal cannot be read.
pub(crate) fn prompt(args: &New) -> Result<Fields, Failure> {
    questions(args).map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Failure::new("no link was built: the prompt was cancelled", "")
        }
        error => Failure::new(format!("cannot prompt: {error}"), "use flags: `auth-link new --help` lists them"),
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
        None => text(Param::ClientId, "Client id", "the id that TrueLayer's Console shows", example, "")?,
    };
    if is_sandbox && !client_id.starts_with("sandbox-") {
        fields.set(Param::Environment, "sandbox");
    }
    fields.set(Param::ClientId, client_id);
    let help = "one of those registered in Console; Console's own page shows the code";
    fields.set(Param::RedirectUri, text(Param::RedirectUri, "Redirect URI", help, "", &args.redirect_uri)?);
    fields.set(Param::Scope, if args.scope.is_empty() { scopes()? } else { args.scope.join(" ") });
    if is_sandbox {
        fields.set(Param::Providers, SANDBOX_PROVIDERS);
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
    if Confirm::new("Set more fields: language, provider, response mode?").with_default(false).prompt()? {
        let mut languages = vec![Choice::new("", "the browser's language")];
        languages.extend(LANGUAGES.iter().map(|(code, name)| Choice::new(code, name)));
        fields.set(Param::LanguageId, choose("Language", languages)?);
        let help = "an id such as `ob-monzo`; leave it empty to let the user choose";
        fields.set(Param::ProviderId, text(Param::ProviderId, "Provider", help, "", "")?);
        let is_form_post =
            Confirm::new("Receive the code in a form instead of the query?").with_default(false).prompt()?;
        fields.set(Param::ResponseMode, if is_form_post { "form_post" } else { "" });
    }
    Ok(fields)
}

fn choose(question: &str, choices: Vec<Choice>) -> Result<String, InquireError> {
    let formatter = |option: ListOption<&Choice>| {
        let Choice { value, about } = option.value;
        if value.is_empty() { about.clone() } else { value.clone() }
    };
    Select::new(question, choices).with_formatter(&formatter).prompt().map(|choice| choice.value)
}

fn choose_some(question: &str, help: &str, choices: Vec<Choice>, chosen: &[usize]) -> Result<String, InquireError> {
    let formatter = |chosen: &[ListOption<&Choice>]| {
        chosen.iter().map(|option| option.value.value.as_str()).collect::<Vec<_>>().join(" ")
    };
    let prompt = MultiSelect::new(question, choices).with_default(chosen).with_formatter(&formatter);
    let chosen = prompt.with_help_message(help).with_page_size(12).prompt()?;
    Ok(chosen.into_iter().map(|choice| choice.value).collect::<Vec<_>>().join(" "))
}

/// Asks for a text until it is valid for its field.
fn text(param: Param, question: &str, help: &str, example: &str, default: &str) -> Result<String, InquireError> {
    let is_optional = param == Param::ProviderId;
    let validator = move |text: &str| {
        let error = if text.is_empty() && is_optional { None } else { value_error(param, text) };
        Ok(error.map_or(Validation::Valid, |error| Validation::Invalid(error.into())))
    };
    let mut prompt = inquire::Text::new(question).with_help_message(help).with_validator(validator);
    if !example.is_empty() {
        prompt = prompt.with_placeholder(example);
    }
    if !default.is_empty() {
        prompt = prompt.with_default(default);
    }
    prompt.prompt().map(|text| text.trim().to_owned())
}

/// Returns the first error of a value, checked without the other fields.
fn value_error(param: Param, text: &str) -> Option<String> {
    let mut draft = Draft::default();
    draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Quoted(text.trim().to_owned()))));
    if param == Param::ProviderId {
        // The listed providers are not known here.
        draft.push(Entry::new(Param::Providers.name().to_owned(), false, Value::Text(Text::Invalid)));
    }
    let diagnostics = draft.check().err()?;
    let error =
        diagnostics.iter().find(|diagnostic| !diagnostic.is_warning() && diagnostic.location().entry() == Some(0))?;
    Some(error.to_string().replace('\n', "; "))
}

/// Asks for the scopes.
fn scopes() -> Result<String, InquireError> {
    let choices = SCOPES.iter().filter(|(scope, _)| *scope != "verification");
    let choices: Vec<_> = choices.map(|(scope, gives)| Choice::new(scope, gives)).collect();
    let usual = ["accounts", "balance", "transactions"];
    let chosen: Vec<_> = (0..choices.len()).filter(|&index| usual.contains(&choices[index].value.as_str())).collect();
    choose_some("Scopes", "space selects, enter confirms", choices, &chosen)
}

/// Asks for a country that has providers; returns its ISO 3166-1 code.
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

/// Asks for the providers, of one country if it is chosen.
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
    fn a_value_is_checked_without_the_other_fields() {
        assert_eq!(value_error(Param::ClientId, "acme-7d2f1a"), None);
        assert_eq!(value_error(Param::ProviderId, "ob-monzo"), None);
        assert_eq!(value_error(Param::RedirectUri, " https://app.example.com/callback "), None);
        let error = value_error(Param::RedirectUri, "app.example.com/callback").unwrap();
        assert!(error.starts_with("`redirect_uri` has no scheme; help: write"), "{error}");
        assert!(value_error(Param::ClientId, "").unwrap().starts_with("empty `client_id`"));
        assert!(value_error(Param::ProviderId, "uk-ob-all").is_some());
    }
}
