//! The shape of a macro call: `name = value, …`, whatever the names and values are.
//!
//! Parsing is total: after a fault it goes on at the next comma, so that every mistake is told in one run.

use auth_link_rules::{Entry, Param, Text, Value};
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, Lit, LitBool, LitStr, Token};

/// One macro call.
pub(crate) struct LinkSyntax {
    /// Its fields, in order.
    pub(crate) fields: Vec<Field>,
    /// What could not be read.
    pub(crate) faults: Vec<Fault>,
    /// A field's name was lost to a fault, so that none can be called missing.
    pub(crate) has_lost_names: bool,
    /// Where this crate's facade is, if it was renamed.
    pub(crate) facade: Option<TokenStream>,
    /// The environment variables that it reads.
    pub(crate) variables: Vec<String>,
    /// All of it.
    pub(crate) region: Region,
}

/// One field, and where it stands.
pub(crate) struct Field {
    pub(crate) entry: Entry,
    pub(crate) name: Region,
    pub(crate) value: Region,
    /// The items of a list.
    pub(crate) items: Vec<Region>,
}

/// A fault of the shape.
#[derive(Clone)]
pub(crate) struct Fault {
    pub(crate) region: Region,
    pub(crate) message: String,
    /// How many fields stand before it.
    pub(crate) after: usize,
}

/// Tokens in a row: the first and the last.
#[derive(Clone, Copy)]
pub(crate) struct Region {
    pub(crate) first: Span,
    pub(crate) last: Span,
}

impl From<Span> for Region {
    fn from(span: Span) -> Self {
        Self {
            first: span,
            last: span,
        }
    }
}

/// Reads a macro call.
pub(crate) fn parse(tokens: TokenStream) -> LinkSyntax {
    let region = Region::of(tokens.clone()).unwrap_or_else(|| Span::call_site().into());
    let mut link = LinkSyntax {
        fields: Vec::new(),
        faults: Vec::new(),
        has_lost_names: false,
        facade: None,
        variables: Vec::new(),
        region,
    };
    let read = |input: ParseStream<'_>| {
        link.read(input);
        Ok(())
    };
    if let Err(error) = read.parse2(tokens) {
        link.fault(error.span(), error.to_string(), "");
    }
    link
}

impl Region {
    fn of(tokens: TokenStream) -> Option<Self> {
        let mut tokens = tokens.into_iter().map(|token| token.span());
        let first = tokens.next()?;
        Some(Self {
            first,
            last: tokens.last().unwrap_or(first),
        })
    }

    fn to(self, last: Self) -> Self {
        Self {
            first: self.first,
            last: last.last,
        }
    }
}

/// A value and where it stands.
struct Found {
    value: Value,
    region: Region,
    items: Vec<Region>,
}

impl LinkSyntax {
    fn fault(&mut self, region: impl Into<Region>, fault: impl Into<String>, help: impl AsRef<str>) {
        let mut message = fault.into();
        if !help.as_ref().is_empty() {
            message = message + "\nhelp: " + help.as_ref();
        }
        self.faults.push(Fault {
            region: region.into(),
            message,
            after: self.fields.len(),
        });
    }

    fn read(&mut self, input: ParseStream<'_>) {
        while !input.is_empty() {
            self.field(input);
            if input.is_empty() {
                break;
            }
            if !input.peek(Token![,]) {
                let next = next(input);
                if starts_field(input) {
                    self.fault(next.region, format!("missing `,` before `{}`", next.text), "");
                    continue;
                }
                let rest = skip(input).unwrap_or(next.region);
                self.fault(
                    rest,
                    format!("unexpected `{}` after a value", next.text),
                    "write `,` and the next field",
                );
            }
            let _: syn::Result<Token![,]> = input.parse();
        }
    }

