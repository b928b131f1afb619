//! A Redis server for one test.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;

use crate::process::Process;

/// A Redis server with persistence, so that it can be stopped and started again.
pub struct Redis {
    process: Option<Process>,
    folder: PathBuf,
    port: u16,
}

impl Redis {
    /// Starts a server, and waits until it is ready.
    #[must_use]
    pub fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr()).expect("a free port").port();
        let folder = std::env::temp_dir().join(format!("demo-redis-{}-{port}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let mut redis = Self { process: None, folder, port };
        redis.restart();
        redis
    }

    /// Returns the server's address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Kills the server.
    pub fn stop(&mut self) {
        self.process = None;
    }

    /// Starts the server again with its data.
    pub fn restart(&mut self) {
        let (port, folder) = (self.port.to_string(), self.folder.display().to_string());
        let options = ["--bind", "127.0.0.1", "--port", &port, "--dir", &folder, "--save", ""];
        let options = [&options[..], &["--appendonly", "yes", "--appendfsync", "always"]].concat();
        let mut process = Process::start("redis-server", &options);
        process.line_with("Ready to accept connections");
        self.process = Some(process);
    }

    /// Returns each key, its remaining seconds and its dumped value.
    #[must_use]
    pub fn dump(&self) -> Vec<(String, i64, String)> {
        let mut connection =
            ::redis::Client::open(self.url()).and_then(|client| client.get_connection()).expect("Redis");
        let keys: Vec<String> = ::redis::cmd("KEYS").arg("*").query(&mut connection).expect("keys");
        let mut command = |words: [&str; 2]| ::redis::cmd(words[0]).arg(words[1]).query(&mut connection);
        let entries = keys.into_iter().map(|key| {
            let seconds = command(["TTL", &key]).expect("a number");
            let dump: Result<Vec<u8>, _> = command(["DUMP", &key]).map(|value: ::redis::Value| match value {
                ::redis::Value::BulkString(bytes) => bytes,
                other => panic!("{other:?}"),
            });
            (
                key,
                ::redis::from_redis_value(seconds).expect("a number"),
                String::from_utf8_lossy(&dump.expect("a dump")).into_owned(),
            )
        });
        entries.collect()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
