//! Chromium, driven by a test.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::prelude::*;

use crate::process::Process;

/// A Chromium with an empty profile, and its driver. Both end when this is dropped.
pub struct Chromium {
    /// The driver.
    pub driver: WebDriver,
    server: String,
    folder: PathBuf,
    _process: Process,
}

impl Chromium {
    /// Starts Chromium with one window.
    pub async fn start() -> Self {
        Self::with_preferences(json!({})).await
    }

    /// Starts Chromium with scripts disabled.
    pub async fn without_scripts() -> Self {
        Self::with_preferences(json!({ "profile.managed_default_content_settings.javascript": 2 })).await
    }

    async fn with_preferences(preferences: Value) -> Self {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("demo-chromium-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let mut process = Process::start("chromedriver", &["--port=0"]);
        let line = process.line_with("started successfully on port");
        let port = line.rsplit(' ').next().expect("a port").trim_end_matches('.').to_owned();
        let mut chromium = DesiredCapabilities::chrome();
        for argument in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-sync",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-breakpad",
            "--no-proxy-server",
            "--window-size=1000,900",
            // Chromium exits with its driver.
            "--remote-debugging-pipe",
            // Only this machine is reachable.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            &format!("--user-data-dir={}", folder.display()),
        ] {
            chromium.add_arg(argument).expect("an argument");
        }
        chromium.set_binary("/usr/bin/chromium").expect("a path");
        chromium.add_experimental_option("prefs", preferences).expect("preferences");
        // By default, the driver disables the popup blocker.
        chromium.add_experimental_option("excludeSwitches", ["disable-popup-blocking"]).expect("a list");
        let server = format!("http://127.0.0.1:{port}");
        let driver = WebDriver::new(&server, chromium).await.expect("Chromium runs");
        Self { driver, server, folder, _process: process }
    }

    /// Opens an address.
    pub async fn open(&self, address: &str) {
        self.driver.goto(address).await.expect("an address");
    }

    /// Presses the button of this name.
    pub async fn press(&self, name: &str) {
        self.element(&format!("//button[normalize-space()='{name}' or .//b[.='{name}']]"))
            .await
            .click()
            .await
            .expect("a click");
    }

    /// Types text into the field of this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.element(&format!("//label[contains(., '{label}')]/input")).await;
        field.send_keys(text).await.expect("a field");
    }

    /// Goes from the home page to the consent page, beginning with this button.
    pub async fn go_to_consent(&self, button: &str) {
        self.press(button).await;
        self.choose_bank_and_sign_in().await;
    }

    /// Chooses and signs in at Mock Bank, up to the consent page.
    pub async fn choose_bank_and_sign_in(&self) {
        self.press("Mock Bank").await;
        self.fill("User name", "john").await;
        self.fill("Password", "doe").await;
        self.press("Sign in").await;
        self.wait_for_heading("Allow access?").await;
    }

    /// Waits until the page has this heading.
    pub async fn wait_for_heading(&self, heading: &str) {
        let query = self.driver.query(By::XPath(format!("//h1[normalize-space()='{heading}']")));
        if query.wait(WAIT, POLL).first().await.is_err() {
            let (address, page) = (self.address().await, self.text().await);
            panic!("no heading `{heading}` at {address}:\n{page}");
        }
    }

    /// Waits until the page contains this text.
    pub async fn wait_for_text(&self, text: &str) {
        self.element(&format!("//body//*[contains(., \"{text}\")]")).await;
    }

    /// Returns the text of the page.
    pub async fn text(&self) -> String {
        let body = self.driver.query(By::Tag("body")).wait(WAIT, POLL).first().await.expect("a page");
        body.text().await.expect("its text")
    }

    /// Returns the address of the page.
    pub async fn address(&self) -> String {
        self.driver.current_url().await.expect("an address").to_string()
    }

    /// Returns the path of the page.
    pub async fn path(&self) -> String {
        self.driver.current_url().await.expect("an address").path().to_owned()
    }

    /// Waits until the page has this path.
    pub async fn wait_for_path(&self, path: &str) {
        let deadline = Instant::now() + WAIT;
        while self.path().await != path {
            assert!(Instant::now() < deadline, "at {}, not {path}", self.address().await);
        }
    }

    /// Runs a script in the page, and returns its result.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.driver.execute(script, arguments).await.expect("a script").json().clone()
    }

    /// Submits a form by a script, without a user gesture.
    pub async fn submit_without_a_user(&self, form: &str) {
        let script = format!("document.getElementById('{form}').requestSubmit()");
        self.devtools("Runtime.evaluate", json!({ "expression": script, "userGesture": false })).await;
    }

    /// Blocks requests to addresses that match one of these patterns.
    pub async fn block(&self, patterns: &[&str]) {
        self.devtools("Network.enable", json!({})).await;
        self.devtools("Network.setBlockedURLs", json!({ "urls": patterns })).await;
    }

    /// Sends a command to Chromium's developer tools.
    pub async fn devtools(&self, command: &str, arguments: Value) {
        self.driver.cdp().send_raw(command, arguments).await.expect("a command");
    }

    /// Waits until there are this many windows, and returns them.
    pub async fn windows(&self, number: usize) -> Vec<WindowHandle> {
        let deadline = Instant::now() + WAIT;
        loop {
            let windows = self.driver.windows().await.expect("windows");
            if windows.len() == number {
                return windows;
            }
            assert!(Instant::now() < deadline, "{} windows, not {number}", windows.len());
        }
    }

    /// Switches to a window.
    pub async fn switch_to(&self, window: &WindowHandle) {
        self.driver.switch_to_window(window.clone()).await.expect("a window");
    }

    /// Returns a screenshot of the page as PNG.
    pub async fn screenshot(&self) -> Vec<u8> {
        self.driver.screenshot_as_png().await.expect("a picture")
    }

    /// Waits for a visible element.
    pub async fn element(&self, path: &str) -> WebElement {
        match self.driver.query(By::XPath(path)).wait(WAIT, POLL).and_displayed().first().await {
            Ok(element) => element,
            Err(error) => panic!("no {path} at {}: {error}\n{}", self.address().await, self.text().await),
        }
    }
}

const WAIT: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(20);

impl Drop for Chromium {
    fn drop(&mut self) {
        // Ends the session in this thread. The crate's own `Drop` would block on the runtime that this thread blocks.
        let _ = self.driver.clone().leak();
        let session = format!("{}/session/{}", self.server, self.driver.session_id());
        let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(WAIT)).build().into();
        let _ = agent.delete(session).call();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
