//! The inputs of a command: links and files of the command line, the files of a folder, the standard input.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::markup::is_markup;
use crate::output::{Failure, escape_invisible};

/// The largest file that is read, in bytes. Source code, templates and documents are smaller.
const LARGEST: u64 = 32 << 20;

/// Folders of build results and dependencies.
const SKIPPED: [&str; 3] = ["target", "node_modules", "__pycache__"];

/// The name of the standard input in messages.
const STDIN: &str = "<stdin>";

/// The inputs of a command.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// Links of the command line.
    pub(crate) links: Vec<String>,
    /// Files, and whether each was named on the command line. A file of a folder is not mentioned unless it has a link.
    pub(crate) files: BTreeMap<PathBuf, bool>,
    /// Whether the standard input is read.
    pub(crate) stdin: bool,
    /// The inputs that could not be read.
    pub(crate) failures: Vec<Failure>,
}

/// The content of a file.
#[derive(Debug)]
pub(crate) enum Content {
    /// Text, and whether it is markup.
    Text(String, bool),
    /// Other content, and the reason why it is not read.
    Other(&'static str),
}

impl Sources {
    /// Sorts the arguments into links, files, folders and `-`.
    pub(crate) fn new(arguments: &[String]) -> Self {
        let mut sources = Self::default();
        for argument in arguments {
            let path = Path::new(argument);
            match path.symlink_metadata().and_then(|_| path.metadata()) {
                _ if argument == "-" => sources.stdin = true,
                Ok(metadata) if metadata.is_dir() => sources.walk(path),
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

    /// Adds the files of a folder.
    fn walk(&mut self, folder: &Path) {
        let mut walk = WalkBuilder::new(folder);
        // A new checkout lacks the files that the repository ignores, but has those that only this machine ignores.
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

/// Returns the failure for an error of a walk.
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

/// Returns whether an argument that is not a file seems to be a link.
fn is_link(argument: &str) -> bool {
    argument.contains("://") || argument.contains(['?', '&', '=']) || argument.contains("truelayer")
}

/// Returns the path without `./` in front, so that a file that is named twice is read once.
fn clean(path: &Path) -> PathBuf {
    let clean: PathBuf = path.components().filter(|part| *part != std::path::Component::CurDir).collect();
    if clean.as_os_str().is_empty() { path.to_owned() } else { clean }
}

/// Returns the name of a file for messages.
pub(crate) fn name(path: &Path) -> String {
    let name = escape_invisible(&path.to_string_lossy());
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

/// Reads a file.
///
/// # Errors
///
/// Returns an error if it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Content, Failure> {
    let bytes = File::open(path).and_then(bytes);
    let bytes =
        bytes.map_err(|error| Failure::new(format!("cannot read `{}`: {}", path.display(), reason(&error)), ""))?;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    Ok(content(bytes, is_markup(extension)))
}

/// Reads the standard input; returns its name and its text.
///
/// # Errors
///
/// Returns an error if it cannot be read or is not text.
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

/// Returns the message of an IO error, without its number.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}
