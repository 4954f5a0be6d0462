//! Who a source is.
//!
//! Invariant: a speaker is a name or a description the document holds; a pronoun that finds nothing gives none.

use super::Scene;
use super::antecedent::{self, Antecedent};
use super::description::{by_description, of_complement};
use super::document::{document, giver, owner};
use super::floating;
use super::names::{begins_sentence, clean, comma, name_tokens};
use super::roster::{EntityId, PEOPLE, Roster};
use super::several::{coordination, share};
use super::voice::{self, Spoke, VOICES};
use crate::attribute::candidate::{Candidate, Stretch};
use crate::attribute::trim::Context;
use crate::lexicon::tags::{self, Tags};
use crate::unit::{Line, Unit};

/// A source, resolved.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// Name or description.
    pub name: String,
    /// The tags of the noun phrase that decided.
    pub tags: Tags,
    /// Whether the document gives it a proper name.
    pub named: bool,
    /// The unit that decided: antecedent of a pronoun, head of a source.
    pub unit: u32,
    /// Whom of the roster it is.
    pub entity: Option<EntityId>,
}

/// Resolves the sources of a document's attributions, in text order. A quotation without a cue takes the last speaker of
/// its block or of the block before.
pub fn resolve(cx: &Context<'_>, lines: &[Line], found: &[Candidate], roster: &Roster) -> Vec<Option<Resolved>> {
    let scene = Scene { cx, lines, roster };
    let mut out: Vec<Option<Resolved>> = Vec::with_capacity(found.len());
    let mut sources: Vec<Spoke> = Vec::new();
    let mut last: Option<(u32, usize)> = None;
    let answers = voice::interviewee(scene, found);
    for (i, candidate) in found.iter().enumerate() {
        let line = &lines[candidate.line as usize];
        let among = |sources: &[Spoke]| match candidate.source {
            Some(stretch) => of_source(scene, stretch, sources),
            None => match (candidate.cue, candidate.source_span) {
                (Some(cue), Some(_)) => before_colon(scene, candidate).or_else(|| of_inverted(scene, cue, sources)),
                (None, _) if candidate.answer => answers.clone(),
                (None, _) => {
                    let near = last.filter(|(block, _)| line.block.abs_diff(*block) <= 1);
                    floating::speaker(scene, candidate, sources, near.and_then(|(_, at)| out[at].as_ref()))
                }
                _ => None,
            },
        };
        let mut resolved = among(&sources);
        if resolved.as_ref().is_some_and(|who| voice::is_body(roster, who)) && voice::says_i(cx, candidate) {
            let people: Vec<Spoke> =
                sources.iter().rev().take(VOICES).filter(|s| !voice::is_body(roster, &s.who)).cloned().collect();
            let people: Vec<Spoke> = people.into_iter().rev().collect();
            resolved = among(&people).filter(|who| !voice::is_body(roster, who)).or(resolved);
        }
        if let Some(same) = resolved.as_ref().and_then(|who| voice::goes_on(scene, candidate, who, &sources)) {
            resolved = Some(same);
        }
        // « A, a dit X. B »: X stands inside the marks, but is no part of what is quoted.
        // A post set into the article is no part of what its sentences take up.
        let post = candidate.source.is_some_and(|s| s.of(cx.units).iter().any(|u| u.tags.any(tags::HANDLE)));
        if !post && (line.depth == 0 || (line.depth == 1 && candidate.aside)) {
            let (at, end) =
                candidate.source.or(candidate.cue).map_or((line.first, line.first + 1), |s| (s.first, s.end));
            let told = voice::reported(roster, found, &out, i);
            let until = if told { line.end } else { u32::MAX };
            sources.extend(resolved.clone().map(|who| Spoke { at, end, who, until }));
            if !told {
                last = Some((line.block, i));
            }
        }
        out.push(resolved);
    }
    voice::repeated(cx, lines, found, &mut out);
    voice::in_own_words(cx, lines, found, &mut out);
    out
}

/// The noun phrase of a source that says who it is: the person it names, else its first one.
fn deciding(cx: &Context<'_>, stretch: Stretch, roster: &Roster) -> Option<u32> {
    let np = |u: &u32| cx.units[*u as usize].tags.any(tags::NP);
    let mut all = (stretch.first..stretch.end).filter(np);
    let first = all.next()?;
    let tags = cx.units[first as usize].tags;
    if tags.any(tags::PERSON) || tags.any(tags::PRON) {
        return Some(first);
    }
    // « la porte-parole du port, Ruth Delorme »: the name is an apposition of the first noun phrase; a person's may stand
    // right behind it.
    let named = all.find(|&u| {
        let other = cx.units[u as usize].tags;
        let beside = other.any(tags::PERSON) && cx.units[u as usize - 1].tags.any(tags::NP);
        (comma(cx, u - 1) || beside)
            && (other.any(tags::PERSON) || (roster.of_unit(u).is_some() && !tags.any(tags::NAME)))
    });
    Some(named.unwrap_or(first))
}

