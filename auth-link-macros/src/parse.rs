//! Parses a macro call: `name = value, …`. The rules check the names and values afterwards.
//!
//! Parsing is total: after an error it continues at the next comma, so that one run reports every mistake.

use auth_link_rules::{Draft, Entry, Param, Text, Value};
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, LitStr, Token};

use crate::call_syntax::{CallSyntax, FieldRegions, PastedLink};
use crate::cursor::{attribute, is, is_list, is_text, name, next, skip, skip_while, starts_field, take, text_while};
use crate::editor::{EditorWord, Reader};
use crate::plain;
use crate::region::Region;
use crate::value::ParsedValue;

/// Parses a macro call: the facade's `$crate`, then the fields.
pub(crate) fn parse(tokens: TokenStream, reader: Reader) -> CallSyntax {
    let mut link = CallSyntax {
        pasted: None,
        draft: Draft::default(),
        fields: Vec::new(),
        errors: Vec::new(),
        has_lost_names: false,
        facade: Ident::new("auth_link", Span::mixed_site()),
        variables: Vec::new(),
        runtime_values: Vec::new(),
        editor_words: (reader == Reader::Editor).then(Vec::new),
        has_braces: false,
        tokens: tokens.into_iter().collect(),
    };
    let rest = link.read_plain();
    if rest < link.tokens.len() {
        let tokens = link.tokens[rest..].iter().cloned().collect();
        let read = |input: ParseStream<'_>| {
            if rest == 0 {
                link.facade = input.call(Ident::parse_any)?;
            }
            link.read(input, rest <= 1);
            Ok(())
        };
        if let Err(error) = read.parse2(tokens) {
            link.error(error.span(), error.to_string(), "");
        }
    }
    // After an error, fields may be missing from the draft, so all tokens are searched for braces.
    link.has_braces = if link.errors.is_empty() {
        link.draft.entries().iter().any(|entry| matches!(entry.value, Value::Runtime))
    } else {
        has_braces(link.tokens.iter().cloned(), false)
    };
    link
}

impl CallSyntax {
    /// Reads `$crate`, the pasted link and the fields that are plain; returns the number of their tokens.
    ///
    /// For an editor it reads none: the parser takes note of each word.
    fn read_plain(&mut self) -> usize {
        let [TokenTree::Ident(facade), rest @ ..] = &self.tokens[..] else { return 0 };
        if self.editor_words.is_some() {
            return 0;
        }
        self.facade = facade.clone();
        let mut rest = rest;
        if let Some((link, after)) = plain::pasted_link(rest) {
            self.draft.paste(&link.text);
            self.pasted = Some(link);
            rest = after;
        }
        while let Some(((entry, regions), after)) = plain::field(rest) {
            self.draft.push(entry);
            self.fields.push(regions);
            rest = after;
        }
        self.tokens.len() - rest.len()
    }

    /// Reads the pasted link, if the call starts here, and all fields.
    fn read(&mut self, input: ParseStream<'_>, is_start: bool) {
        if is_start && is_text(input) && !starts_field(input) {
            if let Ok(link) = input.parse::<LitStr>() {
                self.draft.paste(&link.value());
                self.pasted = Some(PastedLink { text: link.value(), literal: link.token() });
            }
            self.comma(input);
        }
        while !input.is_empty() {
            self.field(input);
            self.comma(input);
        }
        self.editor_word(|| Some(EditorWord::after_fields()));
    }

    /// Reads the comma after a value.
    fn comma(&mut self, input: ParseStream<'_>) {
        if input.is_empty() || (input.peek(Token![,]) && input.parse::<Token![,]>().is_ok()) {
            return;
        }
        let next = next(input);
        if input.parse::<Token![;]>().is_ok() {
            return self.error(next.region, "expected `,` between fields, found `;`", "");
        }
        if starts_field(input) {
            return self.error(next.region, format!("missing `,` before `{}`", next.text), "");
        }
        let rest = skip(input).unwrap_or(next.region);
        let last = self.draft.entries().last().and_then(Entry::param);
        let help = match last.filter(|param| param.is_list()) {
            Some(param) => {
                format!("write `,` and the next field; a list is in brackets: `{} = [one, another]`", param.name())
            }
            None => "write `,` and the next field".to_owned(),
        };
        self.error(rest, format!("unexpected `{}` after a value", next.text), help);
        self.comma(input);
    }

    /// Reads one field, up to the comma after it.
    fn field(&mut self, input: ParseStream<'_>) {
        let has_attribute = self.attributes(input);
        if has_attribute && input.is_empty() {
            return;
        }
        let Some((name, region, quoted)) = name(input) else {
            let next = next(input);
            if next.text == ";" {
                return;
            }
            let region = skip(input).unwrap_or(next.region);
            self.has_lost_names |= next.text != ",";
            let message = format!("expected a field, found `{}`", next.text);
            return self.error(region, message, "write `name = value`, such as `scope = [accounts, balance]`");
        };
        if !quoted && (name == "https" || name == "http") && input.peek(Token![:]) {
            // Its slashes begin a comment, which may hide the fields after them.
            self.has_lost_names = true;
            let last = skip(input).unwrap_or(region);
            let help = "write it in quotes, as a field: `redirect_uri = \"…\"`";
            return self.error(region.to(last), format!("expected a field, found the URL `{name}:…`"), help);
        }
        let (name, region) = self.whole_name(input, name, region);
        if !quoted {
            self.editor_word(|| Some(EditorWord::of_field(&name, region.first)));
        }
        let value = if self.equals(input, &name, region, quoted) {
            self.value(input, &name)
        } else if Param::from_name(&name).is_some() || quoted {
            skip(input);
            None
        } else {
            // The tokens after an unknown word may belong to it, so a name among them starts no field.
            skip_while(input, |token| !is(token, ','));
            None
        };
        if !quoted {
            self.editor_word(|| EditorWord::after_words(&name));
        }
        match value {
            // Fields with attributes are alternatives of one field, no duplicates.
            Some(_) if has_attribute && self.draft.entries().iter().any(|entry| entry.name == name) => {}
            Some(ParsedValue { value, region: value_region, items }) => {
                self.draft.push(Entry::new(name, quoted, value));
                self.fields.push(FieldRegions { name: region, value: value_region, items });
            }
            None => self.unreadable(name, region, quoted),
        }
    }

