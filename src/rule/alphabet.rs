//! Classes: all units that no pattern can tell apart are one class, written as two bytes.
//!
//! Every test that any pattern makes splits the units; what is left together after all tests is a class. A class is a
//! number below 2^14, written as a byte from 0x80 up and a byte below 0x80, so that an automaton over such strings can only
//! match at unit borders. Invariant: the classes are closed at load time; reading a text makes none.

use super::pattern::{Pred, Term};
use crate::lexicon::LexId;
use crate::lexicon::tags::{self, Tags};
use rustc_hash::FxHashMap;

/// The class of a unit.
pub type Class = u16;

/// Most classes there can be.
pub const MOST_CLASSES: usize = 1 << 14;

/// Most tests of tags there can be.
pub const MOST_TESTS: usize = 512;

/// One bit per test of tags: whether it holds.
type Held = [u64; MOST_TESTS / 64];

/// One bit per test, from the highest bit of the first word on: whether it holds.
type Signature = Box<[u64]>;

/// The tests of all patterns, and the classes they make.
#[derive(Debug)]
pub struct Alphabet {
    /// The tests, by number: those that patterns make most often first.
    index: FxHashMap<Pred, usize>,
    /// For each word that some test names, the tests that do, one bit each.
    named: FxHashMap<LexId, Signature>,
    /// Which tests are negated.
    negated: Signature,
    /// For each test, the tests of tags one of which must hold.
    asked: Vec<Held>,
    /// Tags that some test looks at.
    relevant: Tags,
    /// How many tests of tags the preds are made of.
    tests: usize,
    /// For four tags at a time and each way to have them: which tests of tags they do not fail.
    nibbles: Vec<(usize, [Held; 16])>,
    signatures: Vec<Signature>,
    by_signature: FxHashMap<Signature, Class>,
    /// The classes of units that are no named word, by the tests of tags that hold.
    by_held: FxHashMap<Held, Class>,
    /// The same by their tags, for the few sets of tags that words have.
    by_tags: FxHashMap<Tags, Class>,
}

/// The number of a test in an alphabet.
pub type Test = u32;

impl Alphabet {
    /// The alphabet of these tests, which may come several times. No class is made yet.
    pub fn new<'a>(tests: impl Iterator<Item = &'a Pred>) -> Alphabet {
        let mut counts: FxHashMap<&Pred, usize> = FxHashMap::default();
        let mut first: Vec<&Pred> = Vec::new();
        for pred in tests {
            let count = counts.entry(pred).or_insert(0);
            if *count == 0 {
                first.push(pred);
            }
            *count += 1;
        }
        first.sort_by_key(|p| std::cmp::Reverse(counts[p]));
        let preds: Vec<Pred> = first.into_iter().cloned().collect();
        let all_terms = || preds.iter().flat_map(|p| p.terms.iter());
        let mut of_tags: Vec<(Tags, Tags)> = all_terms().filter_map(of_tags).collect();
        of_tags.sort();
        of_tags.dedup();
        let relevant = of_tags.iter().fold(Tags::NONE, |sum, (all, none)| sum | *all | *none);
        let none: Signature = vec![0; preds.len().div_ceil(64)].into();
        let mut named: FxHashMap<LexId, Signature> = FxHashMap::default();
        let mut negated = none.clone();
        let mut asked = vec![Held::default(); preds.len()];
        for (i, pred) in preds.iter().enumerate() {
            let bit = 1 << (63 - i % 64);
            negated[i / 64] |= if pred.negated { bit } else { 0 };
            for term in pred.terms.iter() {
                match term {
                    Term::Word(id) => named.entry(*id).or_insert_with(|| none.clone())[i / 64] |= bit,
                    Term::Tags { all, none } => {
                        let test = of_tags.partition_point(|t| *t < (*all, *none)).min(MOST_TESTS - 1);
                        asked[i][test / 64] |= 1 << (test % 64);
                    }
                }
            }
        }
        Alphabet {
            index: preds.into_iter().zip(0..).collect(),
            nibbles: nibbles(&of_tags, relevant),
            tests: of_tags.len(),
            named,
            negated,
            asked,
            relevant,
            signatures: Vec::new(),
            by_signature: FxHashMap::default(),
            by_held: FxHashMap::default(),
            by_tags: FxHashMap::default(),
        }
    }

    /// How many tests of tags there are; more than [`MOST_TESTS`] cannot be told apart.
    pub fn tests(&self) -> usize {
        self.tests
    }

    /// The words that some test names.
    pub fn named(&self) -> Vec<LexId> {
        self.named.keys().copied().collect()
    }

    /// The class of a unit with these tags that is this word, if it is one; made if it is new.
    pub fn class(&mut self, lex: Option<LexId>, tags: Tags) -> Class {
        let tags = tags & self.relevant;
        if let Some(named) = lex.and_then(|l| self.named.get(&l)) {
            return self.of_signature(self.signature(Some(named), &self.held(tags)));
        }
        if let Some(&class) = self.by_tags.get(&tags) {
            return class;
        }
        let class = self.of_tags(tags);
        self.by_tags.insert(tags, class);
        class
    }

    /// The class of a unit with these tags that is no named word; made if it is new.
    fn of_tags(&mut self, tags: Tags) -> Class {
        let held = self.held(tags);
        if let Some(&class) = self.by_held.get(&held) {
            return class;
        }
        let class = self.of_signature(self.signature(None, &held));
        self.by_held.insert(held, class);
        class
    }

    fn of_signature(&mut self, signature: Signature) -> Class {
        let next = self.signatures.len() as Class;
        *self.by_signature.entry(signature).or_insert_with_key(|s| {
            self.signatures.push(s.clone());
            next
        })
    }

    /// Ends the making of classes and numbers them anew: those that hold for the same tests stand together, which
    /// keeps automata small. Gives the new number of each class.
    pub fn close(&mut self) -> Vec<Class> {
        let mut order: Vec<Class> = (0..self.signatures.len() as Class).collect();
        order.sort_by(|a, b| gray(&self.signatures[*a as usize], &self.signatures[*b as usize]));
        let mut renamed = vec![0; order.len()];
        for (new, &old) in (0..).zip(&order) {
            renamed[old as usize] = new;
        }
        self.signatures = order.iter().map(|&old| std::mem::take(&mut self.signatures[old as usize])).collect();
        self.by_signature = FxHashMap::default();
        self.by_held = FxHashMap::default();
        self.by_tags = FxHashMap::default();
        renamed
    }

    /// The number of a test that some pattern makes.
    pub fn test(&self, pred: &Pred) -> Option<Test> {
        self.index.get(pred).map(|&i| i as Test)
    }

    /// How many words of 64 bits a signature has.
    pub fn words(&self) -> usize {
        self.negated.len()
    }

    /// What tells a unit apart: the word it is, if some test names it, and the tags that some test looks at.
    pub fn key(&self, lex: Option<LexId>, tags: Tags) -> (Option<LexId>, Tags) {
        (lex.filter(|l| self.named.contains_key(l)), tags & self.relevant)
    }

    /// Which tests hold for a unit: bit 63 of the first word is the first test.
    pub fn of(&self, lex: Option<LexId>, tags: Tags) -> Box<[u64]> {
        self.signature(lex.and_then(|l| self.named.get(&l)), &self.held(tags))
    }

    /// How many tests patterns make.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether patterns make no test.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The classes a test holds for, in order, as they are written. The alphabet must be closed.
    pub fn members(&self, test: Test) -> Vec<Members> {
        let (word, bit) = (test as usize / 64, 1 << (63 - test % 64));
        let mut members: Vec<Members> = Vec::new();
        for class in (0..).zip(&self.signatures).filter(|(_, s)| s[word] & bit != 0).map(|(class, _)| class) {
            let (first, second) = bytes(class);
            match members.last_mut() {
                Some(group) if group.first == (first, first) => match group.second.last_mut() {
                    Some((_, end)) if *end + 1 == second => *end = second,
                    _ => group.second.push((second, second)),
                },
                _ => members.push(Members { first: (first, first), second: vec![(second, second)] }),
            }
        }
        members.dedup_by(|next, group| {
            let same = group.first.1 + 1 == next.first.0 && group.second == next.second;
            if same {
                group.first.1 = next.first.1;
            }
            same
        });
        members
    }

    fn held(&self, tags: Tags) -> Held {
        self.nibbles.iter().fold([u64::MAX; MOST_TESTS / 64], |held, (from, table)| {
            let not_failed = &table[tags.four(*from)];
            std::array::from_fn(|word| held[word] & not_failed[word])
        })
    }

    /// Which tests hold for a unit, given the tests of tags that do and the tests that name it.
    fn signature(&self, named: Option<&Signature>, held: &Held) -> Signature {
        let mut signature = self.negated.clone();
        for (i, asked) in self.asked.iter().enumerate() {
            let by_name = named.is_some_and(|n| n[i / 64] << (i % 64) >> 63 == 1);
            let holds = by_name || asked.iter().zip(held).any(|(a, h)| a & h != 0);
            signature[i / 64] ^= u64::from(holds) << (63 - i % 64);
        }
        signature
    }
}

