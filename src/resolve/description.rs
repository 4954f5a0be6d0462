//! Whom a description means: « le ministre », « la même source », « l'organisation ».
//!
//! Invariant: somebody the document names or has brought in; a description that fits nobody stays what it is.

use super::names::{clean, context, head_word, same_role, state};
use super::roster::{EntityId, PEOPLE, SCAN};
use super::speaker::{Resolved, described, of_entity};
use super::voice::Spoke;
use super::{Scene, antecedent};
use crate::attribute::trim::Context;
use crate::lexicon::tags::{self, Tags};
use crate::token::CAPITAL;
use crate::unit::Unit;
use rustc_hash::FxHashMap;

/// How far back a description reaches, in units.
const REACH: usize = 1000;
/// Among how many who have spoken before « le ministère » looks for the one it means.
const VOICES: usize = 20;
/// How many units of a sentence tell where it plays.
const OPENING: usize = 4;
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
    let definite =
        np.tags.any(tags::DEF | tags::DEM) || ((generic || np.tags.any(tags::DOC)) && np.tags.any(tags::POSS));
    if !definite {
        // « Selon une étude, P. … L'étude de l'ONU dit »: the text names it further down.
        let document = np.tags.has(tags::DOC | tags::INDEF) && bare(np);
        return document.then(|| fuller(scene, np, unit, sources)).flatten().map(|full| described(cx, full, roster));
    }
    // « La même source », « les mêmes responsables »: whoever spoke last.
    let same = |t: u32| matches!(cx.tokens[t as usize].span.of(cx.text), "même" | "mêmes");
    if np.tags.any(tags::SOURCE | tags::DOC) && (np.first..np.head).any(same) {
        return sources.last().map(|last| Resolved { unit, ..last.who.clone() });
    }
    if np.tags.any(tags::PLURAL) && !np.tags.any(tags::DOC) {
        let first = np.tags.any(tags::DEM).then(|| introduced(cx, np, unit)).flatten();
        return first.map(|first| described(cx, first, roster)).or_else(|| together(scene, np, unit, sources));
    }
    let found = if cx.lexicon.lexeme(np.lex).noun.any(tags::DEFENDANT) && np.head + 1 == np.end {
        by_function(scene, np, unit).or_else(|| on_trial(scene, np, unit))
    } else if np.tags.any(tags::SOURCE) {
        None
    } else if people(np) {
        by_function(scene, np, unit).or_else(|| by_first_word(scene, np, unit))
    } else {
        by_first_word(scene, np, unit)
    };
    if let Some(entity) = found {
        return Some(of_entity(np.tags, roster, entity, unit));
    }
    if let Some(full) = fuller(scene, np, unit, sources) {
        return Some(described(cx, full, roster));
    }
    if let Some(first) = introduced(cx, np, unit) {
        return Some(described(cx, first, roster));
    }
    // « Les résultats », « le document »: the document that was quoted last; « l'enquête » a poll of somebody's.
    let document = np.tags.has(tags::DOC | tags::GENERIC);
    let other = np.tags.any(tags::DOC) && bare(np);
    let last = sources.iter().rev().take(3).find(|s| s.who.tags.any(tags::DOC));
    if let Some(last) = last.filter(|s| document || (other && issued(cx, &s.who))) {
        return Some(Resolved { unit, ..last.who.clone() });
    }
    let entity = salient(scene, np, unit, sources)?;
    Some(of_entity(np.tags, roster, entity, unit))
}

/// Whether a noun phrase means a person: « le constructeur » is a firm.
fn people(np: &Unit) -> bool {
    np.tags.any(PEOPLE) && !np.tags.has(tags::ORG | tags::GENERIC)
}

