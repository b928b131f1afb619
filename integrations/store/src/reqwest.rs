//! `Transport` for the HTTP client of `auth-link-reqwest`.

use auth_link::Error;
use auth_link::client::{Call, RequestError};
use auth_link_reqwest::HttpClient;

use crate::transport::Transport;

impl Transport for HttpClient {
    async fn send<T: Send + 'static>(&self, call: Call<T>) -> Result<T, Error> {
        self.send(call).await.map_err(error)
    }

    async fn read<T: Send + 'static>(
        &self,
        call: impl Fn() -> Result<Call<T>, RequestError> + Send + Sync,
    ) -> Result<T, Error> {
        self.read(call).await.map_err(error)
    }
}

fn error(error: auth_link_reqwest::Error) -> Error {
    match error {
        auth_link_reqwest::Error::Request(error) => Error::Request(error),
        auth_link_reqwest::Error::Api(error) => Error::Api(error),
        auth_link_reqwest::Error::Transport(error) => Error::Transport(error),
        other => Error::Transport(Box::new(other)),
    }
}
