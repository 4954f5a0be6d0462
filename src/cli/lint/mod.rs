//! `selon lint`: what the policy says about drafts, and whether a run fails on it.
//!
//! Invariant: what is shown and where it is written never change the exit code; 2 beats 1. The findings are the same for any
//! number of threads.

mod judge;
mod write;

use super::args::LintArgs;
use super::config::{self, Desks};
use super::input::{self, Input};
use super::session::Session;
use super::work::{self, Scratches};
use super::{Exit, Failure, diff, output};
use judge::Judged;
use rayon::prelude::*;
use selon::config::allow::{self, Use};
use selon::config::date::Date;
use selon::config::settings::{settings_for, show};
use selon::policy::baseline::{self, Baseline};
use selon::policy::book::BUILT_IN as POLICY;
use selon::policy::changed::Changed;
use selon::policy::finding::{Finding, Severity, fingerprint};
use selon::policy::settings::weight;
use selon::policy::suppress;
use selon::rule::load::Source;
use selon::span::Span;
use selon::statement::Analysis;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use write::Writer;

/// Lints all documents the arguments name.
pub fn run(session: &Session, args: &LintArgs) -> Result<Exit, Failure> {
    let mut desks = Desks::new(session);
    if let Some(file) = &args.show_config {
        return show_config(&mut desks, file);
    }
    let outputs = [args.output.as_deref(), args.write_baseline.as_deref()];
    for output in outputs {
        work::refuse_own_output(&args.paths, output)?;
    }
    refuse_no_baseline(args)?;
    let changed = args.diff.as_deref().map(|revision| diff::changed(revision, &args.paths)).transpose();
    let look = if args.output.is_some() { session.file_look } else { session.look };
    let work = Work {
        session,
        args,
        today: config::today(),
        changed: changed.map_err(Failure::Plain)?,
        known: args.baseline.as_deref().map(read_baseline).transpose()?,
        new: args.write_baseline.as_deref().map(|f| config::folder_of(Some(f))).transpose()?,
        outputs: outputs.into_iter().flatten().filter_map(|f| f.canonicalize().ok()).collect(),
    };
    let mut writer = Writer::new(args, output::open(args.output.as_deref())?, look);
    let done = lint_all(&work, &mut desks, &mut writer);
    let (totals, all) = match done {
        Ok(done) => done,
        Err(failure) => {
            // Findings of half of the drafts must not replace those of all.
            writer.abandon()?;
            return Err(failure);
        }
    };
    match &args.write_baseline {
        Some(file) if totals.failed => {
            session.error(&format!("{}: is left as it was, since some documents cannot be read", file.display()));
        }
        Some(file) => {
            let mut out = output::open(Some(file))?;
            out.write(&baseline::write(&all))?;
            out.finish()?;
        }
        None => {}
    }
    writer.finish(args)?;
    session.note(&totals.sentence());
    Ok(totals.exit(args))
}

/// A new baseline must replace nothing but a baseline: a name that was forgotten makes the next one, a draft, the target.
fn refuse_no_baseline(args: &LintArgs) -> Result<(), Failure> {
    let Some(file) = &args.write_baseline else { return Ok(()) };
    let name = file.display();
    if args.output.as_ref() == Some(file) {
        return Err(Failure::Plain(format!("{name}: is named for the findings and for the baseline; name two files")));
    }
    let there = fs::read_to_string(file).unwrap_or_default();
    if there.trim().is_empty() || baseline::parse(&name.to_string(), &there).is_ok() {
        return Ok(());
    }
    let why = "is there and is no baseline; name another file after --write-baseline, or remove it first";
    Err(Failure::Plain(format!("{name}: {why}")))
}

/// What a run is asked.
struct Work<'a> {
    session: &'a Session,
    args: &'a LintArgs,
    today: Date,
    /// Lines that differ from a revision: only these matter.
    changed: Option<Changed>,
    /// The findings that are known, and the folder their paths start from.
    known: Option<(Baseline, PathBuf)>,
    /// The folder that the paths of a new baseline start from.
    new: Option<PathBuf>,
    /// Files that are written, so must not be read.
    outputs: Vec<PathBuf>,
}

