//! What a policy says about a text.
//!
//! Invariant: plain data; places are bytes of the text that was analysed.

use crate::lexicon::fold::fold;
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not looked for.
    Off,
    /// Worth knowing.
    Info,
    /// Worth a second look before it is printed.
    Warning,
    /// Must not be printed so.
    Error,
}

impl Severity {
    /// All that can be shown, from the least.
    pub const SHOWN: [Severity; 3] = [Severity::Info, Severity::Warning, Severity::Error];

    /// Its name, as it is written in settings and reports.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Off => "off",
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One thing the policy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its code, as `selon explain` takes it.
    pub code: &'static str,
    /// How much it weighs here.
    pub severity: Severity,
    /// What is said, in one sentence.
    pub message: String,
    /// The words it is about.
    pub span: Span,
    /// The statement it is about, as an index of the analysis.
    pub statement: Option<usize>,
    /// What it is known by from one draft to the next: [`fingerprint`].
    pub fingerprint: u64,
}

/// Code, folded words and speaker, hashed: the same for as long as these are, wherever they stand. FNV-1a, 64 bits, over
/// their bytes, so that a baseline means the same on every machine and in every version.
pub fn fingerprint(code: &str, words: &str, speaker: Option<&str>) -> u64 {
    let words: Vec<String> = words.split_whitespace().map(fold).collect();
    let speaker = speaker.map(fold).unwrap_or_default();
    // No text holds this byte, so that no part runs into the next.
    let parts = [code.as_bytes(), b"\xff", words.join(" ").as_bytes(), b"\xff", speaker.as_bytes()].concat();
    parts.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
