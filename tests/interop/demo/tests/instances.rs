//! Several instances of the demo: sharing only the key of the cookies, and sharing Redis.

use std::sync::{Arc, Barrier};
use std::thread;

use demo::{Balancer, Browser, Instance, Redis};

const MODES: [&[&str]; 2] = [&[], &["--response-mode", "form_post"]];

/// Two instances behind a load balancer, with one mock server.
struct Cluster {
    balancer: Balancer,
    a: Option<Instance>,
    b: Instance,
    /// Runs the mock server.
    _mock_server: Instance,
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
        Self { balancer, a: Some(a), b, _mock_server: mock_server }
    }

    fn route_to_b(&self) {
        self.balancer.route_to(Some(self.b.address));
    }

    /// Returns a browser that allowed access, and its callback.
    fn begin(&self) -> (Browser, (String, Option<String>)) {
        let mut browser = Browser::new();
        browser.connect(self.balancer.origin(), "john");
        let callback = browser.consent();
        (browser, callback)
    }
}

/// Returns the path of a key file that repeats this byte. Each test has its own file: another test's demo may read one while it is
/// written.
fn key_file(byte: u8) -> String {
    let file = format!("demo-key-{byte}-{}-{:?}", std::process::id(), thread::current().id());
    let file = std::env::temp_dir().join(file.replace(['(', ')'], ""));
    std::fs::write(&file, [byte; 64]).expect("a file");
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
fn an_authorization_in_redis_survives_the_end_of_its_instance() {
    for mode in MODES {
        let redis = Redis::start();
        let mut cluster = Cluster::start(&[mode, &["--redis", &redis.url()]].concat());
        let (mut browser, callback) = cluster.begin();
        cluster.a = None;
        cluster.route_to_b();
        assert!(browser.return_with(&callback).html.contains("John Doe"));
        let again = browser.return_with(&callback);
        assert_eq!((again.status, again.heading()), (400, "No connection is in progress"));
    }
}

#[test]
fn a_callback_sent_to_two_instances_concurrently_succeeds_once() {
    let redis = Redis::start();
    let cluster = Cluster::start(&["--redis", &redis.url()]);
    let instances = [cluster.a.as_ref().expect("a running instance").address, cluster.b.address];
    for _ in 0..50 {
        let (browser, (callback, _)) = cluster.begin();
        let path = callback.strip_prefix(cluster.balancer.origin()).expect("an address of the balancer").to_owned();
        let barrier = Arc::new(Barrier::new(instances.len()));
        let threads = instances.map(|instance| {
            let (mut browser, address) = (browser.copy(), format!("http://localhost:{}{path}", instance.port()));
            let barrier = Arc::clone(&barrier);
            thread::spawn(move || {
                barrier.wait();
                browser.fetch(&address, None, Some("http://127.0.0.1/")).status
            })
        });
        let mut statuses = threads.map(|thread| thread.join().expect("a response"));
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 400]);
    }
}

#[test]
fn a_callback_in_another_browser_is_refused_and_the_first_browser_can_finish() {
    for mode in MODES {
        let redis = Redis::start();
        let cluster = Cluster::start(&[mode, &["--redis", &redis.url()]].concat());
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
fn an_authorization_and_a_connection_survive_a_restart_of_redis() {
    let mut redis = Redis::start();
    let cluster = Cluster::start(&["--redis", &redis.url()]);
    let (mut browser, callback) = cluster.begin();
    let (mut connected, connected_callback) = cluster.begin();
    connected.return_with(&connected_callback);
    redis.stop();
    let page = browser.return_with(&callback).clone();
    assert_eq!((page.status, page.heading()), (503, "Please try again in a moment"));
    assert!(page.html.contains("Nothing was lost"), "{}", page.html);
    let accounts = format!("{}/accounts", cluster.balancer.origin());
    assert_eq!(connected.open(&accounts).status, 503);
    let mut other = Browser::new();
    other.open(cluster.balancer.origin());
    assert_eq!(other.press("Connect your bank", &[]).status, 503);
    redis.restart();
    assert!(browser.return_with(&callback).html.contains("John Doe"));
    assert!(connected.open(&accounts).html.contains("John Doe"));
}

#[test]
fn concurrent_refreshes_on_two_instances_use_each_refresh_token_once() {
    let redis = Redis::start();
    let cluster = Cluster::start(&["--redis", &redis.url()]);
    let instances = [cluster.a.as_ref().expect("a running instance").address, cluster.b.address];
    let (mut browser, callback) = cluster.begin();
    let (_, body) = browser.return_with(&callback).submission("Refresh access now");
    let threads = (0..16).map(|index: usize| {
        let (mut browser, body) = (browser.copy(), body.clone());
        let refresh = format!("http://localhost:{}/refresh", instances[index % 2].port());
        thread::spawn(move || browser.fetch(&refresh, Some(&body), Some(&refresh)).status)
    });
    let threads: Vec<_> = threads.collect();
    for thread in threads {
        assert_eq!(thread.join().expect("a response"), 303);
    }
    assert!(browser.open(&format!("{}/accounts", cluster.balancer.origin())).html.contains("John Doe"));
}

#[test]
fn values_in_redis_are_encrypted_and_expire() {
    let redis = Redis::start();
    let cluster = Cluster::start(&["--redis", &redis.url()]);
    let (mut connected, callback) = cluster.begin();
    connected.return_with(&callback);
    let (_browser, (callback, _)) = cluster.begin();
    let state = callback.split_once("state=").expect("a state").1;
    let entries = redis.dump();
    assert_eq!(entries.len(), 2, "{entries:?}");
    for (key, seconds, value) in entries {
        assert!((1..=3600).contains(&seconds), "{key} expires in {seconds} s");
        for plaintext in [state, "access_token", "pending", "redirect_uri", "localhost"] {
            assert!(!key.contains(plaintext) && !value.contains(plaintext), "{plaintext} in {key}: {value}");
        }
    }
}
