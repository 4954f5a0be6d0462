//! Through whom the words of each statement came.
//!
//! Invariant: a relay is named in the statement's own sentence, or it is the speaker of the statement that holds it.

use super::Scene;
use super::names::{clean, name_tokens};
use super::speaker::Resolved;
use crate::attribute::candidate::Candidate;
use crate::attribute::find::Marked;
use crate::attribute::trim::Context;
use crate::lexicon::fold::fold;
use crate::lexicon::tags;
use crate::span::Span;
use crate::unit::{Line, Unit};
use std::ops::Range;

/// How many statements on either side may hold another.
const NEIGHBOURS: usize = 64;
/// How far back an outlet may have been named, in units.
const REACH: usize = 1000;

/// The relay of each statement. `marks` is what the relay rules found, `found` and `speakers` go together.
pub fn resolve(
    scene: Scene<'_>,
    marks: &[Marked],
    found: &[Candidate],
    speakers: &[Option<Resolved>],
) -> Vec<Option<String>> {
    let cx = scene.cx;
    let name = |i: usize| speakers[i].as_ref().map(|s| s.name.as_str());
    let told = Told { found, outer: (0..found.len()).map(|i| holder(scene, found, i)).collect() };
    let mut out: Vec<Option<String>> = vec![None; found.len()];
    let mut first = 0;
    while first < found.len() {
        let line = found[first].line;
        let end = first + found[first..].iter().take_while(|c| c.line == line).count();
        let mut nearest = vec![(u32::MAX, 0); end - first];
        let from = marks.partition_point(|m| m.line < line);
        let far = Distance::new(cx, &scene.lines[line as usize]);
        for mark in marks[from..].iter().take_while(|m| m.line == line) {
            let Some(relay) = called(scene, mark) else { continue };
            let verb = cx.units[mark.stretch.first as usize].tags.any(tags::VERB);
            let takers = told.takers(mark, verb, first..end);
            let Some(&owner) = takers.iter().min_by_key(|&&i| far.between(&found[i], mark)) else { continue };
            for i in takers {
                let apart = far.between(&found[i], mark);
                // « a-t-elle dit à l'AFP, ajoutant que … »: the same subject went on.
                let same_source = found[i].source_span.is_some_and(|s| found[owner].source_span == Some(s));
                let goes_on = found[i].cue.is_none() && name(i).is_some() && name(i) == name(owner);
                let shares = i == owner || same_source || goes_on;
                if shares && apart < nearest[i - first] {
                    nearest[i - first] = apart;
                    out[i] = Some(relay.clone());
                }
            }
        }
        first = end;
    }
    for (i, relay) in out.iter_mut().enumerate() {
        let other = |n: &&str| !name(i).is_some_and(|own| same(own, n));
        let own = relay.take().filter(|n| name(i) != Some(n.as_str()));
        *relay = own.or_else(|| told.outer[i].and_then(name).filter(other).map(str::to_string));
    }
    out
}

/// Statements, who made them, and in which other one each stands.
struct Told<'a> {
    found: &'a [Candidate],
    outer: Vec<Option<usize>>,
}

impl Told<'_> {
    /// The statements of a line whose way a mark may tell: it is no part of what they claim, and stands in the same claim
    /// as their cue. `verb`: it is a verb (« a tweeté »), which speaks for itself and for what depends on it.
    fn takers(&self, mark: &Marked, verb: bool, line: Range<usize>) -> Vec<usize> {
        let holds = |i: usize| self.found[i].content.iter().any(|s| s.contains(mark.span));
        let claim = line.clone().filter(|&i| holds(i)).min_by_key(|&i| self.found[i].extent().len());
        let may = |&i: &usize| {
            let own = &self.found[i];
            let cue = own.cue_span.unwrap_or(own.extent());
            // « une source citée par l'AFP » is the source, and says the relay.
            let in_source = own.source_span.is_some_and(|s| s.contains(mark.span))
                && !own.source.is_some_and(|s| s.first < mark.stretch.first && s.end >= mark.stretch.end);
            let beyond = self.outer[i].is_some_and(|o| !holds(o));
            let inside = claim.is_none_or(|c| c != i && self.found[c].content.iter().any(|s| s.contains(cue)));
            inside && !in_source && !beyond && (!verb || cue.end >= mark.span.end)
        };
        line.filter(may).collect()
    }
}

