//! The values of a new link, by field, and their form as flags.

use std::ops::Range;

use auth_link_rules::{Draft, Entry, Param, Text, Value};

use crate::args::New;
use crate::lint_options::LintOptions;

/// The providers of the sandbox.
pub(crate) const SANDBOX_PROVIDERS: &str = "uk-cs-mock";

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

    /// Reads the fields from the flags.
    pub(crate) fn from_args(args: &New) -> Self {
        let mut fields = Self::default();
        let words = |words: &[String]| -> String {
            words
                .iter()
                .flat_map(|text| text.split([',', ' ']))
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let client_id = args.client_id.clone().unwrap_or_default();
        let is_sandbox = args.sandbox || client_id.starts_with("sandbox-");
        let listed = words(&args.providers);
        fields.set(Param::Environment, if args.sandbox { "sandbox" } else { "" });
        fields.set(Param::ClientId, client_id);
        fields.set(Param::RedirectUri, args.redirect_uri.as_str());
        fields.set(Param::Scope, words(&args.scope));
        fields
            .set(Param::Providers, if listed.is_empty() && is_sandbox { SANDBOX_PROVIDERS.to_owned() } else { listed });
        fields.set(Param::ProviderId, args.provider_id.clone().unwrap_or_default());
        fields.set(Param::DisableProviders, words(&args.disable_providers));
        fields.set(Param::CountryId, args.country.clone().unwrap_or_default());
        fields.set(Param::LanguageId, args.language.clone().unwrap_or_default());
        fields.set(Param::ResponseMode, if args.form_post { "form_post" } else { "" });
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

    /// Returns the command line that sets these fields, and the ranges of its flags.
    pub(crate) fn to_flags(&self) -> (String, Vec<FlagRanges>) {
        let mut text = "auth-link new".to_owned();
        let ranges = self.values.iter().map(|(param, value)| {
            let start = text.len() + 1;
            text.extend([" --", flag(*param)]);
            let end = text.len();
            if matches!(param, Param::Environment | Param::ResponseMode) {
                // These flags take no value.
                return FlagRanges { flag: start..end, value: start..end };
            }
            let value = if param.is_list() { value.replace(' ', ",") } else { value.clone() };
            text.extend([" ", &value]);
            FlagRanges { flag: start..end, value: end + 1..text.len() }
        });
        let ranges = ranges.collect();
        (text, ranges)
    }
}

/// Returns the name of the flag that sets a field.
fn flag(param: Param) -> &'static str {
    match param {
        Param::Environment => "sandbox",
        Param::ClientId => "client-id",
        Param::RedirectUri => "redirect-uri",
        Param::Providers => "providers",
        Param::ProviderId => "provider-id",
        Param::DisableProviders => "disable-providers",
        Param::CountryId => "country",
        Param::LanguageId => "language",
        Param::ResponseMode => "form-post",
        _ => "scope",
    }
}
