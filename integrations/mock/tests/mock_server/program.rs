//! The program `auth-link-mock`: what it prints, its flags, and how it ends.
#![cfg(all(unix, feature = "program"))]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The time limit of a step.
const LIMIT: Duration = Duration::from_secs(60);

/// The running program. It is killed when it is dropped.
struct Program {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// The text that it printed when it was ready.
    printed: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Starts the program, and waits until it is ready.
    fn start(args: &[&str]) -> Self {
        let mut child = command(args).stdout(Stdio::piped()).spawn().expect("the program starts");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut program = Self { child, stdout, printed: String::new() };
        while !program.printed.contains("Ctrl-C") {
            let read = program.stdout.read_line(&mut program.printed).expect("a line");
            assert!(read > 0, "the program ended after: {}", program.printed);
        }
        program
    }

    /// Returns the origin in the line that goes into the link.
    fn origin(&self) -> &str {
        let (_, rest) = self.printed.split_once("    auth_server = \"").expect(&self.printed);
        rest.split_once("\",\n").expect(&self.printed).0
    }

    /// Sends a request, and returns the status and the body.
    fn fetch(&self, path: &str, form: Option<&str>) -> (u16, String) {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into();
        let request = ureq::http::Request::builder()
            .method(if form.is_some() { "POST" } else { "GET" })
            .uri(format!("{}{path}", self.origin()))
            .header("content-type", "application/x-www-form-urlencoded");
        let mut response = agent.run(request.body(form.unwrap_or_default().to_owned()).unwrap()).expect("a response");
        (response.status().as_u16(), response.body_mut().read_to_string().expect("a text"))
    }

    /// Returns the body of the response to a request for data.
    fn read(&self, path: &str, token: &str) -> String {
        let request = ureq::http::Request::get(format!("{}/data/v1/{path}", self.origin()));
        let request = request.header("authorization", format!("Bearer {token}")).body(()).unwrap();
        let mut response = ureq::Agent::new_with_defaults().run(request).expect("a response");
        response.body_mut().read_to_string().expect("a text")
    }

    /// Opens an auth link of a client, and returns the id of the dialog.
    fn dialog(&self, client_id: &str, redirect_uri: &str, state: &str) -> String {
        let link = format!(
            "/?response_type=code&client_id={client_id}&redirect_uri={redirect_uri}&scope=accounts&state={state}&providers=uk-cs-mock"
        );
        let (status, page) = self.fetch(&link, None);
        assert_eq!(status, 200, "{page}");
        between(&page, "name=\"dialog\" value=\"", "\"").to_owned()
    }
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auth-link-mock"));
    command.args(args).stdin(Stdio::null());
    command
}

/// Waits for the end of a program within the limit.
fn wait(child: &mut Child) -> Option<i32> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a status") {
            return status.code();
        }
        if start.elapsed() > LIMIT {
            let _ = child.kill();
            panic!("the program still runs");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Runs the program with arguments that it refuses, and returns its errors.
fn refused(args: &[&str]) -> String {
    let mut child = command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let status = wait(&mut child);
    let Output { stdout, stderr, .. } = child.wait_with_output().expect("its output");
    let stderr = String::from_utf8(stderr).expect("a text");
    assert_eq!((status, stdout.as_slice()), (Some(2), &b""[..]), "{args:?}: {stderr}");
    stderr
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before)
        .and_then(|(_, rest)| rest.split_once(after))
        .unwrap_or_else(|| panic!("{before} in {text}"))
        .0
}

/// Writes a scenario into a file of this test.
fn scenario(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("a file");
    path
}

#[test]
fn the_program_prints_the_client_and_the_line_of_the_link_and_ends_with_0_on_sigint() {
    let mut program = Program::start(&[]);
    for line in [
        "client id:     sandbox-demo-5fe1a2\n",
        "client secret: mock-server-client-secret\n",
        "redirect URI:  http://localhost:3000/callback\n",
    ] {
        assert!(program.printed.contains(line), "{line} in {}", program.printed);
    }
    assert!(program.origin().starts_with("http://127.0.0.1:"), "{}", program.printed);
    assert_eq!(program.fetch("/api/providers", None).0, 200);
    let pid = program.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().expect("`kill` runs").success());
    assert_eq!(wait(&mut program.child), Some(0));
    let mut rest = String::new();
    program.stdout.read_to_string(&mut rest).expect("a text");
    assert_eq!(rest, "", "nothing more is printed");
}

