//! Runs the examples of every rule: each rule alone, then in the full set.
//!
//! Invariant: no IO and no text of its own; a failure says what was expected and what was found in the notation in which
//! examples are written. Each example marks one statement, one cue to shield, or relays.

use super::examples::Example;
use super::examples::written;
use super::pattern::Role;
use super::set::{Purpose, Rules};
use crate::attribute::candidate::Candidate;
use crate::markup::{Mark, Marked};
use crate::span::Span;
use crate::statement::Statement;
use crate::status::Status;
use crate::{Scratch, analyze, probe};

/// What came of all examples.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rules whose examples were run.
    pub rules: usize,
    /// Examples run.
    pub examples: usize,
    /// Examples that do not hold, in the order of the rules.
    pub failures: Vec<Failure>,
}

/// One example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Full id of the rule.
    pub rule: String,
    /// What is wrong.
    pub outcome: Outcome,
    /// The example with its marks, without its status.
    pub expected: String,
    /// The same text with what was found marked; without marks where nothing was.
    pub found: String,
    /// Byte of the example's line in its rule file.
    pub at: usize,
}

/// What can be wrong with an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The rule alone finds nothing.
    Missing,
    /// The rule alone finds something, with other spans.
    Shifted,
    /// With all shields up, the rule finds something in a sentence it must ignore.
    Noisy,
    /// The rule alone is right, but in the full set its statement is not what is left; for a shield: a statement is left
    /// whose cue it should have covered.
    Outvoted {
        /// The rule that has the place: a rule or a shield, or this rule with other spans. None where nothing is left.
        by: Option<String>,
    },
    /// The full set finds the statement with another status than the example says.
    Status {
        /// The status it has.
        found: Status,
    },
}

impl Outcome {
    /// Its name in reports.
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Missing => "missing",
            Outcome::Shifted => "shifted",
            Outcome::Noisy => "noisy",
            Outcome::Outvoted { .. } => "outvoted",
            Outcome::Status { .. } => "status",
        }
    }
}

/// What is wrong with an example, and the marks of what was found instead.
type Wrong = (Outcome, Vec<Mark>);

/// Runs the examples of every rule.
///
/// A statement must be found with exactly the marked content, cue and source; no source mark means no source. A rule
/// that borrows its source is run alone for content and cue, and its source mark, where there is one, must hold in the
/// full set. A shield must overlap the marked cue, and no statement may have a cue there.
pub fn check(rules: &Rules) -> Report {
    let mut scratch = Scratch::default();
    let mut report = Report { rules: rules.rules.len(), ..Report::default() };
    for (number, rule) in rules.rules.iter().enumerate() {
        let run = match rule.purpose {
            Purpose::Statement => statement,
            Purpose::Shield => shield,
            Purpose::Relay => relay,
        };
        for example in &rule.examples {
            report.examples += 1;
            if let Err((outcome, marks)) = run(rules, number, example, &mut scratch) {
                report.failures.push(Failure {
                    rule: rule.id.clone(),
                    outcome,
                    expected: written(&example.marked.text, &example.marked.marks),
                    found: written(&example.marked.text, &marks),
                    at: example.at,
                });
            }
        }
    }
    report
}

fn statement(rules: &Rules, number: usize, example: &Example, scratch: &mut Scratch) -> Result<(), Wrong> {
    let rule = &rules.rules[number];
    let text = &example.marked.text;
    if !example.wanted {
        // Exceptions are rules of their own, so an `ignores` is asked of the rule and the shields together.
        let statements = analyze(rules, text, scratch).statements;
        let own = statements.iter().find(|s| s.rule as usize == number);
        return own.map_or(Ok(()), |found| Err((Outcome::Noisy, Relation::from(found).marks())));
    }
    let alone: Vec<Relation> = probe(rules, text, number, scratch).candidates.iter().map(Relation::from).collect();
    let wanted = Relation::from(&example.marked);
    if !alone.iter().any(|found| wanted.is(found, !rule.borrow)) {
        let nearest = alone.iter().find(|found| found.meets(&wanted)).or(alone.first());
        return Err(nearest.map_or((Outcome::Missing, Vec::new()), |found| (Outcome::Shifted, found.marks())));
    }
    let statements = analyze(rules, text, scratch).statements;
    let compare_source = !rule.borrow || wanted.source.is_some();
    let own = statements.iter().find(|s| s.rule as usize == number && wanted.is(&Relation::from(*s), compare_source));
    match own {
        Some(own) => match &example.status {
            Some(status) if status != own.status.name() => {
                Err((Outcome::Status { found: own.status }, Relation::from(own).marks()))
            }
            _ => Ok(()),
        },
        None => Err(winner(rules, text, &wanted, &statements, scratch)),
    }
}

