//! The contract of each store, and the file of SQLite.

use crate::store_contract;

use auth_link_store::MemoryStore;

#[tokio::test]
async fn a_store_in_memory_keeps_the_contract() {
    store_contract::check(&MemoryStore::new()).await;
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use std::path::PathBuf;
    use std::time::Duration;

    use auth_link_store::{Expected, Holder, SqliteStore, Store, StoreError, Version};

    use super::store_contract;

    /// A folder that ends with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("auth-link-store-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[tokio::test]
    async fn a_store_in_sqlite_keeps_the_contract() {
        let folder = Folder::new("contract");
        store_contract::check(&SqliteStore::open(folder.0.join("a?b#c %.db")).await.unwrap()).await;
    }

    #[tokio::test]
    async fn rows_are_still_there_in_a_reopened_file() {
        let folder = Folder::new("reopened");
        let path = folder.0.join("connections.db");
        SqliteStore::open(&path).await.unwrap().write("a", Expected::Any, Version(1), b"x").await.unwrap();
        let store = SqliteStore::open(&path).await.unwrap();
        assert_eq!(store.read("a").await.unwrap().unwrap().data, b"x");
        assert_eq!(format!("{store:?}"), "SqliteStore { .. }");
    }

    #[tokio::test]
    #[cfg(unix)]
    async fn only_the_owner_can_read_the_files() {
        use std::os::unix::fs::PermissionsExt;

        let folder = Folder::new("mode");
        let store = SqliteStore::open(folder.0.join("connections.db")).await.unwrap();
        store.write("a", Expected::Any, Version(1), b"x").await.unwrap();
        let files: Vec<_> = std::fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), 3, "{files:?}");
        for file in files {
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn sixteen_tasks_create_the_tables_of_one_file() {
        let folder = Folder::new("create");
        let path = folder.0.join("connections.db");
        let open: Vec<_> = (0..16).map(|_| tokio::spawn(SqliteStore::open(path.clone()))).collect();
        for store in open {
            store.await.unwrap().unwrap();
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_call_that_waits_for_a_writer_does_not_take_the_lock_over() {
        let folder = Folder::new("waits");
        let path = folder.0.join("connections.db");
        let store = SqliteStore::open(&path).await.unwrap();
        store.write("a", Expected::Any, Version(1), b"x").await.unwrap();
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
        let mut writer = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let waiting = tokio::spawn(async move { store.lock("a", Holder(1), Duration::from_secs(10)).await });
        tokio::time::sleep(Duration::from_secs(1)).await;
        // Almost two leases from now, and more than two from the call.
        let lock = "UPDATE auth_link_connections
            SET holder = 2, locked_until = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) + 19500";
        sqlx::query(lock).execute(&mut *writer).await.unwrap();
        writer.commit().await.unwrap();
        assert!(waiting.await.unwrap().unwrap().is_none());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_that_another_process_writes_is_opened_after_a_wait() {
        let folder = Folder::new("written");
        let path = folder.0.join("connections.db");
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path).create_if_missing(true);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        sqlx::query("CREATE TABLE other (id INTEGER)").execute(&pool).await.unwrap();
        // SQLite itself does not wait for this lock when it switches a file to write-ahead logging.
        let writer = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let store = tokio::spawn(SqliteStore::open(path));
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!store.is_finished());
        writer.rollback().await.unwrap();
        store.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn tables_of_a_newer_release_are_refused() {
        let folder = Folder::new("newer");
        let path = folder.0.join("connections.db");
        drop(SqliteStore::open(&path).await.unwrap());
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        sqlx::query("UPDATE auth_link_meta SET value = 2").execute(&pool).await.unwrap();
        let error = SqliteStore::open(&path).await.unwrap_err();
        assert!(matches!(error, StoreError::NewerSchema { found: 2, known: 1 }));
        let text = "expected tables of version 1 or older, found version 2\nhelp: update auth-link-store";
        assert_eq!(error.to_string(), text);
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_or_has_no_folder_is_an_error() {
        let folder = Folder::new("invalid");
        let path = folder.0.join("connections.db");
        std::fs::write(&path, "no database".repeat(1000)).unwrap();
        let start = std::time::Instant::now();
        for path in [path, folder.0.join("missing/connections.db")] {
            let error = SqliteStore::open(&path).await.unwrap_err();
            assert!(matches!(error, StoreError::Failed(_)), "{error:?}");
        }
        assert!(start.elapsed() < Duration::from_secs(9), "it is not tried again");
    }
}
