//! Checks a macro call against the rules, and finds the tokens of each diagnostic.

use std::mem;
use std::ops::Range;
use std::sync::Arc;

use auth_link_rules::{Catalogue, CheckedLink, Diagnostic, Draft, Location, Param, Text, Value};

use crate::call_syntax::{CallSyntax, FieldRegions, MacroError, PastedLink};
use crate::region::Region;

/// The most errors of one call. The rules have the same limit.
const MAX_ERRORS: usize = 50;

/// A valid link.
pub(crate) struct Checked {
    pub(crate) link: CheckedLink,
    /// Its warnings, each with the name of its rule.
    pub(crate) warnings: Vec<(&'static str, MacroError)>,
    /// The absolute paths of the files that it was checked against.
    pub(crate) files: Vec<String>,
}

/// Checks a macro call.
///
/// # Errors
///
/// Returns the errors of its syntax and of the rules, in the order of the entries, if there are any.
pub(crate) fn check(syntax: &mut CallSyntax) -> Result<Checked, Vec<MacroError>> {
    let mut draft = mem::take(&mut syntax.draft);
    let mut errors = mem::take(&mut syntax.errors);
    let call = Call { syntax, pasted: draft.entries().len() - syntax.fields.len() };
    let mut files = Vec::new();
    if let Some((index, path)) = catalogue(&draft) {
        match read(path) {
            Ok((catalogue, absolute)) => {
                draft.set_catalogue(catalogue);
                files.push(absolute);
            }
            Err(message) => {
                let region = call.field(index).map_or_else(|| syntax.region(), |field| field.value);
                errors.push(MacroError { region, message, hide_in_editor: false, after: index });
            }
        }
    }
    match draft.check() {
        Ok(link) if errors.is_empty() => {
            let warnings = link.warnings.iter().map(|diagnostic| (diagnostic.rule().name, call.error(diagnostic)));
            return Ok(Checked { warnings: warnings.collect(), link, files });
        }
        Ok(_) => {}
        Err(diagnostics) => {
            let certain = diagnostics.iter().filter(|diagnostic| call.is_certain(diagnostic));
            errors.extend(certain.map(|diagnostic| call.error(diagnostic)));
        }
    }
    errors.sort_by_key(|error| error.after);
    limit(&mut errors);
    Err(errors)
}

/// Keeps the first errors, and says so in the last one.
fn limit(errors: &mut Vec<MacroError>) {
    if errors.len() > MAX_ERRORS {
        errors.truncate(MAX_ERRORS);
        if let Some(last) = errors.last_mut() {
            let note = format!("\nhelp: more than {MAX_ERRORS} mistakes were found; the others are not shown");
            if !last.message.ends_with(&note) {
                last.message.push_str(&note);
            }
        }
    }
}

/// Returns the index and the path of the entry that names a catalogue.
fn catalogue(draft: &Draft) -> Option<(usize, &str)> {
    let index = draft.entries().iter().position(|entry| match &entry.value {
        Value::Text(Text::Quoted(path)) => !entry.quoted && entry.name == Param::Catalogue.name() && !path.is_empty(),
        _ => false,
    })?;
    match &draft.entries()[index].value {
        Value::Text(Text::Quoted(path)) => Some((index, path)),
        _ => None,
    }
}

/// Reads the application's own catalogue; returns its absolute path too.
#[cfg(feature = "catalogue")]
fn read(path: &str) -> Result<(Arc<Catalogue>, String), String> {
    let help = "write the path from the package's folder to a copy of TrueLayer's response to `/api/providers`";
    crate::catalogue::read(path).map_err(|error| format!("`{path}` {error}\nhelp: {help}"))
}

#[cfg(not(feature = "catalogue"))]
fn read(_: &str) -> Result<(Arc<Catalogue>, String), String> {
    let help = "add `features = [\"catalogue\"]` to the dependency, or remove the field";
    Err(format!("`catalogue` needs the feature `catalogue`\nhelp: {help}"))
}

/// A macro call, and the number of its entries that come from a pasted link.
struct Call<'s> {
    syntax: &'s CallSyntax,
    pasted: usize,
}

