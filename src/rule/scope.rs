//! What the patterns of one rule file can name: words, lists, tags and phrases.
//!
//! Invariant: a phrase is parsed once per file, and is never made of itself.

use super::load::File;
use super::parse::{self, Names};
use super::pattern::{Node, Pred};
use crate::diagnostic::Diagnostic;
use crate::lexicon::LexId;
use crate::lexicon::build::Builder;
use crate::lexicon::tags::Tags;
use std::collections::BTreeMap;
use toml::Spanned;

/// Most phrases within phrases.
const DEEPEST: usize = 20;

/// What a pattern in one file can name.
pub(super) struct Scope<'a> {
    pub(super) lists: &'a BTreeMap<String, Vec<LexId>>,
    pub(super) own: &'a BTreeMap<String, Spanned<String>>,
    pub(super) shared: &'a BTreeMap<String, Spanned<String>>,
    /// Phrases being expanded, to refuse cycles.
    pub(super) open: Vec<String>,
    /// Phrases expanded before.
    pub(super) parsed: BTreeMap<String, Node>,
    /// What a gap may skip.
    pub(super) gap: &'a Pred,
    pub(super) builder: &'a mut Builder,
}

impl Names for Scope<'_> {
    fn word(&mut self, word: &str) -> Option<LexId> {
        self.builder.phrase(word, Tags::NONE, Tags::NONE, false)
    }

    fn list(&mut self, name: &str) -> Option<Vec<LexId>> {
        self.lists.get(name).cloned()
    }

    fn tag(&mut self, name: &str) -> Option<Tags> {
        self.builder.tag(name)
    }

    fn phrase(&mut self, name: &str) -> Result<Node, String> {
        let Some(text) = self.own.get(name).or_else(|| self.shared.get(name)) else {
            return Err(String::new());
        };
        if self.open.iter().any(|o| o == name) {
            return Err(format!("the phrase `{name}` is made of itself: {} → {name}", self.open.join(" → ")));
        }
        if self.open.len() == DEEPEST {
            return Err(format!("the phrase `{name}` is named through more than {DEEPEST} others"));
        }
        if let Some(node) = self.parsed.get(name) {
            return Ok(node.clone());
        }
        let text = text.get_ref().clone();
        self.open.push(name.to_string());
        let node = parse::parse(&text, self);
        self.open.pop();
        let mut node = node.map_err(|errors| format!("the phrase `{name}` is wrong: {}", errors[0].message))?;
        self.fill(&mut node);
        self.parsed.insert(name.to_string(), node.clone());
        Ok(node)
    }

    fn nearest(&self, kind: &str, name: &str) -> Option<String> {
        let known: Vec<&str> = match kind {
            "tag" => self.builder.lexicon().names.all().iter().map(String::as_str).collect(),
            "word list" => self.lists.keys().map(String::as_str).collect(),
            _ => self.own.keys().chain(self.shared.keys()).map(String::as_str).chain(["REST"]).collect(),
        };
        nearest(name, &known).map(str::to_string)
    }
}

impl Scope<'_> {
    /// Reads the file's own phrases, so that a mistake in one that no rule names is reported as well.
    pub(super) fn read_phrases(&mut self, source: &File<'_>, errors: &mut Vec<Diagnostic>) {
        for (name, text) in self.own {
            self.open.push(name.clone());
            let node = self.parse(text, source, errors);
            self.open.pop();
            self.parsed.extend(node.map(|node| (name.clone(), node)));
        }
    }

    /// Gives gaps their barriers.
    fn fill(&self, node: &mut Node) {
        match node {
            Node::Unit(pred) if pred.is_gap() => *pred = self.gap.clone(),
            Node::Seq(items) | Node::Alt(items) => items.iter_mut().for_each(|n| self.fill(n)),
            Node::Repeat { node, .. } | Node::Capture(_, node) => self.fill(node),
            Node::Unit(_) | Node::Rest | Node::Start | Node::End => {}
        }
    }

    /// The pattern, with its gaps filled; mistakes in it go to `errors`.
    pub(super) fn parse(
        &mut self,
        text: &Spanned<String>,
        source: &File<'_>,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<Node> {
        match parse::parse(text.get_ref(), self) {
            Ok(mut node) => {
                self.fill(&mut node);
                Some(node)
            }
            Err(found) => {
                let base = text.span().start + opening(&source.text[text.span()]);
                errors.extend(found.into_iter().map(|e| {
                    Diagnostic::new(e.code, &source.name, base + e.span.start..base + e.span.end, e.message, e.help)
                }));
                None
            }
        }
    }
}

/// Bytes of the quotation marks (and the line break) a TOML string begins with.
pub(super) fn opening(literal: &str) -> usize {
    let marks = if literal.starts_with("'''") || literal.starts_with("\"\"\"") { 3 } else { 1 };
    let rest = &literal[marks.min(literal.len())..];
    marks + if marks == 3 && rest.starts_with("\r\n") { 2 } else { usize::from(marks == 3 && rest.starts_with('\n')) }
}

/// The known name that differs least, if it differs little.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let best = known.iter().map(|k| (distance(name, k), *k)).min()?;
    (best.0 <= 1 + name.chars().count() / 4).then_some(best.1)
}

/// Levenshtein distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (diagonal + usize::from(ca != *cb)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}
