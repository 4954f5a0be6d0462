//! A source that is only the end of a subject: « l'agence d'aide aux ports du gouvernement indique », « lors d'une visite à
//! l'usine, la maire affirme ».
//!
//! A noun phrase behind a preposition is no subject. Either the subject is what the phrase belongs to, or what opens the sentence
//! has been taken for the subject, which then stands behind a comma.
//! Invariant: a source only grows to the left or loses its head here; one look at each unit on its left.

use super::candidate::{Candidate, Stretch};
use super::trim::{self, Context};
use crate::lexicon::tags;
use crate::unit::{Line, Unit};

/// Gives a candidate the whole of a subject that stands before its verb.
pub fn whole(cx: &Context<'_>, line: &Line, candidate: &mut Candidate) {
    let (Some(cue), Some(source)) = (candidate.cue, candidate.source) else { return };
    let verb = cue.of(cx.units).iter().any(|u| u.tags.has(tags::VERB | tags::FIN));
    if !verb || source.end > cue.first || source.first < line.first {
        return;
    }
    if !led(cx, line, source.first) || !phrase(&cx.units[source.first as usize]) {
        return;
    }
    let Some(subject) = behind_comma(cx, source).or_else(|| head(cx, line, source)) else { return };
    let span = trim::source(cx, subject);
    let clear = |s: crate::span::Span| !candidate.content.iter().any(|c| c.overlaps(s));
    if span.is_some_and(clear) {
        (candidate.source, candidate.source_span) = (Some(subject), span);
    }
}

/// « dans les murs de la ville, dix ans après, X, maire »: the first person or function behind a comma.
fn behind_comma(cx: &Context<'_>, source: Stretch) -> Option<Stretch> {
    let subject = |u: u32| {
        let unit = &cx.units[u as usize];
        cx.words_at(u - 1) == "," && unit.tags.any(tags::PERSON | tags::ROLE | tags::ORG) && phrase(unit)
    };
    let own = cx.units[source.first as usize].tags.any(tags::PERSON | tags::ROLE | tags::HUMAN | tags::SPOKES);
    let first = (source.first + 1..source.end).find(|&u| subject(u)).filter(|_| !own)?;
    Some(Stretch { first, ..source })
}

/// The noun phrase that what stands before `source` hangs on: the nearest one no preposition leads to.
fn head(cx: &Context<'_>, line: &Line, source: Stretch) -> Option<Stretch> {
    let first = Some(first(cx, line, source.first)).filter(|&f| f < source.first)?;
    let unit = &cx.units[first as usize];
    let subject = tags::PERSON | tags::ROLE | tags::HUMAN | tags::ORG | tags::GROUP | tags::DOC | tags::MEDIA;
    unit.tags.any(subject).then_some(Stretch { first, ..source })
}

/// The first unit of the noun phrase that the one at `unit` ends, over what prepositions join to it.
pub fn first(cx: &Context<'_>, line: &Line, unit: u32) -> u32 {
    let mut first = unit;
    while led(cx, line, first) {
        match first.checked_sub(2).filter(|&u| u >= line.first && phrase(&cx.units[u as usize])) {
            Some(before) => first = before,
            None => return unit,
        }
    }
    first
}

/// Whether a preposition leads to a unit.
fn led(cx: &Context<'_>, line: &Line, unit: u32) -> bool {
    unit > line.first && cx.units[unit as usize - 1].is_preposition()
}

fn phrase(unit: &Unit) -> bool {
    unit.tags.any(tags::NP) && !unit.tags.any(tags::PRON)
}
