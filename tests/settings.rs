//! Settings from the command line: which file is found, and what `selon init` writes.

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ARTICLE: &str = "Le maire a débagoulé que le pont est fermé.\n";
const HOUSE: &str = "[lexicon]\nverbs = [\"débagouler\"]\n";

/// A project: a folder in which the search for settings ends.
fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [(".git/HEAD", "")].iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn selon(folder: &Path, args: &[&str]) -> Command {
    let mut command = assert_cmd::cargo_bin_cmd!("selon");
    command.current_dir(folder).args(args);
    command
}

fn err(run: &Assert) -> String {
    String::from_utf8(run.get_output().stderr.clone()).expect("messages are UTF-8")
}

/// How many statements there are in a document.
fn statements(folder: &Path, args: &[&str]) -> usize {
    let run = selon(folder, &["report", "--format", "jsonl"]).args(args).write_stdin(ARTICLE).assert().code(0);
    let out = String::from_utf8(run.get_output().stdout.clone()).expect("results are UTF-8");
    out.matches("\"rule\"").count()
}

#[test]
fn the_nearest_settings_hold() {
    let project = project(&[
        ("selon.toml", HOUSE),
        ("a.txt", ARTICLE),
        ("deep/er/b.txt", ARTICLE),
        ("other/.selon.toml", "# nothing\n"),
        ("other/c.txt", ARTICLE),
        ("apart/.git/HEAD", ""),
        ("apart/d.txt", ARTICLE),
    ]);
    let here = project.path();
    for (file, found) in [("a.txt", 1), ("deep/er/b.txt", 1), ("other/c.txt", 0), ("apart/d.txt", 0), ("-", 1)] {
        assert_eq!(statements(here, &[file]), found, "{file}");
    }
    assert_eq!(statements(here, &["a.txt", "deep", "other", "apart"]), 2);
    assert_eq!(statements(&here.join("other"), &["../a.txt"]), 1);
    assert_eq!(statements(&here.join("other"), &["-"]), 0);
}

#[test]
fn settings_can_be_named_or_refused() {
    let project = project(&[("selon.toml", "# nothing\n"), ("house.toml", HOUSE), ("a.txt", ARTICLE)]);
    let here = project.path();
    assert_eq!(statements(here, &["a.txt"]), 0);
    assert_eq!(statements(here, &["a.txt", "--config", "house.toml"]), 1);
    fs::write(here.join("selon.toml"), HOUSE).expect("a file");
    assert_eq!(statements(here, &["a.txt"]), 1);
    assert_eq!(statements(here, &["a.txt", "--no-config"]), 0);
    let run = selon(here, &["report", "a.txt", "--config", "nowhere.toml"]).assert().code(2);
    assert_eq!(
        err(&run),
        "error: nowhere.toml: there is no such settings file; check the name, or write one with `selon init`\n"
    );
}

#[test]
fn rules_of_the_settings_count_from_their_file() {
    let rules = "[[words]]\ntags = \"role\"\nmf = \"colombophile\"\n";
    let project = project(&[
        ("desk/selon.toml", "rules = [\"own/\"]\n"),
        ("desk/own/lexicon/words.toml", rules),
        ("desk/a.txt", ARTICLE),
    ]);
    assert_eq!(statements(project.path(), &["desk/a.txt"]), 0);
    fs::remove_dir_all(project.path().join("desk/own")).expect("a folder");
    let run = selon(project.path(), &["report", "desk/a.txt"]).assert().code(2);
    assert!(err(&run).contains("there is no such folder of rules"), "{}", err(&run));
}

#[test]
fn two_settings_files_in_one_folder_are_one_too_many() {
    let project = project(&[("selon.toml", ""), (".selon.toml", ""), ("a.txt", ARTICLE)]);
    let run = selon(project.path(), &["report", "a.txt"]).assert().code(2);
    assert!(err(&run).contains("holds both selon.toml and .selon.toml"), "{}", err(&run));
}

#[test]
fn mistakes_are_shown_where_they_stand() {
    let project = project(&[("selon.toml", "[severity]\nanonymous-sources = \"error\"\n"), ("a.txt", ARTICLE)]);
    let run = selon(project.path(), &["report", "a.txt", "--format", "json"]).assert().code(2);
    let told = err(&run);
    for part in ["selon.toml:2:1", "^^^^^^^^^^^^^^^^^", "did you mean `anonymous-source`?", "1 mistake"] {
        assert!(told.contains(part), "no {part} in\n{told}");
    }
    assert!(run.get_output().stdout.is_empty());
}

#[test]
fn init_writes_settings_once() {
    let project = project(&[("a.txt", ARTICLE)]);
    let here = project.path();
    selon(here, &["init"]).assert().code(0);
    let file = here.join("selon.toml");
    let text = fs::read_to_string(&file).expect("the settings");
    assert!(text.contains("#anonymous-source "), "{text}");
    assert_eq!(statements(here, &["a.txt"]), 0);
    fs::write(&file, HOUSE).expect("a file");
    let run = selon(here, &["init"]).assert().code(2);
    assert_eq!(err(&run), "error: selon.toml is there already; `selon init --force` writes it anew\n");
    assert_eq!(fs::read_to_string(&file).expect("the settings"), HOUSE);
    selon(here, &["init", "--force"]).assert().code(0);
    assert_eq!(fs::read_to_string(&file).expect("the settings"), text);
}
