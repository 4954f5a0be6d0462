//! What the builder knows of readings: how they join in a lexeme, which tags belong to which, how plurals are made.
//!
//! Invariant: plain functions and sets; nothing here knows a file.

use super::Lexeme;
use super::tags::{self, Tags};

/// Adds a reading to a lexeme. A reading with the form of a verb is a verb's.
pub fn join(lexeme: &mut Lexeme, tags: Tags, reflexive: Tags) {
    lexeme.tags |= tags;
    lexeme.reflexive |= reflexive;
    if tags.any(tags::FIN | tags::INF | tags::PPRS | tags::PP) {
        lexeme.verb |= tags;
    } else {
        lexeme.noun |= tags;
    }
}

/// What a pronominal use keeps of the plain verb: its form, not its frames.
pub const FORM_TAGS: Tags = Tags::all_of(&[tags::FORM, tags::AGREEMENT]);

/// Tags that only nouns have.
pub const NOMINAL: Tags = Tags::all_of(&[
    tags::ROLE,
    tags::SPOKES,
    tags::HUMAN,
    tags::GROUP,
    tags::ORG,
    tags::DOC,
    tags::SOURCE,
    tags::MEDIA,
    tags::OCCASION,
    tags::CHANNEL,
]);

/// Makes a singular that has no irregular plural plural. False where the plural is the same.
pub fn make_plural(word: &mut String) -> bool {
    if word.ends_with(['s', 'x', 'z']) {
        return false;
    }
    if word.ends_with("al") {
        word.truncate(word.len() - 1);
        word.push_str("ux");
    } else if word.ends_with("eau") || word.ends_with("eu") {
        word.push('x');
    } else {
        word.push('s');
    }
    true
}
