//! Stage 7, first half: every rule whose anchor is in a line is run over it.
//!
//! Invariant: work is bounded by the number of rules times the length of a line, and lines are at most 256 units long, so
//! it is linear in the text.

use super::candidate::{Candidate, Stretch};
use super::trim::{self, Context};
use crate::rule::pattern::Role;
use crate::rule::presence::View;
use crate::rule::program;
use crate::rule::rows::{Row, Rows};
use crate::rule::set::{Purpose, RuleSet, Rules};
use crate::span::Span;
use crate::unit::Line;

/// Buffers that are used again for every line.
#[derive(Debug, Default)]
pub struct Scratch {
    rows: Rows,
    line: Vec<Row>,
    held: Vec<u64>,
    search: program::Scratch,
}

/// A place a shield forbids, or a relay.
#[derive(Clone, Copy, Debug)]
pub struct Marked {
    /// Number of the rule.
    pub rule: u16,
    /// Index of the line.
    pub line: u32,
    /// The units marked.
    pub stretch: Stretch,
    /// Where they stand.
    pub span: Span,
}

/// What the rules found in a document.
#[derive(Debug, Default)]
pub struct Found {
    /// Candidate statements.
    pub candidates: Vec<Candidate>,
    /// Cues that shields forbid.
    pub shields: Vec<Marked>,
    /// Relays.
    pub relays: Vec<Marked>,
}

/// Runs the rules (or only one) over the lines. What was in `found` before is dropped.
pub fn find(
    rules: &Rules,
    cx: &Context<'_>,
    lines: &[Line],
    only: Option<usize>,
    scratch: &mut Scratch,
    found: &mut Found,
) {
    scratch.rows.belong_to(rules);
    found.candidates.clear();
    found.shields.clear();
    found.relays.clear();
    for (number, line) in lines.iter().enumerate() {
        scratch.line.clear();
        scratch.held.clear();
        let mut wanted = RuleSet::default();
        for unit in &cx.units[line.first as usize..line.end as usize] {
            let row = scratch.rows.row(rules, unit.word.then_some(unit.lex), unit.tags);
            let gate = scratch.rows.gate(row);
            wanted.iter_mut().zip(gate).for_each(|(w, g)| *w |= g);
            scratch.line.push(row);
            scratch.rows.add_to(row, &mut scratch.held);
        }
        if let Some(only) = only {
            wanted.iter_mut().enumerate().for_each(|(i, w)| *w &= if i == only / 64 { 1 << (only % 64) } else { 0 });
        }
        for (word, bits) in wanted.iter().enumerate() {
            let mut bits = *bits;
            while bits != 0 {
                let rule = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                run(rules, cx, (number as u32, line), rule, scratch, found);
            }
        }
    }
}

/// Runs one rule over one line, from every cue on.
fn run(
    rules: &Rules,
    cx: &Context<'_>,
    (number, line): (u32, &Line),
    rule: usize,
    scratch: &mut Scratch,
    found: &mut Found,
) {
    let compiled = &rules.rules[rule].compiled;
    let program = &compiled.program;
    let Scratch { rows, line: seen_as, held, search } = scratch;
    let view = View { rows, line: seen_as, held };
    let mut from = 0;
    while compiled.need.after(view, from, seen_as.len()).is_some() {
        let Some(whole) = program.find(rows, seen_as, from, search) else { break };
        let stretch = |n: usize| {
            let units = program.capture(n, search)?;
            let at = |unit: usize| line.first + unit as u32;
            (!units.is_empty()).then(|| Stretch { first: at(units.start), end: at(units.end) })
        };
        let roles = &program.roles;
        let role = |wanted: Role| (0..roles.len()).filter(move |&n| roles[n] == wanted).filter_map(stretch);
        let cue = role(Role::Cue).next();
        match rules.rules[rule].purpose {
            Purpose::Statement => found.candidates.extend(candidate(
                cx,
                rule,
                number,
                cue,
                role(Role::Source).next(),
                role(Role::Content),
            )),
            Purpose::Shield => mark(cx, rule, number, cue, &mut found.shields),
            Purpose::Relay => mark(cx, rule, number, role(Role::Relay).next(), &mut found.relays),
        }
        // The next match may begin inside this one, behind its cue.
        let next = match cue {
            Some(cue) => (cue.first - line.first + 1) as usize,
            None => whole.end,
        };
        from = next.max(from + 1);
        if from > seen_as.len() {
            break;
        }
    }
}

fn candidate(
    cx: &Context<'_>,
    rule: usize,
    line: u32,
    cue: Option<Stretch>,
    source: Option<Stretch>,
    contents: impl Iterator<Item = Stretch>,
) -> Option<Candidate> {
    let mut content: Vec<Span> = contents.filter_map(|c| trim::content(cx, c)).collect();
    content.sort();
    if content.is_empty() {
        return None;
    }
    let cue_span = cue.and_then(|c| trim::cue(cx, c));
    let source_span = source.and_then(|s| trim::source(cx, s)).or_else(|| Some(trim::inverted(cx, cue?)?.1));
    Some(Candidate {
        rule: rule as u16,
        line,
        cue,
        source,
        cue_span,
        source_span,
        content,
        aside: false,
        answer: false,
    })
}

fn mark(cx: &Context<'_>, rule: usize, line: u32, stretch: Option<Stretch>, out: &mut Vec<Marked>) {
    if let Some(stretch) = stretch
        && let Some(span) = trim::source(cx, stretch)
    {
        out.push(Marked { rule: rule as u16, line, stretch, span });
    }
}
