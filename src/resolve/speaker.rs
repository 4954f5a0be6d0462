//! Who a source is.
//!
//! Invariant: a speaker is a name or a description the document holds; a pronoun that finds nothing gives none.

use super::Scene;
use super::antecedent::{self, Antecedent};
use super::description::{belongs, by_description, of_complement};
use super::document::{document, giver, owner};
use super::floating;
use super::names::{begins_sentence, clean, comma, context, head_word, name_tokens, same_role, state};
use super::roster::{EntityId, PEOPLE, Roster};
use super::several::{coordination, share};
use crate::attribute::candidate::{Candidate, Stretch};
use crate::attribute::trim::Context;
use crate::lexicon::tags::{self, Tags};
use crate::span::Span;
use crate::token::Token;
use crate::unit::{Line, Unit};
use rustc_hash::FxHashMap;

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

/// Somebody who spoke, and where: the unit of the source, or of the report.
#[derive(Clone, Debug)]
pub struct Spoke {
    /// First unit of the source or of the report.
    pub at: u32,
    /// Who it was.
    pub who: Resolved,
    /// The unit from which on nobody means them any more: the end of the sentence, where somebody else reports them.
    pub until: u32,
}

/// Among how many neighbours the « je » of a quotation, or whoever reports a statement, is looked for.
const VOICES: usize = 20;

/// Resolves the sources of a document's attributions, in text order. A quotation without a cue takes the last speaker of
/// its block or of the block before.
pub fn resolve(cx: &Context<'_>, lines: &[Line], found: &[Candidate], roster: &Roster) -> Vec<Option<Resolved>> {
    let scene = Scene { cx, lines, roster };
    let mut out: Vec<Option<Resolved>> = Vec::with_capacity(found.len());
    let mut sources: Vec<Spoke> = Vec::new();
    let mut last: Option<(u32, usize)> = None;
    let answers = interviewee(scene, found);
    for (i, candidate) in found.iter().enumerate() {
        let line = &lines[candidate.line as usize];
        let among = |sources: &[Spoke]| match candidate.source {
            Some(stretch) => of_source(scene, stretch, sources),
            None => match (candidate.cue, candidate.source_span) {
                (Some(cue), Some(_)) => before_colon(scene, candidate).or_else(|| of_inverted(scene, cue, sources)),
                (None, _) if candidate.answer => answers.clone(),
                (None, _) => {
                    let newly = antecedent::of_quotation(scene, candidate.line as usize, candidate.extent(), sources);
                    let newly = newly.and_then(|u| of_unit(scene, u, sources, 0));
                    let voice = || {
                        last.filter(|(block, _)| line.block.abs_diff(*block) <= 1).and_then(|(_, at)| out[at].clone())
                    };
                    let subject = || of_unit(scene, floating::speaker(scene, candidate)?, sources, 0);
                    newly.or_else(voice).or_else(subject)
                }
                _ => None,
            },
        };
        let mut resolved = among(&sources);
        if resolved.as_ref().is_some_and(|who| is_body(roster, who)) && says_i(cx, candidate) {
            let people: Vec<Spoke> =
                sources.iter().rev().take(VOICES).filter(|s| !is_body(roster, &s.who)).cloned().collect();
            let people: Vec<Spoke> = people.into_iter().rev().collect();
            resolved = among(&people).filter(|who| !is_body(roster, who)).or(resolved);
        }
        if let Some(same) = resolved.as_ref().and_then(|who| goes_on(scene, candidate, who, &sources)) {
            resolved = Some(same);
        }
        // « A, a dit X. B »: X stands inside the marks, but is no part of what is quoted.
        // A post set into the article is no part of what its sentences take up.
        let post = candidate.source.is_some_and(|s| s.of(cx.units).iter().any(|u| u.tags.any(tags::HANDLE)));
        if !post && (line.depth == 0 || (line.depth == 1 && candidate.aside)) {
            let at = candidate.source.or(candidate.cue).map_or(line.first, |s| s.first);
            let told = reported(roster, found, &out, i);
            let until = if told { line.end } else { u32::MAX };
            sources.extend(resolved.clone().map(|who| Spoke { at, who, until }));
            if !told {
                last = Some((line.block, i));
            }
        }
        out.push(resolved);
    }
    floating::repeated(cx, lines, found, &mut out);
    in_own_words(cx, lines, found, &mut out);
    out
}

/// « Le maire dit que des marins ont demandé P »: whether somebody of this sentence reports it.
fn reported(roster: &Roster, found: &[Candidate], out: &[Option<Resolved>], i: usize) -> bool {
    let Some(cue) = found[i].cue_span else { return false };
    let same = |&j: &usize| found[j].line == found[i].line;
    let holds = |j: usize| {
        found[j].content.iter().any(|c| c.contains(cue)) && out[j].as_ref().is_some_and(|who| !is_body(roster, who))
    };
    (0..i).rev().take(VOICES).take_while(same).any(holds)
}

/// « Nous avons demandé au maire de partir », within somebody's words: whoever says them.
fn in_own_words(cx: &Context<'_>, lines: &[Line], found: &[Candidate], out: &mut [Option<Resolved>]) {
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
fn goes_on(scene: Scene<'_>, candidate: &Candidate, who: &Resolved, sources: &[Spoke]) -> Option<Resolved> {
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
fn says_i(cx: &Context<'_>, candidate: &Candidate) -> bool {
    let i = |t: &Token| matches!(t.span.of(cx.text), "je" | "Je" | "j'" | "J'" | "j’" | "J’");
    let says = |span: &Span| {
        let first = cx.tokens.partition_point(|t| t.span.start < span.start);
        cx.tokens[first..].iter().take_while(|t| t.span.end <= span.end).any(i)
    };
    candidate.content.iter().any(says)
}

/// Who answers in an interview: the person named most often before the first question, of several the last.
fn interviewee(scene: Scene<'_>, found: &[Candidate]) -> Option<Resolved> {
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
    let bracket = units.iter().position(|u| u.span(cx.tokens).of(cx.text) == "(").filter(|&b| b > 0)?;
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
    cx.units[unit as usize].span(cx.tokens).of(cx.text) == text
}

fn of_inverted(scene: Scene<'_>, cue: Stretch, sources: &[Spoke]) -> Option<Resolved> {
    let cx = scene.cx;
    let (token, _) = crate::attribute::trim::inverted(cx, cue)?;
    let tags = cx.lexicon.tags(cx.tokens[token as usize].lex);
    // « est-il précisé » is impersonal: the document goes on.
    if cue.of(cx.units).iter().any(|u| u.tags.any(tags::PASS)) {
        return sources.last().map(|s| s.who.clone()).filter(|who| is_body(scene.roster, who));
    }
    of_antecedent(scene, cue.first, tags, sources, 1)
}

fn of_antecedent(scene: Scene<'_>, pronoun: u32, tags: Tags, sources: &[Spoke], depth: u8) -> Option<Resolved> {
    match antecedent::of_pronoun(scene, pronoun, tags, sources)? {
        Antecedent::Spoke(i) => Some(sources[i].who.clone()),
        Antecedent::Unit(unit) => {
            let found = of_unit(scene, unit, sources, depth)?;
            Some(same_person(scene, &found, sources).unwrap_or(found))
        }
    }
}

/// « …, a dit X. Le ministre a visité le port. Il a promis … »: a description that names nobody, behind somebody's words,
/// means them.
fn same_person(scene: Scene<'_>, found: &Resolved, sources: &[Spoke]) -> Option<Resolved> {
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

fn of_unit(scene: Scene<'_>, unit: u32, sources: &[Spoke], depth: u8) -> Option<Resolved> {
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
