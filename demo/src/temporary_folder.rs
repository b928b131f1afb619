//! A folder of this run.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

use crate::random::random;

/// A folder that only the user of this process can open. It is deleted when this is dropped.
#[derive(Debug)]
pub(crate) struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Creates a folder in the system's folder for temporary files.
    ///
    /// # Errors
    ///
    /// Returns the error of the operating system.
    pub(crate) fn create() -> io::Result<Self> {
        let path = std::env::temp_dir().join(format!("auth-link-demo-{}", random()));
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_folder_is_deleted_with_its_files() {
        let folder = TemporaryFolder::create().expect("a folder");
        let path = folder.path().to_owned();
        fs::write(path.join("demo.db"), "").expect("a file");
        drop(folder);
        assert!(!path.exists());
    }
}
