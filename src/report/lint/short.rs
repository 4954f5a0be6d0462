//! One line a finding, `file:line:column: severity[code] message`: what editors and `grep` users know.
//!
//! Columns count code points. Invariant: a finding is one line, and no line is a command to a build server, whatever the
//! article and the path hold.

use super::position::{Place, Places};
use super::{Checked, runner};
use crate::policy::finding::Finding;
use std::fmt::Write;

/// The findings of a document, each on a line.
pub fn short(document: &Checked) -> String {
    let places = Places::new(document.text);
    let path = runner::path(document.path);
    let mut out = String::new();
    for finding in &document.findings {
        write_line(&mut out, &path, places.of(finding.span), &label(finding), finding);
    }
    out
}

/// `severity[code]`.
pub(super) fn label(finding: &Finding) -> String {
    format!("{}[{}]", finding.severity.name(), finding.code)
}

/// The line of a finding; `path` went through [`runner::path`].
pub(super) fn write_line(out: &mut String, path: &str, place: Place, label: &str, finding: &Finding) {
    let message = runner::harmless(&finding.message);
    writeln!(out, "{path}:{}:{}: {label} {message}", place.start.line, place.start.column)
        .expect("a string can always be written to");
}
