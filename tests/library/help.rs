//! Tests that a link is valid after each help text is followed.

use auth_link_rules::{Diagnostic, Entry, Text, Value};

use crate::call_reader;

/// Returns the errors of a link with these fields and the required ones.
fn errors(fields: &str) -> Vec<String> {
    let required = ["client_id = \"acme\",", "redirect_uri = \"https://a.example\",", "scope = [info, accounts],"];
    let name = |field: &str| field.split(' ').next().unwrap().to_owned() + " =";
    let rest = required.into_iter().filter(|field| !fields.contains(&name(field)));
    let draft = call_reader::draft(&(rest.collect::<String>() + fields)).unwrap();
    let diagnostics = draft.check().err().unwrap_or_default();
    diagnostics.iter().filter(|diagnostic| !diagnostic.is_warning()).map(ToString::to_string).collect()
}

/// Returns the words in backticks of the first `help:` line: `write …`, `add …`, `a similar … exists: …`.
fn suggestion(message: &str) -> String {
    let help = message.lines().find_map(|line| line.strip_prefix("help: ")).unwrap();
    help.split('`').nth(1).unwrap_or_else(|| panic!("{message}")).to_owned()
}

#[test]
fn a_wrong_redirect_uri_is_corrected_by_one_suggestion() {
    for (wrong, right) in [
        ("https//app.example.com/cb", "https://app.example.com/cb"),
        ("http//localhost:3000/cb", "http://localhost:3000/cb"),
        ("https;//app.example.com/cb", "https://app.example.com/cb"),
        ("htps://app.example.com/cb", "https://app.example.com/cb"),
        ("hptts://app.example.com/cb", "https://app.example.com/cb"),
        ("app.example.com/cb", "https://app.example.com/cb"),
        ("localhost:3000/cb", "http://localhost:3000/cb"),
        ("intra/cb", "https://intra/cb"),
        ("/cb", "https://app.example.com/cb"),
        ("?x=1", "https://app.example.com/?x=1"),
        ("http://app.example.com:80/cb#x", "https://app.example.com/cb"),
        ("http://jo:secret@APP.example.com:8080/cb?x=1#y", "https://app.example.com:8080/cb?x=1"),
        ("https://App.Example.com:443/cb", "https://app.example.com/cb"),
        ("HTTP://LOCALHOST:80/cb", "http://localhost/cb"),
        ("HTTPS://app.example.com:80/cb", "https://app.example.com/cb"),
        ("http://app.example.com:443/cb", "https://app.example.com/cb"),
        ("http://user@localhost:443/cb", "http://localhost:443/cb"),
        ("com.example.App:/cb#x", "com.example.app:/cb"),
        ("com.example.App://jo@cb/x#y", "com.example.app://cb/x"),
    ] {
        let messages = errors(&format!("redirect_uri = {wrong:?}"));
        assert!(!messages.is_empty(), "{wrong}");
        for message in messages {
            assert_eq!(suggestion(&message), format!("redirect_uri = {right:?}"), "{wrong}: {message}");
            assert!(!message.contains("secret"));
        }
        assert_eq!(errors(&format!("redirect_uri = {right:?}")), [""; 0], "{right}");
    }
}

#[test]
fn a_redirect_uri_that_cannot_be_corrected_names_the_wrong_part() {
    for (wrong, expected) in [
        ("https://https://app.example.com/cb", "`redirect_uri` is not an address: no host"),
        ("https://", "`redirect_uri` is not an address: no host"),
        ("https://{host}/cb", "`redirect_uri` is not an address: a placeholder for the host"),
        ("my_app://callback", "unexpected `_` in the scheme of `redirect_uri`"),
        ("https://app.example.com/cb\u{200b}", "unexpected `\\u{200b}` in `redirect_uri`"),
        ("https://app.example.com/*", "unexpected wildcard in `redirect_uri`"),
    ] {
        let messages = errors(&format!("redirect_uri = {wrong:?}"));
        assert_eq!(
            messages.iter().map(|message| message.lines().next().unwrap()).collect::<Vec<_>>(),
            [expected],
            "{wrong}"
        );
    }
    assert_eq!(
        errors("redirect_uri = \"https://app.example.com/a*b\""),
        [""; 0],
        "a star in a path is an ordinary character"
    );
}

