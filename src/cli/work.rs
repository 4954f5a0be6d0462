//! What commands over many documents share: batches, threads, progress.
//!
//! Invariant: a batch of documents is in memory at a time, never the archive.

use super::Failure;
use super::input::Input;
use super::session::Session;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::ThreadPool;
use selon::Scratch;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most documents in memory at a time.
const BATCH: usize = 256;
/// A batch is full when its documents have this many bytes together.
const BATCH_BYTES: u64 = 32 << 20;

/// So many threads; one for each processor where no number is given.
pub fn pool(threads: Option<usize>) -> Result<ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build();
    pool.map_err(|e| Failure::Plain(format!("no threads can be started ({e}); ask for fewer with --threads")))
}

/// A scratch for each thread: what it learns from one document makes the next one faster, also across batches.
pub struct Scratches(Vec<Mutex<Scratch>>);

impl Scratches {
    /// Scratches for the threads of a pool.
    pub fn new(pool: &ThreadPool) -> Scratches {
        Scratches((0..pool.current_num_threads()).map(|_| Mutex::default()).collect())
    }

    /// The scratch of the thread that asks.
    pub fn own(&self) -> MutexGuard<'_, Scratch> {
        let thread = rayon::current_thread_index().unwrap_or_default();
        self.0[thread].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The next documents to read together.
pub fn take_batch(found: &mut impl Iterator<Item = Result<Input, String>>) -> Vec<Result<Input, String>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(next) = found.next() else { break };
        bytes += next.as_ref().map_or(0, |input| input.size);
        batch.push(next);
    }
    batch
}

/// A report must not replace an article it reads.
pub fn refuse_own_output(paths: &[PathBuf], output: Option<&Path>) -> Result<(), Failure> {
    let Some(output) = output else { return Ok(()) };
    let real = |p: &Path| p.canonicalize().ok();
    let clash = |p: &&PathBuf| p.is_file() && real(p) == real(output);
    match paths.iter().find(clash) {
        Some(path) => Err(Failure::Plain(format!(
            "{}: is to be read and overwritten; name another file after -o",
            path.display()
        ))),
        None => Ok(()),
    }
}

/// A count of documents on standard error, where somebody waits and sees nothing else move. `to_file`: the results go to a
/// file.
pub fn progress(session: &Session, to_file: bool) -> ProgressBar {
    let results_scroll_by = !to_file && io::stdout().is_terminal();
    if session.quiet || results_scroll_by || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{spinner} {pos} documents, {elapsed}").expect("the template is well formed");
    ProgressBar::new_spinner().with_style(style)
}