    /// Reads the attributes before a field; returns whether it has any.
    fn attributes(&mut self, input: ParseStream<'_>) -> bool {
        let mut has_attribute = false;
        while let Some((region, name)) = attribute(input) {
            has_attribute = true;
            if name == "doc" {
                self.error(region, "unexpected documentation comment on a field", "write a comment: `// …`");
            } else {
                let help = "write one link for each case, and the attribute on its item: `#[cfg(…)] static LINK: AuthLink = auth_link!(…);`";
                self.error(region, "unexpected attribute on a field", help);
            }
        }
        has_attribute
    }

    /// Reads the rest of a name that was written with hyphens.
    fn whole_name(&mut self, input: ParseStream<'_>, name: String, region: Region) -> (String, Region) {
        if !input.peek(Token![-]) || input.peek(Token![->]) {
            return (name, region);
        }
        let rest = text_while(input, |token| matches!(token, TokenTree::Ident(_)) || is(token, '-'));
        let (rest, last) = rest.unwrap_or((String::new(), region));
        let (whole, region) = (name + &rest, region.to(last));
        let word = whole.replace('-', "_").replace("r#", "");
        self.error(region, format!("unexpected `-` in `{whole}`"), format!("write `{word}`"));
        (word, region)
    }

    /// Adds a field whose value has an error, so that the rules do not report it as missing.
    fn unreadable(&mut self, name: String, region: Region, quoted: bool) {
        if !quoted && Param::from_name(&name).is_none() {
            self.has_lost_names = true;
            return;
        }
        self.draft.push(Entry::new(name, quoted, Value::Text(Text::Invalid)));
        self.fields.push(FieldRegions { name: region, value: region, items: Vec::new() });
    }

    /// Reads the `=` of a field; returns `false` if no value follows.
    fn equals(&mut self, input: ParseStream<'_>, name: &str, region: Region, quoted: bool) -> bool {
        let is_plain = input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>]);
        let shown = || if quoted && Param::from_name(name).is_none() { format!("\"{name}\"") } else { name.to_owned() };
        if is_plain && input.parse::<Token![=]>().is_ok() && !input.is_empty() && !input.peek(Token![,]) {
            if input.peek(Token![=]) {
                let second = next(input).region;
                skip_while(input, |token| is(token, '='));
                self.error(second, format!("expected a value for `{}`, found `=`", shown()), "remove the second `=`");
            }
            return !input.is_empty();
        }
        let shown = shown();
        let help = format!("write `{shown} = …`");
        if is_plain {
            self.error(region, format!("missing value for `{shown}`"), help);
            return false;
        }
        for sign in ["==", "=>", "->", ":=", ":"] {
            if let Some(region) = take(input, sign) {
                self.error(region, format!("expected `=` after `{shown}`, found `{sign}`"), help);
                return !input.is_empty();
            }
        }
        match input.is_empty() || input.peek(Token![,]) {
            true if quoted => {
                let help = "write `name = value`, such as `scope = [accounts, balance]`";
                self.has_lost_names = true;
                self.error(region, "expected a field, found text", help);
            }
            true if Param::from_name(name).is_none() => {
                let help = format!("{help}; a list is in brackets, `[one, another]`");
                self.error(region, format!("missing value for `{shown}`"), help);
            }
            true => self.error(region, format!("missing value for `{shown}`"), help),
            false => {
                let next = next(input);
                self.error(next.region, format!("expected `=` after `{shown}`, found `{}`", next.text), help);
            }
        }
        false
    }
}

/// Returns whether the tokens have a value in braces, also in lists and in the groups that `macro_rules` makes.
///
/// The braces of an expression, such as those of an `if` or of a struct, are no value.
fn has_braces(tokens: impl IntoIterator<Item = TokenTree>, mut is_value: bool) -> bool {
    for token in tokens {
        let is_found = match &token {
            TokenTree::Group(group) => match group.delimiter() {
                Delimiter::Brace => is_value && !is_list(group),
                Delimiter::Bracket => has_braces(group.stream(), true),
                Delimiter::None => has_braces(group.stream(), is_value),
                Delimiter::Parenthesis => false,
            },
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        if is_found {
            return true;
        }
        is_value = match &token {
            TokenTree::Punct(sign) => matches!(sign.as_char(), '=' | ':' | '>' | ','),
            // The `=` is missing.
            TokenTree::Ident(word) => Param::from_name(&word.to_string()).is_some(),
            TokenTree::Group(_) | TokenTree::Literal(_) => false,
        };
    }
    false
}
