//! The command line from outside: what a user types, and what comes back.
//!
//! Golden files stand in `tests/cli/golden`; the environment variable UPDATE=1 writes them anew.

mod common;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli")
}

fn selon(args: &[&str]) -> Command {
    let mut command = assert_cmd::cargo_bin_cmd!("selon");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.current_dir(here()).args(args);
    command
}

fn out(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("results are UTF-8")
}

fn err(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("messages are UTF-8")
}

#[track_caller]
fn golden(name: &str, found: &str) {
    common::golden(&here().join("golden").join(name), found);
}

#[test]
fn the_table_is_as_it_was() {
    let run = selon(&["report", "articles"]).assert().code(0);
    golden("report.table", &out(&run));
    assert_eq!(err(&run), "");
    assert!(out(&run).lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn json_has_the_shape_of_the_contract() {
    let run = selon(&["report", "articles", "--format", "json"]).assert().code(0);
    let report: Value = serde_json::from_str(&out(&run)).expect("JSON");
    assert_eq!(report["schema"], "selon-report/1");
    let documents = report["documents"].as_array().expect("a list");
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[0]["path"], "articles/barrage.txt");
    assert_eq!(documents[0]["language"], "fr");
    assert_eq!(documents[0]["findings"], Value::Array(Vec::new()));
    let text: Vec<char> = fs::read_to_string(here().join("articles/barrage.txt")).expect("a fixture").chars().collect();
    let statements = documents[0]["statements"].as_array().expect("a list");
    for statement in statements {
        let content = statement["content"].as_array().expect("a list");
        for stretch in content.iter().chain([&statement["cue"], &statement["source"]]).filter(|s| !s.is_null()) {
            let number = |key: &str| stretch[key].as_u64().expect("a number") as usize;
            let covered: String = text[number("start")..number("end")].iter().collect();
            assert_eq!(stretch["text"], covered);
        }
        for key in ["id", "status", "reason", "quote", "speaker", "relay", "outlet", "rule", "line", "column"] {
            assert!(statement.get(key).is_some(), "no {key}");
        }
    }
    let summary = &report["summary"];
    let count = |key: &str| summary[key].as_u64().expect("a number");
    assert_eq!(count("documents"), 2);
    assert_eq!(count("statements"), count("sourced") + count("anonymous") + count("unverified"));
    assert!(count("statements") > statements.len() as u64);
}

#[test]
fn json_lines_are_one_document_each() {
    let run = selon(&["report", "articles", "--format", "jsonl"]).assert().code(0);
    let paths: Vec<Value> = out(&run)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a line is a JSON object")["path"].clone())
        .collect();
    assert_eq!(paths, ["articles/barrage.txt", "articles/suite/marche.md"]);
}

#[test]
fn standard_input_is_a_document() {
    let text = "Selon la capitaine Ruth Delorme, le feu est circonscrit.";
    let run = selon(&["report", "-", "--format", "jsonl"]).write_stdin(text).assert().code(0);
    let document: Value = serde_json::from_str(&out(&run)).expect("JSON");
    assert_eq!(document["path"], "<stdin>");
    assert_eq!(document["statements"][0]["content"][0]["text"], "le feu est circonscrit");
}

#[test]
fn folders_give_texts_in_the_order_of_names_and_respect_gitignore() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str| fs::write(folder.path().join(name), "Selon le maire, il pleut.").expect("a file");
    ["b.md", "a.TXT", "brouillon.txt", "c.html", "d.sel"].into_iter().for_each(write);
    fs::write(folder.path().join(".gitignore"), "brouillon*\n").expect("a file");
    let run = selon(&["report", ".", "--format", "jsonl"]).current_dir(folder.path()).assert().code(0);
    let names: Vec<String> = out(&run)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["path"].as_str().expect("a path").to_string())
        .collect();
    assert_eq!(names, ["./a.TXT", "./b.md", "./d.sel"]);
}

#[test]
fn an_annotated_article_is_read_without_its_marks_and_answers() {
    let run = selon(&["report", "gold/annotated.sel", "--format", "jsonl"]).assert().code(0);
    let document: Value = serde_json::from_str(&out(&run)).expect("JSON");
    let statements = document["statements"].as_array().expect("a list");
    assert_eq!(statements.len(), 1);
    assert_eq!(statements[0]["content"][0]["text"], "le feu est circonscrit");
    assert_eq!(statements[0]["cue"]["start"], 0);
}

