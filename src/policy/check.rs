//! The checks by code, run over one text.
//!
//! Invariant: a check only says where; the policy says what and the settings how much it weighs. Findings come in text order.

use super::book::{Code, Policy};
use super::finding::{Finding, Severity, fingerprint};
use super::settings::{Settings, weight};
use super::view::View;
use super::{articles, doubts, quotes, sources, wording};
use crate::span::Span;

/// A place a check points at.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// The words.
    pub span: Span,
    /// The statement it is about.
    pub statement: Option<usize>,
}

/// A check: what it finds in a text, by the words of its code.
type Check = fn(&View<'_>, &Code, &mut Vec<Hit>);

/// The checks, by code.
pub const CHECKS: &[(&str, Check)] = &[
    ("anonymous-source", sources::anonymous),
    ("anonymity-without-reason", sources::without_reason),
    ("source-without-descriptor", sources::without_descriptor),
    ("anonymous-opinion", sources::opinion),
    ("plural-sources-once", sources::plural_once),
    ("relayed-anonymous-source", sources::relayed),
    ("unnamed-relay", sources::unnamed_relay),
    ("anonymous-first-quote", quotes::first_anonymous),
    ("orphan-quote", quotes::orphan),
    ("late-attribution", quotes::late),
    ("merged-quotes", quotes::merged),
    ("only-anonymous-sources", articles::only_anonymous),
    ("many-anonymous-statements", articles::many_anonymous),
    ("single-source-article", articles::single_source),
    ("many-unverified-claims", articles::many_unverified),
    ("unsourced-lead", articles::unsourced_lead),
    ("unverified-claim", doubts::unverified),
    ("conditional-without-source", doubts::conditional),
    ("hearsay", doubts::hearsay),
    ("loaded-verb", wording::loaded_verb),
    ("speaker-without-function", wording::without_function),
    ("unsourced-figure", wording::unsourced_figure),
];

/// What a policy says about a text, under these settings.
pub fn judge(view: &View<'_>, policy: &'static Policy, settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut hits = Vec::new();
    for (name, check) in CHECKS {
        let Some(code) = policy.get(name) else { continue };
        let severity = weight(settings, policy, name);
        if severity == Severity::Off {
            continue;
        }
        check(view, code, &mut hits);
        findings.extend(hits.drain(..).map(|hit| finding(view, code, severity, hit)));
    }
    findings.sort_by_key(|f| (f.span.start, f.span.end, f.code));
    findings.dedup_by(|a, b| a.code == b.code && a.span == b.span);
    findings
}

fn finding(view: &View<'_>, code: &'static Code, severity: Severity, hit: Hit) -> Finding {
    let statement = hit.statement.map(|i| &view.analysis.statements[i]);
    let who = statement.and_then(|s| s.speaker.as_ref()).map(|s| s.name.as_str());
    let words = hit.span.of(view.text());
    let message = code.message.replace("{who}", who.unwrap_or("nobody")).replace("{words}", &shown(words));
    // What is claimed tells one finding from another; of an article as a whole, its title does.
    let claim = statement.and_then(|s| s.content.first()).map_or(words, |c| c.of(view.text()));
    let fingerprint = fingerprint(&code.name, claim, who);
    Finding { code: &code.name, severity, message, span: hit.span, statement: hit.statement, fingerprint }
}

/// Most characters of a text that a message repeats.
const SHOWN: usize = 60;

fn shown(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    let cut: String = line.chars().take(SHOWN).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}
