//! The people and bodies a document names, with the fullest name it gives each.
//!
//! Invariant: an entity is made only from a name the document holds. One pass over the units.

use super::document::owner;
use super::names::{
    begins_sentence, behind_brackets, clean, comma, context, finite, gender, gender_of, head_word, is_labelled_body,
    label, letters, name_tokens, person_inside, plain, same_role, state, within_complement, words_of,
};
use crate::attribute::trim::Context;
use crate::lexicon::fold::fold;
use crate::lexicon::people::Known;
use crate::lexicon::tags::{self, Tags};
use crate::unit::Unit;
use rustc_hash::FxHashMap;

/// Index of an entity in its roster.
pub type EntityId = usize;

/// Somebody or something the document names.
#[derive(Debug)]
pub struct Entity {
    /// The fullest name, without titles and roles.
    pub name: String,
    /// Its words, folded.
    words: Vec<String>,
    /// Whether it is a person.
    pub person: bool,
    /// Gender, as far as its mentions show it.
    pub gender: Tags,
    /// Nouns the document uses for it: functions, kinds.
    pub roles: Vec<String>,
    /// Capitalised words of its functions, folded: the bodies it speaks for.
    pub context: Vec<String>,
    /// The states it acts for, as adjectives, folded.
    states: Vec<String>,
    /// What the words of these functions begin with.
    pub letters: Vec<String>,
    /// The tags of its mentions together.
    pub tags: Tags,
}

impl Entity {
    /// Whether a word, folded, is part of its name.
    pub fn named(&self, word: &str) -> bool {
        self.words.iter().any(|w| w == word)
    }

    /// Notes the function that a noun phrase gives the entity.
    fn learn(&mut self, cx: &Context<'_>, unit: &Unit) {
        note(&mut self.roles, head_word(cx, unit));
        note(&mut self.letters, letters(cx, unit));
        state(cx, unit).into_iter().for_each(|word| note(&mut self.states, word));
        context(cx, unit).into_iter().for_each(|word| note(&mut self.context, word));
    }

    /// Notes what the lexicon knows of the entity.
    fn recall(&mut self, listed: &Known) {
        if !listed.gender.is_empty() {
            self.gender = listed.gender;
        }
        listed.role.iter().for_each(|word| note(&mut self.roles, word.clone()));
        listed.context.iter().for_each(|word| note(&mut self.context, word.clone()));
    }

    /// Whether it may have this gender; what is unknown may be either.
    pub fn may_be(&self, gender: Tags) -> bool {
        self.gender.is_empty() || gender.is_empty() || self.gender.any(gender)
    }

    /// Whether it may act for a state; where the document gives none, for any.
    pub fn may_act_for(&self, state: Option<&str>) -> bool {
        state.is_none_or(|own| self.states.is_empty() || self.states.iter().any(|s| same_role(s, own)))
    }

    /// Whether a word is the first of several of its name, as « ligue » of « Ligue des droits ».
    pub fn begins(&self, word: &str) -> bool {
        self.words.len() > 1 && self.words[0] == word
    }
}

/// All entities, and which units mention them.
#[derive(Debug, Default)]
pub struct Roster {
    /// The entities, longest names first.
    pub entities: Vec<Entity>,
    by_word: FxHashMap<String, Vec<EntityId>>,
    /// Entity of each unit that holds a name.
    by_unit: FxHashMap<u32, EntityId>,
    /// The last person named inside a unit that stands for something else.
    inner: FxHashMap<u32, EntityId>,
    /// Acronym, folded → entity.
    acronyms: FxHashMap<String, EntityId>,
}

/// How many entities are looked through for one that a name or a function may mean: a document with more is a list.
pub const SCAN: usize = 400;
/// How many entities one word may lead to.
const CALLED: usize = 40;
/// How many functions are kept of one entity.
const KNOWN: usize = 24;

