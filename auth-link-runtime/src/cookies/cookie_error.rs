//! The errors of sealed pending authorizations.

use std::fmt;

/// The error of a pending authorization in a cookie or a store. The user has to begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CookieError {
    /// The browser sent no cookie for this callback.
    ///
    /// The authorization began in another browser or more than ten minutes ago, or the cookie was lost. Over `http`, browsers
    /// accept it from `localhost` alone if the link has `response_mode = form_post`.
    Missing,
    /// The value was altered.
    Altered,
    /// The value belongs to another authorization or to another browser.
    Swapped,
    /// The authorization began too long ago.
    Expired,
    /// The authorization began with a link of another client id, redirect URI or `pkce`.
    OtherLink,
    /// The value was sealed with a key that this application does not have.
    UnknownKey,
    /// This callback already arrived. Its code is used.
    Used,
    /// The value of the application has another type than the one that was stored.
    OtherData,
    /// The cookie would be longer than 4,096 bytes, which browsers do not store. Store a shorter value.
    TooLong,
    /// The application's value could not be serialized.
    InvalidData,
}

impl fmt::Display for CookieError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "no pending authorization in this browser: begin again",
            Self::Altered => "the pending authorization was altered: begin again",
            Self::Swapped => "the pending authorization belongs to another callback or browser: begin again",
            Self::Expired => "the authorization began too long ago: begin again",
            Self::OtherLink => {
                "the authorization began with a link of another client id, redirect URI or `pkce`: begin again"
            }
            Self::UnknownKey => "the pending authorization was sealed with an unknown key: begin again",
            Self::Used => "the callback already arrived, and its code is used: begin again",
            Self::OtherData => "the value beside the pending authorization has another type: begin again",
            Self::TooLong => {
                "cookie longer than 4,096 bytes, which browsers do not store\n\
                 help: store a shorter value beside the authorization, such as an id"
            }
            Self::InvalidData => "the value beside the pending authorization cannot be serialized",
        })
    }
}

impl std::error::Error for CookieError {}

/// The error of a text that is no [`CookieKey`](super::CookieKey). It does not show the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseCookieKeyError;

impl fmt::Display for ParseCookieKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a key of 64 random bytes\nhelp: create one with `openssl rand -base64 64`")
    }
}

impl std::error::Error for ParseCookieKeyError {}
