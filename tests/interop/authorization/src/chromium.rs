//! Chromium without a window and with an empty profile.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A Chromium that opened one address. All its processes end when this is dropped.
pub struct Chromium {
    process: Child,
    folder: PathBuf,
}

impl Chromium {
    /// Opens an address with an empty profile. `switches` are added to the command line.
    #[must_use]
    pub fn open(address: &str, switches: &[&str]) -> Self {
        static OPENED: AtomicU32 = AtomicU32::new(0);
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("authorization-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let log = File::create(folder.join("log")).expect("a file");
        let process = Command::new("timeout")
            // `timeout` ends Chromium if the test's process dies.
            .args(["--signal=KILL", "120", "chromium"])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", "--no-first-run"])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-breakpad",
                "--no-proxy-server",
            ])
            // Only this machine is reachable.
            .arg("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1")
            .arg(format!("--user-data-dir={}", folder.join("profile").display()))
            .args(switches)
            .arg(address)
            .env("TMPDIR", &folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .process_group(0)
            .spawn()
            .expect("timeout runs");
        Self { process, folder }
    }

    /// Returns Chromium's log.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The whole process group: otherwise the children would go on running.
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
