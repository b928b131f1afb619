//! Deleting the connections of sessions that have ended.

use std::collections::HashMap;
use std::time::Duration;

use auth_link_store::StoreError;

use super::session::{LIFETIME, parse_id};
use super::state::Bank;
use crate::clock::unix_time;

/// The time between two rounds.
const INTERVAL: Duration = Duration::from_secs(10 * 60);

/// Deletes the connections of ended sessions, at TrueLayer and in the store, every ten minutes.
///
/// Nobody can show or disconnect them any more. One that cannot be deleted is tried again in the next round.
pub(crate) async fn delete_expired(bank: Bank) {
    loop {
        match bank.ids("").await {
            Ok(ids) => {
                for id in expired(&ids, unix_time()) {
                    delete(&bank, id).await;
                }
            }
            Err(error) => eprintln!("expired connections remain: {error}"),
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

async fn delete(bank: &Bank, id: &str) {
    let result = match bank.delete(id).await {
        // Nobody can decrypt it.
        Err(error) if matches!(StoreError::of(&error), Some(StoreError::UnknownKey | StoreError::Altered)) => {
            bank.forget(id).await
        }
        result => result.map(drop),
    };
    if let Err(error) = result {
        eprintln!("an expired connection remains: {error}");
    }
}

/// Returns the ids of connections whose session has ended: its cookie lives an hour from the newest connection.
///
/// Ids of another form belong to another application in the same database, and stay.
fn expired(ids: &[String], now: u64) -> Vec<&str> {
    let mut newest = HashMap::<&str, u64>::new();
    let parsed = || ids.iter().filter_map(|id| Some((id.as_str(), id.split('/').next()?, parse_id(id)?.1)));
    for (_, session, time) in parsed() {
        let newest = newest.entry(session).or_default();
        *newest = time.max(*newest);
    }
    let has_ended = |session: &str| newest.get(session).is_some_and(|time| time.saturating_add(LIFETIME) < now);
    parsed().filter(|(_, session, _)| has_ended(session)).map(|(id, _, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_expire_an_hour_after_the_newest_of_their_session() {
        let id = |session: &str, time: u64| format!("{session}/{time:010x}-AAAAAAAAAAAAAAAAAAAAAA");
        let ids = [id("a", 1000), id("b", 1000), id("b", 1001), id("c", u64::from(u32::MAX)), "user-1".to_owned()];
        assert_eq!(expired(&ids, 1000 + LIFETIME), Vec::<&str>::new());
        assert_eq!(expired(&ids, 1001 + LIFETIME), [ids[0].as_str()]);
        assert_eq!(expired(&ids, 1002 + LIFETIME), [ids[0].as_str(), &ids[1], &ids[2]]);
    }
}
