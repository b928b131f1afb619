//! The body of a callback.

use auth_link::client::{TransportError, TransportErrorKind};
use auth_link::http::{Method, request};
use auth_link::{CallbackError, Error};
use axum_core::body::Body;
use http_body_util::{BodyExt, LengthLimitError, Limited};

/// The limit of a callback, in bytes.
const MAX_LEN: usize = 64 * 1024;

const INCOMPLETE: &str = "the connection ended before the body of the callback did";

/// Receives the body of a `POST` request, up to the limit of a callback. Nothing of it stays in memory beyond.
///
/// # Errors
///
/// Returns an error if the body is longer than 64 KiB, or if the connection ends before it does.
pub(crate) async fn receive(parts: &request::Parts, body: Body) -> Result<Vec<u8>, Error> {
    if parts.method != Method::POST {
        return Ok(Vec::new());
    }
    match Limited::new(body, MAX_LEN).collect().await {
        Ok(body) => Ok(body.to_bytes().into()),
        Err(error) if is_too_long(&*error) => Err(CallbackError::TooLong.into()),
        // The cause can contain text of the request, so it is not shown.
        Err(_) => Err(TransportError::new(TransportErrorKind::Interrupted, INCOMPLETE).into()),
    }
}

/// Returns whether a limit is the cause: the one above, or a shorter one of a layer.
fn is_too_long(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    causes.any(<dyn std::error::Error>::is::<LengthLimitError>)
}
