//! A lexicon file as it is written (`rules/<language>/lexicon/*.toml`).
//!
//! Invariant: this is the file's shape and nothing more; meaning is given in [`super::build`].

use super::conjugate::Model;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;

/// Everything a lexicon file may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconFile {
    /// Conjugation models by name.
    #[serde(default)]
    pub model: BTreeMap<String, Model>,
    /// Verbs, expanded into their forms.
    #[serde(default)]
    pub verbs: Vec<VerbEntry>,
    /// Verbs that share a model.
    #[serde(default)]
    pub conjugated: Vec<VerbGroup>,
    /// Groups of words that share tags.
    #[serde(default)]
    pub words: Vec<WordGroup>,
    /// What an unknown word's ending says about it.
    #[serde(default)]
    pub endings: Vec<Ending>,
    /// People by name.
    #[serde(default)]
    pub people: Vec<Person>,
    /// Web domain → outlet.
    #[serde(default)]
    pub domains: BTreeMap<String, String>,
    /// Short name → full name.
    #[serde(default)]
    pub aliases: BTreeMap<String, String>,
}

/// One verb: `{ lemma = "se plaindre", model = "craindre", tags = "say que" }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerbEntry {
    /// Infinitive, with « se » for a pronominal use and the words that follow a fixed expression.
    pub lemma: Spanned<String>,
    /// Conjugation model; by the ending when absent.
    pub model: Option<String>,
    /// Tags, separated by spaces.
    pub tags: String,
}

/// Verbs that share a model: the short way to list many that are no cues.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerbGroup {
    /// Conjugation model; by the ending when absent.
    pub model: Option<String>,
    /// Tags, separated by spaces.
    #[serde(default)]
    pub tags: String,
    /// Infinitives, separated by spaces.
    pub lemmas: Spanned<String>,
}

/// Words that share tags, by gender; plurals are derived.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordGroup {
    /// Tags, separated by spaces.
    pub tags: Spanned<String>,
    /// Only words with a capital in the text.
    #[serde(default)]
    pub cap: bool,
    /// Masculine singular.
    #[serde(default)]
    pub m: String,
    /// Feminine singular.
    #[serde(default)]
    pub f: String,
    /// Either gender, singular.
    #[serde(default)]
    pub mf: String,
    /// Masculine plural, as written.
    #[serde(default)]
    pub mp: String,
    /// Feminine plural, as written.
    #[serde(default)]
    pub fp: String,
    /// One form, no gender.
    #[serde(default)]
    pub inv: String,
    /// Expressions of several words.
    #[serde(default)]
    pub phrases: Vec<String>,
}

/// `{ tags = "fin past", ends = "aient èrent" }`: an unknown word with this ending gets these tags.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Tags, separated by spaces.
    pub tags: Spanned<String>,
    /// Endings, separated by spaces. The longest that fits wins.
    pub ends: String,
    /// The shortest word, in letters, the ending says something about.
    #[serde(default)]
    pub least: usize,
}

/// Somebody known by name: what is not in the text of an article need not be guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Full name, without title.
    pub name: String,
    /// Function, with its body where it has one: « maire de Velmont ».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Other names, with their titles: « Mme Martin ».
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Gender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
}

/// Gender of a person, as French words agree with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// Feminine.
    F,
    /// Masculine.
    M,
}
