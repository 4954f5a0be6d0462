//! What holds for one text, and where each value comes from.
//!
//! Invariant: the last word that was written has the say: the policy, then the file, then its overrides from top to bottom.

use super::keys::{THRESHOLDS, Threshold};
use super::{Config, Layer};
use crate::policy::book::Code;
use crate::policy::finding::Severity;
use crate::policy::settings::{Settings, Thresholds};
use std::collections::BTreeMap;
use std::fmt;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The policy.
    Default,
    /// The settings file.
    File {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u32,
    },
    /// An override of the settings file.
    Override {
        /// The file.
        file: String,
        /// Which override, from 1.
        number: usize,
        /// The line, from 1.
        line: u32,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => write!(f, "default"),
            Origin::File { file, line } => write!(f, "{file}:{line}"),
            Origin::Override { file, number, line } => write!(f, "{file}:{line}, override {number}"),
        }
    }
}

/// A value, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Held<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// All that a file sets for one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holds {
    /// Severities by code.
    pub severity: BTreeMap<String, Held<Severity>>,
    /// Thresholds by their keys.
    pub thresholds: BTreeMap<&'static str, Held<f64>>,
}

/// What a file sets for a text. `path` is relative to the folder of the file, with `/` between its parts.
pub fn holds(config: &Config, path: &str) -> Holds {
    let mut holds = Holds::default();
    let file = || config.file.clone();
    set(&mut holds, &config.base, |line| Origin::File { file: file(), line });
    for (i, layer) in config.overrides.iter().enumerate().filter(|(_, o)| o.paths.is_match(path)) {
        set(&mut holds, &layer.layer, |line| Origin::Override { file: file(), number: i + 1, line });
    }
    holds
}

fn set(holds: &mut Holds, layer: &Layer, origin: impl Fn(u32) -> Origin) {
    for (code, placed) in &layer.severity {
        holds.severity.insert(code.clone(), Held { value: placed.value, origin: origin(placed.line) });
    }
    for (name, placed) in &layer.thresholds {
        holds.thresholds.insert(name, Held { value: placed.value, origin: origin(placed.line) });
    }
}

/// The settings that hold for a text. `path` as in [`holds`].
pub fn settings_for(config: &Config, path: &str) -> Settings {
    let holds = holds(config, path);
    let mut thresholds = Thresholds::default();
    for threshold in &THRESHOLDS {
        if let Some(held) = holds.thresholds.get(threshold.name) {
            (threshold.set)(&mut thresholds, held.value);
        }
    }
    let severity = holds.severity.into_iter().map(|(code, held)| (code, held.value)).collect();
    Settings { severity, thresholds }
}

/// What holds for a text and where each value comes from, to be read: one value a line.
pub fn show(config: &Config, path: &str, codes: &[Code]) -> String {
    let holds = holds(config, path);
    let severity = codes.iter().map(|code| {
        let (value, origin) = match holds.severity.get(&code.name) {
            Some(held) => (held.value, &held.origin),
            None => (code.severity, &Origin::Default),
        };
        (code.name.as_str(), format!("\"{}\"", value.name()), origin)
    });
    let defaults = Thresholds::default();
    let number = |threshold: &'static Threshold| {
        let (value, origin) = match holds.thresholds.get(threshold.name) {
            Some(held) => (held.value, &held.origin),
            None => ((threshold.get)(&defaults), &Origin::Default),
        };
        (threshold.name, value.to_string(), origin)
    };
    let mut out = format!("# {path}\n");
    section(&mut out, "[severity]", severity.collect());
    section(&mut out, "[thresholds]", THRESHOLDS.iter().map(number).collect());
    let about: Vec<_> = config.allow.iter().filter(|allow| super::allow::concerns(allow, path)).collect();
    for allow in about {
        let last = allow.expires.as_ref().map_or(String::new(), |last| format!(" until {}", last.value));
        let words = allow.text.as_ref().map_or(String::new(), |text| format!(" around « {text} »"));
        out.push_str(&format!(
            "\n# {}:{} allows {}{words}{last}: {}\n",
            config.file, allow.line, allow.code, allow.reason
        ));
    }
    out
}

/// Names, values and origins under a head, in columns.
fn section(out: &mut String, head: &str, rows: Vec<(&str, String, &Origin)>) {
    let widest = |width: fn(&(&str, String, &Origin)) -> usize| rows.iter().map(width).max().unwrap_or(0);
    let (names, values) = (widest(|row| row.0.len()), widest(|row| row.1.len()));
    out.push_str(&format!("\n{head}\n"));
    for (name, value, origin) in &rows {
        out.push_str(&format!("{name:names$} = {value:values$}  # {origin}\n"));
    }
}
