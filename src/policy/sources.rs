//! Checks of sources that are not named: who is hidden, whether the text says why, and through whom the words came.
//!
//! Invariant: each walks the statements or the units once.

use super::book::{Code, holds, normal};
use super::check::Hit;
use super::view::View;
use crate::lexicon::fold::fold;
use crate::lexicon::tags;
use crate::span::Span;
use rustc_hash::FxHashSet;

/// Each hidden source once, where it is first quoted.
pub fn anonymous(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let mut met: FxHashSet<String> = FxHashSet::default();
    for (i, statement) in view.statements().filter(|(_, s)| view.hidden(s)) {
        // « cette source » goes on with one that has been met.
        let again = statement.source.is_some_and(|s| view.units_in(s).next().is_some_and(|u| u.tags.any(tags::DEM)));
        if again {
            continue;
        }
        let name = statement.speaker.as_ref().map_or(String::new(), |s| fold(&s.name));
        if met.insert(name) {
            hits.extend(statement.source.map(|span| Hit { span, statement: Some(i) }));
        }
    }
}

/// « sous couvert d'anonymat », and neither this sentence nor the next one says why.
pub fn without_reason(view: &View<'_>, code: &Code, hits: &mut Vec<Hit>) {
    let mut formulas: Vec<Span> =
        view.cx.units.iter().filter(|u| u.tags.any(tags::ANONYMITY)).map(|u| u.span(view.cx.tokens)).collect();
    formulas.sort_unstable();
    // A sentence is asked once, however many formulas it holds.
    let mut last: Option<(Span, Option<usize>)> = None;
    for span in formulas {
        if holds(&code.except, span.of(view.text())) {
            continue;
        }
        let sentence = view.sentence(span.start);
        let untold = match last {
            Some((known, untold)) if known == sentence => untold,
            _ => {
                let both = [Some(sentence), view.next_sentence(sentence)];
                let told = both.into_iter().flatten().any(|s| holds(&code.words, s.of(view.text())));
                // « un patient, qui souhaite rester anonyme »: only who is quoted is a source.
                let quoted = view.statements_in(sentence).find(|(_, s)| s.source.is_some());
                quoted.filter(|_| !told).map(|(i, _)| i)
            }
        };
        last = Some((sentence, untold));
        if let Some(i) = untold {
            hits.push(Hit { span, statement: Some(i) });
        }
    }
}

/// « une source », « selon nos informations »: nothing tells what the source knows the matter by.
pub fn without_descriptor(view: &View<'_>, code: &Code, hits: &mut Vec<Hit>) {
    for (i, statement) in view.statements() {
        let Some(source) = statement.source.filter(|_| view.hidden(statement)) else { continue };
        let mut units = view.units_in(source);
        let Some(np) = units.next().filter(|u| u.tags.any(tags::SOURCE)) else { continue };
        // What stands behind the noun is a descriptor, save words that only praise it (« concordantes »).
        let behind = np.head + 1..np.end;
        let empty = |t: u32| holds(&code.words, view.cx.tokens[t as usize].span.of(view.text()));
        let rest = Span::new(np.span(view.cx.tokens).end, view.sentence(source.start).end.max(source.end));
        let mut behind_it = view.units_in(rest);
        let next = behind_it.next();
        // « deux sources, une proche de l'enquête et … »
        let listed = next.is_some_and(|u| u.span(view.cx.tokens).of(view.text()) == ",")
            && behind_it.next().is_some_and(|u| u.tags.any(tags::INDEF | tags::NUM));
        let led = listed || next.is_some_and(|u| u.is_preposition() || u.tags.any(tags::REL | tags::PP | tags::ADJ));
        // « cette source », « la même source » go on with one that has been met.
        let again = np.tags.any(tags::DEM | tags::DEF);
        let vague = !again && behind.into_iter().all(empty);
        if vague && units.next().is_none() && !led {
            hits.push(Hit { span: source, statement: Some(i) });
        }
    }
}

/// Somebody hidden judges or attacks.
pub fn opinion(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let attacks = view.tag("attack");
    for (i, statement) in view.statements().filter(|(_, s)| view.hidden(s)) {
        let cue = statement.cue.filter(|cue| view.tags_in(*cue).any(attacks));
        hits.extend(cue.map(|span| Hit { span, statement: Some(i) }));
    }
}

/// « des sources … » that the text goes on with as one: « cette source ».
pub fn plural_once(view: &View<'_>, code: &Code, hits: &mut Vec<Hit>) {
    let mut plural: Option<(usize, Span)> = None;
    for (i, statement) in view.statements() {
        let Some(source) = statement.source else { continue };
        let Some(np) = view.units_in(source).find(|u| u.tags.any(tags::SOURCE) && u.tags.any(tags::NP)) else {
            continue;
        };
        if np.tags.any(tags::PLURAL) {
            plural = Some((i, source));
        } else if holds(&code.words, source.of(view.text())) {
            hits.extend(plural.take().map(|(i, span)| Hit { span, statement: Some(i) }));
        } else {
            plural = None;
        }
    }
}

/// Another outlet's hidden source.
pub fn relayed(view: &View<'_>, code: &Code, hits: &mut Vec<Hit>) {
    for (i, statement) in view.statements().filter(|(_, s)| view.hidden(s)) {
        let Some(relay) = &statement.relay else { continue };
        let own = statement.outlet.as_ref().is_some_and(|o| fold(o) == fold(relay));
        if !own && !code.except.contains(&normal(relay)) {
            hits.extend(statement.source.map(|span| Hit { span, statement: Some(i) }));
        }
    }
}

/// « selon des médias », « d'après la presse locale ».
pub fn unnamed_relay(view: &View<'_>, code: &Code, hits: &mut Vec<Hit>) {
    for (i, statement) in view.statements() {
        let Some(source) = statement.source else { continue };
        let Some(np) = view.units_in(source).next() else { continue };
        let press = np.tags.any(tags::MEDIA) && !np.tags.any(tags::NAME | tags::PROPER);
        // « politiques et médias confondus » pass nothing on.
        let words = view.cx.tokens[np.head as usize].span.of(view.text());
        let again = holds(&code.except, np.span(view.cx.tokens).of(view.text()));
        if press
            && !again
            && !view.named_behind(source)
            && words.split_whitespace().any(|w| code.words.contains(&fold(w)))
        {
            hits.push(Hit { span: source, statement: Some(i) });
        }
    }
}
