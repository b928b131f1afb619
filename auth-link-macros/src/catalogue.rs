//! Reads the application's own copy of TrueLayer's response to `/api/providers`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{env, fs};

use auth_link_rules::Catalogue;
use serde_json::Value;

/// The files that were read, with their times of modification. Several links may name one file.
type Cache = HashMap<PathBuf, (Option<SystemTime>, Result<Arc<Catalogue>, String>)>;

/// Reads the file at `path`, relative to the package's folder; returns its absolute path too.
///
/// # Errors
///
/// Returns a message if the file:
///
/// - cannot be read, or
/// - is not a list of providers in JSON, each with its `provider_id`, or
/// - has a path that is not UTF-8.
pub(crate) fn read(path: &str) -> Result<(Arc<Catalogue>, String), String> {
    static CACHE: Mutex<Option<Cache>> = Mutex::new(None);
    let folder = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    // The expansion names the file, and the compiler reads a relative path from the folder of the source file.
    let path = std::path::absolute(Path::new(&folder).join(path)).map_err(|error| format!("has no path: {error}"))?;
    let modified = fs::metadata(&path).and_then(|data| data.modified()).ok();
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    let files = cache.get_or_insert_default();
    let catalogue = match files.get(&path) {
        Some((time, catalogue)) if modified.is_some() && *time == modified => catalogue.clone(),
        _ => {
            let catalogue = parse_file(&path).map(Arc::new);
            files.insert(path.clone(), (modified, catalogue.clone()));
            catalogue
        }
    };
    let absolute = path.to_str().ok_or("its path is not UTF-8")?.to_owned();
    Ok((catalogue?, absolute))
}

fn parse_file(path: &Path) -> Result<Catalogue, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"))?;
    parse(&text)
}

/// Parses the response.
fn parse(text: &str) -> Result<Catalogue, String> {
    let response: Value = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    let providers = response.as_array().ok_or("is not a list of providers")?;
    let listed = providers.iter().enumerate().map(|(index, provider)| {
        let id = provider.get("provider_id").and_then(Value::as_str);
        let id = id.ok_or_else(|| format!("has no `provider_id` in its item {}", index + 1))?;
        Ok((id.to_owned(), scopes(provider.get("scopes"))))
    });
    Ok(Catalogue { providers: listed.collect::<Result<_, String>>()? })
}

/// Reads scopes: a list, as TrueLayer sends them, or text with spaces, as its specification has them.
fn scopes(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(scopes)) => scopes.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(scopes)) => scopes.split_whitespace().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_read_with_its_scopes() {
        let text = r#"[{"provider_id": "ob-monzo", "scopes": ["info", "accounts"], "steps": []}, {"provider_id": "mock", "scopes": "info cards"}]"#;
        let scopes = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            parse(text).unwrap().providers,
            [("ob-monzo".to_owned(), scopes(&["info", "accounts"])), ("mock".to_owned(), scopes(&["info", "cards"]))]
        );
        assert!(parse("[]").unwrap().providers.is_empty());
    }

    #[test]
    fn an_invalid_response_is_an_error() {
        for (text, expected) in [
            ("", "is not JSON: EOF while parsing a value at line 1 column 0"),
            ("{}", "is not a list of providers"),
            (r#"[{"provider_id": "mock"}, {"id": "x"}]"#, "has no `provider_id` in its item 2"),
            ("[1]", "has no `provider_id` in its item 1"),
        ] {
            assert_eq!(parse(text).unwrap_err(), expected, "{text}");
        }
    }

    #[test]
    fn a_file_is_read_from_the_package_folder_and_read_again_after_a_change() {
        assert!(read("no/such/file.json").unwrap_err().starts_with("cannot be read: "));
        let path = env::temp_dir().join(format!("auth-link-{}.json", std::process::id()));
        let path = path.to_str().unwrap();
        fs::write(path, "[]").unwrap();
        let (first, absolute) = read(path).unwrap();
        assert_eq!((first.providers.len(), absolute.as_str()), (0, path), "an absolute path is unchanged");
        fs::write(path, r#"[{"provider_id": "mock"}]"#).unwrap();
        fs::File::open(path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(read(path).unwrap().0.providers.len(), 1);
        assert!(Arc::ptr_eq(&read(path).unwrap().0, &read(path).unwrap().0), "read once");
        fs::remove_file(path).unwrap();
        assert!(read(path).is_err());
        assert!(read("Cargo.toml").unwrap_err().starts_with("is not JSON"), "of this package");
    }
}
