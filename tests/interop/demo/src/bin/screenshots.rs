//! Screenshots of the pages: `screenshots FOLDER` writes a PNG of each.

use std::fs;
use std::path::PathBuf;

use demo::{Chromium, Instance};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder"));
    let demo = Instance::start(&[]);
    for scheme in ["light", "dark"] {
        let chromium = Chromium::start().await;
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        chromium.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        chromium.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
        let take = async |name: &str, height: u32| {
            let size = json!({ "width": 880, "height": height, "deviceScaleFactor": 1, "mobile": false });
            chromium.devtools("Emulation.setDeviceMetricsOverride", size).await;
            let name = if scheme == "light" { format!("{name}.png") } else { format!("{name}-{scheme}.png") };
            fs::write(folder.join(name), chromium.screenshot().await).expect("a file");
        };
        chromium.open(&demo.origin).await;
        take("home", 560).await;
        chromium.press("Connect your bank").await;
        chromium.press("Mock Bank").await;
        chromium.fill("User name", "john").await;
        chromium.fill("Password", "doe").await;
        chromium.press("Sign in").await;
        chromium.wait_for_heading("Allow access?").await;
        take("dialog", 560).await;
        chromium.press("Allow").await;
        chromium.wait_for_heading("Your accounts").await;
        take("accounts", 620).await;
    }
}
