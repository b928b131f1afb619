//! Times every variant in interleaved rounds. Prints the median and the interquartile range of each, in nanoseconds.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use auth_link_benches::{Figure, Meter, measure_all};

/// The number of rounds. Each times every variant once, and each begins with another variant.
const ROUNDS: usize = 301;

/// The approximate time of one variant in one round.
const BATCH: Duration = Duration::from_micros(300);

/// The number of inputs that are prepared together: few enough for the level 1 cache.
const PREPARED: usize = 128;

fn main() {
    let mut variants = Variants::default();
    measure_all(&mut variants);
    let mut variants = variants.0;
    // Warms up, and finds the number of repetitions in a batch.
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
            #[expect(clippy::cast_precision_loss, reason = "the counts are exact as f64")]
            variant.times.push(time.as_secs_f64() * 1e9 / (variant.repetitions * PREPARED) as f64);
        }
    }
    for Variant { table, row, mut times, .. } in variants {
        times.sort_by(f64::total_cmp);
        let quartile = |index: usize| times[(times.len() - 1) * index / 4];
        Figure::print(table, row, "ns", quartile(2));
        Figure::print(table, row, "interquartile range, ns", quartile(3) - quartile(1));
    }
}

#[derive(Default)]
struct Variants(Vec<Variant>);

struct Variant {
    table: &'static str,
    row: &'static str,
    time: Box<dyn FnMut(usize) -> Duration>,
    repetitions: usize,
    times: Vec<f64>,
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
        self.0.push(Variant { table, row, time: Box::new(time), repetitions: 1, times: Vec::new() });
    }
}
