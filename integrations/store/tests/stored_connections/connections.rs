//! Connections in memory and in SQLite: exchanges, refreshes, reads and deletions, and their failures.
#![expect(clippy::redundant_closure_for_method_calls, reason = "a method is not general enough in a spawned task")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use crate::mock::{Failure, Mock, client, code};
use auth_link::Error;
use auth_link::client::Recovery;
use auth_link_store::{
    Connections, Deletion, Expected, Holder, Key, Keys, MemoryStore, Row, Store, StoreError, Version,
};

type Bank<S> = Connections<S, Mock>;

/// By then a hundred tasks wait for one response, even on a busy machine.
const UNTIL_ALL_WAIT: Duration = Duration::from_secs(2);

/// Runs each test with each store.
macro_rules! with_each_store {
    ($($test:ident,)*) => {
        mod memory {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(super::MemoryStore::new()).await;
            })*
        }

        #[cfg(feature = "sqlite")]
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                let name = concat!("auth-link-store-", stringify!($test));
                let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
                std::fs::create_dir_all(&folder).unwrap();
                super::$test(auth_link_store::SqliteStore::open(folder.join("connections.db")).await.unwrap()).await;
                std::fs::remove_dir_all(&folder).unwrap();
            })*
        }
    };
}

with_each_store! {
    an_exchange_is_stored_and_its_token_is_used_until_it_expires,
    a_hundred_tasks_refresh_once,
    a_hundred_tasks_receive_one_refusal,
    a_hundred_tasks_receive_one_lost_response,
    two_instances_refresh_once,
    a_dropped_caller_does_not_stop_an_exchange_or_a_refresh,
    a_401_refreshes_once_and_repeats_the_read_once,
    a_read_that_fails_for_another_reason_is_not_repeated,
    a_refusal_is_told_from_a_lost_response,
    a_refresh_without_a_response_is_tried_again,
    a_refresh_that_was_not_carried_out_leaves_no_mark,
    a_lock_of_a_killed_holder_ends,
    a_lock_of_a_changed_clock_is_replaced_at_once,
    tokens_of_a_late_holder_are_not_lost,
    a_late_refresh_does_not_replace_a_new_connection,
    a_late_refresh_does_not_replace_newer_tokens_with_the_same_refresh_token,
    a_deleted_connection_is_deleted_at_truelayer_first,
    a_connection_that_truelayer_ended_is_deleted_in_the_store,
    an_altered_a_swapped_and_a_newer_row_are_errors,
    an_old_key_opens_and_the_newest_seals,
    ids_are_listed_and_checked,
}

fn keys(byte: u8) -> Keys {
    Keys::new(Key::from_bytes([byte; 32]))
}

/// Returns connections, and the server with a valid connection `user` whose access token has expired.
async fn expired<S: Store>(store: S) -> (Bank<S>, Mock) {
    let mock = Mock::default();
    let bank = Connections::new(client(), mock.clone(), store, keys(1));
    bank.connect("user", code()).await.unwrap();
    mock.set_expires_in(3600);
    (bank, mock)
}

async fn token<S: Store>(bank: &Bank<S>) -> Result<String, Error> {
    Ok(bank.access_token("user").await?.expose().to_owned())
}

/// Returns the tokens that a hundred tasks receive at once, each with one of the banks in turn.
async fn tokens_of_a_hundred_tasks<S: Store>(banks: &[&Bank<S>]) -> Vec<Result<String, Error>> {
    let mut tasks = Vec::new();
    for bank in banks.iter().cycle().take(100) {
        let bank = Bank::clone(bank);
        tasks.push(tokio::spawn(async move { token(&bank).await }));
    }
    let mut tokens = Vec::new();
    for task in tasks {
        tokens.push(task.await.unwrap());
    }
    tokens
}

fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::Api(error) if error.server().is_some_and(|server| server.error() == "invalid_grant"))
}

async fn an_exchange_is_stored_and_its_token_is_used_until_it_expires<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    assert_eq!(token(&bank).await.unwrap(), "a2");
    assert_eq!(token(&bank).await.unwrap(), "a2");
    assert_eq!((mock.requests("exchange"), mock.requests("refresh")), (1, 1));
    assert_eq!(bank.connection("user").await.unwrap().refresh_token().unwrap().expose(), "r2");
    assert!(!bank.consent("user").await.unwrap().is_expired());
    bank.refresh("user").await.unwrap();
    assert_eq!(token(&bank).await.unwrap(), "a3");
    let error = bank.access_token("other").await.unwrap_err();
    assert!(matches!(error, Error::NotConnected));
}

