//! Replaces a file in one step.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes `text` to the file at `path`. A reader sees the old text or the new one, never a part.
///
/// # Errors
///
/// Returns an error if the file cannot be written. The old file is then unchanged.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    // A symbolic link stays, and the file that it leads to is replaced.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".auth-link-");
    // Temporary files are readable by their owner alone; this one gets the usual permissions.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    if let Ok(old) = fs::metadata(&path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn a_concurrent_reader_sees_the_old_text_or_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let texts = ["old ".repeat(1 << 16), "new ".repeat(1 << 16)];
        write(&path, &texts[0]).unwrap();
        let is_finished = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !is_finished.load(Ordering::Relaxed) {
                    let read = fs::read_to_string(&path).unwrap();
                    assert!(texts.contains(&read), "{} bytes", read.len());
                }
            });
            for round in 0..200 {
                write(&path, &texts[round % 2]).unwrap();
            }
            is_finished.store(true, Ordering::Relaxed);
        });
    }
}
