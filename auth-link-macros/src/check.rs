//! The rules' answer, on the tokens that it is about.

use std::mem;
use std::ops::Range;
use std::sync::Arc;

use auth_link_rules::{Catalogue, CheckedLink, Diagnostic, Draft, Location, Param, Text, Value};
use syn::LitStr;

use crate::call_syntax::{CallSyntax, FieldRegions, MacroError};
use crate::region::Region;

/// A link that holds every rule.
pub(crate) struct Checked {
    pub(crate) link: CheckedLink,
    /// Its warnings, by rule, each where it belongs.
    pub(crate) warnings: Vec<(&'static str, MacroError)>,
    /// The files that it was held to.
    pub(crate) files: Vec<String>,
}

/// Checks a macro call.
pub(crate) fn check(syntax: &mut CallSyntax) -> Result<Checked, Vec<MacroError>> {
    let mut draft = mem::take(&mut syntax.draft);
    let mut faults = mem::take(&mut syntax.errors);
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
                insert(&mut faults, MacroError { region, message, hide_in_editor: false, after: index });
            }
        }
    }
    match draft.check() {
        Ok(link) if faults.is_empty() => {
            let warned = link.warnings.iter().map(|diagnostic| (diagnostic.rule().name, call.fault(diagnostic)));
            return Ok(Checked { warnings: warned.collect(), link, files });
        }
        Ok(_) => {}
        Err(diagnostics) => {
            for diagnostic in &diagnostics {
                if call.is_certain(diagnostic) {
                    insert(&mut faults, call.fault(diagnostic));
                }
            }
        }
    }
    Err(faults)
}

/// Keeps faults in the order of the entries.
fn insert(faults: &mut Vec<MacroError>, fault: MacroError) {
    let before = faults.partition_point(|earlier| earlier.after <= fault.after);
    faults.insert(before, fault);
}

/// The entry that names a catalogue, and its text.
fn catalogue(draft: &Draft) -> Option<(usize, &str)> {
    draft.entries().iter().enumerate().find_map(|(index, entry)| match &entry.value {
        Value::Text(Text::Quoted(path)) if entry.param() == Some(Param::Catalogue) && !path.is_empty() => {
            Some((index, path.as_str()))
        }
        _ => None,
    })
}

/// The application's own catalogue, and where it is.
#[cfg(feature = "catalogue")]
fn read(path: &str) -> Result<(Arc<Catalogue>, String), String> {
    let help = "the path is that from the package's folder to a copy of TrueLayer's answer to `/api/providers`";
    crate::catalogue::read(path).map_err(|fault| format!("`{path}` {fault}\nhelp: {help}"))
}

#[cfg(not(feature = "catalogue"))]
fn read(_: &str) -> Result<(Arc<Catalogue>, String), String> {
    let help = "add `features = [\"catalogue\"]` to the dependency, or remove the field";
    Err(format!("`catalogue` needs the feature `catalogue`\nhelp: {help}"))
}

/// A call whose first entries come from a pasted link.
struct Call<'s> {
    syntax: &'s CallSyntax,
    /// How many.
    pasted: usize,
}

impl Call<'_> {
    /// Whether the diagnostic is the user's: a field whose name could not be read is not missing.
    fn is_certain(&self, diagnostic: &Diagnostic) -> bool {
        let may_be_lost = self.syntax.has_lost_names && diagnostic.rule().name == "missing_required_field";
        !diagnostic.is_warning() && !may_be_lost
    }

    fn field(&self, entry: usize) -> Option<&FieldRegions> {
        self.syntax.fields.get(entry.checked_sub(self.pasted)?)
    }

    fn fault(&self, diagnostic: &Diagnostic) -> MacroError {
        let place = diagnostic.location();
        let message = diagnostic.to_string();
        if let Some((link, range)) = self.syntax.pasted.as_ref().zip(diagnostic.range()) {
            let (fault, help) = message.split_once('\n').unwrap_or((&message, ""));
            let message = format!("{fault}\n{}\n{help}", drawing(&link.value(), &range));
            let after = place.entry().unwrap_or_default();
            return MacroError {
                region: within(link, &range),
                message: message.trim_end().to_owned(),
                hide_in_editor: false,
                after,
            };
        }
        let Some(index) = place.entry() else {
            return MacroError { region: self.syntax.region(), message, hide_in_editor: false, after: usize::MAX };
        };
        let region = self.field(index).map_or_else(
            || self.syntax.region(),
            |field| match place {
                Location::Name(_) => field.name,
                // The words of one text are all on its literal.
                Location::Item(_, item) => field.items.get(item).copied().unwrap_or(field.value),
                _ => field.value,
            },
        );
        MacroError { region, message, hide_in_editor: false, after: index }
    }
}

/// The place in the literal, where the compiler can point into one; otherwise the literal.
fn within(link: &LitStr, range: &Range<usize>) -> Region {
    let literal = link.token();
    let is_plain = literal.to_string() == format!("\"{}\"", link.value());
    let place = if is_plain { literal.subspan(range.start + 1..=range.end) } else { None };
    place.unwrap_or_else(|| link.span()).into()
}

/// The parameter in which `range` is, and a line of carets under it.
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
    // On one line, whatever the link has.
    let picture = format!("  {cut}{before}{marked}{rest}{more}").replace(char::is_control, " ");
    format!("{picture}\n  {indent}{carets}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_drawn_under_its_parameter() {
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
    fn a_link_of_several_lines_is_drawn_on_one() {
        let link = "https://a.example/?\n\tscope=a\n&x";
        assert_eq!(drawing(link, &(27..28)), "    scope=a \n          ^");
    }

    #[test]
    fn a_long_parameter_is_cut_around_its_place() {
        let link = format!("https://a.example/?x={}!{}", "l".repeat(60), "r".repeat(60));
        let at = link.find('!').unwrap();
        let expected = format!("  …{}!{}…\n  {}^", "l".repeat(40), "r".repeat(40), " ".repeat(41));
        assert_eq!(drawing(&link, &(at..at + 1)), expected);
    }
}
