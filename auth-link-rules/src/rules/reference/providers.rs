//! The reference of the rules of `providers` and `disable_providers`.

use crate::reference::Reference;
use crate::reference::Source::{Observed, Page, Syntax};

pub(crate) const unknown_provider: Reference = Reference {
    why: "An entry is a provider's id (`ob_monzo`), an id with its country (`uk_ob_monzo`) or a group (`uk_ob_all`). As a word it must be in this crate's list; in quotes it may be newer.",
    sources: &[Page, Observed("the syntax of ids in links of Console")],
    wrong: "providers = [monso]",
    right: "providers = [uk_ob_monzo]",
};

pub(crate) const duplicate_provider: Reference = Reference {
    why: "A provider is listed once. A repeated one is a mistake, probably for another provider.",
    sources: &[Syntax],
    wrong: "providers = [uk_ob_all, uk_ob_all]",
    right: "providers = [uk_ob_all]",
};

pub(crate) const unlisted_provider: Reference = Reference {
    why: "TrueLayer is not known to have this provider or group, or has replaced it. The list of this crate has a date, so the link may work.",
    sources: &[Observed("recorded lists of providers and links of Console")],
    wrong: r#"providers = ["fr-xs2a-all"]"#,
    right: "providers = [fr_ob_all, fr_stet_all]",
};

pub(crate) const misspelled_provider: Reference = Reference {
    why: "An id that differs from a listed one in one letter is probably misspelled.",
    sources: &[Observed("recorded lists of providers")],
    wrong: r#"providers = ["uk-ob-monso"]"#,
    right: "providers = [uk_ob_monzo]",
};

pub(crate) const unknown_disabled_provider: Reference = Reference {
    why: "An entry is the id of a provider.",
    sources: &[Page],
    wrong: "disable_providers = [monso]",
    right: "disable_providers = [ob_monzo]",
};

pub(crate) const group_in_disable_providers: Reference = Reference {
    why: "`disable_providers` takes ids of providers, no groups. A group is left out of `providers` instead.",
    sources: &[Page],
    wrong: "disable_providers = [uk_oauth_all]",
    right: "providers = [uk_ob_all]",
};

pub(crate) const duplicate_disabled_provider: Reference = Reference {
    why: "A provider is hidden once. A repeated one is a mistake, probably for another provider.",
    sources: &[Syntax],
    wrong: "disable_providers = [ob_monzo, ob_monzo]",
    right: "disable_providers = [ob_monzo]",
};

pub(crate) const all_providers_disabled: Reference = Reference {
    why: "If every provider of `providers` is hidden, the user has none to choose.",
    sources: &[Page],
    wrong: "providers = [uk_ob_monzo],\ndisable_providers = [ob_monzo]",
    right: "providers = [uk_ob_monzo, uk_ob_hsbc],\ndisable_providers = [ob_monzo]",
};
