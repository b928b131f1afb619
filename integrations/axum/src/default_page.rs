//! The page that a user sees for an error, unless the application has its own.

use auth_link::client::Recovery;
use auth_link::cookies::CookieError;
use auth_link::http::HeaderName;
use auth_link::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use auth_link::{CallbackError, Error};
use axum_core::response::IntoResponse;

/// Returns the page of an error. All its text is fixed: nothing of the request or of a response is in it.
pub(crate) fn page(error: &Error) -> impl IntoResponse + use<> {
    let (title, text) = text(error);
    let html = format!(
        "<!doctype html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n\
         </head>\n\
         <body>\n\
         <main>\n\
         <h1>{title}</h1>\n\
         <p role=\"alert\">{text}</p>\n\
         <p><a href=\"/\">Back to the home page</a></p>\n\
         </main>\n\
         </body>\n\
         </html>\n"
    );
    let headers: [(HeaderName, &str); 2] =
        [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, "default-src 'none'")];
    (headers, html)
}

/// Returns the title, and the cause with the next step.
fn text(error: &Error) -> (&'static str, &'static str) {
    match error {
        error if error.is_cancelled() => {
            ("You cancelled", "Nothing was connected. You can connect your bank at any time.")
        }
        Error::Callback(CallbackError::Prefetch | CallbackError::UnexpectedMethod) => (
            "This page cannot be loaded in advance",
            "Nothing was used or changed. Reload this page to connect your bank.",
        ),
        Error::Callback(CallbackError::Server(_)) => {
            ("Your bank was not connected", "The bank reported an error. Nothing was connected. You can try again.")
        }
        Error::Callback(CallbackError::Expired) | Error::Cookie(CookieError::Expired) => {
            ("This took too long", "You started more than ten minutes ago. Please connect your bank again.")
        }
        Error::Cookie(CookieError::Missing) => (
            "No connection is in progress",
            "You started in another browser, started more than ten minutes ago, or are already done. \
             If your bank is missing, please connect it again.",
        ),
        Error::Cookie(CookieError::Used) => {
            ("This page was already loaded", "If your bank is missing, please connect it again.")
        }
        Error::NotConnected => ("No bank is connected", "Please connect your bank first."),
        Error::Callback(_) => (
            "Your bank was not connected",
            "The response is invalid or belongs to another connection. Please connect your bank again.",
        ),
        error => match error.recovery() {
            Recovery::RetryLater => (
                "Please try again in a moment",
                "Your bank or this site is busy. Nothing was changed on your accounts.",
            ),
            Recovery::Reauthorize => ("Please connect your bank again", "The access to your accounts has ended."),
            _ => ("Something went wrong", "Nothing was changed on your accounts. You can try again."),
        },
    }
}
