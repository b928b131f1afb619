//! TrueLayer's Data API: what a connection gives, as requests and typed answers.
//!
//! ```
//! # use auth_link_runtime as auth_link;
//! use auth_link::data::{Decimal, Transaction};
//! use auth_link::client::{Call, Client, RequestError, Tokens};
//!
//! /// What left an account.
//! fn spent(transactions: &[Transaction]) -> Decimal {
//!     transactions.iter().map(|transaction| transaction.amount).filter(Decimal::is_sign_negative).sum()
//! }
//!
//! fn request(client: &Client, tokens: &Tokens, account_id: &str) -> Result<Call<Vec<Transaction>>, RequestError> {
//!     client.data(&tokens.access_token).transactions(account_id, ..)
//! }
//! ```

mod account;
mod card;
mod field;
mod identity;
mod kind;
mod order;
mod transaction;

use std::fmt;
use std::net::IpAddr;
use std::ops::{Bound, RangeBounds};

use auth_link_rules::encode;
use http::{HeaderName, HeaderValue, Method};

pub use rust_decimal::Decimal;
pub use time::{Date, OffsetDateTime};

pub use self::account::{Account, AccountNumber, Balance};
pub use self::card::{Card, CardBalance};
pub use self::identity::{Info, Me};
pub use self::kind::{AccountType, OrderStatus, TransactionCategory, TransactionType};
pub use self::order::{DirectDebit, Payment, StandingOrder};
pub use self::transaction::Transaction;
use crate::client::{AccessToken, Call, Client, Json, RequestBuilder, RequestError, Unexpected, uri, with_query};

/// How long the lists of an account may be, in bytes: years of transactions.
const LONGEST: usize = 32 * 1024 * 1024;

/// What may be asked for, and the scopes that it needs.
#[derive(Clone, Copy)]
enum Endpoint {
    Info,
    Accounts,
    Balance,
    Transactions,
    DirectDebits,
    StandingOrders,
    Cards,
    CardBalance,
    CardTransactions,
}

impl Endpoint {
    /// The scopes that it needs, all of them (TrueLayer's specification of the Data API).
    const fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Info => &["info"],
            Self::Accounts => &["accounts"],
            Self::Balance => &["accounts", "balance"],
            Self::Transactions => &["accounts", "transactions"],
            Self::DirectDebits => &["accounts", "direct_debits"],
            Self::StandingOrders => &["accounts", "standing_orders"],
            Self::Cards => &["cards"],
            Self::CardBalance => &["cards", "balance"],
            Self::CardTransactions => &["cards", "transactions"],
        }
    }
}

impl Client {
    /// The data behind a connection. What needs a scope that the client's link does not ask for is refused before it is sent.
    pub fn data(&self, access_token: &AccessToken) -> Data<'_> {
        Data { client: self, access_token: access_token.clone(), headers: Vec::new() }
    }
}

/// Requests for the data behind one connection ([`Client::data`]).
#[derive(Clone)]
#[must_use]
pub struct Data<'c> {
    client: &'c Client,
    access_token: AccessToken,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl fmt::Debug for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Data").field("client", &self.client).finish_non_exhaustive()
    }
}

