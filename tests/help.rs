//! What a message says to write can be written: followed to the letter, it ends the fault.

mod call_reader;

use auth_link_rules::{Diagnostic, Entry, Text, Value};

/// What is wrong with a link that has these fields beside the required ones.
fn faults(fields: &str) -> Vec<String> {
    let missing = ["client_id = \"acme\",", "redirect_uri = \"https://a.example\",", "scope = [info, accounts],"];
    let name = |field: &str| field.split(' ').next().unwrap().to_owned() + " =";
    let rest = missing.into_iter().filter(|field| !fields.contains(&name(field)));
    let draft = call_reader::draft(&(rest.collect::<String>() + fields)).unwrap();
    let diagnostics = draft.check().err().unwrap_or_default();
    diagnostics.iter().filter(|diagnostic| !diagnostic.is_warning()).map(ToString::to_string).collect()
}

/// The words in backticks of the first `help:` line, `write …`, `add …`, `did you mean …`.
fn advice(fault: &str) -> String {
    let help = fault.lines().find_map(|line| line.strip_prefix("help: ")).unwrap();
    help.split('`').nth(1).unwrap_or_else(|| panic!("{fault}")).to_owned()
}

#[test]
fn a_redirect_uri_is_mended_at_once() {
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
        let found = faults(&format!("redirect_uri = {wrong:?}"));
        assert!(!found.is_empty(), "{wrong}");
        for fault in found {
            assert_eq!(advice(&fault), right, "{wrong}: {fault}");
            assert!(!fault.contains("secret"));
        }
        assert_eq!(faults(&format!("redirect_uri = {right:?}")), [""; 0], "{right}");
    }
}

#[test]
fn what_is_no_address_is_said_to_be_none() {
    for (wrong, fault) in [
        ("https://https://app.example.com/cb", "`redirect_uri` is not an address: no host"),
        ("https://", "`redirect_uri` is not an address: no host"),
        ("https://{host}/cb", "`redirect_uri` is not an address: a placeholder for the host"),
        ("my_app://callback", "unexpected `_` in the scheme of `redirect_uri`"),
        ("https://app.example.com/cb\u{200b}", "unexpected `\\u{200b}` in `redirect_uri`"),
        ("https://app.example.com/*", "unexpected wildcard in `redirect_uri`"),
    ] {
        let found = faults(&format!("redirect_uri = {wrong:?}"));
        assert_eq!(found.iter().map(|found| found.lines().next().unwrap()).collect::<Vec<_>>(), [fault], "{wrong}");
    }
    assert_eq!(faults("redirect_uri = \"https://app.example.com/a*b\""), [""; 0], "a star is a character like others");
}

#[test]
fn an_apps_own_address_stands_as_the_app_wrote_it() {
    for address in ["com.example.app://cb", "com.example.app://Rück/cb", "com.example.app://cb:/x"] {
        assert_eq!(faults(&format!("redirect_uri = {address:?}")), [""; 0], "{address}");
    }
}

#[test]
fn a_word_is_answered_with_one_that_passes() {
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
        ("provider_id", "\"uk-ob-monzo\"", "\"ob-monzo\""),
        ("provider_id", "uk_ob_monzo", "ob_monzo"),
    ] {
        let found = faults(&format!("{field} = {wrong}"));
        assert_eq!(found.len(), 1, "{wrong}: {found:?}");
        assert_eq!(advice(&found[0]), right.trim_matches(['[', ']', '"']), "{wrong}: {found:?}");
        assert_eq!(faults(&format!("{field} = {right}")), [""; 0], "{right}");
    }
}

#[test]
fn a_field_is_found_by_other_spellings() {
    for (wrong, right) in [
        ("providerId", "provider_id"),
        ("redirectUri", "redirect_uri"),
        ("Scope", "scope"),
        ("scopes", "scope"),
        ("email", "user_email"),
        ("country", "country_id"),
        ("redirect_url", "redirect_uri"),
    ] {
        assert_eq!(advice(&faults(&format!("{wrong} = \"x\""))[0]), right, "{wrong}");
    }
}