/// Which rule has the place of a statement that the full set does not leave.
fn winner(rules: &Rules, text: &str, wanted: &Relation, left: &[Statement], scratch: &mut Scratch) -> Wrong {
    let same_cue = |s: &&Statement| wanted.cue.is_some_and(|cue| s.cue.is_some_and(|c| c.overlaps(cue)));
    let near = |s: &&Statement| Relation::from(*s).meets(wanted);
    if let Some(other) = left.iter().find(same_cue).or_else(|| left.iter().find(near)) {
        let by = Some(rules.rules[other.rule as usize].id.clone());
        return (Outcome::Outvoted { by }, Relation::from(other).marks());
    }
    let mut forbids = |number: usize| {
        let shields = probe(rules, text, number, scratch).shields;
        shields.iter().find(|s| wanted.cue.is_some_and(|cue| s.span.overlaps(cue))).map(|s| mark(Role::Cue, s.span))
    };
    let mut shields = (0..rules.rules.len()).filter(|&n| rules.rules[n].purpose == Purpose::Shield);
    let shield = shields.find_map(|n| forbids(n).map(|cue| (rules.rules[n].id.clone(), vec![cue])));
    let (by, marks) = shield.map_or((None, Vec::new()), |(id, marks)| (Some(id), marks));
    (Outcome::Outvoted { by }, marks)
}

fn shield(rules: &Rules, number: usize, example: &Example, scratch: &mut Scratch) -> Result<(), Wrong> {
    let text = &example.marked.text;
    let shields = probe(rules, text, number, scratch).shields;
    let marks = || shields.iter().map(|s| mark(Role::Cue, s.span)).collect();
    if !example.wanted {
        return if shields.is_empty() { Ok(()) } else { Err((Outcome::Noisy, marks())) };
    }
    if shields.is_empty() {
        return Err((Outcome::Missing, Vec::new()));
    }
    let wanted = Relation::from(&example.marked);
    let covered = |cue: Span| wanted.cue.is_some_and(|wanted| cue.overlaps(wanted));
    if !shields.iter().any(|s| covered(s.span)) {
        return Err((Outcome::Shifted, marks()));
    }
    match analyze(rules, text, scratch).statements.iter().find(|s| s.cue.is_some_and(covered)) {
        Some(left) => {
            let by = Some(rules.rules[left.rule as usize].id.clone());
            Err((Outcome::Outvoted { by }, Relation::from(left).marks()))
        }
        None => Ok(()),
    }
}

fn relay(rules: &Rules, number: usize, example: &Example, scratch: &mut Scratch) -> Result<(), Wrong> {
    let relays = probe(rules, &example.marked.text, number, scratch).relays;
    let marks: Vec<Mark> = relays.iter().map(|r| mark(Role::Relay, r.span)).collect();
    let wanted = example.marked.marks.iter().filter(|m| m.role == Role::Relay);
    match (example.wanted, marks.is_empty()) {
        (false, true) => Ok(()),
        (false, false) => Err((Outcome::Noisy, marks)),
        (true, true) => Err((Outcome::Missing, marks)),
        (true, false) if wanted.map(|m| m.span).eq(relays.iter().map(|r| r.span)) => Ok(()),
        (true, false) => Err((Outcome::Shifted, marks)),
    }
}

/// The spans of a statement: of one that was found, or of one an example marks.
struct Relation {
    content: Vec<Span>,
    cue: Option<Span>,
    source: Option<Span>,
}

impl Relation {
    fn is(&self, other: &Relation, compare_source: bool) -> bool {
        self.content == other.content && self.cue == other.cue && (!compare_source || self.source == other.source)
    }

    /// Whether the two share words of their cues or contents.
    fn meets(&self, other: &Relation) -> bool {
        let spans = |r: &Relation| r.content.iter().chain(&r.cue).copied().collect::<Vec<_>>();
        spans(self).iter().any(|a| spans(other).iter().any(|b| a.overlaps(*b)))
    }

    fn marks(&self) -> Vec<Mark> {
        let content = self.content.iter().map(|s| mark(Role::Content, *s));
        let cue = self.cue.iter().map(|s| mark(Role::Cue, *s));
        let source = self.source.iter().map(|s| mark(Role::Source, *s));
        content.chain(cue).chain(source).collect()
    }
}

impl From<&Candidate> for Relation {
    fn from(found: &Candidate) -> Relation {
        Relation { content: found.content.clone(), cue: found.cue_span, source: found.source_span }
    }
}

impl From<&Statement> for Relation {
    fn from(found: &Statement) -> Relation {
        Relation { content: found.content.clone(), cue: found.cue, source: found.source }
    }
}

impl From<&Marked> for Relation {
    fn from(marked: &Marked) -> Relation {
        let spans = |role: Role| marked.marks.iter().filter(move |m| m.role == role).map(|m| m.span);
        Relation {
            content: spans(Role::Content).collect(),
            cue: spans(Role::Cue).next(),
            source: spans(Role::Source).next(),
        }
    }
}

fn mark(role: Role, span: Span) -> Mark {
    Mark { role, statements: Vec::new(), span }
}
