//! Sign-ins, 64 at once: `load [SIGN-INS]` prints how fast they were, and what memory they took.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use demo::{Browser, Instance, Redis};

const AT_ONCE: usize = 64;

fn main() {
    let sign_ins: usize = std::env::args().nth(1).map_or(10_000, |number| number.parse().expect("a number"));
    let redis = Redis::start();
    measure("by query, waiting in cookies", &[], sign_ins);
    measure("by form, waiting in cookies", &["--response-mode", "form_post"], sign_ins);
    measure("by query, waiting in Redis", &["--redis", &redis.url()], sign_ins);
}

fn measure(mode: &str, options: &[&str], sign_ins: usize) {
    let demo = Instance::start(options);
    // As many as there will be at once, so that what is measured has its connections, threads and buffers.
    run(&demo, (AT_ONCE * 50).min(sign_ins));
    let (before, began) = (demo.memory(), Instant::now());
    let mut memory = Vec::new();
    let mut times = BTreeMap::<&str, Vec<Duration>>::new();
    // In ten parts, so that memory that grows is seen to grow.
    for _ in 0..10 {
        for (name, taken) in run(&demo, sign_ins / 10) {
            times.entry(name).or_default().extend(taken);
        }
        memory.push(demo.memory());
    }
    let elapsed = began.elapsed();
    println!("{sign_ins} sign-ins {mode}, {AT_ONCE} at once: none lost, none mixed up");
    #[expect(clippy::cast_precision_loss, reason = "it is a rate")]
    let rate = sign_ins as f64 / elapsed.as_secs_f64();
    println!(
        "  {rate:.0} per second in {:.1} s, TrueLayer's part and the accounts page among them",
        elapsed.as_secs_f64()
    );
    for (name, mut taken) in times {
        taken.sort_unstable();
        let at = |part: usize| taken[(taken.len() - 1) * part / 100].as_secs_f64() * 1000.0;
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

/// Signs so many users in, each with a name of their own, and gives how long `/connect` and `/callback` took.
fn run(demo: &Instance, sign_ins: usize) -> BTreeMap<&'static str, Vec<Duration>> {
    static USER: AtomicUsize = AtomicUsize::new(0);
    let left = AtomicUsize::new(sign_ins);
    let take = || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
    thread::scope(|scope| {
        let one = || {
            let mut times = Vec::new();
            // One set of connections each, and a browser without a past for each user.
            let first = Browser::new();
            while take() {
                let user = USER.fetch_add(1, Ordering::Relaxed);
                times.push(sign_in(demo, first.copy(), user));
            }
            times
        };
        let threads: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(one)).collect();
        let mut times = BTreeMap::<_, Vec<_>>::new();
        for thread in threads {
            for (connect, callback) in thread.join().expect("each sign-in") {
                times.entry("/connect").or_default().push(connect);
                times.entry("/callback").or_default().push(callback);
            }
        }
        times
    })
}

fn sign_in(demo: &Instance, mut browser: Browser, user: usize) -> (Duration, Duration) {
    let began = Instant::now();
    let answer = browser.fetch(&format!("{}/connect", demo.origin), Some(""), Some(&demo.origin));
    let connect = began.elapsed();
    assert_eq!(answer.status, 303, "{}", answer.html);
    browser.open(&answer.location().expect("the dialog"));
    browser.press("Mock Bank", &[]);
    browser.press("Sign in", &[("user", &format!("john{user}")), ("password", "doe")]);
    let (address, body) = browser.consent();
    let began = Instant::now();
    let answer = browser.fetch(&address, body.as_deref(), Some("http://127.0.0.1/"));
    let callback = began.elapsed();
    assert_eq!((answer.status, answer.header("location")), (303, Some("/accounts")), "{}", answer.html);
    let accounts = browser.open(&format!("{}/accounts", demo.origin));
    assert!(accounts.html.contains(&format!("John{user} Doe")), "user {user}: {}", accounts.html);
    assert_eq!(accounts.html.matches(" Doe").count(), 1, "user {user}: {}", accounts.html);
    (connect, callback)
}
