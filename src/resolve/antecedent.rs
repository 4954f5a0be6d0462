//! What a pronoun stands for.
//!
//! Invariant: an antecedent is a noun phrase of the document that stands before the pronoun and agrees with it.

use super::Scene;
use super::names::{begins_sentence, behind_brackets, comma, finite, gender};
use super::roster::{EntityId, PEOPLE};
use super::voice::{Spoke, is_body};
use crate::attribute::trim::Context;
use crate::lexicon::tags::{self, Tags};

/// How far back a pronoun reaches, in units.
const REACH: usize = 160;
/// How far back it finds a person who is no subject.
const NEAR: usize = 40;
/// How far back « ce dernier » does.
const LATTER_REACH: usize = 30;
/// How far before a place the person it is said of may stand, in units.
const APPOSED: usize = 8;

/// Whatever can say something.
pub const ANIMATE: Tags = Tags::all_of(&[
    tags::PERSON,
    tags::ROLE,
    tags::HUMAN,
    tags::SPOKES,
    tags::ORG,
    tags::GROUP,
    tags::SOURCE,
    tags::MEDIA,
    tags::DOC,
    tags::NAME,
]);
/// How far what stands between a subject and its verb reaches, in units.
const INSERTED: u32 = 24;
/// Somebody, named or not.
const SOMEBODY: Tags = Tags::all_of(&[tags::PERSON, PEOPLE]);

/// The unit a relative pronoun hangs on: the noun phrase right before it; of a place behind a comma, whoever it is said of
/// (« Léa, 51 ans, libraire à Brest, qui dénonce … »).
pub fn of_relative(scene: Scene<'_>, pronoun: u32) -> Option<u32> {
    let cx = scene.cx;
    let before = scene.line_of(pronoun).first..pronoun;
    // « ceux qui »: a pronoun that stands for nobody named holds a relative, too.
    let holds = |t: Tags| t.any(tags::NP) && (!t.any(tags::PRON) || t.any(tags::INDEF));
    let nearest = before.clone().rev().take(4).find(|&u| holds(cx.units[u as usize].tags))?;
    let behind = (nearest + 1..pronoun).any(|u| comma(cx, u));
    let place = cx.units[nearest as usize].tags;
    // « Léa, employée au port, pour qui … »: what a preposition leads to is where she works.
    let led = nearest > before.start && cx.units[nearest as usize - 1].is_preposition();
    let aside = place.any(tags::PLACE) || (led && place.any(tags::ORG));
    // « Léa Morel, le bras droit du maire, qui … », « Paul, 42 ans, qui … »: what stands between commas says who she is.
    let apposed = nearest >= before.start + 2 && comma(cx, nearest - 1) && !place.any(tags::PERSON);
    if behind && apposed && cx.units[nearest as usize - 2].tags.has(tags::NP | tags::PERSON) {
        return Some(nearest - 2);
    }
    if !behind || !aside || place.any(SOMEBODY) {
        return Some(nearest);
    }
    let person = |&u: &u32| cx.units[u as usize].tags.any(tags::PERSON);
    let verb = |&u: &u32| !cx.units[u as usize].tags.has(tags::VERB | tags::FIN);
    (before.start..nearest).rev().take(APPOSED).take_while(verb).find(person).or(Some(nearest))
}

/// « Ce dernier »: whoever was named last, in whatever part of the sentence.
pub fn of_latter(scene: Scene<'_>, pronoun: u32, tags: Tags) -> Option<EntityId> {
    let wanted = tags & tags::GENDER;
    if !tags.any(tags::LATTER) || tags.any(tags::PLURAL) {
        return None;
    }
    let floor = (pronoun as usize).saturating_sub(LATTER_REACH) as u32;
    let last = (floor..pronoun).rev().find(|&u| {
        let role = scene.cx.units[u as usize].tags;
        scene.roster.person_in(u).is_some() || (role.any(tags::ROLE) && role.any(tags::DEF) && !role.any(tags::PLURAL))
    })?;
    let fits = |e: &EntityId| {
        let known = scene.roster.entities[*e].gender;
        known.is_empty() || known.any(wanted)
    };
    scene.roster.person_in(last).filter(fits)
}

/// What a pronoun stands for.
#[derive(Clone, Copy, Debug)]
pub enum Antecedent {
    /// Whoever spoke then, as an index of the speakers so far.
    Spoke(usize),
    /// This noun phrase.
    Unit(u32),
}

