//! The reference of each rule, in a file named after the file of the rule. An application does not compile it.
#![expect(non_upper_case_globals, reason = "an entry has the name of its rule, by which the table of rules finds it")]

pub(crate) mod allow;
pub(crate) mod catalogue;
pub(crate) mod client_id;
pub(crate) mod country;
pub(crate) mod environment;
pub(crate) mod field;
pub(crate) mod language;
pub(crate) mod pasted_link;
pub(crate) mod per_user;
pub(crate) mod provider_id;
pub(crate) mod providers;
pub(crate) mod redirect_uri;
pub(crate) mod response;
pub(crate) mod scope;
pub(crate) mod size;