#[test]
fn an_address_of_an_app_scheme_is_valid_in_any_form() {
    for address in ["com.example.app://cb", "com.example.app://Rück/cb", "com.example.app://cb:/x"] {
        assert_eq!(errors(&format!("redirect_uri = {address:?}")), [""; 0], "{address}");
    }
}

#[test]
fn a_wrong_word_has_a_valid_suggestion() {
    for (field, wrong, right) in [
        ("providers", "[OB_MONZO]", "[ob_monzo]"),
        ("providers", "[Monzo]", "[ob_monzo]"),
        ("providers", "[gb_ob_all]", "[uk_ob_all]"),
        ("providers", "[gb_ob_monzo]", "[uk_ob_monzo]"),
        ("providers", "[ie_ob_revolut]", "[ie_ob_revolut_ie]"),
        ("providers", "[mock]", "[uk_cs_mock]"),
        ("providers", "\"mock\"", "\"uk-cs-mock\""),
        ("providers", "\"ob-all\"", "\"uk-ob-all\""),
        ("providers", "\"UK-OB-ALL\"", "\"uk-ob-all\""),
        ("scope", "[INFO]", "[info]"),
        ("provider_id", "\"uk-ob-monzo\"", "ob_monzo"),
        ("provider_id", "uk_ob_monzo", "ob_monzo"),
    ] {
        let messages = errors(&format!("{field} = {wrong}"));
        assert_eq!(messages.len(), 1, "{wrong}: {messages:?}");
        let word = right.trim_matches(['[', ']', '"']);
        let expected = if field == "provider_id" { format!("{field} = {word}") } else { word.to_owned() };
        assert_eq!(suggestion(&messages[0]), expected, "{wrong}: {messages:?}");
        assert_eq!(errors(&format!("{field} = {right}")), [""; 0], "{right}");
    }
}

#[test]
fn a_misspelled_field_name_has_a_suggestion() {
    for (wrong, right) in [
        ("providerId", "provider_id"),
        ("redirectUri", "redirect_uri"),
        ("Scope", "scope"),
        ("scopes", "scope"),
        ("email", "user_email"),
        ("country", "country_id"),
        ("redirect_url", "redirect_uri"),
    ] {
        assert_eq!(suggestion(&errors(&format!("{wrong} = \"x\""))[0]), right, "{wrong}");
    }
}

#[test]
fn two_providers_without_a_space_are_separated() {
    for text in ["uk-ob-monzouk-ob-hsbc", "uk-ob-monzouk-oauth-all", "uk-ob-alluk-oauth-all", "ob-monzoob-hsbc"] {
        let messages = errors(&format!("providers = {text:?}"));
        assert!(
            messages[0].starts_with(&format!("two providers without a space, `{text}`\nhelp: write `")),
            "{messages:?}"
        );
        assert_eq!(errors(&format!("providers = {:?}", suggestion(&messages[0]))), [""; 0], "{messages:?}");
    }
    let messages = errors("providers = [uk_ob_alluk_oauth_all]");
    assert_eq!(errors(&format!("providers = [{}]", suggestion(&messages[0]))), [""; 0], "{messages:?}");
}

#[test]
fn a_missing_provider_is_suggested_in_the_form_of_the_list() {
    for (providers, add) in
        [("\"uk-oauth-all\"", "uk-ob-all"), ("[uk_oauth_all]", "uk_ob_all"), ("[\"uk-oauth-all\"]", "uk-ob-all")]
    {
        let messages = errors(&format!("providers = {providers}, provider_id = ob_hsbc"));
        assert_eq!(suggestion(&messages[0]), add, "{messages:?}");
    }
    let messages = errors("provider_id = ob_revolut_ie");
    assert_eq!(suggestion(&messages[0]), "providers = [ie_ob_all]");
    assert_eq!(errors("provider_id = ob_revolut_ie, providers = [ie_ob_all]"), [""; 0]);
}

#[test]
fn the_help_adds_a_rule_to_an_existing_allow() {
    let last_line = |fields| errors(fields)[0].lines().last().unwrap().to_owned();
    assert_eq!(last_line("scope = [balance]"), "help: if this is intentional, add `allow = [missing_required_scope]`");
    let with_allow = "scope = [balance], allow = [non_normalized_redirect_uri]";
    assert_eq!(last_line(with_allow), "help: if this is intentional, add `missing_required_scope` to `allow`");
    assert_eq!(errors("scope = [balance], allow = [non_normalized_redirect_uri, missing_required_scope]"), [""; 0]);
}

