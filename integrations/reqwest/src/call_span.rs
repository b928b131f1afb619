//! The span of a call, for `tracing`: no URL, no id, no secret. Without the feature `tracing` it does nothing.
//!
//! The crates `auth-link-reqwest` and `auth-link-ureq` have the same file.

use auth_link::client::Call;

use crate::error::Error;

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
            endpoint = endpoint(request.uri().path()),
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

/// Returns the part of a path without ids: its first three segments, as in the `Debug` of a call.
#[cfg(feature = "tracing")]
fn endpoint(path: &str) -> &str {
    let end = path.match_indices('/').nth(3).map_or(path.len(), |(at, _)| at);
    &path[..end]
}

#[cfg(all(test, feature = "tracing"))]
mod tests {
    use auth_link::client::{AccessToken, Client, ClientSecret, Environment};

    use super::*;

    #[test]
    fn an_endpoint_is_the_path_in_the_debug_of_a_call() {
        fn check<T>(call: &Call<T>) {
            let debug = format!("{call:?}");
            let endpoint = endpoint(call.request.uri().path());
            assert!(
                debug.contains(&format!("path: \"{endpoint}\"")) || debug.contains(&format!("path: \"{endpoint}/…\"")),
                "{endpoint}: {debug}"
            );
        }
        let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret").unwrap()).unwrap();
        let token = AccessToken::new("t0ken").unwrap();
        let data = client.data(&token);
        check(&client.delete_connection(&token));
        check(&client.tracking_token());
        check(&client.providers(&[], &[]).unwrap());
        check(&data.accounts().unwrap());
        check(&data.balance("acc-1").unwrap());
        check(&data.transactions("acc-1", ..).unwrap());
    }
}
