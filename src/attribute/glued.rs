//! A heading that an export has glued to a quotation: « Une nuit de trop "On n'en peut plus", dit X ».
//!
//! Invariant: a content only shrinks here, to the quotation it ends in.

use super::candidate::Candidate;
use super::trim::Context;
use crate::lexicon::tags;
use crate::span::Span;
use crate::unit::{Line, Unit};

/// Shortest quotation that is a sentence rather than a title, in bytes.
const SENTENCE: usize = 60;

/// Takes the words before the quotation out of a content where they do not lead to it: no verb, no mark, and the quotation
/// begins with a capital; or what they lead to is the quotation (« ce qu'a confirmé X : "P", a-t-il dit »).
pub fn part(cx: &Context<'_>, line: &Line, candidate: &mut Candidate) {
    let (Some(cue), [content]) = (candidate.cue, &candidate.content[..]) else { return };
    let units = line.first..cue.first.min(line.end).max(line.first);
    let inside = |u: &u32| content.contains(cx.units[*u as usize].span(cx.tokens));
    let Some(quote) = units.clone().rev().find(|u| inside(u)) else { return };
    let Some(inner) = inner(cx, quote).filter(|s| s.of(cx.text).starts_with(char::is_uppercase)) else { return };
    let lead = units.clone().find(inside).unwrap_or(quote)..quote;
    if lead.is_empty() {
        return;
    }
    let text = |u: u32| cx.words_at(u);
    let leads = |u: u32| {
        let unit = &cx.units[u as usize];
        unit.tags.any(tags::FIN | tags::QUOTE | tags::SUB) || matches!(text(u), "," | ":" | "que" | "qu'" | "qu’")
    };
    let introduced = text(quote - 1) == ":";
    // A whole sentence without its stop: a noun stands before a quotation that is a sentence, too.
    let last = &cx.units[quote as usize - 1];
    let sentence = inner.of(cx.text).len() > SENTENCE && last.tags.any(tags::NP | tags::TIME | tags::ADJ);
    let heading = sentence && !last.tags.any(tags::PRON) || !lead.into_iter().any(leads);
    if heading || introduced {
        candidate.content = vec![inner];
    }
}

/// The words of a unit that is a quotation with a clause.
fn inner(cx: &Context<'_>, unit: u32) -> Option<Span> {
    let unit: &Unit = &cx.units[unit as usize];
    if !unit.tags.has(tags::QUOTE | tags::CLAUSE) {
        return None;
    }
    let open = cx.opens[unit.first as usize];
    cx.quotes.get(open as usize)?.inner(cx.tokens)
}
