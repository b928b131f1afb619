//! TrueLayer's Data API: requests for the accounts, cards and transactions of a connection, and their typed responses.
//!
//! ```
//! # use auth_link_runtime as auth_link;
//! use auth_link::data::{Decimal, List, Transaction};
//! use auth_link::client::{Call, Client, RequestError, Tokens};
//!
//! /// Returns the sum of the outgoing amounts of an account.
//! fn spent(transactions: &[Transaction]) -> Decimal {
//!     transactions.iter().map(|transaction| transaction.amount).filter(Decimal::is_sign_negative).sum()
//! }
//!
//! fn request(client: &Client, tokens: &Tokens, account_id: &str) -> Result<Call<List<Transaction>>, RequestError> {
//!     client.data(&tokens.access_token).transactions(account_id, ..)
//! }
//! ```

mod account;
mod amount;
mod card;
mod identity;
mod kind;
mod meta;
mod order;
mod provider_names;
mod time_text;
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
pub use self::meta::Meta;
pub use self::order::{DirectDebit, Payment, StandingOrder};
pub use self::transaction::Transaction;
use crate::client::{
    AccessToken, Call, Client, PSU_IP, RequestBuilder, RequestError, Unexpected, read_result, read_results, uri,
    with_query,
};
pub use crate::client::{List, UnreadableItem};

/// Reads the text of a response. The second text is the origin of the API.
type ReadResponse<T> = fn(&str, &str) -> Result<T, Unexpected>;

/// The limit of a response body, in bytes, which fits years of transactions.
const MAX_BODY_LEN: usize = 32 * 1024 * 1024;

/// The endpoints that need scopes.
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
    /// Returns the required scopes (TrueLayer's specification of the Data API).
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
    /// Returns the requests for the data of the connection that the token belongs to.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{AccessToken, Call, Client, List, RequestError};
    /// use auth_link::data::Account;
    ///
    /// fn accounts(client: &Client, access_token: &AccessToken) -> Result<Call<List<Account>>, RequestError> {
    ///     client.data(access_token).accounts()
    /// }
    /// ```
    pub fn data(&self, access_token: &AccessToken) -> Data<'_> {
        Data { client: self, access_token: access_token.clone(), headers: Vec::new() }
    }
}