fn of_source(scene: Scene<'_>, stretch: Stretch, sources: &[Spoke]) -> Option<Resolved> {
    let Scene { cx, roster, .. } = scene;
    if let Some(share) = share(cx, stretch) {
        return Some(share);
    }
    let Some(unit) = deciding(cx, stretch, roster) else {
        return of_inverted(scene, stretch, sources);
    };
    if let Some(account) = account(cx, stretch, unit) {
        return Some(account);
    }
    if let Some(meant) = the_one(scene, stretch, sources) {
        return Some(meant);
    }
    if let Some(pair) = coordination(cx, stretch, roster) {
        return Some(pair);
    }
    if let Some(giver) = giver(cx, stretch, unit) {
        return of_unit(scene, giver, sources, 0);
    }
    of_unit(scene, unit, sources, 0).map(|found| document(cx, stretch, found))
}

/// « …, confie celle qui dirige le port »: whom « elle » would mean there. At the head of a sentence it is anybody.
fn the_one(scene: Scene<'_>, stretch: Stretch, sources: &[Spoke]) -> Option<Resolved> {
    let cx = scene.cx;
    let pronoun = cx.units[stretch.first as usize].tags;
    let relative = stretch.first + 1 < stretch.end && cx.units[stretch.first as usize + 1].tags.any(tags::REL);
    let one = relative && pronoun.has(tags::STRONG | tags::INDEF) && !pronoun.any(tags::PLURAL);
    let who = (one && !begins_sentence(cx, stretch.first)).then_some(pronoun & !tags::INDEF)?;
    of_antecedent(scene, stretch.first, who, sources, 1)
}

/// « Name (@account) » under a post: the account's name as it is written.
fn account(cx: &Context<'_>, stretch: Stretch, unit: u32) -> Option<Resolved> {
    let units = stretch.of(cx.units);
    units.iter().find(|u| u.tags.any(tags::HANDLE))?;
    let bracket = units.iter().position(|u| cx.words(u) == "(").filter(|&b| b > 0)?;
    let name = units[0].span(cx.tokens).cover(units[bracket - 1].span(cx.tokens)).of(cx.text);
    // Where a page lost the pictures in a name, question marks stand for them.
    let name = clean(name.trim_matches(|c: char| c == '?' || c.is_whitespace()));
    Some(Resolved { name, tags: units[0].tags | tags::NAME, named: true, unit, entity: None })
}

/// « … le maire X : « P », a-t-il dit »: whoever stands right before the colon.
fn before_colon(scene: Scene<'_>, candidate: &Candidate) -> Option<Resolved> {
    let Scene { cx, roster, .. } = scene;
    let (pronoun, _) = crate::attribute::trim::inverted(cx, candidate.cue?)?;
    let line = &scene.lines[candidate.line as usize];
    let units = line.first..line.end;
    let said = candidate.content.first()?.start;
    let colon = units.rev().find(|&u| cx.units[u as usize].span(cx.tokens).start < said && is(cx, u, ":"))?;
    let quoted = cx.units.get(colon as usize + 1).is_some_and(|u| u.span(cx.tokens).contains(candidate.content[0]));
    let before = colon.checked_sub(1).filter(|&u| quoted && u >= line.first)?;
    let person = roster.of_unit(before).filter(|&e| roster.entities[e].person)?;
    let gender = cx.lexicon.tags(cx.tokens[pronoun as usize].lex) & tags::GENDER;
    let fits = roster.entities[person].may_be(gender);
    fits.then(|| of_entity(cx.units[before as usize].tags, roster, person, before))
}

fn is(cx: &Context<'_>, unit: u32, text: &str) -> bool {
    cx.words_at(unit) == text
}

fn of_inverted(scene: Scene<'_>, cue: Stretch, sources: &[Spoke]) -> Option<Resolved> {
    let cx = scene.cx;
    let (token, _) = crate::attribute::trim::inverted(cx, cue)?;
    let tags = cx.lexicon.tags(cx.tokens[token as usize].lex);
    // « est-il précisé » is impersonal: the document goes on.
    if cue.of(cx.units).iter().any(|u| u.tags.any(tags::PASS)) {
        return sources.last().map(|s| s.who.clone()).filter(|who| voice::is_body(scene.roster, who));
    }
    of_antecedent(scene, cue.first, tags, sources, 1)
}

