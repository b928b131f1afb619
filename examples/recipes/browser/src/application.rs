//! A recipe as a process, with a mock server.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use auth_link_mock::MockTrueLayer;

/// A running recipe. It ends when it is dropped.
#[derive(Debug)]
pub struct Application {
    /// The mock server that it connects to.
    pub mock: MockTrueLayer,
    /// The origin of the application, such as `http://localhost:3101`.
    pub origin: String,
    process: Child,
    folder: PathBuf,
}

impl Application {
    /// Starts the program of a recipe for a redirect URI, and waits until it listens.
    #[must_use]
    pub fn start(program: &str, redirect_uri: &str) -> Self {
        let mut application = Self::spawn(program, redirect_uri, Stdio::null());
        let address = application.origin.trim_start_matches("http://").replace("localhost", "127.0.0.1");
        for _ in 0..200 {
            if TcpStream::connect(&address).is_ok() {
                return application;
            }
            if let Some(status) = application.process.try_wait().unwrap() {
                panic!("the application ended: {status}");
            }
            sleep(Duration::from_millis(50));
        }
        panic!("the application does not listen at {address}");
    }

    /// Starts the program of a recipe, with the given standard output.
    #[must_use]
    pub fn spawn(program: &str, redirect_uri: &str, output: Stdio) -> Self {
        let mock = MockTrueLayer::builder().redirect_uri(redirect_uri).start_blocking().unwrap();
        let origin = redirect_uri.trim_end_matches("/callback").to_owned();
        let folder = std::env::temp_dir().join(format!("recipe-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let process = Command::new(program)
            .current_dir(&folder)
            .env("CLIENT_ID", mock.client_id())
            .env("CLIENT_SECRET", mock.client_secret())
            .env("AUTH_SERVER", mock.origin())
            .env("BANK_KEY", "7f3c5e0a9b1d2c4e6f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6")
            .env(
                "SESSION_KEY",
                "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODkhIQ==",
            )
            .env(
                "COOKIE_KEY",
                "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMw==",
            )
            .stdout(output)
            .spawn()
            .unwrap();
        Self { mock, origin, process, folder }
    }

    /// Returns the process.
    pub fn process(&mut self) -> &mut Child {
        &mut self.process
    }
}

impl Drop for Application {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
