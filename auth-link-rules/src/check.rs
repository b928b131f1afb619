//! Checks a draft: runs the rules and sorts their findings.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Finding, LintLevel, MAX_FINDINGS, Rule};
use crate::draft::{Draft, Entry, Text, Value};
#[cfg(feature = "url")]
use crate::edit::edit;
use crate::rules;
use crate::splice::splice;
use crate::suggestion::Syntax;
use crate::uri::percent::{decode, pairs};
use crate::view::DraftView;
use crate::vocabulary::environment::{ENVIRONMENTS, TRUELAYER};
use crate::vocabulary::parameter::Param;
use crate::write::{origin, write};

/// A valid link.
#[derive(Debug)]
#[non_exhaustive]
pub struct CheckedLink {
    /// The link without state and code challenge, and without the values that are known only at run time. It has no origin
    /// if those values decide on it.
    pub text: String,
    /// Whether the link requests that the browser posts a form, as [`is_form_post`] returns it.
    pub is_form_post: bool,
    /// Whether each authorization adds a code challenge.
    pub pkce: bool,
    /// The warnings about the link.
    pub warnings: Vec<Diagnostic>,
}

impl Draft {
    /// Checks the draft against every rule, as at compile time.
    ///
    /// # Errors
    ///
    /// Returns every diagnostic, warnings included, in the order of their locations, if one of them is an error.
    #[cfg(feature = "url")]
    pub fn check(&self) -> Result<CheckedLink, Vec<Diagnostic>> {
        let view = view(self, true);
        let mut allowed = Vec::new();
        for word in view.words(Param::Allow) {
            allowed.push(word.text.to_owned());
        }
        checked(&view, Diagnostics::at_compile_time(allowed))
    }

    /// Checks the draft against every rule, as at run time: rules that can be allowed, and findings that rest on the dated
    /// list of providers, are warnings.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`check`](Self::check).
    #[cfg(feature = "url")]
    pub fn check_at_run_time(&self) -> Result<CheckedLink, Vec<Diagnostic>> {
        checked(&view(self, false), Diagnostics::at_run_time())
    }

    /// Reads the fields of a valid link from its text.
    fn from_checked(link: &str) -> Self {
        let (origin, query) = link.split_once("/?").unwrap_or((link, ""));
        let mut draft = Self::default();
        let mut push = |name: &str, quoted, text: &str| {
            draft.push(Entry::new(name.to_owned(), quoted, Value::Text(Text::Quoted(text.to_owned()))));
        };
        match TRUELAYER.iter().position(|server| *server == origin) {
            Some(environment) => push(Param::Environment.name(), false, ENVIRONMENTS[environment]),
            // A value that is known only at run time decides on it.
            None if origin.is_empty() => {}
            None => push(Param::AuthServer.name(), false, origin),
        }
        for (name, value) in pairs(query.as_bytes()) {
            let (Ok(name), Ok(value)) = (decode(name), decode(value)) else {
                continue;
            };
            push(&name, !Param::from_name(&name).is_some_and(Param::is_sent), &value);
        }
        draft
    }

    fn from_values(values: &[(Param, &str)]) -> Self {
        let mut draft = Self::default();
        for &(param, value) in values {
            draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Quoted(value.to_owned()))));
        }
        draft
    }
}

/// Sets `values` in a valid link: values that only one authorization, or only the running application, knows. Each field has one.
///
/// Rules that can be allowed, and findings that rest on the dated list of providers, are no errors here.
///
/// # Errors
///
/// Returns every diagnostic about the values.
pub fn amend(link: &str, values: &[(Param, &str)]) -> Result<Arc<str>, Vec<Diagnostic>> {
    splice(link, values).map_or_else(|| amend_whole(link, values).map(Arc::from), Ok)
}

/// Sets `values` in a valid link, and checks the whole link again.
fn amend_whole(link: &str, values: &[(Param, &str)]) -> Result<String, Vec<Diagnostic>> {
    let before = Draft::from_checked(link);
    let mut draft = before.clone();
    draft.entries.retain(|entry| values.iter().all(|&(param, _)| entry.param() != Some(param)));
    draft.entries.extend(Draft::from_values(values).entries);
    // Warnings refuse nothing, and the redirect URI of a link was checked at compile time.
    let is_new = values.iter().any(|&(param, _)| param == Param::RedirectUri);
    let mut diagnostics = errors(&draft, is_new);
    if !diagnostics.is_empty() {
        // Errors that the link was allowed to have are not reported again.
        let known = errors(&before, is_new);
        let is_known = |diagnostic: &Diagnostic| {
            diagnostic.location().entry().is_some()
                && known.iter().any(|known| known.to_string() == diagnostic.to_string())
        };
        diagnostics.retain(|diagnostic| !is_known(diagnostic));
    }
    if diagnostics.is_empty() { Ok(write(&view(&draft, false))) } else { Err(diagnostics) }
}

