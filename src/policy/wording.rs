//! Checks of words: verbs that judge, names without a function, figures on nobody's word.
//!
//! Invariant: each walks the statements or the sentences once.

use super::book::{Code, holds};
use super::check::Hit;
use super::view::{View, extent};
use crate::lexicon::fold::fold;
use crate::lexicon::tags::{self, Tags};
use crate::span::Span;
use crate::statement::SpeakerKind;
use crate::status::Reason;
use crate::token::CAPITAL;
use rustc_hash::{FxHashMap, FxHashSet};

/// What tells who somebody is.
const FUNCTION: Tags =
    Tags::all_of(&[tags::ROLE, tags::SPOKES, tags::KIN, tags::HUMAN, tags::GROUP, tags::ORG, tags::NUM]);
/// How many mentions of a name are looked at.
const MENTIONS: usize = 6;
/// How many units beside a name may tell it.
const BESIDE: usize = 4;

/// « prétend », « avoue », « martèle »: the verb takes sides.
pub fn loaded_verb(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let loaded = view.tag("loaded");
    for (i, statement) in view.statements() {
        let cue = statement.cue.filter(|&cue| view.tags_in(cue).any(loaded) && !view.told_inside(i, cue));
        hits.extend(cue.map(|span| Hit { span, statement: Some(i) }));
    }
}

/// A person is quoted, and no mention of the name up to there says who that is.
pub fn without_function(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let mut met: FxHashSet<String> = FxHashSet::default();
    let mentions = mentions(view);
    for (i, statement) in view.statements() {
        let Some(speaker) = &statement.speaker else { continue };
        let person = speaker.kind == SpeakerKind::Person && statement.reason == Reason::NamedPerson;
        if !person || !met.insert(fold(&speaker.name)) {
            continue;
        }
        let Some(source) = statement.source.filter(|s| s.of(view.text()).contains(family(&speaker.name))) else {
            continue;
        };
        let until = extent(statement).end.max(view.sentence(source.start).end);
        let places = mentions.get(family(&speaker.name)).map_or(&[][..], |p| p);
        if !places.iter().take_while(|p| **p < until).any(|p| told(view, *p)) {
            hits.push(Hit { span: source, statement: Some(i) });
        }
    }
}

/// The last word of a name.
pub(super) fn family(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Where the words with a capital stand first.
fn mentions<'a>(view: &View<'a>) -> FxHashMap<&'a str, Vec<u32>> {
    let mut places: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for token in view.cx.tokens.iter().filter(|t| t.is(CAPITAL)) {
        let at = places.entry(token.span.of(view.cx.text)).or_default();
        if at.len() < MENTIONS {
            at.push(token.span.start);
        }
    }
    places
}

/// Whether the name that stands at a byte stands beside a word that tells who it is.
fn told(view: &View<'_>, at: u32) -> bool {
    let sentence = view.sentence(at);
    view.units_around(at, BESIDE).any(|u| sentence.contains(u.span(view.cx.tokens)) && u.tags.any(FUNCTION))
}

/// A toll, an amount, a share in a sentence that puts nothing on anybody.
pub fn unsourced_figure(view: &View<'_>, code: &Code, hits: &mut Vec<Hit>) {
    let mut statements: Vec<Span> = view.statements().map(|(_, s)| extent(s)).collect();
    statements.sort_unstable();
    let mut statements = statements.into_iter().peekable();
    let mut told = 0;
    for &sentence in view.sentences() {
        while let Some(statement) = statements.next_if(|s| s.start < sentence.end) {
            told = told.max(statement.end);
        }
        if told > sentence.start {
            continue;
        }
        let figure = view.units_in(sentence).find(|u| u.tags.any(tags::NUM) && !u.tags.any(tags::TIME));
        let figure = figure.filter(|_| holds(&code.words, sentence.of(view.text())));
        hits.extend(figure.map(|u| Hit { span: u.span(view.cx.tokens), statement: None }));
    }
}