async fn a_hundred_tasks_refresh_once<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    mock.set_delay(Duration::from_millis(50));
    for token in tokens_of_a_hundred_tasks(&[&bank]).await {
        assert_eq!(token.unwrap(), "a2");
    }
    assert_eq!(mock.requests("refresh"), 1);
}

async fn a_hundred_tasks_receive_one_refusal<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    mock.revoke();
    mock.set_delay(UNTIL_ALL_WAIT);
    for token in tokens_of_a_hundred_tasks(&[&bank]).await {
        assert!(is_refusal(&token.unwrap_err()));
    }
    assert_eq!(mock.requests("refresh"), 1);
    assert!(is_refusal(&token(&bank).await.unwrap_err()));
    assert_eq!(mock.requests("refresh"), 2, "a later task asks again");
}

async fn a_hundred_tasks_receive_one_lost_response<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    mock.set_delay(UNTIL_ALL_WAIT);
    mock.fail("refresh", Failure::LostResponse);
    for token in tokens_of_a_hundred_tasks(&[&bank]).await {
        assert!(matches!(token.unwrap_err(), Error::Transport(_)));
    }
    for token in tokens_of_a_hundred_tasks(&[&bank]).await {
        assert!(matches!(token.unwrap_err(), Error::RefreshLost(_)));
    }
    assert_eq!(mock.requests("refresh"), 2);
    let shown = format!("{bank:?}");
    assert!(shown.starts_with("Connections { client: ") && !shown.contains("s3cret"), "{shown}");
}

async fn two_instances_refresh_once<S: Store + Clone>(store: S) {
    let (bank, mock) = expired(store.clone()).await;
    let other = Connections::new(client(), mock.clone(), store, keys(1));
    mock.set_delay(Duration::from_millis(100));
    for token in tokens_of_a_hundred_tasks(&[&bank, &other]).await {
        assert_eq!(token.unwrap(), "a2");
    }
    assert_eq!(mock.requests("refresh"), 1);
}

async fn a_dropped_caller_does_not_stop_an_exchange_or_a_refresh<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    let short = Duration::from_millis(30);
    let (exchange, refresh) = (mock.hold("exchange"), mock.hold("refresh"));
    assert!(tokio::time::timeout(short, bank.connect("other", code())).await.is_err());
    mock.wait_for("exchange", 2).await;
    assert!(tokio::time::timeout(short, token(&bank)).await.is_err());
    mock.wait_for("refresh", 1).await;
    drop((exchange, refresh));
    let begin = SystemTime::now();
    while bank.connection("other").await.is_err() || bank.connection("user").await.unwrap().expires_at() < begin {
        assert!(begin.elapsed().unwrap() < Duration::from_secs(60), "the tokens are not stored");
        tokio::time::sleep(short).await;
    }
    assert_eq!(bank.access_token("other").await.unwrap().expose(), "a2");
    assert_eq!(token(&bank).await.unwrap(), "a3");
    assert_eq!((mock.requests("exchange"), mock.requests("refresh")), (2, 1));
}

async fn a_401_refreshes_once_and_repeats_the_read_once<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    bank.data("user", |data| data.accounts()).await.unwrap();
    mock.expire_access_tokens();
    let tasks: Vec<_> = (0..10)
        .map(|_| {
            tokio::spawn({
                let bank = bank.clone();
                async move { bank.data("user", |data| data.accounts()).await }
            })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap().unwrap().is_empty());
    }
    assert_eq!(mock.requests("refresh"), 2, "the tasks refreshed once");
    for _ in 0..2 {
        mock.fail("accounts", Failure::Status(401));
    }
    let before = mock.requests("accounts");
    let error = bank.data("user", |data| data.accounts()).await.unwrap_err();
    assert_eq!(
        (error.recovery(), mock.requests("accounts") - before, mock.requests("refresh")),
        (Recovery::Refresh, 2, 3)
    );
}

async fn a_read_that_fails_for_another_reason_is_not_repeated<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    mock.fail("accounts", Failure::Status(503));
    let error = bank.data("user", |data| data.accounts()).await.unwrap_err();
    assert_eq!(error.recovery(), Recovery::RetryLater);
    assert_eq!((mock.requests("accounts"), mock.requests("refresh")), (1, 1));
}

