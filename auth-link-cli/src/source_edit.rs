//! Changes of a text that apply the rules' changes of a link in it.

use std::ops::Range;

use auth_link_rules::Edit;

use crate::link_match::LinkMatch;

/// A change of the text that contains a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceEdit {
    /// The bytes to replace, from the beginning of the link in the text.
    pub(crate) range: Range<usize>,
    /// The text to write instead, in the text's own escapes.
    pub(crate) text: String,
}

/// Returns the change of `text` that applies `edit` to a link in it.
///
/// There is none if it would not certainly have that effect:
///
/// - it would change a placeholder;
/// - it writes `%` into a format string such as `"…&redirect_uri=%s"`;
/// - it writes `&`, and the link does not show how the text escapes it;
/// - it writes other characters that a text may have to escape.
pub(crate) fn source_edit(text: &str, link: &LinkMatch, edit: &Edit) -> Option<SourceEdit> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%&=".contains(&byte);
    if link.has_placeholder(&edit.range) || edit.range.end > link.link.len() || !edit.text.bytes().all(is_plain) {
        return None;
    }
    let source = |range: &Range<usize>| text[link.range.clone()].get(link.source_range(range));
    let is_format = |placeholder| source(placeholder).is_some_and(|source| source.starts_with('%'));
    if edit.text.contains('%') && link.placeholders.iter().any(is_format) {
        return None;
    }
    let text = if edit.text.contains('&') {
        let at = link.link.find('&')?;
        edit.text.replace('&', source(&(at..at + 1))?)
    } else {
        edit.text.clone()
    };
    Some(SourceEdit { range: link.source_range(&edit.range), text })
}

impl SourceEdit {
    /// Applies the change to `source`, the text of the link alone. Returns the new text and the link in it.
    pub(crate) fn apply(&self, source: &str, link: &LinkMatch, edit: &Edit) -> (String, LinkMatch) {
        let mut new_source = source.to_owned();
        new_source.replace_range(self.range.clone(), &self.text);
        let mut new = link.clone();
        new.link.replace_range(edit.range.clone(), &edit.text);
        new.range = 0..new_source.len();
        // Each escape of `&` has the same length.
        let escapes = edit.text.matches('&').count();
        let escape = (self.text.len() - (edit.text.len() - escapes)).checked_div(escapes).unwrap_or(1);
        let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        let mut at = self.range.start;
        let inserted = edit.text.bytes().map(|byte| {
            let start = at;
            at += if byte == b'&' { escape } else { 1 };
            (offset(start), offset(at))
        });
        let inserted: Vec<_> = inserted.collect();
        let moved = |byte: u32| offset(byte as usize + self.text.len() - self.range.len());
        new.sources.truncate(edit.range.start);
        new.sources.extend(inserted);
        new.sources.extend(link.sources[edit.range.end..].iter().map(|&(start, end)| (moved(start), moved(end))));
        for placeholder in new.placeholders.iter_mut().filter(|placeholder| placeholder.start >= edit.range.end) {
            *placeholder = placeholder.start + edit.text.len() - edit.range.len()
                ..placeholder.end + edit.text.len() - edit.range.len();
        }
        (new_source, new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::links;
    use crate::lint::diagnostics;
    use crate::lint_options::LintOptions;

    /// Applies the first edit of the first link of a text.
    fn applied(text: &str) -> Option<String> {
        let link = links(text).remove(0);
        let found = diagnostics(&link, &LintOptions::default());
        let edit = found.iter().find_map(|diagnostic| diagnostic.edit()).unwrap_or_else(|| panic!("{text}: {found:?}"));
        let change = source_edit(text, &link, edit)?;
        let source = &text[link.range.clone()];
        let local = LinkMatch { range: 0..source.len(), ..link.clone() };
        let (new_source, new) = change.apply(source, &local, edit);
        let mut new_text = text.to_owned();
        new_text.replace_range(link.range.clone(), &new_source);
        let read = links(&new_text).remove(0);
        assert_eq!(
            (&new.link, &new.sources, &new.placeholders, new.is_open),
            (&read.link, &read.sources, &read.placeholders, read.is_open),
            "{text}"
        );
        Some(new_text)
    }

    #[test]
    fn a_change_is_written_in_the_escapes_of_the_text() {
        for (text, expected) in [
            (
                "https://auth.truelayer.com/?client_id=a&scope=INFO&redirect_uri={{ uri }}",
                "https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri={{ uri }}",
            ),
            (
                "<a href='https://auth.truelayer.com/?client_id=a&amp;scope=direct_debits&amp;redirect_uri={{ uri }}'>",
                "<a href='https://auth.truelayer.com/?client_id=a&amp;scope=direct_debits%20accounts&amp;redirect_uri={{ uri }}'>",
            ),
            (
                "<a href='https://auth.truelayer-sandbox.com/?client_id=sandbox-a&amp;scope=info&amp;redirect_uri={{ uri }}'>",
                "<a href='https://auth.truelayer-sandbox.com/?client_id=sandbox-a&amp;scope=info&amp;redirect_uri={{ uri }}&amp;providers=uk-cs-mock'>",
            ),
            (
                "{\"a\":\"https://auth.truelayer-sandbox.com/?client_id=sandbox-a\\u0026scope=info\\u0026redirect_uri={{ uri }}\"}",
                "{\"a\":\"https://auth.truelayer-sandbox.com/?client_id=sandbox-a\\u0026scope=info\\u0026redirect_uri={{ uri }}\\u0026providers=uk-cs-mock\"}",
            ),
            (
                "'https://auth.truelayer-sandbox.com/?client_id=sandbox-a&scope=info&redirect_uri=${uri}'",
                "'https://auth.truelayer-sandbox.com/?client_id=sandbox-a&scope=info&redirect_uri=${uri}&providers=uk-cs-mock'",
            ),
            (
                "'https://auth.truelayer.com/?client_id=%s&scope=INFO&redirect_uri=%s'",
                "'https://auth.truelayer.com/?client_id=%s&scope=info&redirect_uri=%s'",
            ),
            (
                "'http://auth.truelayer.com/?client_id={{id}}&scope=info&redirect_uri={{uri}}'",
                "'https://auth.truelayer.com/?client_id={{id}}&scope=info&redirect_uri={{uri}}'",
            ),
        ] {
            assert_eq!(applied(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_percent_sign_is_not_written_into_a_format_string() {
        let link = "'https://auth.truelayer.com/?client_id=%s&scope=direct_debits&redirect_uri=%s'";
        assert_eq!(applied(link), None);
    }

    #[test]
    fn a_change_that_touches_a_placeholder_has_no_place_in_the_text() {
        let link = links("https://auth.truelayer.com/?client_id={{id}}&scope=info&redirect_uri={{uri}}").remove(0);
        let edit = |range: Range<usize>| {
            let text = "https://auth.truelayer.com/?client_id=a&scope=INFO&redirect_uri={{ uri }}";
            let sample = diagnostics(&links(text)[0], &LintOptions::default());
            let mut edit = sample[0].edit().unwrap().clone();
            edit.range = range;
            edit
        };
        let text = "https://auth.truelayer.com/?client_id={{id}}&scope=info&redirect_uri={{uri}}";
        let at = link.placeholders[0].start;
        assert_eq!(source_edit(text, &link, &edit(at..at + 1)), None);
        assert_eq!(source_edit(text, &link, &edit(at - 3..at + 3)), None);
        assert!(source_edit(text, &link, &edit(at + 1..at + 3)).is_some());
    }
}
