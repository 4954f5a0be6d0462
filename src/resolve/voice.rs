//! Who has spoken so far, and what the words around a statement say of who speaks in it.
//!
//! Invariant: a voice is one that the document lets speak; none is made here.

use super::Scene;
use super::description::belongs;
use super::names::{context, head_word, same_role, state};
use super::roster::{EntityId, PEOPLE, Roster};
use super::speaker::{Resolved, of_entity};
use crate::attribute::candidate::{Candidate, Stretch};
use crate::attribute::trim::Context;
use crate::lexicon::fold::fold;
use crate::lexicon::tags::{self, Tags};
use crate::span::Span;
use crate::token::Token;
use crate::unit::Line;
use rustc_hash::FxHashMap;

/// Somebody who spoke, and where: the unit of the source, or of the report.
#[derive(Clone, Debug)]
pub struct Spoke {
    /// First unit of the source or of the report.
    pub at: u32,
    /// First unit behind it.
    pub end: u32,
    /// Who it was.
    pub who: Resolved,
    /// The unit from which on nobody means them any more: the end of the sentence, where somebody else reports them.
    pub until: u32,
}

/// Among how many neighbours the « je » of a quotation, or whoever reports a statement, is looked for.
pub const VOICES: usize = 20;

/// How long the words of a title or a heading are at most, in bytes.
const HEADING: u32 = 160;

/// « Le maire dit que des marins ont demandé P »: whether somebody of this sentence reports it.
pub fn reported(roster: &Roster, found: &[Candidate], out: &[Option<Resolved>], i: usize) -> bool {
    let Some(cue) = found[i].cue_span else { return false };
    let same = |&j: &usize| found[j].line == found[i].line;
    let holds = |j: usize| {
        found[j].content.iter().any(|c| c.contains(cue)) && out[j].as_ref().is_some_and(|who| !is_body(roster, who))
    };
    (0..i).rev().take(VOICES).take_while(same).any(holds)
}

/// « Nous avons demandé au maire de partir », within somebody's words: whoever says them.
pub fn in_own_words(cx: &Context<'_>, lines: &[Line], found: &[Candidate], out: &mut [Option<Resolved>]) {
    let first = |s: &Stretch| s.of(cx.units).iter().any(|u| u.tags.any(tags::FIRST));
    for i in 0..found.len() {
        let Some(cue) = found[i].cue_span.filter(|_| found[i].source.iter().chain(&found[i].cue).any(first)) else {
            continue;
        };
        let block = lines[found[i].line as usize].block;
        let near = |&j: &usize| lines[found[j].line as usize].block == block;
        let holds = |&j: &usize| out[j].is_some() && found[j].content.iter().any(|c| c.contains(cue));
        let before = (0..i).rev().take(VOICES).take_while(near);
        let behind = (i + 1..found.len()).take(VOICES).take_while(near);
        let closest = before.chain(behind).filter(holds).min_by_key(|&j| found[j].extent().len());
        if let Some(j) = closest.filter(|_| out[i].is_none()) {
            out[i] = out[j].clone();
        }
    }
}

/// Whether it is a body or a document rather than somebody.
pub fn is_body(roster: &Roster, who: &Resolved) -> bool {
    let person = who.entity.is_some_and(|e| roster.entities[e].person);
    !person
        && who.tags.any(tags::ORG | tags::MEDIA | tags::DOC | tags::PLACE)
        && !who.tags.any(tags::PERSON | tags::HUMAN | tags::ROLE | tags::PLURAL)
}

/// « …, a dit X. « … », assure la joueuse »: a description that names nobody, right behind somebody's words, means them.
/// A function of its own (« le président de la cour ») does so only with a verb that adds to what was said, or where it
/// names a body.
pub fn goes_on(scene: Scene<'_>, candidate: &Candidate, who: &Resolved, sources: &[Spoke]) -> Option<Resolved> {
    let Scene { cx, lines, roster } = scene;
    let source = candidate.source?;
    let says = candidate.cue?.of(cx.units).iter().any(|u| u.tags.any(tags::VERB));
    let np = cx.units[who.unit as usize];
    let unlisted = cx.lexicon.tags(cx.tokens[np.head as usize].lex).any(tags::OPEN) && !np.tags.any(tags::NAME);
    let described = np.tags.any(tags::DEF | tags::DEM)
        && (unlisted || np.tags.any(PEOPLE))
        && !np.tags.any(tags::PLURAL | tags::SOURCE | tags::ORG | tags::MEDIA | tags::DOC | tags::GROUP | tags::PLACE);
    let adds = candidate.cue?.of(cx.units).iter().any(|u| u.tags.any(tags::ADDS));
    let own = (source.first..source.end).contains(&who.unit);
    let last = sources.last()?;
    let near = lines[candidate.line as usize].block.abs_diff(scene.line_of(last.at).block) <= 1;
    let person =
        last.who.entity.map(|e| &roster.entities[e]).filter(|e| e.person && e.may_be(np.tags & tags::GENDER))?;
    let state = state(cx, &np);
    let word = head_word(cx, &np);
    let open = np.tags.any(tags::GENERIC)
        || !np.tags.any(tags::ROLE)
        || (person.roles.is_empty() && (adds || !context(cx, &np).is_empty()))
        || person.roles.iter().any(|r| same_role(r, &word));
    let fits = says && !belongs(cx, &np) && described && own && near && open && !who.named;
    let fits = fits && person.may_act_for(state.as_deref());
    fits.then(|| Resolved { unit: who.unit, ..last.who.clone() })
}