async fn a_refusal_is_told_from_a_lost_response<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    mock.fail("refresh", Failure::InvalidGrant);
    let error = token(&bank).await.unwrap_err();
    assert!(is_refusal(&error) && error.recovery() == Recovery::Reauthorize, "{error:?}");
    // The server replaces the refresh token, and nobody receives the new one.
    mock.fail("refresh", Failure::LostResponse);
    assert!(matches!(token(&bank).await.unwrap_err(), Error::Transport(_)));
    for _ in 0..2 {
        let error = token(&bank).await.unwrap_err();
        assert!(matches!(error, Error::RefreshLost(_)), "{error:?}");
        assert_eq!(error.recovery(), Recovery::Reauthorize);
        assert!(error.to_string().starts_with("the response of an earlier refresh was lost"), "{error}");
    }
    bank.connect("user", code()).await.unwrap();
    mock.revoke();
    mock.expire_access_tokens();
    assert!(is_refusal(&bank.refresh("user").await.unwrap_err()), "a new connection has no lost response");
}

async fn a_refresh_without_a_response_is_tried_again<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    for status in [503, 502] {
        mock.fail("refresh", Failure::Status(status));
        assert_eq!(token(&bank).await.unwrap_err().recovery(), Recovery::RetryLater);
    }
    assert_eq!(token(&bank).await.unwrap(), "a2");
    mock.revoke();
    assert!(is_refusal(&bank.refresh("user").await.unwrap_err()), "a success removes the mark");
    mock.fail("refresh", Failure::Status(503));
    assert!(bank.refresh("user").await.is_err());
    assert!(matches!(bank.refresh("user").await, Err(Error::RefreshLost(_))), "the refresh may have been carried out");
}

async fn a_refresh_that_was_not_carried_out_leaves_no_mark<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    mock.fail("refresh", Failure::Status(429));
    assert_eq!(token(&bank).await.unwrap_err().recovery(), Recovery::RetryLater);
    mock.revoke();
    assert!(is_refusal(&token(&bank).await.unwrap_err()));
}

async fn a_lock_of_a_killed_holder_ends<S: Store + Clone>(store: S) {
    let (bank, mock) = expired(store.clone()).await;
    let bank = bank.with_request_limit(Duration::from_millis(300));
    let lease = Duration::from_millis(450);
    let begin = Instant::now();
    store.lock("user", Holder(1), lease).await.unwrap().unwrap();
    match token(&bank).await {
        Err(error) => {
            assert!(matches!(StoreError::of(&error), Some(StoreError::Locked)), "{error:?}");
            assert_eq!((error.recovery(), mock.requests("refresh")), (Recovery::RetryLater, 0));
        }
        Ok(_) => assert!(begin.elapsed() >= lease, "the lock was ignored"),
    }
    assert_eq!(token(&bank).await.unwrap(), "a2");
}

async fn a_lock_of_a_changed_clock_is_replaced_at_once<S: Store + Clone>(store: S) {
    let (bank, _) = expired(store.clone()).await;
    store.lock("user", Holder(1), Duration::from_secs(3600)).await.unwrap().unwrap();
    let token = tokio::time::timeout(Duration::from_secs(10), token(&bank)).await;
    assert_eq!(token.expect("no wait").unwrap(), "a2");
}

async fn tokens_of_a_late_holder_are_not_lost<S: Store + Clone>(store: S) {
    let (bank, mock) = expired(store.clone()).await;
    let response = mock.hold("refresh");
    let late = tokio::spawn({
        let bank = bank.clone();
        async move { token(&bank).await }
    });
    mock.wait_for("refresh", 1).await;
    // Another holder takes the lock over, and marks its own refresh with the same token.
    let row = store.read("user").await.unwrap().unwrap();
    assert!(!row.locked_for.is_zero());
    assert!(store.write("user", Expected::Version(row.version), Version(1), &row.data).await.unwrap());
    drop(response);
    assert_eq!(late.await.unwrap().unwrap(), "a2");
    assert_eq!(token(&bank).await.unwrap(), "a2");
}

async fn a_late_refresh_does_not_replace_a_new_connection<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    let response = mock.hold("refresh");
    let late = tokio::spawn({
        let bank = bank.clone();
        async move { token(&bank).await }
    });
    mock.wait_for("refresh", 1).await;
    bank.connect("user", code()).await.unwrap();
    drop(response);
    assert_eq!(late.await.unwrap().unwrap(), "a3");
    assert_eq!(token(&bank).await.unwrap(), "a3");
}

