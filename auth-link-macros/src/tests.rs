//! Whole calls, outside a compiler.

use std::panic::catch_unwind;

use proc_macro2::{TokenStream, TokenTree};

use crate::expansion;

const LINK: &str = "client_id = \"acme\", redirect_uri = \"https://a.example/cb\", scope = [info],";
const TEXT: &str = "https://auth.truelayer.com/?client_id=acme&redirect_uri=https%3A%2F%2Fa.example%2Fcb&scope=info&response_type=code";

fn expand(call: &str) -> String {
    expansion(call.parse().expect("tokens")).to_string()
}

/// The messages of the errors in an expansion.
fn errors(call: &str) -> Vec<String> {
    fn collect(tokens: TokenStream, found: &mut Vec<String>) {
        let mut is_error = false;
        for token in tokens {
            match token {
                TokenTree::Ident(word) => is_error = word == "compile_error",
                TokenTree::Group(group) if is_error => {
                    let message = syn::parse2::<syn::LitStr>(group.stream()).expect("a message");
                    found.push(message.value().lines().next().unwrap_or_default().to_owned());
                }
                TokenTree::Group(group) => collect(group.stream(), found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(expansion(call.parse().expect("tokens")), &mut found);
    found
}

#[test]
fn a_link_becomes_one_call_with_its_text() {
    assert_eq!(expand(LINK), format!("const {{ :: auth_link :: __private :: checked ({TEXT:?} , true) }}"));
    let elsewhere = expand(&format!("{LINK} crate = ::bank::link, pkce = false"));
    assert_eq!(elsewhere, format!("const {{ :: bank :: link :: __private :: checked ({TEXT:?} , false) }}"));
}

#[test]
fn a_warning_is_the_use_of_a_deprecated_item() {
    let expansion = expand(&format!("{LINK} language_id = \"fi\""));
    let expected = "const { { # [deprecated (note = \"unknown language `fi`\\nhelp: the languages are en (English), es (Spanish), \
        it (Italian), fr (French), de (German), pl (Polish), pt (Portuguese), sv (Swedish), nl (Dutch)\")] \
        struct LanguageIdOther ; let _ = LanguageIdOther ; } :: auth_link";
    assert!(expansion.starts_with(expected), "{expansion}");
}

#[test]
fn an_error_comes_before_a_value_of_the_right_type() {
    let expansion = expand(&format!("{LINK} response_type = token"));
    assert_eq!(
        expansion,
        "{ :: core :: compile_error ! { \"expected `code` for `response_type`, found `token`\\nhelp: write `response_type = code`, \
         or leave it out\" } const { :: auth_link :: __private :: checked (\"https://auth.truelayer.com\" , true) } }"
    );
}

#[test]
fn nothing_at_all_lacks_what_is_required() {
    assert_eq!(errors(""), ["missing `client_id`", "missing `redirect_uri`", "missing `scope`"]);
}

#[test]
fn a_variable_is_read_and_tracked() {
    // Cargo sets it for every test.
    let name = "CARGO_PKG_NAME";
    let rest = "redirect_uri = \"https://a.example/cb\", scope = [info]";
    let tracked = format!(
        "const {{ const _ : :: core :: option :: Option < & :: core :: primitive :: str > = :: core :: option_env ! ({name:?}) ;"
    );
    for call in [
        format!("client_id = env!({name:?}), {rest}"),
        format!("client_id = env!({name:?},), {rest}"),
        format!("client_id = option_env!({name:?}).unwrap_or(\"acme\"), {rest}"),
    ] {
        let expansion = expand(&call);
        assert!(expansion.starts_with(&tracked), "{expansion}");
        assert!(expansion.contains("client_id=auth-link-macros&"), "{expansion}");
    }
    let absent = expand(&format!("client_id = option_env!(\"AUTH_LINK_NOT_SET\").unwrap_or(\"acme\"), {rest}"));
    assert!(absent.contains("\"AUTH_LINK_NOT_SET\"") && absent.contains("client_id=acme&"), "{absent}");
}

#[test]
fn every_mistake_is_told_once_in_the_order_of_the_fields() {
    let call = "client_id: \"a b\", redirect_uri = \"/cb\" scope = [inf, x-y, 3 cards], language_id, 7, pkce = yes, scope = info";
    assert_eq!(
        errors(call),
        [
            "expected `=` after `client_id`, found `:`",
            "unexpected white space in `client_id`",
            "`redirect_uri` has no scheme",
            "missing `,` before `scope`",
            "unexpected `-` in `x-y`",
            "expected text in quotes, found `3`",
            "missing `,` before `cards`",
            "unknown scope `inf`",
            "missing value for `language_id`",
            "expected a field, found `7`",
            "expected `true` or `false` for `pkce`, found `yes`",
            "duplicate `scope`",
        ]
    );
}

#[test]
fn a_name_that_was_lost_is_not_missing() {
    for (call, expected) in [
        (
            "client id = \"a\", redirect_uri = \"https://a.example\", scope = [info]",
            "expected `=` after `client`, found `id`",
        ),
        (
            "client-id = \"a\", redirect_uri = \"https://a.example\", scope = [info]",
            "expected `=` after `client`, found `-`",
        ),
        ("client_id, redirect_uri = \"https://a.example\", scope = [info]", "missing value for `client_id`"),
        ("clientid = \"a\", redirect_uri = \"https://a.example\", scope = [info]", "unknown field `clientid`"),
        ("scope = [info], \"https://auth.truelayer.com/?client_id=a\"", "expected a field, found text"),
    ] {
        assert_eq!(errors(call), [expected], "{call}");
    }
}

#[test]
fn unfinished_and_hostile_input_is_answered_and_never_panics() {
    let calls = [
        "scope = [acc",
        "prov",
        "scope",
        "scope =",
        "scope = [",
        "= x",
        ",",
        ",,",
        ", client_id = \"a\"",
        "\"\"",
        "\"x\" \"y\"",
        "a::b = 1",
        "scope = [,]",
        "scope = [[accounts]]",
        "scope = [\"\"]",
        "scope = ()",
        "scope = env!",
        "scope = env!()",
        "scope = env!(1)",
        "scope = env![\"X\"]",
        "scope = option_env!(\"X\").unwrap_or()",
        "scope = option_env!(\"X\").or(\"y\")",
        "client_id = env!(\"\")",
        "client_id = env!(\"A=B\")",
        "client_id = env!(\"A\\0B\")",
        "crate",
        "crate =",
        "crate = ::",
        "crate = a::",
        "crate = 1",
        "self = self, super = super, r#type = r#type",
        "'a = 'b",
        "client_id = 'a'",
        "client_id = 1.5e3_f64",
        "client_id = c\"a\"",
        "client_id = \"a\"suffix",
        "client_id = -1",
        "client_id = a-",
        "client_id = a-b-1-c",
        "client_id = !",
        "client_id = a!",
        "client_id = a!{b}",
        "client_id = #[a] b",
        "client_id = |x| x",
        "providers = [uk-ob-all uk_ob_all]",
        "allow = allow",
        "\"é\" = \"é\"",
    ];
    for call in calls {
        // What does not even consist of tokens never reaches a macro.
        let Ok(tokens) = call.parse::<TokenStream>() else {
            continue;
        };
        let answer = catch_unwind(|| expansion(tokens).to_string()).unwrap_or_else(|_| panic!("{call}"));
        assert!(answer.contains("compile_error"), "{call}: {answer}");
    }
}
