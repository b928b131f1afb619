//! No link at all.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(" ");

fn main() {}