#[test]
fn a_report_of_nothing_does_not_replace_the_one_before() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("rapport.txt"), "hier").expect("a file");
    selon(&["report", "absent.txt", "-o", "rapport.txt"]).current_dir(folder.path()).assert().code(2);
    assert_eq!(fs::read_to_string(folder.path().join("rapport.txt")).expect("the old report"), "hier");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing else is left behind");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("vide.txt"), " \n\u{feff}\n").expect("a file");
    fs::write(path("image.txt"), b"PNG\0\0\x01\x02").expect("a file");
    fs::File::create(path("enorme.txt")).and_then(|f| f.set_len((64 << 20) + 1)).expect("a file");
    fs::write(path("ouvert.sel"), "{cue Selon le maire, il pleut.\n").expect("a file");
    fs::create_dir(path("sans-texte")).expect("a folder");
    fs::write(path("bon.txt"), "Selon le maire, il pleut.").expect("a file");
    let names = ["absent.txt", "vide.txt", "image.txt", "enorme.txt", "ouvert.sel", "sans-texte", "bon.txt"];
    let run = selon(&["report", "--format", "jsonl"]).args(names).current_dir(folder.path()).assert().code(2);
    golden("unreadable.err", &err(&run));
    let document: Value = serde_json::from_str(&out(&run)).expect("the good file alone");
    assert_eq!(document["path"], "bon.txt");
}

#[test]
fn nothing_readable_still_gives_whole_json() {
    let run = selon(&["report", "absent.txt", "--format", "json"]).assert().code(2);
    let report: Value = serde_json::from_str(&out(&run)).expect("JSON");
    assert_eq!(report["summary"]["documents"], 0);
}

#[test]
fn repairs_are_noted_unless_quiet() {
    let windows = b"Selon le pr\xe9fet, la route est coup\xe9e.".to_vec();
    let run = selon(&["report", "-"]).write_stdin(windows.clone()).assert().code(0);
    assert!(err(&run).contains("note: <stdin>: not UTF-8: read as Windows-1252"), "{}", err(&run));
    assert!(out(&run).contains("le préfet"));
    let run = selon(&["report", "-", "--quiet"]).write_stdin(windows).assert().code(0);
    assert_eq!(err(&run), "");
}

#[test]
fn garbled_text_is_read_as_meant_and_quoted_as_it_is() {
    let file = "Le prÃ©fet, AndrÃ© NoÃ«l, a assurÃ© Ã  14 h que lâ€™Ã©cluse est fermÃ©e.";
    let run = selon(&["report", "-"]).write_stdin(file).assert().code(0);
    assert!(err(&run).contains("note: <stdin>: holds garbled characters"), "{}", err(&run));
    assert!(out(&run).contains("l’écluse est fermée") && out(&run).contains("André Noël"), "{}", out(&run));
    let run = selon(&["report", "-", "--format", "jsonl"]).write_stdin(file).assert().code(0);
    let document: Value = serde_json::from_str(&out(&run)).expect("JSON");
    let claim = serde_json::json!([{ "start": 48, "end": 71, "text": "lâ€™Ã©cluse est fermÃ©e" }]);
    assert_eq!(document["statements"][0]["content"], claim);
}

#[test]
fn nothing_from_an_article_commands_the_terminal() {
    let text =
        "Selon \u{1b}[31mle maire\u{1b}[0m, il pleut \u{202e}beaucoup\u{7}\u{9b}2J.\u{1b}]0;titre\u{7}\n\nFin.\n";
    let run = selon(&["report", "-"]).write_stdin(text).assert().code(0);
    let table = out(&run);
    let commands = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!table.contains(commands), "{table:?}");
    assert!(table.contains("il pleut beaucoup"), "{table}");
}

#[test]
fn messages_do_not_command_the_terminal_either() {
    let run = selon(&["report", "\u{1b}[2Jabsent.txt"]).assert().code(2);
    assert!(!err(&run).contains('\u{1b}'));
}

