//! Known findings: their file, and what is new beside them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use selon::policy::baseline::{self, Baseline, Filtered};
use selon::policy::finding::{Finding, Severity, fingerprint};
use selon::span::Span;
use std::path::Path;

const CODES: [&str; 3] = ["anonymous-source", "hearsay", "unverified-claim"];

fn finding(code: usize, words: &str, at: u32) -> Finding {
    let fingerprint = fingerprint(CODES[code], words, None);
    Finding {
        code: CODES[code],
        severity: Severity::Warning,
        message: String::new(),
        span: Span::new(at, at + 1),
        statement: None,
        fingerprint,
    }
}

fn known(path: &str, findings: &[Finding]) -> Baseline {
    let mut known = Baseline::default();
    baseline::add(&mut known, path, findings);
    known
}

#[test]
fn the_file_is_sorted_with_one_finding_a_line() {
    let mut known =
        known("b \"é\".md", &[finding(1, "le pont", 0), finding(0, "le pont", 9), finding(1, "le pont", 5)]);
    baseline::add(&mut known, "a.md", &[finding(2, "le quai", 0)]);
    let lines = [
        r#"{"schema":"selon-baseline/1","findings":["#.to_string(),
        entry("a.md", 2, "le quai", 1) + ",",
        entry(r#"b \"é\".md"#, 0, "le pont", 1) + ",",
        entry(r#"b \"é\".md"#, 1, "le pont", 2),
        "]}\n".to_string(),
    ];
    assert_eq!(baseline::write(&known), lines.join("\n"));
    assert_eq!(baseline::parse("b.json", &lines.join("\n")), Ok(known));
}

fn entry(path: &str, code: usize, words: &str, count: usize) -> String {
    let (code, fingerprint) = (CODES[code], fingerprint(CODES[code], words, None));
    format!(r#"{{"path":"{path}","code":"{code}","fingerprint":"{fingerprint:016x}","count":{count}}}"#)
}

#[test]
fn an_empty_baseline_is_one() {
    let empty = Baseline::default();
    assert_eq!(baseline::parse("b.json", &baseline::write(&empty)), Ok(empty));
}

#[test]
fn what_a_merge_left_twice_counts_once() {
    let twice = format!(
        "\u{feff}{{\"schema\":\"selon-baseline/1\",\"findings\":[\n{},\n{}\n]}}",
        entry("a.md", 0, "le pont", 1),
        entry("a.md", 0, "le pont", 2)
    );
    let one = finding(0, "le pont", 0);
    assert_eq!(baseline::parse("b.json", &twice), Ok(known("a.md", &[one.clone(), one])));
}

#[test]
fn a_broken_file_is_told_with_its_place() {
    let good = entry("a.md", 0, "le pont", 1);
    for (lines, line, said) in [
        (vec![good.clone()], 2, "trailing comma"),
        (vec!["<<<<<<< HEAD".to_string(), good.clone()], 2, "expected value"),
        (vec![good.replace("count", "number")], 2, "unknown field `number`"),
        (vec![good.replace("\"fingerprint\":\"", "\"fingerprint\":\"+")], 2, "16 hexadecimal digits"),
        (vec![good.replace("a.md", "a\nb.md")], 2, "control character"),
        (vec![good.replace(":1}", ":-1}")], 2, "-1"),
    ] {
        let text = format!("{{\"schema\":\"selon-baseline/1\",\"findings\":[\n{},\n]}}\n", lines.join("\n"));
        let mistake = baseline::parse("known.json", &text).expect_err(&text);
        let at = text[..mistake.span.start as usize].matches('\n').count() + 1;
        assert!((line..=line + 1).contains(&at), "{at}: {text}");
        assert!(mistake.message.contains(said), "{}", mistake.message);
        assert_eq!((mistake.file.as_str(), mistake.help.is_empty()), ("known.json", false));
    }
    let newer = baseline::parse("b.json", "{\"schema\":\"selon-baseline/9\",\"findings\":[]}").expect_err("newer");
    assert!(newer.message.contains("selon-baseline/9"), "{}", newer.message);
    for text in ["", "[]", "{", "\u{feff}", "{}"] {
        assert!(baseline::parse("b.json", text).is_err(), "{text:?}");
    }
}

#[test]
fn what_is_known_is_set_aside_and_what_is_gone_is_counted() {
    let known = known("a.md", &[finding(0, "le pont", 0), finding(0, "le pont", 5), finding(1, "le quai", 9)]);
    let now = vec![finding(0, "le port", 0), finding(0, "le pont", 3), finding(1, "le pont", 4)];
    let Filtered { new, known: old, fixed } = baseline::filter(&known, "a.md", now.clone());
    assert_eq!(new, [now[0].clone(), now[2].clone()]);
    assert_eq!((old, fixed), (1, 2));
    assert_eq!(baseline::filter(&known, "b.md", now.clone()), Filtered { new: now, known: 0, fixed: 0 });
}

#[test]
fn one_more_than_were_known_is_new() {
    let three: Vec<Finding> = (0..3).map(|at| finding(0, "le pont", at)).collect();
    let Filtered { new, known: old, fixed } = baseline::filter(&known("a.md", &three[..2]), "a.md", three.clone());
    assert_eq!((new, old, fixed), (vec![three[2].clone()], 2, 0));
}

#[test]
fn paths_begin_at_the_folder_of_the_baseline() {
    for (folder, file, stored) in [
        ("/house", "/house/drafts/pont.md", "drafts/pont.md"),
        ("/house/ci", "/house/drafts/pont.md", "../drafts/pont.md"),
        ("/house/ci/..", "/house/./drafts/../a.md", "a.md"),
        ("/", "/a.md", "a.md"),
        ("/house", "<stdin>", "<stdin>"),
    ] {
        assert_eq!(baseline::stored(Path::new(folder), Path::new(file)), stored);
    }
}

/// Findings of a few kinds, as code and words.
fn kinds() -> impl Strategy<Value = Vec<(usize, usize)>> {
    vec((0..CODES.len(), 0..4usize), 0..12)
}

fn placed(kinds: &[(usize, usize)], from: u32) -> Vec<Finding> {
    const WORDS: [&str; 4] = ["le pont est fermé", "le quai", "il pleut", ""];
    (from..).zip(kinds).map(|(at, &(code, words))| finding(code, WORDS[words], at)).collect()
}

/// What there is of each kind, wherever it stands.
fn sorted(findings: &[Finding]) -> Vec<(&str, u64)> {
    let mut all: Vec<(&str, u64)> = findings.iter().map(|f| (f.code, f.fingerprint)).collect();
    all.sort_unstable();
    all
}

#[test]
fn moving_paragraphs_reports_nothing_anew() {
    let config = Config { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() };
    let drafts = (kinds(), kinds())
        .prop_flat_map(|(before, after)| (Just(before), Just(after.clone()), Just(after).prop_shuffle(), 0..1000u32));
    let hold = TestRunner::new(config).run(&drafts, |(before, after, moved, from)| {
        let known = known("a.md", &placed(&before, 0));
        let there = baseline::filter(&known, "a.md", placed(&after, 0));
        let moved = baseline::filter(&known, "a.md", placed(&moved, from));
        prop_assert_eq!(sorted(&there.new), sorted(&moved.new));
        prop_assert_eq!((there.known, there.fixed), (moved.known, moved.fixed));
        prop_assert_eq!(there.known + there.new.len(), after.len());
        prop_assert_eq!(there.known + there.fixed, before.len());
        let same = baseline::filter(&known, "a.md", placed(&before, from));
        prop_assert_eq!((same.new, same.fixed), (Vec::new(), 0));
        prop_assert_eq!(baseline::parse("b.json", &baseline::write(&known)), Ok(known));
        Ok(())
    });
    hold.unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn no_text_at_all_makes_reading_panic() {
    let config = Config { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() };
    let text = prop_oneof!["(?s).{0,60}", "[{}\\[\\]\":,a-fé0-9\n]{0,60}"];
    let hold = TestRunner::new(config).run(&text, |text| {
        if let Err(mistake) = baseline::parse("b.json", &text) {
            prop_assert!(text.is_char_boundary(mistake.span.start as usize));
        }
        Ok(())
    });
    hold.unwrap_or_else(|e| panic!("{e}"));
}