/// What makes a noun phrase somebody.
pub const PEOPLE: Tags = Tags::all_of(&[tags::ROLE, tags::HUMAN, tags::SPOKES]);
const BODIES: Tags = Tags::all_of(&[tags::ORG, tags::GROUP, tags::MEDIA]);

impl Roster {
    /// Reads the names of a document.
    pub fn read(cx: &Context<'_>) -> Roster {
        let mut roster = Roster::default();
        let mut named: Vec<(u32, Vec<u32>)> = Vec::new();
        for (at, unit) in cx.units.iter().enumerate() {
            if unit.tags.any(tags::NP) && (unit.tags.any(tags::NAME) || is_labelled_body(cx, unit)) {
                // « Les déclarations du ministre des Mines » are those of somebody the document may name.
                let owner = owner(cx, unit);
                if owner.is_some_and(|o| o.tags.any(PEOPLE | tags::SOURCE) || o.tags.any(tags::INDEF)) {
                    continue;
                }
                let tokens = name_tokens(cx, unit);
                // « Un Malien », « le Malien » is called otherwise.
                let native = unit.tags.any(tags::INDEF)
                    || (unit.tags.has(tags::DEF | tags::HUMAN) && !unit.tags.any(tags::PERSON | tags::PLURAL));
                if tokens.len() > 1 || !native || unit.tags.any(BODIES | tags::DOC) {
                    named.push((at as u32, tokens));
                }
            }
        }
        let inner = (0..).zip(cx.units).filter_map(|(at, unit)| Some((at, person_inside(cx, unit)?)));
        let own = named.len();
        named.extend(inner);
        // Longer names first: a bare family name, or an acronym, then finds the full one, wherever it stands.
        let mut order: Vec<usize> = (0..named.len()).collect();
        let length = |i: usize| named[i].1.iter().map(|&t| words_of(cx, t).count()).sum::<usize>();
        order.sort_by_key(|&i| std::cmp::Reverse(length(i).min(3)));
        for i in order {
            let (at, tokens) = &named[i];
            roster.mention(cx, *at, tokens, i >= own);
        }
        named.truncate(own);
        for (at, _) in &named {
            roster.apposition(cx, *at);
        }
        roster
    }

    /// The entity a unit names.
    pub fn of_unit(&self, unit: u32) -> Option<EntityId> {
        self.by_unit.get(&unit).copied()
    }

    /// The person whose name is the last in a unit, also where the unit stands for something else (« une lettre de X »).
    pub fn person_in(&self, unit: u32) -> Option<EntityId> {
        let own = self.of_unit(unit).filter(|&e| self.entities[e].person);
        self.inner.get(&unit).copied().or(own)
    }

