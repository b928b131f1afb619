//! Reads files and finds their links, on every processor.

use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::find::links;
use crate::link_match::LinkMatch;
use crate::output::Failure;
use crate::sources::{Content, read};

/// A file that was read.
pub(crate) struct Scan {
    pub(crate) content: Result<Content, Failure>,
    pub(crate) links: Vec<LinkMatch>,
}

/// The number of files that are read before the first of them is checked. Those without a link need no memory.
pub(crate) const BATCH: usize = 256;

/// Reads a file, and finds its links. The text of a file that is not named is kept only if it has one.
pub(crate) fn scan(path: &Path, is_named: bool) -> Scan {
    let mut scan = Scan { content: read(path), links: Vec::new() };
    if let Ok(Content::Text(text, _)) = &mut scan.content {
        scan.links = links(text);
        if scan.links.is_empty() && !is_named {
            *text = String::new();
        }
    }
    scan
}

/// Scans files, each with whether it was named. The scans are in the same order.
pub(crate) fn scan_all(files: &[(&Path, bool)]) -> Vec<Scan> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut scans = Vec::new();
        while let Some((index, (path, is_named))) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            files.get(index).map(|file| (index, file))
        } {
            scans.push((index, scan(path, *is_named)));
        }
        scans
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get).min(files.len());
    let mut scans = thread::scope(|scope| {
        // A thread that cannot be started leaves its work to the others.
        let spawn = |_| thread::Builder::new().spawn_scoped(scope, work).ok();
        let others: Vec<_> = (1..processors).filter_map(spawn).collect();
        let mut scans = work();
        for other in others {
            match other.join() {
                Ok(more) => scans.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        scans
    });
    scans.sort_unstable_by_key(|(index, _)| *index);
    scans.into_iter().map(|(_, scan)| scan).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_scanned_in_order_and_keep_their_text_if_they_have_a_link_or_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut paths = Vec::new();
        for index in 0..60 {
            let path = folder.path().join(index.to_string());
            let link = if index % 3 == 0 { "https://auth.truelayer.com/?client_id=a" } else { "" };
            std::fs::write(&path, format!("{index} {link}")).unwrap();
            paths.push(path);
        }
        paths.push(folder.path().join("missing"));
        let files: Vec<_> = paths.iter().enumerate().map(|(index, path)| (path.as_path(), index % 2 == 0)).collect();
        let scans = scan_all(&files);
        assert_eq!(scans.len(), files.len());
        for (index, scan) in scans.iter().enumerate().take(60) {
            let Ok(Content::Text(text, _)) = &scan.content else { panic!("{index}") };
            let is_kept = index % 3 == 0 || index % 2 == 0;
            assert_eq!(text.split(' ').next(), Some(if is_kept { index.to_string() } else { String::new() }.as_str()));
            assert_eq!(scan.links.len(), usize::from(index % 3 == 0));
        }
        assert!(scans[60].content.is_err());
    }
}
