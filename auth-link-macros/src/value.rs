//! The value of a field: text, words, lists, and what is read from the environment.

use auth_link_rules::{Param, Text, Value};
use proc_macro2::{Delimiter, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Lit, Token};

use crate::assist::Place;
use crate::cursor::{braced, bracketed, is, is_list, next, parenthesized, plain, skip, skip_while, unwrap_or};
use crate::region::Region;
use crate::syntax::LinkSyntax;

/// A value and where it stands.
pub(crate) struct Found {
    pub(crate) value: Value,
    pub(crate) region: Region,
    pub(crate) items: Vec<Region>,
}

impl LinkSyntax {
    /// Reads one value; `None` once its fault is told.
    pub(crate) fn value(&mut self, input: ParseStream<'_>, name: &str) -> Option<Found> {
        if input.cursor().group(Delimiter::Bracket).is_some() {
            return self.list(input, name);
        }
        if input.cursor().group(Delimiter::Brace).is_some() {
            return self.braces(input, name);
        }
        let (text, region) = self.text(input, name)?;
        Some(Found { value: Value::Text(text), region, items: Vec::new() })
    }

    /// Reads an expression, which is evaluated at run time.
    fn braces(&mut self, input: ParseStream<'_>, name: &str) -> Option<Found> {
        let (span, content) = braced(input)?;
        if content.stream().is_empty() {
            self.fault(span, format!("missing expression for `{name}`"), format!("write `{name} = {{ … }}`"));
            return None;
        }
        if name == "redirect_uri" && !cfg!(feature = "builder") {
            let help = "add `features = [\"builder\"]` to the dependency, or write the text or `env!(\"NAME\")`";
            self.fault(span, "`redirect_uri` in braces needs the feature `builder`", help);
        }
        if is_list(&content) {
            let words = content.stream().to_string();
            self.fault(
                span,
                format!("unexpected braces around the list of `{name}`"),
                format!("write `{name} = [{words}]`"),
            );
            return None;
        }
        if may_be_later(name) {
            self.later.push((name.to_owned(), content));
        }
        Some(Found { value: Value::Later, region: span.into(), items: Vec::new() })
    }

    fn list(&mut self, input: ParseStream<'_>, name: &str) -> Option<Found> {
        let (delimiter, content) = bracketed(input)?;
        let (mut items, mut regions) = (Vec::new(), Vec::new());
        while !content.is_empty() {
            let at = content.span();
            let is_lacking = content.peek(Token![;]);
            let (item, region) = self.text(&content, name).unwrap_or_else(|| (Text::Unreadable, at.into()));
            items.push(item);
            regions.push(region);
            if !content.is_empty() && !content.peek(Token![,]) {
                let next = next(&content);
                let is_semicolon = content.parse::<Token![;]>().is_ok();
                match (is_semicolon, is_lacking) {
                    (true, true) => {}
                    (true, false) => self.fault(next.region, "expected `,` in a list, found `;`", ""),
                    (false, _) => self.fault(next.region, format!("missing `,` before `{}`", next.text), ""),
                }
                continue;
            }
            let _: syn::Result<Token![,]> = content.parse();
        }
        Some(Found { value: Value::List(items), region: delimiter.into(), items: regions })
    }

    /// Reads text in quotes, a word, or what stands for text; `None` once its fault is told, with the input at the next comma.
    fn text(&mut self, input: ParseStream<'_>, name: &str) -> Option<(Text, Region)> {
        if input.peek(Ident::peek_any) {
            return self.word(input, name);
        }
        if input.cursor().literal().is_some()
            && let Ok(literal) = input.parse::<Lit>()
        {
            return match literal {
                Lit::Str(text) if text.suffix().is_empty() => Some((Text::Quoted(text.value()), text.span().into())),
                literal => {
                    let written = literal.to_token_stream().to_string();
                    let plain = written.split('"').nth(1).unwrap_or(&written);
                    self.fault(
                        literal.span(),
                        format!("expected text in quotes, found `{written}`"),
                        format!("write `\"{plain}\"`"),
                    );
                    None
                }
            };
        }
        let at = next(input);
        let region = skip(input).unwrap_or(at.region);
        if at.delimiter == Some(Delimiter::Brace) {
            let help = "write its words, or `env!(\"NAME\")` in place of the list";
            self.fault(at.region, format!("unexpected braces in `{name}`, which is settled when compiling"), help);
        } else {
            let fault = format!("expected a value for `{name}`, found `{}`", at.text);
            let help = if may_be_later(name) {
                evaluated(name)
            } else {
                "write text in quotes, a word, or a list `[one, another]`".to_owned()
            };
            self.fault(region, fault, help);
        }
        None
    }

