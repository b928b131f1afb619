//! Several instances of the demo: sharing only the key, and sharing a database in PostgreSQL.

use std::process::Command;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use demo::{Balancer, Browser, Instance, MockAdmin, Postgres};

const MODES: [&[&str]; 2] = [&[], &["--response-mode", "form_post"]];

/// Two instances behind a load balancer, with one mock server.
struct Cluster {
    balancer: Balancer,
    a: Option<Instance>,
    b: Instance,
    /// Runs the mock server.
    mock_server: Instance,
}

impl Cluster {
    fn start(options: &[&str]) -> Self {
        Self::with_keys(options, [1, 1])
    }

    fn with_keys(options: &[&str], keys: [u8; 2]) -> Self {
        let balancer = Balancer::start();
        let public = ["--public-origin", balancer.origin()];
        let mock_server = Instance::start(&public);
        let mock_origin = mock_server.mock_server.clone().expect("a mock server");
        let [a, b] = keys.map(|key| {
            let key = key_file(key);
            Instance::start(&[&public[..], &["--mock-server", &mock_origin, "--key", &key], options].concat())
        });
        balancer.route_to(Some(a.address));
        Self { balancer, a: Some(a), b, mock_server }
    }

    fn route_to_a(&self) {
        self.balancer.route_to(self.a.as_ref().map(|a| a.address));
    }

    fn route_to_b(&self) {
        self.balancer.route_to(Some(self.b.address));
    }

    /// Returns the ports of both instances.
    fn ports(&self) -> [u16; 2] {
        [self.a.as_ref().expect("a running instance").address.port(), self.b.address.port()]
    }

    /// Returns the address of the accounts page.
    fn accounts(&self) -> String {
        format!("{}/accounts", self.balancer.origin())
    }

    /// Returns a browser that connected a bank.
    fn connect(&self) -> Browser {
        let (mut browser, callback) = self.begin();
        assert!(browser.return_with(&callback).html.contains("John Doe"));
        browser
    }

    /// Returns a browser that allowed access, and its callback.
    fn begin(&self) -> (Browser, (String, Option<String>)) {
        let mut browser = Browser::new();
        browser.connect(self.balancer.origin(), "john");
        let callback = browser.consent();
        (browser, callback)
    }
}

/// Returns the path of a key file of 64 bytes from this one on. Each test has its own file: another test's demo may read one while it is
/// written.
fn key_file(byte: u8) -> String {
    let file = format!("demo-key-{byte}-{}-{:?}", std::process::id(), thread::current().id());
    let file = std::env::temp_dir().join(file.replace(['(', ')'], ""));
    std::fs::write(&file, (byte..byte + 64).collect::<Vec<_>>()).expect("a file");
    file.display().to_string()
}

#[test]
fn an_authorization_in_a_cookie_can_finish_on_another_instance() {
    for mode in MODES {
        let cluster = Cluster::start(mode);
        let (mut browser, callback) = cluster.begin();
        cluster.route_to_b();
        assert!(browser.return_with(&callback).html.contains("John Doe"));
    }
}

#[test]
fn a_cookie_of_another_key_is_refused() {
    let cluster = Cluster::with_keys(&[], [1, 2]);
    let (mut browser, callback) = cluster.begin();
    cluster.route_to_b();
    assert_eq!(browser.return_with(&callback).status, 400);
}

#[test]
fn an_authorization_and_a_connection_survive_the_end_of_their_instance() {
    let postgres = Postgres::start();
    for mode in MODES {
        let mut cluster = Cluster::start(&[mode, &["--database", &postgres.url()]].concat());
        let mut connected = cluster.connect();
        let (mut browser, callback) = cluster.begin();
        cluster.a = None;
        cluster.route_to_b();
        assert!(connected.open(&cluster.accounts()).html.contains("John Doe"));
        assert!(browser.return_with(&callback).html.contains("John Doe"));
        let again = browser.return_with(&callback);
        assert_eq!((again.status, again.heading()), (400, "No connection is in progress"));
    }
}

#[test]
fn a_connection_made_on_one_instance_is_disconnected_on_another() {
    let postgres = Postgres::start();
    let cluster = Cluster::start(&["--database", &postgres.url()]);
    let mut browser = cluster.connect();
    cluster.route_to_b();
    assert!(browser.open(&cluster.accounts()).html.contains("John Doe"));
    assert!(browser.press("Disconnect", &[]).html.contains("Disconnected."));
    cluster.route_to_a();
    assert_eq!(browser.open(&cluster.accounts()).path(), "/");
}

#[test]
fn a_callback_sent_to_two_instances_concurrently_succeeds_once() {
    let postgres = Postgres::start();
    let cluster = Cluster::start(&["--database", &postgres.url()]);
    for _ in 0..20 {
        let (browser, (callback, _)) = cluster.begin();
        let path = callback.strip_prefix(cluster.balancer.origin()).expect("an address of the balancer").to_owned();
        let barrier = Arc::new(Barrier::new(2));
        let threads = cluster.ports().map(|port| {
            let (mut browser, address) = (browser.copy(), format!("http://localhost:{port}{path}"));
            let barrier = Arc::clone(&barrier);
            thread::spawn(move || {
                barrier.wait();
                browser.fetch(&address, None, Some("http://127.0.0.1/")).status
            })
        });
        let mut statuses = threads.map(|thread| thread.join().expect("a response"));
        statuses.sort_unstable();
        // TrueLayer refuses the second use of the code.
        assert_eq!(statuses, [303, 502]);
    }
}

