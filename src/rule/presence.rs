//! A quick look before a rule is run: are the units it cannot do without there, in this order?
//!
//! Invariant: a necessary condition only. Where [`Need::after`] finds nothing, the pattern cannot match; where it finds
//! something, the program decides. One pass over the line per unit the pattern asks for, no allocation; and no pass at
//! all for a sequence of which some unit is nowhere in the line. « A, or B behind A » needs A alone, so phrases with many
//! branches ask for little.

use super::alphabet::{Alphabet, Test};
use super::pattern::Node;
use super::rows::{Row, Rows, bit, set};

/// What a pattern needs, optional parts and distances left out.
#[derive(Debug)]
pub enum Need {
    /// One unit for which this test holds.
    Unit(Test),
    /// One unit for which one of these holds, as a row of bits.
    Any(Box<[u64]>),
    /// One after the other; the tests of the units among them are asked of the whole line first.
    Seq(Vec<Need>, Vec<Test>),
    /// One or the other.
    Alt(Vec<Need>),
}

/// A line as far as needs look at it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The rows of all lines.
    pub rows: &'a Rows,
    /// The row of each unit.
    pub line: &'a [Row],
    /// The tests that hold for some unit.
    pub held: &'a [u64],
}

impl Need {
    /// What a pattern needs.
    pub fn new(node: &Node, alphabet: &Alphabet) -> Need {
        match node {
            Node::Unit(pred) => alphabet.test(pred).map_or(Need::nothing(), Need::Unit),
            Node::Seq(items) => {
                let needs = items.iter().map(|n| Need::new(n, alphabet)).filter(|n| !n.is_nothing());
                let mut needs: Vec<Need> = needs.collect();
                if needs.len() == 1 { needs.remove(0) } else { Need::in_order(needs) }
            }
            Node::Alt(branches) => {
                let needs: Vec<Need> = branches.iter().map(|n| Need::new(n, alphabet)).collect();
                if needs.iter().any(Need::is_nothing) { Need::nothing() } else { Need::one_of(needs, alphabet) }
            }
            Node::Repeat { node, min, .. } if *min > 0 => Need::new(node, alphabet),
            Node::Capture(_, node) => Need::new(node, alphabet),
            Node::Repeat { .. } | Node::Rest | Node::Start | Node::End => Need::nothing(),
        }
    }

    fn nothing() -> Need {
        Need::Seq(Vec::new(), Vec::new())
    }

    /// One of several. Single units become one need; a branch that asks for one of them and for more asks for nothing new.
    fn one_of(needs: Vec<Need>, alphabet: &Alphabet) -> Need {
        let mut units: Box<[u64]> = vec![0; alphabet.words()].into();
        let mut rest = Vec::new();
        let mut todo = needs;
        while let Some(need) = todo.pop() {
            match need {
                Need::Unit(test) => set(&mut units, test),
                Need::Any(tests) => units.iter_mut().zip(&tests).for_each(|(u, t)| *u |= t),
                Need::Alt(branches) => todo.extend(branches),
                Need::Seq(..) => rest.push(need),
            }
        }
        let known = |need: &Need| match need {
            Need::Unit(test) => bit(&units, *test),
            Need::Any(tests) => units.iter().zip(tests).all(|(u, t)| t & !u == 0),
            _ => false,
        };
        rest.retain(|need| !matches!(need, Need::Seq(items, _) if items.iter().any(known)));
        if units.iter().any(|&u| u != 0) {
            rest.push(Need::Any(units));
        }
        if rest.len() == 1 { rest.remove(0) } else { Need::Alt(rest) }
    }

    fn in_order(needs: Vec<Need>) -> Need {
        let test = |need: &Need| if let Need::Unit(test) = need { Some(*test) } else { None };
        let tests = needs.iter().filter_map(test).collect();
        Need::Seq(needs, tests)
    }

    fn is_nothing(&self) -> bool {
        matches!(self, Need::Seq(items, _) if items.is_empty())
    }

    /// Where the line goes on behind the first place among its units `from..until` that has what is needed.
    pub fn after(&self, view: View<'_>, from: usize, until: usize) -> Option<usize> {
        match self {
            Need::Unit(test) => {
                let there = bit(view.held, *test).then(|| view.line.get(from..until)).flatten()?;
                there.iter().position(|&row| view.rows.holds(row, *test)).map(|i| from + i + 1)
            }
            Need::Any(tests) => {
                let held = view.held.iter().zip(tests).any(|(h, t)| h & t != 0);
                let there = held.then(|| view.line.get(from..until)).flatten()?;
                there.iter().position(|&row| view.rows.holds_any(row, tests)).map(|i| from + i + 1)
            }
            Need::Seq(items, tests) => {
                let all = tests.iter().all(|&test| bit(view.held, test));
                all.then(|| items.iter().try_fold(from, |at, need| need.after(view, at, until))).flatten()
            }
            Need::Alt(branches) => branches.iter().fold(None, |best: Option<usize>, need| {
                // Only what is there sooner counts.
                need.after(view, from, best.map_or(until, |end| end - 1)).or(best)
            }),
        }
    }
}