#[test]
fn the_flags_set_the_client_the_redirect_uris_and_the_callbacks() {
    let (first, second) = ("https://app.example.com/callback", "http://localhost:8080/back");
    let program = Program::start(&[
        "--client-id",
        "sandbox-acme-7d2f1a",
        "--client-secret",
        "it's",
        "--redirect-uri",
        first,
        "--redirect-uri",
        second,
        "--response-mode",
        "form_post",
        "--cancel",
        "without-state",
        "--token-lifetime",
        "7",
        "--consent-lifetime",
        "30",
        "--rate-limit",
        "1",
        "--unattended-limit",
        "1",
    ]);
    assert!(program.printed.contains("client id:     sandbox-acme-7d2f1a\nclient secret: it's\n"));
    let variables =
        format!("CLIENT_ID=sandbox-acme-7d2f1a CLIENT_SECRET='it'\\''s' AUTH_SERVER={}\n", program.origin());
    assert!(program.printed.contains(&format!("    export {variables}")), "{}", program.printed);
    assert!(program.printed.contains(&format!("redirect URI:  {first}\nredirect URI:  {second}\n")));

    let dialog = program.dialog("sandbox-acme-7d2f1a", second, "s7");
    let (status, page) = program.fetch("/decision", Some(&format!("dialog={dialog}&decision=cancel")));
    assert_eq!((status, page.contains("value=\"access_denied\""), page.contains("s7")), (200, true, false), "{page}");

    let dialog = program.dialog("sandbox-acme-7d2f1a", first, "s8");
    program.fetch("/bank", Some(&format!("dialog={dialog}&user=john&password=doe")));
    let (_, page) = program.fetch("/decision", Some(&format!("dialog={dialog}&decision=allow")));
    let code = between(&page, "name=\"code\" value=\"", "\"");
    let body = format!(
        "grant_type=authorization_code&client_id=sandbox-acme-7d2f1a&client_secret=it%27s&redirect_uri={first}&code={code}"
    );
    let (status, tokens) = program.fetch("/connect/token", Some(&body));
    assert_eq!((status, tokens.contains("\"expires_in\":7,"), page.contains("s8")), (200, true, true), "{tokens}");
    let token = between(&tokens, "\"access_token\":\"", "\"");
    let me = program.read("me", token);
    let day = |name: &str| {
        let parts: Vec<u16> =
            between(&me, &format!("\"{name}\":\""), "T").split('-').map(|part| part.parse().unwrap()).collect();
        let month = time::Month::try_from(u8::try_from(parts[1]).unwrap()).unwrap();
        time::Date::from_calendar_date(parts[0].into(), month, parts[2].try_into().unwrap()).unwrap()
    };
    assert_eq!((day("consent_expires_at") - day("consent_created_at")).whole_days(), 30, "{me}");
    assert_eq!(program.fetch("/", None).0, 400, "a link without parameters");
}

#[test]
fn a_busy_port_is_refused_with_another_to_select() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let stderr = refused(&["--port", &port]);
    assert!(stderr.starts_with(&format!("error: port {port} cannot be used: ")), "{stderr}");
    assert!(stderr.ends_with("help: select another, or 0 for a free one\n"), "{stderr}");
}

#[test]
fn a_malformed_scenario_is_refused_with_its_file_its_line_and_the_correction() {
    for (name, text, line, message) in [
        (
            "unknown-key.toml",
            "[[bank]]\nid = \"a\"\ntitle = \"A\"",
            3,
            "unknown field `title`, expected one of `id`, `name`",
        ),
        (
            "unknown-endpoint.toml",
            "\n[[failure]]\nendpoint = \"tokens\"",
            3,
            "unknown endpoint `tokens`: expected one of `auth_link`",
        ),
        ("wrong-type.toml", "[[user]]\nname = \"a\"\npassword = 1", 3, "invalid type: integer `1`, expected a string"),
        ("syntax.toml", "[[bank]]\nid =", 2, ""),
        ("status.toml", "[[failure]]\nendpoint = \"token\"\nstatus = 200", 3, "expected a status from 400 to 599"),
    ] {
        let path = scenario(name, text);
        let path = path.to_str().expect("a text");
        let stderr = refused(&["--scenario", path]);
        assert!(stderr.starts_with(&format!("error: {path}:{line}: {message}")), "{stderr}");
    }
    let stderr = refused(&["--scenario", "/nowhere/scenario.toml"]);
    assert!(stderr.starts_with("error: /nowhere/scenario.toml: "), "{stderr}");
}

#[test]
fn a_scenario_from_a_file_has_its_users_and_failures() {
    let text =
        "[[user]]\nname = \"mary\"\npassword = \"secret\"\n[[failure]]\nendpoint = \"providers\"\nstatus = 418\n";
    let path = scenario("users.toml", text);
    let program = Program::start(&["--scenario", path.to_str().expect("a text")]);
    assert_eq!(program.fetch("/api/providers", None).0, 418);
    let dialog = program.dialog("sandbox-demo-5fe1a2", "http://localhost:3000/callback", "s7");
    let sign_in =
        |password: &str| program.fetch("/bank", Some(&format!("dialog={dialog}&user=mary&password={password}"))).0;
    assert_eq!((sign_in("wrong"), sign_in("secret")), (200, 303));
}

#[test]
fn an_invalid_flag_is_refused_with_what_to_write() {
    for (args, message) in [
        (
            &["--redirect-uri", "callback"][..],
            "invalid redirect URI `callback`\nhelp: write an absolute one, such as `http",
        ),
        (&["--prot", "3001"], "a similar argument exists: '--port'"),
        (&["--response-mode", "form"], "[possible values: query, form_post]"),
        (&["--port", "70000"], "invalid value '70000' for '--port <PORT>'"),
        (&["--consent-lifetime", "99999"], "99999 is not in 0..=36500"),
        (&["--client-secret", ""], "empty client id or client secret"),
    ] {
        let stderr = refused(args);
        assert!(stderr.starts_with("error: ") && stderr.contains(message), "{args:?}: {stderr}");
    }
}
