//! The completions and the manual cover every command.

use crate::run::auth_link;

const COMMANDS: [&str; 8] = ["check", "explain", "convert", "new", "connect", "providers", "completions", "man"];

#[test]
fn the_completions_of_every_shell_cover_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = auth_link(folder.path(), &["completions", shell]);
        assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{shell}");
        for word in COMMANDS.into_iter().chain(["deny-warnings", "redirect-uri"]) {
            assert!(output.stdout.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(auth_link(folder.path(), &["completions", "ksh"]).code, 2);
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let all = auth_link(folder.path(), &["man"]).stdout;
    assert!(all.contains(".TH auth-link 1"), "{all}");
    for command in COMMANDS {
        assert!(all.contains(&format!("auth\\-link\\-{command}(1)")), "{command}");
        let page = auth_link(folder.path(), &["man", command]).stdout;
        assert!(page.contains(&format!(".TH auth-link-{command} 1")) && page.contains("\n.SH SYNOPSIS\n"), "{page}");
    }
    let none = auth_link(folder.path(), &["man", "nonsense"]);
    assert_eq!((none.code, none.stdout.as_str()), (2, ""));
    assert_eq!(none.stderr, "error: unknown command `nonsense`\nhelp: `auth-link --help` lists the commands\n");
}