async fn a_late_refresh_does_not_replace_newer_tokens_with_the_same_refresh_token<S: Store + Clone>(store: S) {
    let (bank, mock) = expired(store.clone()).await;
    // Another server and store, where a refresh leaves the refresh token as it is.
    let (other_store, data) = (MemoryStore::new(), store.read("user").await.unwrap().unwrap().data);
    let (other_bank, other_mock) = expired(other_store.clone()).await;
    other_bank.connect("another", code()).await.unwrap();
    other_mock.leave_refresh_tokens_out();
    other_store.write("user", Expected::Any, Version(1), &data).await.unwrap();
    let response = mock.hold("refresh");
    let late = tokio::spawn({
        let bank = bank.clone();
        async move { token(&bank).await }
    });
    mock.wait_for("refresh", 1).await;
    assert_eq!(token(&other_bank).await.unwrap(), "a3");
    let data = other_store.read("user").await.unwrap().unwrap().data;
    assert!(store.write("user", Expected::Any, Version(2), &data).await.unwrap());
    drop(response);
    assert_eq!(late.await.unwrap().unwrap(), "a3");
    assert_eq!(token(&bank).await.unwrap(), "a3");
}

async fn a_deleted_connection_is_deleted_at_truelayer_first<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    mock.fail("refresh", Failure::Status(503));
    assert_eq!(bank.delete("user").await.unwrap_err().recovery(), Recovery::RetryLater);
    mock.fail("delete", Failure::Status(503));
    assert_eq!(bank.delete("user").await.unwrap_err().recovery(), Recovery::RetryLater);
    assert_eq!((token(&bank).await.unwrap().as_str(), mock.connections()), ("a2", 1), "it stays");
    mock.expire_access_tokens();
    assert_eq!(bank.delete("user").await.unwrap(), Deletion::AtTrueLayer);
    assert_eq!((mock.connections(), mock.requests("delete")), (0, 3));
    assert!(matches!(bank.connection("user").await, Err(Error::NotConnected)));
    assert!(matches!(bank.delete("user").await, Err(Error::NotConnected)));
    bank.connect("user", code()).await.unwrap();
    bank.forget("user").await.unwrap();
    bank.forget("user").await.unwrap();
    assert_eq!((mock.connections(), mock.requests("delete")), (1, 3), "forgotten in the store alone");
    assert!(bank.ids("").await.unwrap().is_empty());
}

async fn a_connection_that_truelayer_ended_is_deleted_in_the_store<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    mock.revoke();
    assert_eq!(bank.delete("user").await.unwrap(), Deletion::InStoreAlone);
    bank.connect("user", code()).await.unwrap();
    mock.revoke();
    assert_eq!(bank.delete("user").await.unwrap(), Deletion::InStoreAlone, "the access token seems valid");
    bank.connect("user", code()).await.unwrap();
    mock.fail("delete", Failure::InvalidGrant);
    assert_eq!(bank.delete("user").await.unwrap(), Deletion::InStoreAlone);
    bank.connect("user", code()).await.unwrap();
    mock.fail("delete", Failure::Status(404));
    assert_eq!(bank.delete("user").await.unwrap(), Deletion::InStoreAlone);
    assert!(bank.ids("").await.unwrap().is_empty());
}

async fn an_altered_a_swapped_and_a_newer_row_are_errors<S: Store + Clone>(store: S) {
    let (bank, mock) = expired(store.clone()).await;
    bank.connect("other", code()).await.unwrap();
    let data = store.read("user").await.unwrap().unwrap().data;
    // Not the tokens: two random bytes may be the same.
    for text in ["access_token", "refresh_token", "received_at"] {
        assert!(!data.windows(text.len()).any(|window| window == text.as_bytes()), "{text} is not encrypted");
    }
    let error = async |data: &[u8]| {
        store.write("other", Expected::Any, Version(1), data).await.unwrap();
        let error = bank.access_token("other").await.unwrap_err();
        assert!(!error.to_string().contains("other\""), "{error}");
        format!("{:?}", StoreError::of(&error).unwrap())
    };
    assert_eq!(error(&data).await, "Altered", "swapped");
    let mut altered = store.read("user").await.unwrap().unwrap().data;
    *altered.last_mut().unwrap() ^= 1;
    assert_eq!(error(&altered).await, "Altered");
    assert_eq!(error(&[]).await, "Altered");
    assert_eq!(error(&[2]).await, "NewerFormat");
    altered[1] ^= 1;
    assert_eq!(error(&altered).await, "UnknownKey");
    assert_eq!(mock.requests("refresh"), 0);
    bank.connect("other", code()).await.unwrap();
    assert_eq!(bank.access_token("other").await.unwrap().expose(), "a3", "a new connection replaces it");
}

