//! The files of each crate import each other in one direction: no two files import each other, and no ring of files does.
//!
//! The check reads `use` declarations and inline paths (`crate::…`, `self::…`, `super::…`, and a child module's name), and follows
//! re-exports to the file that defines an item. Modules that only tests compile are left out.
//! `cargo test --test imports -- --nocapture` prints the floors of each crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The source folders of the crates.
const CRATES: [&str; 10] = [
    "auth-link-rules/src",
    "auth-link-macros/src",
    "auth-link-runtime/src",
    "auth-link-cli/src",
    "demo/src",
    "integrations/axum/src",
    "integrations/mock/src",
    "integrations/reqwest/src",
    "integrations/store/src",
    "integrations/ureq/src",
];

/// The files that list the modules of a test program. The modules are the other files of the folder.
const TEST_MODULES: [&str; 5] = [
    "tests/library/main.rs",
    "tests/ui/pass/mod.rs",
    "auth-link-cli/tests/command_line/main.rs",
    "integrations/mock/tests/mock_server/main.rs",
    "integrations/store/tests/stored_connections/main.rs",
];

/// The floors of `auth-link-rules`, lowest first: a module imports only modules of its own floor and below.
const FLOORS_OF_RULES: [&[&str]; 10] = [
    &["text", "stack_text"],
    &["vocabulary"],
    &["uri", "reference"],
    &["draft", "suggestion"],
    &["diagnostic"],
    &["view", "parse_url"],
    &["rules", "write", "edit"],
    &["splice"],
    &["check", "catalogue_file"],
    &[""],
];

/// Each file of a crate with the files that it imports, by module path: `vocabulary::provider`; the root has the empty path.
type Imports = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_ring_of_files_imports_each_other() {
    for folder in CRATES {
        let krate = Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        let imports = krate.imports();
        println!("{folder}");
        let floors =
            floors(&imports).unwrap_or_else(|ring| panic!("{folder}: these files import each other: {ring:?}"));
        for (floor, modules) in floors.iter().enumerate() {
            let names = modules.iter().map(|module| if module.is_empty() { "(root)" } else { module });
            println!("  {:2}  {}", floor + 1, names.collect::<Vec<_>>().join(", "));
        }
    }
}

#[test]
fn no_module_of_rules_imports_a_higher_floor() {
    let krate = Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("auth-link-rules/src"));
    assert_eq!(upward(&krate.imports()), [""; 0]);
}

#[test]
fn each_file_of_a_test_program_is_one_of_its_modules() {
    for file in TEST_MODULES {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let list = fs::read_to_string(&file).unwrap();
        for entry in fs::read_dir(file.parent().unwrap()).unwrap() {
            let other = entry.unwrap().path();
            let module = format!("mod {};", other.file_stem().unwrap().to_str().unwrap());
            assert!(
                other == file || list.lines().any(|line| line.trim_start_matches("pub ") == module),
                "{} has no `{module}`",
                file.display()
            );
        }
    }
}

#[test]
fn the_fuzz_target_of_calls_has_each_file_that_its_files_of_the_macro_import() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = fs::read_to_string(root.join("tests/extended/fuzz/fuzz_targets/call.rs")).unwrap();
    let imports = Crate::read(&root.join("auth-link-macros/src")).imports();
    let is_listed = |module: &str| target.lines().any(|line| line == format!("mod {module};"));
    for module in imports.keys().filter(|module| is_listed(module)) {
        for imported in &imports[module] {
            // The feature `catalogue` is off in the target.
            assert!(is_listed(imported) || imported == "catalogue", "{module} imports {imported}");
        }
    }
}

/// The imports that point to a higher floor, and those of a rule by another module than `check` and `splice`.
fn upward(imports: &Imports) -> Vec<String> {
    let floor = |module: &str| {
        let first = module.split("::").next().unwrap();
        FLOORS_OF_RULES.iter().position(|floor| floor.contains(&first)).unwrap_or_else(|| panic!("{module}: no floor"))
    };
    let is_rule = |module: &str| module == "rules" || module.starts_with("rules::");
    let mut upward = Vec::new();
    for (module, imported) in imports {
        for other in imported {
            let may_know_rules = is_rule(module) || matches!(module.as_str(), "check" | "splice");
            if floor(other) > floor(module) || (is_rule(other) && !may_know_rules) {
                upward.push(format!("{module} imports {other}"));
            }
        }
    }
    upward
}

