//! Every position of an expression, with shadowed names.
#![deny(warnings)]

use auth_link::{AuthLink, auth_link};

macro_rules! inner {
    ($scope:ident) => {
        $crate::pass::positions::facade::auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = $scope)
    };
}

mod facade {
    pub use auth_link::*;
}

const FROM_A_CRATE: AuthLink = inner!(accounts);

macro_rules! link {
    ($id:literal, $uri:expr, $scope:ident) => {
        auth_link!(client_id = $id, redirect_uri = $uri, scope = [$scope])
    };
    (fields $($name:ident = $value:expr),*) => {
        auth_link!($($name = $value),*)
    };
}

const CONST: AuthLink = link!("acme-7d2f1a", "https://app.example.com/callback", accounts);
static STATIC: AuthLink = link!(
    fields client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts]
);

struct Bank;

impl Bank {
    const LINK: AuthLink = CONST;
}

trait HasLink {
    const LINK: AuthLink = auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = accounts
    );
}

impl HasLink for Bank {}

/// A link is promoted to a constant, as a text is.
fn promoted() -> &'static AuthLink {
    &auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts])
}

fn take(link: &AuthLink) -> &str {
    link.as_str()
}

mod shadowed {
    #![allow(dead_code, non_camel_case_types)]

    pub mod core {}
    pub mod std {}
    pub struct Some;
    pub struct Option;
    pub struct Result;
    pub struct str;
    pub struct AuthLink;
    pub struct checked;

    pub fn auth_link() -> ::auth_link::AuthLink {
        ::auth_link::auth_link!(
            client_id = option_env!("AUTH_LINK_TEST_NOT_SET").unwrap_or("acme-7d2f1a"),
            redirect_uri = "https://app.example.com/callback",
            scope = "accounts",
        )
    }
}

#[test]
fn links_compile() {
    let local = auth_link! {
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
    };
    let borrowed: &'static AuthLink = const {
        &auth_link![client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]]
    };
    let all = [FROM_A_CRATE, CONST, Bank::LINK, <Bank as HasLink>::LINK, shadowed::auth_link(), STATIC.clone(), borrowed.clone(), promoted().clone()];
    for link in &all {
        assert_eq!(link, &local);
    }
    assert_eq!(
        take(&auth_link!(
            client_id = "acme-7d2f1a",
            redirect_uri = "https://app.example.com/callback",
            scope = [accounts]
        )),
        take(&local)
    );
    let from_closure = || {
        auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts])
            .begin_with_entropy([7; 48])
    };
    assert!(from_closure().url.starts_with(local.as_str()));
}