#[test]
fn colours_follow_the_option_then_the_environment() {
    let colored = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = selon(&["report", "articles"]);
        command.args(args).envs(variables.iter().copied());
        out(&command.assert().code(0)).contains("\u{1b}[38;5;2m")
    };
    assert!(!colored(&[], &[]));
    assert!(colored(&["--color", "always"], &[]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn a_closed_pipe_is_no_error() {
    for command in [&["report", "articles"][..], &["rules"], &["trace", "Il pleut."]] {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("selon"))
            .current_dir(here())
            .args(command)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("the program ends");
        assert_eq!(ended.status.code(), Some(0), "{command:?}");
        assert!(ended.stderr.is_empty(), "{command:?}");
    }
}

#[test]
fn a_report_goes_to_a_file_whole_and_never_over_an_article() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = folder.path().join("article.txt");
    fs::write(&article, "Selon le maire, il pleut.").expect("a file");
    let run = selon(&["report", "article.txt", "-o", "rapport.json", "--format", "json"]);
    let run = { run }.current_dir(folder.path()).assert().code(0);
    assert_eq!(out(&run), "");
    let report = fs::read_to_string(folder.path().join("rapport.json")).expect("the report");
    serde_json::from_str::<Value>(&report).expect("JSON");
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 2);
    let run = selon(&["report", "article.txt", "-o", "./article.txt"]).current_dir(folder.path()).assert().code(2);
    assert!(err(&run).contains("name another file after -o"), "{}", err(&run));
    assert_eq!(fs::read_to_string(&article).expect("the article"), "Selon le maire, il pleut.");
}

#[test]
fn threads_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(here().join("articles/barrage.txt")).expect("a fixture");
    for i in 0..600 {
        let text = if i % 7 == 0 { String::new() } else { text.chars().skip(i % 50).collect() };
        fs::write(folder.path().join(format!("{i:03}.txt")), text).expect("a file");
    }
    for format in ["json", "table"] {
        let run = |threads: &str| {
            let mut command = selon(&["report", ".", "--format", format, "--threads", threads]);
            let run = command.current_dir(folder.path()).assert().code(2);
            (out(&run), err(&run))
        };
        assert!(run("1") == run("4"), "{format}");
    }
}

#[test]
fn rules_are_listed_by_file() {
    let run = selon(&["rules"]).assert().code(0);
    let list = out(&run);
    for part in ["fr/selon · ", "fr/selon/opening", "by-source", "fr/shields/according-to-rule", "shield"] {
        assert!(list.contains(part), "no {part}");
    }
    assert!(list.lines().all(|line| line.chars().count() <= 100));
    let run = selon(&["rules", "--format", "json", "--rules", "house"]).assert().code(0);
    let list: Value = serde_json::from_str(&out(&run)).expect("JSON");
    assert_eq!(list[0]["id"], "house/radio/on-air");
    assert_eq!(list[0]["status"], "anonymous");
}

#[test]
fn a_rule_is_explained_by_its_id_or_a_part_of_it() {
    let run = selon(&["explain", "house/radio/on-air", "--rules", "house"]).assert().code(0);
    golden("explain.txt", &out(&run));
    let short = selon(&["explain", "on-air", "--rules", "house"]).assert().code(0);
    assert_eq!(out(&short), out(&run));
}

#[test]
fn an_unknown_rule_gets_advice() {
    let run = selon(&["explain", "fr/selon/oppening"]).assert().code(2);
    assert!(err(&run).contains("did you mean `fr/selon/opening`?"), "{}", err(&run));
    let run = selon(&["explain", "fr/selon"]).assert().code(2);
    assert!(err(&run).contains("`fr/selon` could be fr/selon/opening, "), "{}", err(&run));
    let run = selon(&["explain", "tout autre chose"]).assert().code(2);
    assert!(err(&run).contains("`selon rules` lists them all"), "{}", err(&run));
}

#[test]
fn a_newsroom_adds_rules_and_words() {
    let text = "Entendu sur nos ondes : les corvéleurs sont partis.";
    let traced = |args: &[&str]| out(&selon(args).arg(text).assert().code(0));
    let with = traced(&["trace", "--rules", "house"]);
    let line = with.lines().find(|l| l.contains("house/radio/on-air")).unwrap_or_default();
    assert!(line.ends_with("matched {cue Entendu sur nos ondes} {content les corvéleurs sont partis}"), "{with}");
    assert!(with.contains("NP.male.plural.def.noun.role"), "{with}");
    assert!(!traced(&["trace"]).contains("house/"));
}

#[test]
fn mistakes_in_rule_files_are_shown_together() {
    let run = selon(&["report", "articles", "--rules", "broken"]).assert().code(2);
    golden("broken.err", &err(&run));
    assert_eq!(out(&run), "");
}

#[test]
fn a_rule_folder_must_be_there_and_hold_something() {
    let run = selon(&["rules", "--rules", "nowhere"]).assert().code(2);
    assert_eq!(err(&run), "error: nowhere: there is no such folder of rules; check the name\n");
    let run = selon(&["rules", "--rules", "articles"]).assert().code(2);
    assert_eq!(err(&run), "error: articles: holds no .toml file, nor does its `lexicon` subfolder\n");
}

