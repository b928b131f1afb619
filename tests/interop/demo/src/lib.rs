//! The parties of the demo's tests: its processes, PostgreSQL, a load balancer, Chromium, and a browser without scripts.
//!
//! `tests/interop/run` installs the programs that the tests need, and runs them.

mod balancer;
#[path = "../../../../demo/tests/browser/mod.rs"]
mod browser;
mod chromium;
#[path = "../../store/src/folder.rs"]
mod folder;
mod instance;
mod mock_admin;
#[path = "../../store/src/postgres.rs"]
mod postgres;
mod process;

pub use balancer::Balancer;
pub use browser::{Browser, Page};
pub use chromium::Chromium;
pub use folder::Folder;
pub use instance::Instance;
pub use mock_admin::MockAdmin;
pub use postgres::Postgres;