    /// Reads one field, up to the comma after it.
    fn field(&mut self, input: ParseStream<'_>) {
        let Some((name, region, quoted)) = name(input) else {
            let next = next(input);
            let region = skip(input).unwrap_or(next.region);
            self.has_lost_names |= next.text != ",";
            let fault = format!("expected a field, found `{}`", next.text);
            return self.fault(
                region,
                fault,
                "write `name = value`, such as `scope = [accounts, balance]`",
            );
        };
        if !self.equals(input, &name, region, quoted) {
            skip(input);
            self.unreadable(name, region, quoted);
            return;
        }
        if name == "crate" && !quoted {
            return self.facade(input, region);
        }
        match self.value(input, &name) {
            Some(Found {
                value,
                region: place,
                items,
            }) => {
                let entry = Entry { name, quoted, value };
                self.fields.push(Field {
                    entry,
                    name: region,
                    value: place,
                    items,
                });
            }
            None => self.unreadable(name, region, quoted),
        }
    }

    /// Keeps the place of a field whose value is already at fault.
    fn unreadable(&mut self, name: String, region: Region, quoted: bool) {
        if !quoted && Param::named(&name).is_none() {
            self.has_lost_names = true;
            return;
        }
        let entry = Entry {
            name,
            quoted,
            value: Value::Text(Text::Unreadable),
        };
        self.fields.push(Field {
            entry,
            name: region,
            value: region,
            items: Vec::new(),
        });
    }

    /// Reads the `=` of a field; `false` where no value follows.
    fn equals(&mut self, input: ParseStream<'_>, name: &str, region: Region, quoted: bool) -> bool {
        let written = if quoted { format!("\"{name}\"") } else { name.to_owned() };
        let help = format!("write `{written} = …`");
        for sign in ["==", "=>", ":"] {
            if let Some(place) = take(input, sign) {
                self.fault(place, format!("expected `=` after `{written}`, found `{sign}`"), help);
                return !input.is_empty();
            }
        }
        if input.parse::<Token![=]>().is_err() {
            match input.is_empty() || input.peek(Token![,]) {
                true if quoted => {
                    let help = "write `name = value`, such as `scope = [accounts, balance]`";
                    self.has_lost_names = true;
                    self.fault(region, "expected a field, found text", help);
                }
                true => self.fault(region, format!("missing value for `{written}`"), help),
                false => {
                    let next = next(input);
                    self.fault(
                        next.region,
                        format!("expected `=` after `{written}`, found `{}`", next.text),
                        help,
                    );
                }
            }
            return false;
        }
        if input.is_empty() || input.peek(Token![,]) {
            self.fault(region, format!("missing value for `{written}`"), help);
            return false;
        }
        true
    }

    /// Reads one value; `None` once its fault is told.
    fn value(&mut self, input: ParseStream<'_>, name: &str) -> Option<Found> {
        let at = next(input);
        if input.cursor().group(Delimiter::Bracket).is_some() {
            return self.list(input, name);
        }
        let (text, region) = self.text(input, name, &at)?;
        Some(Found {
            value: Value::Text(text),
            region,
            items: Vec::new(),
        })
    }

    fn list(&mut self, input: ParseStream<'_>, name: &str) -> Option<Found> {
        let (delimiter, content) = bracketed(input)?;
        let (mut items, mut regions) = (Vec::new(), Vec::new());
        while !content.is_empty() {
            let at = next(&content);
            let (item, region) = self.text(&content, name, &at).unwrap_or((Text::Unreadable, at.region));
            items.push(item);
            regions.push(region);
            if !content.is_empty() && !content.peek(Token![,]) {
                let next = next(&content);
                self.fault(next.region, format!("missing `,` before `{}`", next.text), "");
                continue;
            }
            let _: syn::Result<Token![,]> = content.parse();
        }
        Some(Found {
            value: Value::List(items),
            region: delimiter.into(),
            items: regions,
        })
    }

