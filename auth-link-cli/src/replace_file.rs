//! Replaces the text of a file that was read before.

use std::fs;
use std::io;
use std::path::Path;

use crate::output::Failure;
use crate::sources::{name, reason};

/// Replaces the text of the file at `path`, `old`, with `new`, by the step `write`.
///
/// # Errors
///
/// Returns an error, and leaves the file unchanged, if:
///
/// - the file is read-only, or has changed since it was read;
/// - `write` returns an error.
pub(crate) fn replace(
    path: &Path,
    old: &str,
    new: &str,
    write: impl FnOnce(&Path, &str) -> io::Result<()>,
) -> Result<(), Failure> {
    let failed = |why: &str, help: &str| Failure::new(format!("cannot fix `{}`: {why}", name(path)), help);
    let failed_io = |error: &io::Error| failed(&reason(error), "");
    if fs::metadata(path).map_err(|error| failed_io(&error))?.permissions().readonly() {
        return Err(failed("it is read-only", "make it writable, and run the command again"));
    }
    if fs::read(path).map_err(|error| failed_io(&error))? != old.as_bytes() {
        return Err(failed("it has changed since it was read", "run the command again"));
    }
    write(path, new).map_err(|error| failed_io(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atomic_write;

    /// A folder with the file `a.txt`.
    fn folder(text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), text).unwrap();
        folder
    }

    /// Asserts that replacing the text `old` fails for a reason and leaves the file unchanged.
    fn assert_fails(path: &Path, old: &str, write: fn(&Path, &str) -> io::Result<()>, why: &str) {
        let before = fs::read_to_string(path).unwrap();
        let failure = replace(path, old, "new", write).unwrap_err();
        assert!(format!("{failure:?}").contains(why), "{failure:?}");
        assert_eq!(fs::read_to_string(path).unwrap(), before);
    }

    #[test]
    fn an_unchanged_file_is_replaced() {
        let folder = folder("old");
        let path = folder.path().join("a.txt");
        replace(&path, "old", "new", atomic_write::write).unwrap();
        assert_eq!(fs::read_to_string(path).unwrap(), "new");
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_not_replaced() {
        let folder = folder("changed");
        assert_fails(&folder.path().join("a.txt"), "old", atomic_write::write, "it has changed since it was read");
    }

    #[test]
    fn a_read_only_file_is_not_replaced() {
        let folder = folder("old");
        let path = folder.path().join("a.txt");
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_fails(&path, "old", atomic_write::write, "it is read-only");
    }

    #[test]
    fn a_folder_without_permission_leaves_the_file_unchanged() {
        let folder = folder("old");
        let refused = |_: &Path, _: &str| Err(io::Error::from(io::ErrorKind::PermissionDenied));
        assert_fails(&folder.path().join("a.txt"), "old", refused, "permission denied");
    }

    #[test]
    fn a_file_that_was_removed_meanwhile_is_not_created() {
        let folder = folder("old");
        let path = folder.path().join("b.txt");
        assert!(replace(&path, "old", "new", atomic_write::write).is_err());
        assert!(!path.exists());
    }
}
