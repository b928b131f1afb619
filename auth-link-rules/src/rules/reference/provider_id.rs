//! The reference of the rules of `provider_id`.

use crate::reference::Reference;
use crate::reference::Source::{Document, Page};

pub(crate) const unknown_provider_id: Reference = Reference {
    why: "The value is the id of one provider. As a word it must be in this crate's list; in quotes it may be newer.",
    sources: &[Page],
    wrong: "provider_id = monso",
    right: "provider_id = ob_monzo",
};

pub(crate) const group_as_provider_id: Reference = Reference {
    why: "`provider_id` preselects one provider, by its id without a country. Groups and ids with a country belong in `providers`.",
    sources: &[Page, Document("OpenAPI description of the authentication server")],
    wrong: "provider_id = uk_ob_monzo",
    right: "provider_id = ob_monzo",
};

pub(crate) const uncovered_provider_id: Reference = Reference {
    why: "`providers` must contain the preselected provider, its group, or its id with the country. The default is `uk_oauth_all` and `uk_ob_all`.",
    sources: &[Page],
    wrong: "providers = [uk_oauth_all],\nprovider_id = ob_monzo",
    right: "providers = [uk_ob_all],\nprovider_id = ob_monzo",
};

pub(crate) const disabled_provider_id: Reference = Reference {
    why: "The preselected provider must not be hidden.",
    sources: &[Page],
    wrong: "provider_id = ob_monzo,\ndisable_providers = [ob_monzo]",
    right: "provider_id = ob_monzo",
};
