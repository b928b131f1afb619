//! Reads the application's own copy of TrueLayer's `/api/providers` answer.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{env, fs};

use auth_link_rules::Catalogue;

/// A file as it was when it was read: another link may name it too.
type Cache = HashMap<PathBuf, (Option<SystemTime>, Result<Arc<Catalogue>, String>)>;

/// The file at `path`, from the package's folder, and where that is.
///
/// # Errors
///
/// What is wrong with it, in words.
pub(crate) fn read(path: &str) -> Result<(Arc<Catalogue>, String), String> {
    static CACHE: Mutex<Option<Cache>> = Mutex::new(None);
    let folder = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let path = Path::new(&folder).join(path);
    let modified = fs::metadata(&path).and_then(|data| data.modified()).ok();
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    let files = cache.get_or_insert_default();
    let catalogue = match files.get(&path) {
        Some((then, catalogue)) if modified.is_some() && *then == modified => catalogue.clone(),
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
    fn a_file_is_read_from_the_packages_folder_and_again_once_it_changes() {
        assert!(read("no/such/file.json").unwrap_err().starts_with("cannot be read: "));
        let path = env::temp_dir().join(format!("auth-link-{}.json", std::process::id()));
        let path = path.to_str().unwrap();
        fs::write(path, "[]").unwrap();
        let (first, absolute) = read(path).unwrap();
        assert_eq!((first.providers.len(), absolute.as_str()), (0, path), "an absolute path stays as it is");
        fs::write(path, r#"[{"provider_id": "mock"}]"#).unwrap();
        fs::File::open(path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(read(path).unwrap().0.providers.len(), 1);
        assert!(Arc::ptr_eq(&read(path).unwrap().0, &read(path).unwrap().0), "read once");
        fs::remove_file(path).unwrap();
        assert!(read(path).is_err());
        assert!(read("Cargo.toml").unwrap_err().starts_with("is not JSON"), "of this package");
    }
}