/// The requests for the data of one connection ([`Client::data`]).
///
/// A request that needs a scope is an error if the client's link does not request that scope. A client without a link
/// ([`Client::new`]) does not check the scopes.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::client::{Client, ClientSecret, Environment, AccessToken};
///
/// let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret")?)?;
/// let token = AccessToken::new("t0ken")?;
/// let data = client.data(&token).with_psu_ip([203, 0, 113, 7].into());
/// assert_eq!(data.accounts()?.request.uri(), "https://api.truelayer.com/data/v1/accounts");
/// # Ok::<(), auth_link::Error>(())
/// ```
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
    /// Sets the IP address of the user, who is present (`X-PSU-IP`).
    ///
    /// Without it, banks allow only four requests a day.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::net::IpAddr;
    ///
    /// use auth_link::data::Data;
    ///
    /// /// `address` is the address of the browser, also behind a proxy.
    /// fn for_user<'c>(data: Data<'c>, address: IpAddr) -> Data<'c> {
    ///     data.with_psu_ip(address)
    /// }
    /// ```
    pub fn with_psu_ip(self, address: IpAddr) -> Self {
        let address = HeaderValue::from_str(&address.to_string());
        self.header(PSU_IP, address.ok())
    }

    /// Sets an id that links the application's logs with TrueLayer's (`X-Client-Correlation-Id`).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::RequestError;
    /// use auth_link::data::Data;
    ///
    /// fn traced<'c>(data: Data<'c>, request_id: &str) -> Result<Data<'c>, RequestError> {
    ///     data.with_correlation_id(request_id)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the text is empty or is not printable ASCII.
    pub fn with_correlation_id(self, id: &str) -> Result<Self, RequestError> {
        let is_plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        let value = HeaderValue::from_str(id).ok().filter(|_| is_plain).ok_or(RequestError::InvalidCorrelationId)?;
        Ok(self.header("x-client-correlation-id", Some(value)))
    }

    fn header(mut self, name: &'static str, value: Option<HeaderValue>) -> Self {
        self.headers.extend(value.map(|value| (HeaderName::from_static(name), value)));
        self
    }

    /// Requests the provider, the scopes and the end of the consent of the connection. Needs no scope.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::Call;
    /// use auth_link::data::{Data, Me};
    ///
    /// fn me(data: &Data<'_>) -> Call<Me> {
    ///     data.me()
    /// }
    /// ```
    pub fn me(&self) -> Call<Me> {
        self.call("/me", read_result)
    }

    /// Requests the user's contact data at the provider. Needs `info`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, RequestError};
    /// use auth_link::data::{Data, Info};
    ///
    /// fn info(data: &Data<'_>) -> Result<Call<Info>, RequestError> {
    ///     data.info()
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the client's link does not request the scope.
    pub fn info(&self) -> Result<Call<Info>, RequestError> {
        self.get(Endpoint::Info, "/info", read_result)
    }

    /// Requests the accounts. Needs `accounts`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, List, RequestError};
    /// use auth_link::data::{Account, Data};
    ///
    /// fn accounts(data: &Data<'_>) -> Result<Call<List<Account>>, RequestError> {
    ///     data.accounts()
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the client's link does not request the scope.
    pub fn accounts(&self) -> Result<Call<List<Account>>, RequestError> {
        self.get(Endpoint::Accounts, "/accounts", read_results)
    }

    /// Requests the balance of an account. Needs `accounts` and `balance`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, RequestError};
    /// use auth_link::data::{Account, Balance, Data};
    ///
    /// fn balance(data: &Data<'_>, account: &Account) -> Result<Call<Balance>, RequestError> {
    ///     data.balance(&account.account_id)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the client's link does not request the scopes;
    /// - `account_id` cannot be an id.
    pub fn balance(&self, account_id: &str) -> Result<Call<Balance>, RequestError> {
        let path = path("/accounts", account_id, "/balance")?;
        self.get(Endpoint::Balance, &path, read_result)
    }

    /// Requests the settled transactions of an account in a range of dates. Needs `accounts` and `transactions`.
    ///
    /// The range `..` returns all transactions that the provider offers.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, List, RequestError};
    /// use auth_link::data::{Account, Data, Date, Transaction};
    ///
    /// /// Both days belong to the range.
    /// fn transactions(
    ///     data: &Data<'_>,
    ///     account: &Account,
    ///     from: Date,
    ///     to: Date,
    /// ) -> Result<Call<List<Transaction>>, RequestError> {
    ///     data.transactions(&account.account_id, from..=to)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the client's link does not request the scopes;
    /// - `account_id` cannot be an id.
    pub fn transactions(
        &self,
        account_id: &str,
        dates: impl RangeBounds<Date>,
    ) -> Result<Call<List<Transaction>>, RequestError> {
        let path = with_dates(&path("/accounts", account_id, "/transactions")?, &dates)?;
        self.get(Endpoint::Transactions, &path, read_results)
    }

    /// Requests the pending transactions of an account. Needs `accounts` and `transactions`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, List, RequestError};
    /// use auth_link::data::{Account, Data, Transaction};
    ///
    /// fn pending_transactions(data: &Data<'_>, account: &Account) -> Result<Call<List<Transaction>>, RequestError> {
    ///     data.pending_transactions(&account.account_id)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the client's link does not request the scopes;
    /// - `account_id` cannot be an id.
    pub fn pending_transactions(&self, account_id: &str) -> Result<Call<List<Transaction>>, RequestError> {
        let path = path("/accounts", account_id, "/transactions/pending")?;
        self.get(Endpoint::Transactions, &path, read_results)
    }

    /// Requests the direct debits of an account. Needs `accounts` and `direct_debits`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, List, RequestError};
    /// use auth_link::data::{Account, Data, DirectDebit};
    ///
    /// fn direct_debits(data: &Data<'_>, account: &Account) -> Result<Call<List<DirectDebit>>, RequestError> {
    ///     data.direct_debits(&account.account_id)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the client's link does not request the scopes;
    /// - `account_id` cannot be an id.
    pub fn direct_debits(&self, account_id: &str) -> Result<Call<List<DirectDebit>>, RequestError> {
        let path = path("/accounts", account_id, "/direct_debits")?;
        self.get(Endpoint::DirectDebits, &path, read_results)
    }

    /// Requests the standing orders of an account. Needs `accounts` and `standing_orders`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, List, RequestError};
    /// use auth_link::data::{Account, Data, StandingOrder};
    ///
    /// fn standing_orders(data: &Data<'_>, account: &Account) -> Result<Call<List<StandingOrder>>, RequestError> {
    ///     data.standing_orders(&account.account_id)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the client's link does not request the scopes;
    /// - `account_id` cannot be an id.
    pub fn standing_orders(&self, account_id: &str) -> Result<Call<List<StandingOrder>>, RequestError> {
        let path = path("/accounts", account_id, "/standing_orders")?;
        self.get(Endpoint::StandingOrders, &path, read_results)
    }

    /// Requests the cards. Needs `cards`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, List, RequestError};
    /// use auth_link::data::{Card, Data};
    ///
    /// fn cards(data: &Data<'_>) -> Result<Call<List<Card>>, RequestError> {
    ///     data.cards()
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the client's link does not request the scope.
    pub fn cards(&self) -> Result<Call<List<Card>>, RequestError> {
        self.get(Endpoint::Cards, "/cards", read_results)
    }

    /// Requests the balance of a card. Needs `cards` and `balance`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, RequestError};
    /// use auth_link::data::{Card, CardBalance, Data};
    ///
    /// fn card_balance(data: &Data<'_>, card: &Card) -> Result<Call<CardBalance>, RequestError> {
    ///     data.card_balance(&card.account_id)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the client's link does not request the scopes;
    /// - `account_id` cannot be an id.
    pub fn card_balance(&self, account_id: &str) -> Result<Call<CardBalance>, RequestError> {
        let path = path("/cards", account_id, "/balance")?;
        self.get(Endpoint::CardBalance, &path, read_result)
    }

    /// Requests the settled transactions of a card in a range of dates. Needs `cards` and `transactions`.
    ///
    /// The range works as in [`transactions`](Self::transactions).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, List, RequestError};
    /// use auth_link::data::{Card, Data, Date, Transaction};
    ///
    /// fn card_transactions(data: &Data<'_>, card: &Card, from: Date) -> Result<Call<List<Transaction>>, RequestError> {
    ///     data.card_transactions(&card.account_id, from..)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the client's link does not request the scopes;
    /// - `account_id` cannot be an id.
    pub fn card_transactions(
        &self,
        account_id: &str,
        dates: impl RangeBounds<Date>,
    ) -> Result<Call<List<Transaction>>, RequestError> {
        let path = with_dates(&path("/cards", account_id, "/transactions")?, &dates)?;
        self.get(Endpoint::CardTransactions, &path, read_results)
    }

    /// Requests the pending transactions of a card. Needs `cards` and `transactions`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, List, RequestError};
    /// use auth_link::data::{Card, Data, Transaction};
    ///
    /// fn pending_card_transactions(data: &Data<'_>, card: &Card) -> Result<Call<List<Transaction>>, RequestError> {
    ///     data.pending_card_transactions(&card.account_id)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the client's link does not request the scopes;
    /// - `account_id` cannot be an id.
    pub fn pending_card_transactions(&self, account_id: &str) -> Result<Call<List<Transaction>>, RequestError> {
        let path = path("/cards", account_id, "/transactions/pending")?;
        self.get(Endpoint::CardTransactions, &path, read_results)
    }

    fn get<T: 'static>(&self, endpoint: Endpoint, path: &str, read: ReadResponse<T>) -> Result<Call<T>, RequestError> {
        if let Some(requested) = self.client.scope()
            && let Some(&scope) =
                endpoint.scopes().iter().find(|scope| !requested.split(' ').any(|word| word == **scope))
        {
            return Err(RequestError::MissingScope { scope });
        }
        Ok(self.call(path, read))
    }

    fn call<T: 'static>(&self, path: &str, read: ReadResponse<T>) -> Call<T> {
        let mut request = RequestBuilder::new(Method::GET, uri(self.client.api(), &["/data/v1", path].concat()))
            .max_body_len(MAX_BODY_LEN);
        for (name, value) in &self.headers {
            request = request.header(name.clone(), value.clone());
        }
        let api = self.client.api().to_owned();
        request.bearer(&self.access_token).stream(move |text| read(text, &api))
    }
}

/// Returns the path of a resource of an account or a card.
fn path(collection: &str, account_id: &str, resource: &str) -> Result<String, RequestError> {
    // Such a segment is removed from a path, or refers to its parent (RFC 3986 §5.2.4).
    if matches!(account_id, "" | "." | "..") {
        return Err(RequestError::InvalidAccountId);
    }
    let mut path = collection.to_owned() + "/";
    encode(account_id, &mut path);
    with_query(&(path + resource), &[])
}

fn with_dates(path: &str, dates: &impl RangeBounds<Date>) -> Result<String, RequestError> {
    let from = match dates.start_bound() {
        Bound::Included(date) => Some(*date),
        Bound::Excluded(date) => date.next_day(),
        Bound::Unbounded => None,
    };
    let to = match dates.end_bound() {
        Bound::Included(date) => Some(*date),
        Bound::Excluded(date) => date.previous_day(),
        Bound::Unbounded => None,
    };
    let [from, to] = [from, to].map(|date| date.map_or_else(String::new, |date| date.to_string()));
    with_query(path, &[("from", &from), ("to", &to)])
}
