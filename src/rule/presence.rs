//! A quick look before a rule is run: are the units it cannot do without there, in this order?
//!
//! Invariant: a necessary condition only. Where [`Need::after`] finds nothing, the pattern cannot match; where it finds
//! something, the program decides. One pass over the line per unit the pattern asks for, no allocation.

use super::alphabet::{Alphabet, Test};
use super::pattern::Node;
use super::rows::{Row, Rows, bit};

/// What a pattern needs, optional parts and distances left out.
#[derive(Debug)]
pub enum Need {
    /// One unit for which this test holds.
    Unit(Test),
    /// One after the other.
    Seq(Vec<Need>),
    /// One or the other.
    Alt(Vec<Need>),
}

impl Need {
    /// What a pattern needs.
    pub fn new(node: &Node, alphabet: &Alphabet) -> Need {
        match node {
            Node::Unit(pred) => alphabet.test(pred).map_or(Need::Seq(Vec::new()), Need::Unit),
            Node::Seq(items) => {
                let needs = items.iter().map(|n| Need::new(n, alphabet)).filter(|n| !n.is_nothing());
                let mut needs: Vec<Need> = needs.collect();
                if needs.len() == 1 { needs.remove(0) } else { Need::Seq(needs) }
            }
            Node::Alt(branches) => {
                let needs: Vec<Need> = branches.iter().map(|n| Need::new(n, alphabet)).collect();
                if needs.iter().any(Need::is_nothing) { Need::Seq(Vec::new()) } else { Need::Alt(needs) }
            }
            Node::Repeat { node, min, .. } if *min > 0 => Need::new(node, alphabet),
            Node::Capture(_, node) => Need::new(node, alphabet),
            Node::Repeat { .. } | Node::Rest | Node::Start | Node::End => Need::Seq(Vec::new()),
        }
    }

    fn is_nothing(&self) -> bool {
        matches!(self, Need::Seq(items) if items.is_empty())
    }

    /// Whether what is needed is in a line at all, in whatever order. `held`: the tests that hold for some unit of it.
    pub fn among(&self, held: &[u64]) -> bool {
        match self {
            Need::Unit(test) => bit(held, *test),
            Need::Seq(items) => items.iter().all(|need| need.among(held)),
            Need::Alt(branches) => branches.iter().any(|need| need.among(held)),
        }
    }

    /// Where the line goes on behind the first place that has what is needed, from unit `from` on.
    pub fn after(&self, rows: &Rows, line: &[Row], from: usize) -> Option<usize> {
        match self {
            Need::Unit(test) => line[from..].iter().position(|&c| rows.holds(c, *test)).map(|i| from + i + 1),
            Need::Seq(items) => items.iter().try_fold(from, |at, need| need.after(rows, line, at)),
            Need::Alt(branches) => branches.iter().filter_map(|need| need.after(rows, line, from)).min(),
        }
    }
}
