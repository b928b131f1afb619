//! Text that is no link.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    "accounts",
);

fn main() {}