#[test]
fn a_callback_in_another_browser_is_refused_and_the_first_browser_can_finish() {
    for mode in MODES {
        let cluster = Cluster::start(mode);
        let (mut browser, callback) = cluster.begin();
        // A browser with cookies, and a browser without.
        let (mut other, _) = cluster.begin();
        for refused in [other.return_with(&callback), Browser::new().return_with(&callback)] {
            assert_eq!((refused.status, refused.heading()), (400, "No connection is in progress"));
        }
        assert!(browser.return_with(&callback).html.contains("John Doe"));
    }
}

#[test]
fn while_postgres_restarts_requests_wait_and_succeed() {
    let mut postgres = Postgres::start();
    let cluster = Cluster::start(&["--database", &postgres.url()]);
    let mut connected = cluster.connect();
    let (mut browser, callback) = cluster.begin();
    postgres.stop();
    thread::scope(|scope| {
        let finish = scope.spawn(|| browser.return_with(&callback).html.contains("John Doe"));
        let read = scope.spawn(|| connected.open(&cluster.accounts()).html.contains("John Doe"));
        thread::sleep(Duration::from_secs(3));
        postgres.restart();
        assert!(finish.join().expect("a page") && read.join().expect("a page"));
    });
}

#[test]
fn without_postgres_each_page_is_clear_and_works_again_after_its_start() {
    let mut postgres = Postgres::start();
    let cluster = Cluster::start(&["--database", &postgres.url()]);
    let mut connected = cluster.connect();
    let (mut browser, callback) = cluster.begin();
    let mock = MockAdmin::of(&cluster.mock_server);
    mock.clear_requests();
    postgres.stop();
    let began = Instant::now();
    let home = connected.open(cluster.balancer.origin());
    assert_eq!((home.status, home.heading()), (200, "Your bank, in one picture"));
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    thread::scope(|scope| {
        let finish = scope.spawn(|| browser.return_with(&callback).clone());
        let read = scope.spawn(|| connected.open(&cluster.accounts()).clone());
        let page = finish.join().expect("a page");
        assert_eq!((page.status, page.heading()), (503, "The connection was not saved"));
        let page = read.join().expect("a page");
        assert_eq!((page.status, page.heading()), (503, "Please try again in a moment"));
        assert!(page.html.contains("Nothing was lost"), "{}", page.html);
    });
    assert_eq!(mock.requests("token"), 0, "a code is not exchanged for tokens that cannot be stored");
    postgres.restart();
    assert!(connected.open(&cluster.accounts()).html.contains("John Doe"));
    browser.connect(cluster.balancer.origin(), "john");
    let callback = browser.consent();
    assert!(browser.return_with(&callback).html.contains("John Doe"));
}

/// Sends a request to each instance eight times at once, and returns the statuses.
fn send_to_both(cluster: &Cluster, browser: &Browser, path: &str, body: Option<&str>) -> Vec<u16> {
    let ports = cluster.ports();
    let barrier = Barrier::new(16);
    thread::scope(|scope| {
        let threads = (0..16).map(|index: usize| {
            let (mut browser, barrier) = (browser.copy(), &barrier);
            let origin = format!("http://localhost:{}", ports[index % 2]);
            scope.spawn(move || {
                barrier.wait();
                browser.fetch(&format!("{origin}{path}"), body, Some(&origin)).status
            })
        });
        let threads: Vec<_> = threads.collect();
        threads.into_iter().map(|thread| thread.join().expect("a response")).collect()
    })
}

#[test]
fn an_expired_token_that_two_instances_read_with_is_refreshed_once() {
    let postgres = Postgres::start();
    let cluster = Cluster::start(&["--database", &postgres.url()]);
    let browser = cluster.connect();
    let mock = MockAdmin::of(&cluster.mock_server);
    for _ in 0..5 {
        mock.expire_tokens();
        mock.clear_requests();
        assert_eq!(send_to_both(&cluster, &browser, "/accounts", None), [200; 16]);
        assert_eq!(mock.requests("token"), 1);
    }
}

#[test]
fn concurrent_refreshes_on_two_instances_use_each_refresh_token_once() {
    let postgres = Postgres::start();
    let cluster = Cluster::start(&["--database", &postgres.url()]);
    let mut browser = cluster.connect();
    let (_, body) = browser.page.submission("Refresh access now");
    // The mock server ends a connection whose refresh token is used twice.
    assert_eq!(send_to_both(&cluster, &browser, "/refresh", Some(&body)), [303; 16]);
    assert!(browser.open(&cluster.accounts()).html.contains("John Doe"));
}

#[test]
fn connections_in_postgres_are_encrypted() {
    let postgres = Postgres::start();
    let cluster = Cluster::start(&["--database", &postgres.url()]);
    let _connected = cluster.connect();
    let sql = "SELECT replace(encode(data, 'escape'), chr(10), ' ') FROM auth_link_connections";
    let output = Command::new("psql").args([&postgres.url(), "-Atc", sql]).output().expect("psql runs");
    let rows = String::from_utf8(output.stdout).expect("text");
    assert_eq!(rows.lines().count(), 1, "{rows}");
    for plaintext in ["access_token", "refresh_token", "expires_at", "offline_access", "accounts"] {
        assert!(!rows.contains(plaintext), "{plaintext} in {rows}");
    }
}