/// The floors of a crate, lowest first: each file imports only files of lower floors.
///
/// # Errors
///
/// Returns the files of the rings, if there are any.
fn floors(imports: &Imports) -> Result<Vec<Vec<String>>, Vec<String>> {
    let (mut floors, mut built) = (Vec::new(), BTreeSet::new());
    while built.len() < imports.len() {
        let is_next = |module: &&String| !built.contains(*module) && imports[*module].is_subset(&built);
        let next: Vec<String> = imports.keys().filter(is_next).cloned().collect();
        if next.is_empty() {
            return Err(ring(imports, &built));
        }
        built.extend(next.iter().cloned());
        floors.push(next);
    }
    Ok(floors)
}

/// The files of rings: those that neither stand below nor above one.
fn ring(imports: &Imports, below: &BTreeSet<String>) -> Vec<String> {
    let mut left: BTreeSet<&String> = imports.keys().filter(|module| !below.contains(*module)).collect();
    loop {
        let before = left.len();
        let imported = |module: &String| left.iter().any(|other| imports[*other].contains(module));
        left = left.iter().copied().filter(|module| imported(module)).collect();
        if left.len() == before {
            return left.into_iter().cloned().collect();
        }
    }
}

/// The files of a crate, by module path.
struct Crate {
    files: BTreeMap<String, File>,
}

/// One file: the paths that it names, and its re-exports.
#[derive(Default)]
struct File {
    paths: Vec<Vec<String>>,
    /// The name and the path of each item that a `use` with a visibility re-exports.
    exports: Vec<(String, Vec<String>)>,
}

impl Crate {
    fn read(folder: &Path) -> Self {
        let mut texts = Vec::new();
        read_folder(folder, "", &mut texts);
        Self::of(&texts)
    }

    fn of(texts: &[(String, String)]) -> Self {
        let mut test_modules = BTreeSet::new();
        let mut files = BTreeMap::new();
        for (module, text) in texts {
            let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{module}: {error}"));
            let mut file = File::default();
            let mut reader = Reader { module, file: &mut file, test_modules: &mut test_modules };
            reader.read(&tokens.into_iter().collect::<Vec<_>>());
            files.insert(module.clone(), file);
        }
        files.retain(|module, _| {
            !test_modules.iter().any(|test| module == test || module.starts_with(&format!("{test}::")))
        });
        Self { files }
    }

    fn imports(&self) -> Imports {
        let mut imports = Imports::new();
        for (module, file) in &self.files {
            let paths = file.paths.iter().chain(file.exports.iter().map(|(_, path)| path));
            let mut targets: BTreeSet<String> = paths.filter_map(|path| self.resolve(module, path, 0)).collect();
            targets.remove(module);
            imports.insert(module.clone(), targets);
        }
        imports
    }

    /// The file that defines the item at `path`, as `module` names it; `None` for a path out of the crate.
    fn resolve(&self, module: &str, path: &[String], depth: usize) -> Option<String> {
        assert!(depth < 20, "{module}: re-exports without end at {path:?}");
        let mut at: Vec<&str> = module.split("::").filter(|part| !part.is_empty()).collect();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => {
                at.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|part| part == "super") {
                    at.pop();
                    rest = &rest[1..];
                }
            }
            child => {
                at.push(child);
                if !self.files.contains_key(&at.join("::")) {
                    return None;
                }
                rest = &rest[1..];
            }
        }
        while let Some(part) = rest.first() {
            at.push(part);
            if !self.files.contains_key(&at.join("::")) {
                at.pop();
                break;
            }
            rest = &rest[1..];
        }
        let found = at.join("::");
        let file = self.files.get(&found)?;
        if let Some(item) = rest.first()
            && let Some((_, target)) = file.exports.iter().find(|(name, _)| name == item)
            && found != module
        {
            return self.resolve(&found, target, depth + 1).or(Some(found));
        }
        // Nothing is imported by naming an ancestor's re-export of the file's own item.
        Some(found)
    }
}

