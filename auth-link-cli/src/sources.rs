//! The inputs of a command: links and files of the command line, the files of a folder, the standard input.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::output::Failure;
use crate::text::escape;

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

/// The encoding of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    /// UTF-8 with a byte order mark in front.
    MarkedUtf8,
    Other,
}

impl Encoding {
    /// Returns the byte order mark of a UTF-8 text.
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Self::MarkedUtf8 => "\u{feff}",
            Self::Utf8 | Self::Other => "",
        }
    }
}

/// The content of a file.
#[derive(Debug)]
pub(crate) enum Content {
    /// Text, without a byte order mark.
    Text(String, Encoding),
    /// Other content, and the reason why it is not read.
    Other(&'static str),
}

impl Sources {
    /// Sorts the arguments into links, files, folders and `-`.
    pub(crate) fn new(arguments: &[OsString]) -> Self {
        let mut sources = Self::default();
        for argument in arguments {
            let path = Path::new(argument);
            match path.symlink_metadata().and_then(|_| path.metadata()) {
                _ if argument == "-" => sources.stdin = true,
                Ok(metadata) if metadata.is_dir() => sources.walk(path),
                Ok(_) => {
                    sources.files.insert(clean(path), true);
                }
                Err(_) if argument.to_str().is_some_and(is_link) => {
                    sources.links.extend(argument.to_str().map(|link| without_mark(link).to_owned()));
                }
                Err(error) => {
                    let help =
                        "write a link that begins with `https://`, a file, a folder, or `-` for the standard input";
                    let message = format!("cannot read `{}`: {}", name(path), reason(&error));
                    sources.failures.push(Failure::new(message, help));
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
            Failure::new(format!("cannot read `{}`: {why}", name(at)), "")
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
    let name = escape(&path.to_string_lossy());
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

/// Reads a file.
///
/// # Errors
///
/// Returns an error if it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Content, Failure> {
    let read = File::open(path).and_then(|file| {
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        // One byte more, so that the end is found without another allocation.
        bytes(file, usize::try_from(length.min(LARGEST) + 1).unwrap_or_default())
    });
    let bytes = read.map_err(|error| Failure::new(format!("cannot read `{}`: {}", name(path), reason(&error)), ""))?;
    Ok(content(bytes))
}

/// Reads the standard input; returns its name and its text.
///
/// # Errors
///
/// Returns an error if it cannot be read or is not text.
pub(crate) fn read_stdin() -> Result<(&'static str, String), Failure> {
    read_encoded_stdin().map(|(name, text, _)| (name, text))
}

/// Reads the standard input as [`read_stdin`] does, and returns its encoding too.
pub(crate) fn read_encoded_stdin() -> Result<(&'static str, String, Encoding), Failure> {
    let failed = |why: &str| Failure::new(format!("cannot read the standard input: {why}"), "");
    match bytes(io::stdin().lock(), 0).map_err(|error| failed(&reason(&error))).map(content)? {
        Content::Text(text, encoding) => Ok((STDIN, text, encoding)),
        Content::Other(why) => Err(failed(why)),
    }
}

fn bytes(from: impl Read, capacity: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(capacity);
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn content(bytes: Vec<u8>) -> Content {
    if bytes.len() as u64 > LARGEST {
        return Content::Other("it is larger than 32 MiB");
    }
    match decode(bytes) {
        Some((text, encoding)) => {
            let is_marked = encoding == Encoding::Utf8 && text.starts_with('\u{feff}');
            let encoding = if is_marked { Encoding::MarkedUtf8 } else { encoding };
            Content::Text(if text.starts_with('\u{feff}') { without_mark(&text).to_owned() } else { text }, encoding)
        }
        None => Content::Other("it is binary"),
    }
}

/// Returns the text without the byte order mark in front.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Decodes UTF-16 with a byte order mark, UTF-8, and else Windows-1252, which contains Latin-1; `None` for binary content.
fn decode(bytes: Vec<u8>) -> Option<(String, Encoding)> {
    let utf_16 = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<_> =
            bytes[2..].chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or(0)])).collect();
        Some((String::from_utf16_lossy(&units), Encoding::Other)).filter(|(text, _)| !text.contains('\0'))
    };
    match &bytes[..] {
        [0xff, 0xfe, ..] => return utf_16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return utf_16(u16::from_be_bytes),
        _ if memchr::memchr(0, &bytes).is_some() => return None,
        _ => {}
    }
    Some(match String::from_utf8(bytes) {
        Ok(text) => (text, Encoding::Utf8),
        Err(error) => (error.as_bytes().iter().copied().map(windows_1252).collect(), Encoding::Other),
    })
}

/// Returns the character of a byte in Windows-1252.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|index| HIGH.get(usize::from(index)).copied()).unwrap_or_else(|| char::from(byte))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Option<String> {
        match content(bytes.to_vec()) {
            Content::Text(text, _) => Some(text),
            Content::Other(_) => None,
        }
    }

    #[test]
    fn a_text_of_every_common_encoding_is_read() {
        let utf_16 = |to: fn(u16) -> [u8; 2]| "\u{feff}é€😀".encode_utf16().flat_map(to).collect::<Vec<_>>();
        assert_eq!(text(&utf_16(u16::to_le_bytes)).as_deref(), Some("é€😀"));
        assert_eq!(text(&utf_16(u16::to_be_bytes)).as_deref(), Some("é€😀"));
        assert_eq!(text("\u{feff}é€😀".as_bytes()).as_deref(), Some("é€😀"));
        assert_eq!(text(b"caf\xe9 \x80 \x93a\x94 \x81").as_deref(), Some("café € “a” \u{81}"));
        assert_eq!(text(b"\xff\xfea").as_deref(), Some("a"), "an odd number of bytes");
        assert_eq!(text(b""), Some(String::new()));
        assert_eq!(text(b"a\0b"), None);
        assert_eq!(text(b"\xff\xfe\0\0a\0\0\0"), None, "UTF-32");
    }

    #[test]
    fn an_error_of_a_walk_names_its_path() {
        let io = ignore::Error::Io(std::io::ErrorKind::PermissionDenied.into());
        let error = ignore::Error::WithDepth {
            depth: 1,
            err: Box::new(ignore::Error::WithPath { path: "a/b".into(), err: Box::new(io) }),
        };
        assert_eq!(unreadable(&error, Path::new("a")), Failure::new("cannot read `a/b`: permission denied", ""));
        let error = ignore::Error::InvalidDefinition;
        assert_eq!(unreadable(&error, Path::new("a")), Failure::new(format!("cannot read `a`: {error}"), ""));
    }
}
