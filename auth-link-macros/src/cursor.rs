//! Reads single tokens and groups of a call. Every function here looks into the groups without delimiters that `macro_rules` makes.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseBuffer, ParseStream};
use syn::{Ident, LitStr, Token};

use crate::region::Region;

/// The next token, as messages show it.
pub(crate) struct Next {
    pub(crate) text: String,
    pub(crate) region: Region,
    pub(crate) delimiter: Option<Delimiter>,
}

/// Returns the next token without taking it.
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

/// Returns whether the token is the punctuation `sign`.
pub(crate) fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// Skips to the next comma, semicolon or field; returns the region of the skipped tokens.
pub(crate) fn skip(input: ParseStream<'_>) -> Option<Region> {
    skip_while(input, |token| !is(token, ',') && !is(token, ';') && !starts_field(input))
}

/// Returns whether text in quotes comes next.
pub(crate) fn is_text(input: ParseStream<'_>) -> bool {
    // Most tokens are no literals, and the first condition costs less.
    input.cursor().literal().is_some() && input.peek(LitStr)
}

/// Reads a field's name, a word or text in quotes; returns its text, its region and whether it is in quotes.
pub(crate) fn name(input: ParseStream<'_>) -> Option<(String, Region, bool)> {
    if is_text(input) {
        let name: LitStr = input.parse().ok()?;
        return Some((name.value(), name.span().into(), true));
    }
    let name = input.call(Ident::parse_any).ok()?;
    Some((plain(&name), name.span().into(), false))
}

/// Returns the word without the `r#` of a raw identifier.
pub(crate) fn plain(word: &Ident) -> String {
    let text = word.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}

/// Returns whether a field begins here.
pub(crate) fn starts_field(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    name(&ahead).is_some() && (ahead.peek(Token![=]) || ahead.peek(Token![:])) && !ahead.peek(Token![::])
}

/// Skips tokens while `is_skipped` holds; returns their region.
pub(crate) fn skip_while(input: ParseStream<'_>, is_skipped: impl FnMut(&TokenTree) -> bool) -> Option<Region> {
    let mut region: Option<Region> = None;
    read_while(input, is_skipped, |token| {
        let last = Region::from(token.span());
        region = Some(region.map_or(last, |first| first.to(last)));
    });
    region
}

/// Reads tokens while `is_part` holds; returns their text without spaces, and their region.
pub(crate) fn text_while(input: ParseStream<'_>, is_part: impl FnMut(&TokenTree) -> bool) -> Option<(String, Region)> {
    let (mut text, mut tokens) = (String::new(), Vec::new());
    read_while(input, is_part, |token| {
        text.push_str(&token.to_string());
        tokens.push(token);
    });
    Some((text, Region::of(tokens)?))
}

