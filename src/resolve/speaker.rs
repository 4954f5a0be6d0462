//! Who a source is.
//!
//! Invariant: a speaker is a name or a description the document holds; a pronoun that finds nothing gives none.

use super::{Scene, antecedent};
use super::roster::{Roster, SCAN, clean, context, head_word, name_tokens, same_role};
use crate::attribute::candidate::{Candidate, Stretch};
use crate::attribute::trim::Context;
use crate::lexicon::fold::fold;
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
}

/// How far back a description reaches, in units.
const REACH: usize = 1000;

/// Resolves the sources of a document's attributions, in text order. A quotation without a cue takes the last speaker of
/// its block or of the block before.
pub fn resolve(cx: &Context<'_>, lines: &[Line], found: &[Candidate], roster: &Roster) -> Vec<Option<Resolved>> {
    let scene = Scene { cx, lines, roster };
    let mut out: Vec<Option<Resolved>> = Vec::with_capacity(found.len());
    let mut sources: Vec<u32> = Vec::new();
    let mut last: Option<(u32, usize)> = None;
    for (i, candidate) in found.iter().enumerate() {
        let line = &lines[candidate.line as usize];
        let resolved = match candidate.source {
            Some(stretch) => of_source(scene, stretch, &sources),
            None => match (candidate.cue, candidate.source_span) {
                (Some(cue), Some(_)) => of_inverted(scene, cue, &sources),
                (None, _) => last.filter(|(block, _)| line.block - block <= 1).and_then(|(_, at)| out[at].clone()),
                _ => None,
            },
        };
        // « A, a dit X. B »: X stands inside the marks, but is no part of what is quoted.
        if line.depth == 0 || (line.depth == 1 && candidate.aside) {
            sources.extend(resolved.as_ref().map(|r| r.unit));
            last = Some((line.block, i));
        }
        out.push(resolved);
    }
    repeated(cx, lines, found, &mut out);
    out
}

