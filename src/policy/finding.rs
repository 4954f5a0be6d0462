//! What a policy says about a text.
//!
//! Invariant: plain data; places are bytes of the text that was analysed.

use crate::lexicon::fold::fold;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

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

/// Code, folded words and speaker, hashed: the same for as long as these are, wherever they stand. FNV-1a, 64 bits, so that
/// a baseline means the same on every machine and in every version.
pub fn fingerprint(code: &str, words: &str, speaker: Option<&str>) -> u64 {
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    let words: Vec<String> = words.split_whitespace().map(fold).collect();
    (code, words.join(" "), speaker.map(fold)).hash(&mut hasher);
    hasher.finish()
}

struct Fnv(u64);

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write(&[byte]);
    }

    fn write_isize(&mut self, n: isize) {
        self.write(&(n as i64).to_le_bytes());
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
