//! `[[allow]]`: findings a newsroom has looked at and accepts.
//!
//! Invariant: an allow always says why, and is never wider than one code in some files or around some words.

use super::date::Date;
use super::{Config, Placed};
use crate::lexicon::fold::fold;
use globset::GlobSet;

/// A finding that is accepted.
#[derive(Clone, Debug)]
pub struct Allow {
    /// The code.
    pub code: String,
    /// The files, relative to the folder of the settings; all where there is none.
    pub path: Option<GlobSet>,
    /// Words that the finding must be about, folded; any where there are none.
    pub text: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub expires: Option<Placed<Date>>,
    /// Line of its head, from 1.
    pub line: u32,
}

/// Words as they are compared: folded, with one blank between them.
pub(super) fn folded(words: &str) -> String {
    words.split_whitespace().map(fold).collect::<Vec<_>>().join(" ")
}

/// Whether an allow is about a file.
pub fn concerns(allow: &Allow, path: &str) -> bool {
    allow.path.as_ref().is_none_or(|globs| globs.is_match(path))
}

/// Whether its last day is over.
pub fn expired(allow: &Allow, today: Date) -> bool {
    allow.expires.as_ref().is_some_and(|last| last.value < today)
}

/// Whether a finding is accepted. `path` is relative to the folder of the settings; `words` are those it is about.
pub fn allows(allow: &Allow, code: &str, path: &str, words: &str, message: &str, today: Date) -> bool {
    let about = |text: &String| [words, message].iter().any(|said| holds(&folded(said), text));
    allow.code == code && !expired(allow, today) && concerns(allow, path) && allow.text.as_ref().is_none_or(about)
}

/// Whether a text holds these words, whole: « un proche » is not in « chacun proche ».
fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + words.len()..].chars().next();
        let inside = |outer: Option<char>, own: Option<char>| {
            outer.is_some_and(char::is_alphanumeric) && own.is_some_and(char::is_alphanumeric)
        };
        !inside(before, words.chars().next()) && !inside(behind, words.chars().next_back())
    })
}

/// What became of an allow in a run; of several the largest counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// No text was read that it is about.
    #[default]
    Unread,
    /// A text was read that it is about, and it accepted nothing.
    Idle,
    /// It accepted a finding.
    Used,
}

/// An allow to be removed or renewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Which one, as an index of [`Config::allow`].
    pub index: usize,
    /// The line of the settings file to look at, from 1.
    pub line: u32,
    /// What is to be said, with the remedy.
    pub message: String,
}

/// The allows that are void or accept nothing. `uses` says what became of each one. One that is about texts that were not
/// read may well be needed.
pub fn stale(config: &Config, uses: &[Use], today: Date) -> Vec<Stale> {
    let stale = |(index, (allow, used)): (usize, (&Allow, &Use))| {
        let Allow { code, reason, .. } = allow;
        if let Some(last) = allow.expires.as_ref().filter(|last| last.value < today) {
            let message = format!(
                "the allow of `{code}` ended on {} (« {reason} »): check anew and set a later day, or remove it",
                last.value
            );
            return Some(Stale { index, line: last.line, message });
        }
        let message = format!("the allow of `{code}` accepts nothing any more (« {reason} »): remove it");
        (*used == Use::Idle).then_some(Stale { index, line: allow.line, message })
    };
    config.allow.iter().zip(uses).enumerate().filter_map(stale).collect()
}
