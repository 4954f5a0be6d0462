//! Checks of an article as a whole: how many sources it has, and of what kind.
//!
//! Invariant: at most one finding each, at the title or at the first place that shows it.

use super::book::Code;
use super::check::Hit;
use super::doubts;
use super::view::{View, extent};
use crate::lexicon::fold::fold;
use crate::lexicon::tags;
use crate::status::Status;
use rustc_hash::FxHashSet;

/// Fewer statements say nothing about an article.
const FEW: usize = 3;
/// Fewer words in a lead are a caption.
const LEAD: usize = 15;

fn long(view: &View<'_>) -> bool {
    view.words(crate::span::Span::new(0, view.text().len() as u32)) >= view.thresholds.long
}

/// All that is said is said by people without a name.
pub fn only_anonymous(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let all: Vec<_> = view.statements().filter(|(_, s)| s.source.is_some()).collect();
    if all.len() > 1 && all.iter().all(|(_, s)| s.status == Status::Anonymous) {
        let first = all.into_iter().find(|(_, s)| view.hidden(s));
        hits.extend(first.and_then(|(i, s)| Some(Hit { span: s.source?, statement: Some(i) })));
    }
}

/// More than the share of statements that the settings allow are anonymous.
pub fn many_anonymous(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let all = &view.analysis.statements;
    let hidden = all.iter().filter(|s| view.hidden(s)).count();
    if all.len() >= FEW && long(view) && hidden as f64 > view.thresholds.most_anonymous * all.len() as f64 {
        hits.extend(view.head().map(|span| Hit { span, statement: None }));
    }
}

/// A long article has fewer named sources than the settings ask for.
pub fn single_source(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let sourced = view.statements().filter(|(_, s)| s.status == Status::Sourced && s.source.is_some());
    let names: FxHashSet<String> = sourced.filter_map(|(_, s)| Some(fold(&s.speaker.as_ref()?.name))).collect();
    let enough = view.analysis.statements.len() >= FEW && long(view);
    if enough && !names.is_empty() && names.len() < view.thresholds.least_named {
        hits.extend(view.head().map(|span| Hit { span, statement: None }));
    }
}

/// More claims in the conditional or as hearsay than the settings allow.
pub fn many_unverified(view: &View<'_>, code: &Code, hits: &mut Vec<Hit>) {
    let mut claims = Vec::new();
    doubts::conditional(view, code, &mut claims);
    doubts::hearsay(view, code, &mut claims);
    if long(view) && claims.len() > view.thresholds.most_unverified {
        hits.extend(view.head().map(|span| Hit { span, statement: None }));
    }
}

/// The first paragraph says what somebody is accused of, or what happened to how many, on nobody's word.
pub fn unsourced_lead(view: &View<'_>, _: &Code, hits: &mut Vec<Hit>) {
    let Some(lead) = view.lead().filter(|&lead| view.words(lead) >= LEAD) else { return };
    let sourced = view.statements().any(|(_, s)| extent(s).overlaps(lead) && s.source.is_some());
    let contentious = view.statements().any(|(_, s)| extent(s).overlaps(lead) && s.status == Status::Unverified);
    let figure = view.units_in(lead).any(|u| u.tags.any(tags::NUM) && !u.tags.any(tags::TIME));
    if !sourced && (contentious || figure) {
        hits.push(Hit { span: lead, statement: None });
    }
}
