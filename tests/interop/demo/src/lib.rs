//! What drives the demo: its processes, a Redis, Chromium, and a browser without scripts. `tests/interop/run` brings them together.

mod balancer;
#[path = "../../../../demo/tests/browser/mod.rs"]
mod browser;
mod chromium;
mod instance;
mod process;
mod redis;

pub use balancer::Balancer;
pub use browser::{Browser, Page};
pub use chromium::Chromium;
pub use instance::Instance;
pub use redis::Redis;
