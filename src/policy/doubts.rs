//! Checks of claims that the text itself keeps at a distance.
//!
//! Invariant: each walks the statements once; what is found is the word that shows the distance.

use super::book::Code;
use super::check::Hit;
use super::sources::holds;
use super::view::View;
use crate::statement::Statement;
use crate::status::Status;

/// « images non vérifiées », « des rumeurs … »: the text says that nobody has checked.
pub fn unverified(view: &View<'_>, code: &Code, hits: &mut Vec<Hit>) {
    let marked = |s: &Statement| s.status == Status::Unverified && view.theme(s) == "unconfirmed";
    for (i, statement) in view.statements().filter(|(_, s)| marked(s)) {
        let Some(cue) = statement.cue else { continue };
        // « le meurtrier présumé » is how the law is kept.
        if !holds(&code.except, cue.of(view.text())) {
            hits.push(Hit { span: cue, statement: Some(i) });
        }
    }
}

/// « aurait signé », and nobody in the sentence who says so.
pub fn conditional(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let alone = |s: &Statement| view.theme(s) == "conditional" && s.source.is_none();
    for (i, statement) in view.statements().filter(|(_, s)| alone(s)) {
        let Some(cue) = statement.cue else { continue };
        let sentence = view.sentence(cue.start);
        let told = |s: &Statement| s.source.is_some_and(|source| sentence.contains(source));
        let asks = sentence.of(view.text()).ends_with('?');
        let sourced = view.statements().skip_while(|(_, s)| s.start() < sentence.start).take(32).any(|(_, s)| told(s));
        if !asks && !sourced {
            hits.push(Hit { span: cue, statement: Some(i) });
        }
    }
}

/// « il paraît que », « dit-on », « la rumeur court »: nobody can be asked.
pub fn hearsay(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let rumour = |s: &Statement| view.rules.rules[s.rule as usize].id.ends_with("/rumour");
    for (i, statement) in view.statements().filter(|(_, s)| view.theme(s) == "hearsay" || rumour(s)) {
        hits.extend(statement.cue.map(|span| Hit { span, statement: Some(i) }));
    }
}
