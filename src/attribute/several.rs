//! A verb in the plural has several subjects: « lâchent A, B et C », « A et B ont annoncé ».
//!
//! Invariant: a source only grows here, by noun phrases that « et » joins to it.

use super::candidate::{Candidate, Stretch};
use super::trim::{self, Context};
use crate::lexicon::tags;
use crate::unit::{Line, Unit};

/// How many units one enumeration may have on either side of its first name.
const REACH: usize = 24;

/// Gives a candidate the other subjects of its verb, where its source is one of several.
pub fn join(cx: &Context<'_>, line: &Line, candidate: &mut Candidate) {
    let (Some(cue), Some(source)) = (candidate.cue, candidate.source) else { return };
    let joined = |u: &Unit| u.tags.any(tags::PRON) || cx.words(u) == "et";
    if !plural(cx, cue) || source.of(cx.units).iter().any(joined) {
        return;
    }
    let many = source.of(cx.units).iter().any(|u| u.tags.any(tags::PLURAL | tags::GROUP));
    let whole = if source.first >= cue.end {
        // « les secrétaires fédéraux Vincent Roy et Anne Morel »: the plural is that of both.
        let person = |at: u32| cx.units[at as usize].tags.any(tags::PERSON);
        behind(cx, line, source).filter(|s| {
            !many || (source.end..s.end).all(|u| person(u) || !phrase(&cx.units[u as usize])) && person(source.first)
        })
    } else if source.end <= cue.first {
        // « X a reçu les maires, et les marins ont dit »: a plural has a verb of its own, save where the other one opens
        // the sentence.
        before(cx, line, source).filter(|s| !many || opens(cx, line, s.first))
    } else {
        None
    };
    let Some(whole) = whole else { return };
    let span = trim::source(cx, whole);
    let clear = |s: crate::span::Span| !candidate.content.iter().any(|c| c.overlaps(s));
    if span.is_some_and(clear) {
        (candidate.source, candidate.source_span) = (Some(whole), span);
    }
}

/// Whether the first finite word of a verb can only be a plural.
fn plural(cx: &Context<'_>, cue: Stretch) -> bool {
    let verb = cue.of(cx.units).iter().find(|u| u.tags.has(tags::VERB | tags::FIN) && !u.tags.any(tags::INV));
    let mut words = verb.into_iter().flat_map(|u| u.first..u.end).map(|t| cx.lexicon.tags(cx.tokens[t as usize].lex));
    words.find(|w| w.any(tags::FIN) && !w.any(tags::CLITIC)).is_some_and(|w| w.has(tags::PLURAL | tags::THIRD))
}

/// « A, B et C » from A on.
fn behind(cx: &Context<'_>, line: &Line, source: Stretch) -> Option<Stretch> {
    let mut at = behind_brackets(cx, line, source.end);
    while at + 1 < line.end && (at - source.end) < REACH as u32 {
        let (mark, next) = (&cx.units[at as usize], &cx.units[at as usize + 1]);
        match cx.words(mark) {
            "et" if phrase(next) => return Some(Stretch { end: behind_brackets(cx, line, at + 2), ..source }),
            // « A, ministre des Mines, et B »
            "," if cx.words(next) == "et" => at += 1,
            "," if phrase(next) => at = behind_brackets(cx, line, at + 2),
            _ => return None,
        }
    }
    None
}

/// The unit behind what stands in brackets at `at`, else `at`: « A (Parti) et B (Ligue) ».
fn behind_brackets(cx: &Context<'_>, line: &Line, at: u32) -> u32 {
    let is = |u: u32, mark: &str| u < line.end && cx.words(&cx.units[u as usize]) == mark;
    let close = is(at, "(").then(|| (at..at + 8).find(|&u| is(u, ")"))).flatten();
    close.map_or(at, |u| u + 1)
}

/// « A, B et C » from C back; of « après A, B et C » A is none, because a preposition leads to it.
fn before(cx: &Context<'_>, line: &Line, source: Stretch) -> Option<Stretch> {
    let inside = |at: u32| at > line.first;
    let led = |at: u32| inside(at) && cx.units[at as usize - 1].is_preposition();
    let mut first = own_name(cx, line, source.first).unwrap_or(source.first);
    let mut mark = "et";
    while inside(first) && (source.first - first) < REACH as u32 && cx.words(&cx.units[first as usize - 1]) == mark {
        let Some(np) = phrase_before(cx, line, first - 1).filter(|&np| !led(np)) else { break };
        // « A, maire de Brest, et B »
        first = own_name(cx, line, np).unwrap_or(np);
        mark = ",";
    }
    (mark == "," && first < source.first && !led(first)).then_some(Stretch { first, ..source })
}

/// The person's name that a function between commas belongs to.
fn own_name(cx: &Context<'_>, line: &Line, function: u32) -> Option<u32> {
    let unit = &cx.units[function as usize];
    let role = unit.tags.any(tags::ROLE | tags::HUMAN) && !unit.tags.any(tags::PERSON | tags::PLURAL);
    let comma =
        function.checked_sub(1).filter(|&u| role && u > line.first && cx.words(&cx.units[u as usize]) == ",")?;
    phrase_before(cx, line, comma).filter(|&u| cx.units[u as usize].tags.any(tags::PERSON))
}

/// The noun phrase that ends right before a unit, maybe with something in brackets.
fn phrase_before(cx: &Context<'_>, line: &Line, at: u32) -> Option<u32> {
    let mut last = at.checked_sub(1).filter(|&u| u >= line.first)?;
    if cx.words(&cx.units[last as usize]) == ")" {
        let open = (line.first..last).rev().take(8).find(|&u| cx.words(&cx.units[u as usize]) == "(")?;
        last = open.checked_sub(1).filter(|&u| u >= line.first)?;
    }
    phrase(&cx.units[last as usize]).then_some(last)
}

fn opens(cx: &Context<'_>, line: &Line, unit: u32) -> bool {
    unit == line.first || cx.words(&cx.units[unit as usize - 1]) == ":"
}

fn phrase(unit: &Unit) -> bool {
    unit.tags.any(tags::NP) && !unit.tags.any(tags::PRON)
}
