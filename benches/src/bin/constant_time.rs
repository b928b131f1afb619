//! Checks that the time of a refused callback does not reveal how much of its state was right.
//!
//! The method is dudect's (Reparaz, Balasch and Verbauwhede, "Dude, is my code constant time?", 2017). Callbacks of two classes come
//! in random order: their states differ from the right one in the first character or in the last. Welch's t compares their times,
//! without the slowest. Above 4.5 the times differ. As a control, a comparison that ends at the first difference is measured in the
//! same way: there the times must differ.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use auth_link::{AuthLink, Callback, CallbackRejection, PendingAuthorization, auth_link};
use rand::RngExt;

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]);

/// The state of an authorization whose entropy is 7 in each byte.
const STATE: &str = "BwcHBwcHBwcHBwcHBwcHBw";

/// The states of the two classes: one differs in the first character, the other in the last.
const CLASSES: [&str; 2] = ["AwcHBwcHBwcHBwcHBwcHBw", "BwcHBwcHBwcHBwcHBwcHBx"];

/// The largest t of equal classes.
const BOUND: f64 = 4.5;

const MEASUREMENTS: usize = 400_000;

/// The number of operations that are timed together, since the clock is too coarse for one.
const BATCH: usize = 32;

fn main() -> ExitCode {
    let mut slot = Some(CONNECT.begin_with_entropy([7; 48]).pending);
    let callback = welch_t(|state| {
        let query = format!("code=c&state={state}");
        let callbacks: [_; BATCH] =
            std::array::from_fn(|_| Callback::from_query(black_box(&query)).expect("a callback"));
        let mut pending = slot.take().expect("returned by the last callback");
        let start = Instant::now();
        for callback in callbacks {
            pending = refuse(pending, callback);
        }
        let time = start.elapsed();
        slot = Some(pending);
        time.as_secs_f64() * 1e9
    });
    let control = welch_t(|state| {
        let start = Instant::now();
        for _ in 0..BATCH {
            let equal = black_box(state).bytes().zip(black_box(STATE).bytes()).all(|(a, b)| black_box(a) == b);
            black_box(equal);
        }
        start.elapsed().as_secs_f64() * 1e9
    });
    println!("a refused callback, {MEASUREMENTS} times {BATCH}: |t| = {callback:.1}, at most {BOUND}");
    println!("a comparison that ends at the first difference: |t| = {control:.1}, more than {BOUND}");
    if callback <= BOUND && control > BOUND { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Finishes with a callback of another state, and returns the pending authorization.
#[inline(never)]
fn refuse(pending: PendingAuthorization, callback: Callback<'_>) -> PendingAuthorization {
    match pending.finish(callback) {
        Err(CallbackRejection { pending: Some(pending), .. }) => *pending,
        _ => unreachable!("no class has the right state"),
    }
}

/// Returns Welch's t of the times of the two classes.
fn welch_t(mut measure: impl FnMut(&str) -> f64) -> f64 {
    let mut random = rand::rng();
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..MEASUREMENTS + MEASUREMENTS / 10 {
        let class = usize::from(random.random::<bool>());
        let time = measure(CLASSES[class]);
        // The first tenth is the warm-up.
        if round >= MEASUREMENTS / 10 {
            times[class].push(time);
        }
    }
    // Interrupts cause the slowest tenth, which is left out.
    let mut all = times.concat();
    all.sort_by(f64::total_cmp);
    let slowest = all[all.len() * 9 / 10];
    let [(mean, error), (other_mean, other_error)] = times.map(|mut times| {
        times.retain(|&time| time <= slowest);
        #[expect(clippy::cast_precision_loss, reason = "the count is exact as f64")]
        let count = times.len() as f64;
        let mean = times.iter().sum::<f64>() / count;
        let variance = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
        (mean, variance / count)
    });
    (mean - other_mean).abs() / (error + other_error).sqrt()
}
