//! The connections of an application.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use auth_link::client::{AccessToken, Client, Connection, Consent, Recovery};
#[cfg(feature = "data")]
use auth_link::client::{Call, RequestError};
#[cfg(feature = "data")]
use auth_link::data::Data;
use auth_link::{AuthorizationCode, Error};

use crate::error::StoreError;
use crate::id::{check_id, check_prefix};
use crate::key::Keys;
use crate::record::Record;
use crate::refresh::{Parts, run};
use crate::store::{Expected, Store};
use crate::timing::Timing;
use crate::transport::Transport;
use crate::turns::Turns;
use crate::vault::Vault;

/// The connections of an application: their tokens are stored encrypted, and refreshed when needed.
///
/// Each connection has an id that the application chooses, such as the id of its user: 1 to 200 bytes without control characters.
/// Ids are stored unencrypted.
///
/// Cloning it is cheap. The clones share everything. Its methods need a Tokio runtime with time.
pub struct Connections<S, H> {
    parts: Arc<Parts<S, H>>,
}

impl<S: Store, H: Transport> Connections<S, H> {
    /// Creates the connections of a client. `keys` encrypt them.
    #[must_use]
    pub fn new(client: Client, http: H, store: S, keys: Keys) -> Self {
        let timing = Timing::default();
        let vault = Vault::new(store, keys, timing);
        Self { parts: Arc::new(Parts { client, http: Arc::new(http), vault, turns: Turns::default(), timing }) }
    }

    /// Exchanges an authorization code, and stores its tokens. A connection with the same id is replaced.
    ///
    /// It goes on if the caller is dropped, such as by a browser that leaves. The code is sent once. If the database cannot be
    /// reached beforehand, it is not sent; if that happens afterwards, the write is tried again for five minutes.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the id is invalid;
    /// - the code belongs to another client, or lacks its verifier;
    /// - the exchange fails: the user has to begin again;
    /// - the store fails.
    pub async fn connect(&self, id: &str, code: AuthorizationCode) -> Result<(), Error> {
        check_id(id)?;
        let call = self.parts.client.exchange(code)?;
        let (parts, id) = (self.parts.clone(), id.to_owned());
        run(async move {
            // A code is for one use: first find out whether its tokens can be stored.
            match parts.vault.read(&id).await.map(drop) {
                Ok(()) | Err(StoreError::Altered | StoreError::UnknownKey | StoreError::NewerFormat) => {}
                Err(error) => return Err(error.into()),
            }
            let tokens = parts.http.send(call).await?;
            let record = Record::new(Connection::new(tokens, SystemTime::now()))?;
            parts.vault.write(&id, Expected::Any, &record, parts.timing.rescue).await?;
            Ok(())
        })
        .await
    }

    /// Requests data of a connection. The tokens are refreshed before, if needed, and once after a 401.
    ///
    /// `call` builds the request, several times if it is sent again. With the user present, add the user's IP address: without it,
    /// banks allow four requests a day.
    ///
    /// ```
    /// use std::net::IpAddr;
    ///
    /// use auth_link::Error;
    /// use auth_link::data::{Account, Balance, List};
    /// use auth_link_store::{Connections, Store, Transport};
    ///
    /// async fn accounts(bank: &Connections<impl Store, impl Transport>, user: &str) -> Result<List<Account>, Error> {
    ///     bank.data(user, |data| data.accounts()).await
    /// }
    ///
    /// async fn balance(
    ///     bank: &Connections<impl Store, impl Transport>,
    ///     user: &str,
    ///     address: IpAddr,
    ///     account_id: &str,
    /// ) -> Result<Balance, Error> {
    ///     bank.data(user, |data| data.clone().with_psu_ip(address).balance(account_id)).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`access_token`](Self::access_token), or if the request cannot be built or fails.
    #[cfg(feature = "data")]
    pub async fn data<T: Send + 'static>(
        &self,
        id: &str,
        call: impl Fn(&Data<'_>) -> Result<Call<T>, RequestError> + Send + Sync,
    ) -> Result<T, Error> {
        check_id(id)?;
        let read = async |token: &AccessToken| {
            let data = self.parts.client.data(token);
            self.parts.http.read(|| call(&data)).await
        };
        let token = self.parts.access_token(id, None).await?;
        match read(&token).await {
            Err(error) if error.recovery() == Recovery::Refresh => {
                let token = self.parts.access_token(id, Some(token)).await?;
                read(&token).await
            }
            result => result,
        }
    }

    /// Returns a valid access token. The tokens are refreshed before, if needed.
    ///
    /// However many tasks and machines call it, one of them sends the refresh and the others wait for its tokens. The refresh goes
    /// on if the caller is dropped.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the id is invalid;
    /// - there is no connection, or its access token has expired and it has no refresh token ([`Error::NotConnected`]);
    /// - the refresh fails: [`Error::Api`] if it is refused, [`Error::RefreshLost`] if it is refused after the response of an
    ///   earlier one was lost, and [`Error::Transport`] if there is no response; the next call then tries again;
    /// - another task or machine holds the lock for longer than a request may take ([`StoreError::Locked`]);
    /// - the store fails.
    pub async fn access_token(&self, id: &str) -> Result<AccessToken, Error> {
        check_id(id)?;
        self.parts.access_token(id, None).await
    }

