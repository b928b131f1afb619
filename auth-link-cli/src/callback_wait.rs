//! Waits for the callback of one authorization.

use std::time::{Duration, Instant};

use auth_link_runtime::http::header::HOST;
use auth_link_runtime::http::{Method, Request, StatusCode};
use auth_link_runtime::{AuthorizationCode, Callback, CallbackError, CallbackRejection, PendingAuthorization};

use crate::callback_page::{CANCELLED, Page, RECEIVED};
use crate::interrupt::Interrupt;
use crate::loopback_server::{LoopbackServer, Received};
use crate::output::{note, show_progress};
use crate::redirect_address::RedirectAddress;

/// The end of the wait.
pub(crate) enum WaitEnd {
    /// The callback has a code.
    Code(AuthorizationCode),
    /// The callback reports that the user or the bank denied access, or another error.
    Failed(CallbackError),
    /// No callback arrived in time.
    TimedOut,
    /// The user pressed Ctrl-C.
    Interrupted,
}

/// The time between two looks at the clock and at Ctrl-C.
const TICK: Duration = Duration::from_millis(100);

/// The number of refused callbacks that are reported.
const MOST_NOTES: usize = 5;

/// Waits until the callback of the authorization arrives, and responds to every request.
///
/// A callback with another state, or without one, does not end the wait: any web page can send it.
pub(crate) fn wait(
    server: &LoopbackServer,
    address: &RedirectAddress,
    pending: PendingAuthorization,
    time_limit: Duration,
    interrupt: &Interrupt,
) -> WaitEnd {
    let began = Instant::now();
    // The clock of the wait is this one.
    let mut pending = pending.with_max_age(time_limit + Duration::from_secs(60));
    let mut notes = 0;
    loop {
        let rest = time_limit.saturating_sub(began.elapsed());
        if interrupt.is_set() || rest.is_zero() {
            show_progress("");
            return if interrupt.is_set() { WaitEnd::Interrupted } else { WaitEnd::TimedOut };
        }
        show_progress(&format!(
            "waiting for the browser at {}, for {} s more; Ctrl-C cancels",
            address.authority(),
            rest.as_secs()
        ));
        let Some(Received { request, stream }) = server.next(TICK.min(rest)) else { continue };
        let is_head = request.method() == Method::HEAD;
        if let Some(status) = foreign(&request, address) {
            Page::refused(status).send(&stream, is_head);
            continue;
        }
        let error = match receive(&request, pending) {
            Ok(code) => {
                RECEIVED.send(&stream, is_head);
                show_progress("");
                return WaitEnd::Code(code);
            }
            Err(CallbackRejection { error, pending: Some(unused), .. }) => {
                pending = *unused;
                error
            }
            Err(CallbackRejection { error, .. }) => {
                let page = if error.is_cancelled() { CANCELLED } else { Page::failed(error.status()) };
                page.send(&stream, is_head);
                show_progress("");
                return WaitEnd::Failed(error);
            }
        };
        Page::refused(error.status()).send(&stream, is_head);
        notes += 1;
        if notes <= MOST_NOTES {
            show_progress("");
            note(&refusal(&error));
        }
    }
}

/// Checks the callback in a request.
fn receive(request: &Request<Vec<u8>>, pending: PendingAuthorization) -> Result<AuthorizationCode, CallbackRejection> {
    match Callback::from_request(request) {
        Ok(callback) => pending.finish(callback),
        Err(error) => Err(CallbackRejection::new(error, pending)),
    }
}

/// Returns the status of a request that is no callback.
fn foreign(request: &Request<Vec<u8>>, address: &RedirectAddress) -> Option<StatusCode> {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if address.has_host(host.as_bytes()) => {
            (!address.has_path(request.uri().path())).then_some(StatusCode::NOT_FOUND)
        }
        (Some(_), None) => Some(StatusCode::MISDIRECTED_REQUEST),
        _ => Some(StatusCode::BAD_REQUEST),
    }
}

/// Describes a refused callback.
fn refusal(error: &CallbackError) -> String {
    let waits = if error.is_cancelled() {
        "if you cancelled the consent, press Ctrl-C; the wait goes on, since any page can send this"
    } else {
        "the wait goes on"
    };
    format!("note: refused a callback: {error}; {waits}")
}
