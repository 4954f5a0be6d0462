//! The examples of a policy, which are its tests.
//!
//! Invariant: each is run with its own code alone, and with thresholds that a short text can reach.

use super::book::{Code, Policy};
use super::check::{CHECKS, judge};
use super::finding::Severity;
use super::settings::{Settings, Thresholds};
use super::suppress;
use super::view::View;
use crate::rule::set::Rules;
use crate::span::Span;
use crate::{Scratch, analyze};

/// An example: a text, and the words a code must point at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The words.
    pub marks: Vec<Span>,
}

/// The examples in a list of a code: one a line, `{…}` around the words, `¶` between paragraphs. Empty lines and lines that
/// begin with `#` are none.
pub fn parse(list: &str) -> Vec<Example> {
    let lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(example).collect()
}

fn example(line: &str) -> Example {
    let mut text = String::with_capacity(line.len());
    let mut marks = Vec::new();
    let mut open = None;
    for c in line.chars() {
        match c {
            '{' => open = Some(text.len() as u32),
            '}' => marks.extend(open.take().map(|start| Span::new(start, text.len() as u32))),
            '¶' => text.push_str("\n\n"),
            _ => text.push(c),
        }
    }
    Example { text, marks }
}

/// A text on one line with `{…}` around some words, as examples are written.
pub fn written(text: &str, marks: &[Span]) -> String {
    let mut line = String::with_capacity(text.len());
    let mut at = 0;
    for mark in marks {
        if (mark.start as usize) < at {
            continue;
        }
        line.push_str(&text[at..mark.start as usize]);
        line.push_str(&format!("{{{}}}", mark.of(text)));
        at = mark.end as usize;
    }
    line.push_str(&text[at..]);
    line.replace("\n\n", "¶")
}

/// What a code alone points at in a text.
pub fn found(rules: &Rules, policy: &'static Policy, code: &Code, text: &str, scratch: &mut Scratch) -> Vec<Span> {
    // What is said of comments depends on what they allow.
    let own = suppress::OWN.contains(&code.name.as_str());
    let weight = |name: &str| if own || name == code.name { Severity::Warning } else { Severity::Off };
    let severity = CHECKS.iter().map(|(name, _)| (name.to_string(), weight(name))).collect();
    let settings = Settings { severity, thresholds: Thresholds { long: 0, ..Thresholds::default() } };
    let analysis = analyze(rules, text, scratch);
    let view = View::new(rules, text, scratch.reading(), &analysis, settings.thresholds);
    let findings = judge(&view, policy, &settings);
    let codes: Vec<&str> = policy.codes.iter().map(|c| c.name.as_str()).collect();
    let blocks = &view.reading.blocks;
    let applied = suppress::apply(&suppress::read(text), blocks, &codes, |_| Severity::Warning, findings);
    let found = if own { applied.own } else { applied.kept };
    found.into_iter().filter(|f| f.code == code.name).map(|f| f.span).collect()
}
