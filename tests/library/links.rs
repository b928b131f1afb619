//! Valid links, each checked by the macro and by its draft, and parsed as a browser parses them.

use std::collections::{BTreeMap, BTreeSet};

use auth_link::{AuthLink, auth_link};
use auth_link_rules::{Draft, Entry, Param, Text, Value};
use url::Url;

use crate::call_reader;

/// Compares a link of the macro with its draft, and its warnings with `warnings`; returns the parameters of its text.
fn read(link: &AuthLink, call: &str, warnings: &[&str]) -> Vec<(String, String)> {
    let draft = call_reader::draft(call).expect("a plain call");
    let checked = draft.check().unwrap_or_else(|diagnostics| panic!("{call}: {diagnostics:?}"));
    assert_eq!(link.as_str(), checked.text, "the link of the macro equals the link of the draft");
    let reported: Vec<_> = checked.warnings.iter().map(|diagnostic| diagnostic.rule().name).collect();
    assert_eq!(reported, warnings, "{call}");
    assert!(
        link.as_str().is_ascii() && !link.as_str().contains(['+', ' ', '#', '"', '<', '>', '\'']),
        "{}",
        link.as_str()
    );
    let url = Url::parse(link.as_str()).expect("a URL");
    assert_eq!(url.as_str(), link.as_str(), "a browser sends it unchanged");
    let values: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let names: BTreeSet<_> = values.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), values.len(), "each parameter once");
    assert_eq!(
        link.with_auth_server("http://localhost:1").unwrap().as_str().split("/?").nth(1),
        link.as_str().split("/?").nth(1)
    );
    assert!(link.with_user_email("jo@example.com").is_ok(), "it accepts the value of a user");
    assert!(["state", "code_challenge"].iter().all(|name| !names.contains(name)), "each authorization adds its own");
    values
}

fn value<'v>(values: &'v [(String, String)], name: &str) -> Option<&'v str> {
    values.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
}

/// Writes a test for each redirect URI.
macro_rules! redirect_uris {
    ($($name:ident: $uri:literal;)*) => {
        mod redirect_uri {
            use super::*;
            $(#[test]
            fn $name() {
                static LINK: AuthLink = auth_link!(client_id = "acme-7d2f1a", redirect_uri = $uri, scope = [accounts]);
                let call = format!("client_id = \"acme-7d2f1a\", redirect_uri = {}, scope = [accounts]", stringify!($uri));
                assert_eq!(value(&read(&LINK, &call, &[]), "redirect_uri"), Some($uri), "byte for byte");
            })*
        }
    };
}

/// Writes a test for each list of fields, which are added to the three required ones, and its warnings.
macro_rules! fields {
    ($($name:ident: [$($fields:tt)*] $($warning:ident)*;)*) => {
        mod fields {
            use super::*;
            $(#[test]
            #[allow(deprecated)]
            fn $name() {
                static LINK: AuthLink = auth_link!(
                    client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [info, accounts],
                    $($fields)*
                );
                let base = "client_id = \"acme-7d2f1a\", redirect_uri = \"https://app.example.com/callback\", scope = [info, accounts],";
                read(&LINK, &format!("{base}{}", stringify!($($fields)*)), &[$(stringify!($warning)),*]);
            })*
        }
    };
}

/// Writes a test for each whole link and its warnings.
macro_rules! links {
    ($($name:ident: [$($fields:tt)*] $($warning:ident)*;)*) => {
        mod links {
            use super::*;
            $(#[test]
            #[allow(deprecated)]
            fn $name() {
                static LINK: AuthLink = auth_link!($($fields)*);
                read(&LINK, stringify!($($fields)*), &[$(stringify!($warning)),*]);
            })*
        }
    };
}

