//! Fetches TrueLayer's list of providers.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::http::StatusCode;

use crate::http_client::agent;
use crate::output::{Failure, show_progress};
use crate::redact::Redacted;

/// The longest response body that is read, in bytes.
const LARGEST: usize = 4 << 20;

/// Fetches the text at `url`.
///
/// # Errors
///
/// Returns an error if:
///
/// - the request fails;
/// - the response is not complete within `time_limit`;
/// - the status is not 200;
/// - the body is longer than 4 MiB or not UTF-8.
pub(crate) fn fetch(url: &str, time_limit: Duration) -> Result<String, Failure> {
    let began = Instant::now();
    let shown = Redacted::new(url);
    let failed =
        |why: &str, help: &str| Failure::new(format!("cannot fetch `{}`: {}", shown.link(), shown.redact(why)), help);
    let request_failure = |error: &ureq::Error| match error {
        ureq::Error::Timeout(_) => failed(
            &format!("no complete response within {} seconds", time_limit.as_secs()),
            "try again, allow more time with `--timeout`, or read a file with `--from`",
        ),
        ureq::Error::HostNotFound => failed("host not found", "check the name and the network"),
        ureq::Error::Io(error) => failed(&error.to_string(), "check the address and the network"),
        error => failed(&error.to_string(), ""),
    };
    show_progress(&format!("fetching {}", shown.link()));
    let response = agent(time_limit).get(url).header("accept", "application/json").call();
    let response = response.map_err(|error| request_failure(&error));
    let text = response.and_then(|mut response| {
        let status = response.status();
        if status.is_redirection() {
            return Err(failed(
                &format!("the response is a redirect ({})", status.as_u16()),
                "write the URL of the list itself",
            ));
        }
        if status != StatusCode::OK {
            return Err(failed(&format!("the response status is {status}"), "try again, or read a file with `--from`"));
        }
        let mut body = response.body_mut().as_reader();
        let mut bytes = Vec::new();
        let mut chunk = [0; 16 << 10];
        loop {
            let length = match body.read(&mut chunk) {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) => return Err(request_failure(&ureq::Error::from(error))),
            };
            bytes.extend_from_slice(&chunk[..length]);
            if bytes.len() > LARGEST {
                return Err(failed("the response body is longer than 4 MiB", "a list of providers is shorter"));
            }
            show_progress(&format!(
                "fetching {}: {} KiB, {:.1} s",
                shown.link(),
                bytes.len() >> 10,
                began.elapsed().as_secs_f32()
            ));
        }
        String::from_utf8(bytes).map_err(|_| failed("the response body is not UTF-8", ""))
    });
    show_progress("");
    text
}
