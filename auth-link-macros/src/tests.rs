//! Tests of whole macro calls, outside a compiler.

use std::panic::catch_unwind;

use proc_macro2::{TokenStream, TokenTree};

use crate::editor::Reader;
use crate::expand_call;

const LINK: &str = "client_id = \"acme\", redirect_uri = \"https://a.example/cb\", scope = [info],";
const TEXT: &str = "https://auth.truelayer.com/?client_id=acme&redirect_uri=https%3A%2F%2Fa.example%2Fcb&scope=info&response_type=code";

/// Returns the tokens that the facade's macro passes on for a call.
fn tokens(call: &str) -> Option<TokenStream> {
    format!("auth_link {call}").parse().ok()
}

/// Returns the expansion for a compiler.
fn expand(call: &str) -> String {
    expand_call(tokens(call).expect("tokens"), Reader::Compiler).to_string()
}

/// Returns the expansion of a valid link.
fn constant(text: &str, pkce: bool) -> String {
    let variant = if text.contains("&response_mode=form_post") { "FixedForm" } else { "Fixed" };
    format!("auth_link :: AuthLink {{ text : auth_link :: __private :: {variant} ({text:?}) , pkce : {pkce} }}")
}

/// Returns the errors in an expansion, each with the source text of its region.
fn errors_with_source(call: &str) -> Vec<(String, String)> {
    fn collect(tokens: TokenStream, errors: &mut Vec<(String, String)>) {
        let mut first = None;
        for token in tokens {
            match token {
                TokenTree::Ident(word) => first = (word == "compile_error").then(|| word.span()),
                TokenTree::Group(group) => match first.take() {
                    Some(first) => {
                        let message = syn::parse2::<syn::LitStr>(group.stream()).expect("a message");
                        let source = first.join(group.span()).and_then(|span| span.source_text());
                        errors.push((message.value(), source.unwrap_or_default()));
                    }
                    None => collect(group.stream(), errors),
                },
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    let mut errors = Vec::new();
    collect(expand_call(tokens(call).expect("tokens"), Reader::Compiler), &mut errors);
    errors
}

/// Returns the messages of the errors in an expansion.
fn messages(call: &str) -> Vec<String> {
    errors_with_source(call).into_iter().map(|(message, _)| message).collect()
}

/// Returns the first lines of the messages.
fn errors(call: &str) -> Vec<String> {
    messages(call).iter().map(|message| message.lines().next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_valid_link_expands_to_one_literal_with_its_text() {
    assert_eq!(expand(LINK), constant(TEXT, true));
    assert_eq!(expand(&format!("{LINK} pkce = false")), constant(TEXT, false));
}

#[test]
fn a_warning_expands_to_the_use_of_a_deprecated_item() {
    let expansion = expand(&format!("{LINK} language_id = \"zz\""));
    let beginning = "{ { # [deprecated (note = \"unknown language `zz`\\nhelp: the languages are en (English), ";
    let end = "\\nhelp: if this is intentional, add `allow = [unlisted_language]`\")] \
        struct UnlistedLanguage ; let _ = UnlistedLanguage ; } auth_link :: AuthLink {";
    assert!(expansion.starts_with(beginning) && expansion.contains(end), "{expansion}");
}

#[test]
fn an_error_expands_to_compile_error_and_a_value_of_the_right_type() {
    let expansion = expand(&format!("{LINK} response_type = token"));
    assert_eq!(
        expansion,
        "{ :: core :: compile_error ! { \"expected `code` for `response_type`, found `token`\\nhelp: write `response_type = code`, \
         or remove it\" } "
            .to_owned()
            + &constant("https://auth.truelayer.com", true)
            + " }"
    );
}

#[test]
fn an_empty_call_misses_the_required_fields() {
    assert_eq!(errors(""), ["missing `client_id`", "missing `redirect_uri`", "missing `scope`"]);
}

#[test]
fn an_environment_variable_is_read_and_tracked() {
    // Cargo sets it for every test.
    let name = "CARGO_PKG_NAME";
    let rest = "redirect_uri = \"https://a.example/cb\", scope = [info]";
    let tracked = format!(
        "{{ const _ : :: core :: option :: Option < & :: core :: primitive :: str > = :: core :: option_env ! ({name:?}) ;"
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
    let nameless = errors(&format!("client_id = option_env!(), {rest}"));
    assert_eq!(nameless, ["expected the name of one variable in `option_env!`"]);
}

#[cfg(feature = "catalogue")]
#[test]
fn a_link_is_checked_against_the_catalogue_that_it_names() {
    let path = std::env::temp_dir().join(format!("auth-link-catalogue-{}.json", std::process::id()));
    std::fs::write(&path, r#"[{"provider_id": "ob-new-bank", "scopes": ["info"]}]"#).expect("to write");
    let call = |fields: &str| format!("{LINK} {fields}, catalogue = {path:?}");
    let listed = expand(&call("provider_id = \"ob-new-bank\""));
    assert!(listed.contains("include_bytes") && listed.contains("&provider_id=ob-new-bank"), "{listed}");
    assert_eq!(errors(&call("provider_id = \"ob-old-bank\"")), ["provider `ob-old-bank` is not in `catalogue`"]);
    std::fs::remove_file(&path).expect("to remove");
    let [error] = errors(&call("provider_id = \"ob-new-bank\"")).try_into().expect("one error");
    assert!(error.contains("cannot be read"), "{error}");
}

#[test]
fn every_error_is_reported_once_in_the_order_of_the_fields() {
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
fn an_unreadable_field_name_is_not_reported_as_missing() {
    for (call, expected) in [
        (
            "client id = \"a\", redirect_uri = \"https://a.example\", scope = [info]",
            "expected `=` after `client`, found `id`",
        ),
        ("client-id = \"a\", redirect_uri = \"https://a.example\", scope = [info]", "unexpected `-` in `client-id`"),
        ("client_id, redirect_uri = \"https://a.example\", scope = [info]", "missing value for `client_id`"),
        ("clientid = \"a\", redirect_uri = \"https://a.example\", scope = [info]", "unknown field `clientid`"),
        ("scope = [info], \"https://auth.truelayer.com/?client_id=a\"", "expected a field, found text"),
    ] {
        assert_eq!(errors(call), [expected], "{call}");
    }
}

#[test]
fn an_ordinary_mistake_is_one_error_with_a_valid_help() {
    let (id, uri, scope) = ("client_id = \"a\"", "redirect_uri = \"https://a.example\"", "scope = [info]");
    for (call, expected) in [
        (
            format!("client_id = acme-7d2f1a, {uri}, {scope}"),
            "unexpected `-` in `acme-7d2f1a`\nhelp: write `client_id = \"acme-7d2f1a\"`",
        ),
        (
            format!("{id}, {scope}, redirect_uri = https://a.example/cb, language_id = en"),
            "expected text in quotes, found `https:…`\nhelp: write `redirect_uri = \"https:…\"`",
        ),
        (
            format!("redirect_uri = https://a.example, {id},\n"),
            "expected text in quotes, found `https:…`\nhelp: write `redirect_uri = \"https:…\"`",
        ),
        (
            format!("{id}, {uri}, {scope}, user_email = jo@example.com"),
            "expected text in quotes, found `jo@…`\nhelp: write `user_email = \"jo@…\"`",
        ),
        (
            format!("{id}, {scope}, https://a.example/cb"),
            "expected a field, found the URL `https:…`\nhelp: write it in quotes, as a field: `redirect_uri = \"…\"`",
        ),
        (
            format!("{id}, {uri}, {scope}, user_email = 'j'"),
            "expected text in quotes, found `'j'`\nhelp: write `\"j\"`",
        ),
        (
            format!("{id}, {uri}, {scope}, /// text\n"),
            "unexpected documentation comment on a field\nhelp: write a comment: `// …`",
        ),
        (
            format!("{id}, {uri}, scope = accounts balance"),
            "unexpected `balance` after a value\nhelp: write `,` and the next field; a list is in brackets: \
             `scope = [one, another]`",
        ),
        (
            format!("client_id -> \"a\", {uri}, {scope}"),
            "expected `=` after `client_id`, found `->`\nhelp: write `client_id = …`",
        ),
        (
            format!("CLIENT_ID = \"a\", {uri}, {scope}"),
            "unknown field `CLIENT_ID`\nhelp: a similar field exists: `client_id`",
        ),
        (format!("{id}, {uri}, scope = [accounts: balance]"), "unexpected `:` in a list"),
    ] {
        assert_eq!(messages(&call), [expected], "{call}");
    }
}

#[test]
fn other_errors_do_not_hide_a_missing_field() {
    let rest = "redirect_uri = \"https://a.example\", scope = [info]";
    let missing = "missing `client_id`";
    for (call, expected) in [
        (format!(", {rest}"), &["expected a field, found `,`", missing][..]),
        (format!("7 = \"a\", {rest}"), &["expected a field, found `7`"]),
        (format!("language_id = -, {rest}"), &["expected a value for `language_id`, found `-`", missing]),
    ] {
        assert_eq!(errors(&call), expected, "{call}");
    }
}

#[test]
fn each_error_has_the_region_of_the_wrong_tokens() {
    let link = "\"https://auth.truelayer.com/x?client_id=acme&redirect_uri=https://a.example&scope=info\"";
    for (call, source) in [
        (format!("{LINK} colour = \"red\""), "colour"),
        (format!("{LINK} language_id = \"zz1\""), "\"zz1\""),
        (format!("{LINK} providers = [uk_ob_all, uk_cs_mokc]"), "uk_cs_mokc"),
        (format!("{LINK} providers = \"uk-ob-all UK\""), "\"uk-ob-all UK\""),
        (format!("{LINK} tracking_id = [a, b]"), "[a, b]"),
        (format!("{LINK} country_id = a::b(c)"), "a::b(c)"),
        (format!("{link}, language_id = en"), "/x"),
        (format!("r{link}, language_id = en"), &format!("r{link}")),
        (
            "redirect_uri = \"https://a.example\", scope = [info]".to_owned(),
            "redirect_uri = \"https://a.example\", scope = [info]",
        ),
    ] {
        let errors = errors_with_source(&call);
        assert!(errors.len() == 1 && errors[0].1 == source, "{call}: {errors:?}");
    }
}

#[test]
fn a_syntax_error_has_a_help_with_the_correct_form() {
    let at_run_time = |value: &str| {
        format!(
            "help: write the text in quotes, or `user_email = {{ {value} }}` for a value of run time; the call is then a \
             `Result`, which a `static` holds in a `LazyLock`"
        )
    };
    let at_compile_time = "help: write text in quotes, a word, or `env!(\"NAME\")`: a macro cannot evaluate other code";
    let condition = "help: write `if cfg!(unix) { auth_link!(…) } else { auth_link!(…) }`: a call takes no condition";
    for (field, expected) in [
        ("user_email = &a", format!("expected a value for `user_email`, found `&`\n{}", at_run_time("&a"))),
        (
            "providers = &a",
            "expected a value for `providers`, found `&`\nhelp: write text in quotes, a word, or a list `[one, another]`"
                .to_owned(),
        ),
        (
            "user_email = &user.email",
            format!("expected a value for `user_email`, found `&`\n{}", at_run_time("&user.email")),
        ),
        (
            "user_email = &\"jo@example.com\"",
            "expected a value for `user_email`, found `&`\nhelp: write `user_email = \"jo@example.com\"`".to_owned(),
        ),
        ("user_email = a::b", format!("unexpected expression for `user_email`\n{}", at_run_time("a::b"))),
        ("user_email = a.b", format!("unexpected expression for `user_email`\n{}", at_run_time("a.b"))),
        ("user_email = a[0]?", format!("unexpected expression for `user_email`\n{}", at_run_time("a[0]?"))),
        ("user_email = match a { b => c }", format!("unexpected expression for `user_email`\n{}", at_run_time("match a { b => c }"))),
        (
            "user_email = if cfg!(unix) { \"a@b.c\" } else { \"d@b.c\" }",
            format!("unexpected expression for `user_email`\n{condition}"),
        ),
        (
            "language_id = if cfg!(unix) { en } else { de }",
            format!("unexpected expression for `language_id`\n{condition}"),
        ),
        (
            "response_mode = if mode == form_post { form_post } else { query }",
            "unexpected expression for `response_mode`\nhelp: write `if mode == form_post { auth_link!(…) } else { auth_link!(…) }`: \
             a call takes no condition"
                .to_owned(),
        ),
        (
            "user_email = User { email }",
            "unexpected expression for `user_email`\nhelp: write one text: `user_email = { email }`".to_owned(),
        ),
        (
            "user_email = User { email: user.email, name }",
            "unexpected expression for `user_email`\nhelp: write one text: `user_email = { user.email }`".to_owned(),
        ),
        (
            "user_email = { email: user.email }",
            "unexpected struct syntax in the value of `user_email`\nhelp: write `user_email = { user.email }`".to_owned(),
        ),
        (
            "#[cfg(unix)] user_email = \"jo@example.com\"",
            "unexpected attribute on a field\nhelp: write one link for each case, and the attribute on its item: \
             `#[cfg(…)] static LINK: AuthLink = auth_link!(…);`"
                .to_owned(),
        ),
        (
            "/// The user.\n user_email = { email }",
            "unexpected documentation comment on a field\nhelp: write a comment: `// …`".to_owned(),
        ),
        ("pkce = a(b)", format!("unexpected expression for `pkce`\n{at_compile_time}")),
        ("user_email = concat!(a)", format!("unexpected macro `concat!`\n{}", at_run_time("concat!(a)"))),
        (
            "user_email = env!(a)",
            "expected the name of one variable in `env!`\nhelp: write `env!(\"NAME\")`; for a default, \
             `option_env!(\"NAME\").unwrap_or(\"…\")`"
                .to_owned(),
        ),
        (
            "user_email = option_env!(a)",
            "expected the name of one variable in `option_env!`\nhelp: write `option_env!(\"NAME\").unwrap_or(\"…\")`"
                .to_owned(),
        ),
        ("user_email = \"a\"b", "expected text in quotes, found `\"a\"b`\nhelp: write `\"a\"`".to_owned()),
        ("user_email", "missing value for `user_email`\nhelp: write `user_email = …`".to_owned()),
        (
            "colour",
            "missing value for `colour`\nhelp: write `colour = …`; a list is in brackets, `[one, another]`".to_owned(),
        ),
        (
            "providers = { uk_ob_all, \"ob-monzo\" }",
            "unexpected braces around the list of `providers`\nhelp: write `providers = [uk_ob_all, \"ob-monzo\"]`"
                .to_owned(),
        ),
    ] {
        assert_eq!(messages(&format!("{LINK} {field}")), [expected], "{field}");
    }
    let messages =
        messages(&format!("{} redirect_uri = {{ a }}", LINK.replace("redirect_uri = \"https://a.example/cb\",", "")));
    assert_eq!(messages.is_empty(), cfg!(feature = "builder"), "{messages:?}");
}

#[test]
fn a_call_with_braces_and_errors_is_still_a_result() {
    for (field, is_result) in [
        ("user_email = { a }", true),
        ("user_email = [{ a }]", true),
        ("scope = { info, accounts }", false),
        ("user_email { a }", true),
        ("user_email = { email: a }", true),
        ("x = (a)", false),
        ("user_email = if a { b } else { c }", false),
        ("user_email = User { a }", false),
    ] {
        let expansion = expand(&format!("{LINK} colour = \"red\", {field}"));
        assert_eq!(expansion.contains(":: fill ("), is_result, "{expansion}");
    }
}

#[test]
#[cfg(feature = "catalogue")]
fn a_call_is_checked_against_its_own_catalogue() {
    let path = std::env::temp_dir().join(format!("auth-link-call-{}.json", std::process::id()));
    let path = path.to_str().expect("a path");
    std::fs::write(path, r#"[{"provider_id": "ob-monzo", "scopes": ["info"]}]"#).expect("to write");
    let call = |id: &str| format!("{LINK} providers = \"{id}\", catalogue = {path:?}");
    let expansion = expand(&call("ob-monzo"));
    assert!(expansion.contains(&format!("include_bytes ! ({path:?})")), "{expansion}");
    let reported = errors(&call("ob-other"));
    assert!(reported.len() == 1 && reported[0].contains("`ob-other`"), "{reported:?}");
    std::fs::remove_file(path).expect("to remove");
    let reported = errors(&call("ob-monzo"));
    assert!(reported.len() == 1 && reported[0].starts_with(&format!("`{path}` cannot be read: ")), "{reported:?}");
    assert_eq!(errors(&format!("{LINK} catalogue = \"\"")), ["empty `catalogue`"]);
    assert!(expand(&format!("{LINK} \"catalogue\" = \"x\"")).contains("unexpected quotes around `catalogue`"));
}

#[test]
fn a_wrong_separator_loses_no_field() {
    let rest = "redirect_uri = \"https://a.example\"; scope = [info]";
    let semicolon = "expected `,` between fields, found `;`";
    for (call, expected) in [
        (format!("client_id = \"a\"; {rest}"), &[semicolon, semicolon][..]),
        (
            format!("client_id \"a\" {rest}"),
            &["expected `=` after `client_id`, found `\"a\"`", "missing `,` before `redirect_uri`", semicolon],
        ),
        (
            format!("client_id = &id {rest}"),
            &["expected a value for `client_id`, found `&`", "missing `,` before `redirect_uri`", semicolon],
        ),
        (
            format!("client_id = \"a\".into() {rest}"),
            &["unexpected expression for `client_id`", "missing `,` before `redirect_uri`", semicolon],
        ),
        (
            format!("client-id = \"a\"; {rest};;"),
            &["unexpected `-` in `client-id`", semicolon, semicolon, semicolon, semicolon],
        ),
    ] {
        assert_eq!(errors(&call), expected, "{call}");
    }
}

#[test]
fn a_mistake_of_several_tokens_is_one_error_and_its_help_is_the_whole_value() {
    for (field, error, help) in [
        ("tracking_id := \"a\"", "expected `=` after `tracking_id`, found `:=`", "write `tracking_id = …`"),
        ("tracking_id = = \"a\"", "expected a value for `tracking_id`, found `=`", "remove the second `=`"),
        ("tracking_id = \"a\".to_owned()", "unexpected expression for `tracking_id`", "write `tracking_id = \"a\"`"),
        (
            "tracking_id = \"a\" + \"b\"",
            "unexpected expression for `tracking_id`",
            "write one text: `tracking_id = \"…\"`",
        ),
        (
            "auth_server = 127.0.0.1:8080",
            "expected text in quotes, found `127.0.0.1:8080`",
            "write `\"127.0.0.1:8080\"`",
        ),
        ("language_id = en-GB", "unknown language `en-GB`", "write `language_id = en`"),
    ] {
        let call = format!("client_id = \"a\", redirect_uri = \"https://a.example\", scope = [info], {field}");
        assert_eq!(errors(&call), [error], "{call}");
        assert!(messages(&call)[0].contains(help), "{call}: {:?}", messages(&call));
    }
}

#[test]
fn a_list_with_semicolons_is_read_to_its_end() {
    let semicolon = "expected `,` in a list, found `;`";
    for (list, expected) in [
        ("[info; accounts; x]", &[semicolon, semicolon, "unknown scope `x`"][..]),
        ("[info;]", &[semicolon]),
        ("[;]", &["expected a value for `scope`, found `;`"]),
        ("[info, &; accounts]", &["expected a value for `scope`, found `&`", semicolon]),
    ] {
        let call = format!("client_id = \"a\", redirect_uri = \"https://a.example\", scope = {list}");
        assert_eq!(errors(&call), expected, "{call}");
    }
}

#[test]
fn a_call_has_at_most_fifty_errors() {
    let unknown = |count: usize| {
        let fields: Vec<_> = (0..count).map(|index| format!("zz{index} = \"a\"")).collect();
        fields.join(", ")
    };
    let semicolons = |count: usize| ";".repeat(count);
    let note = "help: more than 50 mistakes were found; the others are not shown";
    for (call, count) in [
        (format!("{LINK} {}", unknown(50)), 50),
        (format!("{LINK} {}", unknown(51)), 50),
        (format!("{LINK} {}", semicolons(49)), 49),
        (format!("{LINK} {}", semicolons(200)), 50),
        (format!("{LINK} {} {}", semicolons(30), unknown(40)), 50),
    ] {
        let messages = messages(&call);
        assert_eq!(messages.len(), count, "{call}");
        let notes = messages.iter().filter(|message| message.ends_with(note)).count();
        let is_cut = call.matches(" = \"a\"").count() + call.matches(';').count() > 50;
        assert_eq!(notes, usize::from(is_cut), "{call}");
    }
}

#[test]
fn a_link_that_is_too_long_is_one_error() {
    let id = "a".repeat(20_000);
    let reported = errors(&format!("client_id = \"{id}\", redirect_uri = \"/cb\", scope = [x]"));
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert!(reported[0].starts_with("the link has at least 20033 bytes"), "{reported:?}");
}

#[test]
fn a_misspelled_field_causes_no_error_in_other_fields() {
    for (field, others) in [
        ("provders = [de_ob_all]", "provider_id = ob_revolut_de"),
        ("provider = [uk_cs_mock]", "environment = sandbox"),
        ("provder_id = ob_revolut_de", "providers = [uk_ob_all, de_ob_all], country_id = FR"),
    ] {
        let name = field.split(' ').next().expect("a name");
        assert_eq!(errors(&format!("{LINK} {field}, {others}")), [format!("unknown field `{name}`")], "{field}");
    }
}

#[test]
fn statements_in_braces_stay_in_a_block() {
    for value in [
        "if a { return } b",
        "for a in b {} c",
        "match a { _ => {} } c",
        "fn t() {} t()",
        "let a = b; a",
        "unsafe { a } &b",
    ] {
        let expansion = expand(&format!("{LINK} user_email = {{ {value} }}"));
        assert!(expansion.contains(":: text (& {"), "{value}: {expansion}");
    }
    for value in
        ["a", "if a { b } else { c }", "match a { _ => b }.c()", "a.b()?", "S { a } as T", "|a| { a }", "f::<A, B>(c)"]
    {
        let expansion = expand(&format!("{LINK} user_email = {{ {value} }}"));
        assert!(expansion.contains(":: text (& ("), "{value}: {expansion}");
    }
}

#[test]
fn unfinished_and_hostile_input_is_an_error_without_a_panic() {
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
        "client-r#id = 1",
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
        // Text that is not tokens never reaches a macro.
        let Some(tokens) = tokens(call) else {
            continue;
        };
        let expanded =
            catch_unwind(|| expand_call(tokens, Reader::Editor).to_string()).unwrap_or_else(|_| panic!("{call}"));
        assert!(expanded.contains("compile_error"), "{call}: {expanded}");
    }
}

#[test]
fn each_value_in_braces_expands_to_one_statement() {
    let fill = |values: &str| format!("auth_link :: __private :: fill (& {} , & [{values}])", constant(TEXT, true));
    assert_eq!(
        expand(&format!("{LINK} user_email = {{ a }}, tracking_id = {{ let b = a; b }}")),
        format!(
            "{{ let __auth_link_value0 = auth_link :: __private :: text (& (a)) ; let __auth_link_value1 = auth_link :: __private :: text (& {{ let b = a ; b }}) ; {} }}",
            fill("(\"user_email\" , __auth_link_value0) , (\"tracking_id\" , __auth_link_value1)")
        )
    );
}

/// Positions of a cursor in a call, as `|`, and the module whose items an editor offers there.
const CURSORS: [(&str, &str); 30] = [
    ("|", "field"),
    ("prov|", "field"),
    ("|client_id = \"a\", scope = [info]", "field"),
    ("client_id = \"a\", |", "field"),
    ("client_id = \"a\", | scope = [info]", "field"),
    ("client_id = \"a\", sc| scope = [info]", "field"),
    ("client_id = \"a\", scope = [info] |", ""),
    ("client_id = \"a\", scope = [info], lang|", "field"),
    ("\"https://auth.truelayer.com/?client_id=a\", |", "field"),
    ("scope = |", "scope"),
    ("scope = acc|", "scope"),
    ("scope = [|]", "scope"),
    ("scope = [acc|]", "scope"),
    ("scope = [info, |]", "scope"),
    ("scope = [info, |, accounts]", "scope"),
    ("scope = [info, bal|, accounts], providers = [uk_ob_all]", "scope"),
    ("scope = [info acc|]", "scope"),
    ("scope: [acc|]", "scope"),
    ("providers = [uk_|]", "providers"),
    ("providers = [uk_ob_all, |], provider_id = ob_monzo", "providers"),
    ("providers = [uk_ob_all], provider_id = |", "provider"),
    ("providers = [uk_ob_all], provider_id = ob_mon|,", "provider"),
    ("disable_providers = [ob_monzo, ob_|]", "provider"),
    ("language_id = |, country_id = GB", "language"),
    ("language_id = e|", "language"),
    ("country_id = G|", "country"),
    ("environment = sand|, client_id = env!(\"AUTH_LINK_NOT_SET\")", "environment"),
    ("response_mode = |", "response_mode"),
    ("user_email = { email }, allow = [scope_|]", "rule"),
    ("as = in, type = [self, r#type], language_id = |", "language"),
];

#[test]
fn the_expansion_for_an_editor_has_the_cursor_after_the_module_of_its_words() {
    const MARKER: &str = "raCompletionMarker";
    for (call, module) in CURSORS {
        let expand =
            |cursor: &str| expand_call(tokens(&call.replace('|', cursor)).expect("tokens"), Reader::Editor).to_string();
        let (plain, marked) = (expand(""), expand(MARKER));
        if module.is_empty() {
            assert!(!marked.split_once('}').expect("the words").0.contains(MARKER), "{call}: {marked}");
            continue;
        }
        let at = marked.find(MARKER).unwrap_or_else(|| panic!("{call}: {marked}"));
        assert!(plain.starts_with(&marked[..at]), "{call}:\n{plain}\n{marked}");
        let typed =
            call.split('|').next().and_then(|before| before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next());
        let path = format!(" {module} {}", typed.unwrap_or_default());
        assert!(marked[..at].ends_with(&path), "{call}: {}", &marked[..at]);
    }
}

#[test]
fn a_keyword_is_a_raw_identifier_for_an_editor() {
    let words = |call: &str| {
        let expansion = expand_call(tokens(call).expect("tokens"), Reader::Editor).to_string();
        expansion.split(['{', '}']).nth(2).expect("the words").trim().to_owned()
    };
    assert_eq!(words("as = a, yield = b, gen = c"), "field r#as field r#yield field r#gen field __end");
    assert_eq!(words("self = a, Self = b, super = c, crate = d, _ = e"), "field __end");
}

/// Three calls, whose whole expansions are in `snapshots/`, one statement a line.
const SNAPSHOTS: [(&str, &str); 3] = [
    (
        "constant",
        "client_id = \"acme-7d2f1a\", redirect_uri = \"https://app.example.com/callback\", scope = [accounts, balance], \
         providers = [uk_ob_all], provider_id = ob_monzo",
    ),
    (
        "pasted",
        "\"https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=info&state=s1\", \
         language_id = en",
    ),
    (
        "braces",
        "client_id = { id }, redirect_uri = \"https://app.example.com/callback\", scope = [info], \
         user_email = { let email = user.email(); email.trim() }",
    ),
];

#[test]
fn expansions_equal_their_snapshots() {
    for (name, call) in SNAPSHOTS {
        let path = format!("{}/src/snapshots/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        let expansion = expand(call);
        let lines =
            expansion.replace(" ; ", " ;\n").replace("! { ", "! {\n").replace("} auth_link ::", "}\nauth_link ::")
                + "\n";
        if std::env::var_os("AUTH_LINK_REGENERATE").is_some() {
            std::fs::write(&path, &lines).expect("to write");
        }
        let snapshot = std::fs::read_to_string(&path).expect("a snapshot");
        assert_eq!(lines, snapshot, "run the tests with AUTH_LINK_REGENERATE=1 to write the snapshots");
    }
}
