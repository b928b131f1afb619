//! Counts what one operation of each variant asks of the allocator, once everything that is made once is made.
#![forbid(unsafe_code)]

use std::alloc::System;
use std::hint::black_box;

use auth_link_benches::{Figure, Meter, all};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    all(&mut Allocations);
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
        let found = region.change();
        #[expect(clippy::cast_precision_loss, reason = "few enough")]
        for (figure, value) in
            [("allocations", found.allocations + found.reallocations), ("bytes allocated", found.bytes_allocated)]
        {
            Figure::print(table, row, figure, value as f64);
        }
    }
}
