//! Stage 10: statements × configuration → findings.
//!
//! Read [`check::judge`] first. Invariant: only here does a statement get a severity, and only from the policy and the
//! settings; the analysis knows none.

mod articles;
pub mod baseline;
pub mod book;
pub mod changed;
pub mod check;
mod doubts;
pub mod examples;
pub mod finding;
mod quotes;
pub mod settings;
mod sources;
pub mod suppress;
pub mod view;
mod wording;
