//! An empty link.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(" ");

fn main() {}