/// « La droite et la gauche … Elles … »: both of them.
pub fn of_pair(scene: Scene<'_>, unit: u32) -> Option<Resolved> {
    let end = antecedent::pair_end(scene.cx, unit)?;
    coordination(scene.cx, Stretch { first: unit, end }, scene.roster)
}

fn of_antecedent(scene: Scene<'_>, pronoun: u32, tags: Tags, sources: &[Spoke], depth: u8) -> Option<Resolved> {
    match antecedent::of_pronoun(scene, pronoun, tags, sources)? {
        Antecedent::Spoke(i) => Some(sources[i].who.clone()),
        Antecedent::Unit(unit) => {
            if let Some(pair) = of_pair(scene, unit).filter(|_| tags.any(tags::PLURAL)) {
                return Some(pair);
            }
            let found = of_unit(scene, unit, sources, depth)?;
            Some(voice::same_person(scene, &found, sources).unwrap_or(found))
        }
    }
}

/// Who a noun phrase or a pronoun is.
pub fn of_unit(scene: Scene<'_>, unit: u32, sources: &[Spoke], depth: u8) -> Option<Resolved> {
    let Scene { cx, roster, .. } = scene;
    let np = &cx.units[unit as usize];
    if depth > 3 {
        return None;
    }
    if np.tags.any(tags::REL) {
        let found = antecedent::of_relative(scene, unit)?;
        if let Some(inner) = of_complement(scene, found) {
            return Some(inner);
        }
        return of_unit(scene, found, sources, depth + 1);
    }
    if np.tags.any(tags::PRON) && !np.tags.any(tags::INDEF) {
        if np.tags.any(tags::ON | tags::FIRST) {
            return None;
        }
        if let Some(person) = antecedent::of_latter(scene, unit, np.tags) {
            return Some(of_entity(np.tags, roster, person, unit));
        }
        return of_antecedent(scene, unit, np.tags, sources, depth + 1);
    }
    if let Some(owner) = owner(cx, np) {
        // « Selon les déclarations d'Anne Morel »
        if let Some(person) = roster.person_in(unit).filter(|_| !owner.tags.any(PEOPLE)) {
            return Some(of_entity(owner.tags, roster, person, unit));
        }
        if let Some(named) = roster.of_unit(unit) {
            return Some(of_entity(owner.tags, roster, named, unit));
        }
        let own = || Resolved { named: owner.tags.any(tags::NAME), ..unnamed(cx, &owner, unit) };
        return by_description(scene, &owner, unit, sources).or_else(|| Some(own()));
    }
    if roster.of_unit(unit).is_none()
        && let Some(found) = by_description(scene, np, unit, sources)
    {
        return Some(found);
    }
    Some(described(cx, unit, roster))
}

/// Somebody of the roster.
pub fn of_entity(tags: Tags, roster: &Roster, entity: usize, unit: u32) -> Resolved {
    let found = &roster.entities[entity];
    let tags = (tags | found.tags) & !tags::INDEF;
    Resolved { name: found.name.clone(), tags, named: true, unit, entity: Some(entity) }
}

/// A noun phrase under its fullest name, or as the text has it.
pub fn described(cx: &Context<'_>, unit: u32, roster: &Roster) -> Resolved {
    let np = &cx.units[unit as usize];
    if let Some(entity) = roster.of_unit(unit) {
        let found = &roster.entities[entity];
        let body = tags::ORG | tags::GROUP | tags::DOC | tags::MEDIA | tags::PLACE;
        let tags = if found.person { (np.tags | tags::PERSON) & !body } else { np.tags };
        return Resolved { name: found.name.clone(), tags, named: true, unit, entity: Some(entity) };
    }
    unnamed(cx, np, unit)
}

/// A noun phrase as the text has it; a body without its article.
fn unnamed(cx: &Context<'_>, np: &Unit, unit: u32) -> Resolved {
    let span = np.span(cx.tokens);
    let body = np.tags.any(tags::ORG | tags::DOC | tags::PLACE | tags::MEDIA) && np.tags.any(tags::DEF | tags::POSS);
    let name = if body {
        let tokens = name_tokens(cx, np);
        match (tokens.first(), tokens.last()) {
            (Some(&a), Some(&b)) => cx.tokens[a as usize].span.cover(cx.tokens[b as usize].span),
            _ => span,
        }
    } else {
        span
    };
    Resolved { name: clean(name.of(cx.text)), tags: np.tags, named: false, unit, entity: None }
}
