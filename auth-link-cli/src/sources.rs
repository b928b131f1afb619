//! Where links are looked for: what is named on the command line, and the files below a folder.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::find::is_markup;
use crate::output::{Failure, plain};

/// Larger files are no source, template or document.
const LARGEST: u64 = 32 << 20;

/// Folders that hold what was built or fetched.
const SKIPPED: [&str; 3] = ["target", "node_modules", "__pycache__"];

/// What stands for the standard input.
const STDIN: &str = "<stdin>";

/// All that is to be read.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// Links that were written on the command line.
    pub(crate) links: Vec<String>,
    /// Files, and whether each was named: of one that was not, nothing is said unless it has a link.
    pub(crate) files: BTreeMap<PathBuf, bool>,
    /// Whether the standard input is read.
    pub(crate) stdin: bool,
    /// What could not be read.
    pub(crate) failures: Vec<Failure>,
}

/// What a file turned out to hold.
#[derive(Debug)]
pub(crate) enum Content {
    /// Text, and whether it is HTML or the like.
    Text(String, bool),
    /// Something else.
    Other(&'static str),
}

impl Sources {
    /// Sorts the arguments: links, files, folders, `-`.
    pub(crate) fn of(arguments: &[String]) -> Self {
        let mut sources = Self::default();
        for argument in arguments {
            let path = Path::new(argument);
            match path.symlink_metadata().and_then(|_| path.metadata()) {
                _ if argument == "-" => sources.stdin = true,
                Ok(found) if found.is_dir() => sources.walk(path),
                Ok(_) => {
                    sources.files.insert(clean(path), true);
                }
                Err(_) if is_link(argument) => sources.links.push(argument.clone()),
                Err(error) => {
                    let help =
                        "write a link that begins with `https://`, a file, a folder, or `-` for the standard input";
                    sources.failures.push(Failure::new(format!("cannot read `{argument}`: {}", reason(&error)), help));
                }
            }
        }
        sources
    }

    fn walk(&mut self, folder: &Path) {
        let mut walk = WalkBuilder::new(folder);
        // What git ignores is not in a fresh checkout either; what only this machine ignores is.
        walk.git_global(false).git_exclude(false).parents(true).require_git(false);
        walk.filter_entry(|entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            entry.depth() == 0 || !is_folder || !SKIPPED.iter().any(|name| entry.file_name() == *name)
        });
        for entry in walk.build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    self.files.entry(clean(entry.path())).or_insert(false);
                }
                Ok(_) => {}
                Err(error) => {
                    self.failures.push(unreadable(&error, folder));
                }
            }
        }
    }
}

/// What a walk could not read.
fn unreadable(error: &ignore::Error, at: &Path) -> Failure {
    match error {
        ignore::Error::WithPath { path, err } => unreadable(err, path),
        ignore::Error::WithDepth { err, .. } => unreadable(err, at),
        error => {
            let why = error.io_error().map_or_else(|| error.to_string(), reason);
            Failure::new(format!("cannot read `{}`: {why}", at.display()), "")
        }
    }
}

/// Whether what is no file is meant as a link.
fn is_link(argument: &str) -> bool {
    argument.contains("://") || argument.contains(['?', '&', '=']) || argument.contains("truelayer")
}

/// A path without `./` in front, so that a file named twice is read once.
fn clean(path: &Path) -> PathBuf {
    let clean: PathBuf = path.components().filter(|part| *part != std::path::Component::CurDir).collect();
    if clean.as_os_str().is_empty() { path.to_owned() } else { clean }
}

/// The name of a file as it is shown.
pub(crate) fn name(path: &Path) -> String {
    let name = plain(&path.to_string_lossy());
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

/// Reads a file.
///
/// # Errors
///
/// It cannot be read.
pub(crate) fn read(path: &Path) -> Result<Content, Failure> {
    let read = File::open(path).and_then(bytes);
    let bytes =
        read.map_err(|error| Failure::new(format!("cannot read `{}`: {}", path.display(), reason(&error)), ""))?;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    Ok(content(bytes, is_markup(extension)))
}

/// Reads the standard input, which is text.
///
/// # Errors
///
/// It cannot be read, or is not text.
pub(crate) fn read_stdin() -> Result<(&'static str, String), Failure> {
    let failed = |why: &str| Failure::new(format!("cannot read the standard input: {why}"), "");
    match bytes(io::stdin().lock()).map_err(|error| failed(&reason(&error))).map(|bytes| content(bytes, false))? {
        Content::Text(text, _) => Ok((STDIN, text)),
        Content::Other(why) => Err(failed(why)),
    }
}

fn bytes(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn content(bytes: Vec<u8>, is_markup: bool) -> Content {
    if bytes.len() as u64 > LARGEST {
        return Content::Other("it is larger than 32 MiB");
    }
    if bytes.contains(&0) {
        return Content::Other("it is binary");
    }
    match String::from_utf8(bytes) {
        Ok(text) => Content::Text(text, is_markup),
        Err(_) => Content::Other("it is not UTF-8"),
    }
}

/// An error of the system, without its number.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}