    /// Reads text in quotes, a word, or what stands for text; `None` once its fault is told, with the input at the next comma.
    fn text(&mut self, input: ParseStream<'_>, name: &str, at: &Next) -> Option<(Text, Region)> {
        if input.peek(LitBool) || input.peek(Ident::peek_any) {
            return self.word(input, name);
        }
        if let Ok(literal) = input.parse::<Lit>() {
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
        let region = skip(input).unwrap_or(at.region);
        match at.delimiter {
            Some(Delimiter::Brace) => {
                let help = "write the value itself; what only one user has is added to the link, as in `LINK.with_user_email(…)`";
                self.fault(at.region, format!("unexpected expression for `{name}`"), help);
            }
            _ => self.fault(
                region,
                format!("expected a value for `{name}`, found `{}`", at.text),
                "write text in quotes, a word, or a list",
            ),
        }
        None
    }

    fn word(&mut self, input: ParseStream<'_>, name: &str) -> Option<(Text, Region)> {
        let word = input.call(Ident::parse_any).ok()?;
        let (text, region) = (word.unraw().to_string(), Region::from(word.span()));
        if input.peek(Token![!]) && !input.peek(Token![!=]) {
            return self.macro_call(input, &text, region);
        }
        if input.peek(Token![-]) {
            let rest = skip_while(input, |token| {
                matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_)) || is(token, '-')
            });
            let (rest, last) = rest.unwrap_or((String::new(), region));
            let whole = text + &rest;
            let help = format!("write `{}`, or `\"{whole}\"` in quotes", whole.replace('-', "_"));
            self.fault(region.to(last), format!("unexpected `-` in `{whole}`"), help);
            return None;
        }
        if input.peek(Token![::]) || input.peek(Token![.]) || input.cursor().group(Delimiter::Parenthesis).is_some() {
            let last = skip(input).unwrap_or(region);
            let help = "write the text itself, or `env!(\"…\")`: a macro cannot see what other code evaluates to";
            self.fault(region.to(last), format!("unexpected expression for `{name}`"), help);
            return None;
        }
        Some((Text::Word(text), region))
    }

    /// Reads what follows the name of a macro.
    fn macro_call(&mut self, input: ParseStream<'_>, called: &str, region: Region) -> Option<(Text, Region)> {
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
                let help = "write the text itself, or `env!(\"…\")`: a macro cannot see what another evaluates to";
                self.fault(whole, format!("unexpected macro `{called}!`"), help);
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
                        format!(
                            "set it when compiling, or write `option_env!({}).unwrap_or(\"…\")`",
                            variable.token()
                        ),
                    ),
                    std::env::VarError::NotUnicode(_) => ("unreadable", "set it to text in UTF-8".to_owned()),
                };
                self.fault(
                    variable.span(),
                    format!("{kind} environment variable `{}`", variable.value()),
                    help,
                );
                None
            }
        }
    }

    /// Reads the path after `crate =`.
    fn facade(&mut self, input: ParseStream<'_>, name: Region) {
        let mut path = TokenStream::new();
        let at = next(input);
        let mut expects_word = true;
        loop {
            if input.peek(Token![::]) && (path.is_empty() || !expects_word) {
                let _ = input.parse::<Token![::]>().map(|colons| colons.to_tokens(&mut path));
                expects_word = true;
            } else if expects_word && input.peek(Ident::peek_any) {
                let _ = input.call(Ident::parse_any).map(|word| word.to_tokens(&mut path));
                expects_word = false;
            } else {
                break;
            }
        }
        if expects_word {
            let rest = skip(input).unwrap_or(at.region);
            return self.fault(
                rest,
                format!("expected a path for `crate`, found `{}`", at.text),
                "write `crate = ::bank`",
            );
        }
        if self.facade.replace(path).is_some() {
            self.fault(name, "duplicate `crate`", "keep one of the two");
        }
    }
}

/// Reads a field's name: a word, or text in quotes.
fn name(input: ParseStream<'_>) -> Option<(String, Region, bool)> {
    if input.peek(LitStr) {
        let name: LitStr = input.parse().ok()?;
        return Some((name.value(), name.span().into(), true));
    }
    let name = input.call(Ident::parse_any).ok()?;
    Some((name.unraw().to_string(), name.span().into(), false))
}

