//! Whether everybody can use the demo's pages: what axe-core finds, in light and dark, and the whole way by keyboard alone.

use std::fs;

use demo::{Chromium, Instance};
use serde_json::json;
use thirtyfour::Key;

/// Judges the page by all rules of axe-core.
async fn judge(chromium: &Chromium, axe: &str, page: &str) {
    let script = format!("{axe}; const done = arguments[0]; axe.run().then(result => done(result.violations))");
    let result = chromium.driver.execute_async(script, Vec::new()).await.expect("a verdict");
    let found: Vec<_> = result
        .json()
        .as_array()
        .expect("a list")
        .iter()
        .map(|violation| {
            let nodes = violation["nodes"].as_array().expect("a list").iter().map(|node| node["html"].to_string());
            format!("{}: {}", violation["help"], nodes.collect::<Vec<_>>().join("\n  "))
        })
        .collect();
    assert!(found.is_empty(), "{page}:\n{}", found.join("\n"));
}

#[tokio::test]
async fn axe_finds_no_fault_on_any_page() {
    let axe = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js"));
    let axe = axe.expect("axe-core: run `tests/interop/run`");
    let demo = Instance::start(&[]);
    for scheme in ["light", "dark"] {
        let chromium = Chromium::start().await;
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        chromium.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        for path in ["/", "/cancelled", "/connected", "/callback", "/no-such-page", "/?notice=disconnected"] {
            chromium.open(&format!("{}{path}", demo.origin)).await;
            judge(&chromium, &axe, path).await;
        }
        chromium.open(&demo.origin).await;
        chromium.press("Connect your bank").await;
        chromium.heading("Choose your bank").await;
        judge(&chromium, &axe, "the choice of the bank").await;
        chromium.press("Mock Bank").await;
        chromium.fill("User name", "jane").await;
        chromium.fill("Password", "doe").await;
        chromium.press("Sign in").await;
        chromium.shows("is wrong").await;
        judge(&chromium, &axe, "a wrong password").await;
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        judge(&chromium, &axe, "consent").await;
        chromium.press("Allow").await;
        chromium.heading("Your accounts").await;
        chromium.run("document.querySelectorAll('details').forEach(part => part.open = true)", Vec::new()).await;
        judge(&chromium, &axe, "accounts").await;
        chromium.open(demo.mock_server.as_deref().expect("a stand-in")).await;
        judge(&chromium, &axe, "a link that does not work").await;
    }
}

/// Walks with the tabulator to what says `name`, and makes sure that its focus is seen.
async fn walk_to(chromium: &Chromium, name: &str) {
    let script = "const at = document.activeElement;
        const says = at.labels?.[0]?.textContent ?? at.textContent;
        return [says.trim().replace(/\\s+/g, ' '), at.tagName, getComputedStyle(at).outlineStyle]";
    let mut passed = Vec::new();
    for _ in 0..12 {
        chromium.driver.action_chain().send_keys(Key::Tab).perform().await.expect("a key");
        let at = chromium.run(script, Vec::new()).await;
        if at[0].as_str().is_some_and(|says| says.contains(name)) && at[1] != "BODY" {
            assert_eq!(at[2], "solid", "the focus on {name} is not seen");
            return;
        }
        passed.push(at[0].clone());
    }
    panic!("no {name} at {}, but {passed:?}", chromium.address().await);
}

async fn keys(chromium: &Chromium, text: &str) {
    chromium.driver.action_chain().send_keys(text).perform().await.expect("keys");
}

#[tokio::test]
async fn the_whole_way_is_walked_by_keyboard() {
    let demo = Instance::start(&[]);
    let chromium = Chromium::start().await;
    let enter = char::from(Key::Enter).to_string();
    chromium.open(&demo.origin).await;
    walk_to(&chromium, "Connect your bank").await;
    keys(&chromium, &enter).await;
    chromium.heading("Choose your bank").await;
    walk_to(&chromium, "Mock Bank").await;
    keys(&chromium, &enter).await;
    chromium.heading("Sign in at Mock Bank").await;
    // The user name has the focus already.
    keys(&chromium, "john").await;
    walk_to(&chromium, "Password").await;
    keys(&chromium, &format!("doe{enter}")).await;
    chromium.heading("Allow access?").await;
    walk_to(&chromium, "Allow").await;
    keys(&chromium, &enter).await;
    chromium.heading("Your accounts").await;
    walk_to(&chromium, "Transactions of the last").await;
    keys(&chromium, &enter).await;
    // The table can be scrolled by keys.
    walk_to(&chromium, "Current account, the newest first").await;
}
