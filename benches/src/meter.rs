//! The interface between the variants and the programs that measure them.

/// A measurement, which is given each variant once.
pub trait Meter {
    /// Measures `work` on the inputs that `prepare` makes. Making an input does not count; dropping the output does.
    fn measure<I: 'static, O: 'static>(
        &mut self,
        table: &'static str,
        row: &'static str,
        prepare: impl Fn() -> I + 'static,
        work: impl Fn(I) -> O + 'static,
    );
}