/// Lints document by document; counts, and the findings for a new baseline.
fn lint_all(work: &Work<'_>, desks: &mut Desks<'_>, writer: &mut Writer) -> Result<(Totals, Baseline), Failure> {
    let Work { session, args, .. } = work;
    let pool = work::pool(args.threads)?;
    let scratches = Scratches::new(&pool);
    let (mut totals, mut all) = (Totals::default(), Baseline::default());
    let mut met: HashSet<PathBuf> = HashSet::new();
    let progress = work::progress(session, args.output.is_some());
    let mut found = input::find(&args.paths).peekable();
    while found.peek().is_some() {
        let batch = with_desks(work::take_batch(&mut found), desks, &work.outputs)?;
        let read: Vec<Result<Judged, String>> = pool.install(|| {
            let each = batch.into_par_iter();
            each.map(|input| judge::judge(input, work.today, &mut scratches.own())).collect()
        });
        progress.inc(read.len() as u64);
        for judged in read {
            // A file that is named twice, by itself and by its folder, is one draft.
            let path = judged.as_ref().ok().and_then(|j| j.path.as_deref()?.canonicalize().ok());
            if path.is_some_and(|path| !met.insert(path)) {
                continue;
            }
            let mut judged = match judged {
                Ok(judged) => judged,
                Err(why) => {
                    progress.suspend(|| session.error(&why));
                    totals.failed = true;
                    continue;
                }
            };
            progress.suspend(|| judged.notes.iter().for_each(|note| session.note(note)));
            if let Some(folder) = &work.new {
                baseline::add(&mut all, &judged.stored(folder)?, &judged.findings);
            }
            if let Some((known, folder)) = &work.known {
                let name = judged.stored(folder)?;
                let filtered = baseline::filter(known, &name, std::mem::take(&mut judged.findings));
                judged.findings = filtered.new;
                (totals.known, totals.fixed) = (totals.known + filtered.known, totals.fixed + filtered.fixed);
            }
            if let Some(changed) = &work.changed {
                judged.keep_changed(changed);
            }
            totals.documents += 1;
            totals.add(&judged);
            writer.document(judged)?;
        }
    }
    for judged in stale_allows(&totals.uses, work) {
        totals.add(&judged);
        writer.document(judged)?;
    }
    progress.finish_and_clear();
    Ok((totals, all))
}

/// A document to read, the settings that hold for it, and its path as they call it.
type Placed = (Input, Arc<config::Desk>, String);

fn with_desks(
    batch: Vec<Result<Input, String>>,
    desks: &mut Desks<'_>,
    outputs: &[PathBuf],
) -> Result<Vec<Result<Placed, String>>, Failure> {
    let with = |input: Result<Input, String>| match input {
        Ok(input) => {
            let written = || input.path().and_then(|p| p.canonicalize().ok()).is_some_and(|p| outputs.contains(&p));
            if !outputs.is_empty() && written() {
                let why = format!("{}: is to be read and overwritten; name another file to write to", input.name);
                return Err(Failure::Plain(why));
            }
            let desk = desks.of(input.path())?;
            let path = config::path_in(&desk, input.path())?;
            Ok(Ok((input, desk, path)))
        }
        Err(why) => Ok(Err(why)),
    };
    batch.into_iter().map(with).collect()
}

fn show_config(desks: &mut Desks<'_>, file: &Path) -> Result<Exit, Failure> {
    let desk = desks.of(Some(file))?;
    let mut out = output::open(None)?;
    let path = config::path_in(&desk, Some(file))?;
    out.write(&show(&desk.config, &path, &POLICY.codes))?;
    out.finish()?;
    Ok(Exit::Done)
}

fn read_baseline(file: &Path) -> Result<(Baseline, PathBuf), Failure> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).map_err(|e| {
        Failure::Plain(format!("{name}: the baseline cannot be read ({e}); write one with --write-baseline"))
    })?;
    let known = baseline::parse(&name, &text).map_err(|mistake| {
        let file = Source { name: name.clone(), theme: String::new(), text: text.clone() };
        Failure::Mistakes(vec![mistake], vec![file])
    })?;
    Ok((known, config::folder_of(Some(file))?))
}

