//! `Transport` for the HTTP client of `auth-link-ureq`, in threads for blocking work.

use auth_link::Error;
use auth_link::client::Call;
use auth_link_ureq::HttpClient;

use crate::error::StoreError;
use crate::transport::Transport;

/// A read is sent once: its calls cannot be built in another thread.
impl Transport for HttpClient {
    async fn send<T: Send + 'static>(&self, call: Call<T>) -> Result<T, Error> {
        let http = self.clone();
        let sending = tokio::task::spawn_blocking(move || http.send(call));
        sending.await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }
}
