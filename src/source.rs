//! Stage 9, what it asks: what the text tells of a source, and who speaks under a promise of anonymity.
//!
//! Invariant: looks at tags, capitals and the roster only; each source looks back a fixed number of units.

use crate::attribute::candidate::{Candidate, Stretch};
use crate::attribute::trim::Context;
use crate::lexicon::tags::{self, Tags};
use crate::resolve::roster::Roster;
use crate::resolve::speaker::Resolved;
use crate::status::{Phrase, Source};
use crate::token::CAPITAL;
use crate::unit::{Line, Unit};
use rustc_hash::FxHashSet;

/// How far back somebody may have been brought in, in units.
const REACH: usize = 1000;
/// How far back a description may mean somebody named, in units.
const NEAR: usize = 300;
/// How far from a formula the one who speaks under it may stand, in units.
const BESIDE: u32 = 14;

/// What the text tells of the source of a statement.
pub(crate) fn of(
    cx: &Context<'_>,
    line: &Line,
    roster: &Roster,
    candidate: &Candidate,
    speaker: Option<&Resolved>,
) -> Source {
    if let Some(speaker) = speaker {
        let mut phrase = phrase(cx, roster, candidate, speaker);
        // Whom a quoted witness calls « l'homme », nobody knows.
        phrase.described &= line.depth == 0;
        return Source::Known(phrase);
    }
    let units = candidate.source.into_iter().chain(candidate.cue).flat_map(|s| s.of(cx.units));
    let all = units.fold(Tags::NONE, |t, u| t | u.tags);
    match (candidate.source_span, candidate.cue) {
        (Some(_), _) if candidate.source.is_some() && all.any(tags::ON) => Source::Nobody,
        (Some(_), _) => Source::Open,
        (None, None) => Source::Open,
        (None, _) => Source::None,
    }
}

fn phrase(cx: &Context<'_>, roster: &Roster, candidate: &Candidate, speaker: &Resolved) -> Phrase {
    let Resolved { mut tags, named, unit, .. } = *speaker;
    let np = &cx.units[unit as usize];
    let own = candidate.source.map_or(&[][..], |s| s.of(cx.units));
    let percent = |s: Stretch| s.first > 0 && cx.words_at(s.first - 1) == "%";
    if own.first().is_some_and(is_share) || candidate.source.is_some_and(percent) {
        return Phrase { tags: tags::NUM, ..Phrase::default() };
    }
    // « le tribunal », where « un tribunal » has been brought in before: it acts as a body.
    let body = |u: &Unit| u.tags.any(tags::DEF | tags::DEM) && u.tags.any(tags::ORG | tags::MEDIA | tags::DOC);
    if own.first().is_some_and(body) {
        tags = tags & !tags::INDEF;
    }
    // « selon les estimations » are nobody's, whatever was quoted before.
    if let Some(u) = own.first().filter(|u| u.tags.any(tags::GROUP) && u.tags.any(tags::DOC)) {
        return Phrase { tags: u.tags, of: complements(cx, u), ..Phrase::default() };
    }
    // A rumour only where it stands itself: « il » is none.
    if !candidate.source.is_some_and(|s| (s.first..s.end).contains(&unit)) {
        tags = tags & !tags::RUMOUR;
    }
    let kind = Tags::all_of(&[tags::ROLE, tags::HUMAN, tags::GROUP, tags::ORG, tags::MEDIA, tags::DOC]);
    // « auprès du procureur »: the article is part of the preposition.
    let contracted = unit > 0 && tags.any(kind) && {
        let before = cx.words_at(unit - 1);
        ["du", "au", "aux", "des"].iter().any(|a| before.rsplit(' ').next() == Some(a))
    };
    // « Total a annoncé »: a common word without article, under a capital, is a name.
    let capital = cx.tokens[np.first as usize].is(CAPITAL) && !tags.any(kind | tags::PLURAL | tags::PRON);
    let bare = !tags.any(tags::DEF | tags::DEM | tags::POSS | tags::INDEF | tags::NUM);
    let tags = tags.with_if(contracted, tags::DEF).with_if(capital && bare && np.tags.any(tags::NOUN), tags::ORG);
    let single = !named && tags.any(tags::DEF | tags::DEM) && !tags.any(tags::PLURAL | tags::ORG);
    let met = single && tags.any(tags::ROLE | tags::HUMAN) && met_before(cx, roster, unit);
    let described = single && tags.any(tags::HUMAN) && named_before(cx, roster, unit, tags);
    Phrase { tags, named, of: complements(cx, np), met, described }
}

