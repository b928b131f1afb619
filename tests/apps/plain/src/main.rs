//! Begins an authorization and checks its callback, in two modules.
#![deny(missing_docs)]

mod callback;
mod connect;
mod link;

fn main() {
    let (url, pending) = connect::begin();
    let state = url.split("&state=").nth(1).and_then(|rest| rest.split('&').next());
    println!("{}", callback::check(pending, &format!("code=c1&state={}", state.unwrap_or_default())));
}
