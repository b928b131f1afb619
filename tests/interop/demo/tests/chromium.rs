//! The demo in Chromium, as a user sees it. The application is at `localhost` and the stand-in for TrueLayer at `127.0.0.1`: two
//! sites, as in life.

use demo::{Balancer, Chromium, Instance, Redis};
use serde_json::json;

const BY_QUERY: &[&str] = &[];
const BY_FORM: &[&str] = &["--response-mode", "form_post"];

async fn the_whole_way(options: &[&str]) {
    let demo = Instance::start(options);
    let chromium = Chromium::start().await;
    chromium.open(&demo.origin).await;
    chromium.press("Connect your bank").await;
    chromium.heading("Choose your bank").await;
    assert!(chromium.address().await.starts_with(demo.mock_server.as_deref().expect("a stand-in")));
    chromium.sign_in().await;
    chromium.press("Allow").await;
    chromium.heading("Your accounts").await;
    assert_eq!(chromium.address().await, format!("{}/accounts", demo.origin));
    for shown in ["Mock Bank", "John Doe", "Current account", "available"] {
        chromium.shows(shown).await;
    }
    chromium.press("Renew access now").await;
    chromium.shows("Access renewed.").await;
    chromium.press("Disconnect").await;
    chromium.heading("Your bank, in one picture").await;
    chromium.shows("Disconnected.").await;
}

#[tokio::test]
async fn the_whole_way_by_query() {
    the_whole_way(BY_QUERY).await;
}

#[tokio::test]
async fn the_whole_way_by_form() {
    the_whole_way(BY_FORM).await;
}

#[tokio::test]
async fn the_whole_way_needs_no_scripts() {
    for options in [BY_QUERY, BY_FORM] {
        let demo = Instance::start(options);
        let chromium = Chromium::without_scripts().await;
        chromium.open(&demo.origin).await;
        // A tab of its own is a matter of the form alone.
        let first = chromium.windows(1).await.remove(0);
        chromium.press("Connect in a new window").await;
        let windows = chromium.windows(2).await;
        chromium.look_at(windows.iter().find(|window| **window != first).expect("another")).await;
        chromium.sign_in().await;
        chromium.press("Allow").await;
        if options == BY_FORM {
            chromium.press("Continue").await;
        }
        chromium.heading("Your bank is connected").await;
        chromium.look_at(&first).await;
        chromium.open(&format!("{}/accounts", demo.origin)).await;
        chromium.heading("Your accounts").await;
    }
}

#[tokio::test]
async fn the_user_cancels_and_tries_again() {
    for options in [BY_QUERY, BY_FORM] {
        let demo = Instance::start(options);
        let chromium = Chromium::start().await;
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        chromium.press("Cancel").await;
        chromium.heading("You cancelled").await;
        chromium.go_to_consent("Try again").await;
        chromium.press("Allow").await;
        chromium.heading("Your accounts").await;
    }
}

#[tokio::test]
async fn the_way_back_leads_to_no_second_sign_in() {
    for options in [BY_QUERY, BY_FORM] {
        let demo = Instance::start(options);
        let chromium = Chromium::start().await;
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        chromium.press("Allow").await;
        chromium.heading("Your accounts").await;
        // The callback itself is not in the history; what was sent before is, and is for one use.
        chromium.driver.back().await.expect("a page before");
        chromium.press("Allow").await;
        chromium.heading("This link does not work").await;
        chromium.open(&format!("{}/accounts", demo.origin)).await;
        chromium.heading("Your accounts").await;
        assert_eq!(chromium.text().await.matches("Mock Bank").count(), 1);
    }
}

/// A callback that was held back on its way.
struct Held {
    address: String,
    /// What the form holds, if it comes by form.
    fields: serde_json::Value,
}

/// A demo that can be taken from the net, and be put back.
fn behind_balancer(options: &[&str]) -> (Instance, Balancer) {
    let balancer = Balancer::start();
    let demo = Instance::start(&[&["--public-origin", balancer.origin()], options].concat());
    balancer.lead_to(Some(demo.listens));
    (demo, balancer)
}

/// Allows access, and holds back what the browser is to bring back.
async fn hold_callback(chromium: &Chromium, demo: &Instance, balancer: &Balancer, options: &[&str]) -> Held {
    if options.contains(&"form_post") {
        // A page that does not send itself.
        chromium.block(&["*/send.js"]).await;
        chromium.press("Allow").await;
        chromium.heading("Back to the application").await;
        chromium.block(&[]).await;
        let script = "const form = document.forms.send; return [form.action, Object.fromEntries(new FormData(form))]";
        let held = chromium.run(script, Vec::new()).await;
        return Held { address: held[0].as_str().expect("an address").to_owned(), fields: held[1].clone() };
    }
    // A page that does not come, and its address.
    balancer.lead_to(None);
    chromium.press("Allow").await;
    chromium.path_becomes("/callback").await;
    balancer.lead_to(Some(demo.listens));
    Held { address: chromium.address().await, fields: json!(null) }
}

/// Brings the callback to the application, from the stand-in's site.
async fn bring(chromium: &Chromium, demo: &Instance, held: &Held) {
    chromium.open(demo.mock_server.as_deref().expect("a stand-in")).await;
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
    chromium.run(script, vec![json!(held.address), held.fields.clone()]).await;
}

