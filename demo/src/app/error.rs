//! The application's errors, and the pages that show them.

use auth_link::CallbackError;
use auth_link::client::{ApiError, Recovery, RequestError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::page::page;

/// An error of the application. As a response, it is a page.
#[derive(Debug)]
pub(super) enum AppError {
    /// The callback is invalid or reports an error.
    Callback(CallbackError),
    /// This browser has no pending authorization for the callback.
    NotPending { had_session: bool },
    /// A browser requested the callback before the user opened it.
    Prefetch,
    /// The callback was requested by `HEAD`.
    Head,
    /// A form was sent from another site.
    CrossSite,
    /// Redis cannot be reached.
    Store(redis::RedisError),
    /// Redis could not be reached after the code was used, so that the tokens are lost.
    StoreAfterExchange(redis::RedisError),
    /// TrueLayer's response is an error.
    Api(ApiError),
    /// TrueLayer cannot be reached.
    Unreachable(String),
    /// A request cannot be built.
    Request(RequestError),
    /// The access token has expired, and there is no refresh token.
    Expired,
    /// The session has no such connection.
    NoConnection,
    /// The page does not exist.
    NotFound,
    /// An error that should not occur.
    Unexpected(String),
}

impl AppError {
    /// Returns the same error after the code was used, when loading the page again cannot help.
    pub(super) fn after_exchange(self) -> Self {
        match self {
            Self::Store(error) => Self::StoreAfterExchange(error),
            other => other,
        }
    }

    /// Returns the recovery for an error of the connection.
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
            Self::Callback(_) | Self::NotPending { .. } => StatusCode::BAD_REQUEST,
            Self::CrossSite | Self::Expired => StatusCode::FORBIDDEN,
            Self::Store(_) | Self::StoreAfterExchange(_) | Self::Prefetch => StatusCode::SERVICE_UNAVAILABLE,
            Self::Head => StatusCode::METHOD_NOT_ALLOWED,
            Self::NoConnection | Self::NotFound => StatusCode::NOT_FOUND,
            Self::Request(_) | Self::Unexpected(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::Callback(CallbackError::Server(_)) => "Your bank was not connected",
            Self::Callback(_) => "The connection cannot be completed",
            Self::NotPending { .. } => "No connection is in progress",
            Self::Prefetch | Self::Head => "This page cannot be loaded in advance",
            Self::CrossSite => "This request came from another site",
            Self::Store(_) => "Please try again in a moment",
            Self::StoreAfterExchange(_) => "The connection was not saved",
            Self::Api(_) => "TrueLayer rejected the request",
            Self::Unreachable(_) => "TrueLayer cannot be reached",
            Self::Expired => "Access to your bank has expired",
            Self::NoConnection => "This connection no longer exists",
            Self::NotFound => "Page not found",
            Self::Request(_) | Self::Unexpected(_) => "Something went wrong",
        }
    }

    /// Returns the explanation for the user: the cause, and the next step.
    pub(super) fn text(&self) -> String {
        let text = match self {
            Self::Callback(CallbackError::Server(error)) => {
                return format!("TrueLayer reported an error: {error}. Nothing was connected. You can try again.");
            }
            Self::Callback(CallbackError::IssuerMismatch) => {
                "The response came from an unexpected server and was rejected. You can start again."
            }
            Self::Callback(CallbackError::ErrorWithoutState { .. } | CallbackError::MissingState) => {
                "The response does not say which connection it belongs to. If you were connecting your bank, start again."
            }
            Self::Callback(CallbackError::StateMismatch) => {
                "The response belongs to another connection and was rejected. You can start again."
            }
            Self::Callback(_) => "The response is invalid and was rejected. You can start again.",
            Self::NotPending { had_session: true } => {
                "The connection is already complete, or it was started more than ten minutes ago."
            }
            Self::NotPending { had_session: false } => {
                "The connection was started in another browser, is already complete, or was started more than ten minutes ago. If it was started in another browser, complete it there."
            }
            Self::Prefetch | Self::Head => "Nothing was used or changed. Reload this page to complete the connection.",
            Self::CrossSite => "Only this application's own pages can send this request. Nothing was changed.",
            Self::Store(_) => {
                "The application cannot read its stored data right now. Nothing was lost. Reload this page in a moment."
            }
            Self::StoreAfterExchange(_) => {
                "Your bank allowed access, but the connection could not be saved. Please connect again in a moment."
            }
            Self::Api(error) => match error.recovery() {
                Recovery::RetryLater => "TrueLayer or your bank is busy. Try again in a moment.",
                Recovery::Reauthorize | Recovery::Refresh => {
                    "Access has expired, or the code was already used. Please connect your bank again."
                }
                _ => "TrueLayer did not accept the request.",
            },
            Self::Unreachable(_) => "The request may not have arrived. Try again in a moment.",
            Self::Expired => "Access was granted for an hour and cannot be extended. Please connect your bank again.",
            Self::NoConnection => "It was disconnected, or this browser's session has expired.",
            Self::NotFound => "The address is wrong, or the page was removed.",
            Self::Request(_) | Self::Unexpected(_) => "The error was logged. You can start again.",
        };
        text.to_owned()
    }

    /// Writes one line to the log, without secrets. Text from outside is escaped.
    fn log(&self) {
        match self {
            Self::Callback(error) => eprintln!("callback rejected: {error}"),
            Self::NotPending { .. } => eprintln!("callback rejected: this browser has no pending authorization for it"),
            Self::Prefetch => eprintln!("callback rejected: it is a prefetch"),
            Self::Head => eprintln!("callback rejected: its method is HEAD"),
            Self::CrossSite => eprintln!("form rejected: it was sent from another site"),
            Self::Store(error) | Self::StoreAfterExchange(error) => {
                eprintln!("redis: {}", error.to_string().escape_debug());
            }
            Self::Api(error) => eprintln!("{error}"),
            Self::Unreachable(error) => eprintln!("TrueLayer cannot be reached: {}", error.escape_debug()),
            Self::Request(error) => eprintln!("{}", error.to_string().escape_debug()),
            Self::Unexpected(error) => eprintln!("unexpected error: {}", error.escape_debug()),
            Self::Expired | Self::NoConnection | Self::NotFound => {}
        }
    }
}

impl From<RequestError> for AppError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        self.log();
        let offers_retry =
            !matches!(self, Self::Store(_) | Self::NotFound | Self::CrossSite | Self::Prefetch | Self::Head);
        let main = html! {
            div.card {
                h1 { (self.title()) }
                p role="alert" { (self.text()) }
                @if let Self::NotPending { had_session: true } = self {
                    p { a.button href="/accounts" { "Show your accounts" } }
                } @else if offers_retry {
                    form action="/connect" method="post" { button { "Connect your bank" } }
                }
                p { a href="/" { "Back to the home page" } }
            }
        };
        let mut response = page(self.title(), &main);
        *response.status_mut() = self.status();
        response
    }
}
