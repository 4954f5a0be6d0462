//! The findings written, in the format asked for.
//!
//! Invariant: a document is written as soon as its format allows; what is kept until the end is only what has findings.

use super::judge::Judged;
use crate::cli::args::{LintArgs, LintFormat};
use crate::cli::output::Output;
use selon::policy::book::BUILT_IN as POLICY;
use selon::policy::finding::{Finding, Severity};
use selon::report::json::{self, Summary};
use selon::report::lint::checkstyle::checkstyle;
use selon::report::lint::github::github;
use selon::report::lint::junit::junit;
use selon::report::lint::rdjsonl::rdjsonl;
use selon::report::lint::sarif::sarif;
use selon::report::lint::short::short;
use selon::report::lint::terminal::terminal;
use selon::report::lint::{Checked, Described};
use selon::report::table::Look;
use selon::statement::Analysis;
use std::io;

/// An output and what waits to be written to it.
pub struct Writer {
    out: Output,
    format: LintFormat,
    /// The least that is shown; none where nothing is.
    least: Option<Severity>,
    look: Look,
    terminal: bool,
    summary: Summary,
    kept: Vec<Judged>,
}

impl Writer {
    /// Writes to an output in the format of these arguments.
    pub fn new(args: &LintArgs, out: Output, look: Look) -> Writer {
        let terminal = args.output.is_none() && std::io::IsTerminal::is_terminal(&io::stdout());
        let least = args.show.severity();
        Writer { out, format: args.format, least, look, terminal, summary: Summary::default(), kept: Vec::new() }
    }

    /// Takes a document.
    pub fn document(&mut self, mut judged: Judged) -> io::Result<()> {
        judged.findings.retain(|f| self.least.is_some_and(|least| f.severity >= least));
        if !streams(self.format) {
            if judged.findings.is_empty() {
                (judged.text, judged.analysis) = (String::new(), Analysis::default());
            }
            self.kept.push(judged);
            return Ok(());
        }
        let body = match self.format {
            LintFormat::Short if self.terminal => {
                terminal(&checked(&judged), usize::from(self.look.width), self.look.color)
            }
            LintFormat::Short => short(&checked(&judged)),
            LintFormat::Rdjsonl => rdjsonl(&checked(&judged)),
            _ => {
                let rules = judged.desk.rules;
                let document = json::document(&judged.name, &judged.text, rules, &judged.analysis, &judged.findings);
                let lead = match (self.format, self.summary.documents) {
                    (LintFormat::Jsonl, _) => String::new(),
                    (_, 0) => json::opening(),
                    _ => ",".to_string(),
                };
                let body = serde_json::to_string(&document)
                    .expect("a report is strings, numbers and lists, which JSON can always hold");
                format!("{lead}{body}\n")
            }
        };
        self.summary.add(&judged.analysis);
        self.out.write(&body)
    }

    /// Gives up: what was written before stays.
    pub fn abandon(self) -> io::Result<()> {
        self.out.abandon()
    }

    /// Writes what is left.
    pub fn finish(mut self, args: &LintArgs) -> io::Result<()> {
        let kept: Vec<Checked<'_>> = self.kept.iter().map(checked).collect();
        let rest = match self.format {
            LintFormat::Sarif => sarif(&kept, &described()),
            LintFormat::Github => github(&kept),
            LintFormat::Junit => junit(&kept, args.fail_on.severity()),
            LintFormat::Checkstyle => checkstyle(&kept),
            LintFormat::Json => {
                let opening = if self.summary.documents == 0 { json::opening() } else { String::new() };
                opening + &json::closing(&self.summary)
            }
            LintFormat::Short | LintFormat::Jsonl | LintFormat::Rdjsonl => String::new(),
        };
        self.out.write(&rest)?;
        self.out.finish()
    }
}

/// Whether a format is written document by document.
fn streams(format: LintFormat) -> bool {
    matches!(format, LintFormat::Short | LintFormat::Json | LintFormat::Jsonl | LintFormat::Rdjsonl)
}

fn checked(judged: &Judged) -> Checked<'_> {
    let findings: Vec<Finding> = judged.findings.clone();
    Checked { path: &judged.name, text: &judged.text, analysis: &judged.analysis, findings }
}

fn described() -> Vec<Described<'static>> {
    let of = |c: &'static selon::policy::book::Code| Described {
        code: &c.name,
        summary: &c.summary,
        what: &c.en.what,
        why: &c.en.why,
        todo: &c.en.todo,
        standard: &c.standard,
        severity: c.severity,
    };
    POLICY.codes.iter().map(of).collect()
}