fn read_folder(folder: &Path, prefix: &str, texts: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let module = if prefix.is_empty() { name.clone() } else { format!("{prefix}::{name}") };
        if path.is_dir() {
            read_folder(&path, &module, texts);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let module = match name.as_str() {
                "mod" => prefix.to_owned(),
                // A program over a library of the same crate imports it by the crate's name.
                "main" if prefix.is_empty() && folder.join("lib.rs").exists() => continue,
                "lib" | "main" if prefix.is_empty() => String::new(),
                _ => module,
            };
            texts.push((module, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Reads the paths of one file.
struct Reader<'r> {
    module: &'r str,
    file: &'r mut File,
    test_modules: &'r mut BTreeSet<String>,
}

impl Reader<'_> {
    fn read(&mut self, tokens: &[TokenTree]) {
        let mut at = 0;
        while at < tokens.len() {
            if let Some(length) = self.test_item(&tokens[at..]) {
                at += length;
            } else if is_word(&tokens[at], "use") {
                let is_export = at > 0 && (is_word(&tokens[at - 1], "pub") || is_visibility(tokens, at));
                at += 1 + self.use_tree(&tokens[at + 1..], &[], is_export);
            } else if let Some((path, length)) = path(tokens, at) {
                self.file.paths.push(path);
                at += length;
            } else {
                if let TokenTree::Group(group) = &tokens[at] {
                    self.read(&group.stream().into_iter().collect::<Vec<_>>());
                }
                at += 1;
            }
        }
    }

    /// Skips `#[cfg(test)] mod …`, `#[cfg(all(test, …))] mod …` and `#[test] fn …`.
    fn test_item(&mut self, tokens: &[TokenTree]) -> Option<usize> {
        let [TokenTree::Punct(hash), TokenTree::Group(attribute), rest @ ..] = tokens else { return None };
        let text = attribute.stream().to_string().replace(' ', "");
        if hash.as_char() != '#'
            || !(text.starts_with("cfg(test)") || text.starts_with("cfg(all(test,") || text == "test")
        {
            return None;
        }
        let end = rest.iter().position(|token| {
            matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace) || is_punct(token, ';')
        })?;
        if let [TokenTree::Ident(keyword), TokenTree::Ident(name), ..] = &rest[end.saturating_sub(2)..]
            && keyword == "mod"
        {
            let prefix = if self.module.is_empty() { String::new() } else { format!("{}::", self.module) };
            self.test_modules.insert(format!("{prefix}{name}"));
        }
        Some(2 + end + 1)
    }

    /// Reads the tree after `use`, and returns its length.
    fn use_tree(&mut self, tokens: &[TokenTree], before: &[String], is_export: bool) -> usize {
        let mut path = before.to_vec();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Ident(word) if word == "as" => {
                    let name = tokens[at + 1].to_string();
                    self.add_use(path, Some(name), is_export);
                    return at + 2;
                }
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(punct) if punct.as_char() == ':' => {}
                TokenTree::Punct(punct) if punct.as_char() == '*' => {
                    self.add_use(path, Some("*".to_owned()), is_export);
                    return at + 1;
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    let mut from = 0;
                    while from < inner.len() {
                        from += self.use_tree(&inner[from..], &path, is_export).max(1);
                        from += usize::from(inner.get(from).is_some_and(|token| is_punct(token, ',')));
                    }
                    return at + 1;
                }
                _ => break,
            }
            at += 1;
        }
        self.add_use(path, None, is_export);
        at
    }

    fn add_use(&mut self, mut path: Vec<String>, name: Option<String>, is_export: bool) {
        if path.last().is_some_and(|part| part == "self") && path.len() > 1 {
            path.pop();
        }
        let Some(last) = path.last().cloned() else { return };
        if is_export {
            self.file.exports.push((name.unwrap_or(last), path));
        } else {
            self.file.paths.push(path);
        }
    }
}