/// Whether the words are those of one person: « je », « j'ai ».
pub fn says_i(cx: &Context<'_>, candidate: &Candidate) -> bool {
    let i = |t: &Token| matches!(t.span.of(cx.text), "je" | "Je" | "j'" | "J'" | "j’" | "J’");
    let says = |span: &Span| {
        let first = cx.tokens.partition_point(|t| t.span.start < span.start);
        cx.tokens[first..].iter().take_while(|t| t.span.end <= span.end).any(i)
    };
    candidate.content.iter().any(says)
}

/// Who answers in an interview: the person named most often before the first question, of several the last.
pub fn interviewee(scene: Scene<'_>, found: &[Candidate]) -> Option<Resolved> {
    let first = found.iter().find(|c| c.answer)?;
    let before = 0..scene.lines[first.line as usize].first;
    let mut named: FxHashMap<EntityId, (usize, u32)> = FxHashMap::default();
    for unit in before {
        let Some(id) = scene.roster.of_unit(unit).filter(|&e| scene.roster.entities[e].person) else { continue };
        let (count, last) = named.entry(id).or_default();
        (*count, *last) = (*count + 1, unit);
    }
    let (id, (_, unit)) = named.into_iter().max_by_key(|&(_, often)| often)?;
    Some(of_entity(Tags::NONE, scene.roster, id, unit))
}

/// A title or a heading may quote before its speaker is named: the words are those of whoever says them further down.
pub fn repeated(cx: &Context<'_>, lines: &[Line], found: &[Candidate], out: &mut [Option<Resolved>]) {
    let words = |c: &Candidate| {
        let text = c.content.iter().flat_map(|s| s.of(cx.text).split_whitespace());
        fold(&text.collect::<Vec<_>>().join(" "))
    };
    let length = |c: &Candidate| c.content.iter().map(|s| s.len()).sum::<u32>();
    let mark = |c: char| c.is_whitespace() || matches!(c, '.' | '!' | '?' | '…');
    for i in 0..found.len() {
        let title = lines[found[i].line as usize].block <= 1;
        if found[i].cue.is_some() || found[i].answer || length(&found[i]) > HEADING {
            continue;
        }
        let heading = words(&found[i]);
        let heading = heading.trim_end_matches(mark);
        let mut behind = (i + 1..found.len()).take(if title { 60 } else { VOICES });
        let same =
            |&j: &usize| (found[j].cue.is_some() || !title) && out[j].is_some() && words(&found[j]).contains(heading);
        if let Some(j) = behind.find(same).filter(|_| heading.len() > 8) {
            out[i] = out[j].clone();
        }
    }
}

/// « …, a dit X. Le ministre a visité le port. Il a promis … »: a description that names nobody, behind somebody's words,
/// means them.
pub fn same_person(scene: Scene<'_>, found: &Resolved, sources: &[Spoke]) -> Option<Resolved> {
    let np = &scene.cx.units[found.unit as usize];
    let open = np.tags.any(tags::DEF | tags::DEM) && np.tags.any(PEOPLE) && !np.tags.any(tags::PLURAL | tags::INDEF);
    let last = sources.iter().rev().find(|s| s.at < found.unit)?;
    let person = last.who.entity.map(|e| &scene.roster.entities[e]).filter(|e| e.person)?;
    let state = state(scene.cx, np);
    let may = person.may_be(np.tags & tags::GENDER) && person.may_act_for(state.as_deref());
    let fits = open && !found.named && found.entity.is_none() && may;
    let word = head_word(scene.cx, np);
    let role = person.roles.is_empty() || person.roles.iter().any(|r| same_role(r, &word));
    (fits && role && !belongs(scene.cx, np)).then(|| Resolved { unit: found.unit, ..last.who.clone() })
}