/// Each of two errors tells to add an `allow`: the help of the duplicate has the rules of both.
#[test]
fn the_help_of_a_second_allow_has_the_rules_of_all() {
    let both = "client_id = \"sandbox-acme\", redirect_uri = \"http://mock.internal/cb\", scope = [balance], \
        auth_server = \"http://mock.internal:8080\"";
    let mut fields = both.to_owned();
    for message in errors(both) {
        let (_, field) = message.rsplit_once("if this is intentional, add `").unwrap();
        fields = format!("{fields}, {}", field.trim_end_matches('`'));
    }
    let merged = suggestion(&errors(&fields)[0]).clone();
    assert!(merged.starts_with("allow = [") && merged.contains(", missing_required_scope"), "{merged}");
    assert_eq!(errors(&format!("{both}, {merged}")), [""; 0]);
    for message in errors(&fields) {
        assert_eq!(message, format!("duplicate `allow`\nhelp: write `{merged}`"));
    }
    // An `allow` without rules is completed, not repeated.
    let empty = errors("scope = [balance], allow = []");
    assert!(empty[0].ends_with("add `missing_required_scope` to `allow`"), "{empty:?}");
    let unknown = errors("allow = [colour], allow = [size]");
    assert!(unknown.contains(&"duplicate `allow`\nhelp: keep one of the two".to_owned()), "{unknown:?}");
}

#[test]
fn a_message_has_at_most_three_lines_and_escapes_hidden_characters() {
    let messages = errors("scope = \"in\u{202e}fo a\u{1b}[2J\", language_id = \"x\ny\", \"a\" = \"b\u{0}\"");
    assert_eq!(messages.len(), 4, "{messages:?}");
    for message in messages {
        assert!(message.lines().count() <= 3, "{message}");
        assert!(message.chars().all(|c| c == '\n' || (!c.is_control() && c != '\u{202e}')), "{message:?}");
    }
}

#[test]
fn one_mistake_is_reported_once() {
    for (fields, expected) in [
        ("client_id = \"sandbox-acme\", provider_id = mock", "provider `mock` is not covered by the default"),
        ("\"scope\" = [info]", "unexpected quotes around `scope`"),
        ("country_id = \"GBR\"", "unknown country `GBR`"),
        ("redirect_uri = \"/cb\", response_mode = form_post", "`redirect_uri` has no scheme"),
        ("redirect_uri = \"localhost:1/cb\", response_mode = form_post", "`redirect_uri` has no scheme"),
        (
            "redirect_uri = \"htps://a.example\", response_mode = form_post",
            "unexpected scheme `htps` in `redirect_uri`",
        ),
        (
            "redirect_uri = \"com.example.app:/cb\", response_mode = form_post",
            "`form_post` cannot reach an app at `com.example.app:`\nhelp: remove it",
        ),
        ("providers = [uk_oauth_all], provider_id = \"uk-ob-monzo\"", "`provider_id` takes the id without its country"),
        (
            "providers = [ie_ob_all], provider_id = uk_ob_all",
            "expected one provider for `provider_id`, found the group",
        ),
        (
            "providers = [ie_ob_all], provider_id = \"ob-a ob-b\"",
            "expected one provider for `provider_id`, found several",
        ),
        (
            "providers = [uk_ob_all], provider_id = \"ob-monzo \"",
            "unexpected space in `provider_id`\nhelp: write `provider_id = ob_monzo`",
        ),
        ("providers = [uk_ob_all], provider_id = \"  \"", "empty `provider_id`"),
        (
            "providers = [ie_ob_all], provider_id = \"Monzo!\", disable_providers = [ob_monzo]",
            "unknown provider `Monzo!`",
        ),
        ("providers = [uk_oauth_all], provider_id = \"ob-Monzo!\"", "unknown provider `ob-Monzo!`"),
        (
            "providers = [ie_ob_all], provider_id = zz_ob_all",
            "expected one provider for `provider_id`, found the group",
        ),
        ("client_id = \" \"", "unexpected white space in `client_id`"),
        ("scope = \" \"", "empty `scope`"),
        ("client_id = [a, b]", "expected one value for `client_id`, found a list"),
        ("\"consent_id\" = [a]", "expected text in quotes, found `a`"),
    ] {
        let messages = errors(fields);
        assert!(messages.len() == 1 && messages[0].starts_with(expected), "{messages:?}");
    }
}

