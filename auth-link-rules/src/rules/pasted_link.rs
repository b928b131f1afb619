//! Rules of a link that is pasted as one text: its address and its parameters.

use std::ops::Range;

use super::field::replacement;
use crate::diagnostic::{Finding, Location, MAX_FINDINGS};
use crate::draft::{PastedUrl, Text, Value};
use crate::suggestion::Suggestion;
use crate::text::Distinct;
use crate::view::DraftView;
use crate::vocabulary::environment::{TRUELAYER, environment_of_host};
use crate::vocabulary::parameter::Param;
use crate::vocabulary::retired::retired;

/// A link leads to TrueLayer's auth server over https.
pub(crate) fn unexpected_link_address(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(pasted) = view.pasted else { return };
    let (scheme, host) = (&pasted.text[pasted.scheme.clone()], &pasted.text[pasted.host.clone()]);
    let is_truelayer = environment_of_host(host).is_some();
    if is_truelayer && scheme.eq_ignore_ascii_case("https") {
        return;
    }
    findings.push(if scheme.is_empty() {
        finding(pasted, &pasted.scheme, "expected a link to TrueLayer or a field, found text").advise_for(
            format!("write the whole link, `{}/?client_id=…`, or fields: `client_id = \"…\"`", TRUELAYER[0]),
            format!("write the whole link, `{}/?client_id=…`", TRUELAYER[0]),
        )
    } else if is_truelayer {
        finding(pasted, &pasted.scheme, format!("unexpected `{scheme}` in a link to TrueLayer"))
            .suggest(Suggestion::Replace("https".to_owned()))
            .certainly()
    } else {
        finding(pasted, &pasted.host, format!("`{host}` is not TrueLayer's auth server")).advise_for(
            "write `auth.truelayer.com` or `auth.truelayer-sandbox.com`; name another server with fields and `auth_server = …`",
            "write `auth.truelayer.com` or `auth.truelayer-sandbox.com`",
        )
    });
}

/// The path of a link is the root.
pub(crate) fn unexpected_link_path(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(pasted) = view.pasted else { return };
    let path = &pasted.text[pasted.path.clone()];
    if !matches!(path, "" | "/") && !pasted.scheme.is_empty() {
        let finding = finding(pasted, &pasted.path, format!("unexpected path `{path}`"));
        findings.push(finding.suggest(Suggestion::Replace("/".to_owned())));
    }
}

/// A fragment never reaches a server, so its text probably belongs to a value.
pub(crate) fn unexpected_link_fragment(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(pasted) = view.pasted else { return };
    if !pasted.fragment.is_empty() {
        let finding = finding(pasted, &pasted.fragment, "unexpected `#` in a link");
        findings.push(finding.advise("remove it: `redirect_uri` takes no fragment; in other values write `%23`"));
    }
}

/// Values are percent-encoded UTF-8, and `&` is not escaped.
pub(crate) fn malformed_link_encoding(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in view.pasted_parameters() {
        if matches!(entry.value, Value::Text(Text::Invalid)) && !entry.is_dropped() {
            let message = format!("malformed percent-encoding in `{}`", entry.name);
            let help = "write `%` and two hexadecimal digits for each byte, and `%25` for `%` itself";
            findings.push(Finding::new(Location::Value(index), message).advise(help));
        } else if entry.name.starts_with("amp;") {
            let finding = Finding::new(Location::Name(index), "unexpected `&amp;` between parameters");
            findings.push(finding.advise("write `&`: a link is not HTML"));
        }
    }
}

/// Each authorization adds its own values of these parameters.
pub(crate) fn dropped_link_parameter(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in view.pasted_parameters() {
        if entry.is_dropped() {
            let finding = Finding::new(Location::Name(index), format!("`{}` in a link is dropped", entry.name));
            findings.push(finding.suggest(Suggestion::Remove).because("each authorization has its own"));
        }
    }
}

/// A parameter that TrueLayer's page does not list is sent unchanged.
pub(crate) fn undocumented_link_parameter(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in view.pasted_parameters() {
        let name = entry.name.as_str();
        let has_own_rule = matches!(name, "client_secret" | "code_verifier") || name.starts_with("amp;");
        if !entry.quoted || entry.is_dropped() || has_own_rule {
            continue;
        }
        findings.push(if let Some(retired) = retired(name) {
            replacement(Finding::new(Location::Name(index), format!("`{name}` is retired")), retired)
        } else {
            let message = format!("`{name}` is not on TrueLayer's page; it is sent unchanged");
            Finding::new(Location::Name(index), message).advise("remove it, if nothing needs it")
        });
    }
}

/// A duplicate is sent once.
pub(crate) fn duplicate_link_parameter(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let (mut names, mut pairs) = (Distinct::default(), Distinct::default());
    for (index, entry) in view.pasted_parameters() {
        if entry.is_dropped() || findings.len() > MAX_FINDINGS {
            continue;
        }
        let once = |location, text: &str| {
            let finding = Finding::new(location, format!("duplicate `{text}` is sent once"));
            finding.suggest(Suggestion::Remove).certainly()
        };
        let is_repeated = entry.pair().is_some_and(|pair| !pairs.insert_pair(pair));
        let is_known_name = !names.insert(entry.name.as_str());
        if is_repeated {
            findings.push(once(Location::Name(index), &entry.name));
        } else if entry.quoted && is_known_name {
            let finding = Finding::new(Location::Name(index), format!("duplicate `{}` is sent twice", entry.name));
            findings.push(finding.advise("remove one of the two"));
        } else if let Value::Text(text) = &entry.value
            && entry.param().is_some_and(Param::is_list)
        {
            let mut words = Distinct::default();
            for (item, word) in text.words().enumerate() {
                // The work on each finding grows with the link.
                if !words.insert(word.text) && findings.len() <= MAX_FINDINGS {
                    findings.push(once(Location::Item(index, item), word.text));
                }
            }
        }
    }
}

/// Creates a finding about a part of the pasted link. An empty part is shown as the whole link.
fn finding(pasted: &PastedUrl, range: &Range<usize>, message: impl Into<String>) -> Finding {
    let range = if range.is_empty() { 0..pasted.text.len() } else { range.clone() };
    Finding::new(Location::Pasted(range.start, range.end), message)
}
