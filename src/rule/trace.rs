//! A text under the lens: the units patterns see, every rule that was tried, and where each of them stopped.
//!
//! Invariant: shows what [`crate::analyze`] does, by running the same stages; nothing here changes a result.

use super::pattern::{Node, Role};
use super::program::{self, Program};
use super::rows::{Row, Rows};
use super::set::{Purpose, RuleSet, Rules};
use super::steps::{self, Step};
use crate::attribute::candidate::Candidate;
use crate::attribute::find::{self, Found, Marked};
use crate::lexicon::tags::{self, TagNames, Tags};
use crate::span::Span;
use crate::statement::Analysis;
use crate::unit::{Line, Unit};
use crate::{Scratch, analyze, stages};

/// What was seen of a text.
#[derive(Debug)]
pub struct Trace {
    /// Its sentences, and the sentences inside its quotations.
    pub sentences: Vec<Sentence>,
    /// What the whole analysis gives.
    pub analysis: Analysis,
}

/// A sentence as patterns see it.
#[derive(Debug)]
pub struct Sentence {
    /// How many quotations it stands in.
    pub depth: u8,
    /// Its units, in order.
    pub units: Vec<Seen>,
    /// The rules whose cue is in it, by priority.
    pub tried: Vec<Tried>,
}

/// A unit.
#[derive(Debug)]
pub struct Seen {
    /// Where it stands.
    pub span: Span,
    /// What it is, shortly: `NP.def.role`, `VG.fin.say`, `QUOTE`; empty where nothing is known but the word itself.
    pub tags: String,
}

/// A rule that was tried on a sentence.
#[derive(Debug)]
pub struct Tried {
    /// Number of the rule.
    pub rule: u16,
    /// How that ended.
    pub end: Ending,
}

/// How trying a rule ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    /// It matched; these are the parts, each time.
    Matched(Vec<Match>),
    /// It matched words that hold nothing to report.
    Empty,
    /// It did not match: the words the longest beginning of the pattern covers, and the step of the pattern after it.
    Stopped { reached: Option<Span>, step: String },
}

/// A match.
#[derive(Debug, PartialEq, Eq)]
pub struct Match {
    /// What was captured.
    pub parts: Vec<(Role, Span)>,
    /// What came of it.
    pub fate: Fate,
}

/// What came of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Counts,
    /// This shield forbids it.
    Shielded(u16),
    /// Another statement has its words, or it is the speaker's own « I ».
    Dropped,
}

/// Looks at a text.
pub fn trace(rules: &Rules, text: &str) -> Trace {
    let analysis = analyze(rules, text, &mut Scratch::default());
    let reading = stages::read(rules, text);
    let cx = reading.context(rules, text);
    let mut found = Found::default();
    find::find(rules, &cx, &reading.lines, None, &mut find::Scratch::default(), &mut found);
    let (units, tokens) = (&reading.units, &reading.tokens);
    let mut rows = Rows::default();
    rows.belong_to(rules);
    let mut sentence = |(number, line): (usize, &Line)| {
        let here = &units[line.first as usize..line.end as usize];
        let row = |u: &Unit| rows.row(rules, u.word.then_some(u.lex), u.tags);
        let seen_as: Vec<Row> = here.iter().map(row).collect();
        let seen = |u: &Unit| Seen { span: u.span(tokens), tags: summary(u, &rules.lexicon.names) };
        let tried = |rule: u16| {
            let matches = matches(rules, rule, number as u32, &found, &analysis);
            let end = if matches.is_empty() {
                stop((rules, &rows), rule, (here, &seen_as), |u| u.span(tokens))
            } else {
                Ending::Matched(matches)
            };
            Tried { rule, end }
        };
        let tried = gated(rules, &rows, &seen_as).into_iter().map(tried).collect();
        Sentence { depth: line.depth, units: here.iter().map(seen).collect(), tried }
    };
    Trace { sentences: reading.lines.iter().enumerate().map(&mut sentence).collect(), analysis }
}

/// The rules that have their cue in a line.
fn gated(rules: &Rules, rows: &Rows, line: &[Row]) -> Vec<u16> {
    let mut open = RuleSet::default();
    for row in line {
        open.iter_mut().zip(rows.gate(*row)).for_each(|(o, g)| *o |= g);
    }
    (0..rules.rules.len() as u16).filter(|r| open[*r as usize / 64] >> (r % 64) & 1 == 1).collect()
}