#[test]
fn a_help_fits_the_field_and_its_value() {
    let quoted = format!("provider_id = {:?}", "ob-".to_owned() + &"x".repeat(61));
    assert_eq!(errors(&format!("providers = [ie_ob_all], {quoted}")).len(), 0, "an id of 64 characters is valid");
    for (fields, help) in [
        ("language_id = \"germn\"", "write `language_id = de`"),
        ("language_id = \"eng\"", "a similar language exists: `en`"),
        ("language_id = \"zz1\"", "the languages are "),
        ("providers = [zzqqxx]", "ids look like `ob_monzo`, groups like `uk_ob_all`"),
        ("provider_id = zzqqxx", "ids look like `ob_monzo`; for a value of run time write `provider_id = { zzqqxx }`"),
        ("providers = [zz_qqxx]", "write an id that this crate does not list in quotes: `\"zz-qqxx\"`"),
        ("catalogue = { path }", "write text in quotes, or `env!(\"NAME\")`"),
        ("response_type = { kind }", "write a word, or leave it out"),
        ("scope = { scopes }", "write a list, `[one, another]`, or `env!(\"NAME\")`"),
        ("environment = live, environment = sandbox", "keep one of the two"),
    ] {
        let messages = errors(fields);
        let helps: Vec<_> = messages.iter().filter_map(|message| message.split("help: ").nth(1)).collect();
        assert!(helps.iter().any(|text| text.starts_with(help)), "{fields}: {messages:?}");
    }
}

#[test]
fn a_missing_field_is_reported_unless_a_misspelled_field_replaces_it() {
    for (field, is_reported) in
        [("cleint_id", false), ("\"client_id\"", false), ("\"cleint_id\"", true), ("colour", true)]
    {
        let diagnostics = call_reader::draft(&format!("{field} = \"a\"")).unwrap().check().unwrap_err();
        let missing = diagnostics.iter().any(|diagnostic| diagnostic.to_string().starts_with("missing `client_id`"));
        assert_eq!(missing, is_reported, "{field}");
    }
}

#[test]
fn a_warning_names_the_known_alternatives() {
    let warnings = |fields: &str| {
        let scope = if fields.contains("scope") { "" } else { "scope = [info]," };
        let rest = format!("client_id = \"acme\", redirect_uri = \"https://a.example\", {scope}");
        let checked = call_reader::draft(&format!("{rest} {fields}")).unwrap().check().unwrap();
        let texts = checked.warnings.iter().map(|warning| {
            let text = warning.to_string();
            let allow = format!("\nhelp: if this is intentional, add `allow = [{}]`", warning.rule().name);
            text.strip_suffix(&allow).unwrap_or_else(|| panic!("{text}")).to_owned()
        });
        texts.collect::<Vec<_>>().join("\n")
    };
    for (fields, expected) in [
        (
            "provider_id = ob_santander",
            "provider `ob-santander` is replaced by `ob-santander-personal`\nhelp: write `ob_santander_personal`",
        ),
        (
            "providers = [uk_oauth_monzo, uk_ob_all]",
            "provider `uk-oauth-monzo` is replaced by `uk-ob-monzo`\nhelp: write `uk_ob_monzo`",
        ),
        (
            "disable_providers = \"oauth-monzo\"",
            "provider `oauth-monzo` is replaced by `ob-monzo`\nhelp: write `ob-monzo`",
        ),
        (
            "providers = \"gb-ob-monzo\"",
            "TrueLayer's ids use `uk`, not `gb`, found `gb-ob-monzo`\nhelp: write `uk-ob-monzo`",
        ),
        (
            "providers = \"fr-xs2a-all\"",
            "TrueLayer is not known to have the group `fr-xs2a-all`\nhelp: the groups of this country are `fr-ob-all`, `fr-stet-all`",
        ),
        (
            "providers = \"uk-cs-all\"",
            "TrueLayer is not known to have the group `uk-cs-all`\nhelp: write `uk-cs-mock`: Mock Bank is its only remaining provider",
        ),
        (
            "providers = \"xy-ob-all\"",
            "TrueLayer is not known to have the group `xy-ob-all`\nhelp: list the providers individually",
        ),
        (
            "providers = \"lloyds\"",
            "TrueLayer is not known to have the provider `lloyds`\nhelp: a similar provider exists: `ob-lloyds`",
        ),
        (
            "providers = \"rbs-digital\"",
            "TrueLayer is not known to have the provider `rbs-digital`\nhelp: ids look like `ob-monzo`",
        ),
        (
            "providers = \"uk-oauth-open-banking\"",
            "TrueLayer is not known to have the provider `uk-oauth-open-banking`\nhelp: ids look like `ob-monzo`",
        ),
        (
            "provider_id = \"ob-monzzo\"",
            "TrueLayer is not known to have the provider `ob-monzzo`\nhelp: a similar provider exists: `ob-monzo`",
        ),
        (
            "scope = [info, accounts], provider_id = oauth_amex",
            "Amex (`oauth-amex`) is known to offer cards, not accounts\nhelp: write `cards`",
        ),
        ("scope = [info, cards], provider_id = oauth_amex", ""),
    ] {
        assert_eq!(warnings(fields), expected, "{fields}");
    }
}