#[tokio::test]
async fn a_callback_that_is_opened_twice_is_refused_and_the_connection_stays() {
    for options in [BY_QUERY, BY_FORM] {
        let (demo, balancer) = behind_balancer(options);
        let chromium = Chromium::start().await;
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        let held = hold_callback(&chromium, &demo, &balancer, options).await;
        bring(&chromium, &demo, &held).await;
        chromium.heading("Your accounts").await;
        bring(&chromium, &demo, &held).await;
        chromium.heading("This sign-in does not wait here").await;
        chromium.open(&format!("{}/accounts", demo.origin)).await;
        chromium.heading("Your accounts").await;
    }
}

#[tokio::test]
async fn a_callback_in_another_browser_is_refused_and_the_first_can_still_finish() {
    let redis = Redis::start();
    let (url, first, second) = (redis.url(), Chromium::start().await, Chromium::start().await);
    for mode in [BY_QUERY, BY_FORM] {
        for store in [&[][..], &["--redis", &url]] {
            let (demo, balancer) = behind_balancer(&[mode, store].concat());
            first.open(&demo.origin).await;
            first.go_to_consent("Connect your bank").await;
            let held = hold_callback(&first, &demo, &balancer, mode).await;
            bring(&second, &demo, &held).await;
            second.heading("This sign-in does not wait here").await;
            second.shows("It began in another browser").await;
            bring(&first, &demo, &held).await;
            first.heading("Your accounts").await;
        }
    }
}

#[tokio::test]
async fn two_tabs_at_once_both_finish() {
    for options in [BY_QUERY, BY_FORM] {
        let demo = Instance::start(options);
        let chromium = Chromium::start().await;
        let first = chromium.windows(1).await.remove(0);
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        let second = chromium.driver.new_tab().await.expect("a tab");
        chromium.look_at(&second).await;
        chromium.open(&demo.origin).await;
        chromium.go_to_consent("Connect your bank").await;
        for tab in [&first, &second] {
            chromium.look_at(tab).await;
            chromium.press("Allow").await;
            chromium.heading("Your accounts").await;
        }
        assert_eq!(chromium.text().await.matches("Mock Bank").count(), 2);
    }
}

#[tokio::test]
async fn a_window_of_its_own_closes_and_the_first_one_shows_the_accounts() {
    for options in [BY_QUERY, BY_FORM] {
        let demo = Instance::start(options);
        let chromium = Chromium::start().await;
        chromium.open(&demo.origin).await;
        let first = chromium.windows(1).await.remove(0);
        chromium.press("Connect in a new window").await;
        let windows = chromium.windows(2).await;
        chromium.look_at(windows.iter().find(|window| **window != first).expect("another")).await;
        chromium.sign_in().await;
        chromium.press("Allow").await;
        chromium.windows(1).await;
        chromium.look_at(&first).await;
        chromium.heading("Your accounts").await;
    }
}

#[tokio::test]
async fn another_origin_that_says_done_moves_nothing() {
    let demo = Instance::start(BY_QUERY);
    let chromium = Chromium::start().await;
    chromium.open(&demo.origin).await;
    let first = chromium.windows(1).await.remove(0);
    chromium.press("Connect in a new window").await;
    let windows = chromium.windows(2).await;
    // Heard behind the page's own listener; going elsewhere is told at once.
    let listen = "navigation.addEventListener('navigate', () => window.moved = true);
        window.heard = new Promise(heard => addEventListener('message', event => heard(event.origin)))";
    chromium.run(listen, Vec::new()).await;
    chromium.look_at(windows.iter().find(|window| **window != first).expect("another")).await;
    chromium.heading("Choose your bank").await;
    chromium.run("opener.postMessage('done', '*')", Vec::new()).await;
    chromium.look_at(&first).await;
    let script = "const done = arguments[0]; heard.then(from => done([from, window.moved ?? false]))";
    let heard = chromium.driver.execute_async(script, Vec::new()).await.expect("an answer");
    assert_eq!(*heard.json(), json!([demo.mock_server, false]));
}

#[tokio::test]
async fn a_window_that_is_blocked_is_told_and_the_sign_in_goes_on_in_this_one() {
    let demo = Instance::start(BY_QUERY);
    let chromium = Chromium::start().await;
    chromium.open(&demo.origin).await;
    // Chromium lets no window through that no user asked for; a script is none.
    chromium.submit_without_a_user("new-window").await;
    chromium.element("//p[contains(., 'did not open the new window')]").await;
    chromium.windows(1).await;
    assert_eq!(chromium.run("return document.activeElement.textContent", Vec::new()).await, "Continue in this window");
    chromium.go_to_consent("Continue in this window").await;
    chromium.press("Allow").await;
    chromium.heading("Your accounts").await;
}

#[tokio::test]
async fn no_frame_shows_the_demo_or_the_dialog() {
    let demo = Instance::start(BY_QUERY);
    let chromium = Chromium::start().await;
    let mock_server = demo.mock_server.clone().expect("a stand-in");
    // What may be in a frame is seen there.
    let own = format!("{mock_server}/style.css");
    for (address, is_shown) in [(own.clone(), true), (mock_server, false), (demo.origin.clone(), false)] {
        // A page without a policy of its own.
        chromium.open(&own).await;
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
