//! Classes: all units that no pattern can tell apart are one class, written as two bytes.
//!
//! Every test that any pattern makes splits the units; what is left together after all tests is a class. A class is a
//! number below 2^14, written as a byte from 0x80 up and a byte below 0x80, so that a regex over such strings can only
//! match at unit borders. Invariant: the classes are closed at load time; reading a text makes none.

use super::pattern::{Pred, Term};
use crate::lexicon::LexId;
use crate::lexicon::tags::Tags;
use rustc_hash::{FxHashMap, FxHashSet};

/// The class of a unit.
pub type Class = u16;

/// Most classes there can be.
pub const MOST_CLASSES: usize = 1 << 14;

/// Tests → classes, while units are being enumerated.
#[derive(Debug, Default)]
pub struct Alphabet {
    preds: Vec<Pred>,
    index: FxHashMap<Pred, usize>,
    /// Tags that some test looks at.
    relevant: Tags,
    /// Words that some test names.
    named: FxHashSet<LexId>,
    signatures: Vec<Box<[u64]>>,
    by_signature: FxHashMap<Box<[u64]>, Class>,
    by_tags: FxHashMap<Tags, Class>,
}

impl Alphabet {
    /// Makes room for a test. All tests must be added before the first [`Alphabet::class`].
    pub fn add(&mut self, pred: &Pred) {
        if self.index.contains_key(pred) {
            return;
        }
        for term in &pred.terms {
            match term {
                Term::Word(id) => {
                    self.named.insert(*id);
                }
                Term::Tags { all, none } => self.relevant |= *all | *none,
            }
        }
        self.index.insert(pred.clone(), self.preds.len());
        self.preds.push(pred.clone());
    }

    /// Tags that some test looks at.
    pub fn relevant(&self) -> Tags {
        self.relevant
    }

    /// Whether a test names this word.
    pub fn names(&self, lex: LexId) -> bool {
        self.named.contains(&lex)
    }

    /// The class of a unit with these tags that is this word, if it is one.
    pub fn class(&mut self, lex: Option<LexId>, tags: Tags) -> Class {
        let tags = tags & self.relevant;
        let lex = lex.filter(|l| self.names(*l));
        if lex.is_none()
            && let Some(&class) = self.by_tags.get(&tags)
        {
            return class;
        }
        let mut signature = vec![0u64; self.preds.len().div_ceil(64)].into_boxed_slice();
        for (i, pred) in self.preds.iter().enumerate() {
            let holds = pred.terms.iter().any(|term| match term {
                Term::Word(id) => lex == Some(*id),
                Term::Tags { all, none } => tags.has(*all) && !tags.any(*none),
            });
            if holds != pred.negated {
                signature[i / 64] |= 1 << (i % 64);
            }
        }
        let next = self.signatures.len() as Class;
        let class = *self.by_signature.entry(signature).or_insert_with_key(|s| {
            self.signatures.push(s.clone());
            next
        });
        if lex.is_none() {
            self.by_tags.insert(tags, class);
        }
        class
    }

    /// How many classes there are so far.
    pub fn len(&self) -> usize {
        self.signatures.len()
    }

    /// Whether there is no class yet.
    pub fn is_empty(&self) -> bool {
        self.signatures.is_empty()
    }

    /// The classes a test holds for, in order.
    pub fn members(&self, pred: &Pred) -> Vec<Class> {
        let Some(&i) = self.index.get(pred) else { return Vec::new() };
        let holds = |s: &[u64]| s[i / 64] >> (i % 64) & 1 == 1;
        (0..self.signatures.len()).filter(|&c| holds(&self.signatures[c])).map(|c| c as Class).collect()
    }
}

/// Writes a class as its two bytes.
pub fn write(class: Class, out: &mut Vec<u8>) {
    out.push(0x80 | (class >> 7) as u8);
    out.push((class & 0x7f) as u8);
}

/// A regex source for any one of these classes.
pub fn regex_of(classes: &[Class]) -> String {
    use std::fmt::Write;
    if classes.is_empty() {
        // Holds for no unit of this language: a regex that cannot match.
        return r"[^\x00-\xff]".to_string();
    }
    let mut out = String::from("(?:");
    for (i, group) in classes.chunk_by(|a, b| a >> 7 == b >> 7).enumerate() {
        let bar = if i > 0 { "|" } else { "" };
        let _ = write!(out, "{bar}\\x{:02x}[", 0x80 | (group[0] >> 7));
        for run in group.chunk_by(|a, b| a + 1 == *b) {
            let (first, last) = (run[0] & 0x7f, run[run.len() - 1] & 0x7f);
            let _ = write!(out, "\\x{first:02x}-\\x{last:02x}");
        }
        out.push(']');
    }
    out.push(')');
    out
}
