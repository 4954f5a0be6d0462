//! Whom a description means: « le ministre », « la même source », « l'organisation ».
//!
//! Invariant: somebody the document names or has brought in; a description that fits nobody stays what it is.

use super::names::{clean, context, head_word, same_role};
use super::roster::{EntityId, PEOPLE, Roster, SCAN};
use super::speaker::{Resolved, Spoke, described, of_entity};
use super::{Scene, antecedent};
use crate::attribute::trim::Context;
use crate::lexicon::tags;
use crate::token::CAPITAL;
use crate::unit::Unit;

/// How far back a description reaches, in units.
const REACH: usize = 1000;
/// How far back « le photographe » finds « un photographe », in units.
const INTRODUCED: usize = 300;

/// « le ministre », « le groupe », « la dirigeante de la CGT »: somebody the document names, or has brought in before.
pub fn by_description(scene: Scene<'_>, np: &Unit, unit: u32, sources: &[Spoke]) -> Option<Resolved> {
    let Scene { cx, roster, .. } = scene;
    let generic = np.tags.any(tags::GENERIC);
    // « Notre interlocuteur », « nos sources »: whoever spoke last.
    let ours = np.tags.any(tags::POSS) && cx.lexicon.tags(cx.tokens[np.first as usize].lex).any(tags::FIRST);
    if ours && (np.tags.any(tags::SOURCE) || np.tags.has(tags::GENERIC | tags::ROLE)) {
        let somebody = |s: &&Spoke| {
            let number = (s.who.tags ^ np.tags) & tags::PLURAL;
            number.is_empty() && s.who.tags.any(PEOPLE | tags::PERSON | tags::SOURCE | tags::GROUP)
        };
        let named = salient(scene, np, unit, sources).map(|e| of_entity(np.tags, roster, e, unit));
        let voice = || sources.iter().rev().take(3).find(somebody).map(|s| Resolved { unit, ..s.who.clone() });
        return named.or_else(voice);
    }
    // « Son avocat »: of those whom the document names, whoever has the function.
    if np.tags.any(tags::POSS) && np.tags.any(tags::ROLE | tags::SPOKES) && !generic && !np.tags.any(tags::PLURAL) {
        return by_function(scene, np, unit).map(|e| of_entity(np.tags, roster, e, unit));
    }
    let definite = np.tags.any(tags::DEF | tags::DEM) || (generic && np.tags.any(tags::POSS));
    if !definite {
        return None;
    }
    // « La même source », « les mêmes responsables »: whoever spoke last.
    let same = |t: u32| matches!(cx.tokens[t as usize].span.of(cx.text), "même" | "mêmes");
    if np.tags.any(tags::SOURCE | tags::DOC) && (np.first..np.head).any(same) {
        return sources.last().map(|last| Resolved { unit, ..last.who.clone() });
    }
    if np.tags.any(tags::PLURAL) && !np.tags.any(tags::DOC) {
        let first = np.tags.any(tags::DEM).then(|| introduced(cx, np, unit)).flatten();
        return first.map(|first| described(cx, first, roster)).or_else(|| together(cx, np, unit, roster));
    }
    let found = if np.tags.any(tags::SOURCE) {
        None
    } else if np.tags.any(tags::ROLE | tags::HUMAN | tags::SPOKES) {
        by_function(scene, np, unit)
    } else {
        by_first_word(scene, np, unit)
    };
    if let Some(entity) = found {
        return Some(of_entity(np.tags, roster, entity, unit));
    }
    if let Some(first) = introduced(cx, np, unit) {
        return Some(described(cx, first, roster));
    }
    // « Les résultats », « le document »: the document that was quoted last.
    let document = np.tags.has(tags::DOC | tags::GENERIC);
    if let Some(last) = sources.iter().rev().take(3).find(|s| document && s.who.tags.any(tags::DOC)) {
        return Some(Resolved { unit, ..last.who.clone() });
    }
    let entity = salient(scene, np, unit, sources)?;
    Some(of_entity(np.tags, roster, entity, unit))
}

