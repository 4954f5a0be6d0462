//! Stage 11: reports. One file per format.
//!
//! Invariant: reporters know no rules and decide nothing; text from an article is data in every one of them.

pub mod json;
pub mod lint;
pub mod plain;
#[cfg(feature = "cli")]
pub mod table;
#[cfg(feature = "cli")]
pub mod tally;
