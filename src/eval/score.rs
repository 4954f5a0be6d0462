//! Pairs → figures, and what the two sides disagree on.
//!
//! Invariant: every annotated and every found statement is counted once, as one of a pair or alone.

use super::evaluation::{Disagreement, DocumentScore, Errors, Evaluation, Fields, Rates, RuleScore, share};
use super::gold::{Gold, GoldStatement};
use super::names::{same_outlet, same_speaker};
use super::pair::{Pair, Place, pairs};
use crate::rule::set::{Purpose, Rules};
use crate::span::Span;
use crate::statement::{Analysis, Statement};
use crate::status::Status;
use crate::text::lines::LineIndex;
use std::collections::BTreeMap;

/// Least overlap of the contents that counts end to end, and of two sources that counts as the same source.
const END_TO_END: f64 = 0.8;
const SAME_SOURCE: f64 = 0.5;

/// The counts so far.
#[derive(Debug)]
pub struct Tally {
    content: f64,
    agree: Agreement,
    quoted: usize,
    by_status: BTreeMap<Status, Counts>,
    documents: Vec<DocumentScore>,
    /// Found and paired, by rule.
    rules: Vec<(usize, usize)>,
    errors: Errors,
}

/// Pairs that agree, by field.
#[derive(Debug, Default)]
struct Agreement {
    status: usize,
    source: usize,
    speaker: usize,
    quote: usize,
    outlet: usize,
    relay: usize,
}

#[derive(Debug, Default)]
struct Counts {
    right: usize,
    gold: usize,
    predicted: usize,
}

/// An article on both sides.
struct Sides<'a> {
    rules: &'a Rules,
    gold: &'a Gold,
    analysis: &'a Analysis,
    index: LineIndex<'a>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(rules: &Rules) -> Tally {
        Tally {
            content: 0.0,
            agree: Agreement::default(),
            quoted: 0,
            by_status: BTreeMap::new(),
            documents: Vec::new(),
            rules: vec![(0, 0); rules.rules.len()],
            errors: Errors::default(),
        }
    }

    /// Counts an article and its analysis.
    pub fn add(&mut self, rules: &Rules, gold: &Gold, analysis: &Analysis) {
        let sides = Sides { rules, gold, analysis, index: LineIndex::new(&gold.text) };
        let wanted: Vec<Place> =
            gold.statements.iter().map(|s| Place::new(&sides.index, &s.content, s.cue, s.source)).collect();
        let places: Vec<Place> =
            analysis.statements.iter().map(|s| Place::new(&sides.index, &s.content, s.cue, s.source)).collect();
        let pairs = pairs(&wanted, &places);
        for (i, statement) in gold.statements.iter().enumerate() {
            self.by_status.entry(statement.status).or_default().gold += 1;
            if !pairs.iter().any(|p| p.gold == i) {
                self.errors.missed.push(sides.missed(statement));
            }
        }
        for (i, statement) in analysis.statements.iter().enumerate() {
            self.by_status.entry(statement.status).or_default().predicted += 1;
            let paired = pairs.iter().any(|p| p.found == i);
            let (found, right) = &mut self.rules[statement.rule as usize];
            *found += 1;
            *right += usize::from(paired);
            if !paired {
                self.errors.spurious.push(sides.spurious(statement));
            }
        }
        let mut end_to_end = 0;
        for pair in &pairs {
            end_to_end += usize::from(self.pair(&sides, pair, &wanted[pair.gold], &places[pair.found]));
        }
        self.documents.push(DocumentScore {
            name: gold.name.clone(),
            gold: wanted.len(),
            predicted: places.len(),
            paired: pairs.len(),
            end_to_end,
        });
    }

    /// Counts a pair; whether it is right end to end.
    fn pair(&mut self, sides: &Sides<'_>, pair: &Pair, wanted: &Place, place: &Place) -> bool {
        let (gold, found) = (&sides.gold.statements[pair.gold], &sides.analysis.statements[pair.found]);
        let name = found.speaker.as_ref().map(|s| s.name.as_str());
        let speaker = same_speaker(gold.speaker.as_deref(), name);
        let status = gold.status == found.status;
        let outlet = same_outlet(gold.outlet.as_deref(), found.outlet.as_deref());
        let relay = same_outlet(gold.relay.as_deref(), found.relay.as_deref());
        self.content += pair.dice;
        self.quoted += usize::from(gold.quote.is_some());
        self.agree.status += usize::from(status);
        self.agree.source += usize::from(wanted.source.dice(&place.source) >= SAME_SOURCE);
        self.agree.speaker += usize::from(speaker);
        self.agree.quote += usize::from(gold.quote == Some(found.quote));
        self.agree.outlet += usize::from(outlet);
        self.agree.relay += usize::from(relay);
        self.by_status.entry(gold.status).or_default().right += usize::from(status);
        let differ = |gold_has: Option<&str>, found_has: Option<&str>| sides.differ(gold, found, gold_has, found_has);
        if !status {
            self.errors.status.push(differ(Some(gold.status.name()), Some(found.status.name())));
        }
        if !speaker {
            self.errors.speaker.push(differ(gold.speaker.as_deref(), name));
        }
        if !outlet {
            self.errors.outlet.push(differ(gold.outlet.as_deref(), found.outlet.as_deref()));
        }
        if !relay {
            self.errors.relay.push(differ(gold.relay.as_deref(), found.relay.as_deref()));
        }
        pair.dice >= END_TO_END && status && speaker
    }

    /// The figures.
    pub fn finish(self, rules: &Rules) -> Evaluation {
        let sum = |count: fn(&DocumentScore) -> usize| self.documents.iter().map(count).sum::<usize>();
        let (gold, predicted, paired) = (sum(|d| d.gold), sum(|d| d.predicted), sum(|d| d.paired));
        let of_pairs = |count: usize| share(count, paired);
        let fields = Fields {
            status: of_pairs(self.agree.status),
            source: of_pairs(self.agree.source),
            speaker: of_pairs(self.agree.speaker),
            content: if paired == 0 { 0.0 } else { self.content / paired as f64 },
            quote: (self.quoted > 0).then(|| share(self.agree.quote, self.quoted)),
            outlet: of_pairs(self.agree.outlet),
            relay: of_pairs(self.agree.relay),
        };
        let by_rule = || rules.rules.iter().zip(&self.rules);
        let fired = by_rule().filter(|(_, (predicted, _))| *predicted > 0);
        let silent = by_rule().filter(|(rule, (n, _))| rule.purpose == Purpose::Statement && *n == 0);
        Evaluation {
            gold,
            predicted,
            detection: Rates::of(paired, predicted, gold),
            end_to_end: Rates::of(sum(|d| d.end_to_end), predicted, gold),
            fields,
            by_status: self.by_status.iter().map(|(s, c)| (*s, Rates::of(c.right, c.predicted, c.gold))).collect(),
            rules: fired
                .map(|(rule, &(predicted, paired))| RuleScore {
                    id: rule.id.clone(),
                    predicted,
                    paired,
                    precision: share(paired, predicted),
                })
                .collect(),
            silent: silent.map(|(rule, _)| rule.id.clone()).collect(),
            documents: self.documents,
            errors: self.errors,
        }
    }
}