/// Checks values of fields without the rest of a link.
///
/// # Errors
///
/// Returns every diagnostic about the values.
pub fn check_values(values: &[(Param, &str)]) -> Result<(), Vec<Diagnostic>> {
    let draft = Draft::from_values(values);
    if rules::accept_fields(&view(&draft, false), values.iter().any(|(param, _)| *param == Param::RedirectUri)) {
        return Ok(());
    }
    let mut diagnostics = errors(&draft, true);
    diagnostics.retain(|diagnostic| diagnostic.location().entry().is_some());
    if diagnostics.is_empty() { Ok(()) } else { Err(diagnostics) }
}

/// Checks the origin of an auth server, as `auth_server` takes it, and returns it in the form that a link has.
///
/// # Errors
///
/// Returns every diagnostic about the origin.
pub fn check_origin(text: &str) -> Result<String, Vec<Diagnostic>> {
    let values = [(Param::AuthServer, text)];
    check_values(&values)?;
    Ok(origin(&view(&Draft::from_values(&values), false)))
}

/// Returns the warnings about a valid link; those about its redirect URI only with the feature `url`.
#[must_use]
pub fn warnings(link: &str) -> Vec<Diagnostic> {
    let draft = Draft::from_checked(link);
    let mut diagnostics = run(&view(&draft, false), true, |_| true, Diagnostics::at_run_time());
    diagnostics.retain(Diagnostic::is_warning);
    diagnostics
}

/// Returns the value of `param` in the text of a valid link.
#[must_use]
pub fn get(link: &str, param: Param) -> Option<Cow<'_, str>> {
    let (_, query) = link.split_once('?')?;
    let (_, raw) = pairs(query.as_bytes()).find(|&(name, _)| name == param.name().as_bytes())?;
    decode(raw).ok()
}

/// Returns whether a link requests that the browser posts a form (`response_mode = form_post`).
#[must_use]
pub fn is_form_post(link: &str) -> bool {
    get(link, Param::ResponseMode).is_some_and(|mode| mode == "form_post")
}

fn view(draft: &Draft, at_compile_time: bool) -> DraftView<'_> {
    DraftView::new(draft, at_compile_time, rules::all())
}

/// Returns the diagnostics that make a link unusable at run time.
fn errors(draft: &Draft, with_redirect_uri: bool) -> Vec<Diagnostic> {
    let is_error = |rule: &Rule| rule.level == LintLevel::Forbid;
    let mut diagnostics = run(&view(draft, false), with_redirect_uri, is_error, Diagnostics::at_run_time());
    diagnostics.retain(|diagnostic| !diagnostic.is_warning());
    diagnostics
}

#[cfg(feature = "url")]
fn checked(view: &DraftView<'_>, diagnostics: Diagnostics) -> Result<CheckedLink, Vec<Diagnostic>> {
    let diagnostics = run(view, true, |_| true, diagnostics);
    if diagnostics.iter().any(|diagnostic| !diagnostic.is_warning()) {
        return Err(diagnostics);
    }
    let pkce = view.single(Param::Pkce).is_none_or(|word| word.text != "false");
    let is_form_post = view.single(Param::ResponseMode).is_some_and(|word| word.text == "form_post");
    Ok(CheckedLink { text: write(view), is_form_post, pkce, warnings: diagnostics })
}

/// Runs the rules that `is_wanted` selects.
fn run(
    view: &DraftView<'_>,
    with_redirect_uri: bool,
    is_wanted: fn(&Rule) -> bool,
    mut diagnostics: Diagnostics,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    'rules: for table in rules::tables(with_redirect_uri) {
        // A macro is not optimized: an iterator would cost it more than most rules do.
        let mut index = 0;
        while let (Some(rule), Some(check)) = (table.rules.get(index), table.checks.get(index)) {
            index += 1;
            if !is_wanted(rule) {
                continue;
            }
            check(view, &mut findings);
            // Most rules find nothing.
            if !findings.is_empty() {
                let is_last = rule.name == OVERSIZED || diagnostics.found.len() + findings.len() > MAX_FINDINGS;
                diagnostics.add(rule, view, &mut findings);
                if is_last {
                    break 'rules;
                }
            }
        }
    }
    diagnostics.into_sorted()
}

