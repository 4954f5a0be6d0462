//! What a newsroom wants: how much each code weighs, and from when on.
//!
//! Invariant: plain data, complete: whoever asks finds a value for every code.

use super::book::Policy;
use super::finding::Severity;
use std::collections::BTreeMap;

/// Numbers some checks go by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Largest share of anonymous statements, from 0 to 1; above it, an article leans on anonymous sources.
    pub most_anonymous: f64,
    /// Least number of different named sources of an article.
    pub least_named: usize,
    /// Most unverified statements of an article.
    pub most_unverified: usize,
    /// Fewest words of a text that these are asked of: a brief may well have one source.
    pub long: usize,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds { most_anonymous: 0.5, least_named: 2, most_unverified: 3, long: 250 }
    }
}

/// The settings that hold for one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The weight of the codes that are not as the policy has them.
    pub severity: BTreeMap<String, Severity>,
    /// The numbers.
    pub thresholds: Thresholds,
}

/// What a code weighs: what the settings say of it, else the policy.
pub fn weight(settings: &Settings, policy: &Policy, code: &str) -> Severity {
    let own = settings.severity.get(code).copied();
    own.or_else(|| Some(policy.get(code)?.severity)).unwrap_or(Severity::Warning)
}
