//! What was found before: findings that a newsroom knows and does not want to hear of again.
//!
//! Invariant: a baseline holds no places. A paragraph that moves brings nothing new; one finding more than is known of a
//! kind does.

use super::finding::Finding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name and version of the file.
const SCHEMA: &str = "selon-baseline/1";

/// How often each known finding is still to be met.
#[derive(Debug, Default)]
pub struct Baseline {
    left: BTreeMap<(String, String, String), usize>,
    read: std::collections::BTreeSet<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Known>,
}

/// A finding and how often it is known.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    path: String,
    code: String,
    fingerprint: String,
    count: usize,
}

/// The file for these documents and their findings, a finding a line, sorted: two desks that add to it seldom touch the same
/// line.
pub fn write(documents: &[(String, Vec<Finding>)]) -> String {
    let mut counts: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for (path, findings) in documents {
        for finding in findings {
            *counts.entry(key(path, finding)).or_default() += 1;
        }
    }
    let line = |((path, code, fingerprint), count): ((String, String, String), usize)| {
        serde_json::to_string(&Known { path, code, fingerprint, count }).expect("strings and a number are always JSON")
    };
    let lines: Vec<String> = counts.into_iter().map(line).collect();
    let body = if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join(",\n")) };
    format!("{{\"schema\":\"{SCHEMA}\",\"findings\":[{body}]}}\n")
}

/// Reads a file.
///
/// # Errors
/// One sentence with the line and the remedy.
pub fn parse(name: &str, text: &str) -> Result<Baseline, String> {
    let remedy = "write it anew with --write-baseline";
    let file: File = serde_json::from_str(text)
        .map_err(|e| format!("{name}:{}:{}: is no baseline ({e}); {remedy}", e.line(), e.column()))?;
    if file.schema != SCHEMA {
        return Err(format!("{name}:1: is a baseline of another version (`{}`); {remedy}", file.schema));
    }
    let known = file.findings.into_iter().map(|k| ((k.path, k.code, k.fingerprint), k.count));
    Ok(Baseline { left: known.collect(), ..Baseline::default() })
}

/// The findings of a document that the baseline does not know, and how many it knows.
pub fn filter(baseline: &mut Baseline, path: &str, findings: Vec<Finding>) -> (Vec<Finding>, usize) {
    let before = findings.len();
    baseline.read.insert(path.strip_prefix("./").unwrap_or(path).to_string());
    let new: Vec<Finding> = findings.into_iter().filter(|finding| !take(baseline, path, finding)).collect();
    let known = before - new.len();
    (new, known)
}

fn take(baseline: &mut Baseline, path: &str, finding: &Finding) -> bool {
    match baseline.left.get_mut(&key(path, finding)).filter(|left| **left > 0) {
        Some(left) => {
            *left -= 1;
            true
        }
        None => false,
    }
}

impl Baseline {
    /// How many known findings were not met again in the documents that were read.
    pub fn fixed(&self) -> usize {
        self.left.iter().filter(|((path, ..), _)| self.read.contains(path)).map(|(_, left)| left).sum()
    }
}

fn key(path: &str, finding: &Finding) -> (String, String, String) {
    let path = path.strip_prefix("./").unwrap_or(path);
    (path.to_string(), finding.code.to_string(), format!("{:016x}", finding.fingerprint))
}
