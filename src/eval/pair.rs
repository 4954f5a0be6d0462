//! Which annotated statement is which found one.
//!
//! Invariant: every statement is in at most one pair; better pairs are made first, so the pairing depends on the two lists
//! and nothing else.

use crate::span::Span;
use crate::text::lines::LineIndex;

/// Least overlap of two contents that makes a pair, where the cues do not.
const OVERLAP: f64 = 0.5;
/// Least overlap of two contents whose cues overlap.
const OVERLAP_BY_CUE: f64 = 0.25;

/// A set of code points of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Points(Vec<(u32, u32)>);

impl Points {
    /// The code points that these spans cover, each once.
    pub fn of(index: &LineIndex<'_>, spans: impl IntoIterator<Item = Span>) -> Points {
        let mut all: Vec<(u32, u32)> =
            spans.into_iter().map(|s| (index.code_point(s.start), index.code_point(s.end))).collect();
        all.sort_unstable();
        all.dedup_by(|next, last| {
            let joins = next.0 <= last.1;
            last.1 = if joins { last.1.max(next.1) } else { last.1 };
            joins
        });
        Points(all)
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        self.0.iter().map(|(start, end)| end - start).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many are in both sets.
    pub fn common(&self, other: &Points) -> u32 {
        let shared = |a: &(u32, u32), b: &(u32, u32)| a.1.min(b.1).saturating_sub(a.0.max(b.0));
        self.0.iter().map(|a| other.0.iter().map(|b| shared(a, b)).sum::<u32>()).sum()
    }

    /// Dice coefficient: 1 for equal sets (two empty ones too), 0 for sets without a common point.
    pub fn dice(&self, other: &Points) -> f64 {
        let all = self.len() + other.len();
        if all == 0 { 1.0 } else { f64::from(2 * self.common(other)) / f64::from(all) }
    }
}

/// Where a statement stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// What is claimed.
    pub content: Points,
    /// The words that say it is reported.
    pub cue: Points,
    /// Who it is put on.
    pub source: Points,
}

impl Place {
    /// The place of a statement with these spans.
    pub fn new(index: &LineIndex<'_>, content: &[Span], cue: Option<Span>, source: Option<Span>) -> Place {
        let points = |spans: &[Span]| Points::of(index, spans.iter().copied());
        Place { content: points(content), cue: points(cue.as_slice()), source: points(source.as_slice()) }
    }
}

/// An annotated statement and the found one that stands for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Index of the annotated one.
    pub gold: usize,
    /// Index of the found one.
    pub found: usize,
    /// Dice coefficient of the contents.
    pub dice: f64,
}

/// Pairs the annotated statements of a document with the found ones, best overlap of content and cue first.
pub fn pairs(gold: &[Place], found: &[Place]) -> Vec<Pair> {
    let mut candidates: Vec<(f64, Pair)> = Vec::new();
    for (g, wanted) in gold.iter().enumerate() {
        for (f, place) in found.iter().enumerate() {
            let dice =
                if wanted.content.common(&place.content) == 0 { 0.0 } else { wanted.content.dice(&place.content) };
            let same_cue = wanted.cue.common(&place.cue) > 0;
            if dice >= OVERLAP || (same_cue && dice >= OVERLAP_BY_CUE) {
                candidates.push((dice + f64::from(u8::from(same_cue)), Pair { gold: g, found: f, dice }));
            }
        }
    }
    candidates.sort_by(|(a, p), (b, q)| b.total_cmp(a).then((p.gold, p.found).cmp(&(q.gold, q.found))));
    let (mut gold_free, mut found_free) = (vec![true; gold.len()], vec![true; found.len()]);
    candidates.retain(|(_, p)| {
        let free = gold_free[p.gold] && found_free[p.found];
        if free {
            (gold_free[p.gold], found_free[p.found]) = (false, false);
        }
        free
    });
    candidates.into_iter().map(|(_, pair)| pair).collect()
}