/// Whether two names are one, or one with more to it: « la police », « la police fédérale ».
fn same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut words = long.split_whitespace();
    short.split_whitespace().all(|word| words.any(|other| other == word))
}

/// Measures how far cues of a line are from its marks.
struct Distance {
    first: u32,
    /// For each unit of the line, how many commas stand up to it.
    commas: Vec<u32>,
}

impl Distance {
    fn new(cx: &Context<'_>, line: &Line) -> Distance {
        let mut count = 0;
        let commas = cx.units[line.first as usize..line.end as usize].iter().map(|u| {
            count += u32::from(matches!(cx.words(u), "," | ";"));
            count
        });
        Distance { first: line.first, commas: commas.collect() }
    }

    /// Commas between a statement's cue and a mark, then bytes.
    fn between(&self, statement: &Candidate, mark: &Marked) -> (u32, u32) {
        let at = |unit: u32| self.commas.get((unit.saturating_sub(self.first)) as usize).copied().unwrap_or_default();
        let cue = statement.cue_span.unwrap_or(statement.extent());
        let bytes = mark.span.start.saturating_sub(cue.end).max(cue.start.saturating_sub(mark.span.end));
        let commas = statement.cue.map_or(0, |cue| at(cue.first).abs_diff(at(mark.stretch.first)));
        (commas, bytes)
    }
}

/// The statement in whose content a statement stands, if somebody is said to have made it.
fn holder(scene: Scene<'_>, found: &[Candidate], i: usize) -> Option<usize> {
    let Scene { cx, lines, .. } = scene;
    let inner = &found[i];
    let point = inner.cue_span?;
    // « je l'avais dit »: whoever speaks needs nobody between.
    let units = inner.source.into_iter().chain(inner.cue).flat_map(|s| s.of(cx.units));
    if units.into_iter().any(|u| u.tags.any(tags::FIRST) && u.tags.any(tags::PRON | tags::VERB)) {
        return None;
    }
    let block = lines[inner.line as usize].block;
    let near = |j: &usize| lines[found[*j].line as usize].block == block;
    let holds = |j: &usize| {
        let outer = &found[*j];
        // A label (« M. D. : … ») names who speaks in a whole answer, not in its sentences.
        let Some(cue) = outer.cue_span.filter(|c| c.of(cx.text).contains(char::is_alphabetic)) else { return false };
        // Where each seems to hold the other, the cue that stands last is said about the rest of the sentence.
        let mutual = inner.content.iter().any(|s| s.contains(cue));
        let inside: u32 = inner.content.iter().map(|s| overlap(*s, outer.extent())).sum();
        let whole: u32 = inner.content.iter().map(|s| s.len()).sum();
        outer.content.iter().any(|s| s.contains(point))
            && if mutual { cue.start > point.start } else { 2 * inside >= whole }
    };
    let before = (0..i).rev().take_while(near).take(NEIGHBOURS);
    let after = (i + 1..found.len()).take_while(near).take(NEIGHBOURS);
    before.chain(after).filter(holds).min_by_key(|&j| found[j].extent().len())
}

fn overlap(a: Span, b: Span) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// What a relay is called; nothing where it is only the speaker's own site or page.
fn called(scene: Scene<'_>, mark: &Marked) -> Option<String> {
    let Scene { cx, roster, .. } = scene;
    let unit = mark.stretch.first;
    let np = &cx.units[unit as usize];
    let text = |t: u32| cx.tokens[t as usize].span.of(cx.text);
    let tag = |t: u32| cx.lexicon.tags(cx.tokens[t as usize].lex);
    if np.tags.any(tags::VERB) {
        return Some("Twitter".to_string());
    }
    let own = (np.first..np.end).find(|&t| tag(t).any(tags::PLATFORM));
    if let Some(t) = own {
        return Some(outlet(scene, text(t)));
    }
    if let Some(t) = (np.first..np.end).find(|&t| tag(t).has(tags::MEDIA | tags::PROPER)) {
        // « l'AFP » under its full name, where the text gives one.
        let full = roster.of_unit(unit).map(|e| roster.entities[e].name.as_str());
        let full = full.filter(|full| np.end - np.first < 3 && !full.contains(text(t)));
        return Some(outlet(scene, full.unwrap_or(text(t))));
    }
    if let Some(name) = beside(scene, unit).or_else(|| last_outlet(scene, unit)) {
        return Some(name);
    }
    if np.tags.any(tags::POSS | tags::OCCASION) || (np.tags.any(tags::CHANNEL) && np.tags.any(tags::NAME)) {
        return None;
    }
    if let Some(entity) = roster.of_unit(unit) {
        return Some(proper(scene, np).unwrap_or_else(|| roster.entities[entity].name.clone()));
    }
    let tokens = name_tokens(cx, np);
    let span = match (tokens.first(), tokens.last()) {
        (Some(&a), Some(&b)) => cx.tokens[a as usize].span.cover(cx.tokens[b as usize].span),
        _ => mark.span,
    };
    Some(clean(span.of(cx.text)))
}

