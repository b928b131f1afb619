//! Tests of links that are checked against the application's own catalogue.

use std::sync::Arc;

use auth_link_rules::{Catalogue, LintLevel};

use crate::call_reader;

/// Returns the errors of a link whose catalogue lists three providers.
fn diagnostics(fields: &str) -> Vec<String> {
    let listed = |id: &str, scopes: &str| (id.to_owned(), scopes.split(' ').map(str::to_owned).collect());
    let providers = vec![
        listed("ob-monzo", "info accounts balance"),
        listed("ob-revolut-ie", "accounts"),
        listed("oauth-new-bank", "cards"),
    ];
    let call = format!("client_id = \"acme\", redirect_uri = \"https://a.example\", {fields}");
    let mut draft = call_reader::draft(&call).unwrap();
    draft.set_catalogue(Arc::new(Catalogue { providers }));
    let diagnostics = draft.check().err().unwrap_or_default();
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.rule().level == LintLevel::Deny));
    diagnostics.iter().map(ToString::to_string).collect()
}

#[test]
fn providers_and_scopes_of_the_catalogue_are_valid() {
    for fields in [
        "scope = [accounts]",
        "scope = [accounts], providers = [ob_monzo, uk_ob_monzo, uk_ob_all, \"ie-ob-revolut\", \"ie-ob-revolut-ie\"]",
        "scope = [info, accounts, balance], provider_id = ob_monzo",
        "scope = [cards], provider_id = \"oauth-new-bank\"",
        "scope = [cards, accounts], providers = [uk_cs_mock], provider_id = mock",
        "scope = [cards], disable_providers = [ob_monzo]",
        "scope = [cards], providers = \"ob-hsbc uk-ob-all\", allow = [provider_not_in_catalogue]",
        "scope = [accounts, info, cards, transactions], provider_id = ob_monzo, allow = [scope_not_offered]",
    ] {
        assert_eq!(diagnostics(fields), [""; 0], "{fields}");
    }
}

#[test]
fn a_provider_outside_the_catalogue_is_an_error_that_can_be_allowed() {
    let allow = "help: if this is intentional, add `allow = [provider_not_in_catalogue]`";
    let fetch = "help: write a provider of that list, or update the list from `/api/providers`";
    assert_eq!(
        diagnostics(
            "scope = [accounts], providers = \"ob-old uk-ob-all\", provider_id = ob_hsbc, disable_providers = [ob_tide]"
        ),
        [
            format!("provider `ob-old` is not in `catalogue`\n{fetch}\n{allow}"),
            format!("provider `ob-hsbc` (HSBC) is not in `catalogue`\n{fetch}\n{allow}"),
            format!("provider `ob-tide` (Tide) is not in `catalogue`\n{fetch}\n{allow}"),
        ]
    );
}

#[test]
fn a_scope_that_the_chosen_provider_lacks_is_an_error_that_can_be_allowed() {
    assert_eq!(
        diagnostics("scope = [info, cards, accounts], provider_id = ob_monzo"),
        [
            "provider `ob-monzo` does not offer the scope `cards` according to `catalogue`\nhelp: remove it: it offers info, accounts, balance\n\
          help: if this is intentional, add `allow = [scope_not_offered]`"
        ]
    );
}
