//! The demo in Chromium. The application is at `localhost` and the mock server at `127.0.0.1`: to a browser these are two
//! sites, as an application and TrueLayer are.

use demo::{Balancer, Chromium, Instance};
use serde_json::json;

const BY_QUERY: &[&str] = &[];
const BY_FORM: &[&str] = &["--response-mode", "form_post"];

/// Connects a bank, shows and refreshes the accounts, and disconnects.
async fn connect_and_disconnect(options: &[&str]) {
    let demo = Instance::start(options);
    let chromium = Chromium::start().await;
    chromium.open(&demo.origin).await;
    chromium.press("Connect your bank").await;
    chromium.wait_for_heading("Choose your bank").await;
    assert!(chromium.address().await.starts_with(demo.mock_server.as_deref().expect("a mock server")));
    chromium.choose_bank_and_sign_in().await;
    chromium.press("Allow").await;
    chromium.wait_for_heading("Your accounts").await;
    assert_eq!(chromium.address().await, format!("{}/accounts", demo.origin));
    for shown in ["Mock Bank", "John Doe", "Current account", "available"] {
        chromium.wait_for_text(shown).await;
    }
    chromium.press("Refresh access now").await;
    chromium.wait_for_text("Access refreshed.").await;
    chromium.press("Disconnect").await;
    chromium.wait_for_heading("Your bank, in one picture").await;
    chromium.wait_for_text("Disconnected.").await;
}

#[tokio::test]
async fn a_user_connects_and_disconnects_by_query() {
    connect_and_disconnect(BY_QUERY).await;
}

#[tokio::test]
async fn a_user_connects_and_disconnects_by_form() {
    connect_and_disconnect(BY_FORM).await;
}

#[tokio::test]
async fn a_user_connects_without_scripts() {
    for options in [BY_QUERY, BY_FORM] {
        let demo = Instance::start(options);
        let chromium = Chromium::without_scripts().await;
        chromium.open(&demo.origin).await;
        // Without scripts, the form opens a new tab by its `target`.
        let first = chromium.windows(1).await.remove(0);
        chromium.press("Connect in a new window").await;
        let windows = chromium.windows(2).await;
        chromium.switch_to(windows.iter().find(|window| **window != first).expect("another")).await;
        chromium.choose_bank_and_sign_in().await;
        chromium.press("Allow").await;
        if options == BY_FORM {
            chromium.press("Continue").await;
        }
        chromium.wait_for_heading("Your bank is connected").await;
        chromium.switch_to(&first).await;
        chromium.open(&format!("{}/accounts", demo.origin)).await;
        chromium.wait_for_heading("Your accounts").await;
    }
}

#[tokio::test]
async fn a_user_can_connect_after_cancelling() {
    for options in [BY_QUERY, BY_FORM] {
        let demo = Instance::start(options);
        let chromium = Chromium::start().await;
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        chromium.press("Cancel").await;
        chromium.wait_for_heading("You cancelled").await;
        chromium.go_to_consent("Try again").await;
        chromium.press("Allow").await;
        chromium.wait_for_heading("Your accounts").await;
    }
}

#[tokio::test]
async fn the_back_button_starts_no_second_authorization() {
    for options in [BY_QUERY, BY_FORM] {
        let demo = Instance::start(options);
        let chromium = Chromium::start().await;
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        chromium.press("Allow").await;
        chromium.wait_for_heading("Your accounts").await;
        // The history holds the consent page, whose link was used, but not the callback.
        chromium.driver.back().await.expect("a page before");
        chromium.press("Allow").await;
        chromium.wait_for_heading("This link does not work").await;
        chromium.open(&format!("{}/accounts", demo.origin)).await;
        chromium.wait_for_heading("Your accounts").await;
        assert_eq!(chromium.text().await.matches("Mock Bank").count(), 1);
    }
}

/// A callback that did not reach the application.
struct HeldCallback {
    address: String,
    /// The fields of the form, if the callback is a form.
    fields: serde_json::Value,
}

