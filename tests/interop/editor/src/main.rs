//! Opens an application in rust-analyzer over the language-server protocol, and holds what it answers at places in a call of
//! `auth_link!` to what a person at an editor should see.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Before and after the call in the file.
const BEFORE: &str = "use auth_link::{AuthLink, auth_link};\n\npub static LINK: AuthLink = auth_link!(\n";
const AFTER: &str = "\n);\n\nfn main() {}\n";

/// What a call needs to be right.
const REST: &str = "client_id = \"acme\", redirect_uri = \"https://a.example\"";

/// A call with the cursor as `|`, and names that must be offered there.
const COMPLETIONS: [(&str, &[&str]); 22] = [
    ("REST, scope = [|]", &["accounts", "balance", "offline_access"]),
    ("REST, scope = [acc|]", &["accounts"]),
    ("REST, scope = [info, |]", &["accounts", "transactions"]),
    ("REST, scope = [info, bal|, accounts]", &["balance"]),
    ("REST, scope = [info, |, accounts]", &["balance"]),
    ("REST, scope = |", &["accounts"]),
    ("REST, scope = inf|", &["info"]),
    ("REST, scope = [info], prov|", &["providers", "provider_id"]),
    ("REST, scope = [info], |", &["language_id", "country_id", "response_mode"]),
    ("REST,\n    |\n    scope = [info]", &["providers", "user_email"]),
    ("|", &["client_id", "redirect_uri", "scope"]),
    ("REST, scope = [info], providers = [uk_|]", &["uk_ob_all", "uk_ob_monzo", "uk_cs_mock"]),
    ("REST, scope = [info], providers = [uk_ob_all, |]", &["ob_monzo", "de_xs2a_all"]),
    ("REST, scope = [info], provider_id = |", &["ob_monzo", "mock"]),
    ("REST, scope = [info], provider_id = ob_mon|", &["ob_monzo"]),
    ("REST, scope = [info], disable_providers = [ob_|]", &["ob_hsbc"]),
    ("REST, scope = [info], language_id = |", &["en", "sv"]),
    ("REST, scope = [info], country_id = G|", &["GB"]),
    ("REST, scope = [info], environment = |", &["live", "sandbox"]),
    ("REST, scope = [info], response_mode = |", &["form_post"]),
    ("REST, scope = [info], allow = [|]", &["missing_required_scope", "non_normalized_redirect_uri"]),
    ("\"https://auth.truelayer.com/?client_id=acme\", |", &["language_id", "scope"]),
];

/// A word in a right call, text that its documentation has, and the line that it is defined in.
const HOVERS: [(&str, &str, &str); 8] = [
    ("accounts", "Current and savings accounts", "pub const accounts"),
    ("scope", "permissions that the user is asked for", "pub const scope"),
    ("providers", "What the user may choose from", "pub const providers"),
    ("uk_ob_all", "Every UK open-banking provider", "pub const uk_ob_all"),
    ("ob_monzo", "Monzo, UK", "pub const ob_monzo"),
    ("en", "English", "pub const en"),
    ("GB", "ISO 3166-1", "pub const GB"),
    ("country_id", "country, already chosen", "pub const country_id"),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [server, app] = arguments.as_slice() else { panic!("usage: editor RUST-ANALYZER APP") };
    let mut editor = Editor::open(server, Path::new(app));
    let mut failed = 0;
    let mut report = |what: &str, verdict: Result<String, String>| {
        let (sign, said) = match &verdict {
            Ok(said) => ("ok", said),
            Err(said) => ("FAILED", said),
        };
        println!("{sign:<6} {what}: {said}");
        failed += usize::from(verdict.is_err());
    };

    let right = format!(
        "    {REST},\n    scope = [info, accounts],\n    providers = [uk_ob_all],\n    provider_id = ob_monzo,\n    language_id = en,\n    \
         country_id = GB,"
    );
    for (word, documentation, definition) in HOVERS {
        editor.write(&right);
        report(&format!("hover `{word}`"), editor.hover(word, documentation));
        report(&format!("definition of `{word}`"), editor.definition(word, definition));
    }
    for (call, expected) in COMPLETIONS {
        let call = call.replace("REST", REST);
        report(
            &format!("completion at `{}`", call.replace(REST, "…").replace('\n', " ")),
            editor.completion(&call, expected),
        );
    }
    // What is an error to the compiler is one here; but an editor has not the variables of a build.
    let of_build = format!("{REST}, scope = [info], tracking_id = env!(\"AUTH_LINK_NOT_SET\")");
    for (what, call, fault) in [
        ("a right call", right, None),
        ("a variable that only a build has", of_build, None),
        ("a wrong call", format!("{REST}, scope = [acounts]"), Some("unknown scope `acounts`")),
    ] {
        report(&format!("errors of {what}"), editor.faults(&call, fault));
    }

    editor.request("shutdown", Value::Null);
    editor.notify("exit", Value::Null);
    println!("{failed} failed");
    std::process::exit(i32::from(failed > 0));
}

struct Editor {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    file: String,
    text: String,
    version: u64,
    requests: u64,
}