    /// Enters a name under which a unit goes, or one that stands inside of it.
    fn mention(&mut self, cx: &Context<'_>, at: u32, tokens: &[u32], inner: bool) {
        let unit = &cx.units[at as usize];
        let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return };
        let span = cx.tokens[first as usize].span.cover(cx.tokens[last as usize].span);
        let words: Vec<String> = tokens.iter().flat_map(|&t| words_of(cx, t)).map(fold).collect();
        let person = inner || unit.tags.any(tags::PERSON);
        // « Simon » is Simon Roche, not Jean Simon; « M. Simon » is.
        let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
        let titled = (unit.first..unit.end).any(|t| tags(t).any(tags::TITLE));
        let called = person && tokens.len() == 1 && tags(first).any(tags::GIVEN) && !titled;
        let acronym = span.of(cx.text).chars().all(char::is_uppercase);
        let listed = listed(cx, unit, first, last).filter(|_| person || !unit.tags.any(BODIES | tags::DOC));
        let person = person || listed.is_some();
        let known = self
            .find(&words, person, called, acronym)
            .or_else(|| self.acronym(cx, span.of(cx.text), &words))
            .or_else(|| listed.and_then(|l| self.find(&l.words, true, false, false)));
        let id = known.unwrap_or_else(|| {
            let own = || (clean(span.of(cx.text)), words.clone());
            let (name, words) = listed.map_or_else(own, |l| (l.name.clone(), l.words.clone()));
            self.entities.push(Entity {
                name,
                words,
                person,
                gender: Tags::NONE,
                roles: Vec::new(),
                context: Vec::new(),
                states: Vec::new(),
                letters: Vec::new(),
                tags: Tags::NONE,
            });
            self.entities.len() - 1
        });
        for word in words {
            let at = self.by_word.entry(word).or_default();
            if at.len() < CALLED && !at.contains(&id) {
                at.push(id);
            }
        }
        let entity = &mut self.entities[id];
        entity.person |= person;
        if let Some(listed) = listed.filter(|l| l.words == entity.words) {
            entity.recall(listed);
        }
        let owned = owner(cx, unit);
        if inner || owned.is_some() {
            entity.gender |= gender_of(cx.lexicon, &cx.tokens[first as usize..=last as usize]);
            entity.tags |= owned.map_or(Tags::NONE, |o| o.tags);
            // « L'appel du président Paul Renard »
            if let Some(titled) = office(cx, unit, first, last).filter(|_| inner) {
                entity.learn(cx, &titled);
            }
            if inner { &mut self.inner } else { &mut self.by_unit }.insert(at, id);
            return;
        }
        entity.tags |= unit.tags;
        entity.gender |= gender(cx.lexicon, cx.tokens, unit);
        if unit.tags.any(PEOPLE | BODIES | tags::DOC) {
            entity.learn(cx, unit);
        }
        self.by_unit.insert(at, id);
        // « Ruth Delorme (UMF) »: the letters are those of her party.
        if let Some(acronym) = label(cx, unit).filter(|_| !person) {
            self.acronyms.insert(fold(acronym.of(cx.text)), id);
        }
    }

    /// The known entity this name is a shorter form of.
    fn find(&self, words: &[String], person: bool, called: bool, acronym: bool) -> Option<EntityId> {
        let candidates = self.by_word.get(words.last()?)?;
        let fits = |e: &Entity| {
            if e.words.as_slice() == words {
                return true;
            }
            let all = words.iter().all(|w| e.words.contains(w));
            match words {
                [single] if called => e.person && e.words.first() == Some(single),
                // « CGT » is not « CGT Mines », though « Renault » is « Renault Trucks ».
                [single] => {
                    let first = !acronym && !person && !e.person && e.words.first() == Some(single);
                    // « Microsoft » is not « le moteur de recherche de Microsoft ».
                    let last = e.words.last() == Some(single) && (e.person || !within_complement(&e.words, words));
                    // « IPM » is not « le patron d'IPM ».
                    all && (last || first) && (person || !acronym || !e.person)
                }
                // « Delta Nord » is not « la direction de l'usine Delta Nord ».
                _ => all && (e.person || !within_complement(&e.words, words)),
            }
        };
        candidates.iter().copied().find(|&id| fits(&self.entities[id]))
    }

    /// The entity whose acronym this is: given in brackets (« … (UMF) »), or the initials of a name (EI, État islamique).
    fn acronym(&self, cx: &Context<'_>, written: &str, words: &[String]) -> Option<EntityId> {
        let [single] = words else { return None };
        if let Some(&id) = self.acronyms.get(single) {
            return Some(id);
        }
        if let Some(full) = self.aliased(cx, single) {
            return Some(full);
        }
        let letters = written.chars().all(char::is_uppercase) && (2..7).contains(&written.chars().count());
        let initials = |e: &Entity| {
            let main = e.words.iter().filter(|w| {
                !matches!(w.as_str(), "de" | "du" | "des" | "la" | "le" | "les" | "et" | "l'" | "d'" | "pour")
            });
            main.filter_map(|w| w.chars().next()).collect::<String>()
        };
        // « WRI » is not « une étude du World Resources Institute ».
        let fits = |e: &Entity| {
            let all = plain(&initials(e));
            all == *single || (all.ends_with(single.as_str()) && !e.tags.any(tags::DOC))
        };
        letters
            .then(|| self.entities.iter().take(SCAN).position(|e| !e.person && e.words.len() > 1 && fits(e)))
            .flatten()
    }

    /// The entity whose full name the lexicon gives for a short one (AFP, EI).
    fn aliased(&self, cx: &Context<'_>, short: &str) -> Option<EntityId> {
        let full = fold(cx.lexicon.aliases.get(short)?);
        self.entities.iter().take(SCAN).position(|e| !e.person && e.words.join(" ").ends_with(&full))
    }

    /// « le ministre, X, » and « X, ministre de … »: the noun is one of X's roles.
    fn apposition(&mut self, cx: &Context<'_>, at: u32) {
        let Some(id) = self.of_unit(at) else { return };
        let kinds = if self.entities[id].person { PEOPLE } else { BODIES };
        let fits = |n: u32| {
            let unit = cx.units.get(n as usize)?;
            (unit.tags.any(tags::NP) && unit.tags.any(kinds) && !unit.tags.any(tags::NAME)).then_some((n, *unit))
        };
        let end = behind_brackets(cx, at + 1);
        let behind = comma(cx, end).then(|| fits(end + 1)).flatten().filter(|_| !finite(cx, end + 2));
        // « Le ministre des Mines, X a dit »: many writers forget the second comma; the first words of a sentence are then
        // no complement, as in « selon le ministre, X a dit ».
        let subject = |n: u32| !finite(cx, at + 1) || begins_sentence(cx, n);
        let before = (at >= 2 && comma(cx, at - 1)).then(|| fits(at - 2)).flatten().filter(|_| subject(at - 2));
        for (n, unit) in behind.into_iter().chain(before) {
            self.by_unit.entry(n).or_insert(id);
            let entity = &mut self.entities[id];
            entity.gender |= unit.tags & tags::GENDER;
            entity.learn(cx, &unit);
        }
    }
}

