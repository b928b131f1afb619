//! The span of a call, for `tracing`: no URL, no id, no secret. Without the feature `tracing` it does nothing.
//!
//! The crates `auth-link-reqwest` and `auth-link-ureq` have the same file.

use auth_link::Error;
use auth_link::client::Call;

/// The span of one call and all its attempts.
pub(crate) struct CallSpan {
    #[cfg(feature = "tracing")]
    pub(crate) span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl CallSpan {
    pub(crate) fn new<T>(call: &Call<T>) -> Self {
        use tracing::field::Empty;
        let request = &call.request;
        let span = tracing::info_span!(
            "auth_link.call",
            method = request.method().as_str(),
            endpoint = call.endpoint(),
            status = Empty,
            correlation_id = Empty,
            attempts = Empty,
        );
        Self { span }
    }

    /// Records the status of a response, that of the last one in place of earlier ones.
    pub(crate) fn record_status(&self, status: u16) {
        self.span.record("status", status);
    }

    /// Records the result of the last attempt.
    pub(crate) fn record_result<T>(&self, result: &Result<T, Error>, attempts: u32) {
        self.span.record("attempts", attempts);
        if let Err(Error::Api(error)) = result
            && let Some(id) = error.correlation_id()
        {
            self.span.record("correlation_id", id);
        }
    }
}

#[cfg(not(feature = "tracing"))]
#[expect(clippy::unused_self, reason = "with the feature `tracing` it is used")]
impl CallSpan {
    pub(crate) fn new<T>(_call: &Call<T>) -> Self {
        Self {}
    }

    pub(crate) fn record_status(&self, _status: u16) {}

    pub(crate) fn record_result<T>(&self, _result: &Result<T, Error>, _attempts: u32) {}
}
