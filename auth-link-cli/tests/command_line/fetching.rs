//! `providers` with a server on this machine.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::run::auth_link;

const LIST: &str = r#"[{"provider_id": "mock", "display_name": "Mock", "country": "uk", "scopes": ["info", "cards"]}]"#;

/// Starts a server that serves one request, and returns its URL.
fn server(respond: impl FnOnce(&str, TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut byte = [0];
        while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|length| length > 0) {
            request.push(byte[0]);
        }
        respond(&String::from_utf8(request).unwrap(), stream);
    });
    format!("http://{address}/api/providers")
}

/// Starts a server that sends one response, and returns its URL.
fn serving(head: &'static str, body: String) -> String {
    server(move |_, mut stream| {
        let length = body.len();
        // The client may close the connection before the end.
        let _ = write!(stream, "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    })
}

/// Runs `providers`; returns its exit status and its output.
fn providers(folder: &Path, url: &str) -> (i32, String) {
    let output = auth_link(folder, &["providers", "--timeout", "1", "--url", url, "-o", "providers.json"]);
    (output.code, output.stdout + &output.stderr.replace(url, "URL"))
}

#[test]
fn a_list_is_fetched_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let url = server(|request, mut stream| {
        assert!(request.starts_with("GET /api/providers?clientId=acme%20x HTTP/1.1\r\n"), "{request}");
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{LIST}", LIST.len()).unwrap();
    });
    let args = ["providers", "--url", &url, "--client-id", "acme x", "-o", "providers.json"];
    let output = auth_link(folder.path(), &args);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("wrote `providers.json`: 1 providers\n", ""));
    let written = fs::read_to_string(folder.path().join("providers.json")).unwrap();
    assert!(written.starts_with("[\n  {\n    \"country\": \"uk\",\n"), "{written}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no other file is left");
}

#[test]
fn a_response_that_is_not_a_list_is_an_error_and_leaves_the_copy_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("providers.json");
    fs::write(&copy, LIST).unwrap();
    for (head, body, expected) in [
        (
            "200 OK",
            "<!doctype html><title>Sign in</title>".to_owned(),
            "error: the response from `URL` is an HTML page, not a list of providers\n",
        ),
        ("200 OK", "{\"error\": \"x\"}".to_owned(), "error: the response from `URL` is not a list of providers\n"),
        ("200 OK", "[]".to_owned(), "error: the response from `URL` lists no provider\n"),
        ("200 OK", LIST[..40].to_owned(), "error: the response from `URL` is not JSON: EOF while parsing"),
        (
            "200 OK",
            format!("[{}", " ".repeat(5 << 20)),
            "error: cannot fetch `URL`: the response body is longer than 4 MiB\n",
        ),
        (
            "500 Internal Server Error",
            LIST.to_owned(),
            "error: cannot fetch `URL`: the response status is 500 Internal Server Error\n",
        ),
        (
            "302 Found\r\nlocation: http://127.0.0.1:1/",
            LIST.to_owned(),
            "error: cannot fetch `URL`: the response is a redirect (302)\n",
        ),
    ] {
        let (code, output) = providers(folder.path(), &serving(head, body));
        assert_eq!(code, 2, "{output}");
        assert!(output.starts_with(expected), "{output}");
        assert_eq!(fs::read_to_string(&copy).unwrap(), LIST);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no other file is left");
}

#[test]
fn an_incomplete_response_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let cut = server(|_, mut stream| write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{LIST}").unwrap());
    let (code, output) = providers(folder.path(), &cut);
    assert!(code == 2 && output.starts_with("error: cannot fetch `URL`: "), "{output}");
    let silent = server(|_, stream| {
        thread::sleep(Duration::from_secs(20));
        drop(stream);
    });
    let slow = server(|_, mut stream| {
        let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n");
        for byte in LIST.bytes() {
            thread::sleep(Duration::from_millis(100));
            let _ = stream.write_all(&[byte]);
        }
    });
    for url in [silent, slow] {
        let began = Instant::now();
        let (code, output) = providers(folder.path(), &url);
        assert!(
            code == 2 && output.starts_with("error: cannot fetch `URL`: no complete response within 1 seconds\n"),
            "{output}"
        );
        assert!(began.elapsed() < Duration::from_secs(5));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn an_unreachable_server_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    // Nothing listens at this port, and no system chooses it.
    let (code, output) = providers(folder.path(), "http://127.0.0.1:1/");
    assert!(code == 2 && output.starts_with("error: cannot fetch `URL`: "), "{output}");
    let (code, output) = providers(folder.path(), "nonsense");
    assert!(code == 2 && output.starts_with("error: cannot fetch `URL`: "), "{output}");
}

#[cfg(unix)]
#[test]
fn a_copy_has_the_usual_permissions_and_follows_a_symbolic_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plain"), "").unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    fs::write(folder.path().join("real/copy.json"), LIST.replace("Mock", "Old")).unwrap();
    fs::set_permissions(folder.path().join("real/copy.json"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/copy.json", folder.path().join("link.json")).unwrap();
    for file in ["new.json", "link.json"] {
        let output = auth_link(folder.path(), &["providers", "--url", &serving("200 OK", LIST.to_owned()), "-o", file]);
        assert_eq!(output.code, 0, "{}", output.stderr);
    }
    let mode = |file: &str| fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
    assert_eq!(mode("new.json"), mode("plain"));
    assert_eq!(mode("real/copy.json") & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.path().join("link.json")).unwrap().is_symlink());
    assert!(fs::read_to_string(folder.path().join("real/copy.json")).unwrap().contains("Mock"));
}
