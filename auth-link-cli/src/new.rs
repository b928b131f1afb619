//! `auth-link new`: builds a link to try, from flags or fields.

use std::io::{self, IsTerminal};
use std::ops::Range;

use auth_link_rules::{Diagnostic, Draft, Entry, Location, Param, Text, Value};
use serde_json::json;

use crate::args::New;
use crate::convert::call_of;
use crate::lint::{LintOptions, Report};
use crate::output::{Failure, Outcome, note, say};
use crate::prompt;
use crate::qr;
use crate::redact::Redacted;
use crate::render::{Position, draw};

/// The page of TrueLayer's Console that shows the code of a link that was tried.
pub(crate) const CONSOLE_PAGE: &str = "https://console.truelayer.com/redirect-page";

/// Where a flag stands, and its value.
type Flag = (Range<usize>, Range<usize>);

/// What a sandbox offers.
pub(crate) const MOCK: &str = "uk-cs-mock";

const TO_TRY: &str = "note: this link is to try: it has no state and no code challenge, and is for one use";

/// The values of a link to be, by field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) values: Vec<(Param, String)>,
}

impl Fields {
    /// Sets a field, unless the value is empty.
    pub(crate) fn set(&mut self, param: Param, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.values.push((param, value));
        }
    }

    /// What the flags say.
    fn of(args: &New) -> Self {
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
        fields.set(Param::Providers, if listed.is_empty() && is_sandbox { MOCK.to_owned() } else { listed });
        fields.set(Param::ProviderId, args.provider_id.clone().unwrap_or_default());
        fields.set(Param::DisableProviders, words(&args.disable_providers));
        fields.set(Param::CountryId, args.country.clone().unwrap_or_default());
        fields.set(Param::LanguageId, args.language.clone().unwrap_or_default());
        fields.set(Param::ResponseMode, if args.form_post { "form_post" } else { "" });
        fields
    }

    /// The link of these values.
    fn draft(&self, options: &LintOptions) -> Draft {
        let mut draft = Draft::default();
        for (param, value) in &self.values {
            draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Quoted(value.clone()))));
        }
        options.complete(&mut draft);
        draft
    }

    /// The values as flags, and where each begins.
    fn written(&self) -> (String, Vec<Flag>) {
        let mut text = "auth-link new".to_owned();
        let places = self.values.iter().map(|(param, value)| {
            let start = text.len() + 1;
            text.extend([" --", flag(*param)]);
            let end = text.len();
            // A flag without a value stands for it.
            if matches!(param, Param::Environment | Param::ResponseMode) {
                return (start..end, start..end);
            }
            let value = if param.is_list() { value.replace(' ', ",") } else { value.clone() };
            text.extend([" ", &value]);
            (start..end, end + 1..text.len())
        });
        let places = places.collect();
        (text, places)
    }
}

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

/// Runs the command.
///
/// # Errors
///
/// Something is missing and nobody can be asked, or the link cannot be made.
pub(crate) fn run(args: &New) -> Result<Outcome, Failure> {
    let options = LintOptions::of(&args.options.allow, args.options.catalogue.as_deref())?;
    let can_ask = io::stdin().is_terminal() && io::stderr().is_terminal();
    let fields = if args.client_id.is_some() && !args.scope.is_empty() {
        Fields::of(args)
    } else if can_ask && !args.json {
        prompt::ask(args)?
    } else {
        let missing = if args.client_id.is_none() { "--client-id" } else { "--scope" };
        let help = "write `auth-link new --client-id ID --scope accounts,balance`, or run it in a terminal to be asked";
        return Err(Failure::new(format!("missing `{missing}`, and there is no terminal to ask at"), help));
    };
    let draft = fields.draft(&options);
    let checked = match draft.check() {
        Ok(checked) => checked,
        Err(diagnostics) => {
            draw_all(&fields, &diagnostics);
            return Ok(Outcome::Findings);
        }
    };
    draw_all(&fields, &checked.warnings);
    let Some((link, call)) = call_of(&checked.text, &options)? else { return Ok(Outcome::Findings) };
    if args.json {
        say(&format!("{:#}", json!({ "link": link, "call": call })));
        return Ok(Outcome::Success);
    }
    say(&format!("{link}\n\n{call}"));
    if args.qr || io::stdout().is_terminal() {
        match qr::draw(&link) {
            Some(code) => say(&format!("\n{code}\n")),
            None => note("note: the link is too long for a QR code"),
        }
    }
    note(TO_TRY);
    Ok(Outcome::Success)
}

/// Draws diagnostics under the flags that they are about.
fn draw_all(fields: &Fields, diagnostics: &[Diagnostic]) {
    let (text, places) = fields.written();
    let values: Vec<_> = places.iter().map(|(_, value)| value.clone()).collect();
    let redacted = Redacted::of_call(&text, &[], &values);
    for diagnostic in diagnostics {
        let place = diagnostic.location();
        let of = place.entry().and_then(|entry| places.get(entry));
        let range = match (place, of) {
            (Location::Name(_), Some((name, _))) => name.clone(),
            (Location::Item(_, item), Some((_, value))) => word(&text, value, item),
            (_, Some((_, value))) => value.clone(),
            (_, None) => text.len()..text.len(),
        };
        let fault = Report::new(diagnostic, range, &redacted);
        note(&(draw(&fault, redacted.link(), &Position::start("<flags>")) + "\n"));
    }
}

/// The word of a list's flag.
fn word(text: &str, value: &Range<usize>, item: usize) -> Range<usize> {
    let mut start = value.start;
    let words = text[value.clone()].split(',').map(|word| {
        let range = start..start + word.len();
        start = range.end + 1;
        range
    });
    words.into_iter().nth(item).unwrap_or_else(|| value.clone())
}
