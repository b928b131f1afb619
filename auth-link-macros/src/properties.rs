//! Properties of generated calls: the macro reports the errors of the rules, the run time reports those of the macro, and any
//! tokens expand to an expression.

use std::cell::Cell;

use auth_link_rules::{Diagnostic, Draft, Entry, LintLevel, Param, Rule, Syntax, Text, Value, encode, is_form_post};
use auth_link_runtime::{AuthLink, AuthLinkBuilder, LinkError, LinkText};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{TestCaseResult, TestRunner};
use quote::quote;

use crate::call_syntax::CallSyntax;
use crate::editor::Reader;
use crate::expand_call;
use crate::parse::parse;
use crate::region::Region;

/// Names that are no fields, each with a value.
const OTHER_NAMES: [(&str, &str); 5] = [
    ("state", "s1"),
    ("code_challenge", "c1"),
    ("client_secret", "hidden"),
    ("enable_mock", "true"),
    ("redirect_url", "https://a.example"),
];

/// Returns each name with its values, valid and invalid.
fn values() -> Vec<(&'static str, Vec<&'static str>)> {
    let fields =
        Param::ALL.into_iter().map(|param| (param.name(), [param.valid_values(), param.invalid_values()].concat()));
    let others = OTHER_NAMES.into_iter().map(|(name, value)| (name, vec![value]));
    // The field `catalogue` has no values: it names a file.
    fields.chain(others).filter(|(_, values)| !values.is_empty()).collect()
}

/// The form of a value: in quotes, as a word, as a list, in braces.
#[derive(Clone, Copy, Debug)]
enum Form {
    Quotes,
    Word,
    List,
    Braces,
}

fn entry(name: String, quoted: bool, text: &str, form: Form) -> Entry {
    let word = |text: &str| {
        let word = if name.contains("provider") { text.replace('-', "_") } else { text.to_owned() };
        let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if is_word { Text::Word(word) } else { Text::Quoted(text.to_owned()) }
    };
    let value = match form {
        Form::Quotes => Value::Text(Text::Quoted(text.to_owned())),
        Form::Word => Value::Text(word(text)),
        // Every other item in quotes.
        Form::List => Value::List(
            text.split(' ')
                .enumerate()
                .map(|(index, item)| if index % 2 == 0 { word(item) } else { Text::Quoted(item.to_owned()) })
                .collect(),
        ),
        // Braces here need a feature, and only the macro checks that.
        Form::Braces if name == "redirect_uri" => Value::Text(Text::Quoted(text.to_owned())),
        Form::Braces => Value::Runtime,
    };
    Entry::new(name, quoted, value)
}

/// Generates any field.
fn any_field() -> impl Strategy<Value = Entry> {
    let form = select(&[Form::Quotes, Form::Quotes, Form::Word, Form::Word, Form::List, Form::Braces][..]);
    let known = select(values()).prop_flat_map(|(name, values)| {
        let text = prop_oneof![6 => select(values).prop_map(str::to_owned), 1 => "[^\0]{0,12}"];
        (Just(name.to_owned()), proptest::bool::weighted(0.05), text)
    });
    let quoted = (select(&["consent_id", "é&=", "", "a\u{1}b", "scopes"][..]), r"\PC{0,12}")
        .prop_map(|(name, text)| (name.to_owned(), true, text));
    (prop_oneof![8 => known, 1 => quoted], form)
        .prop_map(|((name, quoted, text), form)| entry(name, quoted, &text, form))
}

/// Generates the fields of a call. Most calls have the required ones.
fn fields() -> impl Strategy<Value = Vec<Entry>> {
    let required = |name: &'static str, text: &'static str, form| {
        option::weighted(0.85, Just(entry(name.to_owned(), false, text, form)))
    };
    let required = (
        required("client_id", "acme-7d2f1a", Form::Quotes),
        required("redirect_uri", "https://app.example.com/cb", Form::Quotes),
        required("scope", "accounts balance", Form::List),
    );
    (required, vec(any_field(), 0..4)).prop_flat_map(|((client_id, redirect_uri, scope), others)| {
        Just([client_id, redirect_uri, scope].into_iter().flatten().chain(others).collect::<Vec<_>>()).prop_shuffle()
    })
}

