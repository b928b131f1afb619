//! Reads the application's own copy of TrueLayer's response to `/api/providers`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{env, fs};

use auth_link_rules::Catalogue;

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
    Catalogue::from_json(&text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

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
