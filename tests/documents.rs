//! The links of all Markdown files: each relative link names a file, and each anchor a heading. Links to the pages of this library on
//! docs.rs that come from `docs/` are checked too; nothing is fetched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The address of this library on docs.rs. Its pages `…/index.html` are made from the files of `docs/`.
const PAGES: &str = "https://docs.rs/auth-link/latest/auth_link/";

/// Folders that contain no documents: outputs of builds, and the recorded output of commands.
const SKIPPED: [&str; 6] = [".git", "node_modules", "target", "cmd", "artifacts", "corpus"];

#[test]
fn each_link_of_each_document_leads_to_a_file_and_a_heading() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = BTreeMap::new();
    read_folder(root, root, &mut documents);
    assert!(documents.contains_key("README.md") && documents.contains_key("docs/rules.md"), "{:?}", documents.keys());
    let exists = |path: &str| root.join(path).exists();
    assert_eq!(broken(&documents, &exists), [""; 0]);
}

#[test]
fn a_link_without_a_file_a_heading_or_a_definition_is_reported() {
    let documents = BTreeMap::from([
        (
            "a.md".to_owned(),
            "# The `first_part`, of 2\n\
             [ok](b.md#b) [ok](#the-first_part-of-2) [ok](docs/c.md) [ok][d] [ok](https://a.example/#x) [ok](crate::x)\n\
             [missing file](x.md) [missing heading](#first) [missing heading](b.md#c) [undefined][e]\n\
             `[code](y.md)`\n```text\n[code](y.md)\n```\n\n[d]: b.md\n[f]: z.md\n"
                .to_owned(),
        ),
        ("b.md".to_owned(), "# B\n## B\n[ok](#b-1) [missing heading](#b-2)\n".to_owned()),
        ("docs/c.md".to_owned(), "[ok](../a.md#the-first_part-of-2) [outside](../../a.md)\n".to_owned()),
        ("docs/guide.md".to_owned(), "# Tokens\n".to_owned()),
        (
            "e.md".to_owned(),
            format!(
                "[ok]({PAGES}guide/index.html#tokens) [item]({PAGES}client/enum.Recovery.html)\n\
                 [missing heading]({PAGES}guide/index.html#token) [missing page]({PAGES}guides/index.html)\n"
            ),
        ),
    ]);
    let exists = |path: &str| documents.contains_key(path);
    assert_eq!(
        broken(&documents, &exists),
        [
            "a.md: no file `x.md`",
            "a.md: no heading `#first`",
            "a.md: no heading `b.md#c`",
            "a.md: no file `z.md`",
            "a.md: no definition `[e]`",
            "b.md: no heading `#b-2`",
            "docs/c.md: no file `../../a.md`",
            &format!("e.md: no heading `{PAGES}guide/index.html#token`"),
            &format!("e.md: no page `{PAGES}guides/index.html`"),
        ]
    );
}

#[test]
fn a_block_that_names_a_test_is_the_text_of_that_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/testing.md")).unwrap();
    let blocks: Vec<_> = page.split("<!-- test: ").skip(1).collect();
    assert_eq!(blocks.len(), 1);
    for block in blocks {
        let (file, block) = block.split_once(" -->\n").unwrap();
        let (_, text) = block.split_once('\n').unwrap();
        let (text, _) = text.split_once("```").unwrap();
        assert!(fs::read_to_string(root.join(file)).unwrap().ends_with(text), "this is not in {file}:\n{text}");
    }
}

/// Reads the Markdown files below a folder, by their paths from the root.
fn read_folder(root: &Path, folder: &Path, documents: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && !SKIPPED.contains(&name) && !path.join("CACHEDIR.TAG").exists() {
            read_folder(root, &path, documents);
        } else if path.is_file() && path.extension().is_some_and(|extension| extension == "md") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            documents.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// Returns a line for each broken link. `exists` tells whether the repository has a file or folder.
fn broken(documents: &BTreeMap<String, String>, exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut lines = Vec::new();
    for (document, text) in documents {
        let text = without_code(text);
        let (targets, uses, definitions) = links(&text);
        for target in targets {
            if let Some(reason) = reason(documents, exists, document, target) {
                lines.push(format!("{document}: no {reason} `{target}`"));
            }
        }
        let undefined = uses.into_iter().filter(|name| !definitions.contains(name) && !name.contains("::"));
        lines.extend(undefined.map(|name| format!("{document}: no definition `[{name}]`")));
    }
    lines
}

/// Returns what a link lacks, if it leads nowhere.
fn reason(
    documents: &BTreeMap<String, String>,
    exists: &dyn Fn(&str) -> bool,
    document: &str,
    target: &str,
) -> Option<&'static str> {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let page = path.strip_prefix(PAGES).and_then(|page| page.strip_suffix("/index.html"));
    let path = if let Some(page) = page.map(|page| format!("docs/{page}.md")) {
        if !exists(&page) {
            return Some("page");
        }
        page
    } else if ["http:", "https:", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) || target.contains("::") {
        // Items are links of rustdoc, which checks them.
        return None;
    } else if path.is_empty() {
        document.to_owned()
    } else {
        match resolve(document, path) {
            Some(path) if exists(&path) => path,
            _ => return Some("file"),
        }
    };
    let has_heading = |anchor: &str| documents.get(&path).is_some_and(|text| anchors(text).contains(anchor));
    anchor.filter(|anchor| !has_heading(anchor)).map(|_| "heading")
}

/// Returns the path from the root; `None` if it leads out of the repository.
fn resolve(document: &str, path: &str) -> Option<String> {
    let mut resolved = PathBuf::new();
    for component in Path::new(document).parent().unwrap().join(path).components() {
        match component {
            Component::ParentDir if !resolved.pop() => return None,
            Component::ParentDir | Component::CurDir => {}
            component => resolved.push(component),
        }
    }
    Some(resolved.to_str().unwrap().to_owned())
}

/// Returns the text without blocks of code, and without code that is no text of a link.
fn without_code(text: &str) -> String {
    let mut kept = String::new();
    let mut is_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            // Every second part is code.
            for (index, part) in line.split('`').enumerate() {
                kept.push_str(if index % 2 == 0 || !part.contains("](") { part } else { "" });
            }
            kept.push('\n');
        }
    }
    kept
}

/// Returns the targets of links and of definitions, the names that links use, and those that are defined.
fn links(text: &str) -> (Vec<&str>, Vec<&str>, BTreeSet<&str>) {
    let until = |text: &'_ str, end| text.find(end).unwrap_or(0);
    let mut targets: Vec<_> = text.split("](").skip(1).map(|rest| &rest[..until(rest, ')')]).collect();
    let mut definitions = BTreeSet::new();
    for (name, target) in text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")) {
        definitions.insert(name);
        targets.push(target.split(' ').next().unwrap());
    }
    let uses = text.split("][").skip(1).map(|rest| &rest[..until(rest, ']')]).collect();
    (targets, uses, definitions)
}

/// Returns the anchors of the headings: lowercase letters, digits, `-` and `_`, and a number for a repeated heading.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut is_code = false;
    for line in text.lines() {
        is_code ^= line.trim_start().starts_with("```");
        let Some(heading) = line.strip_prefix('#').filter(|_| !is_code) else { continue };
        let heading = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        let anchor: String = heading.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
        let repeated = (1..).map(|number| format!("{anchor}-{number}"));
        let mut free = std::iter::once(anchor.clone()).chain(repeated).filter(|name| !anchors.contains(name));
        let free = free.next().unwrap();
        anchors.insert(free);
    }
    anchors
}