/// Generates a pasted link, valid or invalid.
fn pasted() -> impl Strategy<Value = String> {
    let address = select(
        &[
            "https://auth.truelayer.com/?",
            "https://auth.truelayer.com/?",
            "https://auth.truelayer-sandbox.com?",
            " http://auth.truelayer.com/x?",
            "https://auth.example.com/?",
            "",
        ][..],
    );
    let frame = select(&["&", "&", "&", "&amp;", "&&", "\n&", "#&"][..]);
    let odd =
        option::weighted(0.2, select(&["scope=%zz", "%ff=1", "=x", "nonce", "x=1&x=1", "client_id=%00", "é=\t"][..]));
    (address, frame, fields(), odd).prop_map(|(address, frame, fields, odd)| {
        let pairs =
            fields.iter().filter_map(plain).map(|(name, text)| format!("{}={}", escaped(&name), escaped(&text)));
        address.to_owned() + &pairs.chain(odd.map(str::to_owned)).collect::<Vec<_>>().join(frame)
    })
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    encode(text, &mut escaped);
    escaped
}

/// Returns the name and the text of a field, as the run time takes them.
fn plain(entry: &Entry) -> Option<(String, String)> {
    let canonical = |text: &Text| match text {
        Text::Word(word) if entry.name.contains("provider") => word.replace('_', "-"),
        Text::Word(text) | Text::Quoted(text) => text.clone(),
        Text::Invalid => String::new(),
    };
    let text = match &entry.value {
        Value::Text(text) => canonical(text),
        Value::List(items) => items.iter().map(canonical).collect::<Vec<_>>().join(" "),
        Value::Runtime => return None,
    };
    // The run time has no `allow`.
    (entry.name != "allow").then(|| (entry.name.clone(), text))
}

/// Returns the call with these fields.
fn call(pasted: Option<&str>, fields: &[Entry]) -> String {
    let text = |text: &Text| match text {
        Text::Word(word) => word.clone(),
        Text::Quoted(text) => format!("{text:?}"),
        Text::Invalid => String::new(),
    };
    let fields = fields.iter().map(|Entry { name, quoted, value, .. }| {
        let name = if *quoted { format!("{name:?}") } else { name.clone() };
        match value {
            Value::Text(value) => format!("{name} = {}", text(value)),
            Value::List(items) => format!("{name} = [{}]", items.iter().map(text).collect::<Vec<_>>().join(", ")),
            Value::Runtime => format!("{name} = {{ value }}"),
        }
    });
    pasted.map(|link| format!("{link:?}")).into_iter().chain(fields).collect::<Vec<_>>().join(", ")
}

fn draft(pasted: Option<&str>, fields: &[Entry]) -> Draft {
    let mut draft = Draft::default();
    if let Some(link) = pasted {
        draft.paste(link);
    }
    for entry in fields {
        draft.push(entry.clone());
    }
    draft
}

/// The result of a call: errors, or a link with its warnings.
#[derive(Debug, PartialEq)]
enum Outcome {
    Rejected(Vec<String>),
    Accepted { text: String, pkce: bool, warnings: Vec<String> },
}

