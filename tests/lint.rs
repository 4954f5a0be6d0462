//! `selon lint` from outside: what is found, what is accepted, and how a run ends.
//!
//! Golden files stand in `tests/lint/golden`; UPDATE=1 writes them anew. `tests/lint/drafts` holds a draft for each code.

mod common;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use selon::policy::book::BUILT_IN as POLICY;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const DRAFT: &str = "Le port\n\nLe port fermera, selon une source policière.\n\nIl paraît que rien ne presse.\n";

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint")
}

fn lint(folder: &Path, args: &[&str]) -> Assert {
    let mut command: Command = assert_cmd::cargo_bin_cmd!("selon");
    command.env_remove("NO_COLOR").current_dir(folder);
    command.arg("lint").args(args).assert()
}

fn out(run: &Assert) -> String {
    String::from_utf8(run.get_output().stdout.clone()).expect("results are UTF-8")
}

fn err(run: &Assert) -> String {
    String::from_utf8(run.get_output().stderr.clone()).expect("messages are UTF-8")
}

fn desk(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
    folder
}

#[track_caller]
fn golden(name: &str, found: &str) {
    common::golden(&here().join("golden").join(name), found);
}

#[test]
fn every_code_has_a_draft_in_which_it_is_found() {
    let run = lint(&here(), &["drafts"]).code(1);
    let found = out(&run);
    golden("drafts.short", &found);
    for code in &POLICY.codes {
        let line = format!("drafts/{}.md:", code.name);
        let own = |l: &&str| l.starts_with(&line) && l.contains(&format!("[{}]", code.name));
        assert!(found.lines().any(|l| own(&l)), "{} is not found in its draft", code.name);
    }
}

#[test]
fn the_exit_code_goes_by_severity_and_not_by_what_is_shown() {
    let folder = desk(&[("a.md", DRAFT)]);
    let run = |args: &[&str], code: i32| drop(lint(folder.path(), args).code(code));
    run(&["a.md"], 1);
    run(&["a.md", "--fail-on", "error"], 0);
    run(&["a.md", "--fail-on", "never"], 0);
    run(&["a.md", "--show", "error"], 1);
    run(&["a.md", "-o", "findings.txt"], 1);
    run(&["a.md", "--max-warnings", "2"], 0);
    run(&["a.md", "--max-warnings", "1"], 1);
    run(&["a.md", "--max-warnings", "1", "--fail-on", "never"], 1);
    run(&["a.md", "nowhere.md", "--fail-on", "never"], 2);
    assert!(out(&lint(folder.path(), &["a.md", "--show", "error"])).is_empty());
    assert!(fs::read_to_string(folder.path().join("findings.txt")).expect("a file").contains("[hearsay]"));
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = desk(&[("a.md", DRAFT), ("b.md", "\0\0\0")]);
    let run = lint(folder.path(), &["a.md", "b.md"]).code(2);
    assert!(out(&run).contains("[hearsay]"));
    assert!(err(&run).contains("b.md: "));
}

#[test]
fn comments_in_a_draft_accept_what_they_name_for_a_reason() {
    let draft = "Le port\n\n<!-- selon: allow anonymous-source — vu par le desk -->\nLe port fermera, selon une source \
                 policière.\n\n%% selon: allow hearsay\nIl paraît que rien ne presse.\n";
    let folder = desk(&[("a.md", draft)]);
    let found = out(&lint(folder.path(), &["a.md"]));
    assert!(!found.contains("[anonymous-source]"), "{found}");
    assert!(found.contains("[hearsay]") && found.contains("[allow-without-reason]"), "{found}");
}

#[test]
fn settings_weigh_accept_and_expire() {
    let settings = "[severity]\nhearsay = \"error\"\n\n[[allow]]\ncode = \"anonymous-source\"\ntext = \"source policière\"\n\
                    reason = \"vu par le desk\"\n\n[[allow]]\ncode = \"hearsay\"\npath = \"a.md\"\nreason = \"ancien\"\n\
                    expires = 2020-01-01\n";
    let folder = desk(&[("selon.toml", settings), ("a.md", DRAFT)]);
    let run = lint(folder.path(), &["a.md"]).code(1);
    let found = out(&run);
    assert!(!found.contains("[anonymous-source]"), "{found}");
    assert!(found.contains("error[hearsay]"), "{found}");
    assert!(found.contains("selon.toml:") && found.contains("[unused-allow]"), "{found}");
    let broken = desk(&[("selon.toml", "[severity]\nheresay = \"error\"\n"), ("a.md", DRAFT)]);
    let run = lint(broken.path(), &["a.md"]).code(2);
    assert!(err(&run).contains("hearsay"), "{}", err(&run));
}

#[test]
fn a_baseline_knows_findings_wherever_they_stand() {
    let folder = desk(&[("a.md", DRAFT)]);
    lint(folder.path(), &["a.md", "--write-baseline", "known.json", "--fail-on", "never"]).code(0);
    let moved =
        "Le port\n\nIl paraît que rien ne presse.\n\nRien de neuf.\n\nLe port fermera, selon une source policière.\n";
    fs::write(folder.path().join("a.md"), moved).expect("a draft");
    let run = lint(folder.path(), &["a.md", "--baseline", "known.json"]).code(0);
    assert_eq!(out(&run), "");
    let more = format!("{moved}\nOn raconte que la digue a cédé.\n");
    fs::write(folder.path().join("a.md"), more.replace("Il paraît que rien ne presse.\n\n", "")).expect("a draft");
    let run = lint(folder.path(), &["a.md", "--baseline", "known.json"]).code(1);
    assert_eq!(out(&run).lines().count(), 1, "{}", out(&run));
    assert!(err(&run).contains("1 fixed since"), "{}", err(&run));
    fs::write(folder.path().join("known.json"), "{").expect("a file");
    let run = lint(folder.path(), &["a.md", "--baseline", "known.json"]).code(2);
    assert!(err(&run).contains("known.json:1:"), "{}", err(&run));
}