impl Sides<'_> {
    fn missed(&self, gold: &GoldStatement) -> Disagreement {
        let status = Some(gold.status.name().to_string());
        Disagreement { gold: status, ..self.at(&gold.content, gold.cue, gold.source) }
    }

    fn spurious(&self, found: &Statement) -> Disagreement {
        let status = Some(found.status.name().to_string());
        let rule = Some(self.rules.rules[found.rule as usize].id.clone());
        Disagreement { found: status, rule, ..self.at(&found.content, found.cue, found.source) }
    }

    fn differ(&self, gold: &GoldStatement, found: &Statement, wanted: Option<&str>, has: Option<&str>) -> Disagreement {
        let owned = |name: Option<&str>| name.map(str::to_string);
        let rule = Some(self.rules.rules[found.rule as usize].id.clone());
        Disagreement { gold: owned(wanted), found: owned(has), rule, ..self.at(&gold.content, gold.cue, gold.source) }
    }

    fn at(&self, content: &[Span], cue: Option<Span>, source: Option<Span>) -> Disagreement {
        let words = |span: Span| span.of(&self.gold.text).to_string();
        let first = content.iter().chain(&cue).chain(&source).map(|s| s.start).min().unwrap_or_default();
        Disagreement {
            document: self.gold.name.clone(),
            line: self.index.line_column(first).0,
            content: content.iter().map(|s| s.of(&self.gold.text)).collect::<Vec<_>>().join(" … "),
            cue: cue.map(words),
            source: source.map(words),
            gold: None,
            found: None,
            rule: None,
        }
    }
}
