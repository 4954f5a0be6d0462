//! The rules of a language as the analysis uses them.
//!
//! Invariant: plain data, made by [`load`](super::load::load) alone, never changed afterwards.

use super::alphabet::Alphabet;
use super::compile::Compiled;
use super::examples;
use super::pattern::Node;
use crate::lexicon::Lexicon;
use crate::unit::chunk::Chunker;
use regex::RegexSet;

/// What a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Finds statements.
    Statement,
    /// Forbids a match.
    Shield,
    /// Finds a relay.
    Relay,
}

/// What a rule says about the status of what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusRule {
    /// The kind of source decides.
    BySource,
    /// Always sourced.
    Sourced,
    /// Always anonymous.
    Anonymous,
    /// Always unverified.
    Unverified,
}

/// How far the claim of a rule reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// As far as the pattern captured it.
    Captured,
    /// Back to the beginning of its block.
    BlockStart,
    /// On to the end of its block.
    BlockEnd,
    /// What the pattern captures points back; the claim is the sentence before.
    Before,
    /// What the pattern captures is a question of an interview; the claim is the answer behind it.
    Answer,
}

/// A rule ready to run.
#[derive(Debug)]
pub struct Rule {
    /// Full id: language, file and name, e.g. `fr/selon/opening`.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// One line.
    pub summary: String,
    /// Why, and what it is not.
    pub explain: String,
    /// The pattern as written.
    pub pattern: String,
    /// The pattern, compiled.
    pub compiled: Compiled,
    /// The pattern, parsed: for tracing.
    pub node: Node,
    /// Status of what it finds.
    pub status: StatusRule,
    /// See [`RuleEntry::borrow`](super::file::RuleEntry::borrow).
    pub borrow: bool,
    /// See [`RuleEntry::incise`](super::file::RuleEntry::incise).
    pub incise: bool,
    /// See [`RuleEntry::reach`](super::file::RuleEntry::reach).
    pub reach: Reach,
    /// See [`RuleEntry::weak`](super::file::RuleEntry::weak).
    pub weak: bool,
    /// Its tests.
    pub examples: Vec<examples::Example>,
}

/// A set of rules by number.
pub type RuleSet = [u64; 4];
/// Most rules there can be.
pub(super) const MOST_RULES: usize = 256;

/// A language's rules, compiled. Shared by all workers.
#[derive(Debug)]
pub struct Rules {
    /// Language code.
    pub language: String,
    /// The words.
    pub lexicon: Lexicon,
    /// Finds chunks.
    pub chunker: Chunker,
    /// The tests that the rules make of units.
    pub tests: Alphabet,
    /// Knows blocks that are no part of the article.
    pub furniture: RegexSet,
    /// All rules, by priority.
    pub rules: Vec<Rule>,
    /// Tells one set of rules from another within a process: buffers filled for one serve no other.
    pub(crate) number: u64,
}

impl Rules {
    /// A rule by its full id.
    pub fn by_id(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id == id)
    }
}
