//! What every test says about the units a text holds, computed once per kind of unit.
//!
//! Units that are the same word, or have the same tags as far as any test looks, are one class; a class is a row of bits,
//! one per test. Rows are made when a text first needs them and kept for the next text. Invariant: a row depends on the
//! rules alone, so it does not matter which text made it first.

use super::alphabet::Test;
use super::set::{RuleSet, Rules};
use crate::lexicon::LexId;
use crate::lexicon::tags::Tags;
use rustc_hash::FxHashMap;

/// The number of a row.
pub type Row = u32;

/// The rows made so far, for one set of rules.
#[derive(Debug, Default)]
pub struct Rows {
    width: usize,
    bits: Vec<u64>,
    gates: Vec<RuleSet>,
    known: FxHashMap<(Option<LexId>, Tags), Row>,
    /// The rules the rows belong to, by the number that [`Rules`] carry.
    of: u64,
}

impl Rows {
    /// Forgets rows that other rules made.
    pub fn belong_to(&mut self, rules: &Rules) {
        if self.of != rules.number {
            *self = Rows { width: rules.tests.words(), of: rules.number, ..Rows::default() };
        }
    }

    /// The row of a unit. `lex`: the word it is, if it is a single word.
    pub fn row(&mut self, rules: &Rules, lex: Option<LexId>, tags: Tags) -> Row {
        let key = rules.tests.key(lex, tags);
        if let Some(&row) = self.known.get(&key) {
            return row;
        }
        let signature = rules.tests.of(key.0, key.1);
        let row = self.gates.len() as Row;
        self.bits.extend_from_slice(&signature);
        let mut gate = RuleSet::default();
        for (number, rule) in rules.rules.iter().enumerate() {
            if rule.compiled.anchor.iter().any(|&test| bit(&signature, test)) {
                gate[number / 64] |= 1 << (number % 64);
            }
        }
        self.gates.push(gate);
        self.known.insert(key, row);
        row
    }

    /// Whether a test holds for the units of a row.
    #[inline]
    pub fn holds(&self, row: Row, test: Test) -> bool {
        bit(self.of_row(row), test)
    }

    /// Whether one of these tests, given as a row of bits, holds for the units of a row.
    pub fn holds_any(&self, row: Row, tests: &[u64]) -> bool {
        self.of_row(row).iter().zip(tests).any(|(held, asked)| held & asked != 0)
    }

    /// Adds the tests that hold for a row to those that hold for some unit of a line.
    pub fn add_to(&self, row: Row, held: &mut Vec<u64>) {
        held.resize(self.width, 0);
        held.iter_mut().zip(self.of_row(row)).for_each(|(h, b)| *h |= b);
    }

    fn of_row(&self, row: Row) -> &[u64] {
        let start = row as usize * self.width;
        &self.bits[start..start + self.width]
    }

    /// The rules that a unit of this row lets try.
    pub fn gate(&self, row: Row) -> &RuleSet {
        &self.gates[row as usize]
    }
}

/// Whether a test is among those a signature says hold.
#[inline]
pub fn bit(signature: &[u64], test: Test) -> bool {
    signature[test as usize / 64] << (test % 64) >> 63 == 1
}

/// Adds a test to those a signature says hold.
pub fn set(signature: &mut [u64], test: Test) {
    signature[test as usize / 64] |= 1 << (63 - test % 64);
}
