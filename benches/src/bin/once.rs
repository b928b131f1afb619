//! Runs one variant some times, for a tool that counts its instructions: `once <table> <row> <times>`. Without arguments it
//! names the variants, table and row parted by a tab.
#![forbid(unsafe_code)]

use std::hint::black_box;

use auth_link_benches::{Meter, all};
use sha2::{Digest, Sha256};

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let mut once = match arguments.as_slice() {
        [] => Once { only: None },
        [table, row, times] => {
            let times = times.parse().expect("the third argument is a number");
            Once { only: Some((table.clone(), row.clone(), times)) }
        }
        _ => panic!("expected a table, a row and a number"),
    };
    all(&mut once);
    // A part of every link: what it takes depends on the processor more than all the rest.
    once.measure("parts", "SHA-256", || [b'x'; 43], |verifier| Sha256::digest(black_box(verifier)));
}

struct Once {
    only: Option<(String, String, usize)>,
}

impl Meter for Once {
    fn measure<I: 'static, O: 'static>(
        &mut self,
        table: &'static str,
        row: &'static str,
        prepare: impl Fn() -> I + 'static,
        work: impl Fn(I) -> O + 'static,
    ) {
        match &self.only {
            None => println!("{table}\t{row}"),
            Some((of, name, times)) if (of.as_str(), name.as_str()) == (table, row) => {
                // As many are prepared however often the work is done, so that the difference is the work's.
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