/// The path that starts at `at`, and its length in tokens.
fn path(tokens: &[TokenTree], at: usize) -> Option<(Vec<String>, usize)> {
    let TokenTree::Ident(_) = tokens[at] else { return None };
    // `other::crate` is no start, nor is a method or `$crate`.
    let is_start = at == 0
        || !(is_punct(&tokens[at - 1], ':') || is_punct(&tokens[at - 1], '.') || is_punct(&tokens[at - 1], '$'));
    let mut path = vec![tokens[at].to_string()];
    let mut end = at + 1;
    while let [TokenTree::Punct(first), TokenTree::Punct(second), TokenTree::Ident(word), ..] = &tokens[end..]
        && first.as_char() == ':'
        && second.as_char() == ':'
    {
        path.push(word.to_string());
        end += 3;
    }
    (is_start && path.len() > 1).then_some((path, end - at))
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// Whether `pub(…)` stands before the token.
fn is_visibility(tokens: &[TokenTree], at: usize) -> bool {
    at > 1 && matches!(&tokens[at - 1], TokenTree::Group(_)) && is_word(&tokens[at - 2], "pub")
}

fn crate_of(texts: &[(&str, &str)]) -> Crate {
    let owned = texts.iter().map(|(module, text)| ((*module).to_owned(), (*text).to_owned()));
    Crate::of(&owned.collect::<Vec<_>>())
}

#[test]
fn a_ring_is_found_in_every_form_of_an_import() {
    for back in [
        "use crate::a::A;",
        "use super::a::A;",
        "use crate::{c::C, a::{self, A}};",
        "fn f() -> crate::a::A { todo!() }",
        "fn f() { super::a::A::new() }",
        "use crate::a::*;",
        // By the root's re-export.
        "use crate::A;",
        "use super::A as Other;",
    ] {
        let krate =
            crate_of(&[("", "mod a; mod b; mod c; pub use a::A;"), ("a", "use crate::b::B;"), ("b", back), ("c", "")]);
        assert_eq!(floors(&krate.imports()), Err(vec!["a".to_owned(), "b".to_owned()]), "{back}");
    }
}

#[test]
fn an_import_in_one_direction_is_no_ring() {
    let krate = crate_of(&[
        ("", "mod a; mod b; #[cfg(test)] mod tests; pub use a::A; fn main() { b::run() }"),
        ("a", "pub struct A; #[cfg(test)] mod tests { use crate::b::run; }"),
        ("b", "use std::fmt; use crate::A; // use crate::tests::x"),
        ("tests", "use crate::{a, b};"),
    ]);
    assert_eq!(floors(&krate.imports()), Ok(vec![vec!["a".to_owned()], vec!["b".to_owned()], vec![String::new()]]));
}

#[test]
fn a_child_that_imports_an_item_of_its_parent_is_a_ring() {
    let krate =
        crate_of(&[("", "mod a;"), ("a", "mod b; pub use self::b::B; pub struct A;"), ("a::b", "use super::A;")]);
    assert_eq!(floors(&krate.imports()), Err(vec!["a".to_owned(), "a::b".to_owned()]));
}

#[test]
fn an_import_of_a_higher_floor_is_found() {
    let krate = crate_of(&[
        ("", "mod check; mod draft; mod rules; mod view; mod vocabulary; mod write;"),
        ("vocabulary", "pub mod scope;"),
        ("vocabulary::scope", "use crate::draft::Draft;"),
        ("draft", ""),
        ("view", "use crate::draft::Draft;"),
        ("rules", "use crate::view::DraftView;"),
        ("write", "use crate::rules;"),
        ("check", "use crate::{rules, write};"),
    ]);
    assert_eq!(upward(&krate.imports()), ["vocabulary::scope imports draft", "write imports rules"]);
}
