//! Several processes with one database, PostgreSQL and SQLite: refreshes at once, kills, and a database that is gone.

#[path = "../../../../integrations/store/tests/stored_connections/store_contract.rs"]
mod store_contract;

use std::time::{Duration, Instant};

use auth_link::Error;
use auth_link_store::{Expected, Holder, PostgresStore, Store, StoreError, Version};
use store::{Bank, Database, Folder, Instance, Postgres, Server, bank, code};

/// Runs each test with each database.
macro_rules! with_each_database {
    ($($test:ident,)*) => {
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                let postgres = super::Postgres::start();
                super::$test(&postgres.url()).await;
            })*
        }

        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                let folder = super::Folder::new();
                super::$test(folder.path().join("connections.db").to_str().unwrap()).await;
            })*
        }
    };
}

with_each_database! {
    a_store_keeps_the_contract,
    eight_processes_create_the_tables,
    two_processes_with_a_hundred_tasks_each_refresh_once,
    tokens_of_a_process_killed_after_the_response_are_lost_with_a_clear_error,
    a_connection_whose_process_was_killed_before_the_request_is_refreshed_by_another,
}

/// The limit of a request where a lock is left behind: it ends after six seconds.
const LIMIT: Duration = Duration::from_secs(4);

/// The limit elsewhere: a busy machine does not reach it.
const LONG_LIMIT: Duration = Duration::from_secs(60);

/// Returns the connections of this process, with a connection `user` whose access token has expired.
async fn expired(database: &str, server: &Server) -> Bank {
    let bank = bank(database, server.origin(), LIMIT, "").await.unwrap();
    bank.connect("user", code()).await.unwrap();
    bank
}

fn instance(database: &str, server: &Server, limit: Duration, tasks: usize, pause: &str) -> Instance {
    Instance::start(env!("CARGO_BIN_EXE_instance"), database, server.origin(), limit, tasks, pause)
}

/// Returns the result of a call after the lock of a killed process has ended.
async fn unlocked(bank: &Bank) -> Result<String, Error> {
    let begin = Instant::now();
    loop {
        match bank.access_token("user").await {
            Err(error) if matches!(StoreError::of(&error), Some(StoreError::Locked)) => {
                assert!(begin.elapsed() < Duration::from_secs(20), "the lock does not end");
            }
            result => return result.map(|token| token.expose().to_owned()),
        }
    }
}

async fn a_store_keeps_the_contract(database: &str) {
    store_contract::check(&Database::open(database).await.unwrap()).await;
}

