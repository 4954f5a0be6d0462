//! What a noun phrase is called: the tokens of its name, its head word, its gender, its acronym.
//!
//! Invariant: looks at nothing but the noun phrase itself and the words right beside it.

use super::document::owner;
use super::roster::PEOPLE;
use crate::attribute::trim::{Context, is_mark};
use crate::lexicon::Lexicon;
use crate::lexicon::fold::fold;
use crate::lexicon::tags::{self, Tags};
use crate::span::Span;
use crate::token::{CAPITAL, Token};
use crate::unit::Unit;

/// The word that heads a noun phrase, folded; of a listed expression (« ministre de l'Intérieur ») what stands before its
/// complement, or the function it is another word for (« chef de l'État »).
pub fn head_word(cx: &Context<'_>, unit: &Unit) -> String {
    let word = fold(cx.tokens[unit.head as usize].span.of(cx.text));
    if let Some(same) = cx.lexicon.aliases.get(&word) {
        return same.clone();
    }
    // Hardly any head is an expression, and looking for six words takes its time.
    if !word.contains(' ') {
        return word;
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
pub fn within_complement(whole: &[String], part: &[String]) -> bool {
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
pub fn words_of<'a>(cx: &Context<'a>, token: u32) -> impl Iterator<Item = &'a str> {
    cx.tokens[token as usize].span.of(cx.text).split([' ', '\u{a0}'])
}

/// Whether a unit is a comma.
pub fn comma(cx: &Context<'_>, unit: u32) -> bool {
    cx.words_at(unit) == ","
}

/// Whether nothing of its sentence stands before a unit. The units of a quotation follow those of the sentence it stands
/// in, so the unit before may lie further on in the text: its line is another one.
pub fn begins_sentence(cx: &Context<'_>, unit: u32) -> bool {
    let Some(before) = (unit as usize).checked_sub(1).map(|b| cx.units[b].span(cx.tokens)) else { return true };
    let gap = cx.text.get(before.end as usize..cx.units[unit as usize].span(cx.tokens).start as usize);
    gap.is_none_or(|gap| gap.contains('\n')) || matches!(before.of(cx.text), "." | "!" | "?" | "…" | "»")
}

/// Whether a unit is a finite verb.
pub fn finite(cx: &Context<'_>, unit: u32) -> bool {
    cx.units.get(unit as usize).is_some_and(|u| u.tags.has(tags::VERB | tags::FIN))
}

/// The unit behind what stands in brackets at `unit`, else `unit`.
pub fn behind_brackets(cx: &Context<'_>, unit: u32) -> u32 {
    let is = |u: u32, mark: &str| cx.words_at(u) == mark;
    let close = is(unit, "(").then(|| (unit..unit + 8).find(|&u| is(u, ")"))).flatten();
    close.map_or(unit, |u| u + 1)
}

/// A folded word without its accents.
pub fn plain(word: &str) -> String {
    let mut out = String::new();
    crate::lexicon::fold::without_accents(word, &mut out);
    out
}

/// A body with its acronym in brackets is named, whatever its noun.
pub fn is_labelled_body(cx: &Context<'_>, unit: &Unit) -> bool {
    !unit.tags.any(PEOPLE)
        && label(cx, unit).is_some_and(|s| s.of(cx.text).chars().filter(|c| c.is_uppercase()).count() > 1)
}

/// The letters that the words of a function begin with, up to the next mark: « RSF » is part of those of « secrétaire général
/// de l'ONG Reporters sans frontières ».
pub fn letters(cx: &Context<'_>, unit: &Unit) -> String {
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

/// The state a function belongs to, folded: « français » of « le président français ».
pub fn state(cx: &Context<'_>, unit: &Unit) -> Option<String> {
    let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
    let end = unit.end.min(unit.head + 4);
    let own = (unit.head + 1..end).take_while(|&t| !tags(t).any(tags::PARTICLE | tags::CONTRACTED));
    let state = |&t: &u32| tags(t).any(tags::NATION) && !cx.tokens[t as usize].is(CAPITAL);
    own.into_iter().find(state).map(|t| fold(cx.tokens[t as usize].span.of(cx.text)))
}

/// The gender a mention shows: its title, given name, determiner or noun.
pub fn gender(lexicon: &Lexicon, tokens: &[Token], unit: &Unit) -> Tags {
    let words = &tokens[unit.first as usize..unit.end as usize];
    // « le professeur Anne Morel »: behind a function the given name says it.
    let woman = |pair: &[Token]| {
        let given = lexicon.tags(pair[0].lex);
        given.has(tags::GIVEN | tags::FEMALE) && !given.any(tags::MALE) && pair.iter().all(|t| t.is(CAPITAL))
    };
    let led = lexicon.tags(words[0].lex).any(tags::DEF);
    if led && unit.tags.any(tags::PERSON) && words.windows(2).any(woman) {
        return tags::FEMALE;
    }
    let shown = gender_of(lexicon, words);
    if unit.tags.any(tags::GENDER) { unit.tags & tags::GENDER } else { shown }
}

/// The gender that words show: the first title or given name that has one, else the first of all.
pub fn gender_of(lexicon: &Lexicon, tokens: &[Token]) -> Tags {
    let mut shown = Tags::NONE;
    for token in tokens {
        let tags = lexicon.tags(token.lex);
        if tags.any(tags::TITLE | tags::GIVEN) && tags.any(tags::GENDER) {
            return tags & tags::GENDER;
        }
        if shown.is_empty() && !tags.any(tags::CONTRACTED) {
            shown = tags & tags::GENDER;
        }
    }
    shown
}

/// The tokens of a person's name in the complement of a noun phrase: « la famille de Ruth Delorme », « une lettre de M. Roy ».
pub fn person_inside(cx: &Context<'_>, unit: &Unit) -> Option<Vec<u32>> {
    if !unit.tags.any(tags::NP) || unit.tags.any(tags::PERSON) {
        return None;
    }
    let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
    let capital = |t: u32| cx.tokens[t as usize].is(CAPITAL) && !tags(t).any(tags::FUNCTION);
    // « L'appel du président français Paul Renard »
    let native = |t: u32| tags(t).any(tags::ADJ) && !capital(t) && tags(t - 1).any(tags::ROLE);
    let begins = |&t: &u32| {
        let led = tags(t - 1).any(tags::PARTICLE | tags::CONTRACTED | tags::ROLE)
            || (t > unit.first + 1 && native(t - 1))
            || cx.tokens[t as usize - 1].span.of(cx.text) == "et";
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
        token.is(CAPITAL) && !tags.any(tags::TITLE | tags::FUNCTION)
    };
    let joins = |t: u32| {
        let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
        // « François le Hodey », « Baptiste des Monstiers »
        let common = |t: u32| tags(t).any(tags::NOUN | tags::ORG | tags::MEDIA | tags::PLACE);
        let article = t > unit.first
            && tags(t - 1).any(tags::GIVEN)
            && match cx.tokens[t as usize].span.of(cx.text) {
                "le" => true,
                "des" => t + 1 < unit.end && !common(t + 1),
                _ => false,
            };
        tags(t).any(tags::PARTICLE | tags::NUM) || article
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
    let owner = owner(cx, unit);
    let unit = owner.as_ref().unwrap_or(unit);
    let label = label_tokens(cx, unit);
    let end = label.map_or(unit.end, |(open, _)| open);
    let article = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex).any(tags::DET) && !is_name(t);
    let first = (unit.first..end).find(|&t| !article(t)).unwrap_or(unit.first);
    let end = alone(cx, first, end).unwrap_or(end);
    (own_name(cx, unit, end).unwrap_or(first)..end).collect()
}

/// Where a name ends that has a complement of common words: « la France des champs » is France, « Corée du Nord » is not Corée.
fn alone(cx: &Context<'_>, first: u32, end: u32) -> Option<u32> {
    let tags = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
    let capital = |t: u32| cx.tokens[t as usize].is(CAPITAL);
    let name =
        capital(first) && tags(first).any(tags::PLACE | tags::PROPER | tags::MEDIA) && !tags(first).any(tags::NOUN);
    let links = |t: u32| tags(t).any(tags::PARTICLE | tags::CONTRACTED);
    let behind = (first + 1..end).find(|&t| !links(t) && !tags(t).any(tags::DET))?;
    (name && behind > first + 1 && links(first + 1) && !capital(behind)).then_some(first + 1)
}

/// Where the name of a body begins behind a noun that only says what kind it is: « le quotidien régional La Montagne », « le
/// constructeur Bombardier », but « le journal de Marseille ».
fn own_name(cx: &Context<'_>, unit: &Unit, end: u32) -> Option<u32> {
    let token = |t: u32| &cx.tokens[t as usize];
    let tags = |t: u32| cx.lexicon.tags(token(t).lex);
    let capital = |t: u32| token(t).is(CAPITAL) || tags(t).any(tags::PROPER);
    let kind = tags(unit.head).has(tags::ORG | tags::GENERIC) || tags(unit.head).any(tags::MEDIA);
    if !kind || capital(unit.head) {
        return None;
    }
    let first = (unit.head + 1..end).find(|&t| capital(t))?;
    let led = |t: u32| tags(t).any(tags::PARTICLE | tags::CONTRACTED | tags::PREP | tags::DET) && !capital(t);
    let common = tags(first).any(tags::PLACE) && !tags(first).any(tags::ORG | tags::MEDIA | tags::PROPER);
    let lone = first + 1 == end && common;
    (!led(first - 1) && !lone).then_some(first)
}

/// « Union des mosquées de France (UMF) »: the acronym in brackets.
pub fn label(cx: &Context<'_>, unit: &Unit) -> Option<Span> {
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
