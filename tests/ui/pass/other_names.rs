//! The facade under other names: nothing names it `auth_link`.

mod bank {
    pub mod inner {
        pub use ::auth_link::*;
    }
}

use ::auth_link as renamed;

static LINK: bank::inner::AuthLink = bank::inner::auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
);

/// A module with the name of the crate shadows it.
mod auth_link {}

#[test]
fn links_compile() -> Result<(), renamed::LinkError> {
    let with_braces = renamed::auth_link!(
        client_id = { "acme-7d2f1a" },
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
    )?;
    assert_eq!(LINK, with_braces);
    Ok(())
}
