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

    use auth_link_store::{Expected, SqliteStore, Store, StoreError, Version};

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
        for path in [path, folder.0.join("missing/connections.db")] {
            let error = SqliteStore::open(&path).await.unwrap_err();
            assert!(matches!(error, StoreError::Failed(_)), "{error:?}");
        }
    }
}