async fn an_old_key_opens_and_the_newest_seals<S: Store + Clone>(store: S) {
    let (bank, mock) = expired(store.clone()).await;
    assert_eq!(token(&bank).await.unwrap(), "a2");
    let with = |keys| Connections::new(client(), mock.clone(), store.clone(), keys);
    let error = token(&with(keys(2))).await.unwrap_err();
    assert!(matches!(StoreError::of(&error), Some(StoreError::UnknownKey)), "{error:?}");
    let rotated = with(keys(2).with_old(Key::from_bytes([1; 32])));
    assert_eq!(token(&rotated).await.unwrap(), "a2");
    rotated.refresh("user").await.unwrap();
    assert_eq!(token(&with(keys(2))).await.unwrap(), "a3", "the refresh sealed it with the newest key");
}

async fn ids_are_listed_and_checked<S: Store>(store: S) {
    let (bank, mock) = expired(store).await;
    for id in ["session/2", "session/1"] {
        bank.connect(id, code()).await.unwrap();
    }
    assert_eq!(bank.ids("session/").await.unwrap(), ["session/1", "session/2"]);
    assert_eq!(bank.ids("").await.unwrap(), ["session/1", "session/2", "user"]);
    let exchanges = mock.requests("exchange");
    for id in ["", "a\n", &"x".repeat(201)] {
        let error = bank.connect(id, code()).await.unwrap_err();
        assert!(matches!(StoreError::of(&error), Some(StoreError::InvalidId)), "{error:?}");
        assert_eq!(error.recovery(), Recovery::Fail);
        assert!(
            bank.access_token(id).await.is_err() && bank.delete(id).await.is_err() && bank.forget(id).await.is_err()
        );
    }
    assert_eq!(mock.requests("exchange"), exchanges, "no code was spent");
}

/// A store in memory, of which some operations fail.
#[derive(Clone, Default)]
struct Failing {
    store: MemoryStore,
    plan: Arc<Mutex<Plan>>,
    operations: Arc<Mutex<usize>>,
}

/// The operations that succeed, and then the number of those that fail with an error.
#[derive(Default)]
struct Plan {
    succeed: usize,
    fail: usize,
    error: Option<fn() -> StoreError>,
    /// A lock takes that long, and then another holder has it.
    locked_after: Option<Duration>,
}

impl Failing {
    fn fail(&self, succeed: usize, fail: usize, error: fn() -> StoreError) {
        *self.plan.lock().unwrap() = Plan { succeed, fail, error: Some(error), locked_after: None };
    }

    fn attempt(&self) -> Result<(), StoreError> {
        *self.operations.lock().unwrap() += 1;
        let plan = &mut *self.plan.lock().unwrap();
        if plan.succeed > 0 {
            plan.succeed -= 1;
        } else if plan.fail > 0 {
            plan.fail -= 1;
            return plan.error.map_or(Ok(()), |error| Err(error()));
        }
        Ok(())
    }
}

impl Store for Failing {
    async fn read(&self, id: &str) -> Result<Option<Row>, StoreError> {
        self.attempt()?;
        self.store.read(id).await
    }

    async fn lock(&self, id: &str, holder: Holder, lease: Duration) -> Result<Option<Row>, StoreError> {
        self.attempt()?;
        let locked_after = self.plan.lock().unwrap().locked_after;
        if let Some(delay) = locked_after {
            tokio::time::sleep(delay).await;
            return Ok(None);
        }
        self.store.lock(id, holder, lease).await
    }

    async fn unlock(&self, id: &str, holder: Holder) -> Result<(), StoreError> {
        self.attempt()?;
        self.store.unlock(id, holder).await
    }

    async fn write(&self, id: &str, expected: Expected, version: Version, data: &[u8]) -> Result<bool, StoreError> {
        match self.attempt() {
            // Another task wrote meanwhile.
            Err(StoreError::Locked) => Ok(false),
            Err(error) => Err(error),
            Ok(()) => self.store.write(id, expected, version, data).await,
        }
    }