/// Whether a field begins here.
fn starts_field(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    name(&ahead).is_some() && (ahead.peek(Token![=]) || ahead.peek(Token![:])) && !ahead.peek(Token![::])
}

/// The token that comes next, as the user knows it.
struct Next {
    text: String,
    region: Region,
    delimiter: Option<Delimiter>,
}

fn next(input: ParseStream<'_>) -> Next {
    match input.cursor().token_tree() {
        Some((TokenTree::Group(group), _)) => {
            let text = match group.delimiter() {
                Delimiter::Parenthesis => "(…)".to_owned(),
                Delimiter::Brace => "{…}".to_owned(),
                Delimiter::Bracket => "[…]".to_owned(),
                Delimiter::None => group.to_string(),
            };
            Next {
                text,
                region: group.span().into(),
                delimiter: Some(group.delimiter()),
            }
        }
        Some((token, _)) => Next {
            text: token.to_string(),
            region: token.span().into(),
            delimiter: None,
        },
        None => Next {
            text: String::new(),
            region: input.span().into(),
            delimiter: None,
        },
    }
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// Goes to the next comma; gives where the tokens before it stand.
fn skip(input: ParseStream<'_>) -> Option<Region> {
    skip_while(input, |token| !is(token, ',')).map(|(_, region)| region)
}

fn skip_while(input: ParseStream<'_>, goes_on: impl Fn(&TokenTree) -> bool) -> Option<(String, Region)> {
    let mut skipped: Option<(String, Region)> = None;
    while let Some((token, _)) = input.cursor().token_tree()
        && goes_on(&token)
    {
        let region = Region::from(token.span());
        let (text, first) = skipped.take().unwrap_or((String::new(), region));
        skipped = Some((text + &token.to_string(), first.to(region)));
        if input.parse::<TokenTree>().is_err() {
            break;
        }
    }
    skipped
}

/// Takes `sign`, and says where it stood.
fn take(input: ParseStream<'_>, sign: &str) -> Option<Region> {
    let found = match sign {
        "==" => input.peek(Token![==]),
        "=>" => input.peek(Token![=>]),
        _ => input.peek(Token![:]) && !input.peek(Token![::]),
    };
    if !found {
        return None;
    }
    let mut region: Option<Region> = None;
    for _ in sign.chars() {
        let token = Region::from(input.parse::<TokenTree>().ok()?.span());
        region = Some(region.map_or(token, |first| first.to(token)));
    }
    region
}

fn bracketed(input: ParseStream<'_>) -> Option<(Span, syn::parse::ParseBuffer<'_>)> {
    let read = || {
        let content;
        let brackets = syn::bracketed!(content in input);
        Ok((brackets.span.join(), content))
    };
    let read: syn::Result<_> = read();
    read.ok()
}

/// Reads `("text")`; `None` where there are no parentheses.
fn parenthesized(input: ParseStream<'_>) -> Option<syn::Result<LitStr>> {
    input.cursor().group(Delimiter::Parenthesis)?;
    let read = || {
        let content;
        syn::parenthesized!(content in input);
        let text = content.parse();
        let _: Option<Token![,]> = content.parse()?;
        // What is left unread would be an error of its own.
        skip_while(&content, |_| true).map_or(Ok(()), |(_, rest)| Err(syn::Error::new(rest.first, "")))?;
        text
    };
    Some(read())
}

/// Reads `.unwrap_or("text")`.
fn unwrap_or(input: ParseStream<'_>) -> Option<(String, Region)> {
    input.parse::<Token![.]>().ok()?;
    let method: Ident = input.parse().ok()?;
    let region = next(input).region;
    let default = parenthesized(input)?.ok()?;
    (method == "unwrap_or").then(|| (default.value(), region))
}
