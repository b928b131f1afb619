//! The ids of connections, which the application chooses.

use crate::error::StoreError;

/// The longest id, in bytes.
pub(crate) const MAX_LEN: usize = 200;

/// Checks that the text can be an id: 1 to 200 bytes without control characters, which PostgreSQL cannot store.
pub(crate) fn check_id(id: &str) -> Result<(), StoreError> {
    if id.is_empty() || id.len() > MAX_LEN || id.chars().any(char::is_control) {
        return Err(StoreError::InvalidId);
    }
    Ok(())
}

/// Checks that the text can begin an id. The empty text begins all.
pub(crate) fn check_prefix(prefix: &str) -> Result<(), StoreError> {
    if prefix.is_empty() { Ok(()) } else { check_id(prefix) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_1_to_200_bytes_without_control_characters() {
        for id in ["a", "session/1", "ü b", &"x".repeat(200)] {
            assert!(check_id(id).is_ok(), "{id}");
        }
        for id in ["", "a\0", "a\nb", "\u{85}", &"x".repeat(201), &"ü".repeat(101)] {
            assert!(matches!(check_id(id), Err(StoreError::InvalidId)), "{id:?}");
        }
        assert!(check_prefix("").is_ok());
        assert!(check_prefix("\n").is_err());
    }
}