/// A title may quote before anybody is named: the words are those of whoever says them further down.
fn repeated(cx: &Context<'_>, lines: &[Line], found: &[Candidate], out: &mut [Option<Resolved>]) {
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

/// The noun phrase of a source that says who it is: the person it names, else its first one.
fn deciding(cx: &Context<'_>, stretch: Stretch, roster: &Roster) -> Option<u32> {
    let np = |u: &u32| cx.units[*u as usize].tags.any(tags::NP);
    let mut all = (stretch.first..stretch.end).filter(np);
    let first = all.next()?;
    let tags = cx.units[first as usize].tags;
    if tags.any(tags::PERSON) || tags.any(tags::PRON) {
        return Some(first);
    }
    // « la porte-parole du port, Ruth Delorme »: the name is an apposition of the first noun phrase.
    let named = all.find(|&u| {
        let other = cx.units[u as usize].tags;
        let comma = cx.units[u as usize - 1].span(cx.tokens).of(cx.text) == ",";
        comma && (other.any(tags::PERSON) || (roster.of_unit(u).is_some() && !tags.any(tags::NAME)))
    });
    Some(named.unwrap_or(first))
}

fn of_source(scene: Scene<'_>, stretch: Stretch, sources: &[u32]) -> Option<Resolved> {
    let Scene { cx, roster, .. } = scene;
    let Some(unit) = deciding(cx, stretch, roster) else {
        return of_inverted(scene, stretch, sources);
    };
    if let Some(account) = account(cx, stretch, unit) {
        return Some(account);
    }
    if let Some(pair) = coordination(cx, stretch, roster) {
        return Some(pair);
    }
    of_unit(scene, unit, sources, 0)
}

/// « Name (@account) » under a post: the account's name as it is written.
fn account(cx: &Context<'_>, stretch: Stretch, unit: u32) -> Option<Resolved> {
    let units = stretch.of(cx.units);
    units.iter().find(|u| u.tags.any(tags::HANDLE))?;
    let bracket = units.iter().position(|u| u.span(cx.tokens).of(cx.text) == "(").filter(|&b| b > 0)?;
    let name = units[0].span(cx.tokens).cover(units[bracket - 1].span(cx.tokens));
    Some(Resolved { name: clean(name.of(cx.text)), tags: units[0].tags | tags::NAME, named: true, unit })
}

/// « X et Y »: both names.
fn coordination(cx: &Context<'_>, stretch: Stretch, roster: &Roster) -> Option<Resolved> {
    let units = stretch.first..stretch.end;
    let and = units.clone().find(|&u| cx.units[u as usize].span(cx.tokens).of(cx.text) == "et")?;
    let name = |u: u32| roster.of_unit(u).map(|e| roster.entities[e].name.as_str());
    let left = (stretch.first..and).rev().find_map(name)?;
    let right = (and + 1..stretch.end).find_map(name)?;
    let tags = cx.units[stretch.first as usize].tags | tags::PLURAL;
    Some(Resolved { name: format!("{left} et {right}"), tags, named: true, unit: stretch.first })
}

fn of_inverted(scene: Scene<'_>, cue: Stretch, sources: &[u32]) -> Option<Resolved> {
    let cx = scene.cx;
    let (token, _) = crate::attribute::trim::inverted(cx, cue)?;
    let tags = cx.lexicon.tags(cx.tokens[token as usize].lex);
    let found = antecedent::of_pronoun(scene, cue.first, tags, sources)?;
    of_unit(scene, found, sources, 1)
}

fn of_unit(scene: Scene<'_>, unit: u32, sources: &[u32], depth: u8) -> Option<Resolved> {
    let Scene { cx, roster, .. } = scene;
    let np = &cx.units[unit as usize];
    if depth > 3 {
        return None;
    }
    if np.tags.any(tags::REL) {
        let found = antecedent::of_relative(scene, unit)?;
        return of_unit(scene, found, sources, depth + 1);
    }
    if np.tags.any(tags::PRON) && !np.tags.any(tags::INDEF) {
        if np.tags.any(tags::ON | tags::FIRST) {
            return None;
        }
        if let Some(person) = antecedent::of_latter(scene, unit, np.tags) {
            return Some(of_entity(np.tags, roster, person, unit));
        }
        let found = antecedent::of_pronoun(scene, unit, np.tags, sources)?;
        return of_unit(scene, found, sources, depth + 1);
    }
    if roster.of_unit(unit).is_none()
        && let Some(found) = by_description(scene, np, unit, sources)
    {
        return Some(found);
    }
    Some(described(cx, unit, roster))
}

/// « le ministre », « le groupe », « la dirigeante de la CGT »: somebody the document names.
fn by_description(scene: Scene<'_>, np: &Unit, unit: u32, sources: &[u32]) -> Option<Resolved> {
    let Scene { cx, roster, .. } = scene;
    let generic = np.tags.any(tags::GENERIC);
    let definite = np.tags.any(tags::DEF | tags::DEM) || (generic && np.tags.any(tags::POSS));
    if !definite || np.tags.any(tags::SOURCE) {
        return None;
    }
    if np.tags.any(tags::PLURAL) {
        return together(cx, np, unit, roster);
    }
    let people = np.tags.any(tags::ROLE | tags::HUMAN | tags::SPOKES);
    if people {
        let bodies = context(cx, np);
        let word = head_word(cx, np);
        let mine = np.tags & (tags::MALE | tags::FEMALE);
        let role = |e: &usize| {
            let entity = &roster.entities[*e];
            let gender = entity.gender.is_empty() || mine.is_empty() || entity.gender.any(mine);
            let same_role = entity.person && gender && entity.roles.iter().any(|r| same_role(r, &word));
            let same_body =
                bodies.is_empty() || entity.context.is_empty() || bodies.iter().any(|b| entity.context.contains(b));
            let known_body =
                np.tags.any(tags::ROLE) && entity.person && bodies.iter().any(|b| entity.context.contains(b));
            (same_role && same_body) || (generic && known_body)
        };
        let before = (0..unit).rev().take(REACH).filter_map(|u| roster.of_unit(u)).find(role);
        if let Some(entity) = before.or_else(|| (0..roster.entities.len()).take(SCAN).find(role)) {
            return Some(of_entity(np.tags, roster, entity, unit));
        }
    }
    if !context(cx, np).is_empty() {
        return None;
    }
    if !generic {
        // « La ministre », never linked to a name: who spoke last, if the text gives that person no function.
        let last = sources
            .last()
            .and_then(|&s| roster.of_unit(s))
            .filter(|_| np.tags.any(tags::ROLE) && np.end - np.first < 3)?;
        let entity = &roster.entities[last];
        let mine = np.tags & (tags::MALE | tags::FEMALE);
        let fits = entity.person
            && entity.roles.is_empty()
            && (entity.gender.is_empty() || mine.is_empty() || entity.gender.any(mine));
        return fits.then(|| of_entity(np.tags, roster, last, unit));
    }
    // A word for anybody of that kind means who spoke last, else whom the text has named last.
    let mine = np.tags & (tags::MALE | tags::FEMALE);
    let fits = |e: &usize| {
        let entity = &roster.entities[*e];
        let gender = entity.gender.is_empty() || mine.is_empty() || entity.gender.any(mine);
        let kind = !np.tags.any(tags::MEDIA) || entity.tags.any(tags::MEDIA);
        entity.person == people && (!people || gender) && kind
    };
    let spoke = sources.iter().rev().take(6).filter_map(|&s| roster.of_unit(s)).find(fits);
    let named = || (0..unit).rev().take(REACH).filter_map(|u| roster.of_unit(u)).find(fits);
    let entity = spoke.or_else(|| people.then(named).flatten())?;
    Some(of_entity(np.tags, roster, entity, unit))
}

/// « Les chercheurs », « les deux ministres »: two people the document has named in one breath.
fn together(cx: &Context<'_>, np: &Unit, unit: u32, roster: &Roster) -> Option<Resolved> {
    if !np.tags.any(tags::ROLE | tags::HUMAN | tags::GROUP) || !context(cx, np).is_empty() {
        return None;
    }
    let person = |u: u32| roster.of_unit(u).filter(|&e| roster.entities[e].person);
    let and = |u: u32| cx.units[u as usize].span(cx.tokens).of(cx.text) == "et";
    let at = (2..unit).rev().take(REACH).find(|&u| person(u).is_some() && and(u - 1) && person(u - 2).is_some())?;
    let name = |u: u32| person(u).map_or("", |e| roster.entities[e].name.as_str());
    let name = format!("{} et {}", name(at - 2), name(at));
    Some(Resolved { name, tags: (np.tags | tags::PERSON) & !tags::GROUP, named: true, unit })
}

fn of_entity(tags: Tags, roster: &Roster, entity: usize, unit: u32) -> Resolved {
    let found = &roster.entities[entity];
    let tags = (tags | found.tags) & !tags::INDEF;
    Resolved { name: found.name.clone(), tags, named: true, unit }
}

/// A noun phrase under its fullest name, or as the text has it.
fn described(cx: &Context<'_>, unit: u32, roster: &Roster) -> Resolved {
    let np = &cx.units[unit as usize];
    if let Some(entity) = roster.of_unit(unit) {
        let found = &roster.entities[entity];
        let body = tags::ORG | tags::GROUP | tags::DOC | tags::MEDIA | tags::PLACE;
        let tags = if found.person { (np.tags | tags::PERSON) & !body } else { np.tags };
        return Resolved { name: found.name.clone(), tags, named: true, unit };
    }
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
    Resolved { name: clean(name.of(cx.text)), tags: np.tags, named: false, unit }
}