impl Call<'_> {
    /// Returns whether the diagnostic is certainly an error: a field whose name could not be read may not be missing.
    fn is_certain(&self, diagnostic: &Diagnostic) -> bool {
        let may_be_lost = self.syntax.has_lost_names && diagnostic.rule().name == "missing_required_field";
        !diagnostic.is_warning() && !may_be_lost
    }

    /// Returns the regions of an entry that comes from a field.
    fn field(&self, entry: usize) -> Option<&FieldRegions> {
        self.syntax.fields.get(entry.checked_sub(self.pasted)?)
    }

    /// Returns the diagnostic with the region of its tokens.
    fn error(&self, diagnostic: &Diagnostic) -> MacroError {
        let location = diagnostic.location();
        let message = diagnostic.to_string();
        if let Some((link, range)) = self.syntax.pasted.as_ref().zip(diagnostic.range()) {
            let (first_line, help) = message.split_once('\n').unwrap_or((&message, ""));
            let message = format!("{first_line}\n{}\n{help}", drawing(&link.text, &range));
            let after = location.entry().unwrap_or_default();
            return MacroError {
                region: within(link, &range),
                message: message.trim_end().to_owned(),
                hide_in_editor: false,
                after,
            };
        }
        let Some(index) = location.entry() else {
            return MacroError { region: self.syntax.region(), message, hide_in_editor: false, after: usize::MAX };
        };
        let region = self.field(index).map_or_else(
            || self.syntax.region(),
            |field| match location {
                Location::Name(_) => field.name,
                // All words of one text have the region of its literal.
                Location::Item(_, item) => field.items.get(item).copied().unwrap_or(field.value),
                _ => field.value,
            },
        );
        MacroError { region, message, hide_in_editor: false, after: index }
    }
}

/// Returns the region of `range` in the literal if the compiler supports that, and of the whole literal otherwise.
fn within(PastedLink { text, literal }: &PastedLink, range: &Range<usize>) -> Region {
    let is_plain = literal.to_string() == format!("\"{text}\"");
    let part = if is_plain { literal.subspan(range.start + 1..=range.end) } else { None };
    part.unwrap_or_else(|| literal.span()).into()
}

/// Returns two lines: the parameter around `range`, and carets under the range.
fn drawing(link: &str, range: &Range<usize>) -> String {
    const AROUND: usize = 40;
    let query = link.find('?').unwrap_or(link.len());
    let (start, ends) = if range.start > query {
        (link[query..range.start].rfind('&').unwrap_or(0) + query + 1, '&')
    } else {
        (0, '?')
    };
    let end = link[range.end..].find(ends).map_or(link.len(), |at| range.end + at);
    let before: Vec<char> = link[start..range.start].chars().collect();
    let (cut, before) = match before.len().checked_sub(AROUND) {
        Some(cut @ 1..) => ("…", before[cut..].iter().collect::<String>()),
        _ => ("", before.into_iter().collect()),
    };
    let marked = &link[range.clone()];
    let after = &link[range.end..end];
    let rest: String = after.chars().take(AROUND).collect();
    let more = if rest.len() < after.len() { "…" } else { "" };
    let carets = "^".repeat(marked.chars().count().max(1));
    let indent = " ".repeat(cut.chars().count() + before.chars().count());
    // A line break in the link must not break the drawing.
    let picture = format!("  {cut}{before}{marked}{rest}{more}").replace(char::is_control, " ");
    format!("{picture}\n  {indent}{carets}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_drawn_under_its_parameter() {
        let link = "https://auth.truelayer.com/x?scope=a%20b&redirect_uri=https://a.example?x=é#y&z=1";
        let draw = |text: &str| {
            let start = link.find(text).expect(text);
            drawing(link, &(start..start + text.len()))
        };
        assert_eq!(draw("/x"), format!("  https://auth.truelayer.com/x\n{}^^", " ".repeat(28)));
        assert_eq!(draw("b"), "  scope=a%20b\n            ^");
        assert_eq!(draw("scope"), "  scope=a%20b\n  ^^^^^");
        assert_eq!(draw("é"), "  redirect_uri=https://a.example?x=é#y\n                                   ^");
        assert_eq!(draw("#y"), "  redirect_uri=https://a.example?x=é#y\n                                    ^^");
    }

    #[test]
    fn a_link_of_several_lines_is_drawn_on_one_line() {
        let link = "https://a.example/?\n\tscope=a\n&x";
        assert_eq!(drawing(link, &(27..28)), "    scope=a \n          ^");
    }

    #[test]
    fn a_long_parameter_is_shortened_around_the_range() {
        let link = format!("https://a.example/?x={}!{}", "l".repeat(60), "r".repeat(60));
        let at = link.find('!').unwrap();
        let expected = format!("  …{}!{}…\n  {}^", "l".repeat(40), "r".repeat(40), " ".repeat(41));
        assert_eq!(drawing(&link, &(at..at + 1)), expected);
    }
}