/// The person who holds the function a noun phrase names: the last one named before, else the first after.
fn by_function(scene: Scene<'_>, np: &Unit, unit: u32) -> Option<EntityId> {
    let Scene { cx, roster, .. } = scene;
    let generic = np.tags.any(tags::GENERIC);
    let bodies = context(cx, np);
    let word = head_word(cx, np);
    let mine = np.tags & tags::GENDER;
    let role = |e: &EntityId| {
        let entity = &roster.entities[*e];
        // « l'avocat de Maradona » is not Maradona.
        if bodies.iter().any(|b| entity.named(b)) {
            return false;
        }
        let gender = entity.may_be(mine);
        let same_role = entity.person && gender && entity.roles.iter().any(|r| same_role(r, &word));
        let shared = bodies
            .iter()
            .any(|b| entity.context.contains(b) || (b.len() > 2 && entity.letters.iter().any(|l| l.contains(b))));
        let same_body = bodies.is_empty() || entity.context.is_empty() || shared;
        (same_role && same_body) || (generic && np.tags.any(tags::ROLE) && entity.person && shared)
    };
    let before = (0..unit).rev().take(REACH).filter_map(|u| roster.of_unit(u)).find(role);
    before.or_else(|| (0..roster.entities.len()).take(SCAN).find(role))
}

/// « La Ligue » where the document has named a « Ligue des droits » before: the last body whose name begins so.
fn by_first_word(scene: Scene<'_>, np: &Unit, unit: u32) -> Option<EntityId> {
    let Scene { cx, roster, .. } = scene;
    if np.head + 1 != np.end || !np.tags.any(tags::ORG | tags::MEDIA) {
        return None;
    }
    let word = head_word(cx, np);
    // « L'armée » is not an « Armée de libération ».
    let capital = cx.tokens[np.head as usize].is(CAPITAL) || np.tags.any(tags::GENERIC);
    let body = |e: &EntityId| {
        let entity = &roster.entities[*e];
        let alike = capital || entity.name.starts_with(char::is_lowercase);
        !entity.person && alike && entity.begins(&word)
    };
    (0..unit).rev().take(REACH).filter_map(|u| roster.of_unit(u)).find(body)
}

/// « un photographe … le photographe »: where the document has brought somebody in without a name.
fn introduced(cx: &Context<'_>, np: &Unit, unit: u32) -> Option<u32> {
    let word = head_word(cx, np);
    let back = np.tags.any(tags::DEM);
    let first = |&u: &u32| {
        let other = &cx.units[u as usize];
        let new = other.tags.any(tags::INDEF)
            || (back && other.tags.any(tags::DEF) && other.end - other.first > np.end - np.first);
        let number = (other.tags ^ np.tags) & tags::PLURAL;
        let plain = |t: u32| !cx.lexicon.tags(cx.tokens[t as usize].lex).any(tags::PARTICLE | tags::CONTRACTED);
        let heads = (other.first + 1..other.head).all(plain);
        new && heads
            && other.tags.any(tags::NP)
            && !other.tags.any(tags::PRON)
            && number.is_empty()
            && head_word(cx, other) == word
    };
    (0..unit).rev().take(INTRODUCED).find(first)
}

/// « Le chemin de manifestants qui réclament P »: a thing says nothing, but those behind its « de » do.
pub fn of_complement(scene: Scene<'_>, unit: u32) -> Option<Resolved> {
    let Scene { cx, roster, .. } = scene;
    let np = &cx.units[unit as usize];
    let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
    let speaks = PEOPLE | tags::GROUP | tags::ORG;
    if np.tags.any(antecedent::ANIMATE) || roster.of_unit(unit).is_some() {
        return None;
    }
    if let Some(person) = roster.person_in(unit) {
        return Some(of_entity(np.tags & tags::NP, roster, person, unit));
    }
    let noun = |&t: &u32| tags(t).has(tags::NOUN) && tags(t).any(speaks) && !tags(t).any(tags::FUNCTION);
    let of = (np.head + 1..np.end).find(|&t| tags(t).any(tags::PARTICLE | tags::CONTRACTED))?;
    let head = (of + 1..np.end).take(2).find(noun)?;
    let name = cx.tokens[of as usize + 1].span.cover(cx.tokens[np.end as usize - 1].span);
    let bare = tags(of).any(tags::PARTICLE) && head == of + 1;
    let tags = (tags(head) & (speaks | tags::PLURAL | tags::GENDER)) | tags::NP.with_if(bare, tags::INDEF);
    Some(Resolved { name: clean(name.of(cx.text)), tags, named: false, unit, entity: None })
}

