//! Fetches TrueLayer's list of providers.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::config::Config;
use ureq::http::StatusCode;

use crate::output::{Failure, progress};
use crate::redact::Redacted;

/// The largest answer that is read.
const LARGEST: usize = 4 << 20;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);

/// The text at `url`.
///
/// # Errors
///
/// There is no answer in `time`, or one that is no list: another status, a page, one that is too long.
pub(crate) fn fetch(url: &str, time: Duration) -> Result<String, Failure> {
    let began = Instant::now();
    let config = Config::builder()
        .user_agent(concat!("auth-link-cli/", env!("CARGO_PKG_VERSION")))
        .timeout_global(Some(time))
        .timeout_connect(Some(CONNECT.min(time)))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .build();
    let shown = Redacted::new(url);
    let failed =
        |why: &str, help: &str| Failure::new(format!("cannot fetch `{}`: {}", shown.link(), shown.words(why)), help);
    let broken = |error: &ureq::Error| match error {
        ureq::Error::Timeout(_) => failed(
            &format!("no whole answer within {} seconds", time.as_secs()),
            "try again, give it longer with `--timeout`, or read a file with `--from`",
        ),
        ureq::Error::HostNotFound => failed("there is no such host", "look at the name, or the network"),
        ureq::Error::Io(error) => failed(&error.to_string(), "look at the address, or the network"),
        error => failed(&error.to_string(), ""),
    };
    progress(&format!("fetching {}", shown.link()));
    let answer = Agent::new_with_config(config).get(url).header("accept", "application/json").call();
    let answer = answer.map_err(|error| broken(&error));
    let text = answer.and_then(|mut answer| {
        let status = answer.status();
        if status.is_redirection() {
            return Err(failed(
                &format!("it answered {} and sends elsewhere", status.as_u16()),
                "write the address of the list itself",
            ));
        }
        if status != StatusCode::OK {
            return Err(failed(&format!("it answered {status}"), "try again later, or read a file with `--from`"));
        }
        let mut body = answer.body_mut().as_reader();
        let mut bytes = Vec::new();
        let mut chunk = [0; 16 << 10];
        loop {
            let length = match body.read(&mut chunk) {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) => return Err(broken(&ureq::Error::from(error))),
            };
            bytes.extend_from_slice(&chunk[..length]);
            if bytes.len() > LARGEST {
                return Err(failed("its answer is longer than 4 MiB", "a list of providers is shorter"));
            }
            progress(&format!(
                "fetching {}: {} KiB, {:.1} s",
                shown.link(),
                bytes.len() >> 10,
                began.elapsed().as_secs_f32()
            ));
        }
        String::from_utf8(bytes).map_err(|_| failed("its answer is not UTF-8", ""))
    });
    progress("");
    text
}
