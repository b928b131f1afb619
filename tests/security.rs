//! Checks SECURITY.md: each threat names at least one test, and each named test exists.

use std::fs;
use std::path::Path;

/// Appends the text of every Rust file below `folder`.
fn read_sources(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            let is_ours = !["target", "node_modules"].contains(&name) && !name.starts_with('.');
            if is_ours {
                read_sources(&path, sources);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn each_threat_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    read_sources(root, &mut sources);
    let tests: Vec<_> =
        sources.split("#[test]").skip(1).filter_map(|after| after.split_once("fn ")?.1.split('(').next()).collect();
    let page = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let threats: Vec<_> = page.split("\n### ").skip(1).collect();
    assert!(threats.len() >= 14, "only {} threats are described", threats.len());
    let mut count = 0;
    for threat in threats {
        let heading = threat.lines().next().unwrap();
        assert!(threat.contains("\n- **Defence:** "), "no defence against: {heading}");
        // The last paragraph of a section, and nothing else in it.
        let last = threat.trim_end().rsplit("\n\n").next().unwrap();
        if last == "Configuration: `deny.toml`" {
            assert!(root.join("deny.toml").exists(), "`deny.toml` does not exist");
            continue;
        }
        let names = last.strip_prefix("Tests: ").unwrap_or_else(|| panic!("no tests of: {heading}"));
        for name in names.split(',').map(str::trim) {
            let name = name.strip_prefix('`').and_then(|name| name.strip_suffix('`'));
            let name = name.unwrap_or_else(|| panic!("expected names in backticks: {last}"));
            let is_case = root.join("tests/ui").join(format!("{name}.rs")).exists();
            assert!(tests.contains(&name) || is_case, "`{name}` is not a test");
            count += 1;
        }
    }
    assert!(count >= 30, "only {count} tests are named");
}