/// « L'accusé »: the person a text about a trial names most often.
fn on_trial(scene: Scene<'_>, np: &Unit, unit: u32) -> Option<EntityId> {
    let Scene { cx, roster, .. } = scene;
    let mine = np.tags & tags::GENDER;
    let end = cx.units.len() as u32;
    let near = (unit.saturating_sub(REACH as u32)..unit).chain((unit + 1..end).take(REACH));
    let mut named: FxHashMap<EntityId, u32> = FxHashMap::default();
    for person in near.filter_map(|u| roster.person_in(u)).filter(|&e| roster.entities[e].may_be(mine)) {
        *named.entry(person).or_default() += 1;
    }
    let (&person, &often) = named.iter().max_by_key(|&(e, often)| (*often, std::cmp::Reverse(*e)))?;
    let rival = named.iter().any(|(&e, &n)| e != person && n == often);
    (often > 2 && !rival).then_some(person)
}

/// The person who holds the function a noun phrase names: the last one named before, else the first after.
fn by_function(scene: Scene<'_>, np: &Unit, unit: u32) -> Option<EntityId> {
    let Scene { cx, roster, .. } = scene;
    let generic = np.tags.any(tags::GENERIC);
    let bodies = context(cx, np);
    let word = head_word(cx, np);
    let mine = np.tags & tags::GENDER;
    let state = state(cx, np);
    let role = |e: &EntityId| {
        let entity = &roster.entities[*e];
        if !entity.may_act_for(state.as_deref()) {
            return false;
        }
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
        !entity.person && if entity.begins(&word) { alike } else { entity.roles.contains(&word) }
    };
    (0..unit).rev().take(REACH).filter_map(|u| roster.of_unit(u)).find(body)
}

/// « le ministère » in a document about the « ministère des Transports »: where a body stands with what specifies it. Of
/// several that the words fit, the one that spoke last.
fn fuller(scene: Scene<'_>, np: &Unit, unit: u32, sources: &[Spoke]) -> Option<u32> {
    let cx = scene.cx;
    let not_this = tags::GENERIC | tags::NAME | PEOPLE | tags::DEM | tags::PLACE;
    let kind = if np.tags.any(tags::DOC) { tags::DOC } else { tags::ORG };
    if !np.tags.any(kind) || np.tags.any(not_this) || elsewhere(scene, unit) {
        return None;
    }
    let token = |t: u32| &cx.tokens[t as usize];
    let tags = |t: u32| cx.lexicon.tags(token(t).lex);
    let words = |u: &Unit| (u.head..u.end).map(|t| token(t).lex);
    let rest = |u: u32| words(&cx.units[u as usize]);
    // « L'armée » is no « Armée de libération », though « la mairie » is a « Mairie de Lyon ».
    let linking = |t: &u32| tags(*t).any(tags::PARTICLE | tags::CONTRACTED | tags::DET);
    let proper = |mut rest: std::ops::Range<u32>| rest.find(|t| !linking(t)).is_some_and(|t| token(t).is(CAPITAL));
    let full = |u: &u32| {
        let other = &cx.units[*u as usize];
        let more = other.head + (np.end - np.head);
        other.tags.has(tags::NP | kind)
            && !other.tags.any(tags::PRON | tags::PLURAL | tags::INDEF | tags::DEM | tags::POSS | tags::PERSON)
            && more < other.end
            && words(np).eq(rest(*u).take((np.end - np.head) as usize))
            && (token(other.head).is(CAPITAL) == token(np.head).is(CAPITAL) || proper(more..other.end))
            && (kind == tags::ORG || (more..other.end).any(|t| token(t).is(CAPITAL)))
            // « Le ministère contacté » is no other; « la préfecture de ce secteur » says no more.
            && (!tags(more).any(tags::PP) || tags(more).any(tags::ADJ))
            && !(more..other.end).any(|t| tags(t).any(tags::DEM | tags::POSS | PEOPLE | tags::GIVEN | tags::TITLE))
    };
    if let Some(spoke) = sources.iter().rev().take(VOICES).map(|s| s.who.unit).find(full) {
        return Some(spoke);
    }
    let end = cx.units.len() as u32;
    let mut all = (0..unit).rev().take(REACH).chain((unit + 1..end).take(REACH)).filter(full);
    let first = all.next()?;
    all.all(|u| rest(u).eq(rest(first))).then_some(first)
}