/// The function right before a name that stands inside a noun phrase, with the name.
fn office(cx: &Context<'_>, unit: &Unit, first: u32, last: u32) -> Option<Unit> {
    let lexeme = |t: u32| cx.lexicon.lexeme(cx.tokens[t as usize].lex);
    let led = |t: &u32| lexeme(*t).tags.any(tags::CONTRACTED | tags::DET);
    let from = (unit.head + 1..first).rev().find(led)?;
    let head = (from + 1..first).find(|&t| lexeme(t).noun.any(tags::ROLE))?;
    let tags = tags::NP | tags::PERSON | (lexeme(head).noun & tags::GENDER);
    Some(Unit {
        first: from + 1,
        end: last + 1,
        lex: cx.tokens[head as usize].lex,
        head,
        tags,
        word: false,
        quote: None,
    })
}

/// Adds a word to those known, as long as there is room.
fn note(known: &mut Vec<String>, word: String) {
    if known.len() < KNOWN && !known.contains(&word) {
        known.push(word);
    }
}

/// Whom the lexicon knows by the name of a unit: with its title, or else without, unless the title is of another gender.
fn listed<'a>(cx: &Context<'a>, unit: &Unit, first: u32, last: u32) -> Option<&'a Known> {
    let token = |t: u32| &cx.tokens[t as usize];
    let tags = |t: u32| cx.lexicon.tags(token(t).lex);
    let titles = (unit.first..first).rev().take_while(|&t| tags(t).any(tags::TITLE));
    let from = titles.last();
    let named = |from: u32| cx.lexicon.people.get(token(from).span.cover(token(last).span).of(cx.text));
    let gender = from.map_or(Tags::NONE, |t| tags(t) & tags::GENDER);
    let agrees = |l: &&Known| gender.is_empty() || l.gender.is_empty() || gender.any(l.gender);
    from.and_then(named).or_else(|| named(first)).filter(agrees)
}
