//! The contract of each store.

use std::time::Duration;

use auth_link_store::{Expected, Holder, Store, Version};

const LEASE: Duration = Duration::from_secs(60);

/// Checks the whole contract in an empty store.
pub(crate) async fn check(store: &impl Store) {
    a_write_replaces_only_the_expected_version(store).await;
    a_lock_excludes_other_holders_until_it_ends(store).await;
    ids_are_listed_by_prefix_in_order(store).await;
}

async fn a_write_replaces_only_the_expected_version(store: &impl Store) {
    let data = [0, 1, 255, b'\''];
    assert!(!store.write("a", Expected::Version(Version(1)), Version(1), &data).await.unwrap(), "no row");
    assert!(store.read("a").await.unwrap().is_none());
    assert!(store.write("a", Expected::Any, Version(i64::MIN), &data).await.unwrap());
    let row = store.read("a").await.unwrap().unwrap();
    assert_eq!((&row.data[..], row.version, row.locked_for), (&data[..], Version(i64::MIN), Duration::ZERO));
    assert!(!store.write("a", Expected::Version(Version(0)), Version(1), b"x").await.unwrap());
    assert!(store.write("a", Expected::Version(row.version), Version(7), b"y").await.unwrap());
    assert!(store.write("a", Expected::Any, Version(8), b"z").await.unwrap());
    assert_eq!(store.read("a").await.unwrap().unwrap().data, b"z");
    assert!(store.read("A").await.unwrap().is_none(), "ids are case-sensitive");
    assert!(!store.delete("a", Expected::Version(Version(7))).await.unwrap());
    assert!(store.delete("a", Expected::Version(Version(8))).await.unwrap());
    assert!(!store.delete("a", Expected::Any).await.unwrap());
    assert!(store.read("a").await.unwrap().is_none());
}

async fn a_lock_excludes_other_holders_until_it_ends(store: &impl Store) {
    assert!(store.lock("l", Holder(1), LEASE).await.unwrap().is_none(), "no row");
    store.write("l", Expected::Any, Version(1), b"x").await.unwrap();
    let row = store.lock("l", Holder(1), LEASE).await.unwrap().unwrap();
    assert_eq!((&row.data[..], row.version), (&b"x"[..], Version(1)));
    let left = store.read("l").await.unwrap().unwrap().locked_for;
    assert!((LEASE * 2 / 3..=LEASE).contains(&left), "{left:?}");
    assert!(store.lock("l", Holder(2), LEASE).await.unwrap().is_none());
    store.write("l", Expected::Any, Version(2), b"y").await.unwrap();
    store.unlock("l", Holder(2)).await.unwrap();
    assert!(store.lock("l", Holder(2), LEASE).await.unwrap().is_none(), "a write and another holder leave the lock");
    store.unlock("l", Holder(1)).await.unwrap();
    assert_eq!(store.read("l").await.unwrap().unwrap().locked_for, Duration::ZERO);
    let short = Duration::from_millis(50);
    assert_eq!(store.lock("l", Holder(2), short).await.unwrap().unwrap().version, Version(2));
    tokio::time::sleep(short * 2).await;
    assert!(store.lock("l", Holder(3), LEASE).await.unwrap().is_some(), "the lock ended by itself");
    assert!(store.lock("l", Holder(4), LEASE * 2 / 3).await.unwrap().is_none(), "the clock may be set back a little");
    assert!(store.lock("l", Holder(4), LEASE / 3).await.unwrap().is_some(), "it ends after any possible lease");
    store.unlock("l", Holder(3)).await.unwrap();
    assert!(store.lock("l", Holder(5), LEASE).await.unwrap().is_none(), "a late holder ends no other lock");
    store.delete("l", Expected::Any).await.unwrap();
}

async fn ids_are_listed_by_prefix_in_order(store: &impl Store) {
    let longest = "s/".to_owned() + &"\u{10ffff}".repeat(49);
    let ids = ["a%b", "a_b", "ab", "s", "s/1", "s/10", "s/2", "s/B", "s/a", "s/ü", &longest, "t", "ü"];
    for id in ids.iter().rev() {
        store.write(id, Expected::Any, Version(1), b"x").await.unwrap();
    }
    assert_eq!(store.ids("").await.unwrap(), ids);
    assert_eq!(store.ids("s/").await.unwrap(), ids[4..11]);
    assert_eq!(store.ids("a_").await.unwrap(), ["a_b"]);
    assert_eq!(store.ids("a%").await.unwrap(), ["a%b"]);
    assert_eq!(store.ids("x").await.unwrap(), [""; 0]);
    for id in ids {
        store.delete(id, Expected::Any).await.unwrap();
    }
    assert_eq!(store.ids("").await.unwrap(), [""; 0]);
}
