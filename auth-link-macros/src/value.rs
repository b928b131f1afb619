//! Parses the value of a field: text, words, lists, and environment variables.

use auth_link_rules::{Param, Text, Value};
use proc_macro2::{Delimiter, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Lit, Token};

use crate::call_syntax::CallSyntax;
use crate::cursor::{
    braced, bracketed, expression, is, is_list, next, parenthesized, plain, skip, skip_while, struct_value, text_while,
    unwrap_or,
};
use crate::editor::EditorWord;
use crate::region::Region;
use crate::source::source;

/// A value and its position.
pub(crate) struct ParsedValue {
    pub(crate) value: Value,
    pub(crate) region: Region,
    pub(crate) items: Vec<Region>,
}

impl CallSyntax {
    /// Reads one value; `None` if it has an error, which is then recorded.
    pub(crate) fn value(&mut self, input: ParseStream<'_>, name: &str) -> Option<ParsedValue> {
        if input.cursor().group(Delimiter::Bracket).is_some() {
            return self.list(input, name);
        }
        if input.cursor().group(Delimiter::Brace).is_some() {
            return self.braces(input, name);
        }
        let (text, region) = self.text(input, name)?;
        Some(ParsedValue { value: Value::Text(text), region, items: Vec::new() })
    }

    /// Reads an expression, which is evaluated at run time.
    fn braces(&mut self, input: ParseStream<'_>, name: &str) -> Option<ParsedValue> {
        let (span, content) = braced(input)?;
        if content.stream().is_empty() {
            self.error(span, format!("missing expression for `{name}`"), format!("write `{name} = {{ … }}`"));
            return None;
        }
        if name == "redirect_uri" && !cfg!(feature = "builder") {
            let help = "add `features = [\"builder\"]` to the dependency, or write the text or `env!(\"NAME\")`";
            self.error(span, "`redirect_uri` in braces needs the feature `builder`", help);
        }
        if let Some(value) = struct_value(content.stream()) {
            let help = format!("write `{name} = {{ {} }}`", source(value));
            self.error(span, format!("unexpected struct syntax in the value of `{name}`"), help);
            return None;
        }
        if is_list(&content) {
            let words = source(content.stream());
            self.error(
                span,
                format!("unexpected braces around the list of `{name}`"),
                format!("write `{name} = [{words}]`"),
            );
            return None;
        }
        if accepts_runtime_value(name) {
            self.runtime_values.push((name.to_owned(), content));
        }
        Some(ParsedValue { value: Value::Runtime, region: span.into(), items: Vec::new() })
    }

    /// Reads a list in brackets.
    fn list(&mut self, input: ParseStream<'_>, name: &str) -> Option<ParsedValue> {
        let (delimiter, content) = bracketed(input)?;
        let (mut items, mut regions) = (Vec::new(), Vec::new());
        while !content.is_empty() {
            let at = content.span();
            let is_item_missing = content.peek(Token![;]);
            let (item, region) = self.text(&content, name).unwrap_or_else(|| (Text::Invalid, at.into()));
            items.push(item);
            regions.push(region);
            if !content.is_empty() && !content.peek(Token![,]) {
                let next = next(&content);
                if content.cursor().punct().is_some() && !content.peek(Token![;]) {
                    let rest = skip_while(&content, |token| !is(token, ',')).unwrap_or(next.region);
                    self.error(rest, format!("unexpected `{}` in a list", next.text), "");
                    let _: syn::Result<Token![,]> = content.parse();
                    continue;
                }
                let is_semicolon = content.parse::<Token![;]>().is_ok();
                match (is_semicolon, is_item_missing) {
                    (true, true) => {}
                    (true, false) => self.error(next.region, "expected `,` in a list, found `;`", ""),
                    (false, _) => self.error(next.region, format!("missing `,` before `{}`", next.text), ""),
                }
                continue;
            }
            let _: syn::Result<Token![,]> = content.parse();
        }
        Some(ParsedValue { value: Value::List(items), region: delimiter.into(), items: regions })
    }

