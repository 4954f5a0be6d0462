//! `selon report`: the statements of documents, as tables or JSON.
//!
//! Invariant: the report is the same for any number of threads. A batch of documents is in memory at a time, never the
//! archive; of what is written, only counts and names are kept.

use super::args::{ReportArgs, ReportFormat};
use super::config::Desks;
use super::input::{self, Input};
use super::output::{self, Output};
use super::session::Session;
use super::{Exit, Failure};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use selon::report::json::{self, Summary};
use selon::report::table::{self, Look};
use selon::report::tally::{self, Tally};
use selon::rule::set::Rules;
use selon::statement::Analysis;
use selon::{Scratch, analyze};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most documents in memory at a time.
const BATCH: usize = 256;
/// A batch is full when its documents have this many bytes together.
const BATCH_BYTES: u64 = 32 << 20;

/// Reports all documents the arguments name.
pub fn run(session: &Session, args: &ReportArgs) -> Result<Exit, Failure> {
    let mut desks = Desks::new(session);
    refuse_own_output(args)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0)).build();
    let pool =
        pool.map_err(|e| Failure::Plain(format!("no threads can be started ({e}); ask for fewer with --threads")))?;
    let look = if args.output.is_some() { session.file_look } else { session.look };
    let mut out = output::open(args.output.as_deref())?;
    let mut totals = Totals::default();
    // What a thread learns from one document makes the next one faster, also across batches.
    let scratches: Vec<Mutex<Scratch>> = (0..pool.current_num_threads()).map(|_| Mutex::default()).collect();
    let progress = progress(session, args);
    let mut found = input::find(&args.paths).peekable();
    if let Some(Ok(first)) = found.peek() {
        // Mistakes in rules and settings are told before anything is written.
        desks.of(first.path())?;
    }
    out.write(&opening(args.format))?;
    while found.peek().is_some() {
        let batch = take_batch(&mut found);
        let rules = |input| with_rules(&mut desks, input);
        let batch: Vec<_> = batch.into_iter().map(rules).collect::<Result<_, Failure>>()?;
        let read = pool.install(|| {
            let each = batch.into_par_iter();
            each.map(|input| read(input, args.format, look, &mut own(&scratches))).collect()
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

/// The scratch of the thread that asks.
fn own(scratches: &[Mutex<Scratch>]) -> MutexGuard<'_, Scratch> {
    let thread = rayon::current_thread_index().unwrap_or_default();
    scratches[thread].lock().unwrap_or_else(PoisonError::into_inner)
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

fn take_batch(found: &mut impl Iterator<Item = Result<Input, String>>) -> Vec<Result<Input, String>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(next) = found.next() else { break };
        bytes += next.as_ref().map_or(0, |input| input.size);
        batch.push(next);
    }
    batch
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
        ReportFormat::Json => format!("{{\"schema\":\"{}\",\"documents\":[\n", json::SCHEMA),
        ReportFormat::Table | ReportFormat::Jsonl => String::new(),
    }
}

fn closing(format: ReportFormat, totals: &Totals, look: Look) -> String {
    match format {
        ReportFormat::Json => {
            let summary = serde_json::to_string(&totals.summary).expect("a summary is numbers");
            format!("],\"summary\":{summary}}}\n")
        }
        ReportFormat::Table if totals.summary.documents > 0 => tally::summary(&totals.summary, &totals.tally, look),
        ReportFormat::Table | ReportFormat::Jsonl => String::new(),
    }
}

/// A report must not replace an article it reads.
fn refuse_own_output(args: &ReportArgs) -> Result<(), Failure> {
    let Some(output) = &args.output else { return Ok(()) };
    let real = |p: &Path| p.canonicalize().ok();
    let clash = |p: &&PathBuf| p.is_file() && real(p) == real(output);
    match args.paths.iter().find(clash) {
        Some(path) => Err(Failure::Plain(format!(
            "{}: is to be read and overwritten; name another file after -o",
            path.display()
        ))),
        None => Ok(()),
    }
}

/// A count of documents on standard error, where somebody waits and sees nothing else move.
fn progress(session: &Session, args: &ReportArgs) -> ProgressBar {
    let results_scroll_by = args.output.is_none() && io::stdout().is_terminal();
    if session.quiet || results_scroll_by || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{spinner} {pos} documents, {elapsed}").expect("the template is well formed");
    ProgressBar::new_spinner().with_style(style)
}
