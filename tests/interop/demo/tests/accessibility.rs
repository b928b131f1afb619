//! The accessibility of the demo's pages: the rules of axe-core in both color schemes, and use by keyboard alone.

use std::fs;

use demo::{Chromium, Instance};
use serde_json::json;
use thirtyfour::Key;

/// Checks the page by all rules of axe-core.
async fn check(chromium: &Chromium, axe: &str, page: &str) {
    let script = format!("{axe}; const done = arguments[0]; axe.run().then(result => done(result.violations))");
    let result = chromium.driver.execute_async(script, Vec::new()).await.expect("a result");
    let violations: Vec<_> = result
        .json()
        .as_array()
        .expect("a list")
        .iter()
        .map(|violation| {
            let nodes = violation["nodes"].as_array().expect("a list").iter().map(|node| node["html"].to_string());
            format!("{}: {}", violation["help"], nodes.collect::<Vec<_>>().join("\n  "))
        })
        .collect();
    assert!(violations.is_empty(), "{page}:\n{}", violations.join("\n"));
}

#[tokio::test]
async fn axe_reports_no_violation_on_any_page() {
    let axe = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js"));
    let axe = axe.expect("axe-core: run `tests/interop/run`");
    let demo = Instance::start(&[]);
    for scheme in ["light", "dark"] {
        let chromium = Chromium::start().await;
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        chromium.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        for path in ["/", "/cancelled", "/connected", "/callback", "/no-such-page", "/?notice=disconnected"] {
            chromium.open(&format!("{}{path}", demo.origin)).await;
            check(&chromium, &axe, path).await;
        }
        chromium.open(&demo.origin).await;
        chromium.press("Connect your bank").await;
        chromium.wait_for_heading("Choose your bank").await;
        check(&chromium, &axe, "the choice of the bank").await;
        chromium.press("Mock Bank").await;
        chromium.fill("User name", "jane").await;
        chromium.fill("Password", "doe").await;
        chromium.press("Sign in").await;
        chromium.wait_for_text("is wrong").await;
        check(&chromium, &axe, "a wrong password").await;
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        check(&chromium, &axe, "consent").await;
        chromium.press("Allow").await;
        chromium.wait_for_heading("Your accounts").await;
        chromium.run("document.querySelectorAll('details').forEach(part => part.open = true)", Vec::new()).await;
        check(&chromium, &axe, "accounts").await;
        chromium.open(demo.mock_server.as_deref().expect("a mock server")).await;
        check(&chromium, &axe, "a link that does not work").await;
    }
}

/// Presses the tab key until the element `name` has the focus, and asserts that the focus is visible.
async fn tab_to(chromium: &Chromium, name: &str) {
    let script = "const element = document.activeElement;
        const name = element.labels?.[0]?.textContent ?? element.textContent;
        return [name.trim().replace(/\\s+/g, ' '), element.tagName, getComputedStyle(element).outlineStyle]";
    let mut passed = Vec::new();
    for _ in 0..12 {
        chromium.driver.action_chain().send_keys(Key::Tab).perform().await.expect("a key");
        let focused = chromium.run(script, Vec::new()).await;
        if focused[0].as_str().is_some_and(|text| text.contains(name)) && focused[1] != "BODY" {
            assert_eq!(focused[2], "solid", "the focus on {name} is not visible");
            return;
        }
        passed.push(focused[0].clone());
    }
    panic!("no {name} at {}, but {passed:?}", chromium.address().await);
}

async fn type_keys(chromium: &Chromium, text: &str) {
    chromium.driver.action_chain().send_keys(text).perform().await.expect("keys");
}

#[tokio::test]
async fn a_user_connects_by_keyboard_alone() {
    let demo = Instance::start(&[]);
    let chromium = Chromium::start().await;
    let enter = char::from(Key::Enter).to_string();
    chromium.open(&demo.origin).await;
    tab_to(&chromium, "Connect your bank").await;
    type_keys(&chromium, &enter).await;
    chromium.wait_for_heading("Choose your bank").await;
    tab_to(&chromium, "Mock Bank").await;
    type_keys(&chromium, &enter).await;
    chromium.wait_for_heading("Sign in at Mock Bank").await;
    // The user name has the focus already.
    type_keys(&chromium, "john").await;
    tab_to(&chromium, "Password").await;
    type_keys(&chromium, &format!("doe{enter}")).await;
    chromium.wait_for_heading("Allow access?").await;
    tab_to(&chromium, "Allow").await;
    type_keys(&chromium, &enter).await;
    chromium.wait_for_heading("Your accounts").await;
    tab_to(&chromium, "Transactions of the last").await;
    type_keys(&chromium, &enter).await;
    // The table can have the focus, so that keys scroll it.
    tab_to(&chromium, "Current account, the newest first").await;
}
