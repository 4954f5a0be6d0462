//! What can be written in a settings file: the names of its keys, and what each number may be.
//!
//! Invariant: whatever reads, shows or explains settings takes the names from here.

use crate::policy::settings::Thresholds;

/// The keys of the file.
pub(super) const TOP: [&str; 6] = ["severity", "thresholds", "lexicon", "overrides", "allow", "rules"];
/// The keys of `[lexicon]`.
pub(super) const LEXICON: [&str; 4] = ["people", "outlets", "roles", "verbs"];
/// The keys of one of `people`.
pub(super) const PERSON: [&str; 4] = ["name", "role", "also", "gender"];
/// The keys of `[[overrides]]`.
pub(super) const OVERRIDE: [&str; 3] = ["paths", "severity", "thresholds"];
/// The keys of `[[allow]]`.
pub(super) const ALLOW: [&str; 5] = ["code", "path", "text", "reason", "expires"];

/// One of the numbers that checks go by.
pub(super) struct Threshold {
    /// Its key.
    pub(super) name: &'static str,
    /// The largest value it may have.
    pub(super) most: f64,
    /// Whether only whole numbers make sense.
    pub(super) whole: bool,
    /// What it means.
    pub(super) meaning: &'static str,
    pub(super) get: fn(&Thresholds) -> f64,
    pub(super) set: fn(&mut Thresholds, f64),
}

/// No article has as many statements or words.
const MANY: f64 = 1e6;

/// All of them.
pub(super) const THRESHOLDS: [Threshold; 4] = [
    Threshold {
        name: "most-anonymous",
        most: 1.0,
        whole: false,
        meaning: "the largest share of anonymous statements an article may have, from 0 to 1",
        get: |t| t.most_anonymous,
        set: |t, n| t.most_anonymous = n,
    },
    Threshold {
        name: "least-named",
        most: MANY,
        whole: true,
        meaning: "how many different named sources an article needs at least",
        get: |t| t.least_named as f64,
        set: |t, n| t.least_named = n as usize,
    },
    Threshold {
        name: "most-unverified",
        most: MANY,
        whole: true,
        meaning: "how many unverified statements an article may have at most",
        get: |t| t.most_unverified as f64,
        set: |t, n| t.most_unverified = n as usize,
    },
    Threshold {
        name: "long",
        most: MANY,
        whole: true,
        meaning: "how many words a text has from which on all this is asked of it",
        get: |t| t.long as f64,
        set: |t, n| t.long = n as usize,
    },
];

/// Where a key is right that stands in the wrong place. TOML gives every key to the table whose head stands above it, so
/// this is the most common mistake of all.
pub(super) fn home(name: &str, codes: &[&str]) -> Option<&'static str> {
    if name == "rules" {
        return Some("at the top of the file, above the first line in [brackets]");
    }
    if codes.contains(&name) {
        return Some("under [severity]");
    }
    if THRESHOLDS.iter().any(|t| t.name == name) {
        return Some("under [thresholds]");
    }
    if LEXICON.contains(&name) {
        return Some("under [lexicon]");
    }
    matches!(name, "reason" | "expires").then_some("under [[allow]]")
}
