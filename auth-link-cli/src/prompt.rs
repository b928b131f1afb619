//! The prompt of `auth-link new`: asks for each field of a link that no flag sets.

use std::fmt;

use auth_link_rules::{Draft, Entry, Flag, GROUPS, PROVIDERS, Param, SCOPES, Syntax, Text, Value, meaning};
use inquire::list_option::ListOption;
use inquire::validator::Validation;
use inquire::{Confirm, InquireError, MultiSelect, Select};

use crate::field_args::{FieldArgs, capitalized, default, summary, words};
use crate::fields::{Fields, SANDBOX_PREFIX, SANDBOX_PROVIDERS};
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

/// Asks for the fields at the terminal that no flag sets.
///
/// # Errors
///
/// Returns an error if the user cancels the prompt, or if the terminal cannot be read.
pub(crate) fn prompt(args: &FieldArgs) -> Result<Fields, Failure> {
    questions(args).map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Failure::new("no link was built: the prompt was cancelled", "")
        }
        error => Failure::new(format!("cannot prompt: {error}"), "use flags: `auth-link new --help` lists them"),
    })
}

fn questions(args: &FieldArgs) -> Result<Fields, InquireError> {
    let mut fields = Fields::default();
    let is_sandbox = match (args.get(Param::Environment), args.get(Param::ClientId)) {
        (Some(_), _) => true,
        (None, Some(id)) => id.starts_with(SANDBOX_PREFIX),
        (None, None) => {
            let sandbox = Choice::new("sandbox", "Mock Bank, no real data");
            choose("Environment", vec![sandbox, Choice::new("live", "real banks and real data")])? == "sandbox"
        }
    };
    let mut rest = Vec::new();
    for param in Param::ALL.into_iter().filter(|param| !matches!(param.flag(), Flag::NoFlag(_))) {
        match (param, args.get(param)) {
            // The environment is asked for above; the providers below, after their country.
            (Param::Environment | Param::Providers | Param::CountryId, _) => {}
            (param, Some(value)) if !value.is_empty() => fields.set(param, value),
            (Param::Scope, _) => fields.set(param, scopes()?),
            (Param::ClientId, _) => fields.set(param, client_id(is_sandbox)?),
            (param, _) if param.is_required() => fields.set(param, text(param, "")?),
            (param, _) => rest.push(param),
        }
    }
    if is_sandbox && !fields.get(Param::ClientId).is_some_and(|id| id.starts_with(SANDBOX_PREFIX)) {
        fields.set(Param::Environment, "sandbox");
    }
    let country = match args.get(Param::CountryId) {
        Some(country) => country.to_owned(),
        // The sandbox has one provider.
        None if is_sandbox => String::new(),
        None => country()?,
    };
    let listed = match args.get(Param::Providers).filter(|listed| !listed.is_empty()) {
        Some(listed) => listed.to_owned(),
        None if is_sandbox => SANDBOX_PROVIDERS.to_owned(),
        None => providers(&country)?,
    };
    fields.set(Param::Providers, listed);
    fields.set(Param::CountryId, country);
    let names: Vec<_> = rest.iter().map(|param| format!("`{}`", param.name())).collect();
    let question = format!("Set more fields: {}?", names.join(", "));
    if !rest.is_empty() && Confirm::new(&question).with_default(false).prompt()? {
        for param in rest {
            fields.set(param, any(param)?);
        }
    }
    Ok(fields)
}

/// Asks for the value of an optional field; the empty text leaves it out.
fn any(param: Param) -> Result<String, InquireError> {
    if let Flag::Switch(_, value) = param.flag() {
        let is_set = Confirm::new(&format!("{}?", summary(param))).with_default(false).prompt()?;
        return Ok(if is_set { value.to_owned() } else { String::new() });
    }
    text(param, "")
}

/// Asks for the client id, with an example of the environment.
fn client_id(is_sandbox: bool) -> Result<String, InquireError> {
    let is_example = |id: &&str| id.starts_with(SANDBOX_PREFIX) == is_sandbox;
    let example = Param::ClientId.valid_values().iter().copied().find(is_example);
    text(Param::ClientId, example.unwrap_or_default())
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
fn text(param: Param, example: &str) -> Result<String, InquireError> {
    let validator = move |text: &str| {
        let error = if text.trim().is_empty() && !param.is_required() { None } else { value_error(param, text) };
        Ok(error.map_or(Validation::Valid, |error| Validation::Invalid(error.into())))
    };
    let (question, mut help) = (label(param), summary(param));
    if !param.default_effect().is_empty() {
        help.extend(["; empty: ", param.default_effect()]);
    }
    let mut prompt = inquire::Text::new(&question).with_help_message(&help).with_validator(validator);
    if !example.is_empty() {
        prompt = prompt.with_placeholder(example);
    }
    if let Some(default) = default(param) {
        prompt = prompt.with_default(default);
    }
    prompt.prompt().map(|text| normalized(param, &text))
}

/// Returns the name of a field's flag as a question: `Redirect URI`.
fn label(param: Param) -> String {
    let (flag, value) = match param.flag() {
        Flag::Flag(flag, value) => (flag, value),
        _ => (param.name(), ""),
    };
    let words = flag.split(['-', '_']).map(|word| if word.eq_ignore_ascii_case(value) { value } else { word });
    capitalized(&words.collect::<Vec<_>>().join(" "))
}

/// Returns the text as the value of a field.
fn normalized(param: Param, text: &str) -> String {
    if param.is_list() { words(text) } else { text.trim().to_owned() }
}

/// Returns the first error of a value, checked without the other fields.
fn value_error(param: Param, text: &str) -> Option<String> {
    let mut draft = Draft::default();
    draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Quoted(normalized(param, text)))));
    // The other fields are not known here.
    for other in Param::ALL.into_iter().filter(|&other| other != param && other.is_in_url()) {
        draft.push(Entry::new(other.name().to_owned(), false, Value::Text(Text::Invalid)));
    }
    let diagnostics = draft.check().err()?;
    let error =
        diagnostics.iter().find(|diagnostic| !diagnostic.is_warning() && diagnostic.location().entry() == Some(0))?;
    let help = error.help(Syntax::Flag).into_iter().map(|line| format!("; help: {line}"));
    Some(error.message().to_owned() + &help.collect::<String>())
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
        assert_eq!(value_error(Param::DisableProviders, "ob-monzo, ob-tsb"), None);
        let error = value_error(Param::ProviderId, "uk-ob-monzo").unwrap();
        assert!(error.contains("help: write `--provider-id ob-monzo`"), "{error}");
        // A warning refuses nothing: the language may be new.
        assert_eq!(value_error(Param::LanguageId, "zz"), None);
    }

    #[test]
    fn the_values_of_the_table_are_accepted() {
        for param in Param::ALL.into_iter().filter(|param| matches!(param.flag(), Flag::Flag(..))) {
            for value in param.valid_values() {
                assert_eq!(value_error(param, value), None, "{param:?}");
            }
        }
    }

    #[test]
    fn a_question_is_named_after_the_flag() {
        assert_eq!(label(Param::RedirectUri), "Redirect URI");
        assert_eq!(label(Param::LanguageId), "Language");
        assert_eq!(label(Param::DisableProviders), "Disable providers");
    }
}
