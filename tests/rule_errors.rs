//! Every kind of mistake in a rule or lexicon file: where it is said to be, what is said of it, and what to do.
//!
//! `tests/rule_errors/NAME.toml` is broken, `NAME.err` is what the loader says; `UPDATE=1` writes the latter anew. Files
//! called `lexicon-…` are lexicon files, all others are rule files.

use selon::diagnostic::Diagnostic;
use selon::rule::load::{Source, load};
use selon::text::lines::LineIndex;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const CODES: &[&str] = &[
    "bad-id",
    "duplicate-id",
    "empty-word",
    "example-markup",
    "infinitive",
    "missing-capture",
    "negation",
    "no-anchor",
    "no-explanation",
    "phrase",
    "repetition",
    "syntax",
    "toml",
    "too-deep",
    "too-few-examples",
    "too-long",
    "unbounded",
    "unknown-chunk-kind",
    "unknown-model",
    "unknown-phrase",
    "unknown-reach",
    "unknown-role",
    "unknown-status",
    "unknown-tag",
    "unknown-word-list",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rule_errors")
}

/// The broken files: name without ending, and text.
fn broken() -> Vec<(String, String)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_string();
    files.into_iter().map(|path| (name(&path), std::fs::read_to_string(&path).unwrap())).collect()
}

fn mistakes(name: &str, text: &str) -> Vec<Diagnostic> {
    let theme = if name.starts_with("lexicon-") { "own/lexicon".to_string() } else { format!("own/{name}") };
    let source = Source { name: format!("{name}.toml"), theme, text: text.to_string() };
    load(&[source]).err().unwrap_or_default()
}

/// One line for each mistake: code | line:column | message | help.
fn render(text: &str, mistakes: &[Diagnostic]) -> String {
    let index = LineIndex::new(text);
    let line = |d: &Diagnostic| {
        let (line, column) = index.line_column(d.span.start);
        format!("{} | {line}:{column} | {} | {}\n", d.code, d.message.trim_end().replace('\n', " / "), d.help)
    };
    mistakes.iter().map(line).collect()
}

#[test]
fn every_mistake_is_told_with_its_place_and_its_remedy() {
    let mut wrong = Vec::new();
    for (name, text) in broken() {
        let told = render(&text, &mistakes(&name, &text));
        let golden = folder().join(format!("{name}.err"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&golden, &told).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        if told.is_empty() || told != expected {
            wrong.push(format!("== {name}.toml\n-- expected\n{expected}-- told\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 takes these as they are now:\n\n{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_broken_file_and_every_mistake_lies_in_it() {
    let mut seen = BTreeSet::new();
    for (name, text) in broken() {
        for mistake in mistakes(&name, &text) {
            assert_eq!(mistake.file, format!("{name}.toml"), "{mistake:?}");
            assert!(text.get(mistake.span.start as usize..mistake.span.end as usize).is_some(), "{mistake:?}");
            seen.insert(mistake.code);
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), CODES);
}

#[test]
fn a_rule_too_many_is_refused() {
    let rule = |n: usize| {
        format!(
            "[[rule]]\nid = \"r{n}\"\nsummary = \"s\"\nexplain = \"e\"\npattern = \"source:#np cue:'hurle' ':' content:#quote\"\n\
             finds = '''\n{{cue a}}\n{{cue b}}\n'''\nignores = 'c'\n\n"
        )
    };
    let text: String = (0..257).map(rule).collect();
    let codes: Vec<&str> = mistakes("many", &text).iter().map(|d| d.code).collect();
    assert_eq!(codes, ["too-many"]);
}

#[test]
fn a_tag_too_many_is_refused() {
    let tags: Vec<String> = (0..129).map(|n| format!("own-{n}")).collect();
    let text = format!("[[words]]\ntags = \"{}\"\nm = \"héraut\"\n", tags.join(" "));
    let mistakes = mistakes("lexicon-many", &text);
    assert!(!mistakes.is_empty());
    for mistake in mistakes {
        assert_eq!((mistake.code, mistake.span.start), ("too-many-tags", 17));
    }
}
