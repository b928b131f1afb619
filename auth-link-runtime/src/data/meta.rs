//! The members that only some providers return.

use std::fmt;

use crate::client::{Member, ReadError, Reader};

/// The members that only some providers return (`meta`), as the JSON object that the server wrote.
///
/// Its `Debug` does not show it, since it may contain personal data.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::data::Transaction;
///
/// fn counterparty(transaction: &Transaction) -> Option<String> {
///     let meta: serde_json::Value = serde_json::from_str(transaction.meta.as_ref()?.as_str()).ok()?;
///     Some(meta["counter_party_preferred_name"].as_str()?.to_owned())
/// }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Meta(Box<str>);

impl Meta {
    /// Returns the JSON.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::data::Account;
    ///
    /// fn meta(account: &Account) -> &str {
    ///     account.meta.as_ref().map_or("{}", |meta| meta.as_str())
    /// }
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Meta([redacted])")
    }
}

/// `meta`; `None` if it is no object.
#[derive(Default)]
pub(super) struct ReadMeta(pub(super) Option<Meta>);

impl Member for ReadMeta {
    fn object(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        let json = reader.raw()?;
        reader.take_allocation(json.len())?;
        Ok(Self(Some(Meta(json.into()))))
    }

    fn other(_: &'static str) -> Self {
        Self(None)
    }
}
