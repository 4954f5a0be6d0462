//! One draft: read, analysed, judged, and freed of what is accepted.
//!
//! Invariant: nothing here depends on any other document.

use crate::cli::Failure;
use crate::cli::config::{self, Desk};
use crate::cli::diff;
use crate::cli::input::{self, Input};
use selon::config::allow::{self, Use};
use selon::config::date::Date;
use selon::config::settings::settings_for;
use selon::policy::baseline;
use selon::policy::book::BUILT_IN as POLICY;
use selon::policy::changed::{Changed, keeps};
use selon::policy::check;
use selon::policy::finding::Finding;
use selon::policy::settings::weight;
use selon::policy::suppress;
use selon::policy::view::View;
use selon::statement::Analysis;
use selon::text::lines::LineIndex;
use selon::{Scratch, analyze};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A document and what is left to say about it.
pub struct Judged {
    /// What it is called; `/` between folders.
    pub name: String,
    /// Its file; none for standard input.
    pub path: Option<PathBuf>,
    /// Its text.
    pub text: String,
    /// What it says; spans are bytes of `text`.
    pub analysis: Analysis,
    /// What the policy says; spans are bytes of `text`.
    pub findings: Vec<Finding>,
    /// What was repaired or guessed.
    pub notes: Vec<String>,
    /// How many findings are accepted, by the draft or by the settings.
    pub allowed: usize,
    /// The settings that hold.
    pub desk: Arc<Desk>,
    /// What became of each accepted finding of the settings.
    pub uses: Vec<Use>,
}

impl Judged {
    /// A document without anything yet.
    pub fn new(desk: Arc<Desk>) -> Judged {
        Judged {
            name: String::new(),
            text: String::new(),
            analysis: Analysis::default(),
            findings: Vec::new(),
            notes: Vec::new(),
            allowed: 0,
            uses: vec![Use::Unread; desk.config.allow.len()],
            path: None,
            desk,
        }
    }

    /// What a baseline in a folder calls it.
    pub fn stored(&self, folder: &Path) -> Result<String, Failure> {
        let Some(path) = &self.path else { return Ok(self.name.clone()) };
        let name = path.file_name().unwrap_or_default();
        Ok(baseline::stored(folder, &config::folder_of(Some(path))?.join(name)))
    }

    /// Leaves out what is said of lines that do not differ. Comes behind the baseline, for which a finding on such a line is
    /// still there.
    pub fn keep_changed(&mut self, changed: &Changed) {
        let Some(path) = self.path.as_deref().filter(|_| !self.findings.is_empty()) else { return };
        let (index, path) = (LineIndex::new(&self.text), diff::real_name(path));
        let line = |byte: u32| index.line_column(byte).0;
        self.findings.retain(|f| keeps(changed, &path, line(f.span.start), line(f.span.end)));
    }
}

/// Judges a document; the last part of `input` is its path for the globs of the settings.
///
/// # Errors
/// One plain sentence: why the document cannot be read.
pub fn judge(
    input: Result<(Input, Arc<Desk>, String), String>,
    today: Date,
    scratch: &mut Scratch,
) -> Result<Judged, String> {
    let (input, desk, path) = input?;
    let document = input::read(&input)?;
    let meant = document.mended.as_ref().map_or(&document.text, |m| &m.text);
    let settings = settings_for(&desk.config, &path);
    let mut analysis = analyze(desk.rules, meant, scratch);
    let view = View::new(desk.rules, meant, scratch.reading(), &analysis, settings.thresholds);
    let found = check::judge(&view, &POLICY, &settings);
    let directives = suppress::read(meant);
    let codes: Vec<&str> = POLICY.codes.iter().map(|c| c.name.as_str()).collect();
    let severity = |code: &str| weight(&settings, &POLICY, code);
    let applied = suppress::apply(&directives, &scratch.reading().blocks, &codes, severity, found);
    let concerned = |a: &allow::Allow| if allow::concerns(a, &path) { Use::Idle } else { Use::Unread };
    let uses = desk.config.allow.iter().map(concerned).collect();
    let mut judged = Judged { uses, allowed: applied.suppressed.len(), ..Judged::new(Arc::clone(&desk)) };
    let mut findings: Vec<Finding> = applied.kept.into_iter().chain(applied.own).collect();
    findings.sort_by_key(|f| (f.span.start, f.span.end, f.code));
    findings.retain(|finding| !accepted(&mut judged, finding, &path, finding.span.of(meant), today));
    if let Some(mended) = &document.mended {
        analysis.move_spans(|span| mended.in_file(span));
        findings.iter_mut().for_each(|f| f.span = mended.in_file(f.span));
    }
    let name = if cfg!(windows) { input.name.replace('\\', "/") } else { input.name.clone() };
    let path = input.path().map(Path::to_path_buf);
    Ok(Judged { name, path, analysis, findings, notes: document.notes, text: document.text, ..judged })
}

/// Whether the settings accept a finding; what was asked of them is noted.
fn accepted(judged: &mut Judged, finding: &Finding, path: &str, words: &str, today: Date) -> bool {
    let allows = &judged.desk.config.allow;
    let fits = |a: &allow::Allow| allow::allows(a, finding.code, path, words, &finding.message, today);
    let by = allows.iter().position(fits);
    if let Some(by) = by {
        judged.uses[by] = Use::Used;
        judged.allowed += 1;
    }
    by.is_some()
}
