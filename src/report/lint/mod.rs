//! The findings of a policy, in the formats that editors, build servers and review tools read. One file per format.
//!
//! Invariant: pure functions of documents and codes; nothing is decided here but how a finding is written. Spans are
//! bytes of the file's text, and [`position`] alone turns them into what a format counts. The JSON of findings is part of
//! the report's own, [`super::json`].

pub mod checkstyle;
pub mod github;
pub mod junit;
mod line_hash;
pub mod position;
pub mod rdjsonl;
mod runner;
pub mod sarif;
mod sarif_schema;
pub mod short;
#[cfg(feature = "cli")]
pub mod terminal;
mod xml;

use crate::policy::finding::{Finding, Severity};
use crate::statement::Analysis;

/// A document and what the policy says about it.
#[derive(Clone, Debug)]
pub struct Checked<'a> {
    /// The file, as the user named it; `/` between folders.
    pub path: &'a str,
    /// The file's text, decoded.
    pub text: &'a str,
    /// What it says; its spans are bytes of `text`.
    pub analysis: &'a Analysis,
    /// What the policy says, in the order to be reported; their spans are bytes of `text`.
    pub findings: Vec<Finding>,
}

/// What a report tells of a code, in plain text.
#[derive(Clone, Copy, Debug)]
pub struct Described<'a> {
    /// The code.
    pub code: &'a str,
    /// What it finds, in one line.
    pub summary: &'a str,
    /// What exactly it finds.
    pub what: &'a str,
    /// Why that matters.
    pub why: &'a str,
    /// What to do about it.
    pub todo: &'a str,
    /// The rules of the craft it rests on; empty where there are none.
    pub standard: &'a str,
    /// How much its findings weigh, where nothing else is said.
    pub severity: Severity,
}

/// A path without `./` before it, as tools name the files of a repository.
fn from_root(path: &str) -> &str {
    path.strip_prefix("./").map_or(path, |rest| rest.trim_start_matches('/'))
}