#[test]
fn a_trace_shows_units_rules_and_statements() {
    let run = selon(&["trace", "Selon le ministre, « la digue tient toujours bon »."]).assert().code(0);
    let trace = out(&run);
    for part in ["NP.male.def", "QUOTE.clause", "','", "(inside a quotation)"] {
        assert!(trace.contains(part), "no {part} in\n{trace}");
    }
    let line = |id: &str| trace.lines().find(|l| l.trim_start().starts_with(id)).unwrap_or_default();
    assert!(
        line("fr/selon/opening")
            .contains("matched {cue Selon} {source le ministre} {content la digue tient toujours bon}")
    );
    assert!(line("fr/shields/according-to-rule").contains("stopped after « Selon » at #np.rule"));
    assert!(trace.contains("sourced: a role or institution that has one holder"));
}

#[test]
fn a_trace_says_which_shield_forbids_a_match() {
    let run = selon(&["trace", "La digue tient, selon la gravité des crues."]).assert().code(0);
    assert!(out(&run).contains("forbidden by fr/shields/according-to-rule"), "{}", out(&run));
    assert!(out(&run).ends_with("Statements\n  none\n"));
}

#[test]
fn examples_that_do_not_hold_are_shown_where_they_stand() {
    let run = selon(&["test", "failing"]).assert().code(1);
    let told = out(&run);
    let start = told.find("failing/").expect("failures of the folder");
    let own: String = told[start..].split_inclusive("\n\n").take_while(|block| block.starts_with("failing/")).collect();
    golden("failing.out", &own);
    assert!(told.ends_with("do not hold\n") || told.ends_with("does not hold\n"), "{told}");
}

#[test]
fn a_folder_of_good_examples_has_no_failure() {
    let told = out(&selon(&["test", "house"]).assert());
    assert!(!told.contains("house/"), "{told}");
    assert!(told.lines().last().unwrap_or_default().contains(" examples of "), "{told}");
}

#[test]
fn annotated_articles_are_scored() {
    let run = selon(&["eval", "gold"]).assert().code(0);
    assert!(out(&run).starts_with("2 articles, 2 statements annotated, 2 found\n"), "{}", out(&run));
    let line = |name: &str| out(&run).lines().find(|l| l.contains(name)).unwrap_or_default().matches("100.0 %").count();
    assert_eq!((line("detection"), line("end to end"), line("quotation")), (3, 3, 1), "{}", out(&run));
    let run = selon(&["eval", "gold/annotated.sel", "--format", "json"]).assert().code(0);
    let scores: Value = serde_json::from_str(&out(&run)).expect("JSON");
    assert_eq!(scores["gold"], 1);
    assert_eq!(scores["errors"]["missed"], Value::Array(Vec::new()));
}

#[test]
fn what_was_missed_is_listed_on_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = "Il pleut. {content.1 Le lac déborde.}\n===\n1 | unverified | - | - | -\n";
    fs::write(folder.path().join("a.sel"), article).expect("a file");
    let scores = |args: &[&str]| out(&selon(args).current_dir(folder.path()).assert().code(0));
    let missed = "Missed: 1\n  ./a.sel:1: — | — | Le lac déborde.\n    annotated unverified, found —\n";
    assert!(scores(&["eval", ".", "--errors"]).contains(missed), "{}", scores(&["eval", ".", "--errors"]));
    assert!(!scores(&["eval", "."]).contains("Missed"));
}

#[test]
fn a_broken_annotation_is_shown_and_nothing_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.sel"), "{content.1 Le lac déborde.\n===\n1 | sûr | - | - | -\n").expect("a file");
    let run = selon(&["eval", "."]).current_dir(folder.path()).assert().code(2);
    golden("annotation.err", &err(&run));
    assert_eq!(out(&run), "");
    let run = selon(&["eval", "nowhere"]).assert().code(2);
    assert_eq!(err(&run), "error: nowhere: there is no such folder; check the name\n");
}

#[test]
fn only_french_is_there() {
    let run = selon(&["report", "articles", "--lang", "en"]).assert().code(2);
    assert!(err(&run).contains("French is the only language there is"), "{}", err(&run));
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let commands = ["report", "rules", "explain", "test", "trace", "eval"];
    for args in [&["completions", "bash"][..], &["completions", "fish"], &["man"]] {
        let run = selon(args).assert().code(0);
        let text = out(&run);
        assert!(commands.iter().all(|c| text.contains(c)), "{args:?}");
    }
}
