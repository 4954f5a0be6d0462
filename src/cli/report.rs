//! `selon report`: the statements of documents, as tables or JSON.
//!
//! Invariant: the report is the same for any number of threads. A batch of documents is in memory at a time, never the
//! archive; of what is written, only counts and names are kept.

use super::args::{ReportArgs, ReportFormat};
use super::config::Desks;
use super::input::{self, Input};
use super::output::{self, Output};
use super::session::Session;
use super::work::{self, Scratches};
use super::{Exit, Failure};
use indicatif::ProgressBar;
use rayon::prelude::*;
use selon::report::json::{self, Summary};
use selon::report::table::{self, Look};
use selon::report::tally::{self, Tally};
use selon::rule::set::Rules;
use selon::statement::Analysis;
use selon::{Scratch, analyze};
use std::io;

/// Reports all documents the arguments name.
pub fn run(session: &Session, args: &ReportArgs) -> Result<Exit, Failure> {
    let mut desks = Desks::new(session);
    work::refuse_own_output(&args.paths, args.output.as_deref())?;
    let pool = work::pool(args.threads)?;
    let look = if args.output.is_some() { session.file_look } else { session.look };
    let mut out = output::open(args.output.as_deref())?;
    let mut totals = Totals::default();
    let scratches = Scratches::new(&pool);
    let progress = work::progress(session, args.output.is_some());
    let mut found = input::find(&args.paths).peekable();
    if let Some(Ok(first)) = found.peek() {
        // Mistakes in rules and settings are told before anything is written.
        desks.of(first.path())?;
    }
    out.write(&opening(args.format))?;
    while found.peek().is_some() {
        let batch = work::take_batch(&mut found);
        let rules = |input| with_rules(&mut desks, input);
        let batch: Vec<_> = batch.into_iter().map(rules).collect::<Result<_, Failure>>()?;
        let read = pool.install(|| {
            let each = batch.into_par_iter();
            each.map(|input| read(input, args.format, look, &mut scratches.own())).collect()
        });
        write(session, args.format, read, &progress, &mut totals, &mut out)?;
    }
    progress.finish_and_clear();
    if totals.summary.documents == 0 && args.output.is_some() {
        // A report of nothing must not replace the one before.
        out.abandon()?;
        return Ok(Exit::Failed);
    }
    out.write(&closing(args.format, &totals, look))?;
    out.finish()?;
    Ok(if totals.failed { Exit::Failed } else { Exit::Done })
}

/// What is kept of the documents that are written.
#[derive(Default)]
struct Totals {
    summary: Summary,
    tally: Tally,
    failed: bool,
}

/// A document read, analysed and written out.
struct Done {
    body: String,
    notes: Vec<String>,
    analysis: Analysis,
}

/// A document, with the rules that hold for it.
type WithRules = Result<(Input, &'static Rules), String>;

fn with_rules(desks: &mut Desks<'_>, input: Result<Input, String>) -> Result<WithRules, Failure> {
    match input {
        Ok(input) => desks.of(input.path()).map(|desk| Ok((input, desk.rules))),
        Err(why) => Ok(Err(why)),
    }
}

fn read(input: WithRules, format: ReportFormat, look: Look, scratch: &mut Scratch) -> Result<Done, String> {
    let (input, rules) = input?;
    let document = input::read(&input)?;
    let meant = document.mended.as_ref().map_or(&document.text, |m| &m.text);
    let mut analysis = analyze(rules, meant, scratch);
    let body = match format {
        ReportFormat::Table => table::document(&input.name, meant, &analysis, look),
        ReportFormat::Json | ReportFormat::Jsonl => {
            if let Some(mended) = &document.mended {
                analysis.move_spans(|span| mended.in_file(span));
            }
            serde_json::to_string(&json::document(&input.name, &document.text, rules, &analysis, &[]))
                .expect("a report is strings, numbers and lists, which JSON can always hold")
        }
    };
    Ok(Done { body, notes: document.notes, analysis })
}

fn write(
    session: &Session,
    format: ReportFormat,
    batch: Vec<Result<Done, String>>,
    progress: &ProgressBar,
    totals: &mut Totals,
    out: &mut Output,
) -> io::Result<()> {
    progress.inc(batch.len() as u64);
    for read in batch {
        match read {
            Ok(done) => {
                progress.suspend(|| done.notes.iter().for_each(|n| session.note(n)));
                let comma = if format == ReportFormat::Json && totals.summary.documents > 0 { "," } else { "" };
                out.write(&format!("{comma}{}\n", done.body))?;
                totals.summary.add(&done.analysis);
                if format == ReportFormat::Table {
                    totals.tally.add(&done.analysis);
                }
            }
            Err(why) => {
                progress.suspend(|| session.error(&why));
                totals.failed = true;
            }
        }
    }
    Ok(())
}

fn opening(format: ReportFormat) -> String {
    match format {
        ReportFormat::Json => json::opening(),
        ReportFormat::Table | ReportFormat::Jsonl => String::new(),
    }
}

fn closing(format: ReportFormat, totals: &Totals, look: Look) -> String {
    match format {
        ReportFormat::Json => json::closing(&totals.summary),
        ReportFormat::Table if totals.summary.documents > 0 => tally::summary(&totals.summary, &totals.tally, look),
        ReportFormat::Table | ReportFormat::Jsonl => String::new(),
    }
}
