//! Patterns of rules → what a search needs: a program over units, what must be there before it runs, and where it is tried
//! at all.
//!
//! Rules are few per sentence and long: they become [`Program`]s. Chunk patterns are many and short and run over every
//! token: they become one [automaton](super::automaton). Invariant: compiling looks at the pattern and at no text.

use super::alphabet::{Alphabet, Test};
use super::pattern::{Node, Pred, Role, Term};
use super::presence::Need;
use super::program::Program;
use crate::lexicon::tags;

/// A rule's pattern ready to run.
#[derive(Debug)]
pub struct Compiled {
    /// The pattern as a program.
    pub program: Program,
    /// What must be in a sentence, in this order.
    pub need: Need,
    /// Tests one of which must hold for some unit of a sentence for the pattern to match.
    pub anchor: Vec<Test>,
}

/// Why a pattern cannot be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompileError {
    /// Nothing in its cue is a finite set of units it cannot do without.
    NoAnchor,
    /// Its repetitions make it longer than a program may be.
    TooLong,
}

impl Compiled {
    /// Compiles a pattern.
    pub fn new(node: &Node, alphabet: &Alphabet) -> Result<Compiled, CompileError> {
        let anchor = anchor(cue(node).unwrap_or(node), alphabet).ok_or(CompileError::NoAnchor)?;
        let program = Program::new(node, alphabet).ok_or(CompileError::TooLong)?;
        Ok(Compiled { program, need: Need::new(node, alphabet), anchor })
    }
}

/// The part of a pattern captured as the cue.
fn cue(node: &Node) -> Option<&Node> {
    match node {
        Node::Capture(Role::Cue, inner) => Some(inner),
        Node::Capture(_, inner) | Node::Repeat { node: inner, .. } => cue(inner),
        Node::Seq(items) => items.iter().find_map(cue),
        Node::Alt(_) | Node::Unit(_) | Node::Rest | Node::Start | Node::End => None,
    }
}

/// The tests one of which every match must hold, those that seem to hold for the fewest units.
fn anchor(node: &Node, alphabet: &Alphabet) -> Option<Vec<Test>> {
    rarest(node).map(|preds| preds.iter().filter_map(|p| alphabet.test(p)).collect())
}

fn rarest(node: &Node) -> Option<Vec<&Pred>> {
    match node {
        Node::Unit(pred) => (!pred.negated).then(|| vec![pred]),
        Node::Seq(items) => {
            items.iter().filter_map(rarest).min_by_key(|preds| preds.iter().map(|p| breadth(p)).sum::<usize>())
        }
        Node::Alt(branches) => {
            let all: Option<Vec<Vec<&Pred>>> = branches.iter().map(rarest).collect();
            all.map(|preds| preds.concat())
        }
        Node::Repeat { node, min, .. } => (*min > 0).then(|| rarest(node)).flatten(),
        Node::Capture(_, inner) => rarest(inner),
        Node::Rest | Node::Start | Node::End => None,
    }
}

/// How many units a test may hold for: a guess that only decides where rules are tried, never what they find.
fn breadth(pred: &Pred) -> usize {
    let term = |term: &Term| match term {
        Term::Word(_) => 1,
        Term::Tags { all, .. } => (if all.any(tags::FROM_DATA) { 40 } else { 400 }) / all.count().max(1),
    };
    pred.terms.iter().map(term).sum()
}
