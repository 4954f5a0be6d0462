//! `policy.toml`: the codes of a policy, what each means, and the examples that are its tests.
//!
//! Invariant: plain data; a code has its text, its weight, its words and its examples, and nothing of how it is found.

use super::finding::Severity;
use lazy_static::lazy_static;
use serde::Deserialize;

/// The policy built into the program.
pub const FRENCH: &str = include_str!("../../rules/fr/policy.toml");

lazy_static! {
    /// The built-in policy for French.
    pub static ref BUILT_IN: Policy =
        toml::from_str(FRENCH).unwrap_or_else(|e| panic!("the built-in policy is tested, yet does not load: {e}"));
}

/// All codes, in the order in which they are listed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The codes.
    #[serde(rename = "code")]
    pub codes: Vec<Code>,
}

impl Policy {
    /// The code of this name.
    pub fn get(&self, name: &str) -> Option<&Code> {
        self.codes.iter().find(|c| c.name == name)
    }
}

/// One kind of finding.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Its name, in kebab-case. It never changes: suppressions and baselines hold it.
    pub name: String,
    /// Its weight unless the settings say otherwise.
    pub severity: Severity,
    /// One line.
    pub summary: String,
    /// What is said of a place; `{words}` stands for the words found, `{who}` for the speaker.
    pub message: String,
    /// The newsroom standard that asks for it.
    pub standard: String,
    /// Words the check goes by, folded; a word may be a beginning.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words that make the check pass over a place.
    #[serde(default)]
    pub except: Vec<String>,
    /// The explanation in English.
    pub en: Page,
    /// The explanation in French.
    pub fr: Page,
    /// Texts it says something about, one a line: `{…}` around the words, `¶` between paragraphs.
    pub finds: String,
    /// Texts it says nothing about.
    pub ignores: String,
}

/// What a code means, for a reader.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// What is found.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What to do about it.
    pub todo: String,
    /// How it should not be written.
    pub bad: String,
    /// How it could be.
    pub good: String,
}
