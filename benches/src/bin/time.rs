//! Times every variant in interleaved rounds; prints the median of each, in nanoseconds, and how far its quarters lie apart.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use auth_link_benches::{Figure, Meter, all};

/// How many rounds; each times every variant once, beginning with another.
const ROUNDS: usize = 301;

/// About how long one variant is timed in one round.
const BATCH: Duration = Duration::from_micros(300);

/// How many inputs are prepared at once: few enough to stay in the nearest cache.
const PREPARED: usize = 128;

fn main() {
    let mut variants = Variants::default();
    all(&mut variants);
    let mut variants = variants.0;
    // Warm, and long enough to tell how many make a batch.
    for variant in &mut variants {
        let mut repetitions = 1;
        while (variant.time)(repetitions) < BATCH {
            repetitions *= 2;
        }
        variant.repetitions = repetitions;
    }
    let count = variants.len();
    for round in 0..ROUNDS {
        for turn in 0..count {
            let variant = &mut variants[(round + turn) % count];
            let time = (variant.time)(variant.repetitions);
            #[expect(clippy::cast_precision_loss, reason = "few enough")]
            variant.found.push(time.as_secs_f64() * 1e9 / (variant.repetitions * PREPARED) as f64);
        }
    }
    for Variant { table, row, mut found, .. } in variants {
        found.sort_by(f64::total_cmp);
        let at = |part: usize| found[(found.len() - 1) * part / 4];
        Figure::print(table, row, "ns", at(2));
        Figure::print(table, row, "quarters apart, ns", at(3) - at(1));
    }
}

#[derive(Default)]
struct Variants(Vec<Variant>);

struct Variant {
    table: &'static str,
    row: &'static str,
    time: Box<dyn FnMut(usize) -> Duration>,
    repetitions: usize,
    found: Vec<f64>,
}

impl Meter for Variants {
    fn measure<I: 'static, O: 'static>(
        &mut self,
        table: &'static str,
        row: &'static str,
        prepare: impl Fn() -> I + 'static,
        work: impl Fn(I) -> O + 'static,
    ) {
        let mut inputs = Vec::with_capacity(PREPARED);
        let time = move |repetitions| {
            let mut time = Duration::ZERO;
            for _ in 0..repetitions {
                inputs.extend((0..PREPARED).map(|_| prepare()));
                let start = Instant::now();
                for input in inputs.drain(..) {
                    black_box(work(input));
                }
                time += start.elapsed();
            }
            time
        };
        self.0.push(Variant { table, row, time: Box::new(time), repetitions: 1, found: Vec::new() });
    }
}
