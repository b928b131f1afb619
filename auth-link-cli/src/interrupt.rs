//! Ctrl-C during `auth-link connect`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

use crate::output::{Failure, Outcome};

/// Whether the user pressed Ctrl-C.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Watches for Ctrl-C. The first one lets the command end in order, and the second one ends the process.
    ///
    /// # Errors
    ///
    /// Returns an error if the system allows no handler.
    pub(crate) fn watch() -> Result<Self, Failure> {
        let pressed = Arc::new(AtomicBool::new(false));
        // In this order, the first signal does not end the process: the flag is not set yet.
        flag::register_conditional_shutdown(SIGINT, Outcome::Interrupted as i32, pressed.clone())
            .and_then(|_| flag::register(SIGINT, pressed.clone()))
            .map_err(|error| Failure::new(format!("cannot watch for Ctrl-C: {error}"), ""))?;
        Ok(Self(pressed))
    }

    /// Returns whether the user pressed Ctrl-C.
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
