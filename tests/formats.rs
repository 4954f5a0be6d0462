//! The formats of findings: what they look like, that their numbers point at the right words, and that no text gets out.
//!
//! Golden files stand in `tests/formats/golden`; the environment variable UPDATE=1 writes them anew. The texts beside them
//! have plain line breaks; one of them is read with `\r\n` and a byte order mark.

mod common;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestCaseResult, TestRunner};
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use selon::policy::finding::{Finding, Severity, fingerprint};
use selon::report::json;
use selon::report::lint::checkstyle::checkstyle;
use selon::report::lint::github::github;
use selon::report::lint::junit::junit;
use selon::report::lint::rdjsonl::rdjsonl;
use selon::report::lint::sarif::sarif;
use selon::report::lint::short::short;
use selon::report::lint::terminal::terminal;
use selon::report::lint::{Checked, Described};
use selon::report::plain::plain;
use selon::rule::load::BUILT_IN;
use selon::span::Span;
use selon::statement::Analysis;
use selon::status::Status;
use selon::{Scratch, analyze};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const CODES: [Described; 3] = [
    Described {
        code: "anonymous-source",
        summary: "a claim is put on somebody who is not named",
        what: "The text reports a claim and does not let the reader know whose it is.",
        why: "A reader cannot weigh the words of somebody unknown.",
        todo: "Name the source, or say why it cannot be named.",
        standard: "",
        severity: Severity::Warning,
    },
    Described {
        code: "unverified-claim",
        summary: "a claim is called unconfirmed",
        what: "The text itself calls the claim unconfirmed.",
        why: "",
        todo: "",
        standard: "",
        severity: Severity::Error,
    },
    Described {
        code: "stray-line",
        summary: "a line is no sentence",
        what: "A line is no sentence.",
        why: "",
        todo: "",
        standard: "",
        severity: Severity::Info,
    },
];

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

#[track_caller]
fn golden(name: &str, found: &str) {
    common::golden(&here().join("golden").join(name), found);
}

fn finding(code: &'static str, severity: Severity, message: String, span: Span, statement: Option<usize>) -> Finding {
    Finding { code, severity, message, span, statement, fingerprint: fingerprint(code, "", None) }
}

/// Some findings about a text: on its doubtful statements, and on a line that is no sentence.
fn findings(text: &str, analysis: &Analysis) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (i, statement) in analysis.statements.iter().enumerate() {
        let (code, severity) = match statement.status {
            Status::Sourced => continue,
            Status::Anonymous => ("anonymous-source", Severity::Warning),
            Status::Unverified => ("unverified-claim", Severity::Error),
        };
        let span = statement.source.filter(|_| i % 2 == 1).unwrap_or(statement.content[0]);
        findings.push(finding(code, severity, format!("Who says so? « {} »", span.of(text)), span, Some(i)));
    }
    if let Some(start) = text.find("::error") {
        let span = Span::new(start as u32, text[start..].find("Le").map_or(text.len(), |end| start + end) as u32);
        let message = format!("No sentence: {}\r\n::add-mask::le, ##[error]100 %", span.of(text));
        findings.push(finding("stray-line", Severity::Info, message, span, None));
    }
    findings
}

/// Calls with three documents: a draft as a Windows editor saves it, a dispatch, and one that nothing is said about.
fn with_documents(f: impl Fn(&[Checked])) {
    let read = |name: &str| fs::read_to_string(here().join(name)).expect("a text beside this test");
    let texts = [
        ("été brouillon.md", format!("\u{feff}{}", read("brouillon.md").replace('\n', "\r\n"))),
        ("./dépêches/lac.txt", read("lac.txt")),
        ("rien.txt", "Il pleut.".to_string()),
    ];
    let analyses = texts.each_ref().map(|(_, text)| analyze(&BUILT_IN, text, &mut Scratch::default()));
    let documents: Vec<Checked> = texts
        .iter()
        .zip(&analyses)
        .map(|((path, text), analysis)| Checked { path, text, analysis, findings: findings(text, analysis) })
        .collect();
    f(&documents);
}