    async fn delete(&self, id: &str, expected: Expected) -> Result<bool, StoreError> {
        self.attempt()?;
        self.store.delete(id, expected).await
    }

    async fn ids(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.attempt()?;
        self.store.ids(prefix).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_of_a_busy_store_is_tried_again() {
    // The end of the lock, the sixth operation, is not tried again: the lock ends by itself.
    for succeed in 0..5 {
        let store = Failing::default();
        let (bank, mock) = expired(store.clone()).await;
        store.fail(succeed, 3, || StoreError::unavailable("busy"));
        assert_eq!(token(&bank).await.unwrap(), "a2", "{succeed}");
        assert_eq!((store.plan.lock().unwrap().fail, mock.requests("refresh")), (0, 1), "{succeed}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_task_that_waits_for_a_lock_asks_the_store_a_few_times() {
    let store = Failing::default();
    let (bank, _) = expired(store.clone()).await;
    let bank = bank.with_request_limit(Duration::from_millis(600));
    store.store.lock("user", Holder(1), Duration::from_millis(1700)).await.unwrap().unwrap();
    *store.operations.lock().unwrap() = 0;
    // Before its turn, at once, after pauses of 20, 40, 80, 160 and 320 ms, and twice at the end of 800 ms.
    assert!(token(&bank).await.is_err());
    assert_eq!(*store.operations.lock().unwrap(), 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_the_store_refuses_is_an_error_at_once() {
    // Two reads, the lock, the mark of the refresh and its tokens. The end of the lock may fail.
    for (succeed, is_error) in [(0, true), (1, true), (2, true), (3, true), (4, true), (5, false)] {
        let store = Failing::default();
        let (bank, mock) = expired(store.clone()).await;
        store.fail(succeed, 1, || StoreError::Failed("full".into()));
        let result = token(&bank).await;
        let is_refused = |error: &Error| matches!(StoreError::of(error), Some(StoreError::Failed(_)));
        assert_eq!(result.as_ref().is_err_and(is_refused), is_error, "{succeed}: {result:?}");
        assert_eq!(mock.requests("refresh"), usize::from(succeed > 3), "{succeed}");
        store.fail(0, 1, || StoreError::Failed("full".into()));
        assert!(is_refused(&bank.connect("user", code()).await.unwrap_err()));
        assert_eq!(mock.requests("exchange"), 1, "no code is spent whose tokens cannot be stored");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_is_not_sent_if_another_task_wrote_meanwhile() {
    let store = Failing::default();
    let (bank, mock) = expired(store.clone()).await;
    store.fail(3, 1, || StoreError::Locked);
    let error = token(&bank).await.unwrap_err();
    assert!(matches!(StoreError::of(&error), Some(StoreError::Locked)), "{error:?}");
    assert_eq!(mock.requests("refresh"), 0);
    assert_eq!(token(&bank).await.unwrap(), "a2");
}

#[tokio::test(start_paused = true)]
async fn tokens_stored_by_another_machine_at_the_end_of_the_wait_are_used() {
    let store = Failing::default();
    let (bank, mock) = expired(store.clone()).await;
    let other = Connections::new(client(), mock.clone(), store.store.clone(), keys(1));
    // The wait ends after 400 ms, during the attempt to lock.
    let bank = bank.with_request_limit(Duration::from_millis(300));
    store.plan.lock().unwrap().locked_after = Some(Duration::from_millis(800));
    let waiting: Vec<_> = (0..3)
        .map(|_| {
            let bank = bank.clone();
            tokio::spawn(async move { token(&bank).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(token(&other).await.unwrap(), "a2");
    for task in waiting {
        assert_eq!(task.await.unwrap().unwrap(), "a2");
    }
    assert_eq!(mock.requests("refresh"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_without_a_refresh_token_ends_with_its_access_token() {
    let (bank, mock) = expired(MemoryStore::new()).await;
    mock.leave_refresh_tokens_out();
    bank.connect("user", code()).await.unwrap();
    assert_eq!(token(&bank).await.unwrap(), "a2");
    mock.set_expires_in(0);
    bank.connect("user", code()).await.unwrap();
    assert!(matches!(token(&bank).await, Err(Error::NotConnected)));
    assert_eq!(mock.requests("refresh"), 0);
}