redirect_uris! {
    bare_origin: "https://app.example.com";
    origin_with_slash: "https://app.example.com/";
    query_without_slash: "https://app.example.com?x=1";
    query: "https://app.example.com/cb?tenant=1&x=a%20b";
    query_with_plus: "https://app.example.com/cb?x=a+b";
    query_of_another_name: "https://app.example.com/cb?codes=1&estate=2";
    query_with_an_address: "https://app.example.com/cb?next=https://app.example.com/*";
    empty_query: "https://app.example.com/cb?";
    port: "https://app.example.com:8443/callback";
    deep_path: "https://app.example.com/a/b/c/d.php";
    dots_in_path: "https://app.example.com/a../.b/c.";
    double_slash_in_path: "https://app.example.com//callback";
    percent_in_path: "https://app.example.com/caf%C3%A9";
    lone_percent: "https://app.example.com/100%";
    lowercase_hex: "https://app.example.com/%c3%a9";
    quote: "https://app.example.com/o'brien?who=o'brien";
    reserved_characters: "https://app.example.com/cb;v=1?a=(b)&c=!$,~";
    non_ascii_path: "https://app.example.com/büro";
    uppercase_in_path: "https://app.example.com/OAuth/CallBack";
    punycode: "https://xn--bcher-kva.example/callback";
    hyphens_and_digits: "https://my-app-2.eu.example.co.uk/cb";
    address_v4: "https://203.0.113.7/callback";
    address_v6: "https://[2001:db8::1]/callback";
    localhost: "http://localhost:3000/callback";
    localhost_without_port: "http://localhost/callback";
    localhost_over_tls: "https://localhost:3000/callback";
    name_of_localhost: "http://app.localhost:3000/cb";
    loopback_v4: "http://127.0.0.1:8080";
    loopback_v4_other: "http://127.1.2.3/cb";
    loopback_v6: "http://[::1]:8080/cb";
    private_over_tls: "https://192.168.1.20/cb";
    single_label_over_tls: "https://intranet/cb";
    app_scheme: "com.yourapp://callback/truelayer";
    app_scheme_reversed: "com.example.app:/cb";
    app_scheme_reversed_slashes: "com.example.app://cb";
    app_scheme_three_slashes: "com.example.app:///cb";
    app_scheme_path: "com.example.app:cb";
    app_scheme_query: "com.example.app:/cb?x=1";
    app_scheme_case_of_host: "com.yourapp://Callback/TrueLayer";
    app_scheme_punctuation: "web+app-2.x:/cb";
    app_scheme_without_a_similar_one: "httpz.app:/cb";
    console: "https://console.truelayer.com/redirect-page";
}

