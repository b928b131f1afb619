//! Benchmarks of one link and one callback: by this library, by hand, and by other crates.
#![forbid(unsafe_code)]

#[cfg(feature = "baselines")]
pub mod baselines;
pub mod begin;
#[cfg(feature = "baselines")]
mod bounds;
pub mod callback;
#[cfg(feature = "client")]
mod client;
mod meter;
#[cfg(feature = "baselines")]
mod results;

#[cfg(feature = "baselines")]
pub use bounds::{BOUNDS, Bound, Outcome};
pub use meter::Meter;
#[cfg(feature = "baselines")]
pub use results::{Figure, Results};

/// Measures every variant.
pub fn measure_all(meter: &mut impl Meter) {
    begin::measure_all(meter);
    #[cfg(feature = "baselines")]
    baselines::begin::measure_all(meter);
    callback::measure_all(meter);
    #[cfg(feature = "baselines")]
    baselines::callback::measure_all(meter);
    #[cfg(feature = "client")]
    client::measure_all(meter);
    #[cfg(all(feature = "baselines", feature = "client"))]
    baselines::tokens::measure_all(meter);
}
