//! Whether the time that a refused callback takes tells how much of its state was right.
//!
//! As dudect tells it (Reparaz, Balasch and Verbauwhede, "Dude, is my code constant time?", 2017): callbacks of two classes come in
//! random order, whose states differ from the right one in the first character or in the last; Welch's t compares their times,
//! of which the slowest are cut off. Beyond 4.5 the times differ. A comparison that ends at the first difference is measured the same
//! way, and must be found: otherwise the test would find nothing.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use auth_link::{AuthLink, Callback, CallbackRejection, PendingAuthorization, auth_link};
use rand::RngExt;

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]);

/// The state of a sign-in whose entropy is 7 throughout.
const STATE: &str = "BwcHBwcHBwcHBwcHBwcHBw";

/// One class differs in the first character, the other in the last.
const CLASSES: [&str; 2] = ["AwcHBwcHBwcHBwcHBwcHBw", "BwcHBwcHBwcHBwcHBwcHBx"];

/// Beyond it two classes differ.
const BOUND: f64 = 4.5;

const MEASUREMENTS: usize = 400_000;

/// How many are timed at once: more than the clock needs.
const BATCH: usize = 32;

fn main() -> ExitCode {
    let mut waiting = Some(CONNECT.begin_with_entropy([7; 48]).pending);
    let ours = leak(|state| {
        let query = format!("code=c&state={state}");
        let callbacks: [_; BATCH] =
            std::array::from_fn(|_| Callback::from_query(black_box(&query)).expect("a callback"));
        let mut pending = waiting.take().expect("handed back");
        let start = Instant::now();
        for callback in callbacks {
            pending = refused(pending, callback);
        }
        let time = start.elapsed();
        waiting = Some(pending);
        time.as_secs_f64() * 1e9
    });
    let early = leak(|state| {
        let start = Instant::now();
        for _ in 0..BATCH {
            let equal = black_box(state).bytes().zip(black_box(STATE).bytes()).all(|(a, b)| black_box(a) == b);
            black_box(equal);
        }
        start.elapsed().as_secs_f64() * 1e9
    });
    println!("a refused callback, {MEASUREMENTS} times {BATCH}: |t| = {ours:.1}, at most {BOUND}");
    println!("a comparison that ends at the first difference: |t| = {early:.1}, more than {BOUND}");
    if ours <= BOUND && early > BOUND { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[inline(never)]
fn refused(pending: PendingAuthorization, callback: Callback<'_>) -> PendingAuthorization {
    match pending.finish(callback) {
        Err(CallbackRejection { pending: Some(pending), .. }) => pending,
        _ => unreachable!("the state is of no class"),
    }
}

/// Welch's t of the two classes' times.
fn leak(mut time: impl FnMut(&str) -> f64) -> f64 {
    let mut random = rand::rng();
    let mut found = [Vec::new(), Vec::new()];
    for round in 0..MEASUREMENTS + MEASUREMENTS / 10 {
        let class = usize::from(random.random::<bool>());
        let time = time(CLASSES[class]);
        // The first tenth warms.
        if round >= MEASUREMENTS / 10 {
            found[class].push(time);
        }
    }
    // What an interrupt made slow says nothing: the slowest tenth of both.
    let mut all = found.concat();
    all.sort_by(f64::total_cmp);
    let slowest = all[all.len() * 9 / 10];
    let [(mean, error), (other_mean, other_error)] = found.map(|mut times| {
        times.retain(|&time| time <= slowest);
        #[expect(clippy::cast_precision_loss, reason = "few enough")]
        let count = times.len() as f64;
        let mean = times.iter().sum::<f64>() / count;
        let variance = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
        (mean, variance / count)
    });
    (mean - other_mean).abs() / (error + other_error).sqrt()
}
