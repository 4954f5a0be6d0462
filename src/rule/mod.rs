//! Rules: from the files a journalist writes to the automata the analysis runs.
//!
//! file (as written) → pattern (parsed) → alphabet (tests of units) → compile (programs, one regex for the chunks) →
//! [`load::Rules`].
//! Invariant: `Rules` is immutable and shared by all workers; loading reports every mistake at once.

pub mod alphabet;
pub mod check;
pub mod compile;
pub mod examples;
pub mod file;
pub mod load;
pub mod pattern;
pub mod presence;
pub mod program;
pub mod rows;
pub mod steps;
pub mod trace;