/// Whether a noun stands alone behind its article: « une autre étude » is another one.
fn bare(np: &Unit) -> bool {
    !np.tags.any(tags::PLURAL) && np.head + 1 == np.end && np.head <= np.first + 1
}

/// « Un sondage Elabe », « un rapport de l'ONU »: a document with a name in its words.
fn issued(cx: &Context<'_>, who: &Resolved) -> bool {
    let np = &cx.units[who.unit as usize];
    np.tags.any(tags::DOC) && (np.head + 1..np.end).any(|t| cx.tokens[t as usize].is(CAPITAL))
}

/// « Dans le Gard, la préfecture »: a sentence that begins with a place speaks of the bodies there.
fn elsewhere(scene: Scene<'_>, unit: u32) -> bool {
    let line = scene.line_of(unit);
    let opening = (line.first..unit).take(OPENING).map(|u| &scene.cx.units[u as usize]);
    opening.clone().zip(opening.skip(1)).any(|(led, place)| led.is_preposition() && place.tags.any(tags::PLACE))
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
    let people = people(np);
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
    // Who reports on a firm is not « la compagnie », an agency no « journal ».
    let outlet = |of: Tags| match np.tags.any(tags::MEDIA) {
        true => of.any(tags::AGENCY) && !np.tags.any(tags::AGENCY | tags::ORG),
        false => of.any(tags::MEDIA) && !of.any(tags::PLATFORM),
    };
    let state = state(cx, np);
    let fits = |e: &EntityId| {
        let entity = &roster.entities[*e];
        let gender = entity.may_be(mine) && entity.may_act_for(state.as_deref());
        let kind = people || (entity.tags.any(np.tags & (tags::ORG | tags::MEDIA)) && !outlet(entity.tags));
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
        let other = tags::PLACE | tags::HUMAN | tags::GROUP | tags::DOC | tags::MEDIA;
        !entity.person && !entity.tags.any(other) && !entity.name.starts_with(char::is_lowercase)
    };
    let platform = |&e: &EntityId| np.tags.any(tags::MEDIA) && roster.entities[e].tags.any(tags::PLATFORM);
    let named = || {
        let mut before = (0..unit).rev().take(REACH).filter_map(|u| Some((u, roster.of_unit(u)?)));
        let meant = before.find(|(u, e)| {
            (fits(e) && !platform(e))
                || (!people && np.tags.any(tags::ORG) && bodies.is_empty() && body(e) && antecedent::is_subject(cx, *u))
        });
        meant.map(|(_, e)| e)
    };
    let kind = np.tags.any(tags::GENERIC) && np.tags.any(tags::ROLE | tags::ORG | tags::MEDIA);
    // « Le Brestois » is whoever the text is just speaking of.
    if np.tags.has(tags::NAME | tags::HUMAN) {
        let last = |&u: &u32| roster.of_unit(u).is_some_and(|e| fits(&e)) && antecedent::is_subject(scene.cx, u);
        let last = (0..unit).rev().take(INTRODUCED).find(last).and_then(|u| roster.of_unit(u));
        return last.or(spoke).or_else(|| alone(scene, np, unit));
    }
    let alone = || (np.tags.any(tags::HUMAN) && !np.tags.any(tags::ROLE)).then(|| alone(scene, np, unit)).flatten();
    spoke.or_else(|| kind.then(named).flatten()).or_else(alone)
}

