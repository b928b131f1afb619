//! `auth-link check`: checks the links of files, and with `--fix` corrects them.

use std::path::Path;

use crate::args::{Check, Format};
use crate::atomic_write;
use crate::find::links;
use crate::fix::{Change, Fixed, fix_link, fix_text};
use crate::link_match::LinkMatch;
use crate::lint_options::LintOptions;
use crate::output::{Failure, Outcome, note, print, print_exactly, print_failure, print_json};
use crate::replace_file::replace;
use crate::results::{Results, count};
use crate::scan::{BATCH, Scan, scan_all};
use crate::sources::{Content, Encoding, Sources, name, read_encoded_stdin};

/// Runs the command.
///
/// # Errors
///
/// Returns an error if:
///
/// - the catalogue cannot be read;
/// - a fixed link is to be printed in another format than text.
pub(crate) fn run(args: &Check) -> Result<Outcome, Failure> {
    let options = LintOptions::new(&args.lint)?;
    let mut sources = Sources::new(&args.inputs);
    let format = if args.json { Format::Json } else { args.format };
    let prints_fixed = args.fix && (sources.stdin || !sources.links.is_empty());
    if prints_fixed && !matches!(format, Format::Text) {
        let help = "leave out the format, or name files and folders instead of links and `-`";
        return Err(Failure::new("`--fix` prints a fixed link or text, which has no other format", help));
    }
    let failures = std::mem::take(&mut sources.failures);
    let mut run = Run { options, results: Results::new(args.fix, failures), fixed_inputs: 0 };
    let single = sources.links.len() == 1;
    for (index, link) in sources.links.iter().enumerate() {
        run.link(link, &if single { "<link>".to_owned() } else { format!("<link {}>", index + 1) });
    }
    if sources.stdin {
        run.stdin();
    }
    let files: Vec<(&Path, bool)> = sources.files.iter().map(|(path, is_named)| (path.as_path(), *is_named)).collect();
    // A file is corrected before the next one is read.
    for batch in files.chunks(if args.fix { 1 } else { BATCH }) {
        for ((path, is_named), scan) in batch.iter().zip(scan_all(batch)) {
            run.file(path, *is_named, scan);
        }
    }
    let Run { results, fixed_inputs, .. } = run;
    // The standard output holds a fixed link alone.
    let print_text = if prints_fixed { note } else { print };
    if let Some(changes) = &results.changes {
        let lines: Vec<_> = changes.iter().map(Change::line).collect();
        let inputs = if prints_fixed { "input" } else { "file" };
        let text = match (changes.len(), fixed_inputs) {
            (0, _) => "fixed no mistakes".to_owned(),
            (mistakes, files) => {
                format!("{}\nfixed {} in {}", lines.join("\n"), count(mistakes, "mistake"), count(files, inputs))
            }
        };
        match format {
            Format::Text => print_text(&(text + "\n")),
            Format::Github => note(&text),
            Format::Json => {}
        }
    }
    match format {
        Format::Text => results.draw(print_text),
        Format::Github => results.annotate(),
        Format::Json => print_json(&results.json()),
    }
    results.failures.iter().for_each(print_failure);
    let (errors, warnings) = results.counts();
    let outcome = if errors > 0 || (warnings > 0 && args.deny_warnings) { Outcome::Findings } else { Outcome::Success };
    Ok(if results.failures.is_empty() { outcome } else { Outcome::Failed })
}

/// One run of the command.
struct Run {
    options: LintOptions,
    results: Results,
    /// The number of inputs that were corrected.
    fixed_inputs: usize,
}

impl Run {
    /// Checks a link of the command line.
    fn link(&mut self, link: &str, name: &str) {
        let mut link = link.to_owned();
        if self.results.changes.is_some() {
            let fixed = fix_link(&link, name, &self.options);
            match print_exactly(&(fixed.text.clone() + "\n")) {
                Ok(()) => link = self.keep(fixed),
                Err(failure) => self.results.failures.push(failure),
            }
        }
        self.results.add_all(&link, &[LinkMatch::whole(&link, 0)], name, &self.options);
    }

    /// Checks the links of the standard input.
    fn stdin(&mut self) {
        let (name, mut text, encoding) = match read_encoded_stdin() {
            Ok(read) => read,
            Err(failure) => return self.results.failures.push(failure),
        };
        if self.results.changes.is_some() {
            let fixed = fix_text(&text, &links(&text), name, &self.options);
            match print_exactly(&(encoding.mark().to_owned() + &fixed.text)) {
                Ok(()) => text = self.keep(fixed),
                Err(failure) => self.results.failures.push(failure),
            }
        }
        let mut links = links(&text);
        let line = text.trim();
        if links.is_empty() && !line.is_empty() && !line.contains(char::is_whitespace) {
            // A single word on the standard input is a link, valid or not.
            links = vec![LinkMatch::whole(line, text.len() - text.trim_start().len())];
        }
        self.add(&text, &links, name, true);
    }

    /// Checks the links of a file.
    fn file(&mut self, path: &Path, is_named: bool, scan: Scan) {
        let shown = name(path);
        let (mut text, encoding) = match scan.content {
            Ok(Content::Text(text, encoding)) => (text, encoding),
            Ok(Content::Other(why)) if is_named && self.results.changes.is_some() => {
                return self.results.failures.push(Failure::new(format!("cannot fix `{shown}`: {why}"), ""));
            }
            Ok(Content::Other(why)) if is_named => return note(&format!("note: `{shown}` is skipped: {why}")),
            Ok(Content::Other(_)) => return,
            Err(failure) => return self.results.failures.push(failure),
        };
        self.results.files += 1;
        let mut found = scan.links;
        if self.results.changes.is_some() {
            let fixed = fix_text(&text, &found, &shown, &self.options);
            if !fixed.changes.is_empty() {
                let mark = encoding.mark();
                let (old, new) = (mark.to_owned() + &text, mark.to_owned() + &fixed.text);
                let replaced = if encoding == Encoding::Other {
                    Err(Failure::new(format!("cannot fix `{shown}`: it is not UTF-8"), "save it as UTF-8 first"))
                } else {
                    replace(path, &old, &new, atomic_write::write)
                };
                match replaced {
                    Ok(()) => {
                        text = self.keep(fixed);
                        found = links(&text);
                    }
                    Err(failure) => self.results.failures.push(failure),
                }
            }
        }
        self.add(&text, &found, &shown, is_named);
    }

    /// Checks the links of a text.
    fn add(&mut self, text: &str, links: &[LinkMatch], name: &str, is_named: bool) {
        if links.is_empty() && is_named {
            note(&no_link(text, name));
        }
        self.results.add_all(text, links, name, &self.options);
    }

    /// Keeps the corrections of an input, and returns its text.
    fn keep(&mut self, Fixed { text, changes }: Fixed) -> String {
        self.fixed_inputs += usize::from(!changes.is_empty());
        self.results.changes.get_or_insert_default().extend(changes);
        text
    }
}

/// Returns the note about a text without links.
fn no_link(text: &str, name: &str) -> String {
    let calls = if text.contains("auth_link!") { "; the compiler checks its `auth_link!` calls" } else { "" };
    format!("note: `{name}` has no auth link{calls}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_links_may_have_calls() {
        assert_eq!(no_link("plain", "a.txt"), "note: `a.txt` has no auth link");
        let note = "note: `c.rs` has no auth link; the compiler checks its `auth_link!` calls";
        assert_eq!(no_link("static C: AuthLink = auth_link!(scope = [info]);", "c.rs"), note);
    }
}
