//! Opens an application in rust-analyzer over the language server protocol, and checks its completions, documentation, definitions
//! and errors at positions in a call of `auth_link!`.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The text before the call in the file.
const BEFORE: &str = "use auth_link::{AuthLink, auth_link};\n\npub static LINK: AuthLink = auth_link!(\n";
/// The text after the call in the file.
const AFTER: &str = "\n);\n\nfn main() {}\n";

/// The required fields of a call, without `scope`.
const REST: &str = "client_id = \"acme\", redirect_uri = \"https://a.example\"";

/// A call with the cursor as `|`, and names that the editor must offer there.
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

/// A word of a valid call, a part of its documentation, and a part of the line that defines it.
const HOVERS: [(&str, &str, &str); 8] = [
    ("accounts", "Current and savings accounts", "pub const accounts"),
    ("scope", "permissions that the user is asked for", "pub const scope"),
    ("providers", "The providers that the user may choose", "pub const providers"),
    ("uk_ob_all", "Every UK open-banking provider", "pub const uk_ob_all"),
    ("ob_monzo", "Monzo, UK", "pub const ob_monzo"),
    ("en", "English", "pub const en"),
    ("GB", "ISO 3166-1", "pub const GB"),
    ("country_id", "preselected country", "pub const country_id"),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [server, app] = arguments.as_slice() else { panic!("usage: editor RUST-ANALYZER APP") };
    let mut editor = Editor::open(server, Path::new(app));
    let mut failed = 0;
    let mut report = |subject: &str, result: Result<String, String>| {
        let (status, details) = match &result {
            Ok(details) => ("ok", details),
            Err(details) => ("FAILED", details),
        };
        println!("{status:<6} {subject}: {details}");
        failed += usize::from(result.is_err());
    };

    let valid = format!(
        "    {REST},\n    scope = [info, accounts],\n    providers = [uk_ob_all],\n    provider_id = ob_monzo,\n    language_id = en,\n    \
         country_id = GB,"
    );
    for (word, documentation, definition) in HOVERS {
        editor.write(&valid);
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
    // An editor shows the errors of the compiler, but lacks the environment variables of a build.
    let with_variable = format!("{REST}, scope = [info], tracking_id = env!(\"AUTH_LINK_NOT_SET\")");
    for (subject, call, error) in [
        ("a valid call", valid, None),
        ("a call with a variable that only a build has", with_variable, None),
        ("an invalid call", format!("{REST}, scope = [acounts]"), Some("unknown scope `acounts`")),
    ] {
        report(&format!("errors of {subject}"), editor.errors(&call, error));
    }

    editor.request("shutdown", Value::Null);
    editor.notify("exit", Value::Null);
    println!("{failed} failed");
    std::process::exit(i32::from(failed > 0));
}

/// A client of rust-analyzer with one open file.
struct Editor {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    file: String,
    text: String,
    version: u64,
    requests: u64,
}

impl Editor {
    /// Starts the server and waits until it has loaded the application.
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
            assert!(start.elapsed() < Duration::from_secs(300), "rust-analyzer does not finish loading");
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

    /// Checks that the names are offered at the cursor.
    fn completion(&mut self, call: &str, expected: &[&str]) -> Result<String, String> {
        let cursor = BEFORE.len() + call.find('|').expect("a cursor");
        self.write(&call.replacen('|', "", 1));
        let response = self.at("textDocument/completion", cursor);
        let items = response.get("items").unwrap_or(&response).as_array().cloned().unwrap_or_default();
        let labels: Vec<String> = items.iter().filter_map(|item| item["label"].as_str()).map(str::to_owned).collect();
        let missing: Vec<_> = expected.iter().filter(|name| !labels.iter().any(|label| label == *name)).collect();
        let count = format!("{} offered", labels.len());
        if missing.is_empty() && !labels.iter().any(|label| label == "__end") {
            Ok(count)
        } else {
            Err(format!("{count}, without {missing:?}: {:?}", &labels[..labels.len().min(8)]))
        }
    }

    /// Checks the documentation of a word.
    fn hover(&mut self, word: &str, expected: &str) -> Result<String, String> {
        let response = self.at("textDocument/hover", self.offset(word));
        let text = response["contents"]["value"].as_str().unwrap_or_default().to_owned();
        let last = text.lines().last().unwrap_or_default().to_owned();
        if text.contains(expected) { Ok(last) } else { Err(format!("{response}")) }
    }

    /// Checks the definition of a word.
    fn definition(&mut self, word: &str, expected: &str) -> Result<String, String> {
        let response = self.at("textDocument/definition", self.offset(word));
        let target = if response.is_array() { &response[0] } else { &response };
        let (uri, range) = if target["targetUri"].is_string() {
            (&target["targetUri"], &target["targetSelectionRange"])
        } else {
            (&target["uri"], &target["range"])
        };
        let file = uri.as_str().unwrap_or_default().trim_start_matches("file://").to_owned();
        let line = usize::try_from(range["start"]["line"].as_u64().unwrap_or_default()).unwrap_or_default();
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let line = text.lines().nth(line).unwrap_or_default().trim();
        if line.contains(expected) { Ok(line.to_owned()) } else { Err(format!("{response}")) }
    }

    /// Checks that the expansion of the call has the error, or none.
    fn errors(&mut self, call: &str, error: Option<&str>) -> Result<String, String> {
        self.write(call);
        let response = self.at("rust-analyzer/expandMacro", BEFORE.rfind("auth_link!").expect("the call") + 1);
        let expansion = response["expansion"].as_str().unwrap_or_default();
        let is_expected = match error {
            Some(error) => expansion.contains("compile_error!") && expansion.contains(error),
            None => expansion.contains("__private::Fixed") && !expansion.contains("compile_error!"),
        };
        if is_expected { Ok(error.unwrap_or("none").to_owned()) } else { Err(format!("{response}")) }
    }

    /// Returns an offset inside the first `word` of the call.
    fn offset(&self, word: &str) -> usize {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let position = self.text.match_indices(word).map(|(at, _)| at).find(|&at| {
            let (before, after) = (&self.text[..at], &self.text[at + word.len()..]);
            at > BEFORE.len() && !before.ends_with(is_part) && !after.starts_with(is_part)
        });
        position.expect("the word") + 1
    }

    /// Sends a request about an offset in the file.
    fn at(&mut self, method: &str, offset: usize) -> Value {
        let before = &self.text[..offset];
        let position = json!({ "line": before.matches('\n').count(), "character": before.len() - before.rfind('\n').map_or(0, |at| at + 1) });
        self.request(method, json!({ "textDocument": { "uri": self.file }, "position": position }))
    }

    /// Sends a request, again if the server reports that it was interrupted; returns the result.
    fn request(&mut self, method: &str, params: Value) -> Value {
        loop {
            self.requests += 1;
            let id = self.requests;
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
            let response = loop {
                let message = self.read();
                if message["id"] == id && message.get("method").is_none() {
                    break message;
                }
            };
            if response["error"]["code"] == -32801 || response["error"]["code"] == -32802 {
                continue;
            }
            assert!(response.get("error").is_none(), "{method}: {response}");
            return response["result"].clone();
        }
    }

    /// Sends a notification.
    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Writes a message.
    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("writes to rust-analyzer");
        self.input.flush().expect("writes to rust-analyzer");
    }

    /// Reads the next message. A request of the server gets a response first.
    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).expect("reads from rust-analyzer") > 0, "rust-analyzer ended");
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", value)) => length = value.parse().expect("a length"),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("reads from rust-analyzer");
        let message: Value = serde_json::from_slice(&body).expect("JSON");
        if message.get("method").is_some() && message.get("id").is_some() {
            let result = if message["method"] == "workspace/configuration" { json!([null]) } else { Value::Null };
            self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
        }
        message
    }
}
