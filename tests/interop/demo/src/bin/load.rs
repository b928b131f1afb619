//! A load test: `load [NUMBER]` runs concurrent authorizations, and prints their speed and the demo's memory.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use demo::{Browser, Instance, Postgres};

/// The number of concurrent authorizations.
const CONCURRENCY: usize = 64;

fn main() {
    let number: usize = std::env::args().nth(1).map_or(10_000, |text| text.parse().expect("a number"));
    measure("by query, connections in SQLite", &[], number);
    measure("by form, connections in SQLite", &["--response-mode", "form_post"], number);
    let postgres = Postgres::start();
    measure("by query, connections in PostgreSQL", &["--database", &postgres.url()], number);
}

/// Measures and prints the speed and memory of one mode.
fn measure(mode: &str, options: &[&str], number: usize) {
    let demo = Instance::start(options);
    // Warms up, so that all connections, threads and buffers exist before the measurement.
    run(&demo, (CONCURRENCY * 50).min(number));
    let (before, began) = (demo.memory(), Instant::now());
    let mut memory = Vec::new();
    let mut times = BTreeMap::<&str, Vec<Duration>>::new();
    // In ten parts, so that a growth of memory is visible.
    for _ in 0..10 {
        for (name, durations) in run(&demo, number / 10) {
            times.entry(name).or_default().extend(durations);
        }
        memory.push(demo.memory());
    }
    let elapsed = began.elapsed();
    println!("{number} authorizations {mode}, {CONCURRENCY} concurrent: none lost, none mixed up");
    #[expect(clippy::cast_precision_loss, reason = "it is a rate")]
    let rate = number as f64 / elapsed.as_secs_f64();
    println!(
        "  {rate:.0} per second in {:.1} s, including the mock server and the accounts page",
        elapsed.as_secs_f64()
    );
    for (name, mut durations) in times {
        durations.sort_unstable();
        let at = |part: usize| durations[(durations.len() - 1) * part / 100].as_secs_f64() * 1000.0;
        println!("  {name}: p50 {:.1} ms, p99 {:.1} ms", at(50), at(99));
    }
    println!(
        "  memory: {} MiB before, then {:?} MiB",
        before / 1024,
        memory.iter().map(|kib| kib / 1024).collect::<Vec<_>>()
    );
    let (least, most) = (*memory.iter().min().expect("ten"), *memory.iter().max().expect("ten"));
    assert!(most < before + before / 4 + 8 * 1024, "memory grows: {before} KiB, then {least} to {most}");
}

/// Connects this many users, each with another name, and returns the durations of `/connect` and `/callback`.
fn run(demo: &Instance, number: usize) -> BTreeMap<&'static str, Vec<Duration>> {
    static USER: AtomicUsize = AtomicUsize::new(0);
    let remaining = AtomicUsize::new(number);
    let take =
        || remaining.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |remaining| remaining.checked_sub(1)).is_ok();
    thread::scope(|scope| {
        let work = || {
            let mut times = Vec::new();
            // Each thread reuses its HTTP connections, and each user has a new browser.
            let first = Browser::new();
            while take() {
                let user = USER.fetch_add(1, Ordering::Relaxed);
                times.push(authorize(demo, first.copy(), user));
            }
            times
        };
        let threads: Vec<_> = (0..CONCURRENCY).map(|_| scope.spawn(work)).collect();
        let mut times = BTreeMap::<_, Vec<_>>::new();
        for thread in threads {
            for (connect, callback) in thread.join().expect("each authorization") {
                times.entry("/connect").or_default().push(connect);
                times.entry("/callback").or_default().push(callback);
            }
        }
        times
    })
}

/// Connects one user, and returns the durations of `/connect` and `/callback`.
fn authorize(demo: &Instance, mut browser: Browser, user: usize) -> (Duration, Duration) {
    let began = Instant::now();
    let response = browser.fetch(&format!("{}/connect", demo.origin), Some(""), Some(&demo.origin));
    let connect = began.elapsed();
    assert_eq!(response.status, 303, "{}", response.html);
    browser.open(&response.location().expect("the dialog"));
    browser.press("Mock Bank", &[]);
    browser.press("Sign in", &[("user", &format!("john{user}")), ("password", "doe")]);
    let (address, body) = browser.consent();
    let began = Instant::now();
    let response = browser.fetch(&address, body.as_deref(), Some("http://127.0.0.1/"));
    let callback = began.elapsed();
    assert_eq!((response.status, response.header("location")), (303, Some("/accounts")), "{}", response.html);
    let accounts = browser.open(&format!("{}/accounts", demo.origin));
    assert!(accounts.html.contains(&format!("John{user} Doe")), "user {user}: {}", accounts.html);
    assert_eq!(accounts.html.matches(" Doe").count(), 1, "user {user}: {}", accounts.html);
    (connect, callback)
}
