//! The built-in rules hold what their examples promise, explain themselves, and keep still where nothing is said.

use selon::rule::check::{Failure, Outcome, check};
use selon::rule::load::BUILT_IN;
use selon::text::lines::LineIndex;
use selon::{Scratch, analyze};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// `rules/fr/selon.toml:12 fr/selon/opening: shifted`, then what was expected over what was found.
fn render(failure: &Failure) -> String {
    let theme = failure.rule.rsplit_once('/').map_or(failure.rule.as_str(), |(theme, _)| theme);
    let file = format!("rules/{theme}.toml");
    let text = std::fs::read_to_string(folder(&file)).unwrap();
    let (line, _) = LineIndex::new(&text).line_column(failure.at as u32);
    let more = match &failure.outcome {
        Outcome::Outvoted { by: Some(rule) } => format!(" by {rule}"),
        Outcome::Outvoted { by: None } => ": nothing is left".into(),
        Outcome::Status { found } => format!(": {}", found.name()),
        _ => String::new(),
    };
    let word = failure.outcome.word();
    format!(
        "{file}:{line} {}: {word}{more}\n  expected  {}\n  found     {}\n",
        failure.rule, failure.expected, failure.found
    )
}

#[test]
fn every_example_holds() {
    let report = check(&BUILT_IN);
    assert_eq!(report.rules, BUILT_IN.rules.len());
    assert!(report.examples >= 3 * report.rules);
    let failures: Vec<String> = report.failures.iter().map(render).collect();
    assert!(failures.is_empty(), "{} of {} examples fail\n\n{}", failures.len(), report.examples, failures.join("\n"));
}

#[test]
fn every_rule_explains_itself_and_has_examples() {
    for rule in &BUILT_IN.rules {
        assert!(!rule.summary.trim().is_empty() && !rule.summary.contains('\n'), "{}: summary", rule.id);
        assert!(!rule.explain.trim().is_empty(), "{}: explain", rule.id);
        let finds = rule.examples.iter().filter(|e| e.wanted).count();
        assert!(finds >= 2, "{}: {finds} finds", rule.id);
        assert!(rule.examples.len() > finds, "{}: no ignores", rule.id);
    }
}

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let ids: BTreeSet<&str> = BUILT_IN.rules.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids.len(), BUILT_IN.rules.len());
    let kebab = |part: &str| {
        let word = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        part.split('-').all(word)
    };
    for id in ids {
        let parts: Vec<&str> = id.split('/').collect();
        assert!(parts.len() == 3 && parts.iter().all(|p| kebab(p)), "{id}");
    }
}

#[test]
fn nothing_is_found_where_nobody_is_reported() {
    let text = std::fs::read_to_string(folder("tests/rules/silence.fr.txt")).unwrap();
    let mut scratch = Scratch::default();
    let mut loud = Vec::new();
    let sentences = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    for (number, sentence) in sentences {
        for found in analyze(&BUILT_IN, sentence, &mut scratch).statements {
            let rule = &BUILT_IN.rules[found.rule as usize].id;
            let cue = found.cue.map_or("none", |cue| cue.of(sentence));
            loud.push(format!("{}: {rule}, cue « {cue} »\n  {sentence}", number + 1));
        }
    }
    assert!(loud.is_empty(), "{} statements in tests/rules/silence.fr.txt\n{}", loud.len(), loud.join("\n"));
}
