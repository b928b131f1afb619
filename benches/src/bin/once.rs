//! Runs one variant several times, for a tool that counts instructions: `once <table> <row> <times>`. Without arguments it lists
//! the variants, table and row separated by a tab.
#![forbid(unsafe_code)]

use std::hint::black_box;

use auth_link_benches::{Meter, measure_all};
use sha2::{Digest, Sha256};

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let mut once = match arguments.as_slice() {
        [] => Once { selected: None },
        [table, row, times] => {
            let times = times.parse().expect("the third argument is a number");
            Once { selected: Some((table.clone(), row.clone(), times)) }
        }
        _ => panic!("expected a table, a row and a number"),
    };
    measure_all(&mut once);
    // The part of every link that depends on the processor most.
    once.measure("parts", "SHA-256", || [b'x'; 43], |verifier| Sha256::digest(black_box(verifier)));
}

struct Once {
    selected: Option<(String, String, usize)>,
}

impl Meter for Once {
    fn measure<I: 'static, O: 'static>(
        &mut self,
        table: &'static str,
        row: &'static str,
        prepare: impl Fn() -> I + 'static,
        work: impl Fn(I) -> O + 'static,
    ) {
        match &self.selected {
            None => println!("{table}\t{row}"),
            Some((selected_table, selected_row, times)) if selected_table == table && selected_row == row => {
                // The number of inputs does not depend on `times`, so that two runs differ only in the work.
                let mut inputs = (0..PREPARED).map(|_| prepare()).collect::<Vec<_>>().into_iter();
                for input in inputs.by_ref().take(*times) {
                    black_box(work(input));
                }
                std::mem::forget(inputs);
            }
            Some(_) => {}
        }
    }
}

const PREPARED: usize = 2000;
