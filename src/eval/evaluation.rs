//! What an evaluation says.
//!
//! Invariant: plain data; a share of nothing is 0, so every figure is a number between 0 and 1.

use crate::status::Status;
use serde::Serialize;
use std::collections::BTreeMap;

/// How far an analysis agrees with an annotation.
#[derive(Clone, Debug, Serialize)]
pub struct Evaluation {
    /// Statements annotated.
    pub gold: usize,
    /// Statements found.
    pub predicted: usize,
    /// Statements that are one on both sides: contents overlap by half, or by a quarter where the cues overlap.
    pub detection: Rates,
    /// Pairs that also agree on status and speaker, and on four fifths of the content.
    pub end_to_end: Rates,
    /// Of the pairs, those that agree on each field.
    pub fields: Fields,
    /// Detection with the right status, for each status that occurs.
    pub by_status: BTreeMap<Status, Rates>,
    /// One line for each article, in the order given.
    pub documents: Vec<DocumentScore>,
    /// One line for each rule that found something, in the order of the rules.
    pub rules: Vec<RuleScore>,
    /// Ids of the rules for statements that found nothing.
    pub silent: Vec<String>,
    /// Where the two sides disagree.
    pub errors: Errors,
}

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Rates {
    /// Of what was found, the share that is right.
    pub precision: f64,
    /// Of what was to be found, the share that was.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

impl Rates {
    /// From counts.
    pub fn of(right: usize, found: usize, wanted: usize) -> Rates {
        let (precision, recall) = (share(right, found), share(right, wanted));
        let sum = precision + recall;
        Rates { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }
}

/// Shares of the pairs, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Fields {
    /// Same status.
    pub status: f64,
    /// Sources overlap by half, or there is none on both sides.
    pub source: f64,
    /// Same speaker.
    pub speaker: f64,
    /// Mean overlap of the contents (Dice).
    pub content: f64,
    /// Same kind of quotation, of the pairs whose annotation says which; none where no annotation does.
    pub quote: Option<f64>,
    /// Same outlet.
    pub outlet: f64,
    /// Same relay.
    pub relay: f64,
}

/// The counts of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentScore {
    /// Name of the article.
    pub name: String,
    /// Statements annotated.
    pub gold: usize,
    /// Statements found.
    pub predicted: usize,
    /// Pairs.
    pub paired: usize,
    /// Pairs that are right end to end.
    pub end_to_end: usize,
}

/// How well a rule does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleScore {
    /// Full id.
    pub id: String,
    /// Statements it found.
    pub predicted: usize,
    /// Of these, statements that are annotated.
    pub paired: usize,
    /// The share of the latter.
    pub precision: f64,
}

/// What the two sides disagree on, in the order of the articles.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Errors {
    /// Annotated and not found.
    pub missed: Vec<Disagreement>,
    /// Found and not annotated.
    pub spurious: Vec<Disagreement>,
    /// Pairs with two statuses.
    pub status: Vec<Disagreement>,
    /// Pairs with two speakers.
    pub speaker: Vec<Disagreement>,
    /// Pairs with two outlets.
    pub outlet: Vec<Disagreement>,
    /// Pairs with two relays.
    pub relay: Vec<Disagreement>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// Name of the article.
    pub document: String,
    /// Line of the statement, from 1.
    pub line: u32,
    /// What is claimed, its pieces joined by « … ».
    pub content: String,
    /// The words that say it is reported.
    pub cue: Option<String>,
    /// Who it is put on.
    pub source: Option<String>,
    /// What the annotation has: the status, or the name in question.
    pub gold: Option<String>,
    /// What the analysis has.
    pub found: Option<String>,
    /// Full id of the rule that found it.
    pub rule: Option<String>,
}

/// A part of a whole; 0 where there is no whole.
pub(super) fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}
