//! The server of `auth-link connect` on this machine, which receives the callback.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use auth_link_runtime::http::Request;

use crate::callback_page::Page;
use crate::http_request::{self, ReadError, WithDeadline};
use crate::output::Failure;
use crate::redirect_address::{EXAMPLE, RedirectAddress};

/// The largest number of connections at a time. Others wait.
const MOST_CONNECTIONS: usize = 16;

/// The time limit for receiving one request.
const READ_LIMIT: Duration = Duration::from_secs(5);

/// A request, and the connection to respond to.
pub(crate) struct Received {
    pub(crate) request: Request<Vec<u8>>,
    pub(crate) stream: TcpStream,
}

/// A server at a loopback address. It ends with the process.
pub(crate) struct LoopbackServer {
    requests: Receiver<Received>,
}

impl LoopbackServer {
    /// Listens at the address. For `localhost`, that is both 127.0.0.1 and, where this machine has it, `::1`: a browser may use
    /// either.
    ///
    /// # Errors
    ///
    /// Returns an error if the port is in use, or if the process may not listen there. A port that another program uses at `::1`
    /// alone is in use too: the browser could bring the code to that program.
    pub(crate) fn start(address: &RedirectAddress) -> Result<Self, Failure> {
        let failed = |error: io::Error| listen_failure(address, &error);
        let port = address.port;
        let mut listeners = Vec::new();
        if address.host != "[::1]" {
            listeners.push(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(failed)?);
        }
        if address.host != "127.0.0.1" {
            match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
                Ok(listener) => listeners.push(listener),
                Err(error) if address.host == "[::1]" || error.kind() == ErrorKind::AddrInUse => {
                    return Err(failed(error));
                }
                // This machine has no IPv6.
                Err(_) => {}
            }
        }
        let (sender, requests) = sync_channel(MOST_CONNECTIONS);
        let open = Arc::new(AtomicUsize::new(0));
        for listener in listeners {
            let (sender, open) = (sender.clone(), open.clone());
            thread::Builder::new().spawn(move || accept(&listener, &sender, &open)).map_err(failed)?;
        }
        Ok(Self { requests })
    }

    /// Returns the next request, or `None` if there is none within `limit`.
    pub(crate) fn next(&self, limit: Duration) -> Option<Received> {
        self.requests.recv_timeout(limit).ok()
    }
}

/// Returns the failure of listening.
fn listen_failure(address: &RedirectAddress, error: &io::Error) -> Failure {
    let (authority, port) = (address.authority(), address.port);
    let register = format!("register another redirect URI in the Console, such as `{EXAMPLE}`, and use it in the link");
    let (why, help) = match error.kind() {
        ErrorKind::AddrInUse => {
            let find = format!("`lsof -nP -iTCP:{port} -sTCP:LISTEN` shows the program that uses port {port}: stop it");
            ("another program uses the port".to_owned(), format!("{find}, or {register}"))
        }
        ErrorKind::PermissionDenied if port < 1024 => {
            (format!("port {port} needs the rights of an administrator"), register)
        }
        _ => (error.to_string(), register),
    };
    Failure::new(format!("cannot listen at the redirect URI's address `{authority}`: {why}"), help)
}

/// Accepts connections, each with a thread of its own: a browser opens connections that it may never use.
fn accept(listener: &TcpListener, sender: &SyncSender<Received>, open: &Arc<AtomicUsize>) {
    const PAUSE: Duration = Duration::from_millis(20);
    loop {
        while open.load(Ordering::Relaxed) >= MOST_CONNECTIONS {
            thread::sleep(PAUSE);
        }
        let Ok((stream, _)) = listener.accept() else {
            // Such as too many open files: the next connection may work.
            thread::sleep(PAUSE);
            continue;
        };
        let connection = OpenConnection::new(open);
        let sender = sender.clone();
        let _ = thread::Builder::new().spawn(move || {
            serve(stream, &sender);
            drop(connection);
        });
    }
}

/// Reads the request of one connection.
fn serve(stream: TcpStream, sender: &SyncSender<Received>) {
    match http_request::read(WithDeadline::new(&stream, READ_LIMIT)) {
        // The command may have ended.
        Ok(request) => drop(sender.send(Received { request, stream })),
        Err(ReadError::Nothing) => {}
        Err(ReadError::Refused(status)) => Page::refused(status).send_early(&stream),
    }
}

/// Counts a connection while it is open.
struct OpenConnection(Arc<AtomicUsize>);

impl OpenConnection {
    fn new(open: &Arc<AtomicUsize>) -> Self {
        open.fetch_add(1, Ordering::Relaxed);
        Self(open.clone())
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_listening_names_the_address_and_another() {
        let failure = |redirect_uri, kind: ErrorKind| {
            listen_failure(&RedirectAddress::parse(redirect_uri).unwrap(), &kind.into())
        };
        let help = format!("register another redirect URI in the Console, such as `{EXAMPLE}`, and use it in the link");
        for (redirect_uri, kind, address, why) in [
            (
                "http://localhost/callback",
                ErrorKind::PermissionDenied,
                "localhost:80",
                "port 80 needs the rights of an administrator",
            ),
            ("http://localhost:3000/callback", ErrorKind::PermissionDenied, "localhost:3000", "permission denied"),
            ("http://127.0.0.1:80/callback", ErrorKind::AddrNotAvailable, "127.0.0.1:80", "address not available"),
        ] {
            let message = format!("cannot listen at the redirect URI's address `{address}`: {why}");
            assert_eq!(failure(redirect_uri, kind), Failure::new(message, &*help), "{redirect_uri}");
        }
    }
}
