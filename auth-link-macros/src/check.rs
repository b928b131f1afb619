//! The rules' answer, on the tokens that it is about.

use auth_link_rules::{CheckedLink, Draft, Place, Problem};

use crate::region::Region;
use crate::syntax::{Fault, LinkSyntax};

/// A link that holds every rule, with its warnings where they belong.
pub(crate) struct Checked {
    pub(crate) link: CheckedLink,
    pub(crate) warnings: Vec<Region>,
}

/// Checks a macro call.
pub(crate) fn check(syntax: &LinkSyntax) -> Result<Checked, Vec<Fault>> {
    let mut draft = Draft::default();
    for field in &syntax.fields {
        draft.push(field.entry.clone());
    }
    let mut faults = syntax.faults.clone();
    match draft.check() {
        Ok(link) if faults.is_empty() => {
            let warnings = link.warnings.iter().map(|problem| region(syntax, problem.place())).collect();
            return Ok(Checked { link, warnings });
        }
        Ok(_) => {}
        Err(problems) => {
            let certain = problems.iter().filter(|problem| is_certain(syntax, problem));
            faults.extend(certain.map(|problem| fault(syntax, problem)));
        }
    }
    faults.sort_by_key(|fault| fault.after);
    Err(faults)
}

/// Whether the problem is the user's: a field whose name could not be read is not missing.
fn is_certain(syntax: &LinkSyntax, problem: &Problem) -> bool {
    let may_be_lost = syntax.has_lost_names && problem.rule().name == "field_missing";
    !problem.is_warning() && !may_be_lost
}

fn fault(syntax: &LinkSyntax, problem: &Problem) -> Fault {
    let after = problem.place().entry().unwrap_or(syntax.fields.len());
    Fault { region: region(syntax, problem.place()), message: problem.to_string(), after }
}

/// Where a problem stands.
fn region(syntax: &LinkSyntax, place: Place) -> Region {
    let Some(field) = place.entry().and_then(|entry| syntax.fields.get(entry)) else {
        return syntax.region;
    };
    match place {
        Place::Name(_) => field.name,
        // The words of one text are all on its literal.
        Place::Item(_, item) => field.items.get(item).copied().unwrap_or(field.value),
        _ => field.value,
    }
}
