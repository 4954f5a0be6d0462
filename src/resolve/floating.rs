//! Whose a quotation without a cue is.
//!
//! Invariant: the speaker stands before the quotation, in its block or one of the two before it, or says the words again.

use super::Scene;
use super::antecedent;
use super::speaker::Resolved;
use crate::attribute::candidate::Candidate;
use crate::attribute::trim::Context;
use crate::lexicon::fold::fold;
use crate::lexicon::tags::{self, Tags};
use crate::unit::Line;

/// So many blocks before its own a quotation may take its speaker from.
const BLOCKS: u32 = 2;
/// Pronouns that stand for nobody, for whoever speaks, or inside another clause.
const OTHER: Tags = Tags::all_of(&[tags::ON, tags::FIRST, tags::REL, tags::INDEF]);
/// How far back the subject may stand, in units.
const REACH: u32 = 160;

/// Whose a quotation without a cue is that no report stands near.
pub fn speaker(scene: Scene<'_>, candidate: &Candidate) -> Option<u32> {
    in_title(scene, candidate).or_else(|| subject_before(scene, candidate))
}

/// « Le maire s'arrête devant la digue. « Elle date de 1930. » »: the subject of the author's sentences before a quotation,
/// where it is somebody.
fn subject_before(scene: Scene<'_>, candidate: &Candidate) -> Option<u32> {
    let cx = scene.cx;
    let line = scene.lines[candidate.line as usize];
    let somebody = |u: &u32| {
        let tags = cx.units[*u as usize].tags;
        let pronoun = tags.any(tags::PRON) && tags.any(tags::GENDER) && !tags.any(OTHER);
        tags.any(tags::NP) && (pronoun || antecedent::people(scene, *u))
    };
    let own = |u: &u32| {
        let at = scene.line_of(*u);
        let near = at.depth == 0 && line.block - at.block <= BLOCKS;
        near && antecedent::is_subject(cx, *u) && antecedent::leads(scene, *u)
    };
    stands_alone(cx, &line, candidate)
        .then(|| (line.first.saturating_sub(REACH)..line.first).rev().filter(somebody).find(own))
        .flatten()
}

/// « « Il est trop tard » : Lina Morvan se souvient »: in a title, whoever it names behind the quotation, else before it.
fn in_title(scene: Scene<'_>, candidate: &Candidate) -> Option<u32> {
    let line = scene.lines[candidate.line as usize];
    let title = line.depth == 0 && line.block == scene.lines[0].block && scene.lines.last()?.block > line.block;
    let content = candidate.content.first().filter(|_| title)?;
    let start = |u: &u32| scene.cx.units[*u as usize].span(scene.cx.tokens).start;
    let somebody = |u: &u32| {
        let unit = &scene.cx.units[*u as usize];
        unit.quote.is_none() && unit.tags.any(tags::NP) && !unit.tags.any(tags::PRON) && antecedent::people(scene, *u)
    };
    let mut behind = (line.first..line.end).filter(|u| start(u) >= content.end);
    let mut before = (line.first..line.end).filter(|u| start(u) < content.start);
    behind.find(somebody).or_else(|| before.find(somebody))
}

/// Whether a quotation is a sentence of its own, not a part of the author's.
fn stands_alone(cx: &Context<'_>, line: &Line, candidate: &Candidate) -> bool {
    let Some(content) = candidate.content.first() else { return false };
    let units = &cx.units[line.first as usize..line.end as usize];
    let at = units.iter().position(|u| u.span(cx.tokens).contains(*content)).unwrap_or(0);
    let led = at > 0 && units[at - 1].span(cx.tokens).of(cx.text) == ":";
    at <= 1 || led || content.of(cx.text).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

/// A title may quote before anybody is named: the words are those of whoever says them further down.
pub fn repeated(cx: &Context<'_>, lines: &[Line], found: &[Candidate], out: &mut [Option<Resolved>]) {
    let words = |c: &Candidate| {
        let text = c.content.iter().flat_map(|s| s.of(cx.text).split_whitespace());
        fold(&text.collect::<Vec<_>>().join(" "))
    };
    let mark = |c: char| c.is_whitespace() || matches!(c, '.' | '!' | '?' | '…');
    for i in 0..found.len() {
        if found[i].cue.is_some() || lines[found[i].line as usize].block > 1 {
            break;
        }
        let title = words(&found[i]);
        let title = title.trim_end_matches(mark);
        let again = (i + 1..found.len()).take(60).find(|&j| found[j].cue.is_some() && words(&found[j]).contains(title));
        if let Some(j) = again.filter(|_| title.len() > 8) {
            out[i] = out[j].clone();
        }
    }
}