#[test]
fn two_providers_without_a_space_are_parted() {
    for glued in ["uk-ob-monzouk-ob-hsbc", "uk-ob-monzouk-oauth-all", "uk-ob-alluk-oauth-all", "ob-monzoob-hsbc"] {
        let found = faults(&format!("providers = {glued:?}"));
        assert!(found[0].starts_with(&format!("two providers in one, `{glued}`\nhelp: separate them: `")), "{found:?}");
    }
    let found = faults("providers = [uk_ob_alluk_oauth_all]");
    assert!(found[0].ends_with("separate them: `uk_ob_all` and `uk_oauth_all`"), "{found:?}");
}

#[test]
fn a_provider_is_added_in_the_spelling_of_the_list() {
    for (providers, add) in
        [("\"uk-oauth-all\"", "uk-ob-all"), ("[uk_oauth_all]", "uk_ob_all"), ("[\"uk-oauth-all\"]", "uk-ob-all")]
    {
        let found = faults(&format!("providers = {providers}, provider_id = ob_hsbc"));
        assert_eq!(advice(&found[0]), add, "{found:?}");
    }
    let found = faults("provider_id = ob_revolut_ie");
    assert_eq!(advice(&found[0]), "providers = [ie_ob_all]");
    assert_eq!(faults("provider_id = ob_revolut_ie, providers = [ie_ob_all]"), [""; 0]);
}

#[test]
fn a_rule_is_added_to_those_that_are_allowed() {
    let meant = |fields| faults(fields)[0].lines().last().unwrap().to_owned();
    assert_eq!(meant("scope = [balance]"), "help: if it is meant, add `allow = [missing_required_scope]`");
    let beside = "scope = [balance], allow = [non_normalized_redirect_uri]";
    assert_eq!(meant(beside), "help: if it is meant, add `scope_needs` to `allow`");
    assert_eq!(faults("scope = [balance], allow = [redirect_form, scope_needs]"), [""; 0]);
}

#[test]
fn a_message_is_three_lines_at_most_and_shows_what_is_hidden() {
    let found = faults("scope = \"in\u{202e}fo a\u{1b}[2J\", language_id = \"x\ny\", \"a\" = \"b\u{0}\"");
    assert_eq!(found.len(), 4, "{found:?}");
    for fault in found {
        assert!(fault.lines().count() <= 3, "{fault}");
        assert!(fault.chars().all(|c| c == '\n' || (!c.is_control() && c != '\u{202e}')), "{fault:?}");
    }
}

#[test]
fn one_mistake_is_told_once() {
    for (fields, fault) in [
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
            "`response_mode = form_post` cannot reach",
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
            "unexpected space in `provider_id`\nhelp: write `ob-monzo`",
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
        let found = faults(fields);
        assert!(found.len() == 1 && found[0].starts_with(fault), "{found:?}");
    }
}

#[test]
fn an_answer_fits_the_field_and_what_was_written() {
    let quoted = format!("provider_id = {:?}", "ob-".to_owned() + &"x".repeat(61));
    assert_eq!(faults(&format!("providers = [ie_ob_all], {quoted}")).len(), 0, "an id of 64 characters is one");
    for (fields, help) in [
        ("language_id = \"germn\"", "write `language_id = de`"),
        ("language_id = \"eng\"", "did you mean `en`?"),
        ("language_id = \"zz1\"", "the languages are "),
        ("providers = [zzqqxx]", "ids read like `ob_monzo`, groups like `uk_ob_all`"),
        (
            "provider_id = zzqqxx",
            "ids read like `ob_monzo`; what is known only at run time is `provider_id = { zzqqxx }`",
        ),
        ("providers = [zz_qqxx]", "an id that is not in this crate's list goes in quotes: `\"zz-qqxx\"`"),
        ("catalogue = { path }", "write text in quotes, or `env!(\"NAME\")`"),
        ("response_type = { kind }", "write a word, or leave it out"),
        ("scope = { scopes }", "write a list, `[one, another]`, or `env!(\"NAME\")`"),
        ("environment = live, environment = sandbox", "keep one of the two"),
    ] {
        let found = faults(fields);
        let helps: Vec<_> = found.iter().filter_map(|fault| fault.split("help: ").nth(1)).collect();
        assert!(helps.iter().any(|found| found.starts_with(help)), "{fields}: {found:?}");
    }
}

