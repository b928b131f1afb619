//! A PostgreSQL cluster of its own, on a loopback port.

#[path = "../../../../auth-link-cli/tests/command_line/free_port.rs"]
mod free_port;

use std::fs::{self, File};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::folder::Folder;

/// A cluster. It ends when this is dropped, and after ten minutes at the latest.
pub struct Postgres {
    process: Option<Child>,
    folder: Folder,
    port: u16,
}

impl Postgres {
    /// Creates a cluster, and waits until it is ready.
    #[must_use]
    pub fn start() -> Self {
        let mut postgres = Self { process: None, folder: Folder::new(), port: free_port::free_port() };
        if is_root() {
            let chown = Command::new("chown").arg("postgres").arg(postgres.folder.path()).status();
            assert!(chown.expect("chown runs").success());
        }
        let data = postgres.data();
        let initdb = postgres.command("initdb").arg("-D").arg(data).args(["-A", "trust", "-U", "test", "-N"]).output();
        let initdb = initdb.expect("initdb runs");
        assert!(initdb.status.success(), "{}", String::from_utf8_lossy(&initdb.stderr));
        postgres.restart();
        postgres
    }

    /// Returns the URL of the database.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://test@127.0.0.1:{}/postgres", self.port)
    }

    /// Stops the server at once, as a crash does.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            // `timeout` hands the signal on, which ends the server and all of its connections.
            let _ = Command::new("kill").args(["-QUIT", &process.id().to_string()]).status();
            let _ = process.wait();
        }
    }

    /// Starts the server again with its data, and waits until it is ready.
    pub fn restart(&mut self) {
        let (data, port) = (self.data(), self.port.to_string());
        let mut command = self.command("postgres");
        command.arg("-D").arg(&data).args(["-h", "127.0.0.1", "-p", &port, "-k"]).arg(self.folder.path());
        let log = self.folder.path().join("log");
        let stderr = File::create(&log).expect("a file");
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(stderr).spawn();
        let process = self.process.insert(process.expect("postgres runs"));
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            // The connection costs less than a process.
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() && is_ready(&port) {
                return;
            }
            let is_starting = matches!(process.try_wait(), Ok(None)) && Instant::now() < end;
            assert!(is_starting, "PostgreSQL does not start: {}", fs::read_to_string(&log).unwrap_or_default());
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Returns a command as an ordinary user, since PostgreSQL refuses root.
    fn command(&self, program: &str) -> Command {
        let program = bin().join(program);
        let mut command = Command::new(if is_root() { "setpriv" } else { "timeout" });
        if is_root() {
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "timeout"]);
        }
        command.args(["--signal=QUIT", "600"]).arg(program).current_dir(self.folder.path());
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Returns whether a server accepts sessions at the port.
fn is_ready(port: &str) -> bool {
    let ready = Command::new(bin().join("pg_isready")).args(["-q", "-h", "127.0.0.1", "-p", port]).status();
    ready.is_ok_and(|status| status.success())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// Returns the folder of PostgreSQL's programs: the newest of Debian's.
fn bin() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let newest = versions.flatten().filter_map(|version| version.file_name().to_str()?.parse::<u32>().ok()).max();
    PathBuf::from(format!("/usr/lib/postgresql/{}/bin", newest.expect("a version")))
}
