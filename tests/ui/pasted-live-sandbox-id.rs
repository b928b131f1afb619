//! A sandbox client id on the live server.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    "https://auth.truelayer.com/?client_id=sandbox-acme&redirect_uri=https%3A%2F%2Fapp.example.com&scope=info&providers=uk-cs-mock",
);

fn main() {}