#[test]
fn an_unreadable_value_causes_no_other_error() {
    let unreadable = |name: &str, list: bool| {
        let value = if list { Value::List(vec![Text::Invalid]) } else { Value::Text(Text::Invalid) };
        Entry::new(name.to_owned(), false, value)
    };
    for list in [false, true] {
        let mut draft =
            call_reader::draft("client_id = \"sandbox-a\", redirect_uri = \"https://a.example\", scope = [balance]")
                .unwrap();
        draft.push(unreadable("providers", list));
        draft.push(unreadable("country_id", false));
        let diagnostics = draft.check().unwrap_err();
        assert_eq!(
            diagnostics.iter().map(|diagnostic| diagnostic.rule().name).collect::<Vec<_>>(),
            ["missing_required_scope"]
        );
    }
    let mut draft = call_reader::draft("client_id = \"a\", redirect_uri = \"https://a.example\"").unwrap();
    let words = vec![Text::Word("balance".to_owned()), Text::Invalid];
    draft.push(Entry::new("scope".to_owned(), false, Value::List(words)));
    draft.push(unreadable("provider_id", false));
    assert!(draft.check().is_ok(), "the required scope may be the one that could not be read");
}

#[test]
fn diagnostics_are_in_the_order_of_the_link() {
    let call = "\"https://auth.truelayer.com/x?client_id=a b&scope=info%20%20acounts%20x+y#z\", response_type = token, pkce = maybe, nonce = a, \
                redirect_uri = \"/cb\", allow = [missing_required_scopes]";
    let draft = call_reader::draft(call).unwrap();
    let diagnostics = draft.check().unwrap_err();
    let rules: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.rule().name).collect();
    assert_eq!(
        rules,
        [
            "unexpected_link_path",
            "unexpected_link_fragment",
            "invalid_client_id",
            "unknown_scope",
            "unknown_scope",
            "unknown_scope",
            "unsupported_response_type",
            "invalid_pkce",
            "retired_field",
            "relative_redirect_uri",
            "unknown_allowed_rule",
        ]
    );
    let link = "https://auth.truelayer.com/x?client_id=a b&scope=info%20%20acounts%20x+y#z";
    let ranges = diagnostics.iter().filter_map(Diagnostic::range).map(|range| &link[range]);
    assert_eq!(ranges.collect::<Vec<_>>(), ["/x", "#z", "a b", "acounts", "x", "y"]);
}

#[test]
fn an_unknown_parameter_of_a_pasted_link_is_not_read_as_a_similar_field() {
    let link = "\"https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri=https://a.example&provders=x\"";
    let diagnostics = call_reader::draft(&format!("{link}, provider_id = ob_revolut_ie")).unwrap().check().unwrap_err();
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.rule().name == "uncovered_provider_id"));
    let link =
        "\"https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri=https://a.example&pkce=perhaps&x=1&x=2\"";
    assert!(
        call_reader::draft(link).unwrap().check().is_ok(),
        "an unknown parameter is sent unchanged, even if it is repeated"
    );
}