    /// Refreshes the tokens of a connection, though they are still valid.
    ///
    /// If others refresh them at the same time, one request is sent.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`access_token`](Self::access_token).
    pub async fn refresh(&self, id: &str) -> Result<(), Error> {
        let connection = self.connection(id).await?;
        self.parts.access_token(id, Some(connection.access_token().clone())).await?;
        Ok(())
    }

    /// Returns the stored connection, as it is.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the id is invalid;
    /// - there is no connection ([`Error::NotConnected`]);
    /// - the store fails.
    pub async fn connection(&self, id: &str) -> Result<Connection, Error> {
        check_id(id)?;
        Ok(self.parts.vault.read(id).await?.ok_or(Error::NotConnected)?.record.connection)
    }

    /// Returns the consent of a connection.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`connection`](Self::connection).
    pub async fn consent(&self, id: &str) -> Result<Consent, Error> {
        Ok(self.connection(id).await?.consent(SystemTime::now()))
    }

    /// Returns the ids of all connections that begin with the prefix, in the order of their bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the prefix cannot begin an id;
    /// - the store fails.
    pub async fn ids(&self, prefix: &str) -> Result<Vec<String>, Error> {
        check_prefix(prefix)?;
        Ok(self.parts.vault.ids(prefix).await?)
    }

    /// Deletes a connection at TrueLayer, and then in the store.
    ///
    /// It goes on if the caller is dropped. As long as TrueLayer did not confirm, the connection stays in the store, so that it can
    /// be tried again.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the id is invalid;
    /// - there is no connection ([`Error::NotConnected`]);
    /// - TrueLayer cannot be reached, or does not delete it;
    /// - the store fails.
    pub async fn delete(&self, id: &str) -> Result<Deletion, Error> {
        check_id(id)?;
        let (parts, id) = (self.parts.clone(), id.to_owned());
        run(async move { delete(&parts, &id).await }).await
    }

    /// Deletes a connection in the store alone. TrueLayer keeps its access to the bank. Without a connection, it does nothing.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the id is invalid;
    /// - the store fails.
    pub async fn forget(&self, id: &str) -> Result<(), Error> {
        check_id(id)?;
        self.parts.vault.delete(id, Expected::Any, self.parts.timing.retry).await?;
        Ok(())
    }

    /// Sets the limit of one request, at most a day. The default is 60 seconds, as in the HTTP clients of auth-link.
    ///
    /// A refresh that takes a sixth longer is given up. A wait for a lock ends after four thirds of the limit, and the lock of a
    /// killed process after one and a half. All instances of an application need the same limit.
    #[must_use]
    pub fn with_request_limit(self, limit: Duration) -> Self {
        Self { parts: Arc::new(self.parts.with_timing(Timing::new(limit))) }
    }
}

/// The result of [`Connections::delete`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Deletion {
    /// TrueLayer deleted the connection.
    AtTrueLayer,
    /// TrueLayer does not accept the tokens any more, so that the connection was deleted in the store alone.
    ///
    /// The user or the bank ended it, or the response of a refresh was lost.
    InStoreAlone,
}

/// Deletes a connection at TrueLayer, and then in the store.
async fn delete<S: Store, H: Transport>(parts: &Arc<Parts<S, H>>, id: &str) -> Result<Deletion, Error> {
    let exchange = parts.vault.read(id).await?.ok_or(Error::NotConnected)?.record.exchange;
    let deletion = delete_at_truelayer(parts, id).await?;
    // Another task may have refreshed it meanwhile. A new connection with the same id stays.
    while let Some(stored) = parts.vault.read(id).await?.filter(|stored| stored.record.exchange == exchange) {
        if parts.vault.delete(id, Expected::Version(stored.version), parts.timing.rescue).await? {
            break;
        }
    }
    Ok(deletion)
}

async fn delete_at_truelayer<S: Store, H: Transport>(parts: &Arc<Parts<S, H>>, id: &str) -> Result<Deletion, Error> {
    let mut refused = None;
    loop {
        let token = match parts.access_token(id, refused.clone()).await {
            Ok(token) => token,
            Err(error) if error.recovery() == Recovery::Reauthorize => return Ok(Deletion::InStoreAlone),
            Err(error) => return Err(error),
        };
        match parts.http.send(parts.client.delete_connection(&token)).await {
            Ok(()) => return Ok(Deletion::AtTrueLayer),
            Err(error) if error.recovery() == Recovery::Refresh && refused.is_none() => refused = Some(token),
            Err(error) if error.recovery() == Recovery::Reauthorize => return Ok(Deletion::InStoreAlone),
            Err(Error::Api(error)) if error.status().as_u16() == 404 => return Ok(Deletion::InStoreAlone),
            Err(error) => return Err(error),
        }
    }
}

impl<S, H> Clone for Connections<S, H> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone() }
    }
}

impl<S, H> fmt::Debug for Connections<S, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").field("client", &self.parts.client).finish_non_exhaustive()
    }
}