/// « 61 % »: those whom a poll has asked.
fn is_share(unit: &Unit) -> bool {
    unit.tags.any(tags::NUM) && !unit.tags.any(tags::NP)
}

/// What the words behind the head of a noun phrase hold, as far as it tells whom to ask.
fn complements(cx: &Context<'_>, np: &Unit) -> Tags {
    const TELLING: Tags = Tags::all_of(&[tags::NAME, tags::ORG, tags::DOC, tags::MEDIA]);
    let (head, tail) = cx.tokens[np.head as usize..(np.end as usize).max(np.head as usize + 1)].split_at(1);
    // « les Affaires étrangères »: the word itself is written as a name.
    let own = Tags::NONE.with_if(head[0].is(CAPITAL) && np.head > np.first, tags::NAME);
    tail.iter().fold(own, |all, t| {
        let noun = cx.lexicon.lexeme(t.lex).noun & TELLING;
        (all | noun).with_if(t.is(CAPITAL), tags::NAME)
    })
}

/// Whether « le journaliste » takes up « un journaliste »: the nearest such word that is no definite description itself.
fn met_before(cx: &Context<'_>, roster: &Roster, unit: u32) -> bool {
    let word = cx.units[unit as usize].lex;
    let other = |u: &u32| {
        let np = &cx.units[*u as usize];
        np.lex == word && (np.tags.any(tags::INDEF) || roster.of_unit(*u).is_some())
    };
    let nearest = (0..unit).rev().take(REACH).find(other);
    nearest.is_some_and(|u| roster.of_unit(u).is_none() && !cx.units[u as usize].tags.any(tags::PLURAL))
}

/// Whether a description can mean a person the text has just named.
fn named_before(cx: &Context<'_>, roster: &Roster, unit: u32, tags: Tags) -> bool {
    let mine = tags & (tags::MALE | tags::FEMALE);
    let aged = cx.words_at(unit).contains(|c: char| c.is_ascii_digit());
    let fits = |u: u32| {
        roster.of_unit(u).is_some_and(|e| {
            let entity = &roster.entities[e];
            entity.person && entity.may_be(mine)
        })
    };
    !aged && (0..unit).rev().take(NEAR).any(fits)
}

/// Who speaks under a promise of anonymity, or a changed name.
#[derive(Default)]
pub(crate) struct Hidden {
    statements: FxHashSet<usize>,
    names: FxHashSet<String>,
}

impl Hidden {
    /// Reads the formulas of a document.
    pub(crate) fn read(
        cx: &Context<'_>,
        lines: &[Line],
        roster: &Roster,
        found: &[Candidate],
        speakers: &[Option<Resolved>],
    ) -> Hidden {
        let mut hidden = Hidden::default();
        let formula = |u: &u32| cx.units[*u as usize].tags.any(tags::ANONYMITY);
        let formulas: Vec<u32> = (0..cx.units.len() as u32).filter(formula).collect();
        let mut nearest: Vec<Option<(u32, usize)>> = vec![None; formulas.len()];
        for (i, candidate) in found.iter().enumerate() {
            let line = &lines[candidate.line as usize];
            let Some(stretch) = candidate.source.or(candidate.cue) else { continue };
            let from = formulas.partition_point(|&u| u < line.first);
            for (&at, best) in formulas[from..].iter().zip(&mut nearest[from..]).take_while(|(u, _)| **u < line.end) {
                let away = if at < stretch.first { stretch.first - at } else { (at + 1).saturating_sub(stretch.end) };
                if away < BESIDE && best.is_none_or(|b| (away, i) < b) {
                    *best = Some((away, i));
                }
            }
        }
        for (&at, best) in formulas.iter().zip(nearest) {
            if let Some((_, i)) = best {
                hidden.statements.insert(i);
                // A description or a lone given name is the hidden one's; a full name under a formula is a mistake.
                let short = speakers[i].as_ref().filter(|s| !s.named || !s.name.contains(' '));
                hidden.names.extend(short.map(|s| s.name.clone()));
            }
            // « Aïcha (prénom modifié) »
            let named = at.checked_sub(2).and_then(|u| roster.of_unit(u));
            hidden.names.extend(named.map(|e| roster.entities[e].name.clone()));
        }
        hidden
    }

    /// Whether this statement is by somebody hidden.
    pub(crate) fn holds(&self, statement: usize, speaker: Option<&Resolved>) -> bool {
        self.statements.contains(&statement) || speaker.is_some_and(|s| self.names.contains(&s.name))
    }
}
