//! Checks that every test that SECURITY.md names exists.

use std::fs;
use std::path::Path;

/// Appends every Rust file of the repository to `text`.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            let is_source = !["target", "node_modules"].contains(&name) && !name.starts_with('.');
            if is_source {
                sources(&path, text);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_test_that_security_md_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = String::new();
    sources(root, &mut tests);
    let tests: Vec<_> =
        tests.split("#[test]").skip(1).filter_map(|after| after.split_once("fn ")?.1.split('(').next()).collect();
    let table = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| threat"));
    let mut count = 0;
    for row in rows {
        let last_column = row.trim_end_matches('|').rsplit('|').next().unwrap();
        let names: Vec<_> = last_column.split('`').skip(1).step_by(2).collect();
        for name in &names {
            let is_case = root.join("tests/ui").join(format!("{name}.rs")).exists();
            assert!(tests.contains(name) || is_case, "`{name}` is not a test");
        }
        assert!(!names.is_empty() || row.contains("`deny.toml`"), "no test in the row {row}");
        count += names.len();
    }
    assert!(count >= 30, "only {count} tests are named");
}
