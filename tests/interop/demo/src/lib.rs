//! The parties of the demo's tests: its processes, Redis, a load balancer, Chromium, and a browser without scripts.
//!
//! `tests/interop/run` installs the programs that the tests need, and runs them.

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