    /// Reads text in quotes, a word or an environment variable.
    ///
    /// Returns `None` if it has an error, which is then recorded; the input is then at the next comma.
    fn text(&mut self, input: ParseStream<'_>, name: &str) -> Option<(Text, Region)> {
        if input.peek(Ident::peek_any) {
            return self.word(input, name);
        }
        if let Some((token, _)) = input.cursor().literal()
            && let Ok(literal) = input.parse::<Lit>()
        {
            return match literal {
                Lit::Str(_) if input.peek(Token![.]) || input.peek(Token![+]) => {
                    self.expression(input, name, Some(token.into()), format!("unexpected expression for `{name}`"));
                    None
                }
                Lit::Str(text) if text.suffix().is_empty() => Some((Text::Quoted(text.value()), text.span().into())),
                literal => {
                    let region = Region::from(literal.span());
                    // An address without quotes, such as `127.0.0.1:8080`, is several tokens.
                    let rest = text_while(input, |token| {
                        matches!(token, TokenTree::Literal(_)) || is(token, '.') || is(token, ':') || is(token, '-')
                    });
                    let (rest, last) = rest.unwrap_or((String::new(), region));
                    let literal_text = token.to_string() + &rest;
                    let plain = literal_text.split(['"', '\'']).nth(1).unwrap_or(&literal_text);
                    self.error(
                        region.to(last),
                        format!("expected text in quotes, found `{literal_text}`"),
                        format!("write `\"{plain}\"`"),
                    );
                    None
                }
            };
        }
        let at = next(input);
        if at.delimiter != Some(Delimiter::Brace) && accepts_runtime_value(name) && !is_end(input) {
            self.expression(input, name, None, format!("expected a value for `{name}`, found `{}`", at.text));
            return None;
        }
        let region = skip(input).unwrap_or(at.region);
        if at.delimiter == Some(Delimiter::Brace) {
            let help = "write its words, or `env!(\"NAME\")` in place of the list";
            self.error(at.region, format!("unexpected braces in `{name}`, which must be known at compile time"), help);
        } else {
            let message = format!("expected a value for `{name}`, found `{}`", at.text);
            self.error(region, message, "write text in quotes, a word, or a list `[one, another]`");
        }
        None
    }

    /// Reads a word, or a macro that begins with one.
    fn word(&mut self, input: ParseStream<'_>, name: &str) -> Option<(Text, Region)> {
        let word = input.call(Ident::parse_any).ok()?;
        let (text, region) = (plain(&word), Region::from(word.span()));
        // The most common case, checked first.
        if input.is_empty() || input.peek(Token![,]) {
            self.editor_word(|| EditorWord::of_word(name, &text, region.first));
            return Some((Text::Word(text), region));
        }
        if input.peek(Token![!]) && !input.peek(Token![!=]) {
            return self.macro_call(input, name, word);
        }
        if input.peek(Token![-]) {
            let rest = text_while(input, |token| {
                matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_)) || is(token, '-')
            });
            let (rest, last) = rest.unwrap_or((String::new(), region));
            let whole = text + &rest;
            if name == Param::LanguageId.name() {
                // The rule names the language without its region.
                return Some((Text::Quoted(whole), region.to(last)));
            }
            let word = whole.replace('-', "_");
            let help = if name.contains("provider") {
                format!("write `{word}`, or `\"{whole}\"` in quotes")
            } else if takes_text(name) {
                format!("write `{name} = \"{whole}\"`")
            } else {
                format!("write `{word}`")
            };
            self.error(region.to(last), format!("unexpected `-` in `{whole}`"), help);
            return None;
        }
        if takes_text(name) && (input.peek(Token![@]) || (input.peek(Token![:]) && !input.peek(Token![::]))) {
            // The slashes of an address begin a comment, which may hide the fields after them.
            self.has_lost_names |= input.peek(Token![:]);
            let sign = next(input).text;
            let last = skip(input).unwrap_or(region);
            let message = format!("expected text in quotes, found `{text}{sign}…`");
            self.error(region.to(last), message, format!("write `{name} = \"{text}{sign}…\"`"));
            return None;
        }
        if is_expression(&text, input) {
            self.expression(input, name, Some(word.into()), format!("unexpected expression for `{name}`"));
            return None;
        }
        self.editor_word(|| EditorWord::of_word(name, &text, region.first));
        Some((Text::Word(text), region))
    }

    /// Reads an expression after its first token, if it has one, and records it as an error.
    fn expression(&mut self, input: ParseStream<'_>, name: &str, first: Option<TokenTree>, message: String) {
        let tokens = expression(input, first);
        let region = Region::of(tokens.iter().cloned()).unwrap_or_else(|| next(input).region);
        self.error(region, message, expression_help(name, &tokens));
    }

    /// Reads a macro call after its name.
    fn macro_call(&mut self, input: ParseStream<'_>, name: &str, word: Ident) -> Option<(Text, Region)> {
        let (called, region) = (plain(&word), Region::from(word.span()));
        if called != "env" && called != "option_env" {
            self.expression(input, name, Some(word.into()), format!("unexpected macro `{called}!`"));
            return None;
        }
        let _: syn::Result<Token![!]> = input.parse();
        let argument_region = next(input).region;
        let argument = parenthesized(input);
        let whole = region.to(argument_region);
        let Some(Ok(variable)) = &argument else {
            skip(input);
            let help = if called == "env" {
                "write `env!(\"NAME\")`; for a default, `option_env!(\"NAME\").unwrap_or(\"…\")`"
            } else {
                "write `option_env!(\"NAME\").unwrap_or(\"…\")`"
            };
            self.error(whole, format!("expected the name of one variable in `{called}!`"), help);
            return None;
        };
        let value = std::env::var(variable.value());
        self.variables.push(variable.value());
        if called == "option_env" {
            let Some((default, last)) = unwrap_or(input) else {
                let whole = skip(input).map_or(whole, |last| whole.to(last));
                let help = format!("write `option_env!({}).unwrap_or(\"…\")`", variable.token());
                self.error(whole, "expected a default for `option_env!`", help);
                return None;
            };
            return Some((Text::Quoted(value.unwrap_or(default)), whole.to(last)));
        }
        match value {
            Ok(value) => Some((Text::Quoted(value), whole)),
            Err(error) => {
                let (kind, help) = match error {
                    std::env::VarError::NotPresent => (
                        "missing",
                        format!(
                            "set it at compile time, or write `option_env!({}).unwrap_or(\"…\")`",
                            variable.token()
                        ),
                    ),
                    std::env::VarError::NotUnicode(_) => ("unreadable", "set it to text in UTF-8".to_owned()),
                };
                self.error(variable.span(), format!("{kind} environment variable `{}`", variable.value()), help);
                if let Some(error) = self.errors.last_mut() {
                    error.hide_in_editor = true;
                }
                None
            }
        }
    }
}

