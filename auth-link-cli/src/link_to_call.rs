//! Converts a link to the `auth_link!` call that makes it.

use auth_link_rules::{Diagnostic, Draft, Entry, Param, Text, Value};

use crate::lint_options::LintOptions;
use crate::macro_call;
use crate::output::{Failure, note};
use crate::redact::{Redacted, has_secret};

/// The note about a mail address that a conversion leaves out.
pub(crate) const USER_EMAIL_LEFT_OUT: &str =
    "note: `user_email` is left out; add it for each user: `LINK.with_user_email(…)`\n";

/// Returns the link in its canonical form and the call that makes it; `None` if the link has errors.
///
/// # Errors
///
/// Returns an error if no call makes the link, or if the result contains a secret.
pub(crate) fn link_to_call(link: &str, options: &LintOptions) -> Result<Option<(String, String)>, Failure> {
    let Ok(checked) = options.draft(link).check() else { return Ok(None) };
    let mut canonical = Draft::default();
    canonical.paste(&checked.text);
    let mut fields = Draft::default();
    for entry in canonical.entries() {
        if let Some(field) = field(entry) {
            fields.push(field);
        }
    }
    options.complete(&mut fields);
    let text = |fields: &Draft| fields.check().map(|checked| checked.text);
    if canonical.entries().iter().any(is_personal) {
        note(USER_EMAIL_LEFT_OUT);
    } else if text(&fields).is_ok_and(|text| text != checked.text) {
        // The client id does not imply the environment of the host.
        let sandbox = Value::Text(Text::Word("sandbox".to_owned()));
        fields.push(Entry::new(Param::Environment.name().to_owned(), false, sandbox));
    }
    match text(&fields) {
        Ok(link) => {
            let call = macro_call::write(fields.entries());
            check_public(&link)?;
            Ok(Some((link, call)))
        }
        Err(diagnostics) => {
            let message = diagnostics
                .iter()
                .find(|diagnostic| !diagnostic.is_warning())
                .map_or_else(String::new, Diagnostic::to_string);
            let message = Redacted::new(link).redact(message.lines().next().unwrap_or_default());
            Err(Failure::new(format!("no macro call makes this link: {message}"), "correct the link first"))
        }
    }
}

/// Returns whether the entry belongs to one user, so that no conversion keeps it.
pub(crate) fn is_personal(entry: &Entry) -> bool {
    entry.param() == Some(Param::UserEmail)
}

/// Checks that a link contains no secret, so that it may be printed.
///
/// # Errors
///
/// Returns an error if it contains a secret or a mail address.
pub(crate) fn check_public(link: &str) -> Result<(), Failure> {
    if !has_secret(link) {
        return Ok(());
    }
    let message = "the result contains a secret or a mail address, which is not printed";
    Err(Failure::new(message, "remove it and try again"))
}

/// Converts a parameter of a canonical link to a field of a call; `None` for a parameter that no call writes.
fn field(entry: &Entry) -> Option<Entry> {
    let Value::Text(Text::Quoted(text)) = &entry.value else { return None };
    let param = entry.param();
    let value = match param {
        Some(Param::ResponseType | Param::Environment | Param::UserEmail) => return None,
        Some(param) if param.is_list() => {
            Value::List(text.split(' ').map(|word| Text::Quoted(word.to_owned())).collect())
        }
        _ => Value::Text(Text::Quoted(text.clone())),
    };
    Some(Entry::new(entry.name.clone(), entry.quoted, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns links with every kind of field, in both orders.
    fn links() -> impl Iterator<Item = String> {
        let optional = [
            "provider_id=ob-monzo&providers=uk-ob-all",
            "providers=uk-ob-monzo%20ob-new-bank%20ob-monzo%20uk-ob-all&provider_id=ob-monzo",
            "country_id=GB",
            "country_id=xx",
            "language_id=it",
            "language_id=zz",
            "response_mode=form_post",
            "disable_providers=ob-tsb%20ob-rbs",
            "tracking_id=a%22b%5Cc%20%C3%A9%7B%7D",
            "consent_id=x%26y%3D%2B",
            "dark+mode=",
            "code_challenge_method=S256",
        ];
        let is_once = |set: &usize| [0b11, 0b11 << 2, 0b11 << 4].iter().all(|twice| set & twice != *twice);
        (0..1_usize << optional.len()).filter(is_once).map(move |set| {
            let chosen = (0..optional.len()).filter(|index| set >> index & 1 == 1).map(|index| optional[index]);
            let mut parts: Vec<_> = ["scope=accounts+balance%20accounts", "client_id=acme-7d2f1a"].into();
            parts.extend(chosen);
            parts.push("redirect_uri=com.example.app%3A%2Fcb%3Fx%3D%2522&state=gone");
            if set % 3 == 0 {
                parts.reverse();
            }
            let sandbox = if set % 5 == 0 { "-sandbox" } else { "" };
            format!("https://auth.truelayer{sandbox}.com/?{}", parts.join("&"))
        })
    }

    #[test]
    fn a_call_makes_the_link_that_it_was_converted_from() {
        let options = LintOptions {
            allow: vec!["sandbox_without_mock_bank".to_owned(), "country_without_providers".to_owned()],
            catalogue: None,
        };
        let mut compared = 0;
        for link in links().step_by(3) {
            // A form cannot be posted to an app's own scheme.
            let link = if link.contains("form_post") {
                link.replace("com.example.app%3A", "https%3A%2F%2Fa.example")
            } else {
                link
            };
            let checked = options.draft(&link).check().unwrap_or_else(|diagnostics| panic!("{link}: {diagnostics:?}"));
            let (canonical, written) = link_to_call(&link, &options).unwrap().expect("a call");
            assert_eq!(canonical, checked.text);
            let mut calls = macro_call::read(&written, true);
            assert_eq!(calls.len(), 1);
            let call = calls.remove(0).unwrap();
            assert_eq!(call.draft.check().unwrap().text, canonical, "{written}");
            let (again, same) = link_to_call(&canonical, &options).unwrap().expect("a call");
            assert_eq!((again, same), (canonical, written));
            compared += 1;
        }
        assert!(compared > 500, "{compared}");
    }

    #[test]
    fn a_link_that_no_call_makes_is_refused() {
        let link = "https://auth.truelayer.com/?scope=info&client_id=a&redirect_uri=https%3A%2F%2Fa.example%2F&x=1&x=2";
        let failure = link_to_call(link, &LintOptions::default()).unwrap_err();
        assert!(format!("{failure:?}").contains("no macro call makes this link: duplicate `x`"), "{failure:?}");
    }

    #[test]
    fn a_link_with_a_secret_is_not_converted() {
        let link = "https://auth.truelayer.com/?scope=info&client_id=a&redirect_uri=https%3A%2F%2Fa.example%2F&email=a%40b.example";
        let failure = link_to_call(link, &LintOptions::default()).unwrap_err();
        assert!(format!("{failure:?}").contains("the result contains a secret"), "{failure:?}");
    }
}