impl Data<'_> {
    /// Says that the user is there, and from which address (`X-PSU-IP`). Without it banks answer four times a day.
    pub fn with_psu_ip(self, address: IpAddr) -> Self {
        let address = HeaderValue::from_str(&address.to_string());
        self.header("x-psu-ip", address.ok())
    }

    /// Names the requests, so that the application's logs and TrueLayer's can be laid side by side (`X-Client-Correlation-Id`).
    ///
    /// # Errors
    ///
    /// An empty text, and one that is not printable ASCII.
    pub fn with_correlation_id(self, id: &str) -> Result<Self, RequestError> {
        let is_plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        let value = HeaderValue::from_str(id).ok().filter(|_| is_plain).ok_or(RequestError::InvalidCorrelationId)?;
        Ok(self.header("x-client-correlation-id", Some(value)))
    }

    fn header(mut self, name: &'static str, value: Option<HeaderValue>) -> Self {
        self.headers.extend(value.map(|value| (HeaderName::from_static(name), value)));
        self
    }

    /// What TrueLayer knows of the connection: provider, scopes, and until when the consent lasts. It needs no scope.
    pub fn me(&self) -> Call<Me> {
        self.call("/me", |json| json.result(Me::read))
    }

    /// What the provider knows of the user. Needs `info`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scope.
    pub fn info(&self) -> Result<Call<Info>, RequestError> {
        self.get(Endpoint::Info, "/info", |json| json.result(Info::read))
    }

    /// The accounts. Needs `accounts`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scope.
    pub fn accounts(&self) -> Result<Call<Vec<Account>>, RequestError> {
        self.get(Endpoint::Accounts, "/accounts", |json| json.results(Account::read))
    }

    /// What is in an account. Needs `accounts` and `balance`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scopes, or `account_id` cannot be an id.
    pub fn balance(&self, account_id: &str) -> Result<Call<Balance>, RequestError> {
        let path = path("/accounts", account_id, "/balance")?;
        self.get(Endpoint::Balance, &path, |json| json.result(Balance::read))
    }

    /// The settled transactions of an account in a range of days: `..` for all that the provider gives, `from..=to` for some.
    /// Needs `accounts` and `transactions`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scopes, or `account_id` cannot be an id.
    pub fn transactions(
        &self,
        account_id: &str,
        days: impl RangeBounds<Date>,
    ) -> Result<Call<Vec<Transaction>>, RequestError> {
        let path = with_days(&path("/accounts", account_id, "/transactions")?, &days)?;
        self.get(Endpoint::Transactions, &path, |json| json.results(Transaction::read))
    }

    /// The pending transactions of an account. Needs `accounts` and `transactions`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scopes, or `account_id` cannot be an id.
    pub fn pending_transactions(&self, account_id: &str) -> Result<Call<Vec<Transaction>>, RequestError> {
        let path = path("/accounts", account_id, "/transactions/pending")?;
        self.get(Endpoint::Transactions, &path, |json| json.results(Transaction::read))
    }

    /// The direct debits of an account. Needs `accounts` and `direct_debits`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scopes, or `account_id` cannot be an id.
    pub fn direct_debits(&self, account_id: &str) -> Result<Call<Vec<DirectDebit>>, RequestError> {
        let path = path("/accounts", account_id, "/direct_debits")?;
        self.get(Endpoint::DirectDebits, &path, |json| json.results(DirectDebit::read))
    }

    /// The standing orders of an account. Needs `accounts` and `standing_orders`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scopes, or `account_id` cannot be an id.
    pub fn standing_orders(&self, account_id: &str) -> Result<Call<Vec<StandingOrder>>, RequestError> {
        let path = path("/accounts", account_id, "/standing_orders")?;
        self.get(Endpoint::StandingOrders, &path, |json| json.results(StandingOrder::read))
    }

    /// The cards. Needs `cards`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scope.
    pub fn cards(&self) -> Result<Call<Vec<Card>>, RequestError> {
        self.get(Endpoint::Cards, "/cards", |json| json.results(Card::read))
    }

    /// What is owed on a card. Needs `cards` and `balance`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scopes, or `account_id` cannot be an id.
    pub fn card_balance(&self, account_id: &str) -> Result<Call<CardBalance>, RequestError> {
        let path = path("/cards", account_id, "/balance")?;
        self.get(Endpoint::CardBalance, &path, |json| json.result(CardBalance::read))
    }

    /// The settled transactions of a card in a range of days, as [`transactions`](Self::transactions). Needs `cards` and
    /// `transactions`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scopes, or `account_id` cannot be an id.
    pub fn card_transactions(
        &self,
        account_id: &str,
        days: impl RangeBounds<Date>,
    ) -> Result<Call<Vec<Transaction>>, RequestError> {
        let path = with_days(&path("/cards", account_id, "/transactions")?, &days)?;
        self.get(Endpoint::CardTransactions, &path, |json| json.results(Transaction::read))
    }

    /// The pending transactions of a card. Needs `cards` and `transactions`.
    ///
    /// # Errors
    ///
    /// The client's link does not ask for the scopes, or `account_id` cannot be an id.
    pub fn pending_card_transactions(&self, account_id: &str) -> Result<Call<Vec<Transaction>>, RequestError> {
        let path = path("/cards", account_id, "/transactions/pending")?;
        self.get(Endpoint::CardTransactions, &path, |json| json.results(Transaction::read))
    }

    fn get<T: 'static>(
        &self,
        endpoint: Endpoint,
        path: &str,
        read: fn(Json) -> Result<T, Unexpected>,
    ) -> Result<Call<T>, RequestError> {
        if let Some(asked) = self.client.scope()
            && let Some(&scope) = endpoint.scopes().iter().find(|scope| !asked.split(' ').any(|word| word == **scope))
        {
            return Err(RequestError::MissingScope { scope });
        }
        Ok(self.call(path, read))
    }

    fn call<T: 'static>(&self, path: &str, read: fn(Json) -> Result<T, Unexpected>) -> Call<T> {
        let mut request = RequestBuilder::new(Method::GET, uri(self.client.api(), &["/data/v1", path].concat()))
            .max_body_len(LONGEST);
        for (name, value) in &self.headers {
            request = request.header(name.clone(), value.clone());
        }
        request.bearer(&self.access_token).call(move |json| read(json?))
    }
}

/// The path of what belongs to an account or a card.
fn path(of: &str, account_id: &str, what: &str) -> Result<String, RequestError> {
    // What would leave the path that it stands in.
    if matches!(account_id, "" | "." | "..") {
        return Err(RequestError::InvalidAccountId);
    }
    let mut path = of.to_owned() + "/";
    encode(account_id, &mut path);
    with_query(&(path + what), &[])
}

fn with_days(path: &str, days: &impl RangeBounds<Date>) -> Result<String, RequestError> {
    let from = match days.start_bound() {
        Bound::Included(day) => Some(*day),
        Bound::Excluded(day) => day.next_day(),
        Bound::Unbounded => None,
    };
    let to = match days.end_bound() {
        Bound::Included(day) => Some(*day),
        Bound::Excluded(day) => day.previous_day(),
        Bound::Unbounded => None,
    };
    let [from, to] = [from, to].map(|day| day.map_or_else(String::new, |day| day.to_string()));
    with_query(path, &[("from", &from), ("to", &to)])
}