#[test]
fn what_is_missing_is_told_unless_it_stands_under_a_wrong_name() {
    for (field, is_told) in [("cleint_id", false), ("\"client_id\"", false), ("\"cleint_id\"", true), ("colour", true)]
    {
        let diagnostics = call_reader::draft(&format!("{field} = \"a\"")).unwrap().check().unwrap_err();
        let missing = diagnostics.iter().any(|diagnostic| diagnostic.to_string().starts_with("missing `client_id`"));
        assert_eq!(missing, is_told, "{field}");
    }
}

#[test]
fn a_doubt_names_what_is_known() {
    let warned = |fields: &str| {
        let scope = if fields.contains("scope") { "" } else { "scope = [info]," };
        let rest = format!("client_id = \"acme\", redirect_uri = \"https://a.example\", {scope}");
        let checked = call_reader::draft(&format!("{rest} {fields}")).unwrap().check().unwrap();
        checked.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
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
            "TrueLayer's ids say `uk`, not `gb`, found `gb-ob-monzo`\nhelp: write `uk-ob-monzo`",
        ),
        (
            "providers = \"fr-xs2a-all\"",
            "TrueLayer is not known to have the group `fr-xs2a-all`\nhelp: of this country there are `fr_ob_all`, `fr_stet_all`",
        ),
        (
            "providers = \"uk-cs-all\"",
            "TrueLayer is not known to have the group `uk-cs-all`\nhelp: write `uk_cs_mock`: only Mock Bank is left of it",
        ),
        (
            "providers = \"xy-ob-all\"",
            "TrueLayer is not known to have the group `xy-ob-all`\nhelp: list the providers one by one",
        ),
        (
            "providers = \"lloyds\"",
            "TrueLayer is not known to have the provider `lloyds`\nhelp: did you mean `ob-lloyds`?",
        ),
        (
            "providers = \"rbs-digital\"",
            "TrueLayer is not known to have the provider `rbs-digital`\nhelp: ids read like `ob-monzo`",
        ),
        (
            "providers = \"uk-oauth-open-banking\"",
            "TrueLayer is not known to have the provider `uk-oauth-open-banking`\nhelp: ids read like `ob-monzo`",
        ),
        (
            "provider_id = \"ob-monzzo\"",
            "TrueLayer is not known to have the provider `ob-monzzo`\nhelp: did you mean `ob-monzo`?",
        ),
        (
            "scope = [info, accounts], provider_id = oauth_amex",
            "Amex (`oauth-amex`) is known to offer cards, not accounts\nhelp: write `cards` instead of `accounts`",
        ),
        ("scope = [info, cards], provider_id = oauth_amex", ""),
    ] {
        assert_eq!(warned(fields), expected, "{fields}");
    }
}

#[test]
fn what_could_not_be_read_is_held_against_nothing() {
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
    assert!(draft.check().is_ok(), "the scope that is needed may be the one that was not read");
}

#[test]
fn problems_stand_in_the_order_of_the_link() {
    let call = "\"https://auth.truelayer.com/x?client_id=a b&scope=info%20%20acounts%20x+y#z\", response_type = token, pkce = maybe, nonce = a, \
                redirect_uri = \"/cb\", allow = [scope_need]";
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
            "response_type",
            "pkce",
            "retired_field",
            "relative_redirect_uri",
            "unknown_allowed_rule",
        ]
    );
    let link = "https://auth.truelayer.com/x?client_id=a b&scope=info%20%20acounts%20x+y#z";
    let places = diagnostics.iter().filter_map(Diagnostic::range).map(|range| &link[range]);
    assert_eq!(places.collect::<Vec<_>>(), ["/x", "#z", "a b", "acounts", "x", "y"]);
}

#[test]
fn a_parameter_of_a_pasted_link_is_what_it_says() {
    let link = "\"https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri=https://a.example&provders=x\"";
    let diagnostics = call_reader::draft(&format!("{link}, provider_id = ob_revolut_ie")).unwrap().check().unwrap_err();
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.rule().name == "uncovered_provider_id"));
    let link =
        "\"https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri=https://a.example&pkce=perhaps&x=1&x=2\"";
    assert!(call_reader::draft(link).unwrap().check().is_ok(), "what it does not know is sent as it stands, twice too");
}
