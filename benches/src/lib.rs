//! What is measured: one link, and one callback, each as several libraries and as hands make them.
#![forbid(unsafe_code)]

pub mod begin;
#[cfg(feature = "peers")]
mod bounds;
pub mod callback;
#[cfg(feature = "peers")]
mod figure;
#[cfg(feature = "peers")]
pub mod peers;

#[cfg(feature = "peers")]
pub use bounds::{BOUNDS, Bound, Verdict};
#[cfg(feature = "peers")]
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
    #[cfg(feature = "peers")]
    peers::begin::all(meter);
    callback::all(meter);
    #[cfg(feature = "peers")]
    peers::callback::all(meter);
}
