//! Counts the allocations of one operation of each variant, after a warm-up.
#![forbid(unsafe_code)]

use std::alloc::System;
use std::hint::black_box;

use auth_link_benches::{Figure, Meter, measure_all};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    measure_all(&mut Allocations);
}

struct Allocations;

impl Meter for Allocations {
    fn measure<I: 'static, O: 'static>(
        &mut self,
        table: &'static str,
        row: &'static str,
        prepare: impl Fn() -> I + 'static,
        work: impl Fn(I) -> O + 'static,
    ) {
        for _ in 0..100 {
            black_box(work(prepare()));
        }
        let input = prepare();
        let region = Region::new(ALLOCATOR);
        black_box(work(input));
        let change = region.change();
        #[expect(clippy::cast_precision_loss, reason = "the counts are exact as f64")]
        for (column, value) in
            [("allocations", change.allocations + change.reallocations), ("bytes allocated", change.bytes_allocated)]
        {
            Figure::print(table, row, column, value as f64);
        }
    }
}
