//! `Transport` for the HTTP client of `auth-link-reqwest`.

use auth_link::Error;
use auth_link::client::{Call, RequestError};
use auth_link_reqwest::HttpClient;

use crate::transport::Transport;

impl Transport for HttpClient {
    async fn send<T: Send + 'static>(&self, call: Call<T>) -> Result<T, Error> {
        self.send(call).await
    }

    async fn read<T: Send + 'static>(
        &self,
        call: impl Fn() -> Result<Call<T>, RequestError> + Send + Sync,
    ) -> Result<T, Error> {
        self.read(call).await
    }
}