fn json(document: &Checked) -> Value {
    let json = json::document(document.path, document.text, &BUILT_IN, document.analysis, &document.findings);
    serde_json::to_value(json).expect("JSON")
}

fn each(documents: &[Checked], format: impl Fn(&Checked) -> String) -> String {
    documents.iter().map(format).collect()
}

#[test]
fn formats_are_as_they_were() {
    with_documents(|documents| {
        golden("short", &each(documents, short));
        golden("terminal", &each(documents, |d| terminal(d, 72, false)));
        golden("terminal.color", &each(documents, |d| terminal(d, 72, true)));
        golden("github", &github(documents));
        golden("rdjsonl", &each(documents, rdjsonl));
        golden("checkstyle.xml", &checkstyle(documents));
        golden("junit.xml", &junit(documents, Some(Severity::Warning)));
        let version = format!("\"semanticVersion\": \"{}\"", env!("CARGO_PKG_VERSION"));
        golden("sarif.json", &sarif(documents, &CODES).replace(&version, "\"semanticVersion\": \"VERSION\""));
        let findings = |d: &Checked| format!("{}\n", json(d)["findings"]);
        golden("findings.jsonl", &each(documents, findings));
    });
}

#[test]
fn no_line_of_the_terminal_is_wider_than_asked_for_but_the_message() {
    with_documents(|documents| {
        for line in each(documents, |d| terminal(d, 40, false)).lines().filter(|l| l.contains(" | ")) {
            assert!(line.chars().count() <= 40, "{line}");
        }
    });
}

#[test]
fn what_weighs_less_than_the_run_fails_on_is_a_passing_case() {
    with_documents(|documents| {
        let failures = |least| junit(documents, least).matches("<failure ").count();
        let count = |least| documents.iter().flat_map(|d| &d.findings).filter(|f| f.severity >= least).count();
        for least in Severity::SHOWN {
            assert_eq!(failures(Some(least)), count(least));
        }
        assert_eq!(failures(None), 0);
    });
}

#[test]
fn equal_findings_have_fingerprints_of_their_own() {
    let text = "un mot, un mot";
    let analysis = Analysis::default();
    let twice =
        [0, 8].map(|start| finding("stray-line", Severity::Info, "x".to_string(), Span::new(start, start + 6), None));
    let log = sarif(&[Checked { path: "a", text, analysis: &analysis, findings: twice.to_vec() }], &CODES);
    let log: Value = serde_json::from_str(&log).expect("JSON");
    let print =
        |i: usize| log["runs"][0]["results"][i]["partialFingerprints"]["selon/v1"].as_str().unwrap().to_string();
    let (first, second) = (print(0), print(1));
    assert!(first.ends_with(":1") && second.ends_with(":2") && first[..16] == second[..16], "{first} {second}");
}

/// What is hard to count or must not get out.
const PIECES: [&str; 31] = [
    "é",
    "e\u{301}",
    "\u{a0}",
    "\u{202f}",
    "🎉",
    "👩\u{200d}🔬",
    "𐐀",
    "\r\n",
    "\r\n",
    "\n",
    "\n",
    "\r",
    "\t",
    " ",
    " ",
    "mot",
    "«",
    "::error::x",
    "::",
    "##[add-mask]le",
    "##vso[x]",
    "\u{2028}",
    "\u{85}",
    "\0",
    "\u{1b}[31m",
    "<a & b>",
    "]]>",
    "%0A,",
    "\u{fffe}",
    "\u{feff}",
    "\"'{0}](1)",
];

fn any_text() -> impl Strategy<Value = String> {
    let pieces = vec(select(&PIECES[..]), 0..25).prop_map(|pieces| pieces.concat());
    (prop::bool::weighted(0.3), pieces).prop_map(|(mark, text)| if mark { format!("\u{feff}{text}") } else { text })
}