fn by_macro(call: &str) -> Outcome {
    let (mut errors, mut warnings, mut links) = (Vec::new(), Vec::new(), Vec::new());
    collect(expand_call(format!("auth_link {call}").parse().expect(call), Reader::Compiler), &mut |word, group| {
        let tokens: Vec<_> = group.stream().into_iter().collect();
        let text = |token: &TokenTree| syn::parse2::<syn::LitStr>(token.clone().into()).expect("text").value();
        match (word, &tokens[..]) {
            ("compile_error", [message]) => errors.push(without_drawing(&text(message))),
            ("deprecated", [.., note]) => warnings.push(without_drawing(&text(note))),
            ("AuthLink", [.., link, _, _, _, pkce]) => match link {
                TokenTree::Group(link) => {
                    links.push((text(&link.stream().into_iter().next().expect("text")), pkce.to_string() == "true"));
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => panic!("{call}"),
            },
            _ => {}
        }
    });
    assert_eq!(links.len(), 1, "one link or placeholder: {call}");
    match links.pop() {
        Some((text, pkce)) if errors.is_empty() => Outcome::Accepted { text, pkce, warnings },
        _ => Outcome::Rejected(errors),
    }
}

/// Calls `show` with each group and the word before it.
fn collect(tokens: TokenStream, show: &mut impl FnMut(&str, &Group)) {
    let mut word = String::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => word = ident.to_string(),
            TokenTree::Group(group) => {
                show(&word, &group);
                collect(group.stream(), show);
            }
            _ => {}
        }
    }
}

/// Returns a message without the drawing of a pasted link.
fn without_drawing(message: &str) -> String {
    message.lines().filter(|line| !line.starts_with("  ")).collect::<Vec<_>>().join("\n")
}

fn by_rules(draft: &Draft) -> Outcome {
    let texts = |diagnostics: &[Diagnostic], warnings: bool| -> Vec<_> {
        diagnostics.iter().filter(|diagnostic| diagnostic.is_warning() == warnings).map(ToString::to_string).collect()
    };
    match draft.check() {
        Ok(link) => {
            assert_eq!(link.is_form_post, is_form_post(&link.text), "{}", link.text);
            Outcome::Accepted { warnings: texts(&link.warnings, true), text: link.text, pkce: link.pkce }
        }
        Err(diagnostics) => Outcome::Rejected(texts(&diagnostics, false)),
    }
}

/// Builds a link at run time; returns every diagnostic too, and whether it rejects the link.
fn build(builder: &AuthLinkBuilder) -> (Option<AuthLink>, Vec<(String, bool)>) {
    let built = builder.clone().build();
    let errors = built.as_ref().err().map(LinkError::diagnostics).unwrap_or_default();
    let diagnostics = errors.iter().map(|diagnostic| (diagnostic, true));
    let warnings = builder.warnings();
    let all = diagnostics.chain(warnings.iter().map(|diagnostic| (diagnostic, false)));
    let mut reported: Vec<_> = all.map(|(diagnostic, rejects)| (in_macro_syntax(diagnostic), rejects)).collect();
    reported.sort();
    (built.ok(), reported)
}

/// Returns the text of a diagnostic in the syntax of the macro, without the line about `allow`, which a builder does not take.
fn in_macro_syntax(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.message().to_owned();
    for line in diagnostic.help(Syntax::Macro) {
        if !line.starts_with("if this is intentional, add ") {
            text += "\nhelp: ";
            text += &line;
        }
    }
    text
}