/// Reads an expression after its first token, to the next comma, semicolon or field; returns its tokens.
///
/// The condition of an `if` may look like a field, so no field begins before the block.
pub(crate) fn expression(input: ParseStream<'_>, first: Option<TokenTree>) -> Vec<TokenTree> {
    let has_block = |word: &Ident| word == "if" || word == "match" || word == "for" || word == "while";
    let mut needs_block = matches!(&first, Some(TokenTree::Ident(word)) if has_block(word));
    let mut tokens: Vec<_> = first.into_iter().collect();
    let is_part = |token: &TokenTree| {
        match token {
            TokenTree::Ident(word) if has_block(word) => needs_block = true,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => needs_block = false,
            TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        !is(token, ',') && !is(token, ';') && (needs_block || !starts_field(input))
    };
    read_while(input, is_part, |token| tokens.push(token));
    tokens
}

fn read_while(input: ParseStream<'_>, mut is_part: impl FnMut(&TokenTree) -> bool, mut read: impl FnMut(TokenTree)) {
    while let Some((token, _)) = input.cursor().token_tree()
        && is_part(&token)
        && let Ok(token) = input.parse()
    {
        read(token);
    }
}

/// Reads `==`, `=>`, `->`, `:=` or `:` if it comes next; returns its region.
pub(crate) fn take(input: ParseStream<'_>, sign: &str) -> Option<Region> {
    let is_next = match sign {
        "==" => input.peek(Token![==]),
        "=>" => input.peek(Token![=>]),
        "->" => input.peek(Token![->]),
        ":=" => input.peek(Token![:]) && !input.peek(Token![::]) && input.peek2(Token![=]),
        _ => input.peek(Token![:]) && !input.peek(Token![::]),
    };
    if !is_next {
        return None;
    }
    let mut region: Option<Region> = None;
    for _ in sign.chars() {
        let token = Region::from(input.parse::<TokenTree>().ok()?.span());
        region = Some(region.map_or(token, |first| first.to(token)));
    }
    region
}

/// Reads `[…]`; returns the span of the brackets and the tokens between them.
pub(crate) fn bracketed(input: ParseStream<'_>) -> Option<(Span, ParseBuffer<'_>)> {
    let read = || {
        let content;
        let brackets = syn::bracketed!(content in input);
        Ok((brackets.span.join(), content))
    };
    let read: syn::Result<_> = read();
    read.ok()
}

/// Reads `#[…]`; returns its region and its first word.
pub(crate) fn attribute(input: ParseStream<'_>) -> Option<(Region, String)> {
    let (_, rest) = input.cursor().punct().filter(|(sign, _)| sign.as_char() == '#')?;
    let (content, ..) = rest.group(Delimiter::Bracket)?;
    let word = content.ident().map(|(word, _)| plain(&word)).unwrap_or_default();
    let (sign, group) = (input.parse::<TokenTree>().ok()?, input.parse::<TokenTree>().ok()?);
    Some((Region { first: sign.span(), last: group.span() }, word))
}

/// Reads `{…}`; returns the span of the braces and the expression between them, in a group of its own.
pub(crate) fn braced(input: ParseStream<'_>) -> Option<(Span, Group)> {
    let read = || {
        let content;
        let braces = syn::braced!(content in input);
        let tokens: TokenStream = content.parse()?;
        // Without statements it goes in parentheses: a block would move its value and drop its temporary values too early.
        let has_statements = has_statements(tokens.clone());
        let delimiter = if has_statements { Delimiter::Brace } else { Delimiter::Parenthesis };
        let mut group = Group::new(delimiter, tokens);
        group.set_span(braces.span.join());
        Ok((braces.span.join(), group))
    };
    let read: syn::Result<_> = read();
    read.ok()
}

/// Returns whether the tokens between braces are those of a list.
pub(crate) fn is_list(braces: &Group) -> bool {
    let is_part = |token: &TokenTree| matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_)) || is(token, ',');
    let tokens: Vec<_> = braces.stream().into_iter().collect();
    tokens.iter().any(|token| is(token, ',')) && tokens.iter().all(is_part)
}

/// Returns the first value in braces with the syntax of a struct, `{ name: value }`; `None` if they have another syntax.
pub(crate) fn struct_value(braces: TokenStream) -> Option<TokenStream> {
    let mut tokens = braces.into_iter();
    let is_name = matches!(tokens.next(), Some(TokenTree::Ident(_)));
    let is_colon = |token| matches!(token, Some(TokenTree::Punct(sign)) if sign.as_char() == ':' && sign.spacing() == Spacing::Alone);
    (is_name && is_colon(tokens.next())).then(|| tokens.take_while(|token| !is(token, ',')).collect())
}

/// Returns whether statements come before the value: tokens that end in `;`, or a block with tokens after it.
fn has_statements(tokens: TokenStream) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_block = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        let is_continued = match tokens.peek() {
            Some(TokenTree::Ident(word)) => word == "else" || word == "as",
            Some(TokenTree::Punct(sign)) => !matches!(sign.as_char(), '&' | '*' | '!'),
            Some(TokenTree::Literal(_)) => false,
            Some(TokenTree::Group(_)) | None => true,
        };
        if is(&token, ';') || (is_block && !is_continued) {
            return true;
        }
    }
    false
}

/// Reads `("text")`; returns `None` if there are no parentheses.
pub(crate) fn parenthesized(input: ParseStream<'_>) -> Option<syn::Result<LitStr>> {
    input.cursor().group(Delimiter::Parenthesis)?;
    let read = || {
        let content;
        syn::parenthesized!(content in input);
        let text = content.parse();
        let _: Option<Token![,]> = content.parse()?;
        // Unread tokens would make syn report an error of its own.
        skip_while(&content, |_| true).map_or(Ok(()), |rest| Err(syn::Error::new(rest.first, "")))?;
        text
    };
    Some(read())
}

/// Reads `.unwrap_or("text")`; returns the text and the region of the parentheses.
pub(crate) fn unwrap_or(input: ParseStream<'_>) -> Option<(String, Region)> {
    input.parse::<Token![.]>().ok()?;
    let method: Ident = input.parse().ok()?;
    let region = next(input).region;
    let default = parenthesized(input)?.ok()?;
    (method == "unwrap_or").then(|| (default.value(), region))
}