async fn eight_processes_create_the_tables(database: &str) {
    let server = Server::start();
    let mut instances: Vec<_> = (0..8).map(|_| instance(database, &server, LONG_LIMIT, 1, "")).collect();
    for instance in &mut instances {
        assert_eq!(instance.line(), r#"{"NotConnected": 1}"#);
    }
}

async fn two_processes_with_a_hundred_tasks_each_refresh_once(database: &str) {
    let server = Server::start();
    expired(database, &server).await;
    server.set_delay(Duration::from_millis(300));
    let mut instances = [(); 2].map(|()| instance(database, &server, LONG_LIMIT, 100, ""));
    let results = instances.each_mut().map(Instance::line);
    assert_eq!(results, [r#"{"a2": 100}"#; 2]);
    assert_eq!(server.refreshes(), 1);
}

async fn tokens_of_a_process_killed_after_the_response_are_lost_with_a_clear_error(database: &str) {
    let server = Server::start();
    let bank = expired(database, &server).await;
    let mut killed = instance(database, &server, LIMIT, 1, "after");
    assert_eq!(killed.line(), "after");
    drop(killed);
    let error = unlocked(&bank).await.unwrap_err();
    assert!(matches!(error, Error::RefreshLost(_)), "{error:?}");
    assert_eq!(server.refreshes(), 2, "the same refresh token was sent again, once");
    bank.connect("user", code()).await.unwrap();
    assert_eq!(unlocked(&bank).await.unwrap(), "a4");
}

async fn a_connection_whose_process_was_killed_before_the_request_is_refreshed_by_another(database: &str) {
    let server = Server::start();
    let bank = expired(database, &server).await;
    let mut killed = instance(database, &server, LIMIT, 1, "before");
    assert_eq!(killed.line(), "before");
    drop(killed);
    assert_eq!(unlocked(&bank).await.unwrap(), "a2");
    assert_eq!(server.refreshes(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_not_lost_if_postgres_is_gone_for_ten_seconds_after_the_request() {
    let (mut postgres, server) = (Postgres::start(), Server::start());
    let bank = expired(&postgres.url(), &server).await;
    server.set_delay(Duration::from_secs(1));
    let refresh = tokio::spawn({
        let bank = bank.clone();
        async move { bank.access_token("user").await }
    });
    server.wait_for_refreshes(1);
    postgres.stop();
    tokio::time::sleep(Duration::from_secs(5)).await;
    let reads: Vec<_> = (0..20)
        .map(|_| {
            let bank = bank.clone();
            tokio::spawn(async move { bank.access_token("user").await })
        })
        .collect();
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(!refresh.is_finished());
    postgres.restart();
    assert_eq!(refresh.await.unwrap().unwrap().expose(), "a2");
    for read in reads {
        match read.await.unwrap() {
            Ok(token) => assert_eq!(token.expose(), "a2"),
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(unlocked(&bank).await.unwrap(), "a2");
    assert_eq!(server.refreshes(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_code_is_spent_while_postgres_is_gone() {
    let (mut postgres, server) = (Postgres::start(), Server::start());
    let bank = expired(&postgres.url(), &server).await;
    postgres.stop();
    let error = bank.connect("other", code()).await.unwrap_err();
    assert!(matches!(StoreError::of(&error), Some(StoreError::Unavailable(_))), "{error:?}");
    assert_eq!(error.recovery(), auth_link::client::Recovery::RetryLater);
    postgres.restart();
    bank.connect("other", code()).await.unwrap();
    assert_eq!(bank.connection("other").await.unwrap().access_token().expose(), "a2", "the second exchange");
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_a_newer_release_or_without_the_right_to_create_tables_are_told_apart() {
    let postgres = Postgres::start();
    let url = postgres.url();
    PostgresStore::connect(&url).await.unwrap();
    let pool = sqlx::PgPool::connect(&url).await.unwrap();
    for sql in
        ["CREATE USER guest", "GRANT SELECT, INSERT, UPDATE, DELETE ON auth_link_meta, auth_link_connections TO guest"]
    {
        sqlx::query(sql).execute(&pool).await.unwrap();
    }
    PostgresStore::connect(&url.replace("test@", "guest@")).await.unwrap();
    sqlx::query("UPDATE auth_link_meta SET value = 2").execute(&pool).await.unwrap();
    let error = PostgresStore::connect(&url).await.unwrap_err();
    assert!(matches!(error, StoreError::NewerSchema { found: 2, known: 1 }), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_waits_for_a_writer_in_postgres_does_not_take_the_lock_over() {
    let postgres = Postgres::start();
    let url = postgres.url();
    let store = PostgresStore::connect(&url).await.unwrap();
    store.write("a", Expected::Any, Version(1), b"x").await.unwrap();
    let pool = sqlx::PgPool::connect(&url).await.unwrap();
    let mut writer = pool.begin().await.unwrap();
    // The row is locked until the end of the transaction.
    let lock = "UPDATE auth_link_connections
        SET holder = 2, locked_until = (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 19500";
    sqlx::query(lock).execute(&mut *writer).await.unwrap();
    let waiting = tokio::spawn(async move { store.lock("a", Holder(1), Duration::from_secs(10)).await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    // Almost two leases from now, and more than two from the call.
    sqlx::query(lock).execute(&mut *writer).await.unwrap();
    writer.commit().await.unwrap();
    assert!(waiting.await.unwrap().unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_of_a_database_does_not_show_its_password() {
    for url in ["postgres://user:s3cret@127.0.0.1:1/app", "postgres://user:s3cret@127.0.0.1:port/app"] {
        let error = PostgresStore::connect(url).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    }
}
