//! The facade under another name.

mod bank {
    pub mod inner {
        pub use auth_link::*;
    }
}

static LINK: bank::inner::AuthLink = bank::inner::auth_link!(
    crate = crate::bank::inner,
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
);

fn main() {
    assert!(!LINK.as_str().is_empty());
}