/// Starts a demo behind a load balancer, which can make it unreachable.
fn behind_balancer(options: &[&str]) -> (Instance, Balancer) {
    let balancer = Balancer::start();
    let demo = Instance::start(&[&["--public-origin", balancer.origin()], options].concat());
    balancer.route_to(Some(demo.address));
    (demo, balancer)
}

/// Allows access, and keeps the callback from reaching the application.
async fn hold_callback(chromium: &Chromium, demo: &Instance, balancer: &Balancer, options: &[&str]) -> HeldCallback {
    if options.contains(&"form_post") {
        // Without its script, the page does not submit the form.
        chromium.block(&["*/send.js"]).await;
        chromium.press("Allow").await;
        chromium.wait_for_heading("Back to the application").await;
        chromium.block(&[]).await;
        let script = "const form = document.forms.send; return [form.action, Object.fromEntries(new FormData(form))]";
        let form = chromium.run(script, Vec::new()).await;
        return HeldCallback { address: form[0].as_str().expect("an address").to_owned(), fields: form[1].clone() };
    }
    // The page does not load, but its address is the callback.
    balancer.route_to(None);
    chromium.press("Allow").await;
    chromium.wait_for_path("/callback").await;
    balancer.route_to(Some(demo.address));
    HeldCallback { address: chromium.address().await, fields: json!(null) }
}

/// Sends the callback to the application, from a page of the mock server.
async fn deliver(chromium: &Chromium, demo: &Instance, callback: &HeldCallback) {
    chromium.open(demo.mock_server.as_deref().expect("a mock server")).await;
    let script = "const [address, fields] = arguments;
        if (!fields) { location.assign(address); return; }
        const form = document.createElement('form');
        form.action = address;
        form.method = 'post';
        for (const [name, value] of Object.entries(fields)) {
            const input = document.createElement('input');
            Object.assign(input, { name, value });
            form.append(input);
        }
        document.body.append(form);
        form.submit();";
    chromium.run(script, vec![json!(callback.address), callback.fields.clone()]).await;
}

#[tokio::test]
async fn a_repeated_callback_is_refused_and_the_connection_remains() {
    for options in [BY_QUERY, BY_FORM] {
        let (demo, balancer) = behind_balancer(options);
        let chromium = Chromium::start().await;
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        let callback = hold_callback(&chromium, &demo, &balancer, options).await;
        deliver(&chromium, &demo, &callback).await;
        chromium.wait_for_heading("Your accounts").await;
        deliver(&chromium, &demo, &callback).await;
        chromium.wait_for_heading("No connection is in progress").await;
        chromium.open(&format!("{}/accounts", demo.origin)).await;
        chromium.wait_for_heading("Your accounts").await;
    }
}

#[tokio::test]
async fn a_callback_in_another_browser_is_refused_and_the_first_browser_can_finish() {
    let (first, second) = (Chromium::start().await, Chromium::start().await);
    for mode in [BY_QUERY, BY_FORM] {
        let (demo, balancer) = behind_balancer(mode);
        first.open(&demo.origin).await;
        first.go_to_consent("Connect your bank").await;
        let callback = hold_callback(&first, &demo, &balancer, mode).await;
        deliver(&second, &demo, &callback).await;
        second.wait_for_heading("No connection is in progress").await;
        second.wait_for_text("started in another browser").await;
        deliver(&first, &demo, &callback).await;
        first.wait_for_heading("Your accounts").await;
    }
}

#[tokio::test]
async fn two_tabs_can_both_finish() {
    for options in [BY_QUERY, BY_FORM] {
        let demo = Instance::start(options);
        let chromium = Chromium::start().await;
        let first = chromium.windows(1).await.remove(0);
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        let second = chromium.driver.new_tab().await.expect("a tab");
        chromium.switch_to(&second).await;
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        for tab in [&first, &second] {
            chromium.switch_to(tab).await;
            chromium.press("Allow").await;
            chromium.wait_for_heading("Your accounts").await;
        }
        assert_eq!(chromium.text().await.matches("Mock Bank").count(), 2);
    }
}