/// A term that tests tags: all of these, none of those.
fn of_tags(term: &Term) -> Option<(Tags, Tags)> {
    match *term {
        Term::Tags { all, none } => Some((all, none)),
        Term::Word(_) => None,
    }
}

fn nibbles(tests: &[(Tags, Tags)], relevant: Tags) -> Vec<(usize, [Held; 16])> {
    let fours = (0..tags::MOST).step_by(4).filter(|from| relevant.four(*from) != 0);
    let table = |from: usize| {
        let mut table = [[u64::MAX; MOST_TESTS / 64]; 16];
        for (i, (all, none)) in tests.iter().enumerate().take(MOST_TESTS) {
            let (all, none) = (all.four(from), none.four(from));
            if all | none == 0 {
                continue;
            }
            for (have, held) in (0..16).zip(&mut table) {
                held[i / 64] &= !(u64::from(all & have != all || none & have != 0) << (i % 64));
            }
        }
        (from, table)
    };
    fours.map(table).collect()
}

/// Compares signatures as Gray codes: from one to the next, few of the first bits change.
fn gray(a: &[u64], b: &[u64]) -> std::cmp::Ordering {
    let mut odd = false;
    for (x, y) in a.iter().zip(b) {
        if x != y {
            let at = (x ^ y).leading_zeros();
            let before = if at == 0 { 0 } else { (x >> (64 - at)).count_ones() };
            let flipped = odd ^ (before % 2 == 1);
            let greater = (x >> (63 - at) & 1 == 1) ^ flipped;
            return if greater { std::cmp::Ordering::Greater } else { std::cmp::Ordering::Less };
        }
        odd ^= x.count_ones() % 2 == 1;
    }
    std::cmp::Ordering::Equal
}

/// Classes as they are written: any first byte from … to …, then any second byte in one of these ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    /// First bytes.
    pub first: (u8, u8),
    /// Second bytes, in order.
    pub second: Vec<(u8, u8)>,
}

fn bytes(class: Class) -> (u8, u8) {
    (0x80 | (class >> 7) as u8, (class & 0x7f) as u8)
}

/// Writes a class as its two bytes.
pub fn write(class: Class, out: &mut Vec<u8>) {
    let (first, second) = bytes(class);
    out.extend([first, second]);
}