#[test]
fn nothing_that_is_written_replaces_a_draft() {
    let folder = desk(&[("a.md", DRAFT), ("b.md", DRAFT)]);
    let run = |args: &[&str]| lint(folder.path(), args).code(2);
    run(&["a.md", "-o", "a.md"]);
    run(&[".", "-o", "a.md"]);
    run(&["a.md", "--write-baseline", "a.md"]);
    run(&["b.md", "--write-baseline", "a.md"]);
    run(&["a.md", "--write-baseline", "x.json", "-o", "x.json"]);
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).expect("a draft"), DRAFT);
    assert!(!folder.path().join("a.md.partial").exists());
}

#[test]
fn a_draft_named_twice_is_read_once_and_settings_are_judged_on_a_whole_run() {
    let settings = "[[allow]]\ncode = \"anonymous-source\"\ntext = \"source policière\"\nreason = \"vu par le desk\"\n";
    let folder = desk(&[("selon.toml", settings), ("a.md", DRAFT), ("b.md", "Le port\n\nIl pleut.\n")]);
    let twice = out(&lint(folder.path(), &["a.md", "."]).code(1));
    assert_eq!(twice.lines().count(), 1, "{twice}");
    assert_eq!(out(&lint(folder.path(), &["b.md"]).code(0)), "");
    fs::remove_file(folder.path().join("a.md")).expect("a draft");
    assert!(out(&lint(folder.path(), &["."]).code(1)).contains("selon.toml:1:1: warning[unused-allow]"));
}

#[test]
fn only_lines_that_differ_from_a_revision_are_looked_at() {
    let folder = desk(&[("été.md", DRAFT)]);
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false"];
        let run = std::process::Command::new("git").current_dir(folder.path()).args(identity).args(args).output();
        assert!(run.expect("git").status.success(), "{args:?}");
    };
    lint(folder.path(), &[".", "--diff", "HEAD"]).code(2);
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "draft"]);
    lint(folder.path(), &[".", "--diff", "HEAD"]).code(0);
    fs::write(folder.path().join("été.md"), format!("{DRAFT}\nLe maire, dit-on, aurait menti.\n")).expect("a draft");
    fs::write(folder.path().join("new.md"), DRAFT).expect("a draft");
    let found = out(&lint(folder.path(), &[".", "--diff", "HEAD"]).code(1));
    assert!(found.lines().filter(|l| l.contains("été.md")).all(|l| l.contains("été.md:7:")), "{found}");
    assert!(found.contains("new.md:"), "{found}");
    lint(folder.path(), &["été.md", "--write-baseline", "known.json", "--diff", "HEAD", "--fail-on", "never"]).code(0);
    let known = fs::read_to_string(folder.path().join("known.json")).expect("a baseline");
    assert!(known.contains("\"anonymous-source\""), "what is on other lines is known too: {known}");
    let run = lint(folder.path(), &["été.md", "--baseline", "known.json", "--diff", "HEAD"]).code(0);
    assert!(!err(&run).contains("fixed"), "{}", err(&run));
    lint(folder.path(), &[".", "--diff", "no-such-branch"]).code(2);
    lint(folder.path(), &[".", "--diff=--output=x"]).code(2);
}

#[test]
fn every_format_names_the_same_findings() {
    let folder = desk(&[("a.md", "Le port\n\n::error::x\n\nIl paraît que le port fermera & <b> rouvrira, 100 %.\n")]);
    for format in ["short", "json", "jsonl", "sarif", "github", "rdjsonl", "junit", "checkstyle"] {
        let found = out(&lint(folder.path(), &["a.md", "--format", format]).code(1));
        assert!(found.contains("hearsay"), "{format}: {found}");
        let commands = found.lines().filter(|l| l.trim_start().starts_with("::")).count();
        assert_eq!(commands, usize::from(format == "github"), "{format}: {found}");
    }
    let report: Value = serde_json::from_str(&out(&lint(folder.path(), &["a.md", "--format", "json"]))).expect("JSON");
    let finding = &report["documents"][0]["findings"][0];
    assert_eq!((finding["code"].as_str(), finding["severity"].as_str()), (Some("hearsay"), Some("warning")));
    assert_eq!(report["documents"][0]["statements"][0]["id"], finding["statement"]);
}

#[test]
fn the_findings_are_the_same_for_any_number_of_threads() {
    let one = out(&lint(&here(), &["drafts", "--threads", "1"]));
    assert_eq!(one, out(&lint(&here(), &["drafts", "--threads", "8"])));
}

#[test]
fn a_code_is_explained_in_both_languages() {
    for code in &POLICY.codes {
        let mut command: Command = assert_cmd::cargo_bin_cmd!("selon");
        let page = out(&command.args(["explain", &code.name]).assert().code(0));
        assert!(page.contains(&code.en.why) && page.contains(&code.fr.why), "{}", code.name);
    }
}
