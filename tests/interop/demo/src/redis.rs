//! A Redis of the test's own.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;

use crate::process::Process;

/// A Redis that writes all down, so that it can go down and come back.
pub struct Redis {
    process: Option<Process>,
    folder: PathBuf,
    port: u16,
}

impl Redis {
    /// Starts one, and returns when it is ready.
    #[must_use]
    pub fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr()).expect("a free port").port();
        let folder = std::env::temp_dir().join(format!("demo-redis-{}-{port}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let mut redis = Self { process: None, folder, port };
        redis.up();
        redis
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Ends it without a word.
    pub fn down(&mut self) {
        self.process = None;
    }

    /// Starts it again with what it held.
    pub fn up(&mut self) {
        let (port, folder) = (self.port.to_string(), self.folder.display().to_string());
        let options = ["--bind", "127.0.0.1", "--port", &port, "--dir", &folder, "--save", ""];
        let options = [&options[..], &["--appendonly", "yes", "--appendfsync", "always"]].concat();
        let mut process = Process::start("redis-server", &options);
        process.line_with("Ready to accept connections");
        self.process = Some(process);
    }

    /// Each key, for how many seconds it stays, and all that it holds.
    #[must_use]
    pub fn dump(&self) -> Vec<(String, i64, String)> {
        let mut connection =
            ::redis::Client::open(self.url()).and_then(|client| client.get_connection()).expect("Redis");
        let keys: Vec<String> = ::redis::cmd("KEYS").arg("*").query(&mut connection).expect("keys");
        let mut ask = |words: [&str; 2]| ::redis::cmd(words[0]).arg(words[1]).query(&mut connection);
        let held = keys.into_iter().map(|key| {
            let life = ask(["TTL", &key]).expect("a number");
            let dump: Result<Vec<u8>, _> = ask(["DUMP", &key]).map(|value: ::redis::Value| match value {
                ::redis::Value::BulkString(bytes) => bytes,
                other => panic!("{other:?}"),
            });
            (
                key,
                ::redis::from_redis_value(life).expect("a number"),
                String::from_utf8_lossy(&dump.expect("a dump")).into_owned(),
            )
        });
        held.collect()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.down();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
