//! Findings that were there when a newsroom began to check, as a file: only new ones are reported.
//!
//! ```json
//! {"schema":"selon-baseline/1","findings":[
//! {"path":"drafts/pont.md","code":"anonymous-source","fingerprint":"00f1d2a3b4c5e6f7","count":1}
//! ]}
//! ```
//!
//! Invariant: a finding is known by file, code and fingerprint, never by line, so that moving text reports nothing anew. The
//! same findings give the same bytes, sorted, one on a line, so that version control can merge them.

use super::finding::Finding;
use crate::diagnostic::Diagnostic;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path};

/// The name and version of the file. A change that breaks a reader raises it.
pub const SCHEMA: &str = "selon-baseline/1";

/// Known findings, and how often each is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// By path, then by code and fingerprint.
    files: BTreeMap<String, BTreeMap<(String, u64), usize>>,
}

/// The findings of a document, seen with a baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// Those that the baseline does not know, in their order.
    pub new: Vec<Finding>,
    /// How many it knows.
    pub known: usize,
    /// How many it knows that are there no longer.
    pub fixed: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    code: String,
    #[serde(serialize_with = "to_hex", deserialize_with = "from_hex")]
    fingerprint: u64,
    count: usize,
}

/// Notes the findings of a document. `path` is as [`stored`] gives it.
pub fn add(baseline: &mut Baseline, path: &str, findings: &[Finding]) {
    for finding in findings {
        *entry(baseline, path, finding.code, finding.fingerprint) += 1;
    }
}

fn entry<'a>(baseline: &'a mut Baseline, path: &str, code: &str, fingerprint: u64) -> &'a mut usize {
    let file = baseline.files.entry(path.to_string()).or_default();
    file.entry((code.to_string(), fingerprint)).or_default()
}

/// A baseline as its file holds it.
pub fn write(baseline: &Baseline) -> String {
    let mut out = format!("{{\"schema\":\"{SCHEMA}\",\"findings\":[");
    let mut separator = "\n";
    for (path, findings) in &baseline.files {
        for ((code, fingerprint), &count) in findings {
            let entry = Entry { path: path.clone(), code: code.clone(), fingerprint: *fingerprint, count };
            out.push_str(separator);
            out.push_str(&serde_json::to_string(&entry).expect("strings and numbers, which JSON can always hold"));
            separator = ",\n";
        }
    }
    out.push_str("\n]}\n");
    out
}

/// Reads a baseline. `name` is what its file is called in messages. Where a merge left a finding twice, the larger count
/// holds.
///
/// # Errors
/// `baseline` where the file is not JSON of this shape, or of another version.
pub fn parse(name: &str, text: &str) -> Result<Baseline, Diagnostic> {
    const REMEDY: &str = "take the file from version control, or write it anew with --write-baseline";
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    let refuse = |at: usize, message: String| Diagnostic::new("baseline", name, at..at, message, REMEDY);
    let file: File = serde_json::from_str(json).map_err(|e| {
        let at = text.len() - json.len() + offset(json, e.line(), e.column());
        refuse(at, format!("this is no baseline: {e}"))
    })?;
    if file.schema != SCHEMA {
        let at = text.find(&file.schema).unwrap_or_default();
        return Err(refuse(at, format!("this baseline is a `{}`, and only `{SCHEMA}` can be read", file.schema)));
    }
    let mut baseline = Baseline::default();
    for Entry { path, code, fingerprint, count } in file.findings {
        let known = entry(&mut baseline, &path, &code, fingerprint);
        *known = count.max(*known);
    }
    Ok(baseline)
}

/// The byte at a line and column, both from 1, the column in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary(before + column.saturating_sub(1))
}

/// Sets aside the findings of a document that are known. Of equal ones, the first are, and what is beyond their count is new.
pub fn filter(baseline: &Baseline, path: &str, findings: Vec<Finding>) -> Filtered {
    let Some(known) = baseline.files.get(path) else { return Filtered { new: findings, ..Filtered::default() } };
    let mut left: HashMap<(&str, u64), usize> =
        known.iter().map(|((code, fingerprint), &count)| ((code.as_str(), *fingerprint), count)).collect();
    let all = findings.len();
    let mut is_new = |finding: &Finding| match left.get_mut(&(finding.code, finding.fingerprint)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let new: Vec<Finding> = findings.into_iter().filter(|f| is_new(f)).collect();
    Filtered { known: all - new.len(), new, fixed: left.values().fold(0, |sum, &n| sum.saturating_add(n)) }
}

/// A path as a baseline holds it: from the baseline's folder, with `/` between its parts. Both are given as whole paths. What
/// has no path from there keeps its own.
pub fn stored(folder: &Path, file: &Path) -> String {
    let parts = |path: &Path| {
        let mut parts = Vec::new();
        for part in path.components() {
            match part {
                Component::ParentDir => drop(parts.pop()),
                Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
                Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
            }
        }
        parts
    };
    let root = |path: &Path| path.components().next().map(|c| c.as_os_str().to_os_string());
    if root(folder) != root(file) {
        return file.to_string_lossy().replace('\\', "/");
    }
    let (folder, file) = (parts(folder), parts(file));
    let shared = folder.iter().zip(&file).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folder.len() - shared);
    up.chain(file[shared..].iter().map(String::as_str)).collect::<Vec<_>>().join("/")
}

fn to_hex<S: Serializer>(fingerprint: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format!("{fingerprint:016x}"))
}

fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let number = u64::from_str_radix(&text, 16).ok().filter(|_| digits);
    number.ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no fingerprint: 16 hexadecimal digits")))
}
