//! `policy.toml`: the codes of a policy, what each means, and the examples that are its tests.
//!
//! Invariant: plain data; a code has its text, its weight, its words and its examples, and nothing of how it is found.

use super::finding::Severity;
use crate::lexicon::fold::fold;
use lazy_static::lazy_static;
use serde::Deserialize;

/// The policy built into the program.
pub const FRENCH: &str = include_str!("../../rules/fr/policy.toml");

lazy_static! {
    /// The built-in policy for French.
    pub static ref BUILT_IN: Policy = Policy::read(FRENCH)
        .unwrap_or_else(|e| panic!("the built-in policy is tested, yet does not load: {e}"));
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
    /// Reads a policy; its words are then as texts are compared.
    fn read(text: &str) -> Result<Policy, toml::de::Error> {
        let mut policy: Policy = toml::from_str(text)?;
        let words = policy.codes.iter_mut().flat_map(|c| c.words.iter_mut().chain(&mut c.except));
        words.for_each(|word| *word = normal(word));
        Ok(policy)
    }

    /// The code of this name.
    pub fn get(&self, name: &str) -> Option<&Code> {
        self.codes.iter().find(|c| c.name == name)
    }
}

/// A text as words of a policy are compared with it: folded, with blanks for white space and marks, and behind apostrophes.
pub(super) fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in fold(text).chars() {
        match c {
            '\'' => out.push_str("' "),
            ',' | '(' | ')' | '«' | '»' | '"' | '-' => out.push(' '),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Whether a text holds one of these words, or one that begins so.
pub(super) fn holds(words: &[String], text: &str) -> bool {
    let text = format!(" {}", normal(text));
    let marks = |word: &str| !word.starts_with(char::is_alphanumeric);
    words.iter().any(|word| if marks(word) { text.contains(word) } else { text.contains(&format!(" {word}")) })
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
