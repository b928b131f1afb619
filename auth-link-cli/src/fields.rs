//! The values of a new link, by field, and their form as flags.

use std::ops::Range;

use auth_link_rules::{Draft, Entry, Flag, Param, Text, Value};

use crate::field_args::{FieldArgs, default};
use crate::lint_options::LintOptions;

/// The providers of the sandbox.
pub(crate) const SANDBOX_PROVIDERS: &str = "uk-cs-mock";

/// The beginning of the client ids of the sandbox.
pub(crate) const SANDBOX_PREFIX: &str = "sandbox-";

/// The values of a new link, by field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    values: Vec<(Param, String)>,
}

/// The ranges of a flag and of its value.
pub(crate) struct FlagRanges {
    pub(crate) flag: Range<usize>,
    pub(crate) value: Range<usize>,
}

impl Fields {
    /// Sets a field, unless the value is empty.
    pub(crate) fn set(&mut self, param: Param, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.values.push((param, value));
        }
    }

    /// Returns the value of a field.
    pub(crate) fn get(&self, param: Param) -> Option<&str> {
        self.values.iter().find(|(set, _)| *set == param).map(|(_, value)| value.as_str())
    }

    /// Reads the fields from the flags.
    pub(crate) fn from_args(args: &FieldArgs) -> Self {
        let mut fields = Self::default();
        let is_sandbox = args.get(Param::Environment).is_some()
            || args.get(Param::ClientId).is_some_and(|id| id.starts_with(SANDBOX_PREFIX));
        for param in Param::ALL {
            let value = args.get(param).filter(|value| !value.is_empty()).or_else(|| default(param));
            let value = value.or_else(|| (is_sandbox && param == Param::Providers).then_some(SANDBOX_PROVIDERS));
            fields.set(param, value.unwrap_or_default());
        }
        fields
    }

    /// Builds the draft of a link, with the options of a check.
    pub(crate) fn draft(&self, options: &LintOptions) -> Draft {
        let mut draft = Draft::default();
        for (param, value) in &self.values {
            draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Quoted(value.clone()))));
        }
        options.complete(&mut draft);
        draft
    }

    /// Returns the line of a command that sets these fields, and the ranges of its flags.
    pub(crate) fn to_flags(&self, command: &str) -> (String, Vec<FlagRanges>) {
        let mut text = format!("auth-link {command}");
        let ranges = self.values.iter().map(|(param, value)| {
            let start = text.len() + 1;
            match param.flag() {
                Flag::Flag(flag, _) => {
                    text.extend([" --", flag]);
                    let end = text.len();
                    text.extend([" ", &if param.is_list() { value.replace(' ', ",") } else { value.clone() }]);
                    FlagRanges { flag: start..end, value: end + 1..text.len() }
                }
                Flag::Switch(flag, _) => {
                    text.extend([" --", flag]);
                    FlagRanges { flag: start..text.len(), value: start..text.len() }
                }
                _ => FlagRanges { flag: text.len()..text.len(), value: text.len()..text.len() },
            }
        });
        let ranges = ranges.collect();
        (text, ranges)
    }
}
