//! The error of a missing source of randomness.

use std::fmt;

/// The error of a missing source of randomness: no authorization can begin without it.
#[derive(Clone, Copy, Debug)]
pub struct BeginError(pub(crate) getrandom::Error);

impl fmt::Display for BeginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no random bytes from the operating system: {}", self.0)
    }
}

impl std::error::Error for BeginError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_contains_the_error_of_the_operating_system() {
        let error = BeginError(getrandom::Error::UNSUPPORTED).to_string();
        assert!(error.starts_with("no random bytes from the operating system: ") && !error.ends_with(": "), "{error}");
    }
}
