//! The accounts and cards of a connection with their balances, and their form as tables and JSON.

use auth_link_runtime::Error;
use auth_link_runtime::client::{AccessToken, Call, Client, List, RequestError};
use auth_link_runtime::data::{Account, Card, Data, Decimal, Me, OffsetDateTime};
use auth_link_ureq::HttpClient;
use serde_json::{Value as Json, json};

use crate::api_failure::read_failure;
use crate::interrupt::Interrupt;
use crate::output::{Failure, note, print, show_progress};
use crate::table::{grid, rows, title};
use crate::text::escape;

/// The data of a connection.
#[derive(Default)]
pub(crate) struct ConnectionData {
    me: Option<Me>,
    accounts: Vec<Row>,
    cards: Vec<Row>,
    /// The errors of the reads that failed.
    pub(crate) failures: Vec<Failure>,
}

/// An account or a card.
struct Row {
    id: String,
    name: String,
    kind: String,
    currency: String,
    provider_id: Option<String>,
    balance: Option<RowBalance>,
}

/// The balance of an account or a card.
struct RowBalance {
    current: Decimal,
    available: Option<Decimal>,
}

/// Reads the data of a connection, as far as its link and its bank allow. Ctrl-C ends it early.
pub(crate) fn read(client: &Client, token: &AccessToken, http: &HttpClient, interrupt: &Interrupt) -> ConnectionData {
    let reader = Reader { data: client.data(token), http, interrupt };
    let mut found = ConnectionData::default();
    found.me = reader.get("the connection", Ok(reader.data.me()), &mut found.failures);
    let accounts = reader.list("the accounts", reader.data.accounts(), &mut found.failures);
    for account in accounts {
        let balance = reader.get(
            &format!("the balance of `{}`", account.display_name),
            reader.data.balance(&account.account_id),
            &mut found.failures,
        );
        let balance = balance.map(|balance| RowBalance { current: balance.current, available: balance.available });
        found.accounts.push(Row::account(account, balance));
    }
    let cards = reader.list("the cards", reader.data.cards(), &mut found.failures);
    for card in cards {
        let balance = reader.get(
            &format!("the balance of `{}`", card.display_name),
            reader.data.card_balance(&card.account_id),
            &mut found.failures,
        );
        let balance = balance.map(|balance| RowBalance { current: balance.current, available: balance.available });
        found.cards.push(Row::card(card, balance));
    }
    show_progress("");
    found
}

/// Sends the requests for the data.
struct Reader<'c> {
    data: Data<'c>,
    http: &'c HttpClient,
    interrupt: &'c Interrupt,
}

impl Reader<'_> {
    /// Sends a request, unless the link does not request its scope.
    fn get<T>(&self, what: &str, call: Result<Call<T>, RequestError>, failures: &mut Vec<Failure>) -> Option<T> {
        if self.interrupt.is_set() {
            return None;
        }
        show_progress(&format!("reading {what}"));
        let result = match call {
            Ok(call) => self.http.send(call),
            Err(RequestError::MissingScope { .. }) => return None,
            Err(error) => Err(Error::from(error)),
        };
        result.map_err(|error| failures.push(read_failure(what, &error))).ok()
    }

    /// Sends a request for a list. Items that cannot be read are a failure, too.
    fn list<T>(&self, what: &str, call: Result<Call<List<T>>, RequestError>, failures: &mut Vec<Failure>) -> Vec<T> {
        let Some(list) = self.get(what, call, failures) else { return Vec::new() };
        let unreadable = list.unreadable_len();
        if let (1.., Some(item)) = (unreadable, list.unreadable().first()) {
            let message = format!("cannot read {unreadable} of {what}: {}", item.reason());
            failures.push(Failure::new(message, "the others are complete"));
        }
        list.into_vec()
    }
}