/// The name of an outlet or platform from a listed expression: « agence Anadolu », « compte Twitter », « tweet ».
fn outlet(scene: Scene<'_>, written: &str) -> String {
    let aliases = &scene.cx.lexicon.aliases;
    let common = |word: &str| word.starts_with(char::is_lowercase);
    let mut rest = written;
    // « au Figaro » is Le Figaro.
    if let Some(full) = aliases.get(&fold(rest)).filter(|full| full.ends_with(rest)) {
        return full.clone();
    }
    while common(rest) {
        if let Some(full) = aliases.get(&fold(rest)) {
            return full.clone();
        }
        let Some((_, name)) = rest.split_once([' ', '\u{a0}']) else { break };
        rest = name;
    }
    clean(rest)
}

/// « le tabloïd », « son journal »: the outlet the text has named last.
fn last_outlet(scene: Scene<'_>, unit: u32) -> Option<String> {
    let Scene { cx, roster, .. } = scene;
    let np = &cx.units[unit as usize];
    let alone = np.end - np.first < 3 && !np.tags.any(tags::INDEF | tags::PLURAL);
    let generic = alone && (np.tags.has(tags::GENERIC | tags::MEDIA) || np.tags.has(tags::OCCASION | tags::DEM));
    let media = |e: &usize| roster.entities[*e].tags.any(tags::MEDIA) && !roster.entities[*e].tags.any(tags::PLATFORM);
    let found = generic.then(|| (0..unit).rev().take(REACH).filter_map(|u| roster.of_unit(u)).find(media)).flatten()?;
    Some(outlet(scene, &roster.entities[found].name))
}

/// « le quotidien français « La Digue » », « la chaîne publique, Canal Nord, »: the name that stands behind the noun.
fn beside(scene: Scene<'_>, unit: u32) -> Option<String> {
    let Scene { cx, roster, .. } = scene;
    if cx.units[unit as usize].tags.any(tags::NAME) {
        return None;
    }
    let next = cx.units.get(unit as usize + 1)?;
    if next.tags.any(tags::QUOTE) && !next.tags.any(tags::CLAUSE) {
        let name = cx.words(next).trim_matches(|c: char| !c.is_alphanumeric());
        return name.starts_with(char::is_uppercase).then(|| clean(name));
    }
    let comma = cx.words(next) == ",";
    let named = cx.units.get(unit as usize + 2).filter(|u| comma && u.tags.has(tags::NAME | tags::MEDIA))?;
    roster.of_unit(unit + 2).filter(|_| named.tags.any(tags::NP)).map(|e| roster.entities[e].name.clone())
}

/// « l'hebdomadaire régional La Digue »: the capitals that end a noun phrase, where no « de » leads to them.
fn proper(scene: Scene<'_>, np: &Unit) -> Option<String> {
    let cx = scene.cx;
    let token = |t: u32| &cx.tokens[t as usize];
    let capital = |t: u32| token(t).is(crate::token::CAPITAL);
    let first = (np.head + 1..np.end).find(|&t| capital(t))?;
    let led = cx.lexicon.tags(token(first - 1).lex).any(tags::CONTRACTED | tags::PARTICLE);
    let span = token(first).span.cover(token(np.end - 1).span);
    (!led && !capital(np.head)).then(|| clean(span.of(cx.text)))
}
