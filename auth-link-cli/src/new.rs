//! `auth-link new`: builds a link to try out, from flags or at a prompt.

use std::io::{self, IsTerminal};

use serde_json::json;

use crate::args::New;
use crate::draw_flags::draw_all;
use crate::fields::Fields;
use crate::link_to_call::link_to_call;
use crate::lint_options::LintOptions;
use crate::output::{Failure, Outcome, note, print, print_json};
use crate::prompt::prompt;
use crate::qr;

const TO_TRY_OUT: &str = "note: this link is for trying out: it has no state and no code challenge, and it works once";

/// Runs the command.
///
/// # Errors
///
/// Returns an error if:
///
/// - a required flag is missing and there is no terminal;
/// - the user cancels the prompt;
/// - the catalogue cannot be read;
/// - no macro call makes the link.
pub(crate) fn run(args: &New) -> Result<Outcome, Failure> {
    let options = LintOptions::new(&args.lint)?;
    let can_prompt = io::stdin().is_terminal() && io::stderr().is_terminal();
    let fields = match args.fields.missing_flag() {
        None => Fields::from_args(&args.fields),
        Some(_) if can_prompt && !args.json => prompt(&args.fields)?,
        Some(flag) => {
            let help =
                "write `auth-link new --client-id ID --scope accounts,balance`, or run `auth-link new` in a terminal";
            return Err(Failure::new(format!("missing `--{flag}`, and no terminal for a prompt"), help));
        }
    };
    let draft = fields.draft(&options);
    let checked = match draft.check() {
        Ok(checked) => checked,
        Err(diagnostics) => {
            draw_all("new", &fields, &diagnostics);
            return Ok(Outcome::Findings);
        }
    };
    draw_all("new", &fields, &checked.warnings);
    let Some((link, call)) = link_to_call(&checked.text, &options)? else { return Ok(Outcome::Findings) };
    if args.json {
        print_json(&json!({ "link": link, "call": call }));
        return Ok(Outcome::Success);
    }
    print(&format!("{link}\n\n{call}"));
    if args.qr || io::stdout().is_terminal() {
        match qr::draw(&link) {
            Some(code) => print(&format!("\n{code}\n")),
            None => note("note: the link is too long for a QR code"),
        }
    }
    note(TO_TRY_OUT);
    Ok(Outcome::Success)
}
