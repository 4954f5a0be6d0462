//! reviewdog's diagnostics, one JSON object a line.
//!
//! Columns count bytes of the line as UTF-8 from 1, ends are exclusive: so the format has it.

use super::Checked;
use super::position::{Places, Point};
use crate::policy::finding::Severity;
use crate::report::plain::plain;
use serde::Serialize;

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    source: Source,
    code: Code<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

/// The findings of a document, each on a line.
pub fn rdjsonl(document: &Checked) -> String {
    let places = Places::new(document.text);
    let mut out = String::new();
    for finding in &document.findings {
        let place = places.of(finding.span);
        let diagnostic = Diagnostic {
            message: plain(&finding.message),
            location: Location {
                path: document.path,
                range: Range { start: position(place.start), end: position(place.end) },
            },
            severity: severity(finding.severity),
            source: Source { name: "selon" },
            code: Code { value: finding.code },
        };
        out += &serde_json::to_string(&diagnostic).expect("strings and numbers, which JSON can always hold");
        out.push('\n');
    }
    out
}

fn position(point: Point) -> Position {
    Position { line: point.line, column: point.byte_column }
}

/// The format's name of a severity.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info | Severity::Off => "INFO",
    }
}