    fn word(&mut self, input: ParseStream<'_>, name: &str) -> Option<(Text, Region)> {
        let word = input.call(Ident::parse_any).ok()?;
        let (text, region) = (plain(&word), Region::from(word.span()));
        // Mostly it stands by itself.
        if input.is_empty() || input.peek(Token![,]) {
            self.place(|| Place::of_word(name, &text, region.first));
            return Some((Text::Word(text), region));
        }
        if input.peek(Token![!]) && !input.peek(Token![!=]) {
            return self.macro_call(input, name, &text, region);
        }
        if input.peek(Token![-]) {
            let rest = skip_while(input, |token| {
                matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_)) || is(token, '-')
            });
            let (rest, last) = rest.unwrap_or((String::new(), region));
            let whole = text + &rest;
            let word = whole.replace('-', "_");
            let help = if name.contains("provider") {
                format!("write `{word}`, or `\"{whole}\"` in quotes")
            } else {
                format!("write `{word}`")
            };
            self.fault(region.to(last), format!("unexpected `-` in `{whole}`"), help);
            return None;
        }
        if input.peek(Token![::]) || input.peek(Token![.]) || input.cursor().group(Delimiter::Parenthesis).is_some() {
            let last = skip(input).unwrap_or(region);
            self.fault(region.to(last), format!("unexpected expression for `{name}`"), evaluated(name));
            return None;
        }
        self.place(|| Place::of_word(name, &text, region.first));
        Some((Text::Word(text), region))
    }

    /// Reads what follows the name of a macro.
    fn macro_call(
        &mut self,
        input: ParseStream<'_>,
        name: &str,
        called: &str,
        region: Region,
    ) -> Option<(Text, Region)> {
        let _: syn::Result<Token![!]> = input.parse();
        let place = next(input).region;
        let argument = parenthesized(input);
        let whole = region.to(place);
        let variable = match (called, &argument) {
            ("env" | "option_env", Some(Ok(variable))) => variable,
            ("env" | "option_env", _) => {
                skip(input);
                let help = match called {
                    "env" => "write `env!(\"NAME\")`; for a default, `option_env!(\"NAME\").unwrap_or(\"…\")`",
                    _ => "write `option_env!(\"NAME\").unwrap_or(\"…\")`",
                };
                self.fault(whole, format!("expected the name of one variable in `{called}!`"), help);
                return None;
            }
            _ => {
                let whole = skip(input).map_or(whole, |last| whole.to(last));
                self.fault(whole, format!("unexpected macro `{called}!`"), evaluated(name));
                return None;
            }
        };
        let value = std::env::var(variable.value());
        self.variables.push(variable.value());
        if called == "option_env" {
            let Some((default, last)) = unwrap_or(input) else {
                let whole = skip(input).map_or(whole, |last| whole.to(last));
                let help = format!("write `option_env!({}).unwrap_or(\"…\")`", variable.token());
                self.fault(whole, "expected a default for `option_env!`", help);
                return None;
            };
            return Some((Text::Quoted(value.unwrap_or(default)), whole.to(last)));
        }
        match value {
            Ok(value) => Some((Text::Quoted(value), whole)),
            Err(fault) => {
                let (kind, help) = match fault {
                    std::env::VarError::NotPresent => (
                        "missing",
                        format!("set it when compiling, or write `option_env!({}).unwrap_or(\"…\")`", variable.token()),
                    ),
                    std::env::VarError::NotUnicode(_) => ("unreadable", "set it to text in UTF-8".to_owned()),
                };
                self.fault(variable.span(), format!("{kind} environment variable `{}`", variable.value()), help);
                if let Some(fault) = self.faults.last_mut() {
                    fault.is_of_build = true;
                }
                None
            }
        }
    }
}

fn may_be_later(name: &str) -> bool {
    Param::named(name).is_some_and(Param::may_be_later)
}

/// What to write for a value that only other code knows.
fn evaluated(name: &str) -> String {
    if may_be_later(name) {
        format!("write the text itself, or `{name} = {{ … }}` for what is known only at run time")
    } else {
        "write the text itself, or `env!(\"…\")`: a macro cannot see what other code evaluates to".to_owned()
    }
}
