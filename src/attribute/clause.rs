//! A content that runs on into the clause around it: « ceux qui exigent N ont défilé », « si X dit que P, Y répond ».
//!
//! Every finite verb of a content needs a word that lets it in: the « que » before the content, or a conjunction, a relative or
//! a coordination inside. A verb that nothing lets in belongs to the clause around.
//! Invariant: a content only shrinks here, at its end; one look at each of its units.

use super::candidate::{Candidate, Stretch};
use super::trim::{self, Context};
use crate::lexicon::tags;
use crate::unit::{Line, Unit};

/// Cuts the content of a candidate before the clause that does not belong to it.
pub fn part(cx: &Context<'_>, line: &Line, candidate: &mut Candidate) {
    let (Some(cue), [content]) = (candidate.cue, &candidate.content[..]) else { return };
    if cue.end > line.end || !cue.of(cx.units).iter().any(|u| u.tags.any(tags::VERB)) {
        return;
    }
    let span = |u: u32| cx.units[u as usize].span(cx.tokens);
    let Some(first) = (cue.end..line.end).find(|&u| content.contains(span(u))) else { return };
    let end = first + (first..line.end).take_while(|&u| content.contains(span(u))).count() as u32;
    if content.start < span(first).start || (cue.end..first).any(|u| cx.words_at(u) == ":") {
        return;
    }
    let led = (cue.end..first).any(|u| lets_in(cx, u));
    // « comme l'a dit X, P »
    if !led && first > cue.end && cx.words_at(first - 1) == "," {
        return;
    }
    let hangs = depends(cx, line, candidate, cue);
    let content = Stretch { first, end };
    let cut = again(cx, content, candidate, led).or_else(|| foreign(cx, content, led, hangs));
    if let Some(cut) = cut.filter(|&c| c > first)
        && let Some(rest) = trim::content(cx, Stretch { first, end: cut })
    {
        candidate.content = vec![rest];
    }
}

/// Where the clause begins that is no part of a content. `led`: a « que » stands before it. `hangs`: the clause of the cue
/// hangs on another, whose verb may follow.
fn foreign(cx: &Context<'_>, content: Stretch, led: bool, hangs: bool) -> Option<u32> {
    let mut room = u32::from(led);
    let mut deep = led;
    // The last mark or « et » behind the last verb.
    let (mut comma, mut join) = (None, None);
    let mut at = content.first;
    while at < content.end {
        match cx.words_at(at) {
            "(" => at += (at..content.end.min(at + 12)).take_while(|&u| cx.words_at(u) != ")").count() as u32,
            "," => comma = Some(at),
            ":" | ";" | "–" | "—" => return None,
            _ if cx.units[at as usize].tags.any(tags::JOINS) => join = Some(at),
            _ if lets_in(cx, at) => {
                (room, deep) = (room + 1, true);
                (comma, join) = (None, None);
            }
            _ if is_verb(cx, at) && !(at > content.first && leads(cx, at - 1)) => {
                let subject = |from: u32| from + 1 < at && phrases(cx, from + 1, at);
                match (join, comma) {
                    (Some(_), _) if deep => {}
                    _ if room > 0 => room -= 1,
                    (Some(_), Some(comma)) if subject(comma) => return Some(comma),
                    (Some(join), _) if subject(join) => return Some(join),
                    (Some(_), _) => {}
                    (None, Some(comma)) => return (subject(comma) || (hangs && comma + 1 == at)).then_some(comma),
                    (None, None) => return hangs.then_some(at),
                }
                (comma, join) = (None, None);
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// « qui dénonce N et qui part »: where the relative clause of the cue is taken up again.
fn again(cx: &Context<'_>, content: Stretch, candidate: &Candidate, led: bool) -> Option<u32> {
    let relative = |u: u32| cx.units[u as usize].tags.any(tags::REL);
    let source = candidate.source.filter(|s| relative(s.first) && !led)?;
    let at = (content.first..content.end).find(|&u| lets_in(cx, u))?;
    let joined = at > content.first && cx.units[at as usize - 1].tags.any(tags::JOINS);
    (joined && cx.words_at(at) == cx.words_at(source.first)).then_some(at - 1)
}

/// Whether the clause of a cue hangs on one whose verb is still to come.
fn depends(cx: &Context<'_>, line: &Line, candidate: &Candidate, cue: Stretch) -> bool {
    let before = &cx.units[line.first as usize..cue.first as usize];
    if before.iter().any(|u| u.tags.has(tags::VERB | tags::FIN)) {
        return false;
    }
    let relative = candidate.source.is_some_and(|s| s.of(cx.units).iter().any(|u| u.tags.any(tags::REL)));
    let finite = cue.of(cx.units).iter().any(|u| u.tags.any(tags::FIN));
    relative || !finite || before.iter().any(|u| u.word && u.tags.any(tags::SUB))
}

/// Whether a subject stands between two units: a noun phrase, its complements and adverbs.
fn phrases(cx: &Context<'_>, first: u32, end: u32) -> bool {
    let units = &cx.units[first as usize..end as usize];
    let subject = |u: &Unit| u.tags.any(tags::NP) && !u.tags.any(tags::REL);
    let fits = |u: &Unit| subject(u) || u.is_preposition() || u.tags.any(tags::ADV | tags::TIME | tags::JOINS);
    units.iter().all(fits) && units.iter().find(|u| !u.tags.any(tags::ADV)).is_some_and(subject)
}

fn is_verb(cx: &Context<'_>, unit: u32) -> bool {
    let tags = cx.units[unit as usize].tags;
    tags.has(tags::VERB | tags::FIN) && !tags.any(tags::INV)
}

/// Whether a word leads to a noun, so that what stands behind it is none of the verbs it looks like.
fn leads(cx: &Context<'_>, unit: u32) -> bool {
    let unit = &cx.units[unit as usize];
    unit.is_preposition() || unit.tags.any(tags::DET | tags::PREP)
}

/// Whether a word lets a verb of its own into a clause.
fn lets_in(cx: &Context<'_>, unit: u32) -> bool {
    let last = cx.units[unit as usize].end - 1;
    // « à ce que »: an expression is one token, and ends in the word that opens the clause.
    let joined = || ["que", "qu'", "qu’"].iter().any(|w| cx.tokens[last as usize].span.of(cx.text).ends_with(w));
    let unit = &cx.units[unit as usize];
    // « s' » that stands before no verb is « si ».
    unit.tags.any(tags::SUB | tags::REL | tags::RELWORD | tags::OPENS)
        || (unit.word && (unit.tags.any(tags::REFL) || joined()))
}