/// What a personal pronoun stands for. `sources`: who has spoken so far, in text order: who spoke last is
/// who is meant, unless somebody else has been the subject since.
/// Whoever is only talked about inside a quotation is not meant by a pronoun outside of it.
pub fn of_pronoun(scene: Scene<'_>, pronoun: u32, tags: Tags, sources: &[Spoke]) -> Option<Antecedent> {
    let cx = scene.cx;
    let depth = scene.line_of(pronoun).depth;
    let wanted = tags & (tags::GENDER | tags::PLURAL);
    let latter = tags.any(tags::LATTER);
    let floor = (pronoun as usize).saturating_sub(REACH) as u32;
    // « A et B ont dit P »: together they are a plural.
    let several = |s: &Spoke| s.who.named && s.who.entity.is_none() && s.who.tags.any(tags::PLURAL);
    let number = |s: &Spoke| !several(s) || wanted.any(tags::PLURAL);
    // « L'intéressé » is somebody, no body.
    let human = tags.any(tags::HUMAN);
    let kind =
        |s: &Spoke| !human || s.who.tags.any(SOMEBODY) || s.who.entity.is_some_and(|e| scene.roster.entities[e].person);
    let agree = |s: &Spoke| agrees(scene, s.who.unit, s.who.entity, wanted);
    let fits = |s: &Spoke| {
        s.at < pronoun
            && s.until > pronoun
            && s.at >= floor
            && number(s)
            && kind(s)
            && (agree(s) || (several(s) && wanted.any(tags::MALE)))
    };
    // « Une page sur mon écran qui me dit que P », « un parti dont le chef annonce P »: what a thing says, nobody takes up.
    let thing = |s: &Spoke| {
        let tags = s.who.tags;
        let head = &cx.tokens[cx.units[s.who.unit as usize].head as usize];
        let proper = tags.any(tags::NAME) || head.span.of(cx.text).starts_with(char::is_uppercase);
        // « Les autres » are somebody, though no noun says who.
        let known = (tags.any(tags::NOUN) || !tags.any(tags::PLURAL)) && !cx.lexicon.tags(head.lex).any(tags::OPEN);
        known && !proper && !s.who.named && !tags.any(ANIMATE | tags::PRON | tags::NUM | tags::PLACE)
    };
    let fits = |s: &Spoke| fits(s) && !thing(s);
    let speaker = (0..sources.len()).rev().take(REACH).find(|&i| fits(&sources[i]));
    let named = |u: &u32| {
        let unit = &cx.units[*u as usize];
        let strong = unit.tags.any(SOMEBODY | tags::GROUP)
            || (unit.tags.has(tags::MEMBERS | tags::DEF))
            || (unit.tags.any(ANIMATE) && (!wanted.any(tags::PLURAL) || pair_end(cx, *u).is_some()));
        strong
            && (!human || people(scene, *u))
            && !unit.tags.any(tags::PRON)
            && agrees(scene, *u, scene.roster.of_unit(*u), wanted)
            && scene.line_of(*u).depth <= depth
    };
    let subject = |from: u32, fits: &dyn Fn(u32) -> bool| {
        (from..pronoun).rev().find(|&u| named(&u) && (latter || is_subject(cx, u) || told_of(cx, u)) && fits(u))
    };
    let Some(s) = speaker else {
        let near = (pronoun as usize).saturating_sub(NEAR) as u32;
        let person = |u: &u32| named(u) && scene.cx.units[*u as usize].tags.any(tags::PERSON);
        let anywhere = || (near..pronoun).rev().find(person).filter(|_| !wanted.any(tags::PLURAL));
        return subject(floor, &|_| true).or_else(anywhere).map(Antecedent::Unit);
    };
    // « Selon la police, P. Un texte que la maire a signé. Elle … »: somebody is meant rather than a body; or the next body,
    // where it opens the sentence before.
    let body = is_body(scene.roster, &sources[s].who);
    let before = scene.line_of(scene.line_of(pronoun).first.saturating_sub(1)).first;
    let since = |u: u32| {
        let tags = cx.units[u as usize].tags;
        let next = body && u == before && tags.any(tags::ORG) && tags.any(tags::DEF);
        let apart = (leads(scene, u) && (latter || is_subject(cx, u))) || (body && tags.any(tags::PERSON));
        next || (people(scene, u) && (latter || (apart && !talked_about(scene, u, &sources[s]))))
    };
    Some(subject(sources[s].end, &since).map_or(Antecedent::Spoke(s), Antecedent::Unit))
}

/// « Selon Anne Morel, Paul a menti »: Paul is whom she talks of.
fn talked_about(scene: Scene<'_>, unit: u32, voice: &Spoke) -> bool {
    let led = voice.at.checked_sub(1).is_some_and(|b| scene.cx.units[b as usize].is_preposition());
    led && scene.line_of(voice.at).first == scene.line_of(unit).first && voice.who.tags.any(SOMEBODY)
}

/// Whether a noun phrase is the subject of its sentence rather than of a clause inside of it.
pub fn leads(scene: Scene<'_>, unit: u32) -> bool {
    let line = scene.line_of(unit).first..unit;
    // « Alors que certains ont averti la ville, le maire a dit »: the main clause begins behind the comma.
    let vague = scene.cx.units[unit as usize].tags.any(tags::INDEF | tags::NUM | tags::GROUP);
    let from = line.clone().rev().find(|&u| !vague && comma(scene.cx, u)).unwrap_or(line.start);
    let before = &scene.cx.units[from as usize..unit as usize];
    let inside = tags::SUB | tags::REL | tags::RELWORD | tags::VERB;
    !before
        .iter()
        .any(|u| u.tags.any(inside) || matches!(u.span(scene.cx.tokens).of(scene.cx.text), "que" | "qu'" | "qu’"))
}

