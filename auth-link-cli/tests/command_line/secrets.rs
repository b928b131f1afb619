//! No command prints a secret of a link.

use std::fs;

use crate::run::{Output, auth_link, auth_link_with};

/// A link with secrets in parameters, layers of encoding, user info and mail addresses. Each contains `SEKRIT`.
const LINK: &str = "https://SEKRITuser:SEKRITpass@auth.truelayer.com/?response_type=code&client_id=acme-7d2f1a\
    &redirect_uri=https%3A%2F%2FSEKRITa%3ASEKRITb%40app.example.com%2Fcb%3Fstate%3DSEKRITc%2520x%26access_token%3DSEKRITd%23id_token%3DSEKRITe\
    &scope=acounts&state=SEKRITf%20SEKRITg&nonce=SEKRITh&code=SEKRITi\"SEKRITj&code_challenge=SEKRITk&code_verifier=SEKRITl\
    &client%5Fsecret=SEKRITm%26SEKRITn&user_email=SEKRITo%40SEKRITp.example&login_hint=SEKRITq&Refresh-Token=SEKRITr\
    &tracking_id=SEKRITs%40mail.example&x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJTRUtSSVQifQ.SEKRITt&email=SEKRITu@SEKRITv.example\
    &amp;state=SEKRITw&provider_id=uk-ob-all#access_token=SEKRITx";

/// Asserts that a command failed and printed no secret.
fn assert_redacted(output: &Output, input: &str) {
    assert!(
        output.code > 0 && output.stdout.len() + output.stderr.len() > 50,
        "{input}: {}{}",
        output.stdout,
        output.stderr
    );
    for text in [&output.stdout, &output.stderr] {
        let shown = text.find("SEKRIT").map(|at| &text[at.saturating_sub(60)..(at + 40).min(text.len())]);
        assert_eq!(shown, None, "{input}");
        assert!(!text.contains("eyJhbG"), "{input}: {text}");
    }
}

#[test]
fn every_command_redacts_a_link_of_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    for args in [
        &["check"][..],
        &["check", "--json"],
        &["check", "--format", "github"],
        &["check", "--color", "always"],
        &["check", "--fix"],
        &["explain"],
        &["explain", "--json"],
        &["convert"],
        &["convert", "--json"],
        &["new", "--scope", "info", "--client-id"],
        &["connect", "--no-browser", "--timeout", "1"],
        &["connect", "--no-browser", "--timeout", "1", "--scope", "info", "--client-id"],
        &["connect", "--no-browser", "--timeout", "1", "--scope", "info", "--client-id", "a", "--auth-server"],
        &["new", "--scope", "info", "--client-id", "a", "--redirect-uri"],
        &["new", "--scope", "info", "--client-id", "a", "--provider-id"],
        &["new", "--client-id", "a", "--scope"],
        &["providers", "--from"],
        &["providers", "--timeout", "1", "--url"],
        &["providers", "--timeout"],
        &["check", "--catalogue", "x", "--allow"],
        &["explain", "x"],
        &["man"],
        &[],
    ] {
        let args: Vec<_> = args.iter().copied().chain([LINK]).collect();
        let output = auth_link(folder.path(), &args);
        assert_redacted(&output, &format!("{:?}", &args[..args.len() - 1]));
    }
}

#[test]
fn every_format_redacts_a_link_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    // A quote ends a link in a file.
    let link = LINK.replace('"', "%22");
    fs::write(folder.path().join("a.html"), format!("<a class='client_secret=SEKRIT' href=\"{link}\"> SEKRIT"))
        .unwrap();
    fs::write(folder.path().join("b.js"), format!("const secret = 'SEKRIT', link = `{link}`; // SEKRIT")).unwrap();
    for format in ["text", "github", "json"] {
        assert_redacted(&auth_link(folder.path(), &["check", "--format", format, "."]), format);
        assert_redacted(&auth_link_with(folder.path(), &["check", "--format", format, "-"], link.as_bytes()), format);
    }
}

#[test]
fn convert_redacts_a_macro_call() {
    let folder = tempfile::tempdir().unwrap();
    let link = LINK.replace('"', "%22");
    for call in [
        format!("auth_link!({link:?}, scope = [acounts])"),
        "auth_link!(client_secret = \"SEKRIT one, \\\" SEKRIT\", scope = [acounts])".to_owned(),
        "auth_link!(user_email = \"SEKRIT@SEKRIT.example\", state = [\"SEKRIT\", SEKRITword], scope = [acounts])"
            .to_owned(),
        "auth_link!(redirect_uri = \"https://SEKRITa:SEKRITb@b.example/?code=SEKRIT\\\"SEKRIT&x\", scope = [acounts])"
            .to_owned(),
        "auth_link!(\"code\" = \"SEKRIT\", \"id_token\" = r#\"SEKRIT\"#, scope = [acounts])".to_owned(),
    ] {
        assert_redacted(&auth_link(folder.path(), &["convert", &call]), &call);
        assert_redacted(&auth_link_with(folder.path(), &["convert", "--json", "-"], call.as_bytes()), &call);
    }
}

#[test]
fn fix_redacts_its_changes_and_keeps_the_secrets_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let link = LINK.replace('"', "%22").replace("acounts", "info%20info") + " ";
    for format in ["text", "github", "json"] {
        fs::write(folder.path().join("a.txt"), &link).unwrap();
        let output = auth_link(folder.path(), &["check", "--fix", "--format", format, "a.txt"]);
        assert_redacted(&output, format);
        assert!((output.stdout + &output.stderr).contains("duplicate `info`"), "{format}");
        let fixed = fs::read_to_string(folder.path().join("a.txt")).unwrap();
        assert_eq!(fixed, link.replace("info%20info", "info"), "{format}");
    }
}
