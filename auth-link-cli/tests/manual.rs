//! Completions and the manual know every command and option.

mod run;

use run::auth_link;

const COMMANDS: [&str; 7] = ["check", "explain", "convert", "new", "providers", "completions", "man"];

#[test]
fn every_shell_completes_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let said = auth_link(folder.path(), &["completions", shell]);
        assert_eq!((said.code, said.stderr.as_str()), (0, ""), "{shell}");
        for word in COMMANDS.into_iter().chain(["deny-warnings", "redirect-uri"]) {
            assert!(said.stdout.contains(word), "{shell} lacks {word}");
        }
    }
    assert_eq!(auth_link(folder.path(), &["completions", "ksh"]).code, 2);
}

#[test]
fn the_manual_has_a_page_for_all_and_one_for_each_command() {
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
    assert_eq!(none.stderr, "error: no command `nonsense`\nhelp: `auth-link --help` lists them\n");
}