impl Editor {
    /// Starts the server and waits until it has read the application.
    fn open(server: &str, app: &Path) -> Self {
        let mut server =
            Command::new(server).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("rust-analyzer");
        let (input, output) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let file = format!("file://{}/src/main.rs", app.display());
        let mut editor = Self { input, output, file, text: String::new(), version: 0, requests: 0 };
        editor.request(
            "initialize",
            json!({
                "processId": null,
                "rootUri": format!("file://{}", app.display()),
                "capabilities": {
                    "experimental": { "serverStatusNotification": true },
                    "textDocument": { "hover": { "contentFormat": ["markdown"] } },
                },
                "initializationOptions": { "checkOnSave": false, "cachePriming": { "enable": false } },
            }),
        );
        editor.notify("initialized", json!({}));
        let document = json!({ "uri": editor.file, "languageId": "rust", "version": 0, "text": "" });
        editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
        let start = Instant::now();
        loop {
            assert!(start.elapsed() < Duration::from_secs(300), "rust-analyzer does not come to rest");
            let message = editor.read();
            if message["method"] == "experimental/serverStatus" && message["params"]["quiescent"] == true {
                println!("rust-analyzer: {}", message["params"]["health"].as_str().unwrap_or_default());
                return editor;
            }
        }
    }

    /// Replaces the call in the file.
    fn write(&mut self, call: &str) {
        self.text = format!("{BEFORE}{call}{AFTER}");
        self.version += 1;
        let document = json!({ "uri": self.file, "version": self.version });
        let changes = json!([{ "text": self.text }]);
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    fn completion(&mut self, call: &str, expected: &[&str]) -> Result<String, String> {
        let cursor = BEFORE.len() + call.find('|').expect("a cursor");
        self.write(&call.replacen('|', "", 1));
        let answer = self.at("textDocument/completion", cursor);
        let items = answer.get("items").unwrap_or(&answer).as_array().cloned().unwrap_or_default();
        let labels: Vec<String> = items.iter().filter_map(|item| item["label"].as_str()).map(str::to_owned).collect();
        let missing: Vec<_> = expected.iter().filter(|name| !labels.iter().any(|label| label == *name)).collect();
        let said = format!("{} offered", labels.len());
        if missing.is_empty() && !labels.iter().any(|label| label == "__end") {
            Ok(said)
        } else {
            Err(format!("{said}, without {missing:?}: {:?}", &labels[..labels.len().min(8)]))
        }
    }

    fn hover(&mut self, word: &str, expected: &str) -> Result<String, String> {
        let answer = self.at("textDocument/hover", self.place(word));
        let text = answer["contents"]["value"].as_str().unwrap_or_default().to_owned();
        let last = text.lines().last().unwrap_or_default().to_owned();
        if text.contains(expected) { Ok(last) } else { Err(format!("{answer}")) }
    }

    fn definition(&mut self, word: &str, expected: &str) -> Result<String, String> {
        let answer = self.at("textDocument/definition", self.place(word));
        let target = if answer.is_array() { &answer[0] } else { &answer };
        let (uri, range) = if target["targetUri"].is_string() {
            (&target["targetUri"], &target["targetSelectionRange"])
        } else {
            (&target["uri"], &target["range"])
        };
        let file = uri.as_str().unwrap_or_default().trim_start_matches("file://").to_owned();
        let line = usize::try_from(range["start"]["line"].as_u64().unwrap_or_default()).unwrap_or_default();
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let line = text.lines().nth(line).unwrap_or_default().trim();
        if line.contains(expected) { Ok(line.to_owned()) } else { Err(format!("{answer}")) }
    }

    /// Expands the call, and what it expands to, as the server does for itself.
    fn faults(&mut self, call: &str, fault: Option<&str>) -> Result<String, String> {
        self.write(call);
        let answer = self.at("rust-analyzer/expandMacro", BEFORE.rfind("auth_link!").expect("the call") + 1);
        let expansion = answer["expansion"].as_str().unwrap_or_default();
        let is_right = match fault {
            Some(fault) => expansion.contains("compile_error!") && expansion.contains(fault),
            None => expansion.contains("checked(") && !expansion.contains("compile_error!"),
        };
        if is_right { Ok(fault.unwrap_or("none").to_owned()) } else { Err(format!("{answer}")) }
    }

    /// A place inside the first `word` of the call.
    fn place(&self, word: &str) -> usize {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let found = self.text.match_indices(word).map(|(at, _)| at).find(|&at| {
            let (before, after) = (&self.text[..at], &self.text[at + word.len()..]);
            at > BEFORE.len() && !before.ends_with(is_part) && !after.starts_with(is_part)
        });
        found.expect("the word") + 1
    }

    fn at(&mut self, method: &str, offset: usize) -> Value {
        let before = &self.text[..offset];
        let position = json!({ "line": before.matches('\n').count(), "character": before.len() - before.rfind('\n').map_or(0, |at| at + 1) });
        self.request(method, json!({ "textDocument": { "uri": self.file }, "position": position }))
    }

    /// Asks, again while the server says that it was interrupted.
    fn request(&mut self, method: &str, params: Value) -> Value {
        loop {
            self.requests += 1;
            let id = self.requests;
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
            let answer = loop {
                let message = self.read();
                if message["id"] == id && message.get("method").is_none() {
                    break message;
                }
            };
            if answer["error"]["code"] == -32801 || answer["error"]["code"] == -32802 {
                continue;
            }
            assert!(answer.get("error").is_none(), "{method}: {answer}");
            return answer["result"].clone();
        }
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("to write");
        self.input.flush().expect("to write");
    }

    /// The next message; the server's own requests are answered on the way.
    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).expect("to read") > 0, "rust-analyzer ended");
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", value)) => length = value.parse().expect("a length"),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("to read");
        let message: Value = serde_json::from_slice(&body).expect("JSON");
        if message.get("method").is_some() && message.get("id").is_some() {
            let result = if message["method"] == "workspace/configuration" { json!([null]) } else { Value::Null };
            self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
        }
        message
    }
}
