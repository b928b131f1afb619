//! `providers` asks a server, here one on this machine.

mod run;

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use run::auth_link;

const LIST: &str = r#"[{"provider_id": "mock", "display_name": "Mock", "country": "uk", "scopes": ["info", "cards"]}]"#;

/// A server that answers one request, and its address.
fn server(answer: impl FnOnce(&str, TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut byte = [0];
        while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|length| length > 0) {
            request.push(byte[0]);
        }
        answer(&String::from_utf8(request).unwrap(), stream);
    });
    format!("http://{address}/api/providers")
}

fn answering(head: &'static str, body: String) -> String {
    server(move |_, mut stream| {
        let length = body.len();
        // Whoever has read enough goes away.
        let _ = write!(stream, "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    })
}

fn providers(folder: &Path, url: &str) -> (i32, String) {
    let said = auth_link(folder, &["providers", "--timeout", "1", "--url", url, "-o", "providers.json"]);
    (said.code, said.stdout + &said.stderr.replace(url, "URL"))
}

#[test]
fn a_list_is_fetched_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let url = server(|request, mut stream| {
        assert!(request.starts_with("GET /api/providers?clientId=acme%20x HTTP/1.1\r\n"), "{request}");
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{LIST}", LIST.len()).unwrap();
    });
    let args = ["providers", "--url", &url, "--client-id", "acme x", "-o", "providers.json"];
    let said = auth_link(folder.path(), &args);
    assert_eq!((said.stdout.as_str(), said.stderr.as_str()), ("wrote `providers.json`: 1 providers\n", ""));
    let written = fs::read_to_string(folder.path().join("providers.json")).unwrap();
    assert!(written.starts_with("[\n  {\n    \"country\": \"uk\",\n"), "{written}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no other file is left");
}

#[test]
fn an_answer_that_is_no_list_is_named_and_the_old_copy_stands() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("providers.json");
    fs::write(&copy, LIST).unwrap();
    for (head, body, expected) in [
        (
            "200 OK",
            "<!doctype html><title>Sign in</title>".to_owned(),
            "error: the answer of `URL` is a page of HTML, not a list of providers\n",
        ),
        ("200 OK", "{\"error\": \"x\"}".to_owned(), "error: the answer of `URL` is not a list of providers\n"),
        ("200 OK", "[]".to_owned(), "error: the answer of `URL` lists no provider\n"),
        ("200 OK", LIST[..40].to_owned(), "error: the answer of `URL` is not JSON: EOF while parsing"),
        ("200 OK", format!("[{}", " ".repeat(5 << 20)), "error: cannot fetch `URL`: its answer is longer than 4 MiB\n"),
        (
            "500 Internal Server Error",
            LIST.to_owned(),
            "error: cannot fetch `URL`: it answered 500 Internal Server Error\n",
        ),
        (
            "302 Found\r\nlocation: http://127.0.0.1:1/",
            LIST.to_owned(),
            "error: cannot fetch `URL`: it answered 302 and sends elsewhere\n",
        ),
    ] {
        let (code, said) = providers(folder.path(), &answering(head, body));
        assert_eq!(code, 2, "{said}");
        assert!(said.starts_with(expected), "{said}");
        assert_eq!(fs::read_to_string(&copy).unwrap(), LIST);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no other file is left");
}

#[test]
fn an_answer_that_is_cut_or_never_ends_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let cut = server(|_, mut stream| write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{LIST}").unwrap());
    let (code, said) = providers(folder.path(), &cut);
    assert!(code == 2 && said.starts_with("error: cannot fetch `URL`: "), "{said}");
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
        let (code, said) = providers(folder.path(), &url);
        assert!(
            code == 2 && said.starts_with("error: cannot fetch `URL`: no whole answer within 1 seconds\n"),
            "{said}"
        );
        assert!(began.elapsed() < Duration::from_secs(5));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn nobody_answering_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (code, said) = providers(folder.path(), &format!("http://{free}/"));
    assert!(code == 2 && said.starts_with("error: cannot fetch `URL`: "), "{said}");
    let (code, said) = providers(folder.path(), "nonsense");
    assert!(code == 2 && said.starts_with("error: cannot fetch `URL`: "), "{said}");
}

#[cfg(unix)]
#[test]
fn a_copy_is_as_readable_as_any_file_and_stays_where_a_link_leads() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plain"), "").unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    fs::write(folder.path().join("real/copy.json"), LIST.replace("Mock", "Old")).unwrap();
    fs::set_permissions(folder.path().join("real/copy.json"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/copy.json", folder.path().join("link.json")).unwrap();
    for file in ["new.json", "link.json"] {
        let said = auth_link(folder.path(), &["providers", "--url", &answering("200 OK", LIST.to_owned()), "-o", file]);
        assert_eq!(said.code, 0, "{}", said.stderr);
    }
    let mode = |file: &str| fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
    assert_eq!(mode("new.json"), mode("plain"));
    assert_eq!(mode("real/copy.json") & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.path().join("link.json")).unwrap().is_symlink());
    assert!(fs::read_to_string(folder.path().join("real/copy.json")).unwrap().contains("Mock"));
}
