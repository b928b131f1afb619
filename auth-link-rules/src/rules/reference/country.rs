//! The reference of the rules of `country_id`.

use crate::reference::Reference;
use crate::reference::Source::{Observed, Page, Standard};

pub(crate) const unknown_country: Reference = Reference {
    why: "The value is a code of ISO 3166-1 alpha-2. The United Kingdom is `GB`.",
    sources: &[Page, Standard("ISO 3166-1")],
    wrong: "country_id = UK",
    right: "country_id = GB",
};

pub(crate) const unlisted_country: Reference = Reference {
    why: "A code of two letters in quotes that is not in ISO 3166-1 alpha-2 may be one that TrueLayer accepts.",
    sources: &[Page, Standard("ISO 3166-1")],
    wrong: r#"country_id = "zz""#,
    right: r#"country_id = "GB""#,
};

pub(crate) const country_without_providers: Reference = Reference {
    why: "If no listed provider belongs to the preselected country, the user sees an empty list.",
    sources: &[Observed("reports that the dialog shows no provider then")],
    wrong: "country_id = FR,\nproviders = [uk_ob_all]",
    right: "country_id = FR,\nproviders = [fr_ob_all]",
};
