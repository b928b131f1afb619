//! The file of `auth-link connect --save`: tokens that only the user can read.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use auth_link_runtime::client::Connection;
use tempfile::{Builder, NamedTempFile};

use crate::output::{Failure, note};
use crate::sources::{name, reason};
use crate::text::escape;

/// A file that tokens will be written to.
#[derive(Clone, Debug)]
pub(crate) struct TokenFile {
    path: PathBuf,
    may_replace: bool,
}

impl TokenFile {
    /// Checks that the file can be written, before the user gives a consent whose tokens would be lost.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the file exists, unless `may_replace` is set;
    /// - the path is a folder, a device, a pipe or a link that leads nowhere, or no file can be created beside it.
    pub(crate) fn new(path: &Path, may_replace: bool) -> Result<Self, Failure> {
        let failed = |error: &io::Error| {
            let message = format!("cannot write `{}`: {}", name(path), reason(error));
            Failure::new(message, "write another path after `--save`")
        };
        let ends_with_slash = path.to_string_lossy().ends_with(std::path::is_separator);
        if path.is_dir() || ends_with_slash {
            return Err(failed(&ErrorKind::IsADirectory.into()));
        }
        let exists = fs::symlink_metadata(path).is_ok();
        // A symbolic link stays, and the file that it leads to is replaced.
        let target = match path.canonicalize() {
            Ok(target) => target,
            Err(_) if !exists => path.to_owned(),
            Err(error) => return Err(failed(&error)),
        };
        // A device or a pipe, such as `/dev/null`, must not become a file.
        if exists && !target.is_file() {
            let message = format!("cannot write `{}`: it is not a regular file", name(path));
            return Err(Failure::new(message, "write another path after `--save`"));
        }
        if !may_replace && exists {
            let message = format!("`{}` exists, and may contain the tokens of another connection", name(path));
            return Err(Failure::new(
                message,
                "write another path after `--save`, or add `--force` to replace the file",
            ));
        }
        create_beside(&target).map_err(|error| failed(&error))?;
        Ok(Self { path: target, may_replace })
    }

    /// Reports that the tokens were written.
    pub(crate) fn note(&self) {
        note(&format!("wrote the tokens to `{}`: they are secrets, and not encrypted", escape(&name(&self.path))));
    }

    /// Writes the tokens in one step. On Unix, only the user can read the file (mode 0600).
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written, or was created meanwhile. If the tokens are in another file then, the
    /// error names it.
    pub(crate) fn write(&self, connection: &Connection) -> Result<(), Failure> {
        let name = name(&self.path);
        let lost = |why: &str| {
            let message = format!("cannot write the tokens to `{name}`: {why}");
            Failure::new(message, "the tokens are lost: run the command again, and give consent again")
        };
        let write = || {
            let mut file = create_beside(&self.path)?;
            serde_json::to_writer_pretty(&mut file, connection)?;
            file.write_all(b"\n")?;
            file.as_file().sync_all()?;
            io::Result::Ok(file)
        };
        let file = write().map_err(|error| lost(&reason(&error)))?;
        let saved = if self.may_replace { file.persist(&self.path) } else { file.persist_noclobber(&self.path) };
        saved.map(drop).map_err(|error| {
            let why = reason(&error.error);
            match error.file.keep() {
                Ok((_, kept)) => Failure::new(
                    format!("cannot write the tokens to `{name}`: {why}"),
                    format!("the tokens are in `{}`: move that file", self::name(&kept)),
                ),
                Err(_) => lost(&why),
            }
        })
    }
}

/// Creates a temporary file in the folder of `path`, which only the user can read.
fn create_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Builder::new().prefix(".auth-link-").tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection() -> Connection {
        let json = r#"{"access_token": "a1", "received_at": 1, "expires_at": 2, "consented_at": 1}"#;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_existing_file_is_replaced_only_with_force() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.json");
        fs::write(&path, "old").unwrap();
        let failure = TokenFile::new(&path, false).unwrap_err();
        assert!(format!("{failure:?}").contains("exists"), "{failure:?}");
        TokenFile::new(&path, true).unwrap().write(&connection()).unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("\"a1\""));
    }

    #[test]
    fn a_file_that_was_created_meanwhile_is_not_replaced_and_no_token_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.json");
        let file = TokenFile::new(&path, false).unwrap();
        fs::write(&path, "other").unwrap();
        let failure = format!("{:?}", file.write(&connection()).unwrap_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "other");
        let mut others = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let kept = others.find(|other| *other != path).unwrap();
        assert!(failure.contains(&name(&kept)), "{failure}");
        assert!(fs::read_to_string(kept).unwrap().contains("\"a1\""));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_and_a_link_that_leads_nowhere_are_not_replaced() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let [device, nowhere, link] = ["device", "nowhere", "link"].map(|name| folder.path().join(name));
        symlink("/dev/null", &device).unwrap();
        symlink("none", &nowhere).unwrap();
        for path in [Path::new("/dev/null"), &device, &nowhere] {
            assert!(TokenFile::new(path, true).is_err(), "{path:?}");
        }
        let target = folder.path().join("tokens.json");
        fs::write(&target, "old").unwrap();
        symlink("tokens.json", &link).unwrap();
        TokenFile::new(&link, true).unwrap().write(&connection()).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::read_to_string(&target).unwrap().contains("\"a1\""));
    }

    #[test]
    fn a_path_that_cannot_be_written_is_an_error_before_there_are_tokens() {
        let folder = tempfile::tempdir().unwrap();
        assert!(TokenFile::new(folder.path(), true).is_err());
        assert!(TokenFile::new(&folder.path().join("none/tokens.json"), false).is_err());
        assert!(TokenFile::new(&folder.path().join("new/"), true).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "no other file is left");
    }
}
