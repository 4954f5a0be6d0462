//! A rule file as it is written (`rules/<language>/*.toml`).
//!
//! Invariant: this is the file's shape and nothing more; meaning is given in [`super::load`].

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// `pack.toml`: what a language is made of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// Language code (BCP 47).
    pub language: String,
    /// What is cut off before a word, with its apostrophe.
    pub elisions: Vec<String>,
    /// Pronouns that can follow a verb and a hyphen.
    pub inverted: Vec<String>,
    /// Marks that a gap never crosses.
    pub barriers: Vec<String>,
    /// Regular expressions of blocks that are no part of the article.
    pub furniture: Vec<String>,
    /// Lexicon files, models first.
    pub lexicon: Vec<String>,
    /// Rule files, in order of priority.
    pub rules: Vec<String>,
}

/// Everything a rule file may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// Word lists of this file: `<name>` in its patterns.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// Named phrases; those of `phrases.toml` serve all rules, others their own file.
    #[serde(default)]
    pub phrases: BTreeMap<String, Spanned<String>>,
    /// Chunk patterns (`mentions.toml` only).
    #[serde(default)]
    pub chunk: Vec<ChunkEntry>,
    /// Rules that find statements.
    #[serde(default)]
    pub rule: Vec<RuleEntry>,
    /// Rules that forbid a match.
    #[serde(default)]
    pub shield: Vec<RuleEntry>,
    /// Rules that find through whom the words came.
    #[serde(default)]
    pub relay: Vec<RuleEntry>,
}

/// One chunk pattern.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChunkEntry {
    /// np, verb or time.
    pub kind: Spanned<String>,
    /// Tags the chunk gets beside those of its words.
    #[serde(default)]
    pub tags: String,
    /// The pattern, over tokens.
    pub pattern: Spanned<String>,
}

/// One rule, shield or relay.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleEntry {
    /// Name in the file, in kebab-case.
    pub id: Spanned<String>,
    /// One line: what it finds.
    #[serde(default)]
    pub summary: String,
    /// Why, what it is not, with an example.
    #[serde(default)]
    pub explain: String,
    /// The pattern, over units.
    pub pattern: Spanned<String>,
    /// by-source, sourced, anonymous or unverified.
    #[serde(default)]
    pub status: Option<Spanned<String>>,
    /// The source is the subject of the clause the cue hangs on.
    #[serde(default)]
    pub borrow: bool,
    /// The cue stands inside or behind the words it reports; inside a quotation, the rest of the quotation is content too.
    #[serde(default)]
    pub incise: bool,
    /// How far the claim reaches beyond its sentence: `block-start` or `block-end`; `before`, where what is captured points
    /// back to the sentence before; or `answer`, where it is a question.
    #[serde(default)]
    pub reach: Option<Spanned<String>>,
    /// Counts only where no other statement covers its words.
    #[serde(default)]
    pub weak: bool,
    /// Sentences in which the rule must find what is marked, one a line.
    pub finds: Option<Spanned<String>>,
    /// Sentences in which it must find nothing, one a line.
    pub ignores: Option<Spanned<String>>,
}
