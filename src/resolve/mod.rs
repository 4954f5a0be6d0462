//! Stage 8: who speaks, through whom, and who publishes.
//!
//! Invariant: nothing looks past its document; a pronoun with no antecedent gets no invented speaker.

pub mod antecedent;
pub mod outlet;
pub mod roster;
pub mod speaker;
