//! Whose a quotation without a cue is.
//!
//! Invariant: the speaker stands before the quotation, in its block or one of the two before it; in a title also behind.

use super::Scene;
use super::antecedent::{is_subject, leads, people};
use super::names::finite;
use super::speaker::{Resolved, of_pair, of_unit};
use super::voice::Spoke;
use crate::attribute::candidate::Candidate;
use crate::attribute::trim::Context;
use crate::lexicon::tags::{self, Tags};
use crate::unit::{Line, is_title};

/// So many blocks before its own a quotation may take its speaker from.
const BLOCKS: u32 = 2;
/// Pronouns that stand for nobody, for whoever speaks, or inside another clause.
const OTHER: Tags = Tags::all_of(&[tags::ON, tags::FIRST, tags::REL, tags::INDEF]);
/// How far back the subject may stand, in units.
const REACH: u32 = 160;
/// Among how many lines the sentence before is looked for: what it quotes makes lines of its own.
const NEAR: usize = 40;

/// Whose a quotation is: of whom its sentence is about; of whom the one before is about, if nobody has spoken since; of
/// the `voice` heard last; in a title, of whoever it names; of whom the text before is about.
pub fn speaker(
    scene: Scene<'_>,
    candidate: &Candidate,
    sources: &[Spoke],
    voice: Option<&Resolved>,
) -> Option<Resolved> {
    let unit = |u: u32| of_pair(scene, u).or_else(|| of_unit(scene, u, sources, 0));
    newly(scene, candidate, sources)
        .and_then(unit)
        .or_else(|| voice.cloned())
        .or_else(|| in_title(scene, candidate).or_else(|| subject_before(scene, candidate)).and_then(unit))
}

/// Whom the sentence of a quotation is about, or else the sentence before (« Léa Morel est peintre. « P » »), if nobody has
/// spoken since.
fn newly(scene: Scene<'_>, candidate: &Candidate, sources: &[Spoke]) -> Option<u32> {
    let cx = scene.cx;
    let own = &scene.lines[candidate.line as usize];
    let said = candidate.extent().start;
    let since = sources.last().map_or(0, |s| s.at + 1);
    let named = |u: u32| scene.roster.of_unit(u).is_some_and(|e| scene.roster.entities[e].person);
    let leading = |u: u32| cx.units[u as usize].tags.any(tags::NP) && is_subject(cx, u) && leads(scene, u);
    let somebody = |u: u32| cx.units[u as usize].tags.any(tags::PERSON) && leading(u);
    // « Un ministre nous confiait ; « P » »: in its own sentence also somebody without a name; of « les élus « ne savent plus
    // où aller » », it is what somebody says of them.
    let verb = |u: u32| (u + 1..own.end).map(|v| &cx.units[v as usize]).take_while(|v| v.quote.is_none());
    let does = |u: u32| verb(u).any(|v| v.tags.has(tags::VERB | tags::FIN));
    let person = |u: u32| {
        let tags = cx.units[u as usize].tags;
        tags.has(tags::PRON | tags::INDEF) && !tags.any(tags::REL) || (!tags.any(tags::PRON) && people(scene, u))
    };
    let anybody = |u: u32| somebody(u) || (person(u) && leading(u) && does(u));
    let pronoun = |u: u32| {
        let tags = cx.units[u as usize].tags;
        tags.any(tags::PRON)
            && tags.any(tags::GENDER)
            && !tags.any(tags::REL | tags::INDEF)
            && finite(cx, u + 1)
            && leads(scene, u)
            && (u == 0 || !cx.units[u as usize - 1].is_preposition())
    };
    let ahead = (own.first.max(since)..own.end).take_while(|&u| cx.units[u as usize].span(cx.tokens).end <= said);
    let subject = ahead.into_iter().find(|&u| anybody(u) || pronoun(u));
    if subject.is_some() {
        return subject.filter(|_| own.depth == 0);
    }
    let before = scene.lines[..candidate.line as usize].iter().rev().take(NEAR).find(|l| l.depth == 0)?;
    let near = own.depth == 0 && own.block - before.block <= 1;
    (before.first.max(since)..before.end).find(|&u| somebody(u)).filter(|&u| near && named(u))
}

/// « Le maire s'arrête devant la digue. « Elle date de 1930. » »: the subject of the author's sentences before a quotation,
/// where it is somebody.
fn subject_before(scene: Scene<'_>, candidate: &Candidate) -> Option<u32> {
    let cx = scene.cx;
    let line = scene.lines[candidate.line as usize];
    let somebody = |u: &u32| {
        let tags = cx.units[*u as usize].tags;
        let pronoun = tags.any(tags::PRON) && tags.any(tags::GENDER) && !tags.any(OTHER);
        tags.any(tags::NP) && (pronoun || people(scene, *u))
    };
    let own = |u: &u32| {
        let at = scene.line_of(*u);
        let near = at.depth == 0 && line.block - at.block <= BLOCKS;
        near && is_subject(cx, *u) && leads(scene, *u)
    };
    stands_alone(cx, &line, candidate)
        .then(|| (line.first.saturating_sub(REACH)..line.first).rev().filter(somebody).find(own))
        .flatten()
}

/// « « Il est trop tard » : Lina Morvan se souvient »: in a title, whoever it names behind the quotation, else before it.
fn in_title(scene: Scene<'_>, candidate: &Candidate) -> Option<u32> {
    let line = scene.lines[candidate.line as usize];
    let title = line.depth == 0 && is_title(scene.lines, line.block);
    let content = candidate.content.first().filter(|_| title)?;
    let start = |u: &u32| scene.cx.units[*u as usize].span(scene.cx.tokens).start;
    let somebody = |u: &u32| {
        let unit = &scene.cx.units[*u as usize];
        unit.quote.is_none() && unit.tags.any(tags::NP) && !unit.tags.any(tags::PRON) && people(scene, *u)
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
    let led = at > 0 && cx.words(&units[at - 1]) == ":";
    at <= 1 || led || content.of(cx.text).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}