/// « La jeune femme », « le Brestois »: the one man or woman the document has named so far, unless it has spoken of somebody
/// else since.
fn alone(scene: Scene<'_>, np: &Unit, unit: u32) -> Option<EntityId> {
    let Scene { cx, roster, .. } = scene;
    let mine = np.tags & tags::GENDER;
    let fits = |e: &EntityId| roster.entities[*e].person && roster.entities[*e].may_be(mine);
    let before = || (0..unit).rev().take(REACH);
    let last = before().find_map(|u| roster.of_unit(u).filter(fits).map(|e| (u, e)));
    let (at, person) = last?;
    let word = |u: &Unit| cx.tokens[u.head as usize].lex;
    let rival = |u: u32| {
        let other = &cx.units[u as usize];
        let one = other.tags.has(tags::NP) && other.tags.any(PEOPLE) && !other.tags.any(tags::PLURAL | tags::PRON);
        one && other.tags.any(tags::INDEF | tags::DEF | tags::DEM | tags::POSS)
            && roster.of_unit(u).is_none()
            && other.tags.any(mine)
            && word(other) != word(np)
    };
    if (at + 1..unit).any(rival) {
        return None;
    }
    before().filter_map(|u| roster.of_unit(u)).filter(fits).all(|e| e == person).then_some(person)
}

/// « L'avocat du prévenu », « la mère de la victime »: somebody else's.
pub fn belongs(cx: &Context<'_>, np: &Unit) -> bool {
    let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
    let of = |t: u32| tags(t).any(tags::PARTICLE | tags::CONTRACTED);
    let mut nouns = (np.head + 1..np.end).skip_while(|&t| !of(t)).filter(|&t| tags(t).any(tags::NOUN));
    nouns.next().is_some_and(|t| tags(t).any(PEOPLE | tags::KIN) && !tags(t).any(tags::PLURAL | tags::ADJ))
}

/// « Les deux ministres », « les chercheurs »: two people the document has named in one breath. Without « deux » the noun must
/// be known of one of them, or they must be the last who spoke together: most plurals are people without a name.
fn together(scene: Scene<'_>, np: &Unit, unit: u32, sources: &[Spoke]) -> Option<Resolved> {
    let Scene { cx, roster, .. } = scene;
    let two = (np.first..np.head).any(|t| cx.tokens[t as usize].span.of(cx.text) == "deux");
    let more = !two && (np.first..np.head).any(|t| cx.lexicon.tags(cx.tokens[t as usize].lex).any(tags::NUM));
    let body = np.tags.any(tags::ORG);
    let kind = two || (np.tags.any(tags::ROLE | tags::HUMAN) && !np.tags.any(tags::NAME) && !body);
    if more || !kind || !np.tags.any(tags::ROLE | tags::HUMAN | tags::GROUP | tags::ORG) || !context(cx, np).is_empty()
    {
        return None;
    }
    let pair = |s: &&Spoke| s.who.named && s.who.entity.is_none();
    let last = sources.iter().rev().take(VOICES).find(|s| s.who.tags.any(tags::PLURAL)).filter(pair);
    if let Some(last) = last.filter(|s| s.who.tags.any(if body { tags::ORG } else { tags::PERSON })) {
        return Some(Resolved { unit, ..last.who.clone() });
    }
    let person = |u: u32| roster.of_unit(u).filter(|&e| roster.entities[e].person);
    let and = |u: u32| cx.words_at(u) == "et";
    let known = |u: u32| person(u).is_some_and(|e| !roster.entities[e].gender.is_empty());
    let at = (2..unit)
        .rev()
        .take(REACH)
        .find(|&u| person(u).is_some() && and(u - 1) && person(u - 2).is_some() && (known(u) || known(u - 2)))?;
    let word = head_word(cx, np);
    let word = word.strip_suffix('s').unwrap_or(&word);
    let role = |u: u32| person(u).is_some_and(|e| roster.entities[e].roles.iter().any(|r| same_role(r, word)));
    if body || !(two || role(at) || role(at - 2)) {
        return None;
    }
    let name = |u: u32| person(u).map_or("", |e| roster.entities[e].name.as_str());
    let name = format!("{} et {}", name(at - 2), name(at));
    Some(Resolved { name, tags: (np.tags | tags::PERSON) & !tags::GROUP, named: true, unit, entity: None })
}
