//! Stage 10: statements × configuration → findings.
//!
//! Invariant: only here does a statement get a severity, and only from the policy and the settings; the analysis knows none.

pub mod finding;
pub mod settings;