#[tokio::test]
async fn a_new_window_closes_and_the_first_window_shows_the_accounts() {
    for options in [BY_QUERY, BY_FORM] {
        let demo = Instance::start(options);
        let chromium = Chromium::start().await;
        chromium.open(&demo.origin).await;
        let first = chromium.windows(1).await.remove(0);
        chromium.press("Connect in a new window").await;
        let windows = chromium.windows(2).await;
        chromium.switch_to(windows.iter().find(|window| **window != first).expect("another")).await;
        chromium.choose_bank_and_sign_in().await;
        chromium.press("Allow").await;
        chromium.windows(1).await;
        chromium.switch_to(&first).await;
        chromium.wait_for_heading("Your accounts").await;
    }
}

#[tokio::test]
async fn a_message_from_another_origin_is_ignored() {
    let demo = Instance::start(BY_QUERY);
    let chromium = Chromium::start().await;
    chromium.open(&demo.origin).await;
    let first = chromium.windows(1).await.remove(0);
    chromium.press("Connect in a new window").await;
    let windows = chromium.windows(2).await;
    // This listener runs after the page's own, so that it sees a navigation of that one.
    let listen = "navigation.addEventListener('navigate', () => window.navigated = true);
        window.received = new Promise(resolve => addEventListener('message', event => resolve(event.origin)))";
    chromium.run(listen, Vec::new()).await;
    chromium.switch_to(windows.iter().find(|window| **window != first).expect("another")).await;
    chromium.wait_for_heading("Choose your bank").await;
    chromium.run("opener.postMessage('done', '*')", Vec::new()).await;
    chromium.switch_to(&first).await;
    let script = "const done = arguments[0]; received.then(from => done([from, window.navigated ?? false]))";
    let result = chromium.driver.execute_async(script, Vec::new()).await.expect("a message");
    assert_eq!(*result.json(), json!([demo.mock_server, false]));
}

#[tokio::test]
async fn a_blocked_window_is_reported_and_the_user_continues_in_the_first_window() {
    let demo = Instance::start(BY_QUERY);
    let chromium = Chromium::start().await;
    chromium.open(&demo.origin).await;
    // Chromium blocks a window that is opened without a user gesture.
    chromium.submit_without_a_user("new-window").await;
    chromium.element("//p[contains(., 'did not open the new window')]").await;
    chromium.windows(1).await;
    assert_eq!(chromium.run("return document.activeElement.textContent", Vec::new()).await, "Continue in this window");
    chromium.go_to_consent("Continue in this window").await;
    chromium.press("Allow").await;
    chromium.wait_for_heading("Your accounts").await;
}

#[tokio::test]
async fn the_demo_and_the_dialog_are_refused_in_a_frame() {
    let demo = Instance::start(BY_QUERY);
    let chromium = Chromium::start().await;
    let mock_server = demo.mock_server.clone().expect("a mock server");
    // The stylesheet may be in a frame, which shows that frames work.
    let stylesheet = format!("{mock_server}/style.css");
    for (address, is_shown) in [(stylesheet.clone(), true), (mock_server, false), (demo.origin.clone(), false)] {
        // A page without a `Content-Security-Policy`.
        chromium.open(&stylesheet).await;
        let script = "const [src, done] = arguments;
            const frame = Object.assign(document.createElement('iframe'), { src, onload: done });
            document.body.append(frame);";
        chromium.driver.execute_async(script, vec![json!(address)]).await.expect("a frame");
        let frame = chromium.element("//iframe").await;
        frame.enter_frame().await.expect("a frame");
        let shown = chromium.run("return document.URL", Vec::new()).await;
        assert_eq!(shown.as_str().is_some_and(|shown| shown.starts_with(&address)), is_shown, "{shown}");
    }
}
