//! Stages 5 and 6: sentences become lines of units.
//!
//! A unit is a noun phrase, a verb group or a date folded into one (the chunks of `mentions.toml`), a whole quotation, or
//! a word that belongs to none of these. Invariant: the units of a line are sorted, disjoint and cover its tokens; a
//! quotation is one unit in the line around it and has lines of its own inside.

pub mod chunk;
pub mod features;
pub mod line;

use crate::lexicon::LexId;
use crate::lexicon::tags::{self, Tags};
use crate::span::Span;
use crate::token::Token;

/// What patterns see of a text.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// The word, or the word that heads the chunk.
    pub lex: LexId,
    /// Token index of that word.
    pub head: u32,
    /// What the unit is.
    pub tags: Tags,
    /// Whether it is a single word that belongs to no chunk.
    pub word: bool,
    /// The quotation this unit is, if it is one.
    pub quote: Option<u32>,
}

impl Unit {
    /// Where the unit stands. `tokens` are the document's.
    pub fn span(&self, tokens: &[Token]) -> Span {
        tokens[self.first as usize].span.cover(tokens[self.end as usize - 1].span)
    }

    /// Whether it is a word that leads to a complement.
    pub fn is_preposition(&self) -> bool {
        self.word && self.tags.any(tags::PREP | tags::CONTRACTED | tags::PARTICLE)
    }
}

/// A sentence as units, `first..end` of the document's units.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// First unit.
    pub first: u32,
    /// One past the last unit.
    pub end: u32,
    /// The quotation the line stands in, if any.
    pub quote: Option<u32>,
    /// How many quotations it stands in.
    pub depth: u8,
    /// Index of its block.
    pub block: u32,
}

/// Whether a block is the title: the first of several. `lines` are the document's.
pub fn is_title(lines: &[Line], block: u32) -> bool {
    lines.first().is_some_and(|l| l.block == block) && lines.last().is_some_and(|l| l.block > block)
}