impl Row {
    fn account(account: Account, balance: Option<RowBalance>) -> Self {
        Self {
            id: account.account_id,
            name: account.display_name,
            kind: account.account_type.map_or_else(String::new, |kind| kind.as_str().to_owned()),
            currency: account.currency,
            provider_id: account.provider_id,
            balance,
        }
    }

    fn card(card: Card, balance: Option<RowBalance>) -> Self {
        Self {
            id: card.account_id,
            name: card.display_name,
            kind: card.card_network.or(card.card_type).unwrap_or_default(),
            currency: card.currency.unwrap_or_default(),
            provider_id: card.provider_id,
            balance,
        }
    }

    /// Returns the cells of a table.
    fn cells(&self) -> Vec<String> {
        let amount = |amount: Option<Decimal>| amount.map_or_else(|| "-".to_owned(), |amount| amount.to_string());
        let current = amount(self.balance.as_ref().map(|balance| balance.current));
        let available = amount(self.balance.as_ref().and_then(|balance| balance.available));
        vec![escape(&self.name), escape(&self.kind), escape(&self.currency), current, available]
    }

    /// Returns the JSON. Amounts are texts, so that no digit is lost.
    fn json(&self) -> Json {
        let balance = self.balance.as_ref().map(|RowBalance { current, available }| {
            json!({ "current": current.to_string(), "available": available.map(|amount| amount.to_string()) })
        });
        json!({
            "account_id": self.id,
            "display_name": self.name,
            "type": self.kind,
            "currency": self.currency,
            "provider_id": self.provider_id,
            "balance": balance,
        })
    }
}

impl ConnectionData {
    /// Prints the data as tables.
    pub(crate) fn print(&self) {
        if let Some(me) = &self.me {
            print(&title("Connection"));
            let provider = me.provider_name.as_ref().or(me.provider_id.as_ref());
            let time = |time: &Option<OffsetDateTime>| time.map(|time| time.date().to_string());
            let all = [
                ("provider", provider.map(|name| escape(name))),
                ("consent", me.consent_status.as_ref().map(|status| escape(status))),
                ("given on", time(&me.consent_created_at)),
                ("expires on", time(&me.consent_expires_at)),
                ("scopes", (!me.scopes.is_empty()).then(|| escape(&me.scopes.join(" ")))),
            ];
            let known = all.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?)));
            print(&rows(&known.collect::<Vec<_>>()));
        }
        for (name, of_kind) in [("Accounts", &self.accounts), ("Cards", &self.cards)] {
            if !of_kind.is_empty() {
                print(&format!("\n{}", title(name)));
                let headings = ["name", "type", "currency", "balance", "available"];
                let cells: Vec<_> = of_kind.iter().map(Row::cells).collect();
                print(&grid(&headings, 3, &cells));
            }
        }
        if self.accounts.is_empty() && self.cards.is_empty() && self.failures.is_empty() {
            note("note: the connection has no accounts and no cards that its link requests");
        }
    }

    /// Returns the data as JSON.
    pub(crate) fn json(&self) -> Json {
        let time = |time: &Option<OffsetDateTime>| time.map(utc);
        let connection = self.me.as_ref().map(|me| {
            json!({
                "provider_id": me.provider_id,
                "provider_name": me.provider_name,
                "consent_status": me.consent_status,
                "consent_created_at": time(&me.consent_created_at),
                "consent_expires_at": time(&me.consent_expires_at),
                "scopes": me.scopes,
            })
        });
        let list = |of_kind: &[Row]| of_kind.iter().map(Row::json).collect::<Vec<_>>();
        json!({
            "code_received": true,
            "connection": connection,
            "accounts": list(&self.accounts),
            "cards": list(&self.cards),
            "complete": self.failures.is_empty(),
        })
    }
}

/// Formats a time in UTC, to the second (RFC 3339).
fn utc(time: OffsetDateTime) -> String {
    let time = time.to_offset(OffsetDateTime::UNIX_EPOCH.offset());
    format!("{}T{:02}:{:02}:{:02}Z", time.date(), time.hour(), time.minute(), time.second())
}
