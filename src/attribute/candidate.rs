//! What a rule found, before it is weighed against what others found.

use crate::span::Span;
use crate::unit::Unit;

/// A stretch of units, `first..end` of the document's units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First unit.
    pub first: u32,
    /// One past the last unit.
    pub end: u32,
}

impl Stretch {
    /// The units of the stretch.
    pub fn of(self, units: &[Unit]) -> &[Unit] {
        &units[self.first as usize..self.end as usize]
    }
}

/// Cue, source and content as one rule found them.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Number of the rule; smaller numbers have priority.
    pub rule: u16,
    /// Index of the line.
    pub line: u32,
    /// The cue's units; none for a quotation without a cue.
    pub cue: Option<Stretch>,
    /// The source's units, where the rule captured one.
    pub source: Option<Stretch>,
    /// Where the cue stands in the text.
    pub cue_span: Option<Span>,
    /// Where the source stands in the text.
    pub source_span: Option<Span>,
    /// What is claimed, in text order; never empty.
    pub content: Vec<Span>,
    /// Whether the report interrupts the quotation it stands in.
    pub aside: bool,
    /// Whether it is an answer of an interview.
    pub answer: bool,
}

impl Candidate {
    /// The smallest span that covers the whole content.
    pub fn extent(&self) -> Span {
        self.content[0].cover(self.content[self.content.len() - 1])
    }
}
