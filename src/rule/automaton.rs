//! Chunk patterns → one automaton over class bytes.
//!
//! It is built from the end of each pattern: a state is made when those it goes on to are there. Invariant: of several ways
//! the one written first counts, and of several patterns the first, as in the `regex` crate.

use super::alphabet::{Alphabet, Members};
use super::pattern::{Node, Pred};
use regex_automata::nfa::thompson::{Builder, NFA, Transition};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::StateID;

/// Bytes an automaton may use.
const SIZE_LIMIT: usize = 64 << 20;

/// All bytes a class can begin with, and all it can end with.
const ANY: ((u8, u8), (u8, u8)) = ((0x80, 0xff), (0x00, 0x7f));

/// The automaton of these patterns; none where it would be larger than [`SIZE_LIMIT`]. The alphabet must be closed.
pub fn automaton<'a>(patterns: impl Iterator<Item = &'a Node>, alphabet: &Alphabet) -> Option<NFA> {
    let mut builder = Builder::new();
    builder.set_utf8(false);
    builder.set_size_limit(Some(SIZE_LIMIT)).ok()?;
    let members = (0..).take(alphabet.len()).map(|test| alphabet.members(test)).collect();
    let mut writer = Writer { builder, alphabet, members };
    let mut starts = Vec::new();
    for node in patterns {
        writer.builder.start_pattern().ok()?;
        let end = writer.builder.add_match().ok()?;
        let start = writer.write(node, end)?;
        writer.builder.finish_pattern(start).ok()?;
        starts.push(start);
    }
    let start = writer.builder.add_union(starts).ok()?;
    writer.builder.build(start, start).ok()
}

struct Writer<'a> {
    builder: Builder,
    alphabet: &'a Alphabet,
    /// The classes of each test.
    members: Vec<Vec<Members>>,
}

impl Writer<'_> {
    /// Writes a pattern that goes on to `next`, and gives the state it begins with.
    fn write(&mut self, node: &Node, next: StateID) -> Option<StateID> {
        match node {
            Node::Unit(pred) => self.unit(pred, next),
            Node::Seq(items) => items.iter().rev().try_fold(next, |next, item| self.write(item, next)),
            Node::Alt(branches) => {
                let ways: Option<Vec<StateID>> = branches.iter().map(|branch| self.write(branch, next)).collect();
                self.builder.add_union(ways?).ok()
            }
            Node::Repeat { node, min, max, lazy } => {
                let mut start = next;
                for _ in *min..*max {
                    let once_more = self.write(node, start)?;
                    let ways = if *lazy { vec![next, once_more] } else { vec![once_more, next] };
                    start = self.builder.add_union(ways).ok()?;
                }
                (0..*min).try_fold(start, |next, _| self.write(node, next))
            }
            Node::Rest => {
                let (first, second) = ANY;
                let start = self.builder.add_union(vec![next]).ok()?;
                let end = self.builder.add_range(to(second, start)).ok()?;
                let any = self.builder.add_range(to(first, end)).ok()?;
                self.builder.patch(start, any).ok()?;
                Some(start)
            }
            Node::Capture(_, inner) => self.write(inner, next),
            Node::Start => self.builder.add_look(next, Look::Start).ok(),
            Node::End => self.builder.add_look(next, Look::End).ok(),
        }
    }

    fn unit(&mut self, pred: &Pred, next: StateID) -> Option<StateID> {
        let test = self.alphabet.test(pred)?;
        let mut ways = Vec::new();
        for Members { first, second } in &self.members[test as usize] {
            let end = match second[..] {
                [range] => self.builder.add_range(to(range, next)),
                _ => self.builder.add_sparse(second.iter().map(|range| to(*range, next)).collect()),
            };
            ways.push(to(*first, end.ok()?));
        }
        self.builder.add_sparse(ways).ok()
    }
}

fn to((start, end): (u8, u8), next: StateID) -> Transition {
    Transition { start, end, next }
}
