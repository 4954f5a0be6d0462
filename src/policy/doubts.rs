//! Checks of claims that the text itself keeps at a distance.
//!
//! Invariant: each walks the statements once; what is found is the word that shows the distance.

use super::book::{Code, holds};
use super::check::Hit;
use super::view::View;
use crate::lexicon::tags;
use crate::span::Span;
use crate::statement::Statement;
use crate::status::Status;

/// « images non vérifiées », « des rumeurs … »: the text says that nobody has checked.
pub fn unverified(view: &View<'_>, code: &Code, hits: &mut Vec<Hit>) {
    let marked = |s: &Statement| s.status == Status::Unverified && view.theme(s) == "unconfirmed";
    for (i, statement) in view.statements().filter(|(_, s)| marked(s)) {
        let Some(cue) = statement.cue.filter(|&cue| !view.told_inside(i, cue)) else { continue };
        // « le meurtrier présumé » is how the law is kept: only what nobody has checked is meant.
        if holds(&code.words, cue.of(view.text())) {
            hits.push(Hit { span: cue, statement: Some(i) });
        }
    }
}

/// « aurait signé », and nobody in the sentence who says so.
pub fn conditional(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    // A relative clause (« ceux qui auraient vu ») and what would not have been are mostly hypotheses.
    let sure = |s: &Statement| !view.rules.rules[s.rule as usize].id.ends_with("/relative");
    let alone = |s: &Statement| view.theme(s) == "conditional" && s.source.is_none() && sure(s);
    let mut sourced = Sourced::default();
    for (i, statement) in view.statements().filter(|(_, s)| alone(s)) {
        let told = |cue: Span| view.told_inside(i, cue) || view.in_title(cue) || view.tags_in(cue).any(tags::NEG);
        let Some(cue) = statement.cue.filter(|&cue| !told(cue)) else { continue };
        let sentence = view.sentence(cue.start);
        let asks = sentence.of(view.text()).ends_with('?');
        if !asks && !sourced.ask(view, sentence) {
            hits.push(Hit { span: cue, statement: Some(i) });
        }
    }
}

/// Whether a sentence puts something on somebody, asked of each sentence once: statements come in the order of the text.
#[derive(Default)]
struct Sourced {
    last: Option<(Span, bool)>,
}

impl Sourced {
    fn ask(&mut self, view: &View<'_>, sentence: Span) -> bool {
        if let Some((_, known)) = self.last.filter(|(last, _)| *last == sentence) {
            return known;
        }
        let told = |s: &Statement| s.source.is_some_and(|source| sentence.contains(source));
        // « Un rapport détaille le plan, qui aurait prévu … »: a document says so.
        let document = || view.units_in(sentence).any(|u| u.tags.has(tags::NP | tags::DOC));
        let sourced = view.statements_in(sentence).any(|(_, s)| told(s)) || document();
        self.last = Some((sentence, sourced));
        sourced
    }
}

/// « il paraît que », « dit-on », « la rumeur court »: nobody can be asked.
pub fn hearsay(view: &View<'_>, code: &Code, hits: &mut Vec<Hit>) {
    let rumour = |s: &Statement| view.rules.rules[s.rule as usize].id.ends_with("/rumour");
    let hearsay = |s: &Statement| s.status == Status::Unverified && (view.theme(s) == "hearsay" || rumour(s));
    let mut sourced = Sourced::default();
    for (i, statement) in view.statements().filter(|(_, s)| hearsay(s) && s.source.is_none()) {
        let mut told = |cue: Span| view.told_inside(i, cue) || sourced.ask(view, view.sentence(cue.start));
        let cue = statement.cue.filter(|&cue| !told(cue) && !holds(&code.except, cue.of(view.text())));
        hits.extend(cue.map(|span| Hit { span, statement: Some(i) }));
    }
}