/// The rule after which no other runs: the link is too long to be checked.
const OVERSIZED: &str = "oversized_link";

/// The diagnostics of one check.
struct Diagnostics {
    found: Vec<Diagnostic>,
    /// The rules that the link allows.
    allowed: Vec<String>,
    /// The link is checked at run time.
    at_run_time: bool,
}

impl Diagnostics {
    #[cfg(feature = "url")]
    fn at_compile_time(allowed: Vec<String>) -> Self {
        Self { found: Vec::new(), allowed, at_run_time: false }
    }

    fn at_run_time() -> Self {
        Self { found: Vec::new(), allowed: Vec::new(), at_run_time: true }
    }

    /// Adds the findings of `rule`.
    fn add(&mut self, rule: &'static Rule, view: &DraftView<'_>, findings: &mut Vec<Finding>) {
        for Finding { location, field, message, help, is_dated } in findings.drain(..) {
            let level = match rule.level {
                LintLevel::Deny | LintLevel::Warn if self.allowed.iter().any(|name| name == rule.name) => continue,
                LintLevel::Deny if self.at_run_time => LintLevel::Warn,
                LintLevel::Forbid if self.at_run_time && is_dated => LintLevel::Warn,
                level => level,
            };
            let field = match (field, location.entry()) {
                (Some(field), _) => Some(field.name().to_owned()),
                (None, Some(entry)) => Some(view.entries[entry].name.clone()),
                (None, None) => None,
            };
            let syntax = if self.at_run_time { Syntax::Builder } else { Syntax::Macro };
            let (range, context, has_allow) =
                (view.pasted_range(location), view.context(location), view.has(Param::Allow));
            #[cfg(feature = "url")]
            let edit = edit(view, location, range.as_ref(), &help);
            // No link is pasted.
            #[cfg(not(feature = "url"))]
            let edit = None;
            self.found.push(Diagnostic {
                rule,
                level,
                location,
                field,
                range,
                message,
                help,
                context,
                edit,
                syntax,
                has_allow,
            });
        }
    }

    /// Returns all of them in reading order, and a line that says so if there are too many.
    fn into_sorted(mut self) -> Vec<Diagnostic> {
        if self.found.len() > MAX_FINDINGS {
            self.found.truncate(MAX_FINDINGS);
            if let Some(last) = self.found.last_mut() {
                last.help.note = format!("more than {MAX_FINDINGS} mistakes were found; the others are not shown");
            }
        }
        // They are few: a library's sort would only be more code to compile.
        let mut sorted: Vec<Diagnostic> = Vec::with_capacity(self.found.len());
        for diagnostic in self.found {
            let order = diagnostic.location.order();
            let index = sorted.partition_point(|earlier| earlier.location.order() <= order);
            sorted.insert(index, diagnostic);
        }
        sorted
    }
}

#[cfg(all(test, feature = "url"))]
mod tests {
    use super::*;
    use crate::draft::MAX_LINK_LEN;

