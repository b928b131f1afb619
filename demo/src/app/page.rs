//! The frame of every page, and the pages that tell what went wrong.

use auth_link::client::{ApiError, Recovery, RequestError};
use auth_link::{BeginError, CallbackError};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// A page around its content.
pub(super) fn page(title: &str, main: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) " – auth-link demo" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="data:,";
            }
            body {
                header { p { a href="/" { "auth-link demo" } } }
                main { (main) }
            }
        }
    };
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.into_string()).into_response()
}

pub(super) async fn not_found() -> Trouble {
    Trouble::NotFound
}

/// Why there is nothing else to show.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The callback was refused.
    Callback(CallbackError),
    /// No sign-in of this browser waits for the callback.
    NotHere {
        had_session: bool,
    },
    /// A form of another site's.
    OtherSite,
    /// Redis cannot be reached.
    Store(redis::RedisError),
    /// Redis cannot be reached any more: the code is used, and what it brought is not kept.
    StoreTooLate(redis::RedisError),
    /// TrueLayer's answer is an error.
    Api(ApiError),
    /// TrueLayer cannot be reached.
    Unreachable(String),
    /// A request that cannot be made.
    Request(RequestError),
    /// The access token has ended, and there is none to renew it with.
    Expired,
    /// The session has no such connection.
    NoConnection,
    NotFound,
    /// What should not happen.
    Unexpected(String),
}

impl Trouble {
    pub(super) fn begin(error: BeginError) -> Self {
        Self::Unexpected(error.to_string())
    }

    #[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
    pub(super) fn unreachable(error: ureq::Error) -> Self {
        Self::Unreachable(error.to_string())
    }

    /// The same, now that the code is used: to ask again would not help.
    pub(super) fn without_retry(self) -> Self {
        match self {
            Self::Store(error) => Self::StoreTooLate(error),
            other => other,
        }
    }

    /// What auth-link advises, where TrueLayer answered.
    pub(super) fn recovery(&self) -> Option<Recovery> {
        match self {
            Self::Api(error) => Some(error.recovery()),
            Self::Expired => Some(Recovery::Reauthorize),
            _ => None,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Callback(CallbackError::Server(_)) | Self::Api(_) | Self::Unreachable(_) => StatusCode::BAD_GATEWAY,
            Self::Callback(_) | Self::NotHere { .. } => StatusCode::BAD_REQUEST,
            Self::OtherSite | Self::Expired => StatusCode::FORBIDDEN,
            Self::Store(_) | Self::StoreTooLate(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoConnection | Self::NotFound => StatusCode::NOT_FOUND,
            Self::Request(_) | Self::Unexpected(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::Callback(CallbackError::Server(_)) => "Your bank was not connected",
            Self::Callback(_) => "This sign-in cannot be finished",
            Self::NotHere { .. } => "This sign-in does not wait here",
            Self::OtherSite => "This came from another site",
            Self::Store(_) => "A moment, please",
            Self::StoreTooLate(_) => "The connection was not kept",
            Self::Api(_) => "TrueLayer says no",
            Self::Unreachable(_) => "TrueLayer does not answer",
            Self::Expired => "The access has ended",
            Self::NoConnection => "This connection is gone",
            Self::NotFound => "There is no such page",
            Self::Request(_) | Self::Unexpected(_) => "Something went wrong here",
        }
    }

    /// What it means to the user.
    pub(super) fn text(&self) -> String {
        let text = match self {
            Self::Callback(CallbackError::Server(server)) => {
                return format!("TrueLayer reports {server}. Nothing was connected; you can try again.");
            }
            Self::Callback(CallbackError::IssuerMismatch) => {
                "The answer names another server than the one asked. It was not believed."
            }
            Self::Callback(CallbackError::ErrorWithoutState { .. } | CallbackError::MissingState) => {
                "The answer does not say which sign-in it is of. If you were connecting your bank, begin again."
            }
            Self::Callback(CallbackError::StateMismatch) => "The answer is of another sign-in. It was not believed.",
            Self::Callback(_) => {
                "The answer that your browser brought is not one that TrueLayer gives. It was not believed, and you can begin again."
            }
            Self::NotHere { had_session: true } => "It is finished already, or more than ten minutes old.",
            Self::NotHere { had_session: false } => {
                "It began in another browser, is finished already, or is more than ten minutes old. If it began elsewhere, it can still be finished there."
            }
            Self::OtherSite => "Only this application's own pages can ask for that. Nothing was done.",
            Self::Store(_) => {
                "What this sign-in or your accounts need cannot be read right now. Nothing is lost: reload this page in a moment."
            }
            Self::StoreTooLate(_) => {
                "Your bank agreed, but the connection cannot be stored right now. Please connect again in a moment."
            }
            Self::Api(error) => match error.recovery() {
                Recovery::RetryLater => "TrueLayer or your bank is busy. Try again in a moment.",
                Recovery::Reauthorize | Recovery::Refresh => {
                    "The access has ended, or the code was used before. Please sign in again."
                }
                _ => "TrueLayer did not accept the request.",
            },
            Self::Unreachable(_) => "The request may not have arrived. Try again in a moment.",
            Self::Expired => "It was granted for an hour, and cannot be renewed. Please sign in again.",
            Self::NoConnection => "It was disconnected, or this browser's session is over.",
            Self::NotFound => "The address is wrong, or was taken away.",
            Self::Request(_) | Self::Unexpected(_) => "It is logged. You can begin again.",
        };
        text.to_owned()
    }

    /// One line for the log, without secrets. What came from elsewhere is escaped.
    fn log(&self) {
        match self {
            Self::Callback(error) => eprintln!("callback refused: {error}"),
            Self::NotHere { .. } => eprintln!("callback refused: no such sign-in in this browser"),
            Self::Store(error) | Self::StoreTooLate(error) => eprintln!("redis: {}", error.to_string().escape_debug()),
            Self::Api(error) => eprintln!("{error}"),
            Self::Unreachable(error) => eprintln!("TrueLayer cannot be reached: {}", error.escape_debug()),
            Self::Request(error) => eprintln!("{}", error.to_string().escape_debug()),
            Self::Unexpected(error) => eprintln!("unexpected: {}", error.escape_debug()),
            Self::OtherSite | Self::Expired | Self::NoConnection | Self::NotFound => {}
        }
    }
}

impl From<RequestError> for Trouble {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        self.log();
        let offers_retry = !matches!(self, Self::Store(_) | Self::NotFound | Self::OtherSite);
        let main = html! {
            div.card {
                h1 { (self.title()) }
                p role="alert" { (self.text()) }
                @if let Self::NotHere { had_session: true } = self {
                    p { a.button href="/accounts" { "To your accounts" } }
                } @else if offers_retry {
                    form action="/connect" method="post" { button { "Connect your bank" } }
                }
                p { a href="/" { "Back to the start" } }
            }
        };
        let mut response = page(self.title(), &main);
        *response.status_mut() = self.status();
        response
    }
}
