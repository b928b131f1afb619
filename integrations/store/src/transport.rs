//! The interface of an HTTP client that sends calls.

use auth_link::Error;
use auth_link::client::{Call, RequestError};

/// Sends calls to TrueLayer: an HTTP client.
///
/// The features `reqwest` and `ureq` implement it for the clients of `auth-link-reqwest` and `auth-link-ureq`. Another HTTP client
/// must follow no redirect, since the requests contain secrets, and must send each call once.
pub trait Transport: Send + Sync + 'static {
    /// Sends a call once and parses its response.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Transport`] if there is no complete response, and [`Error::Api`] if the response is an error.
    fn send<T: Send + 'static>(&self, call: Call<T>) -> impl Future<Output = Result<T, Error>> + Send;

    /// Sends a read of the Data API. An HTTP client may send it again if it fails for a moment; `call` builds it each time.
    ///
    /// # Errors
    ///
    /// Returns the error of `call`, or the error of the last attempt.
    fn read<T: Send + 'static>(
        &self,
        call: impl Fn() -> Result<Call<T>, RequestError> + Send + Sync,
    ) -> impl Future<Output = Result<T, Error>> + Send {
        async move { self.send(call()?).await }
    }
}
