//! An instance of the application: prints how many of its tasks received which token or error.

use std::collections::BTreeMap;
use std::time::Duration;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, database, origin, limit, tasks, pause] = &arguments[..] else { panic!("expected five arguments") };
    let limit = Duration::from_secs(limit.parse().expect("seconds"));
    let bank = store::bank(database, origin, limit, pause).await.expect("a database");
    let tasks: Vec<_> = (0..tasks.parse().expect("a number"))
        .map(|_: usize| {
            let bank = bank.clone();
            tokio::spawn(async move { bank.access_token("user").await })
        })
        .collect();
    let mut results = BTreeMap::<String, usize>::new();
    for task in tasks {
        let text = match task.await.expect("no panic") {
            Ok(token) => token.expose().to_owned(),
            Err(error) => format!("{error:?}"),
        };
        *results.entry(text).or_default() += 1;
    }
    println!("{results:?}");
}
