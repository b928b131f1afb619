//! A load balancer: one address in front of several instances.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A load balancer that sends all connections to one instance at a time. It runs as long as the test's process.
pub struct Balancer {
    origin: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    instance: Option<SocketAddr>,
    open: Vec<TcpStream>,
}

impl Balancer {
    /// Starts a balancer at a free port, without an instance.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let origin = format!("http://localhost:{}", listener.local_addr().expect("an address").port());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                // A connection without an instance is dropped, as when a machine is down.
                let _ = connect(&shared, stream);
            }
        });
        Self { origin, state }
    }

    /// Returns the balancer's origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Sends new connections to this instance, and closes all open ones.
    pub fn route_to(&self, instance: Option<SocketAddr>) {
        let mut state = self.state.lock().expect("a lock");
        state.instance = instance;
        for stream in state.open.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn connect(state: &Mutex<State>, browser: TcpStream) -> io::Result<()> {
    let mut state = state.lock().expect("a lock");
    let instance = TcpStream::connect(state.instance.ok_or(io::ErrorKind::ConnectionRefused)?)?;
    state.open.extend([browser.try_clone()?, instance.try_clone()?]);
    let (up, down) = ((browser.try_clone()?, instance.try_clone()?), (instance, browser));
    for (mut from, mut to) in [up, down] {
        thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Both);
        });
    }
    Ok(())
}
