//! Rules: from the files a journalist writes to the programs the analysis runs.
//!
//! file (as written) → entry, scope, parse (a pattern) → alphabet (tests of units) → compile (programs), automaton
//! (one for the chunks) → [`set::Rules`]; load calls them in this order.
//! Invariant: `Rules` is immutable and shared by all workers; loading reports every mistake at once.

pub mod alphabet;
mod automaton;
pub mod check;
pub mod compile;
mod entry;
pub mod examples;
pub mod file;
pub mod load;
pub mod parse;
pub mod pattern;
pub mod presence;
pub mod program;
pub mod rows;
pub mod scope;
pub mod set;
pub mod steps;
pub mod trace;
