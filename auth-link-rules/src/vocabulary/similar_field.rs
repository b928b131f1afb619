//! Suggestions for unknown fields.

use crate::vocabulary::parameter::Param;
use crate::vocabulary::similar::nearest;

/// Returns the field with the most similar name.
pub(crate) fn similar_field(name: &str) -> Option<&'static str> {
    let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let mut all = Vec::new();
    for param in Param::ALL {
        if plain(param.name()) == plain(name) {
            return Some(param.name());
        }
        all.push(param.name());
    }
    let has_part = |param: &&&str| param.split('_').any(|part| part == name);
    nearest(name, &all).or_else(|| all.iter().find(has_part)).copied()
}