fn matches(rules: &Rules, rule: u16, line: u32, found: &Found, analysis: &Analysis) -> Vec<Match> {
    let counts = |role: Role| move |m: &Marked| Match { parts: vec![(role, m.span)], fate: Fate::Counts };
    let here = |m: &&Marked| m.rule == rule && m.line == line;
    match rules.rules[rule as usize].purpose {
        Purpose::Shield => found.shields.iter().filter(here).map(counts(Role::Cue)).collect(),
        Purpose::Relay => found.relays.iter().filter(here).map(counts(Role::Relay)).collect(),
        Purpose::Statement => {
            let of_rule = found.candidates.iter().filter(|c| c.rule == rule && c.line == line);
            of_rule.map(|c| Match { parts: parts(c), fate: fate(c, found, analysis) }).collect()
        }
    }
}

fn parts(candidate: &Candidate) -> Vec<(Role, Span)> {
    let cue = candidate.cue_span.map(|s| (Role::Cue, s));
    let source = candidate.source_span.map(|s| (Role::Source, s));
    cue.into_iter().chain(source).chain(candidate.content.iter().map(|s| (Role::Content, *s))).collect()
}

fn fate(candidate: &Candidate, found: &Found, analysis: &Analysis) -> Fate {
    let same = |s: &crate::statement::Statement| {
        s.rule == candidate.rule
            && s.cue == candidate.cue_span
            && s.content.iter().any(|c| c.overlaps(candidate.extent()))
    };
    let shield = |m: &&Marked| m.line == candidate.line && candidate.cue_span.is_some_and(|c| c.overlaps(m.span));
    match found.shields.iter().find(shield) {
        _ if analysis.statements.iter().any(same) => Fate::Counts,
        Some(shield) => Fate::Shielded(shield.rule),
        None => Fate::Dropped,
    }
}

/// How far a pattern gets, on the way through it that gets furthest.
fn stop(
    (rules, rows): (&Rules, &Rows),
    rule: u16,
    (units, line): (&[Unit], &[Row]),
    span: impl Fn(&Unit) -> Span,
) -> Ending {
    let rule = &rules.rules[rule as usize];
    let furthest = steps::ways(&rule.pattern, &rule.node).into_iter().map(|way| {
        let (steps, end) = longest((rules, rows), &way, line);
        (end.clone().map_or(0, |r| r.end), steps, end, way)
    });
    let Some((_, steps, reached, way)) = furthest.max_by_key(|(end, steps, ..)| (*end, *steps)) else {
        return Ending::Empty;
    };
    let Some(step) = way.get(steps) else { return Ending::Empty };
    let reached = reached.filter(|r| !r.is_empty()).map(|r| span(&units[r.start]).cover(span(&units[r.end - 1])));
    Ending::Stopped { reached, step: rule.pattern[step.written.clone()].to_string() }
}

/// How many steps match together, and the units they cover. What matches does so without its last steps, too: the
/// number is found by halving.
fn longest(with: (&Rules, &Rows), way: &[Step], line: &[Row]) -> (usize, Option<std::ops::Range<usize>>) {
    let (mut good, mut reached) = (0, None);
    let mut bad = way.len() + 1;
    while bad - good > 1 {
        let middle = (good + bad) / 2;
        match covered(with, &way[..middle], line) {
            Some(range) => (good, reached) = (middle, Some(range)),
            None => bad = middle,
        }
    }
    (good, reached)
}

fn covered((rules, rows): (&Rules, &Rows), steps: &[Step], line: &[Row]) -> Option<std::ops::Range<usize>> {
    let node = Node::Seq(steps.iter().map(|s| s.node.clone()).collect());
    // A part of a pattern that is a program is one too.
    Program::new(&node, &rules.tests)?.find(rows, line, 0, &mut program::Scratch::default())
}

/// The kind of a unit and its tags, but for those every unit of its kind has.
fn summary(unit: &Unit, names: &TagNames) -> String {
    let kinds = [(tags::NP, "NP"), (tags::VERB, "VG"), (tags::QUOTE, "QUOTE"), (tags::TIME, "TIME")];
    let kind = kinds.into_iter().find(|(tag, _)| unit.tags.has(*tag));
    let said = kind.map_or(Tags::NONE, |(tag, _)| tag) | tags::FUNCTION | tags::DET | tags::STOP;
    let kind = kind.map(|(_, name)| name);
    kind.into_iter().chain(names.of(unit.tags & !said)).collect::<Vec<_>>().join(".")
}
