//! Steps through the tokens of a call. All of them see through the groups without delimiters that `macro_rules` makes.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseBuffer, ParseStream};
use syn::{Ident, LitStr, Token};

use crate::region::Region;

/// The token that comes next, as the user knows it.
pub(crate) struct Next {
    pub(crate) text: String,
    pub(crate) region: Region,
    pub(crate) delimiter: Option<Delimiter>,
}

pub(crate) fn next(input: ParseStream<'_>) -> Next {
    match input.cursor().token_tree() {
        Some((TokenTree::Group(group), _)) => {
            let text = match group.delimiter() {
                Delimiter::Parenthesis => "(…)".to_owned(),
                Delimiter::Brace => "{…}".to_owned(),
                Delimiter::Bracket => "[…]".to_owned(),
                Delimiter::None => group.to_string(),
            };
            Next { text, region: group.span().into(), delimiter: Some(group.delimiter()) }
        }
        Some((token, _)) => Next { text: token.to_string(), region: token.span().into(), delimiter: None },
        None => Next { text: String::new(), region: input.span().into(), delimiter: None },
    }
}

pub(crate) fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// Goes to the next comma or field; gives where the tokens before it stand.
pub(crate) fn skip(input: ParseStream<'_>) -> Option<Region> {
    skip_while(input, |token| !is(token, ',') && !is(token, ';') && !starts_field(input)).map(|(_, region)| region)
}

/// Whether text in quotes comes next. Most tokens are no literals, which is told at less cost.
pub(crate) fn is_text(input: ParseStream<'_>) -> bool {
    input.cursor().literal().is_some() && input.peek(LitStr)
}

/// Reads a field's name: a word, or text in quotes.
pub(crate) fn name(input: ParseStream<'_>) -> Option<(String, Region, bool)> {
    if is_text(input) {
        let name: LitStr = input.parse().ok()?;
        return Some((name.value(), name.span().into(), true));
    }
    let name = input.call(Ident::parse_any).ok()?;
    Some((plain(&name), name.span().into(), false))
}

/// The word without the `r#` of a raw identifier.
pub(crate) fn plain(word: &Ident) -> String {
    let text = word.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}

/// Whether a field begins here.
pub(crate) fn starts_field(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    name(&ahead).is_some() && (ahead.peek(Token![=]) || ahead.peek(Token![:])) && !ahead.peek(Token![::])
}

pub(crate) fn skip_while(input: ParseStream<'_>, goes_on: impl Fn(&TokenTree) -> bool) -> Option<(String, Region)> {
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
pub(crate) fn take(input: ParseStream<'_>, sign: &str) -> Option<Region> {
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

pub(crate) fn bracketed(input: ParseStream<'_>) -> Option<(Span, ParseBuffer<'_>)> {
    let read = || {
        let content;
        let brackets = syn::bracketed!(content in input);
        Ok((brackets.span.join(), content))
    };
    let read: syn::Result<_> = read();
    read.ok()
}

/// Reads `{…}`: the braces, and what is between them as it is evaluated.
pub(crate) fn braced(input: ParseStream<'_>) -> Option<(Span, Group)> {
    let read = || {
        let content;
        let braces = syn::braced!(content in input);
        let tokens: TokenStream = content.parse()?;
        // Without a statement parentheses do: a block would move its value, and drop what it borrows from too early.
        let has_statements = has_statements(tokens.clone());
        let delimiter = if has_statements { Delimiter::Brace } else { Delimiter::Parenthesis };
        let mut group = Group::new(delimiter, tokens);
        group.set_span(braces.span.join());
        Ok((braces.span.join(), group))
    };
    let read: syn::Result<_> = read();
    read.ok()
}

/// Whether the tokens between braces are those of a list.
pub(crate) fn is_list(braces: &Group) -> bool {
    let is_part = |token: &TokenTree| matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_)) || is(token, ',');
    let tokens: Vec<_> = braces.stream().into_iter().collect();
    tokens.iter().any(|token| is(token, ',')) && tokens.iter().all(is_part)
}

/// Whether there are statements before the value: what ends in `;`, and blocks that something follows.
fn has_statements(tokens: TokenStream) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_block = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        let goes_on = match tokens.peek() {
            Some(TokenTree::Ident(word)) => word == "else" || word == "as",
            Some(TokenTree::Punct(sign)) => !matches!(sign.as_char(), '&' | '*' | '!'),
            Some(TokenTree::Literal(_)) => false,
            Some(TokenTree::Group(_)) | None => true,
        };
        if is(&token, ';') || (is_block && !goes_on) {
            return true;
        }
    }
    false
}

/// Reads `("text")`; `None` where there are no parentheses.
pub(crate) fn parenthesized(input: ParseStream<'_>) -> Option<syn::Result<LitStr>> {
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
pub(crate) fn unwrap_or(input: ParseStream<'_>) -> Option<(String, Region)> {
    input.parse::<Token![.]>().ok()?;
    let method: Ident = input.parse().ok()?;
    let region = next(input).region;
    let default = parenthesized(input)?.ok()?;
    (method == "unwrap_or").then(|| (default.value(), region))
}
