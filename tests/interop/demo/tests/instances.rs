//! Several instances of the demo: with nothing in common but the cookies' key, and with one Redis.

use std::sync::{Arc, Barrier};
use std::thread;

use demo::{Balancer, Browser, Instance, Redis};

const MODES: [&[&str]; 2] = [&[], &["--response-mode", "form_post"]];

/// Two instances behind one address, and the stand-in that both sign in at.
struct Cluster {
    balancer: Balancer,
    a: Option<Instance>,
    b: Instance,
    _stand_in: Instance,
}

impl Cluster {
    fn start(options: &[&str]) -> Self {
        Self::with_keys(options, [1, 1])
    }

    fn with_keys(options: &[&str], keys: [u8; 2]) -> Self {
        let balancer = Balancer::start();
        let public = ["--public-origin", balancer.origin()];
        let own = Instance::start(&public);
        let mock_server = own.mock_server.clone().expect("a stand-in");
        let [a, b] = keys.map(|key| {
            let key = key_file(key);
            Instance::start(&[&public[..], &["--stand-in", &mock_server, "--key", &key], options].concat())
        });
        balancer.lead_to(Some(a.listens));
        Self { balancer, a: Some(a), b, _stand_in: own }
    }

    fn lead_to_b(&self) {
        self.balancer.lead_to(Some(self.b.listens));
    }

    /// A browser that has allowed access, and what it is to bring back.
    fn begin(&self) -> (Browser, (String, Option<String>)) {
        let mut browser = Browser::new();
        browser.connect(self.balancer.origin(), "john");
        let callback = browser.consent();
        (browser, callback)
    }
}

/// A file with a key of this byte alone.
fn key_file(byte: u8) -> String {
    let file = std::env::temp_dir().join(format!("demo-key-{byte}"));
    std::fs::write(&file, [byte; 64]).expect("a file");
    file.display().to_string()
}

#[test]
fn with_cookies_alone_a_sign_in_begun_on_one_instance_is_finished_on_the_other() {
    for mode in MODES {
        let cluster = Cluster::start(mode);
        let (mut browser, callback) = cluster.begin();
        cluster.lead_to_b();
        assert!(browser.return_with(&callback).html.contains("John Doe"));
    }
}

#[test]
fn with_another_key_a_cookie_says_nothing() {
    let cluster = Cluster::with_keys(&[], [1, 2]);
    let (mut browser, callback) = cluster.begin();
    cluster.lead_to_b();
    assert_eq!(browser.return_with(&callback).status, 400);
}

#[test]
fn with_redis_a_sign_in_outlives_the_instance_that_it_began_on() {
    for mode in MODES {
        let redis = Redis::start();
        let mut cluster = Cluster::start(&[mode, &["--redis", &redis.url()]].concat());
        let (mut browser, callback) = cluster.begin();
        cluster.a = None;
        cluster.lead_to_b();
        assert!(browser.return_with(&callback).html.contains("John Doe"));
        let again = browser.return_with(&callback);
        assert_eq!((again.status, again.heading()), (400, "This sign-in does not wait here"));
    }
}

#[test]
fn the_same_callback_to_both_at_once_succeeds_once() {
    let redis = Redis::start();
    let cluster = Cluster::start(&["--redis", &redis.url()]);
    let instances = [cluster.a.as_ref().expect("it runs").listens, cluster.b.listens];
    for _ in 0..50 {
        let (browser, (callback, _)) = cluster.begin();
        let path = callback.strip_prefix(cluster.balancer.origin()).expect("its address").to_owned();
        let barrier = Arc::new(Barrier::new(instances.len()));
        let threads = instances.map(|instance| {
            let (mut browser, address) = (browser.copy(), format!("http://localhost:{}{path}", instance.port()));
            let barrier = Arc::clone(&barrier);
            thread::spawn(move || {
                barrier.wait();
                browser.fetch(&address, None, Some("http://127.0.0.1/")).status
            })
        });
        let mut statuses = threads.map(|thread| thread.join().expect("an answer"));
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 400]);
    }
}

#[test]
fn with_redis_a_callback_in_another_browser_is_refused_and_the_first_can_still_finish() {
    for mode in MODES {
        let redis = Redis::start();
        let cluster = Cluster::start(&[mode, &["--redis", &redis.url()]].concat());
        let (mut browser, callback) = cluster.begin();
        // One that has cookies, and one that has none.
        let (mut other, _) = cluster.begin();
        for refused in [other.return_with(&callback), Browser::new().return_with(&callback)] {
            assert_eq!((refused.status, refused.heading()), (400, "This sign-in does not wait here"));
        }
        assert!(browser.return_with(&callback).html.contains("John Doe"));
    }
}

#[test]
fn redis_may_go_down_and_nothing_is_lost() {
    let mut redis = Redis::start();
    let cluster = Cluster::start(&["--redis", &redis.url()]);
    let (mut browser, callback) = cluster.begin();
    let (mut settled, settled_callback) = cluster.begin();
    settled.return_with(&settled_callback);
    redis.down();
    let told = browser.return_with(&callback).clone();
    assert_eq!((told.status, told.heading()), (503, "A moment, please"));
    assert!(told.html.contains("Nothing is lost"), "{}", told.html);
    let accounts = format!("{}/accounts", cluster.balancer.origin());
    assert_eq!(settled.open(&accounts).status, 503);
    let mut late = Browser::new();
    late.open(cluster.balancer.origin());
    assert_eq!(late.press("Connect your bank", &[]).status, 503);
    redis.up();
    assert!(browser.return_with(&callback).html.contains("John Doe"));
    assert!(settled.open(&accounts).html.contains("John Doe"));
}

#[test]
fn renewals_on_both_instances_at_once_wait_for_each_other() {
    let redis = Redis::start();
    let cluster = Cluster::start(&["--redis", &redis.url()]);
    let instances = [cluster.a.as_ref().expect("it runs").listens, cluster.b.listens];
    let (mut browser, callback) = cluster.begin();
    let (_, body) = browser.return_with(&callback).sends("Renew access now");
    let threads = (0..16).map(|index: usize| {
        let (mut browser, body) = (browser.copy(), body.clone());
        let renew = format!("http://localhost:{}/renew", instances[index % 2].port());
        thread::spawn(move || browser.fetch(&renew, Some(&body), Some(&renew)).status)
    });
    let threads: Vec<_> = threads.collect();
    for thread in threads {
        assert_eq!(thread.join().expect("an answer"), 303);
    }
    assert!(browser.open(&format!("{}/accounts", cluster.balancer.origin())).html.contains("John Doe"));
}

#[test]
fn redis_holds_nothing_in_clear_and_nothing_for_ever() {
    let redis = Redis::start();
    let cluster = Cluster::start(&["--redis", &redis.url()]);
    let (mut settled, callback) = cluster.begin();
    settled.return_with(&callback);
    let (_browser, (callback, _)) = cluster.begin();
    let state = callback.split_once("state=").expect("a state").1;
    let held = redis.dump();
    assert_eq!(held.len(), 2, "{held:?}");
    for (key, life, value) in held {
        assert!((1..=3600).contains(&life), "{key} stays for {life} s");
        for clear in [state, "access_token", "pending", "redirect_uri", "localhost"] {
            assert!(!key.contains(clear) && !value.contains(clear), "{clear} in {key}: {value}");
        }
    }
}
