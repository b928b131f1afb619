//! What is measured: one link, and one callback, each as several libraries and as hands make them.
#![forbid(unsafe_code)]

pub mod begin;
#[cfg(feature = "baselines")]
mod bounds;
pub mod callback;
#[cfg(feature = "baselines")]
mod figure;
#[cfg(feature = "baselines")]
pub mod baselines;

#[cfg(feature = "baselines")]
pub use bounds::{BOUNDS, Bound, Verdict};
#[cfg(feature = "baselines")]
pub use figure::{Figure, Results};

/// Something that measures: it is shown each variant once.
pub trait Meter {
    /// Measures `work` on what `prepare` makes, which is no part of the work; what the work gives is dropped, which is.
    fn measure<I: 'static, O: 'static>(
        &mut self,
        table: &'static str,
        row: &'static str,
        prepare: impl Fn() -> I + 'static,
        work: impl Fn(I) -> O + 'static,
    );
}

/// Shows the meter every variant.
pub fn all(meter: &mut impl Meter) {
    begin::all(meter);
    #[cfg(feature = "baselines")]
    baselines::begin::all(meter);
    callback::all(meter);
    #[cfg(feature = "baselines")]
    baselines::callback::all(meter);
}