/// The accepted findings of the settings that are no longer needed, as findings of the settings file.
fn stale_allows(uses: &[(Arc<config::Desk>, Vec<Use>)], work: &Work<'_>) -> Vec<Judged> {
    let of_desk = |(desk, uses): &(Arc<config::Desk>, Vec<Use>)| {
        let severity = weight(&settings_for(&desk.config, ""), &POLICY, suppress::UNUSED);
        // Who reads a few drafts, as a hook does, cannot tell what the others need.
        let whole = |path: &PathBuf| path.canonicalize().is_ok_and(|path| desk.folder.starts_with(path));
        let all = work.changed.is_none() && work.args.paths.iter().any(whole);
        let uses: Vec<Use> = uses.iter().map(|u| if all || *u == Use::Used { *u } else { Use::Unread }).collect();
        let stale = allow::stale(&desk.config, &uses, work.today);
        let path = desk.folder.join(Path::new(&desk.config.file).file_name()?);
        let text = fs::read_to_string(path).ok().filter(|_| severity != Severity::Off)?;
        let finding = |stale: allow::Stale| {
            let start = text.split_inclusive('\n').take(stale.line as usize - 1).map(str::len).sum::<usize>();
            let end = start + text[start..].lines().next().unwrap_or_default().len();
            Finding {
                code: suppress::UNUSED,
                severity,
                span: Span::new(start as u32, end as u32),
                statement: None,
                fingerprint: fingerprint(suppress::UNUSED, &stale.message, None),
                message: stale.message,
            }
        };
        let findings: Vec<Finding> = stale.into_iter().map(finding).collect();
        (!findings.is_empty()).then(|| Judged {
            name: desk.config.file.clone(),
            text: text.clone(),
            analysis: Analysis::default(),
            findings,
            ..Judged::new(Arc::clone(desk))
        })
    };
    uses.iter().filter_map(of_desk).collect()
}

/// Counts over all documents.
#[derive(Default)]
struct Totals {
    documents: usize,
    counts: [usize; 3],
    known: usize,
    fixed: usize,
    allowed: usize,
    failed: bool,
    /// What became of the accepted findings of each settings file.
    uses: Vec<(Arc<config::Desk>, Vec<Use>)>,
}

impl Totals {
    fn add(&mut self, judged: &Judged) {
        self.allowed += judged.allowed;
        for finding in &judged.findings {
            self.counts[finding.severity as usize - 1] += 1;
        }
        let same = |(desk, _): &&mut (Arc<config::Desk>, Vec<Use>)| Arc::ptr_eq(desk, &judged.desk);
        match self.uses.iter_mut().find(same) {
            Some((_, uses)) => uses.iter_mut().zip(&judged.uses).for_each(|(all, own)| *all = (*all).max(*own)),
            None => self.uses.push((Arc::clone(&judged.desk), judged.uses.clone())),
        }
    }

    fn exit(&self, args: &LintArgs) -> Exit {
        if self.failed || self.documents == 0 {
            return Exit::Failed;
        }
        let at_least = |least: Severity| -> usize { self.counts[least as usize - 1..].iter().sum() };
        let warnings = self.counts[Severity::Warning as usize - 1];
        let failing = match (args.fail_on.severity(), args.max_warnings) {
            (None, most) => most.is_some_and(|most| warnings > most),
            // So many warnings are borne; what weighs more is not.
            (Some(Severity::Warning), Some(most)) => warnings > most || at_least(Severity::Error) > 0,
            (Some(least), most) => at_least(least) > 0 || most.is_some_and(|most| warnings > most),
        };
        if failing { Exit::Objections } else { Exit::Done }
    }

    fn sentence(&self) -> String {
        let [info, warnings, errors] = self.counts;
        let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let mut parts = vec![plural(errors, "error"), plural(warnings, "warning"), format!("{info} info")];
        let more = [(self.allowed, "accepted"), (self.known, "known from the baseline"), (self.fixed, "fixed since")];
        parts.extend(more.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
        format!("{} in {}", parts.join(", "), plural(self.documents, "document"))
    }
}
