//! The JSON report, version 1 (`selon-report/1`).
//!
//! `start` and `end` count Unicode code points of the decoded document, end exclusive (W3C Web Annotation,
//! TextPositionSelector). `line` and `column` count from 1, columns in code points.

use crate::policy::finding::{Finding, Severity};
use crate::rule::set::Rules;
use crate::span::Span;
use crate::statement::{Analysis, QuoteKind, SpeakerKind, Statement};
use crate::status::{Reason, Status};
use crate::text::lines::LineIndex;
use serde::Serialize;

/// The name and version of the contract. A change that breaks a reader raises it.
pub const SCHEMA: &str = "selon-report/1";

/// A stretch of the document.
#[derive(Debug, Serialize)]
pub struct Stretch<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

/// Who speaks.
#[derive(Debug, Serialize)]
pub struct SpeakerJson<'a> {
    name: &'a str,
    kind: SpeakerKind,
}

/// One statement.
#[derive(Debug, Serialize)]
pub struct StatementJson<'a> {
    id: usize,
    status: Status,
    reason: Reason,
    quote: QuoteKind,
    content: Vec<Stretch<'a>>,
    cue: Option<Stretch<'a>>,
    source: Option<Stretch<'a>>,
    speaker: Option<SpeakerJson<'a>>,
    relay: Option<&'a str>,
    outlet: Option<&'a str>,
    rule: &'a str,
    line: u32,
    column: u32,
}

/// One finding.
#[derive(Debug, Serialize)]
pub struct FindingJson<'a> {
    code: &'a str,
    severity: Severity,
    /// The `id` of the statement it is about.
    statement: Option<usize>,
    message: &'a str,
    start: u32,
    end: u32,
    line: u32,
    column: u32,
}

/// One document.
#[derive(Debug, Serialize)]
pub struct DocumentJson<'a> {
    path: &'a str,
    language: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    statements: Vec<StatementJson<'a>>,
    /// What a policy says about the statements; empty where none was asked.
    findings: Vec<FindingJson<'a>>,
}

/// Counts over all documents.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Summary {
    /// Documents read.
    pub documents: usize,
    /// Statements found.
    pub statements: usize,
    /// Of these, sourced.
    pub sourced: usize,
    /// Of these, anonymous.
    pub anonymous: usize,
    /// Of these, unverified.
    pub unverified: usize,
}

impl Summary {
    /// Counts a document in.
    pub fn add(&mut self, analysis: &Analysis) {
        self.documents += 1;
        self.statements += analysis.statements.len();
        for statement in &analysis.statements {
            match statement.status {
                Status::Sourced => self.sourced += 1,
                Status::Anonymous => self.anonymous += 1,
                Status::Unverified => self.unverified += 1,
            }
        }
    }
}

/// What stands before the documents of a report.
pub fn opening() -> String {
    format!("{{\"schema\":\"{SCHEMA}\",\"documents\":[\n")
}

/// What stands behind them.
pub fn closing(summary: &Summary) -> String {
    let summary = serde_json::to_string(summary).expect("a summary is numbers");
    format!("],\"summary\":{summary}}}\n")
}

/// A document as the contract has it. `text` is the file's, and the spans of the analysis and the findings lie in it.
pub fn document<'a>(
    path: &'a str,
    text: &'a str,
    rules: &'a Rules,
    analysis: &'a Analysis,
    findings: &'a [Finding],
) -> DocumentJson<'a> {
    let index = LineIndex::new(text);
    let stretch =
        |s: Span| Stretch { start: index.code_point(s.start), end: index.code_point(s.end), text: s.of(text) };
    let statement = |(i, s): (usize, &'a Statement)| {
        let (line, column) = index.line_column(s.start());
        StatementJson {
            id: i + 1,
            status: s.status,
            reason: s.reason,
            quote: s.quote,
            content: s.content.iter().map(|c| stretch(*c)).collect(),
            cue: s.cue.map(stretch),
            source: s.source.map(stretch),
            speaker: s.speaker.as_ref().map(|p| SpeakerJson { name: &p.name, kind: p.kind }),
            relay: s.relay.as_deref(),
            outlet: s.outlet.as_deref(),
            rule: &rules.rules[s.rule as usize].id,
            line,
            column,
        }
    };
    let finding = |f: &'a Finding| {
        let (line, column) = index.line_column(f.span.start);
        FindingJson {
            code: f.code,
            severity: f.severity,
            statement: f.statement.map(|i| i + 1),
            message: &f.message,
            start: index.code_point(f.span.start),
            end: index.code_point(f.span.end),
            line,
            column,
        }
    };
    DocumentJson {
        path,
        language: &rules.language,
        title: analysis.title.as_deref(),
        outlet: analysis.outlet.as_deref(),
        statements: analysis.statements.iter().enumerate().map(statement).collect(),
        findings: findings.iter().map(finding).collect(),
    }
}
