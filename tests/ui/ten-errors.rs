//! Ten errors, each reported once, at its own position.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "<client id>",
    redirect_uri = "http://app.example.com/callback",
    scope = [info, acounts, payments],
    providers = [uk_ob_al],
    provider_id = uk_ob_monzo,
    response_type = token,
    language_id = english,
    country_id = UK,
    state = "s1",
);

fn main() {}
