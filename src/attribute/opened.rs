//! « X « demande une enquête » sur la crue »: the quotation opens before the verb of saying, its subject stands outside.
//!
//! Invariant: only the line around the quotation is looked at, and no more than [`AFTER`] units of it behind the marks.

use super::candidate::{Candidate, Stretch};
use super::trim::{self, Context};
use crate::lexicon::tags;
use crate::span::Span;
use crate::unit::{Line, Unit};

/// How far back among the lines the one around a quotation is looked for.
const LINES: usize = 64;
/// How far behind the closing mark the clause may go on, in units.
const AFTER: usize = 24;

/// Gives a candidate whose line begins with its verb the subject outside of the marks, and the rest of the clause behind
/// them. Whether it may stay: a finite verb at the head of a line has no other subject to borrow.
pub fn lend(cx: &Context<'_>, lines: &[Line], candidate: &mut Candidate) -> bool {
    if !begins_with_verb(cx, lines, candidate) {
        return true;
    }
    let Some((np, rest)) = subject(cx, lines, candidate) else { return false };
    (candidate.source, candidate.source_span) = (Some(np), trim::source(cx, np));
    if let (Some(rest), Some(last)) = (rest, candidate.content.last_mut()) {
        *last = last.cover(rest);
    }
    true
}

/// Whether a candidate's cue is the verb that its line begins with.
fn begins_with_verb(cx: &Context<'_>, lines: &[Line], candidate: &Candidate) -> bool {
    let Some(cue) = candidate.cue else { return false };
    let verb = &cx.units[cue.first as usize];
    cue.first == lines[candidate.line as usize].first
        && (verb.tags.has(tags::VERB | tags::FIN) || (verb.tags.any(tags::PP) && !verb.tags.any(tags::PPRS)))
}

/// The subject outside of the marks, and the rest of the clause behind them.
fn subject(cx: &Context<'_>, lines: &[Line], candidate: &Candidate) -> Option<(Stretch, Option<Span>)> {
    let at = candidate.line as usize;
    let line = &lines[at];
    let quote = line.quote.filter(|&q| cx.units[line.first as usize].first == cx.quotes[q as usize].open + 1)?;
    let units = |l: &Line| l.first..l.end;
    let outer = lines[..at].iter().rev().take(LINES).find(|l| l.depth + 1 == line.depth)?;
    let unit = units(outer).find(|&u| cx.units[u as usize].quote == Some(quote))?;
    let before = |u: u32| u.checked_sub(1).filter(|&b| b >= outer.first);
    let is = |u: u32, what: fn(&Unit) -> bool| what(&cx.units[u as usize]);
    let mut near = before(unit)?;
    while is(near, |u| u.word && u.tags.any(tags::ADV)) {
        near = before(near)?;
    }
    // « a « demandé une enquête » »: only the participle stands inside.
    let participle = !cx.units[candidate.cue?.first as usize].tags.any(tags::FIN);
    if participle {
        let auxiliary = is(near, |u| u.tags.any(tags::VERB) && u.tags.any(tags::AVOIR));
        near = before(near).filter(|_| auxiliary)?;
    }
    let np = is(near, |u| u.tags.any(tags::NP) && !u.tags.any(tags::TIME)).then_some(near)?;
    let led = before(np).is_some_and(|b| is(b, Unit::is_preposition));
    let behind = cx.units[unit as usize + 1..outer.end as usize].iter().take(AFTER);
    let goes_on = |u: &&Unit| {
        let word = cx.words(u);
        word != "," && !u.tags.any(tags::STOP | tags::SUB | tags::QUOTE) && !matches!(word, "et" | "mais" | ")")
    };
    let count = behind.take_while(goes_on).count() as u32;
    let rest = (count > 0).then(|| trim::content(cx, Stretch { first: unit + 1, end: unit + 1 + count })).flatten();
    (!led).then_some((Stretch { first: np, end: np + 1 }, rest))
}
