//! The async test of `docs/testing.md`, word for word: stored connections and the mock server `auth-link-mock`.
#![expect(clippy::redundant_closure_for_method_calls, reason = "the page has the closure of its other pages")]

use auth_link::client::ClientSecret;
use auth_link::{AuthLink, Error, auth_link};
use auth_link_mock::{Endpoint, MockTrueLayer, User};
use auth_link_reqwest::HttpClient;
use auth_link_store::{Connections, Key, Keys, MemoryStore};

static CONNECT: AuthLink = auth_link!(
    client_id = "sandbox-acme-7d2f1a",
    redirect_uri = "http://localhost:3000/callback",
    scope = [accounts, offline_access],
    providers = [uk_cs_mock],
    environment = sandbox,
);

#[tokio::test]
async fn stored_tokens_are_refreshed_before_a_read() -> Result<(), Error> {
    let mock = MockTrueLayer::builder().client("sandbox-acme-7d2f1a", "a-secret-for-tests").start().await.unwrap();
    let link = CONNECT.with_auth_server(mock.origin())?;
    let client = link.client(ClientSecret::new(mock.client_secret())?);
    let bank = Connections::new(client, HttpClient::new()?, MemoryStore::new(), Keys::new(Key::generate().unwrap()));

    let request = link.begin()?;
    let callback = mock.authorize(&request.url, User::John).unwrap();
    bank.connect("user-1", request.pending.finish_url(callback.url())?).await?;
    mock.expire_tokens();

    assert_eq!(bank.data("user-1", |data| data.accounts()).await?.len(), 2);
    mock.requests().assert_count(Endpoint::Token, 2); // the exchange and the refresh
    Ok(())
}
