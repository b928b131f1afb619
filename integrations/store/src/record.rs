//! The contents of a row: a connection, and whether a refresh of it was sent whose response is not stored.

use std::io::{self, Write};
use std::time::SystemTime;

use auth_link::client::{AccessToken, Connection, Next};
use zeroize::Zeroizing;

use crate::error::StoreError;

/// The contents of a row.
///
/// Format: the version 1, one byte for `refresh_sent`, the connection's own random bytes, and the connection as JSON.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) connection: Connection,
    /// Whether a refresh with this refresh token was sent, and its response is not stored: it is on its way, or was lost.
    pub(crate) refresh_sent: bool,
    /// Random bytes of an exchange. A refresh keeps them, so that they tell a connection from one that replaced it.
    pub(crate) exchange: [u8; EXCHANGE_LEN],
}

const FORMAT: u8 = 1;

const EXCHANGE_LEN: usize = 16;

const HEADER_LEN: usize = 2 + EXCHANGE_LEN;

impl Record {
    /// Creates the record of an exchange.
    pub(crate) fn new(connection: Connection) -> Result<Self, StoreError> {
        let mut exchange = [0; EXCHANGE_LEN];
        getrandom::fill(&mut exchange).map_err(|_| StoreError::Random)?;
        Ok(Self { connection, refresh_sent: false, exchange })
    }

    /// Returns the access token, if it is valid and not the one that was refused.
    pub(crate) fn valid_token(&self, refused: Option<&AccessToken>) -> Option<AccessToken> {
        match self.connection.next(SystemTime::now()) {
            Next::Use(token) if !refused.is_some_and(|refused| self.connection.is_current(refused)) => {
                Some(token.clone())
            }
            _ => None,
        }
    }

    /// Returns whether the record has the refresh token of another: then a refresh of that one was not stored.
    pub(crate) fn has_refresh_token_of(&self, other: &Self) -> bool {
        let text =
            |record: &'_ Self| record.connection.refresh_token().map(|token| Zeroizing::new(token.expose().to_owned()));
        self.exchange == other.exchange && text(self) == text(other)
    }

    pub(crate) fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let mut len = Length(HEADER_LEN);
        self.write(&mut len).map_err(StoreError::unavailable)?;
        // The buffer does not grow, so that it leaves no copy of the tokens.
        let mut bytes = Zeroizing::new(Vec::with_capacity(len.0));
        bytes.extend([FORMAT, self.refresh_sent.into()]);
        bytes.extend(self.exchange);
        self.write(&mut *bytes).map_err(StoreError::unavailable)?;
        Ok(bytes)
    }

    fn write(&self, to: impl Write) -> serde_json::Result<()> {
        serde_json::to_writer(to, &self.connection)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        let (header, connection) = bytes.split_first_chunk::<HEADER_LEN>().ok_or(StoreError::NewerFormat)?;
        let [FORMAT, refresh_sent, exchange @ ..] = *header else { return Err(StoreError::NewerFormat) };
        // The error of the parser could show the text.
        let connection = serde_json::from_slice(connection).map_err(|_| StoreError::NewerFormat)?;
        Ok(Self { connection, refresh_sent: refresh_sent != 0, exchange })
    }
}

/// Counts what is written.
struct Length(usize);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(exchange: u8, refresh_token: &str) -> Record {
        let connection = format!(
            r#"{{"access_token":"a1","refresh_token":"{refresh_token}","received_at":1,"expires_at":2,"consented_at":1}}"#
        );
        Record::from_bytes(&[&[FORMAT, 0], &[exchange; EXCHANGE_LEN][..], connection.as_bytes()].concat()).unwrap()
    }

    #[test]
    fn a_refresh_token_is_that_of_another_record_of_the_same_exchange() {
        let first = record(1, "r1");
        assert!(first.has_refresh_token_of(&record(1, "r1")));
        assert!(!first.has_refresh_token_of(&record(1, "r2")));
        assert!(!first.has_refresh_token_of(&record(2, "r1")));
    }

    #[test]
    fn the_buffer_of_a_record_does_not_grow() {
        let bytes = record(1, "r1").to_bytes().unwrap();
        assert_eq!(bytes.capacity(), bytes.len());
        assert_eq!(Record::from_bytes(&bytes).unwrap().exchange, [1; EXCHANGE_LEN]);
    }
}
