//! The flags of `auth-link new` and `auth-link connect` that set fields of a link, one for each field of the rules' table that has a flag.

use auth_link_rules::{Flag, Param};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

/// The page of TrueLayer's Console that shows the code of a link.
const CONSOLE_PAGE: &str = "https://console.truelayer.com/redirect-page";

/// The values that flags set, by field, in the order of the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldArgs {
    values: Vec<(Param, String)>,
}

impl FieldArgs {
    /// Returns the value that a flag sets. The words of a list are separated by spaces.
    pub(crate) fn get(&self, param: Param) -> Option<&str> {
        self.values.iter().find(|(set, _)| *set == param).map(|(_, value)| value.as_str())
    }

    /// Returns the values with `value` for a field that no flag sets.
    pub(crate) fn or(mut self, param: Param, value: &str) -> Self {
        if self.get(param).is_none_or(str::is_empty) {
            self.values.retain(|(set, _)| *set != param);
            self.values.push((param, value.to_owned()));
        }
        self
    }

    /// Returns the first flag that is missing for a link without a prompt.
    pub(crate) fn missing_flag(&self) -> Option<&'static str> {
        Param::ALL.into_iter().find_map(|param| match param.flag() {
            Flag::Flag(flag, _) => {
                let is_set = self.get(param).is_some_and(|value| !value.is_empty()) || default(param).is_some();
                (param.is_required() && !is_set).then_some(flag)
            }
            _ => None,
        })
    }
}

impl Args for FieldArgs {
    fn augment_args(command: Command) -> Command {
        command.args(Param::ALL.into_iter().filter_map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FieldArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut values = Vec::new();
        for param in Param::ALL {
            let is_set = |flag| matches.value_source(flag) == Some(ValueSource::CommandLine);
            let value = match param.flag() {
                Flag::Flag(flag, _) if is_set(flag) => {
                    let given: Vec<_> = matches.get_many::<String>(flag).into_iter().flatten().cloned().collect();
                    if param.is_list() { words(&given.join(" ")) } else { given.concat() }
                }
                Flag::Switch(flag, value) if is_set(flag) => value.to_owned(),
                _ => continue,
            };
            values.push((param, value));
        }
        Ok(Self { values })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let Self { values } = Self::from_arg_matches(matches)?;
        self.values.retain(|(param, _)| values.iter().all(|(set, _)| set != param));
        self.values.extend(values);
        Ok(())
    }
}

/// Returns the ids of the flags.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    Param::ALL.into_iter().filter_map(|param| match param.flag() {
        Flag::Flag(flag, _) | Flag::Switch(flag, _) => Some(flag),
        _ => None,
    })
}

/// Returns the flag of a field.
fn argument(param: Param) -> Option<Arg> {
    let (flag, argument) = match param.flag() {
        Flag::Flag(flag, value) => {
            let action = if param.is_list() { ArgAction::Append } else { ArgAction::Set };
            (flag, Arg::new(flag).value_name(value).action(action))
        }
        Flag::Switch(flag, _) => (flag, Arg::new(flag).action(ArgAction::SetTrue)),
        _ => return None,
    };
    let argument = argument.long(flag).help(summary(param));
    Some(match default(param) {
        Some(value) => argument.default_value(value),
        None => argument,
    })
}

/// Returns the value of a field that no flag sets and that every link to try out needs.
pub(crate) fn default(param: Param) -> Option<&'static str> {
    (param == Param::RedirectUri).then_some(CONSOLE_PAGE)
}

/// Describes a field on one line, for the help of its flag and for the prompt.
pub(crate) fn summary(param: Param) -> String {
    let description = param.description();
    let sentence = description.find(". ").map_or(description.trim_end_matches('.'), |end| &description[..end]);
    if let Flag::Switch(_, value) = param.flag() {
        let effect = sentence.strip_prefix(&format!("`{value}`")).unwrap_or_default();
        return format!("Set `{}` to `{value}`{effect}", param.name());
    }
    let clause = sentence.split(": ").next().unwrap_or_default();
    let mut text = capitalized(clause.strip_prefix("The ").unwrap_or(clause));
    if let Some(value) = param.valid_values().first().filter(|_| !text.contains("such as")) {
        let value = if param.is_list() { value.replace(' ', ",") } else { (*value).to_owned() };
        text.extend([", such as `", &value, "`"]);
    }
    text
}

/// Returns the words of a list, which commas or spaces separate, with a space between each two.
pub(crate) fn words(list: &str) -> String {
    list.split([',', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns the text with an uppercase letter at its beginning.
pub(crate) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> FieldArgs {
        let command = FieldArgs::augment_args(Command::new("new").no_binary_name(true));
        FieldArgs::from_arg_matches(&command.try_get_matches_from(arguments).unwrap()).unwrap()
    }

    #[test]
    fn each_field_with_a_flag_is_set_by_it() {
        for param in Param::ALL {
            let (arguments, value) = match param.flag() {
                Flag::Flag(flag, _) => {
                    let value = param.valid_values()[0];
                    (vec![format!("--{flag}"), value.to_owned()], value)
                }
                Flag::Switch(flag, value) => (vec![format!("--{flag}")], value),
                _ => continue,
            };
            let args = parse(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(args.values, [(param, value.to_owned())]);
        }
    }

    #[test]
    fn a_field_without_its_flag_has_no_value() {
        assert_eq!(parse(&[]).values, []);
    }

    #[test]
    fn a_list_is_joined_from_each_of_its_flags() {
        let args = parse(&["--scope", "info,accounts", "--scope", "cards  balance,"]);
        assert_eq!(args.get(Param::Scope), Some("info accounts cards balance"));
    }

    #[test]
    fn the_summary_of_each_field_is_one_line_without_a_full_stop() {
        for param in Param::ALL.into_iter().filter(|param| argument(*param).is_some()) {
            let text = summary(param);
            assert!(text.len() > 10 && !text.ends_with('.') && !text.contains('\n'), "{text}");
            assert!(text.starts_with(char::is_uppercase), "{text}");
        }
    }
}