/// Returns the diagnostics that the run time must report if the compiler reports `diagnostics`.
///
/// An error that can be allowed is a warning at run time, as is one that rests on the dated list of providers. The run time cannot
/// know that a value is the same for every user.
fn expected(diagnostics: &[Diagnostic], reported: &[(String, bool)]) -> Vec<(String, bool)> {
    let is_per_user = |rule: &Rule| ["fixed_user_email", "fixed_tracking_id"].contains(&rule.name);
    let known = diagnostics.iter().filter(|diagnostic| !is_per_user(diagnostic.rule()));
    let mut expected: Vec<_> = known
        .map(|diagnostic| {
            let text = in_macro_syntax(diagnostic);
            let is_dated =
                diagnostic.rule().name == "uncovered_provider_id" && reported.contains(&(text.clone(), false));
            (text, diagnostic.rule().level == LintLevel::Forbid && !is_dated)
        })
        .collect();
    expected.sort();
    expected
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// Runs a property, and checks that at least a tenth of its cases are valid links and a tenth invalid.
fn check<S: Strategy>(strategy: &S, property: impl Fn(S::Value) -> Result<bool, TestCaseError>) {
    let (valid, invalid) = (Cell::new(0), Cell::new(0));
    let run = |value| -> TestCaseResult {
        let count = if property(value)? { &valid } else { &invalid };
        count.set(count.get() + 1);
        Ok(())
    };
    if let Err(error) = TestRunner::new(config()).run(strategy, run) {
        panic!("{error}");
    }
    assert!(valid.get().min(invalid.get()) >= config().cases / 10, "{valid:?} valid, {invalid:?} invalid");
}

#[test]
fn the_macro_reports_the_errors_of_the_rules_for_any_fields() {
    check(&(option::weighted(0.2, pasted()), fields()), |(pasted, fields)| {
        let call = call(pasted.as_deref(), &fields);
        let outcome = by_macro(&call);
        prop_assert_eq!(&outcome, &by_rules(&draft(pasted.as_deref(), &fields)), "{}", call);
        Ok(matches!(outcome, Outcome::Accepted { .. }))
    });
}

#[test]
fn a_builder_reports_the_errors_of_the_macro_for_any_fields() {
    check(&(option::weighted(0.3, pasted()), fields()), |(pasted, fields)| {
        let pasted = pasted.as_deref();
        let plain: Vec<_> = fields.iter().filter_map(plain).collect();
        let of_call =
            |(name, text): &(String, String)| entry(name.clone(), Param::from_name(name).is_none(), text, Form::Quotes);
        let fields: Vec<_> = plain.iter().map(of_call).collect();
        let first = pasted.map_or_else(AuthLink::builder, AuthLinkBuilder::from_link);
        let builder = plain.into_iter().fold(first, |builder, (name, text)| builder.set(name, text));
        let (link, reported) = build(&builder);
        let diagnostics = draft(pasted, &fields).check().map_or_else(|diagnostics| diagnostics, |link| link.warnings);
        prop_assert_eq!(&reported, &expected(&diagnostics, &reported));
        match by_macro(&call(pasted, &fields)) {
            Outcome::Accepted { text, pkce, .. } => {
                let constant = AuthLink { text: LinkText::Fixed(text.leak()), pkce };
                prop_assert_eq!(link.as_ref(), Some(&constant));
                if let (Some(link), [], Some(pasted)) = (&link, &fields[..], pasted) {
                    prop_assert_eq!(&AuthLink::parse(pasted).unwrap(), link);
                }
                Ok(true)
            }
            Outcome::Rejected(errors) => {
                let only_warn = |error: &String| {
                    reported.iter().any(|(text, rejects)| !rejects && error.starts_with(text.as_str()))
                };
                prop_assert!(link.is_none() || errors.iter().all(only_warn), "{:?}", errors);
                Ok(false)
            }
        }
    });
}

#[test]
fn a_link_and_its_fields_have_equal_results() {
    // Only parameters of a link, each once: repeated words and the host have other rules in a pasted link.
    let is_in_link = |(name, text): &(String, String)| {
        let words: Vec<_> = text.split(' ').collect();
        let is_repeated = (1..words.len()).any(|index| words[..index].contains(&words[index]));
        Param::from_name(name).is_some_and(Param::is_in_url) && !is_repeated
    };
    check(&(fields(), any::<bool>()), |(fields, plus)| {
        let mut plain: Vec<_> = fields.iter().filter_map(plain).filter(is_in_link).collect();
        plain.dedup_by_key(|(name, _)| name.clone());
        let is_once = (1..plain.len()).all(|index| plain[..index].iter().all(|(name, _)| *name != plain[index].0));
        prop_assume!(is_once);
        let is_sandbox = plain.iter().any(|(name, text)| name == "client_id" && text.starts_with("sandbox-"));
        let (host, environment) = if is_sandbox { ("-sandbox", "sandbox") } else { ("", "live") };
        let value = |text: &str| if plus { escaped(text).replace("%20", "+") } else { escaped(text) };
        let pairs: Vec<_> = plain.iter().map(|(name, text)| format!("{name}={}", value(text))).collect();
        let link = format!("https://auth.truelayer{host}.com/?{}", pairs.join("&"));
        let first = AuthLink::builder().environment(environment);
        let builder = plain.iter().fold(first, |builder, (name, text)| builder.set(name, text));
        let (built, by_fields) = build(&builder);
        let (parsed, by_text) = build(&AuthLinkBuilder::from_link(&link));
        prop_assert_eq!(&by_text, &by_fields, "{}", link);
        prop_assert_eq!(AuthLink::parse(&link).ok(), built.clone());
        prop_assert_eq!(parsed, built);
        Ok(by_text.iter().all(|(_, rejects)| !rejects))
    });
}

/// Tokens of calls, and others.
const TOKENS: [&str; 70] = [
    "client_id",
    "redirect_uri",
    "scope",
    "providers",
    "provider_id",
    "user_email",
    "environment",
    "allow",
    "language_id",
    "client-r#id",
    "pkce",
    "catalogue",
    "response_type",
    "=",
    "=",
    "=",
    "=",
    ",",
    ",",
    ",",
    ";",
    ":",
    "::",
    "==",
    "=>",
    "-",
    "!",
    "&",
    ".",
    "?",
    "#",
    "$",
    "'a",
    "|",
    "<",
    "accounts",
    "balance",
    "uk_ob_all",
    "ob_monzo",
    "mock",
    "live",
    "en",
    "scopes",
    "self",
    "Self",
    "super",
    "as",
    "if",
    "let",
    "_",
    "r#type",
    "r#scope",
    "é",
    "\"\"",
    "\"acme\"",
    "\"https://a.example/cb\"",
    "\"https://auth.truelayer.com/?scope=info&client_id=%zz#é\"",
    "\"a\\0b\\u{202e}\"",
    "\"text\"suffix",
    "r#\"raw\"#",
    "b\"bytes\"",
    "c\"c\"",
    "'c'",
    "1",
    "1.5",
    "3f64",
    "env!",
    "option_env!(\"X\")",
    "env!(\"CARGO_PKG_NAME\")",
    ".unwrap_or(\"acme\")",
];

/// Generates any tokens, in groups of any kind, those of `macro_rules` included.
fn any_tokens() -> impl Strategy<Value = TokenStream> {
    let plain = select(&TOKENS[..]).prop_map(|text| text.parse::<TokenStream>().expect(text));
    let delimiter = select(&[Delimiter::Bracket, Delimiter::Brace, Delimiter::Parenthesis, Delimiter::None][..]);
    let tokens = plain.prop_recursive(3, 24, 5, move |inner| {
        (delimiter.clone(), vec(inner, 0..5))
            .prop_map(|(delimiter, inner)| TokenTree::from(Group::new(delimiter, inner.into_iter().collect())).into())
    });
    // Most have one or two fields.
    let field = select(&["client_id = ", "scope = ", "user_email = ", "providers = [uk_ob_all], "][..]);
    let field = field.prop_map(|text| text.parse::<TokenStream>().expect(text));
    vec(prop_oneof![4 => tokens, 1 => field], 0..16).prop_map(|tokens| tokens.into_iter().collect())
}

/// Returns everything that a call was read as, with the positions.
fn shown(syntax: &CallSyntax) -> String {
    let at = |region: &Region| format!("{:?} to {:?}", region.first, region.last);
    let fields = syntax.fields.iter().map(|field| {
        let items: Vec<_> = field.items.iter().map(at).collect();
        format!("{}, {}, {items:?}", at(&field.name), at(&field.value))
    });
    let errors =
        syntax.errors.iter().map(|error| format!("{} at {}, {}", error.message, at(&error.region), error.after));
    let pasted = syntax.pasted.as_ref().map(|link| (&link.text, link.literal.to_string(), link.literal.span()));
    format!(
        "{:?}\n{pasted:?}\n{:?}\n{:?}\n{} {} {} {:?} {:?}",
        syntax.draft,
        fields.collect::<Vec<_>>(),
        errors.collect::<Vec<_>>(),
        syntax.facade,
        syntax.has_lost_names,
        syntax.has_braces,
        syntax.variables,
        syntax.runtime_values.iter().map(|(name, _)| name).collect::<Vec<_>>(),
    )
}

#[test]
fn a_call_is_read_alike_with_and_without_the_reader_of_plain_fields() {
    // The calls of an editor are read by the parser alone.
    let read =
        |tokens: &TokenStream| [Reader::Compiler, Reader::Editor].map(|reader| shown(&parse(tokens.clone(), reader)));
    check(&(option::weighted(0.3, pasted()), fields()), |(pasted, fields)| {
        let call = call(pasted.as_deref(), &fields);
        let [plain, parsed] = read(&format!("auth_link {call}").parse().expect(&call));
        prop_assert_eq!(plain, parsed, "{}", call);
        Ok(fields.len() % 2 == 0)
    });
    for call in [
        "scope = [info,, accounts]",
        "scope = [info accounts]",
        "scope = [info, accounts,] client_id = \"acme\"",
        "scope = {info}, scope = (info), scope = info accounts",
        "client_id = \"a\\\\b\", client_id = \"a\nb\", client_id = \"a\\u{e9}\", client_id = r\"a\"",
        "client_id = \"a\"suffix, client_id = b\"a\", client_id = 'a', client_id = 1",
        "r#scope = info, scope = r#as, scope == info, scope => info, scope = = info",
        "scope = r#as, client_id = \"a\\u{e9}\"",
        "scope = info;client_id = \"acme\"",
        "\"https://a.example\" client_id = \"acme\"",
        "\"client_id\" = \"acme\", \"https://a.example\"",
        "client_id = \"acme\", \"https://a.example\", scope = info",
        "\"https://a.example\", \"https://a.example\"",
        "\"https://a.example/?a=\\u{e9}\", scope = info",
        ", scope = info,, client_id = env!(\"CARGO_PKG_NAME\"), language_id = en",
    ] {
        let [plain, parsed] = read(&format!("auth_link {call}").parse().expect(call));
        assert_eq!(plain, parsed, "{call}");
    }
    let run = |tokens: TokenStream| {
        let [plain, parsed] = read(&quote!(auth_link #tokens));
        prop_assert_eq!(plain, parsed, "{}", tokens);
        Ok(())
    };
    if let Err(error) = TestRunner::new(config()).run(&any_tokens(), run) {
        panic!("{error}");
    }
}

/// Returns whether all code in braces is an expression, also in parentheses. The macro leaves other code to rustc.
fn is_sound(tokens: TokenStream) -> bool {
    tokens.into_iter().all(|token| match token {
        TokenTree::Group(group) => {
            let code = group.stream();
            let is_code =
                || [code.clone(), quote!((#code))].into_iter().all(|code| syn::parse2::<syn::Expr>(code).is_ok());
            (group.delimiter() != Delimiter::Brace || is_code()) && is_sound(group.stream())
        }
        _ => true,
    })
}

#[test]
fn any_tokens_expand_to_an_expression() {
    let run = |tokens: TokenStream| {
        for reader in [Reader::Compiler, Reader::Editor] {
            let facade = TokenTree::from(Ident::new("auth_link", Span::call_site()));
            let expansion = expand_call([facade].into_iter().chain(tokens.clone()).collect(), reader);
            if is_sound(tokens.clone()) {
                prop_assert!(syn::parse2::<syn::Expr>(expansion.clone()).is_ok(), "{} becomes {}", tokens, expansion);
            }
        }
        Ok(())
    };
    if let Err(error) = TestRunner::new(config()).run(&any_tokens(), run) {
        panic!("{error}");
    }
}