/// Whether a noun phrase stands for somebody.
pub fn people(scene: Scene<'_>, unit: u32) -> bool {
    let Scene { cx, roster, .. } = scene;
    cx.units[unit as usize].tags.any(SOMEBODY) || roster.of_unit(unit).is_some_and(|e| roster.entities[e].person)
}

/// « …, chez sa mère, Léa Roy, qui l'a accueilli. Elle … »: somebody named of whom a relative clause tells more.
fn told_of(cx: &Context<'_>, unit: u32) -> bool {
    let relative = cx.units.get(unit as usize + 2).is_some_and(|u| u.tags.any(tags::REL));
    cx.units[unit as usize].tags.any(tags::PERSON) && comma(cx, unit + 1) && relative && finite(cx, unit + 3)
}

/// Whether a finite verb follows, maybe behind a bracket or an apposition; « quant à X » is as good as a subject.
pub fn is_subject(cx: &Context<'_>, unit: u32) -> bool {
    let before = (unit as usize).checked_sub(1).map(|b| &cx.units[b]);
    if let Some(led) = before.filter(|b| b.is_preposition()) {
        return led.tags.any(tags::TOPIC);
    }
    let next = behind_brackets(cx, pair_end(cx, unit).unwrap_or(unit + 1));
    if finite(cx, next) {
        return true;
    }
    // « Morel « trouve incroyable » que P »
    let quoted = cx.units.get(next as usize).is_some_and(|u| u.tags.any(tags::QUOTE));
    let alone = begins_sentence(cx, unit) || begins_clause(cx, unit);
    if quoted && alone && cx.units[unit as usize].tags.any(tags::PERSON) {
        return true;
    }
    // « Morel, qui a marqué son premier but à 17 ans et qui …, est libre »
    let opens = begins_sentence(cx, unit) && cx.units.get(unit as usize + 2).is_some_and(|u| u.tags.any(tags::REL));
    // « Le président, Paul Morel, a dit »
    let apposed = begins_clause(cx, unit) && finite(cx, next + 1);
    comma(cx, next) && (opens || apposed || behind_inserts(cx, next + 1))
}

fn begins_clause(cx: &Context<'_>, unit: u32) -> bool {
    unit > 0 && comma(cx, unit - 1)
}

/// « …, ancien maire, accusé d'avoir menti, a dit »: whether a verb follows one of the next commas, and none comes before.
fn behind_inserts(cx: &Context<'_>, from: u32) -> bool {
    let mut clause = false;
    for unit in from..from + INSERTED {
        let Some(u) = cx.units.get(unit as usize) else { return false };
        clause |= u.tags.any(tags::REL | tags::SUB);
        if comma(cx, unit) {
            if finite(cx, unit + 1) {
                return true;
            }
            clause = false;
        } else if (u.tags.has(tags::VERB | tags::FIN) && !clause) || begins_sentence(cx, unit + 1) {
            return false;
        }
    }
    false
}

/// Whether gender and number allow it; what is unknown allows everything.
fn agrees(scene: Scene<'_>, unit: u32, entity: Option<EntityId>, wanted: Tags) -> bool {
    let Scene { cx, roster, .. } = scene;
    let np = &cx.units[unit as usize];
    let entity = entity.map(|e| &roster.entities[e]);
    let known = match entity {
        Some(e) if e.gender.any(tags::GENDER) => e.gender,
        _ => gender(cx.lexicon, cx.tokens, np),
    };
    let one_gender = known.any(tags::GENDER) && !known.has(tags::GENDER);
    let clash = one_gender && wanted.any(tags::GENDER) && !known.any(wanted & tags::GENDER);
    // « Le collectif … Ils … »
    let second = |u: u32| u >= 2 && pair_end(cx, u - 2) == Some(u + 1);
    let members = np.tags.any(tags::MEMBERS) && !second(unit) && wanted.has(tags::PLURAL | tags::MALE);
    let plural = np.tags.any(tags::PLURAL) || members || pair_end(cx, unit).is_some();
    // « elle » may stand for people in the singular only; a mixed group is « ils ».
    let number = plural == wanted.any(tags::PLURAL);
    number && (!clash || (plural && wanted.any(tags::MALE)))
}

/// « X et Y »: where a pair that begins with a noun phrase ends; together they are a plural. « Maire et député » is one man.
pub fn pair_end(cx: &Context<'_>, unit: u32) -> Option<u32> {
    let member = |u: u32| {
        let np = cx.units.get(u as usize)?.tags;
        let whole = np.any(tags::DEF | tags::INDEF | tags::DEM | tags::POSS | tags::PERSON);
        let kind = np.any(SOMEBODY) || np.has(tags::ORG | tags::DEF);
        (np.any(tags::NP) && !np.any(tags::PRON | tags::PLURAL) && whole && kind).then_some(u + 1)
    };
    let and = |u: &u32| cx.words_at(*u) == "et";
    member(unit).filter(and).and_then(|and| member(and + 1))
}
