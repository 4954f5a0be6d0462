//! Stage 8: who speaks, through whom, and who publishes.
//!
//! Invariant: nothing looks past its document; a pronoun with no antecedent gets no invented speaker.

pub mod antecedent;
mod credit;
mod description;
mod document;
mod floating;
pub mod names;
pub mod outlet;
pub mod relay;
pub mod roster;
mod several;
pub mod speaker;
mod voice;

use crate::attribute::trim::Context;
use crate::unit::Line;

/// What resolving reads of a document.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The document.
    pub cx: &'a Context<'a>,
    /// Its sentences as units.
    pub lines: &'a [Line],
    /// Whom it names.
    pub roster: &'a roster::Roster,
}

impl Scene<'_> {
    /// The line a unit stands in.
    pub fn line_of(&self, unit: u32) -> &Line {
        &self.lines[self.lines.partition_point(|l| l.first <= unit).saturating_sub(1)]
    }
}
