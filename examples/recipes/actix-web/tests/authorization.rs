//! Whole authorizations with a mock server.

use browser::{Application, check_errors, check_refresh, check_whole_authorization};

#[test]
fn a_user_connects_accounts_and_each_error_is_a_page() {
    let application = Application::start(env!("CARGO_BIN_EXE_recipe-actix-web"), "http://localhost:3103/callback");
    check_whole_authorization(&application);
    check_refresh(&application);
    check_errors(&application);
}