/// Returns whether the field takes text in quotes, and no words.
fn takes_text(name: &str) -> bool {
    Param::from_name(name).is_none_or(Param::takes_text)
}

/// Returns whether the field accepts a value in braces.
fn accepts_runtime_value(name: &str) -> bool {
    Param::from_name(name).is_some_and(|param| {
        param.accepts_runtime_value() && (param != Param::RedirectUri || cfg!(feature = "builder"))
    })
}

/// Returns whether the value has ended.
fn is_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,]) || input.peek(Token![;])
}

/// Returns whether an expression has begun with the word before the input, so that the word is no value.
fn is_expression(word: &str, input: ParseStream<'_>) -> bool {
    let is_group = |delimiter| input.cursor().group(delimiter).is_some();
    let is_continued = || match input.cursor().punct() {
        Some((sign, _)) => input.peek(Token![::]) || ".?+*/%&|<>".contains(sign.as_char()),
        None => [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket].into_iter().any(is_group),
    };
    matches!(word, "if" | "match" | "unsafe" | "loop" | "while" | "for" | "move") && !is_end(input) || is_continued()
}

/// Returns the help for an expression in place of a value.
fn expression_help(name: &str, tokens: &[TokenTree]) -> String {
    let text = |tokens: &[TokenTree]| source(tokens.iter().cloned());
    let block = tokens.iter().position(|token| is_group(token, Delimiter::Brace));
    match (tokens, block) {
        // A call in each branch is still checked at compile time.
        ([TokenTree::Ident(word), ..], Some(block)) if word == "if" => {
            format!(
                "write `{} {{ auth_link!(…) }} else {{ auth_link!(…) }}`: a call takes no condition",
                text(&tokens[..block])
            )
        }
        ([TokenTree::Punct(sign), literal @ TokenTree::Literal(_)], _) if sign.as_char() == '&' => {
            format!("write `{name} = {literal}`")
        }
        // `"text".to_owned()`
        ([literal @ TokenTree::Literal(_), dot, TokenTree::Ident(_), TokenTree::Group(arguments)], _)
            if is(dot, '.') && arguments.stream().is_empty() =>
        {
            format!("write `{name} = {literal}`")
        }
        ([TokenTree::Literal(_), sign, TokenTree::Literal(_), ..], _) if is(sign, '+') => {
            format!("write one text: `{name} = \"…\"`")
        }
        ([TokenTree::Ident(word), TokenTree::Group(fields)], Some(1)) if word != "unsafe" && word != "loop" => {
            let value = struct_value(fields.stream()).unwrap_or_else(|| fields.stream());
            format!("write one text: `{name} = {{ {} }}`", source(value))
        }
        _ if accepts_runtime_value(name) => format!(
            "write the text in quotes, or `{name} = {{ {} }}` for a value of run time; the call is then a `Result`, which a \
             `static` holds in a `LazyLock`",
            text(tokens)
        ),
        _ => "write text in quotes, a word, or `env!(\"NAME\")`: a macro cannot evaluate other code".to_owned(),
    }
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}
