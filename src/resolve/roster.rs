//! The people and bodies a document names, with the fullest name it gives each.
//!
//! Invariant: an entity is made only from a name the document holds. One pass over the units.

use crate::attribute::trim::{Context, is_mark};
use crate::lexicon::Lexicon;
use crate::lexicon::fold::fold;
use crate::lexicon::tags::{self, Tags};
use crate::span::Span;
use crate::token::Token;
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

const GENDER: Tags = Tags::all_of(&[tags::MALE, tags::FEMALE]);
const PEOPLE: Tags = Tags::all_of(&[tags::ROLE, tags::HUMAN, tags::SPOKES]);
const BODIES: Tags = Tags::all_of(&[tags::ORG, tags::GROUP, tags::MEDIA]);

impl Roster {
    /// Reads the names of a document.
    pub fn read(cx: &Context<'_>) -> Roster {
        let mut roster = Roster::default();
        let mut named: Vec<(u32, Vec<u32>)> = Vec::new();
        for (at, unit) in cx.units.iter().enumerate() {
            if unit.tags.any(tags::NP) && (unit.tags.any(tags::NAME) || is_labelled_body(cx, unit)) {
                let tokens = name_tokens(cx, unit);
                // « Un Malien » is called otherwise.
                if tokens.len() > 1 || !unit.tags.any(tags::INDEF) || unit.tags.any(BODIES | tags::DOC) {
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
        let known = self.find(&words, person, called).or_else(|| self.acronym(cx, span.of(cx.text), &words));
        let id = known.unwrap_or_else(|| {
            self.entities.push(Entity {
                name: clean(span.of(cx.text)),
                words: words.clone(),
                person,
                gender: Tags::NONE,
                roles: Vec::new(),
                context: Vec::new(),
                letters: Vec::new(),
                tags: Tags::NONE,
            });
            self.entities.len() - 1
        });
        for word in words {
            let at = self.by_word.entry(word).or_default();
            if !at.contains(&id) {
                at.push(id);
            }
        }
        let entity = &mut self.entities[id];
        entity.person |= person;
        if inner {
            entity.gender |= gender_of(cx.lexicon, &cx.tokens[first as usize..=last as usize]);
            self.inner.insert(at, id);
            return;
        }
        entity.tags |= unit.tags;
        entity.gender |= gender(cx.lexicon, cx.tokens, unit);
        if unit.tags.any(PEOPLE | BODIES | tags::DOC) {
            entity.roles.push(head_word(cx, unit));
            entity.context.extend(context(cx, unit));
            entity.letters.push(letters(cx, unit));
        }
        self.by_unit.insert(at, id);
        if let Some(acronym) = label(cx, unit) {
            self.acronyms.insert(fold(acronym.of(cx.text)), id);
        }
    }

    /// The known entity this name is a shorter form of.
    fn find(&self, words: &[String], person: bool, called: bool) -> Option<EntityId> {
        let candidates = self.by_word.get(words.last()?)?;
        let fits = |e: &Entity| {
            if e.words.as_slice() == words {
                return true;
            }
            let all = words.iter().all(|w| e.words.contains(w));
            match words {
                [single] if called => e.person && e.words.first() == Some(single),
                [single] => {
                    all && (e.words.last() == Some(single) || (!person && !e.person && e.words.first() == Some(single)))
                }
                // « Delta Nord » is not « la direction de l'usine Delta Nord ».
                _ => all && (e.person || !within_complement(&e.words, words)),
            }
        };
        candidates.iter().copied().take(SCAN / 10).find(|&id| fits(&self.entities[id]))
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
        letters
            .then(|| {
                self.entities
                    .iter()
                    .position(|e| !e.person && e.words.len() > 1 && plain(&initials(e)).ends_with(single.as_str()))
            })
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
        let behind = comma(cx, at + 1).then(|| fits(at + 2)).flatten().filter(|_| !finite(cx, at + 3));
        // « Le ministre des Mines, X a dit »: many writers forget the second comma; the first words of a sentence are then
        // no complement, as in « selon le ministre, X a dit ».
        let subject = |n: u32| !finite(cx, at + 1) || begins_sentence(cx, n);
        let before = (at >= 2 && comma(cx, at - 1)).then(|| fits(at - 2)).flatten().filter(|_| subject(at - 2));
        for (n, unit) in behind.into_iter().chain(before) {
            self.by_unit.entry(n).or_insert(id);
            let entity = &mut self.entities[id];
            entity.roles.push(head_word(cx, &unit));
            entity.gender |= unit.tags & GENDER;
            entity.context.extend(context(cx, &unit));
            entity.letters.push(letters(cx, &unit));
        }
    }
}

/// The word that heads a noun phrase, folded; of a listed expression (« ministre de l'Intérieur ») what stands before its
/// complement, or the function it is another word for (« chef de l'État »).
pub fn head_word(cx: &Context<'_>, unit: &Unit) -> String {
    let word = fold(cx.tokens[unit.head as usize].span.of(cx.text));
    if let Some(same) = cx.lexicon.aliases.get(&word) {
        return same.clone();
    }
    let cut = [" de ", " d'", " du ", " des ", " à ", " aux "].iter().filter_map(|p| word.find(p)).min();
    cut.map_or(word.clone(), |at| word[..at].to_string())
}

/// Whether two nouns are one function in either gender: « conseiller », « conseillère ».
pub fn same_role(a: &str, b: &str) -> bool {
    if a.strip_prefix(b).or_else(|| b.strip_prefix(a)).is_some_and(|rest| rest.starts_with(' ')) {
        return true;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| plain_char(*x) == plain_char(*y)).count();
    let longest = a.chars().count().max(b.chars().count());
    shared >= 4 && shared + 4 > longest
}

/// Whether a name begins only behind a particle of a longer one.
fn within_complement(whole: &[String], part: &[String]) -> bool {
    let at = whole.iter().position(|w| *w == part[0]).unwrap_or(0);
    whole[..at].iter().any(|w| matches!(w.as_str(), "de" | "du" | "des" | "d'"))
}

fn plain_char(c: char) -> char {
    match c {
        'é' | 'è' | 'ê' => 'e',
        _ => c,
    }
}

/// The words of a token: a listed name (« Cour pénale internationale ») is one token.
fn words_of<'a>(cx: &Context<'a>, token: u32) -> impl Iterator<Item = &'a str> {
    cx.tokens[token as usize].span.of(cx.text).split([' ', '\u{a0}'])
}

fn comma(cx: &Context<'_>, unit: u32) -> bool {
    cx.units.get(unit as usize).is_some_and(|u| u.span(cx.tokens).of(cx.text) == ",")
}

/// Whether nothing of its sentence stands before a unit. The units of a quotation follow those of the sentence it stands
/// in, so the unit before may lie further on in the text: its line is another one.
fn begins_sentence(cx: &Context<'_>, unit: u32) -> bool {
    let Some(before) = (unit as usize).checked_sub(1).map(|b| cx.units[b].span(cx.tokens)) else { return true };
    let gap = cx.text.get(before.end as usize..cx.units[unit as usize].span(cx.tokens).start as usize);
    gap.is_none_or(|gap| gap.contains('\n')) || matches!(before.of(cx.text), "." | "!" | "?" | "…" | "»")
}

fn finite(cx: &Context<'_>, unit: u32) -> bool {
    cx.units.get(unit as usize).is_some_and(|u| u.tags.has(tags::VERB | tags::FIN))
}

fn plain(word: &str) -> String {
    let mut out = String::new();
    crate::lexicon::fold::without_accents(word, &mut out);
    out
}

/// A body with its acronym in brackets is named, whatever its noun.
fn is_labelled_body(cx: &Context<'_>, unit: &Unit) -> bool {
    !unit.tags.any(PEOPLE)
        && label(cx, unit).is_some_and(|s| s.of(cx.text).chars().filter(|c| c.is_uppercase()).count() > 1)
}

/// The letters that the words of a function begin with, up to the next mark: « RSF » is part of those of « secrétaire général
/// de l'ONG Reporters sans frontières ».
fn letters(cx: &Context<'_>, unit: &Unit) -> String {
    let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
    let behind = (unit.head..cx.tokens.len() as u32).take(16).take_while(|&t| !is_mark(cx, t));
    let words =
        behind.filter(|&t| !tags(t).any(tags::PARTICLE | tags::CONTRACTED | tags::DET)).flat_map(|t| words_of(cx, t));
    plain(&words.filter_map(|w| w.chars().next()).flat_map(char::to_lowercase).collect::<String>())
}

/// The capitalised words of a function that are no person's name, folded.
pub fn context(cx: &Context<'_>, unit: &Unit) -> Vec<String> {
    let own: Vec<u32> = if unit.tags.any(tags::PERSON) { name_tokens(cx, unit) } else { Vec::new() };
    let others = (unit.first..unit.end)
        .filter(|t| *t != unit.head || cx.tokens[*t as usize].span.of(cx.text).contains(" de"))
        .filter(|t| !own.contains(t) && !cx.lexicon.tags(cx.tokens[*t as usize].lex).any(tags::TITLE));
    let words = others.flat_map(|t| cx.tokens[t as usize].span.of(cx.text).split([' ', '\'', '’', '\u{a0}']));
    let capital = |w: &&str| w.starts_with(char::is_uppercase) && w.chars().count() > 1;
    words.skip(1).filter(capital).map(fold).collect()
}

/// The gender a mention shows: its title, given name, determiner or noun.
pub fn gender(lexicon: &Lexicon, tokens: &[Token], unit: &Unit) -> Tags {
    let shown = gender_of(lexicon, &tokens[unit.first as usize..unit.end as usize]);
    if unit.tags.any(GENDER) { unit.tags & GENDER } else { shown }
}

fn gender_of(lexicon: &Lexicon, tokens: &[Token]) -> Tags {
    let mut shown = Tags::NONE;
    for token in tokens {
        let tags = lexicon.tags(token.lex);
        if tags.any(tags::TITLE | tags::GIVEN) && tags.any(GENDER) {
            return tags & GENDER;
        }
        if shown.is_empty() && !tags.any(tags::CONTRACTED) {
            shown = tags & GENDER;
        }
    }
    shown
}

/// The tokens of a person's name in the complement of a noun phrase: « la famille de Ruth Delorme », « une lettre de M. Roy ».
fn person_inside(cx: &Context<'_>, unit: &Unit) -> Option<Vec<u32>> {
    if !unit.tags.any(tags::NP) || unit.tags.any(tags::PERSON) {
        return None;
    }
    let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
    let capital = |t: u32| cx.tokens[t as usize].is(crate::token::CAPITAL) && !tags(t).any(tags::FUNCTION);
    let begins = |&t: &u32| {
        let led =
            tags(t - 1).any(tags::PARTICLE | tags::CONTRACTED) || cx.tokens[t as usize - 1].span.of(cx.text) == "et";
        led && (tags(t).any(tags::TITLE) || (tags(t).any(tags::GIVEN) && capital(t)))
            && t + 1 < unit.end
            && capital(t + 1)
    };
    let first = (unit.first + 1..unit.end).rev().find(begins)?;
    let name = |t: &u32| capital(*t) || tags(*t).any(tags::PARTICLE);
    let mut tokens: Vec<u32> = (first..unit.end).skip_while(|&t| tags(t).any(tags::TITLE)).take_while(name).collect();
    while tokens.last().is_some_and(|&t| !capital(t)) {
        tokens.pop();
    }
    (!tokens.is_empty()).then_some(tokens)
}

/// The tokens of a unit that make its name: the person's where it names one, else the name with what specifies it.
pub fn name_tokens(cx: &Context<'_>, unit: &Unit) -> Vec<u32> {
    let is_name = |t: u32| {
        let token = &cx.tokens[t as usize];
        let tags = cx.lexicon.tags(token.lex);
        token.is(crate::token::CAPITAL) && !tags.any(tags::TITLE | tags::FUNCTION)
    };
    let joins = |t: u32| {
        let tags = cx.lexicon.tags(cx.tokens[t as usize].lex);
        tags.any(tags::PARTICLE | tags::NUM)
    };
    let person = unit.tags.any(tags::PERSON);
    // A person's name is the last run of capitals before a complement; a body's is its noun phrase without the article.
    let mut runs: Vec<Vec<u32>> = Vec::new();
    let mut run: Vec<u32> = Vec::new();
    let mut bridge: Vec<u32> = Vec::new();
    for t in unit.first..unit.end {
        if is_name(t) {
            run.append(&mut bridge);
            run.push(t);
        } else if !run.is_empty() && joins(t) {
            bridge.push(t);
        } else {
            bridge.clear();
            if !run.is_empty() {
                runs.push(std::mem::take(&mut run));
            }
        }
    }
    // « Léon XIV », « Europe 1 »: a number behind the name belongs to it.
    if let [number] = bridge[..]
        && cx.lexicon.tags(cx.tokens[number as usize].lex).any(tags::NUM)
    {
        run.push(number);
    }
    if !run.is_empty() {
        runs.push(run);
    }
    let noun = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex).any(tags::NOUN);
    if person {
        // From the given name on where there is one: « de la Pêche Ruth Delorme ».
        let given = |r: &Vec<u32>| r.iter().position(|&t| cx.lexicon.tags(cx.tokens[t as usize].lex).any(tags::GIVEN));
        let best =
            runs.into_iter().max_by_key(|r| (given(r).is_some(), r.len().min(2), !r.iter().any(|&t| noun(t)), r[0]));
        let mut best = best.unwrap_or_default();
        let led = |t: u32| {
            t > unit.first
                && cx.lexicon.tags(cx.tokens[t as usize - 1].lex).any(tags::DET | tags::CONTRACTED | tags::PARTICLE)
        };
        let tags = |i: usize| cx.lexicon.tags(cx.tokens[best[i] as usize].lex);
        // « Le procureur de Paris Guy Delorme »: Paris is a given name, too, but no name begins with a place and another one.
        let places = (0..best.len()).take_while(|&i| tags(i).any(tags::PLACE)).count();
        let behind = (places > 0 && places + 1 < best.len() && tags(places).any(tags::GIVEN)).then_some(places);
        let first = || given(&best).filter(|&i| i > 0 && (led(best[0]) || best[..i].iter().all(|&t| noun(t))));
        let from = behind.or_else(first);
        return from.map(|i| best.split_off(i)).unwrap_or(best);
    }
    let label = label_tokens(cx, unit);
    let end = label.map_or(unit.end, |(open, _)| open);
    let article = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex).any(tags::DET) && !is_name(t);
    let first = (unit.first..end).find(|&t| !article(t)).unwrap_or(unit.first);
    (first..end).collect()
}

/// « Union des mosquées de France (UMF) »: the acronym in brackets.
fn label(cx: &Context<'_>, unit: &Unit) -> Option<Span> {
    let (open, close) = label_tokens(cx, unit)?;
    (close == open + 2).then(|| cx.tokens[open as usize + 1].span)
}

fn label_tokens(cx: &Context<'_>, unit: &Unit) -> Option<(u32, u32)> {
    let text = |t: u32| cx.tokens[t as usize].span.of(cx.text);
    let open = (unit.first..unit.end).find(|&t| text(t) == "(")?;
    let close = (open..unit.end).find(|&t| text(t) == ")")?;
    Some((open, close))
}

/// A name on one line, without soft hyphens.
pub fn clean(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')));
    }
    out
}