fields! {
    nothing_else: [];
    response_type: [response_type = code];
    response_mode: [response_mode = form_post];
    response_mode_query: [response_mode = query];
    response_mode_text: [response_mode = "form_post"];
    method: [code_challenge_method = S256];
    pkce: [pkce = true];
    without_pkce: [pkce = false];
    language: [language_id = nl];
    language_text: [language_id = "pl"];
    language_unlisted: [language_id = "zz"] unlisted_language;
    language_uppercase: [language_id = "EN"] unlisted_language;
    country: [country_id = GB];
    country_text: [country_id = "GB"];
    country_uk: [country_id = "UK"] unlisted_country;
    country_lowercase: [country_id = "gb"] unlisted_country;
    country_of_a_group: [country_id = IE, providers = [uk_ob_all, ie_ob_all]];
    country_of_an_id: [country_id = DE, providers = [ob_revolut_de]];
    country_of_an_unknown_id: [country_id = SE, providers = "ob-new-bank"];
    country_of_a_wide_group: [country_id = DE, providers = "eu-ob-all"];
    country_of_the_provider: [country_id = IE, providers = [uk_ob_all, ie_ob_all], provider_id = ob_revolut_ie];
    country_allowed: [country_id = FR, allow = [country_without_providers]];
    email: [user_email = "jo.smith+bank@example.com"] fixed_user_email;
    email_non_ascii: [user_email = "jö@bücher.example"] fixed_user_email;
    email_quote: [user_email = "o'brien@example.com"] fixed_user_email;
    email_local: [user_email = "root@localhost"] fixed_user_email;
    tracking: [tracking_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"] fixed_tracking_id;
    tracking_any_text: [tracking_id = "journey #7 & more"] fixed_tracking_id;
    groups: [providers = [uk_ob_all, uk_oauth_all, de_xs2a_all, fr_stet_all, pl_polishapi_all]];
    groups_text: [providers = "uk-ob-all uk-oauth-all"];
    groups_and_ids: [providers = [uk_ob_all, "uk-oauth-starling", ob_hsbc]];
    group_of_single_links: [providers = "fi-xs2a-all"];
    group_invented: [providers = "fr-xs2a-all uk-ob-all"] unlisted_provider;
    group_retired: [providers = "uk-cs-all"] unlisted_provider;
    group_of_a_new_kind: [providers = "new-all uk-ob-all"] unlisted_provider;
    group_of_a_new_form: [providers = "uk-new-all"] unlisted_provider;
    spaces: [providers = " uk-ob-all  uk-oauth-all "];
    mock: [providers = [uk_cs_mock], provider_id = mock];
    mock_with_others: [providers = "uk-ob-all uk-cs-mock", provider_id = "mock"];
    id_listed: [providers = [ob_monzo], provider_id = ob_monzo];
    id_listed_by_country: [providers = [uk_ob_monzo], provider_id = ob_monzo];
    id_listed_in_quotes: [providers = ["uk-ob-monzo"], provider_id = "ob-monzo"];
    id_of_a_group: [providers = [uk_ob_all], provider_id = ob_monzo];
    id_of_the_default: [provider_id = ob_monzo];
    id_of_the_default_oauth: [provider_id = oauth_starling];
    id_unknown_of_a_group: [providers = [uk_ob_all], provider_id = "ob-new-bank"];
    id_unknown_of_the_default: [provider_id = "ob-starling"];
    id_unknown_listed: [providers = "uk-ob-new-bank", provider_id = "ob-new-bank"];
    id_unknown_listed_bare: [providers = "ob-new-bank", provider_id = "ob-new-bank"];
    id_with_country: [providers = [ie_ob_all], provider_id = ob_revolut_ie];
    id_with_country_listed: [providers = "ie-ob-revolut-ie", provider_id = "ob-revolut-ie"];
    id_with_country_listed_short: [providers = "ie-ob-revolut", provider_id = ob_revolut_ie];
    id_of_xs2a: [providers = [de_xs2a_all], provider_id = "xs2a-n26-de"];
    id_of_xs2a_without_country: [providers = [de_xs2a_all], provider_id = "xs2a-commerzbank"];
    id_of_stet: [providers = [fr_stet_all], provider_id = stet_credit_agricole];
    id_of_polishapi: [providers = [pl_polishapi_all], provider_id = polishapi_mbank];
    id_of_a_wide_group: [providers = "eu-ob-all", provider_id = ob_revolut_fr];
    id_without_kind: [providers = "st-george-aus", provider_id = "st-george-aus"];
    id_without_kind_of_a_group: [providers = "au-ob-all", provider_id = "st-george-aus"];
    id_one_letter_from_another: [providers = "at-ob-all ie-ob-all", provider_id = "ob-revolut-at"];
    id_ebs: [providers = [ie_ob_all], provider_id = "ob-ebs"];
    id_misspelled: [providers = "uk-ob-all", provider_id = "ob-monzzo"] misspelled_provider;
    id_misspelled_listed: [providers = "uk-ob-natwset ob-barclay"] misspelled_provider misspelled_provider;
    id_one_letter_from_another_short: [providers = "uk-ob-ebx ob-xsb ob-revolut-es"];
    id_of_payments: [providers = "ie-ob-ebs uk-ob-boi ob-chase"];
    id_replaced: [provider_id = ob_santander] unlisted_provider;
    id_replaced_listed: [providers = [uk_oauth_monzo, uk_ob_all]] unlisted_provider;
    id_legacy: [providers = "lloyds uk-ob-all"] unlisted_provider;
    id_bare: [providers = "monzo uk-ob-all"] unlisted_provider;
    cards_only: [provider_id = ob_barclaycard] accounts_scope_at_card_provider;
    cards_only_listed: [providers = [uk_ob_barclaycard, oauth_amex]] accounts_scope_at_card_provider;
    cards_with_accounts: [providers = [uk_ob_barclaycard, uk_ob_monzo]];
    cards_with_a_group: [providers = [uk_ob_barclaycard, uk_ob_all]];
    disabled: [disable_providers = [ob_monzo, ob_hsbc]];
    disabled_text: [disable_providers = "ob-monzo ob-new-bank"];
    disabled_country_id: [disable_providers = "uk-ob-monzo"];
    disabled_with_the_chosen: [provider_id = ob_monzo, disable_providers = [ob_hsbc]];
    disabled_some: [providers = [ob_monzo, ob_hsbc], disable_providers = [ob_hsbc]];
    disabled_of_a_group: [providers = [uk_ob_all], disable_providers = [ob_monzo]];
    live: [environment = live];
    sandbox_with_another_id: [environment = sandbox, providers = [uk_cs_mock]] live_client_id_in_sandbox;
    mock_server: [auth_server = "http://localhost:8080"];
    mock_server_slash: [auth_server = "https://mock.example/"];
    mock_server_container: [auth_server = "https://oauth_server:8080"];
    mock_server_v6: [auth_server = "http://[::1]:8080"];
    mock_server_truelayer: [auth_server = "https://auth.truelayer.com"];
    unknown: ["consent_id" = "c1"];
    unknown_with_reserved_characters: ["a b&c=d#e+f%g" = "h i&j=k#l+m%n'o\"pé"];
    unknown_empty: ["flag" = ""];
    unknown_list: ["acr_values" = ["a", "b"]];
    retired_in_quotes: ["enable_mock" = "true", "nonce" = "n1"];
    trailing_comma: [language_id = en,];
}

links! {
    app_scheme_without_a_dot: [client_id = "a", redirect_uri = "exp://127.0.0.1:19000/--/callback", scope = [info]] undotted_app_scheme;
    dot_segments_allowed: [client_id = "a", redirect_uri = "https://app.example.com/a/../b/./c", scope = [info],
        allow = [non_normalized_redirect_uri]];
    trailing_dot_allowed: [client_id = "a", redirect_uri = "https://app.example.com./callback", scope = [info],
        allow = [non_normalized_redirect_uri]];
    private_auth_server_allowed: [client_id = "sandbox-a", redirect_uri = "https://a.example", scope = [info],
        auth_server = "http://10.0.0.7", allow = [insecure_private_auth_server]];
    info_alone: [client_id = "a", redirect_uri = "https://a.example", scope = [info]];
    accounts_alone: [client_id = "a", redirect_uri = "https://a.example", scope = accounts];
    one_scope_in_quotes: [client_id = "a", redirect_uri = "https://a.example", scope = "accounts"];
    every_scope: [client_id = "a", redirect_uri = "https://a.example",
        scope = [info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access]];
    cards_and_balance: [client_id = "a", redirect_uri = "https://a.example", scope = [cards, balance, transactions]];
    verification: [client_id = "a", redirect_uri = "https://a.example", scope = [verification],
        providers = "uk-ob-monzo uk-ob-hsbc uk-oauth-all"];
    balance_allowed: [client_id = "a", redirect_uri = "https://a.example", scope = [balance], allow = [missing_required_scope]];
    offline_access_alone: [client_id = "a", redirect_uri = "https://a.example", scope = [offline_access]]
        offline_access_alone;
    any_order: [scope = [info], redirect_uri = "https://a.example", client_id = "a"];
    client_id_as_issued: [client_id = "foobarltd-123xyz", redirect_uri = "https://a.example", scope = [info]];
    client_id_without_suffix: [client_id = "acme", redirect_uri = "https://a.example", scope = [info]];
    client_id_with_punctuation: [client_id = "acme_7.d2~f1a+x&y", redirect_uri = "https://a.example", scope = [info]];
    client_id_uuid: [client_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8", redirect_uri = "https://a.example",
        scope = [info]] client_id_looks_like_secret;
    sandbox_by_its_id: [client_id = "sandbox-acme-7d2f1a", redirect_uri = "http://localhost:3000/callback",
        scope = [accounts], providers = [uk_cs_mock]];
    sandbox_by_name: [client_id = "sandbox-acme-7d2f1a", redirect_uri = "http://localhost:3000/callback",
        scope = [accounts], providers = [uk_cs_mock], environment = sandbox];
    sandbox_with_other_providers: [client_id = "sandbox-acme", redirect_uri = "https://a.example", scope = [accounts],
        providers = [uk_ob_all, uk_cs_mock]];
    sandbox_without_mock_allowed: [client_id = "sandbox-acme", redirect_uri = "https://a.example", scope = [accounts],
        allow = [sandbox_without_mock_bank]];
    sandbox_id_at_a_mock_server: [client_id = "sandbox-acme", redirect_uri = "https://a.example", scope = [accounts],
        auth_server = "http://localhost:9999", environment = live];
    private_http_allowed: [client_id = "a", redirect_uri = "http://192.168.1.20:3000/cb", scope = [info],
        allow = [insecure_private_redirect_uri]];
    single_label_http_allowed: [client_id = "a", redirect_uri = "http://app:3000/cb", scope = [info],
        allow = "insecure_private_redirect_uri"];
    non_normalized_allowed: [client_id = "a", redirect_uri = "https://App.Example.com:443/cb", scope = [info],
        allow = [non_normalized_redirect_uri]];
    app_without_response_mode: [client_id = "a", redirect_uri = "com.example.app:/cb", scope = [info]];
    form_post_on_localhost: [client_id = "a", redirect_uri = "http://localhost:1/cb", scope = [info],
        response_mode = form_post];
    pasted: ["https://auth.truelayer.com/?response_type=code&client_id=a&scope=info%20cards&redirect_uri=https://a.example/cb?x=1"];
    pasted_without_slash: ["https://auth.truelayer.com?scope=info+cards&redirect_uri=https%3a%2f%2Fa.example&client_id=a&&"];
    pasted_at_the_sandbox: ["https://auth.truelayer-sandbox.com/?client_id=sandbox-a&scope=info&redirect_uri=https://a.example",
        providers = [uk_cs_mock]];
    pasted_with_white_space_around_it: [" https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri=https://a.example\n"];
    pasted_in_part: ["https://auth.truelayer.com/?client_id=a", redirect_uri = "https://a.example", scope = [info]];
    pasted_with_leftovers: ["https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri=https://a.example&state=s&nonce=n&\
        code_challenge=c&code_challenge_method=S256"] dropped_link_parameter dropped_link_parameter dropped_link_parameter;
    pasted_with_flags: ["https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri=https://a.example&enable_mock=true&x"]
        undocumented_link_parameter undocumented_link_parameter;
    pasted_with_repeats: ["https://auth.truelayer.com/?client_id=a&client_id=a&scope=info%20cards%20info&x=1&\
        redirect_uri=https://a.example&providers=uk-ob-all+uk-ob-all&x=1"]
        duplicate_link_parameter duplicate_link_parameter undocumented_link_parameter duplicate_link_parameter undocumented_link_parameter duplicate_link_parameter;
    example_of_the_page: [client_id = "foobarltd-123xyz", redirect_uri = "https://foobarltd.com/truelayer-redirect",
        scope = "info accounts balance", provider_id = "ob-monzo", providers = "uk-ob-all"];
}

#[test]
fn each_value_is_parsed_back_unchanged() {
    let written = [
        (Param::ClientId, "a&b=c#d+e%f;g,h/i?j:k@l[m]n|o^p`q~r"),
        (Param::RedirectUri, "https://app.example.com/a&b=c+d%20e%f'g;h,i@j[k]l|m^n`o~?p=q&r=s's\"té€😀"),
        (Param::Scope, "info accounts"),
        (Param::ResponseType, "code"),
        (Param::Providers, "uk-ob-all uk-cs-mock"),
        (Param::ResponseMode, "form_post"),
        (Param::DisableProviders, "ob-monzo ob-hsbc"),
        (Param::UserEmail, "o'b&r=i+e#n%\"<>@exämple.com"),
        (Param::ProviderId, "mock"),
        (Param::LanguageId, "en"),
        (Param::TrackingId, "a b&c=d#e+f%g'h\"i<j>k;l,m/n?o:p@q[r]s\\t|u^v`w{x}y~z-_.!*()é€😀%20"),
        (Param::CountryId, "GB"),
    ];
    let mut draft = Draft::default();
    for (param, text) in written {
        let value = Value::Text(Text::Quoted(text.to_owned()));
        draft.push(Entry::new(param.name().to_owned(), false, value));
    }
    let text = draft.check().unwrap().text;
    let parsed: BTreeMap<_, _> = Url::parse(&text).unwrap().query_pairs().into_owned().collect();
    assert_eq!(parsed, written.map(|(param, text)| (param.name().to_owned(), text.to_owned())).into());
}

#[test]
fn a_pasted_link_equals_the_link_of_its_fields() {
    let text = |call: &str| call_reader::draft(call).unwrap().check().unwrap().text;
    assert_eq!(
        text(
            r#""https://auth.truelayer.com?x=1&scope=info+cards%20info&client_id=a&client_id=a&state=s&x=1&redirect_uri=https%3a%2f%2Fa.example?y=%2526z""#
        ),
        text(r#"client_id = "a", redirect_uri = "https://a.example?y=%26z", scope = [info, cards], "x" = "1""#)
    );
}

#[test]
fn the_parameters_have_the_order_of_truelayers_page() {
    #[allow(deprecated)]
    static LINK: AuthLink = auth_link!(
        country_id = GB,
        tracking_id = "t",
        user_email = "jo@example.com",
        "consent_id" = "c1",
        language_id = en,
        disable_providers = [ob_hsbc],
        response_mode = form_post,
        provider_id = ob_monzo,
        providers = [uk_ob_all],
        scope = [accounts, info],
        redirect_uri = "https://app.example.com/callback",
        client_id = "acme-7d2f1a",
    );
    assert_eq!(
        LINK.as_str(),
        "https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback\
         &scope=accounts%20info&response_type=code&providers=uk-ob-all&response_mode=form_post&disable_providers=ob-hsbc\
         &consent_id=c1&user_email=jo%40example.com&provider_id=ob-monzo&language_id=en&tracking_id=t&country_id=GB"
    );
}

#[test]
fn the_environment_and_client_id_select_the_server() {
    let server = |fields: &str| {
        let call = format!("redirect_uri = \"https://a.example\", scope = [info], providers = [uk_cs_mock], {fields}");
        let text = call_reader::draft(&call).unwrap().check().unwrap().text;
        text.split("/?").next().unwrap().to_owned()
    };
    for (fields, expected) in [
        ("client_id = \"acme\"", "https://auth.truelayer.com"),
        ("client_id = \"sandbox-acme\"", "https://auth.truelayer-sandbox.com"),
        ("client_id = \"acme\", environment = sandbox", "https://auth.truelayer-sandbox.com"),
        ("client_id = \"acme\", environment = live", "https://auth.truelayer.com"),
        ("client_id = \"acme\", auth_server = \"http://localhost:1/\"", "http://localhost:1"),
    ] {
        assert_eq!(server(fields), expected, "{fields}");
    }
}