    #[test]
    fn each_dropped_or_refused_parameter_of_a_pasted_link_has_one_rule() {
        for (parameter, expected) in [
            ("client_secret=x", &["client_secret_in_link"][..]),
            ("code_verifier=x", &["fixed_one_time_parameter"]),
            ("amp;state=x", &["malformed_link_encoding"]),
            ("state=x", &["dropped_link_parameter"]),
            ("consent_id=x", &["undocumented_link_parameter"]),
        ] {
            let mut draft = Draft::default();
            draft.paste(&format!(
                "https://auth.truelayer.com/?client_id=a&redirect_uri=https://a.example&scope=info&{parameter}"
            ));
            let diagnostics = draft.check().map_or_else(|diagnostics| diagnostics, |link| link.warnings);
            let found: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.rule().name).collect();
            assert_eq!(found, expected, "{parameter}");
        }
    }

    /// Links with and without what the rules of a value read.
    const LINKS: [&str; 7] = [
        "https://auth.truelayer.com/?client_id=acme-1&redirect_uri=https%3A%2F%2Fa.example&scope=info&response_type=code",
        "https://auth.truelayer-sandbox.com/?client_id=sandbox-a&redirect_uri=a.b%3A%2F&scope=info&response_type=code&providers=uk-cs-mock",
        "https://auth.truelayer.com/?client_id=acme-1&redirect_uri=https%3A%2F%2Fa.example&scope=info%20accounts&response_type=code\
            &providers=uk-ob-all%20fr-stet-all&response_mode=form_post&disable_providers=ob-monzo&new=a%20b&new=c&user_email=a%40b\
            &provider_id=ob-hsbc&language_id=en&tracking_id=1&country_id=GB",
        "http://localhost:8080/?client_id=acme-1&redirect_uri=http%3A%2F%2Flocalhost%3A1&scope=info&response_type=code&tracking_id=1",
        "/?redirect_uri=https%3A%2F%2Fa.example&scope=info&response_type=code&language_id=en",
        "/?client_id=sandbox-1&scope=info&response_type=code&response_mode=form_post",
        "/?scope=info&response_type=code",
    ];

    fn values() -> Vec<(Param, &'static str)> {
        let of =
            |param: Param| param.valid_values().iter().chain(param.invalid_values()).map(move |value| (param, *value));
        Param::ALL.into_iter().flat_map(of).collect()
    }

    fn compare(link: &str, values: &[(Param, &str)]) -> bool {
        let spliced = splice(link, values);
        if let Some(text) = &spliced {
            assert_eq!(amend_whole(link, values).as_deref().ok(), Some(&**text), "{link} {values:?}");
        }
        spliced.is_some()
    }

    #[test]
    fn a_link_with_spliced_values_is_the_link_that_was_checked_as_a_whole() {
        let mut spliced = 0;
        for link in LINKS {
            for first in values() {
                spliced += usize::from(compare(link, &[first]));
                for second in values() {
                    spliced += usize::from(compare(link, &[first, second]));
                }
            }
        }
        assert!(spliced > 1000, "{spliced}");
    }

    #[test]
    fn values_are_spliced_unless_the_link_becomes_too_long() {
        for link in &LINKS[..4] {
            let mut spliced = 0;
            for length in (1500..17_000).step_by(200) {
                spliced += usize::from(compare(link, &[(Param::TrackingId, &"é".repeat(length / 2))]));
            }
            assert!((70..78).contains(&spliced), "{link}: {spliced}");
        }
    }

    #[test]
    fn the_values_that_a_link_lacks_are_spliced() {
        let values = [(Param::ClientId, "acme-1"), (Param::RedirectUri, "https://a.example")];
        for (link, values) in [(LINKS[4], &values[..1]), (LINKS[5], &values[1..]), (LINKS[6], &values)] {
            assert!(compare(link, values), "{link}");
        }
    }

    #[test]
    fn a_new_value_in_a_valid_link_breaks_no_rule_that_is_compiled_for_new_links_only() {
        let assert_by_value = |diagnostics: &[Diagnostic]| {
            for diagnostic in diagnostics {
                assert!(!rules::IS_BY_LINK(diagnostic.rule().name), "{}: {diagnostic}", diagnostic.rule().name);
            }
            diagnostics.len()
        };
        let mut found = 0;
        for (param, value) in values() {
            // The scopes of a request for providers are checked without a link.
            if param.accepts_runtime_value() || param == Param::Scope {
                found +=
                    check_values(&[(param, value)]).map_or_else(|diagnostics| assert_by_value(&diagnostics), |()| 0);
            }
            for link in LINKS.iter().filter(|_| param.accepts_runtime_value()) {
                found += match amend_whole(link, &[(param, value)]) {
                    Ok(link) => assert_by_value(&warnings(&link)),
                    Err(diagnostics) => assert_by_value(&diagnostics),
                };
            }
        }
        assert!(found > 200, "{found}");
        assert!(rules::IS_BY_LINK("unknown_field") && !rules::IS_BY_LINK("invalid_user_email"));
    }

    #[test]
    fn each_valid_value_of_run_time_is_spliced() {
        for param in Param::ALL.into_iter().filter(|param| param.accepts_runtime_value()) {
            for value in param.valid_values() {
                let is_spliced = LINKS.iter().any(|link| compare(link, &[(param, value)]));
                assert!(is_spliced, "{} {value}", param.name());
            }
        }
    }

    #[test]
    fn a_link_that_is_incomplete_or_too_long_is_checked_as_a_whole() {
        let email = [(Param::UserEmail, "jo@example.com")];
        let link = LINKS[0];
        assert!(compare(link, &email));
        assert!(!compare(&link.replace("client_id=acme-1&", ""), &email));
        assert!(!compare(&link.replace("&redirect_uri=https%3A%2F%2Fa.example", ""), &email));
        assert!(!compare(&format!("{link}&new={}", "1".repeat(MAX_LINK_LEN)), &email));
        assert!(!compare(link, &[(Param::TrackingId, &"1".repeat(MAX_LINK_LEN))]));
        assert!(!compare(link, &[]) && !compare(link, &[email[0], email[0]]));
    }
}
