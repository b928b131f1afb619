//! Writes tokens as source text, for a help that can be pasted.

use proc_macro2::{Delimiter, Spacing, TokenTree};

/// The most characters of tokens in a message.
const MAX_LEN: usize = 120;

/// Returns tokens on one line, as rustfmt spaces most of them; `…` if they are too long for a message.
pub(crate) fn source(tokens: impl IntoIterator<Item = TokenTree>) -> String {
    let mut text = String::new();
    write(tokens, &mut text);
    if text.chars().count() > MAX_LEN || text.contains('\n') { "…".to_owned() } else { text }
}

fn write(tokens: impl IntoIterator<Item = TokenTree>, text: &mut String) {
    let mut previous = Previous::Start;
    for token in tokens {
        if text.len() > 4 * MAX_LEN {
            return;
        }
        if needs_space(previous, &token) {
            text.push(' ');
        }
        previous = Previous::after(previous, &token);
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
            }
            token => text.push_str(&token.to_string()),
        }
    }
}

/// The token before, as far as it decides about a space.
#[derive(Clone, Copy)]
enum Previous {
    Start,
    /// A name, which its arguments follow without a space.
    Name,
    /// A sign that the next token follows without a space.
    Prefix,
    Other,
}

impl Previous {
    fn after(before: Self, token: &TokenTree) -> Self {
        match token {
            TokenTree::Ident(word)
                if !["if", "match", "in", "return", "else"].iter().any(|keyword| word == keyword) =>
            {
                Self::Name
            }
            TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => Self::Name,
            TokenTree::Punct(sign) if sign.spacing() == Spacing::Joint || ".&!#".contains(sign.as_char()) => {
                Self::Prefix
            }
            // The second sign of `::`.
            TokenTree::Punct(sign) if sign.as_char() == ':' && matches!(before, Self::Prefix) => Self::Prefix,
            TokenTree::Punct(sign) if sign.as_char() == '?' => Self::Name,
            TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => Self::Other,
        }
    }
}

fn needs_space(previous: Previous, token: &TokenTree) -> bool {
    let follows_directly = match token {
        TokenTree::Punct(sign) => {
            ".?,;:".contains(sign.as_char()) || (sign.as_char() == '!' && sign.spacing() == Spacing::Alone)
        }
        TokenTree::Group(group) => group.delimiter() != Delimiter::Brace && matches!(previous, Previous::Name),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    };
    !follows_directly && !matches!(previous, Previous::Start | Previous::Prefix)
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::*;

    #[test]
    fn tokens_are_written_as_source_text() {
        for code in [
            "&user.email",
            "config::CLIENT_ID",
            "if cfg!(debug_assertions) { \"a :: b\" } else { c }",
            "User { email: user.email, name }",
            "std::env::var(\"X\")?.trim()",
            "match a[0] { b => c(d, e) }",
            "a != b",
            "f::<T>(x)",
        ] {
            let tokens: TokenStream = code.parse().unwrap();
            let text = source(tokens);
            assert_eq!(text.replace("< T > (x)", "<T>(x)").replace(":: <", "::<"), code);
            assert!(text.parse::<TokenStream>().is_ok());
        }
    }

    #[test]
    fn long_tokens_are_left_out() {
        let long: TokenStream = format!("a{}", ".b".repeat(1000)).parse().unwrap();
        assert_eq!(source(long), "…");
    }
}