/// Somebody whose function the document does not give: who spoke last, or for a word that fits anybody of a kind, whom the
/// text has named last. A complement (« le président de la cour ») says too much to be just anybody.
fn salient(scene: Scene<'_>, np: &Unit, unit: u32, sources: &[Spoke]) -> Option<EntityId> {
    let Scene { cx, roster, .. } = scene;
    if np.tags.any(tags::SOURCE) {
        return None;
    }
    let people = np.tags.any(tags::ROLE | tags::HUMAN | tags::SPOKES);
    let anybody = np.tags.any(tags::GENERIC) || (np.tags.any(tags::HUMAN) && !np.tags.any(tags::ROLE));
    let of = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex).any(tags::PARTICLE | tags::CONTRACTED);
    let complement = (np.head + 1..np.end).any(of);
    let unnamed = complement && (!np.tags.has(tags::GENERIC | tags::ROLE) || belongs(cx, np));
    if !(people || anybody) || (unnamed && context(cx, np).is_empty()) {
        return None;
    }
    let mine = np.tags & tags::GENDER;
    let bodies = context(cx, np);
    let word = head_word(cx, np);
    let fits = |e: &EntityId| {
        let entity = &roster.entities[*e];
        let gender = entity.may_be(mine);
        let kind = people || entity.tags.any(np.tags & (tags::ORG | tags::MEDIA));
        let open = anybody || entity.roles.is_empty() || entity.roles.iter().any(|r| r.ends_with(&word));
        let unknown = entity.context.is_empty() && entity.roles.is_empty();
        let body = bodies.is_empty() || if people { unknown } else { bodies.iter().any(|b| entity.named(b)) };
        entity.person == people && (!people || gender) && kind && open && body
    };
    let back = if np.tags.any(tags::ROLE | tags::ORG | tags::MEDIA) && !unnamed { 6 } else { 1 };
    let spoke = sources.iter().rev().take(back).filter_map(|s| s.who.entity).find(fits);
    // « Le groupe » may be a name that nothing marks as a body, where that name is the subject of a sentence.
    let body = |&e: &EntityId| {
        let entity = &roster.entities[e];
        !entity.person && !entity.tags.any(tags::PLACE | tags::HUMAN | tags::GROUP | tags::DOC | tags::MEDIA)
    };
    let named = || {
        let mut before = (0..unit).rev().take(REACH).filter_map(|u| Some((u, roster.of_unit(u)?)));
        let meant = before
            .find(|(u, e)| fits(e) || (!people && bodies.is_empty() && body(e) && antecedent::is_subject(cx, *u)));
        meant.map(|(_, e)| e)
    };
    let kind = np.tags.any(tags::GENERIC) && np.tags.any(tags::ROLE | tags::ORG);
    spoke.or_else(|| kind.then(named).flatten())
}

/// « L'avocat du prévenu », « la mère de la victime »: somebody else's.
pub fn belongs(cx: &Context<'_>, np: &Unit) -> bool {
    let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
    let of = |t: u32| tags(t).any(tags::PARTICLE | tags::CONTRACTED);
    let mut nouns = (np.head + 1..np.end).skip_while(|&t| !of(t)).filter(|&t| tags(t).any(tags::NOUN));
    nouns.next().is_some_and(|t| tags(t).any(PEOPLE | tags::KIN) && !tags(t).any(tags::PLURAL | tags::ADJ))
}

/// « Les chercheurs », « les deux ministres »: two people the document has named in one breath.
fn together(cx: &Context<'_>, np: &Unit, unit: u32, roster: &Roster) -> Option<Resolved> {
    if !np.tags.any(tags::ROLE | tags::HUMAN | tags::GROUP) || !context(cx, np).is_empty() {
        return None;
    }
    let person = |u: u32| roster.of_unit(u).filter(|&e| roster.entities[e].person);
    let and = |u: u32| cx.units[u as usize].span(cx.tokens).of(cx.text) == "et";
    let known = |u: u32| person(u).is_some_and(|e| !roster.entities[e].gender.is_empty());
    let at = (2..unit)
        .rev()
        .take(REACH)
        .find(|&u| person(u).is_some() && and(u - 1) && person(u - 2).is_some() && (known(u) || known(u - 2)))?;
    let name = |u: u32| person(u).map_or("", |e| roster.entities[e].name.as_str());
    let name = format!("{} et {}", name(at - 2), name(at));
    Some(Resolved { name, tags: (np.tags | tags::PERSON) & !tags::GROUP, named: true, unit, entity: None })
}