/// A text and a span of it, on character boundaries.
fn text_and_span() -> impl Strategy<Value = (String, Span)> {
    (any_text(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(text, a, b)| {
        let bounds: Vec<u32> = text.char_indices().map(|(i, _)| i as u32).chain([text.len() as u32]).collect();
        let (a, b) = (bounds[a.index(bounds.len())], bounds[b.index(bounds.len())]);
        (text, Span::new(a.min(b), a.max(b)))
    })
}

/// Tries a property, on the same values every time.
fn hold<S: Strategy>(strategy: S, property: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() };
    TestRunner::new(config).run(&strategy, property).unwrap_or_else(|e| panic!("{e}"));
}

/// Where in a list of characters or bytes a line and a column are, both from 1.
fn at<T: PartialEq>(text: &[T], newline: &T, line: &Value, column: &Value) -> usize {
    let number =
        |value: &Value| value.as_u64().map_or_else(|| value.as_str().unwrap().parse().unwrap(), |n| n as usize);
    let before = text.split(|c| c == newline).take(number(line) - 1);
    before.map(|line| line.len() + 1).sum::<usize>() + number(column) - 1
}

/// All elements of an XML document: their names and attributes.
fn elements(xml: &str) -> Vec<(String, BTreeMap<String, Value>)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut elements = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(e) | Event::Empty(e) => {
                let attribute = |a: quick_xml::events::attributes::Attribute| {
                    let value = a.normalized_value(XmlVersion::Explicit1_0).expect("a value").into_owned();
                    (a.key.as_ref().to_string(), Value::String(value))
                };
                let attributes = e.attributes().map(|a| attribute(a.expect("an attribute"))).collect();
                elements.push((e.name().as_ref().to_string(), attributes));
            }
            Event::Eof => return elements,
            _ => {}
        }
    }
}

/// The properties and the message of a workflow command, as the runner reads them.
fn command(line: &str) -> (BTreeMap<String, Value>, String) {
    let unescape = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let (head, message) = line.strip_prefix("::").and_then(|l| l.split_once("::")).expect("a command");
    let (_, properties) = head.split_once(' ').expect("properties");
    let property = |p: &str| {
        let (name, value) = p.split_once('=').expect("a property");
        (name.to_string(), Value::String(unescape(&value.replace("%3A", ":").replace("%2C", ","))))
    };
    (properties.split(',').map(property).collect(), unescape(message))
}

#[test]
fn every_format_points_at_the_same_words() {
    hold(text_and_span(), |(text, span)| {
        let analysis = Analysis::default();
        let findings = vec![finding("stray-line", Severity::Info, "x".to_string(), span, None)];
        let document = Checked { path: "a", text: &text, analysis: &analysis, findings };
        let shown = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let words = span.of(&text);
        let words = if span.start == 0 { words.strip_prefix('\u{feff}').unwrap_or(words) } else { words };
        let points: Vec<char> = shown.chars().collect();
        let point = |line: &Value, column: &Value| at(&points, &'\n', line, column);
        let count = words.chars().count();

        let log: Value = serde_json::from_str(&sarif(std::slice::from_ref(&document), &CODES)).unwrap();
        let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        let start = point(&region["startLine"], &region["startColumn"]);
        let end = point(&region["endLine"], &region["endColumn"]);
        prop_assert_eq!(points[start..end].iter().collect::<String>(), words);
        prop_assert_eq!(region["charOffset"].as_u64(), Some(start as u64));
        prop_assert_eq!(region["charLength"].as_u64(), Some(count as u64));

        let diagnostic: Value = serde_json::from_str(&rdjsonl(&document)).unwrap();
        let ends = ["start", "end"].map(|end| {
            let position = &diagnostic["location"]["range"][end];
            at(text.as_bytes(), &b'\n', &position["line"], &position["column"])
        });
        prop_assert_eq!(&text[ends[0]..ends[1]], span.of(&text));

        let own = &json(&document)["findings"][0];
        let (from, to) = (own["start"].as_u64().unwrap() as usize, own["end"].as_u64().unwrap() as usize);
        prop_assert_eq!(text.chars().skip(from).take(to - from).collect::<String>(), span.of(&text));
        prop_assert_eq!(point(&own["line"], &own["column"]), start);

        let out = github(std::slice::from_ref(&document));
        let (properties, _) = command(out.trim_end());
        if properties["line"] == properties["endLine"] {
            prop_assert_eq!(point(&properties["line"], &properties["col"]), start);
            prop_assert_eq!(point(&properties["endLine"], &properties["endColumn"]), end);
        } else {
            prop_assert!(!properties.contains_key("col") && !properties.contains_key("endColumn"));
            prop_assert_eq!(properties["line"].as_str().map(str::to_string), Some(region["startLine"].to_string()));
            prop_assert_eq!(properties["endLine"].as_str().map(str::to_string), Some(region["endLine"].to_string()));
        }

        let line = short(&document);
        let place: Vec<Value> = line.split(':').skip(1).take(2).map(Value::from).collect();
        prop_assert_eq!(point(&place[0], &place[1]), start);
        let errors = elements(&checkstyle(std::slice::from_ref(&document)));
        let (_, error) = errors.iter().find(|(name, _)| name == "error").unwrap();
        prop_assert_eq!(point(&error["line"], &error["column"]), start);
        let cases = elements(&junit(std::slice::from_ref(&document), Some(Severity::Info)));
        let (_, case) = cases.iter().find(|(name, _)| name == "testcase").unwrap();
        prop_assert_eq!(
            case["name"].as_str().unwrap(),
            format!("stray-line at {}:{}", place[0].as_str().unwrap(), place[1].as_str().unwrap())
        );
        Ok(())
    });
}

#[test]
fn no_line_is_a_command_of_an_article() {
    hold((any_text(), text_and_span(), any_text()), |(path, (text, span), message)| {
        let analysis = Analysis::default();
        let findings = vec![finding("stray-line", Severity::Info, message.clone(), span, None); 12];
        let document = Checked { path: &path, text: &text, analysis: &analysis, findings };
        let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        for (out, lines) in [(short(&document), 12), (terminal(&document, 50, false), 36)] {
            prop_assert_eq!(out.split_terminator('\n').count(), lines);
            for line in out.split('\n') {
                prop_assert!(!line.contains(breaks), "{:?}", line);
                prop_assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{:?}", line);
            }
        }
        let out = github(std::slice::from_ref(&document));
        let lines: Vec<&str> = out.split_terminator('\n').collect();
        prop_assert_eq!(lines.len(), 11);
        prop_assert!(lines[10].starts_with("selon: not shown: 2 of 12 notices"));
        for line in &lines[..10] {
            prop_assert!(line.starts_with("::notice file=") && !line.contains(breaks), "{:?}", line);
            let (properties, said) = command(line);
            prop_assert_eq!(properties.len(), if properties.contains_key("col") { 6 } else { 4 });
            prop_assert_eq!(&properties["title"], "stray-line");
            prop_assert_eq!(said, plain(&message));
        }
        Ok(())
    });
}

#[test]
fn xml_reads_back() {
    let held = |text: &str| -> String {
        text.chars().filter(|&c| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}')).collect()
    };
    hold((any_text(), any_text()), |(path, message)| {
        let analysis = Analysis::default();
        let findings = vec![finding("stray-line", Severity::Info, message.clone(), Span::new(0, 1), None)];
        let document = Checked { path: &path, text: "abc", analysis: &analysis, findings };
        let read = elements(&checkstyle(std::slice::from_ref(&document)));
        prop_assert_eq!(&read[1].1["name"], &held(&path));
        prop_assert_eq!(&read[2].1["message"], &held(&plain(&message)));
        for least in [Severity::Info, Severity::Error] {
            let read = elements(&junit(std::slice::from_ref(&document), Some(least)));
            prop_assert_eq!(&read[1].1["name"], &held(&path));
            prop_assert_eq!(read[3].0.as_str(), if least == Severity::Info { "failure" } else { "system-out" });
        }
        Ok(())
    });
}
